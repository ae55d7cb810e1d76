#pragma once

#include <optional>
#include <string_view>

#include "evenkeel/field.h"

namespace evenkeel {

// "$1,200", "1200", "1200.5", "USD 1,200.00", "1.200,00 €", "-20.00 EUR". A single separator with three digits behind it groups thousands.
std::optional<Money> ReadMoney(std::string_view text);

}  // namespace evenkeel
