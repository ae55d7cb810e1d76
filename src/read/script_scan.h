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
  // kString: a piece of a template literal, with an expression in front of it or behind it.
  bool joined_before = false;
  bool joined_after = false;
};

// The tokens of text[span], or one more than `tokens_max` of them. A template literal comes as its pieces, with the tokens of its expressions between them.
std::vector<ScriptToken> ScanScript(std::string_view text, Span span, std::size_t tokens_max);

}  // namespace evenkeel
