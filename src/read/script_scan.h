// A scan of JavaScript as far as times need it: comments, string literals, numbers, names and marks with byte offsets.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "evenkeel/span.h"

namespace evenkeel {

enum class ScriptTokenKind : std::uint8_t { kName, kNumber, kString, kMark, kComment };

struct ScriptToken {
  ScriptTokenKind kind = ScriptTokenKind::kMark;
  Span span;  // a string's or comment's content without its delimiters
  bool newline = false;  // a line break in front of it
};

std::vector<ScriptToken> ScanScript(std::string_view page, Span span);

}  // namespace evenkeel
