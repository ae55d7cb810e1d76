// Folding: texts as they are compared, not as they are written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace evenkeel {

bool IsAsciiSpace(char c);
bool IsAsciiDigit(char c);
bool IsAsciiLetter(char c);
// Not empty, and ASCII digits alone.
bool IsDigits(std::string_view text);

// Without white space (ASCII and U+00A0) at both ends.
std::string_view TrimSpace(std::string_view text);
// Trimmed, and every run of white space (ASCII, U+00A0, U+2000..U+200B, U+202F) made one blank.
std::string FoldSpace(std::string_view text);
// ASCII, Latin-1, Greek and Cyrillic letters in lower case. Bytes that are not UTF-8 stay.
std::string FoldCase(std::string_view text);
// Pieces between any of the separator bytes, trimmed; empty pieces are left out.
std::vector<std::string> SplitTrimmed(std::string_view text, std::string_view separators);
// "a, b and c"; `last` is the word before the last one.
std::string JoinWords(const std::vector<std::string>& words, std::string_view last = "and");

}  // namespace evenkeel
