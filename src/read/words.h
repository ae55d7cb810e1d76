// Tokens over folded text, and the word sets the grammars share.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/glyphs.h"

namespace evenkeel {

enum class TokenKind : std::uint8_t { kNumber, kWord, kMark };

struct Token {
  TokenKind kind = TokenKind::kMark;
  std::size_t begin = 0;  // glyphs [begin, end)
  std::size_t end = 0;
  bool spaced = false;    // white space in front of it (or it is the first)
  bool newline = false;   // a line break in front of it
};

struct GlyphRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin >= end; }
};

// Splits at spaces, at changes between letters, digits and marks, where an element boundary parts a lower-case letter
// from a capital ("Arrival" | "Noon") or follows AM or PM, and where one element ends and the next begins between two digits ("3" | "6:00").
std::vector<Token> Tokenize(const GlyphText& text);

// A view of a text and its tokens, with bounds-safe questions.
class TokenView {
 public:
  explicit TokenView(const GlyphText& text) : text_(text), tokens_(Tokenize(text)) {}
  const GlyphText& text() const { return text_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  bool Has(std::size_t i) const { return i < tokens_.size(); }
  std::string_view Fold(std::size_t i) const;   // "" past the end
  std::string_view Ascii(std::size_t i) const;
  bool IsNumber(std::size_t i) const { return Has(i) && tokens_[i].kind == TokenKind::kNumber; }
  bool IsWord(std::size_t i) const { return Has(i) && tokens_[i].kind == TokenKind::kWord; }
  bool IsMark(std::size_t i, char mark) const;
  bool IsAdjacent(std::size_t i) const { return Has(i) && i > 0 && !tokens_[i].spaced; }  // no space before it
  bool IsAnyOf(std::size_t i, std::initializer_list<std::string_view> words) const;
  int Number(std::size_t i) const;              // -1 when none or over 9 digits
  std::size_t Digits(std::size_t i) const { return IsNumber(i) ? tokens_[i].end - tokens_[i].begin : 0; }

 private:
  const GlyphText& text_;
  std::vector<Token> tokens_;
};

// A property's, variable's or attribute's name without its case and marks: "guestCount", "guest-count" -> "guestcount". Empty when over 64 bytes.
std::string CompactName(std::string_view name);
bool Contains(std::initializer_list<std::string_view> words, std::string_view word);
// 0 = Sunday; also "mon", "mondays".
std::optional<unsigned> WeekdayOf(std::string_view word);
bool IsPluralWeekday(std::string_view word);
// 1..12; also "jan", "sept".
std::optional<unsigned> MonthOf(std::string_view word);
// "four" is 4, up to twelve; the minute words "five" … "fifty" as MinuteWordOf.
std::optional<int> HourWordOf(std::string_view word);
std::optional<int> MinuteWordOf(std::string_view word);

}  // namespace evenkeel
