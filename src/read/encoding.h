// What is not a page at all: wide encodings and known binary formats, by their first bytes.
#pragma once

#include <string_view>

#include "evenkeel/status.h"

namespace evenkeel {

// kInvalidArgument names what the bytes are. Stray NUL, control and invalid bytes are fine.
Status CheckEncoding(std::string_view page);

}  // namespace evenkeel
