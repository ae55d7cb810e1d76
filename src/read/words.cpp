#include "read/words.h"

#include <algorithm>
#include <array>

#include "read/bytes.h"

namespace evenkeel {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 13> kHours = {"zero", "one",   "two",   "three", "four", "five",   "six",
                                                     "seven", "eight", "nine", "ten",   "eleven", "twelve"};

// Most words of a page do not begin as any of a list does, and need no comparison.
bool BeginsWithOneOf(std::string_view word, std::string_view bytes) { return !word.empty() && bytes.find(word[0]) != std::string_view::npos; }

bool IsLetterGlyph(char c) { return (c >= 'a' && c <= 'z') || c == kLetterGlyph; }

enum class Class : std::uint8_t { kSpace, kDigit, kLetter, kMark };

Class ClassOf(char c) {
  if (c == ' ' || c == '\n') return Class::kSpace;
  if (IsDigit(c)) return Class::kDigit;
  return IsLetterGlyph(c) ? Class::kLetter : Class::kMark;
}

bool PartsWords(const GlyphText& text, std::size_t at) {
  return text.ascii[at] >= 'A' && text.ascii[at] <= 'Z' && text.ascii[at - 1] >= 'a' && text.ascii[at - 1] <= 'z' && text.BreakBefore(at);
}

// "11:30 AM" | "Departure": an element ends behind the half of the day, and another begins without a space.
bool EndsHalf(const GlyphText& text, std::size_t begin, std::size_t at) {
  if (at - begin != 2 || !text.BreakBefore(at) || text.fold[begin + 1] != 'm' || (text.fold[begin] != 'a' && text.fold[begin] != 'p')) return false;
  const std::size_t before = begin > 0 && text.fold[begin - 1] == ' ' ? begin - 1 : begin;
  return before > 0 && IsDigit(text.fold[before - 1]);
}

std::size_t WordEnd(const GlyphText& text, std::size_t at) {
  const std::string& fold = text.fold;
  const std::size_t begin = at;
  while (at < fold.size()) {
    if (IsLetterGlyph(fold[at])) {
      ++at;
      if (at < fold.size() && IsLetterGlyph(fold[at]) && (PartsWords(text, at) || EndsHalf(text, begin, at))) return at;
    } else if (fold[at] == '\'' && at + 1 < fold.size() && IsLetterGlyph(fold[at + 1])) {
      ++at;
    } else {
      return at;
    }
  }
  return at;
}

}  // namespace

std::vector<Token> Tokenize(const GlyphText& text) {
  std::vector<Token> tokens;
  bool spaced = true;
  bool newline = false;
  for (std::size_t at = 0; at < text.size();) {
    const Class kind = ClassOf(text.fold[at]);
    if (kind == Class::kSpace) {
      spaced = true;
      newline = newline || text.fold[at] == '\n';
      ++at;
      continue;
    }
    Token token{TokenKind::kMark, at, at + 1, spaced, newline};
    if (kind == Class::kDigit) {
      token.kind = TokenKind::kNumber;
      while (token.end < text.size() && IsDigit(text.fold[token.end]) && !text.PartingBefore(token.end)) ++token.end;
    } else if (kind == Class::kLetter) {
      token.kind = TokenKind::kWord;
      token.end = WordEnd(text, at);
    }
    at = token.end;
    tokens.push_back(token);
    spaced = newline = false;
  }
  return tokens;
}

std::string_view TokenView::Fold(std::size_t i) const {
  if (!Has(i)) return {};
  return std::string_view(text_.fold).substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
}

std::string_view TokenView::Ascii(std::size_t i) const {
  if (!Has(i)) return {};
  return std::string_view(text_.ascii).substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
}

bool TokenView::IsMark(std::size_t i, char mark) const {
  return Has(i) && tokens_[i].kind == TokenKind::kMark && text_.fold[tokens_[i].begin] == mark;
}

bool TokenView::IsAnyOf(std::size_t i, std::initializer_list<std::string_view> words) const {
  return Has(i) && Contains(words, Fold(i));
}

int TokenView::Number(std::size_t i) const {
  if (!IsNumber(i) || Digits(i) > 9) return -1;
  int value = 0;
  for (const char c : Fold(i)) value = value * 10 + (c - '0');
  return value;
}

std::string CompactName(std::string_view name) {
  constexpr std::size_t kNameMax = 64;
  std::string compact;
  for (const char c : name.substr(0, name.size() > kNameMax ? 0 : kNameMax)) {
    if (IsAlnum(c)) compact.push_back(ToLower(c));
  }
  return compact;
}

bool Contains(std::initializer_list<std::string_view> words, std::string_view word) {
  if (word.empty()) return std::find(words.begin(), words.end(), word) != words.end();
  const auto same = [&](std::string_view other) { return other.size() == word.size() && other[0] == word[0] && other == word; };  // most differ there
  return std::any_of(words.begin(), words.end(), same);
}

std::optional<unsigned> WeekdayOf(std::string_view word) {
  if (!BeginsWithOneOf(word, "smtwf")) return std::nullopt;
  if (IsPluralWeekday(word)) word.remove_suffix(1);
  for (unsigned i = 0; i < kWeekdays.size(); ++i) {
    if (word == kWeekdays[i] || (word.size() == 3 && word == kWeekdays[i].substr(0, 3))) return i;
  }
  if (word == "tues") return 2;
  if (word == "weds") return 3;
  if (word == "thur" || word == "thurs") return 4;
  return std::nullopt;
}

bool IsPluralWeekday(std::string_view word) { return word.size() > 6 && word.substr(word.size() - 4) == "days"; }

std::optional<unsigned> MonthOf(std::string_view word) {
  if (!BeginsWithOneOf(word, "jfmasond")) return std::nullopt;
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i] || (word.size() == 3 && word == kMonths[i].substr(0, 3))) return i + 1;
  }
  if (word == "sept") return 9;
  return std::nullopt;
}

std::optional<int> HourWordOf(std::string_view word) {
  if (!BeginsWithOneOf(word, "ofsnte")) return std::nullopt;
  for (std::size_t i = 1; i < kHours.size(); ++i) {
    if (word == kHours[i]) return static_cast<int>(i);
  }
  return std::nullopt;
}

std::optional<int> MinuteWordOf(std::string_view word) {
  if (!BeginsWithOneOf(word, "ofsnte")) return std::nullopt;
  constexpr std::array<std::pair<std::string_view, int>, 8> kMore = {
      {{"fifteen", 15}, {"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50}, {"fourty", 40}, {"sixteen", 16}, {"eighteen", 18}}};
  for (const auto& [name, value] : kMore) {
    if (word == name) return value;
  }
  const std::optional<int> small = HourWordOf(word);
  return small;
}

}  // namespace evenkeel
