// Guests' names as people write them: "Jonathan B.", "JONATHAN", "Jon".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace evenkeel {

// The words of a name, folded: "Jonathan B." has "jonathan" and "b".
std::vector<std::string> WordsOf(std::string_view text);
bool HasAllWords(const std::string& text, const std::vector<std::string>& wanted);
bool HasSomeWord(const std::string& text, const std::vector<std::string>& wanted);
// Two spellings of one guest, or of two: a word of the one is a word of the other, or its beginning.
bool MayBeOneGuest(const std::string& a, const std::string& b);

}  // namespace evenkeel
