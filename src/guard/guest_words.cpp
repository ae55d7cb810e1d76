#include "guard/guest_words.h"

#include <algorithm>
#include <utility>

#include "text/fold.h"

namespace evenkeel {

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : FoldCase(text) + " ") {
    const bool is_letter = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_letter) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

bool HasAllWords(const std::string& text, const std::vector<std::string>& wanted) {
  const std::vector<std::string> has = WordsOf(text);
  return std::all_of(wanted.begin(), wanted.end(),
                     [&has](const std::string& word) { return std::find(has.begin(), has.end(), word) != has.end(); });
}

bool HasSomeWord(const std::string& text, const std::vector<std::string>& wanted) {
  const std::vector<std::string> has = WordsOf(text);
  return std::any_of(wanted.begin(), wanted.end(),
                     [&has](const std::string& word) { return std::find(has.begin(), has.end(), word) != has.end(); });
}

bool MayBeOneGuest(const std::string& a, const std::string& b) {
  constexpr std::size_t kShortName = 3;
  const std::vector<std::string> others = WordsOf(b);
  for (const std::string& word : WordsOf(a)) {
    const bool fits = std::any_of(others.begin(), others.end(), [&word](const std::string& other) {
      return word == other || (std::min(word.size(), other.size()) >= kShortName && (word.starts_with(other) || other.starts_with(word)));
    });
    if (fits) return true;
  }
  return false;
}

}  // namespace evenkeel
