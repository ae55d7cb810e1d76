#include "text/tokens.h"

#include "text/fold.h"

namespace evenkeel {
namespace {

bool IsWordByte(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c) || static_cast<unsigned char>(c) >= 0x80; }

// Dashes, bullets and quotes of U+2000..U+206F end a word though their bytes are above ASCII.
bool IsPunctuation(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && text[at] == '\xE2' && (text[at + 1] == '\x80' || text[at + 1] == '\x81');
}

template <typename Keep>
std::vector<WholeToken> Runs(std::string_view text, Keep keep) {
  std::vector<WholeToken> runs;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && keep(text[at]) && !IsPunctuation(text, at)) ++at;
    if (at > begin) {
      runs.push_back({text.substr(begin, at - begin), begin});
    } else {
      at += IsPunctuation(text, at) ? 3 : 1;
    }
  }
  return runs;
}

}  // namespace

std::vector<WholeToken> TokensOf(std::string_view text) {
  std::vector<WholeToken> tokens;
  for (WholeToken run : Runs(text, [](char c) { return IsWordByte(c) || c == '-' || c == '_'; })) {
    while (!run.text.empty() && (run.text.front() == '-' || run.text.front() == '_')) {
      run.text.remove_prefix(1);
      ++run.begin;
    }
    while (!run.text.empty() && (run.text.back() == '-' || run.text.back() == '_')) run.text.remove_suffix(1);
    if (!run.text.empty()) tokens.push_back(run);
  }
  return tokens;
}

std::vector<std::string> WordsOfName(std::string_view text) {
  std::vector<std::string> words;
  const std::string folded = FoldCase(text);
  for (const WholeToken& run : Runs(folded, IsWordByte)) {
    if (run.text != "s") words.emplace_back(run.text);
  }
  return words;
}

}  // namespace evenkeel
