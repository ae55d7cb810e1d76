// Tokens: the words and codes of a text, whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace evenkeel {

struct WholeToken {
  std::string_view text;  // borrowed
  std::size_t begin = 0;
};
// Runs of letters, digits, '-' and '_' (and bytes above ASCII), without '-' and '_' at their ends: "S2FJLN", "jonathan-crew-booking".
std::vector<WholeToken> TokensOf(std::string_view text);
// The words of a name or a slug, in lower case: "2026-05-30-mary-ann" has five, "Mary Ann's" two.
std::vector<std::string> WordsOfName(std::string_view text);

}  // namespace evenkeel
