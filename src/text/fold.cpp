#include "text/fold.h"

#include <algorithm>
#include <cstddef>

namespace evenkeel {
namespace {

unsigned char ByteAt(std::string_view text, std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0; }

// Length of the white space that begins at `at`; 0 when there is none.
std::size_t SpaceLength(std::string_view text, std::size_t at) {
  if (at < text.size() && IsAsciiSpace(text[at])) return 1;
  const unsigned char a = ByteAt(text, at), b = ByteAt(text, at + 1), c = ByteAt(text, at + 2);
  if (a == 0xC2 && b == 0xA0) return 2;
  if (a == 0xE2 && b == 0x80 && ((c >= 0x80 && c <= 0x8B) || c == 0xAF)) return 3;
  return 0;
}

// The lower-case form of a two-byte letter, or the letter itself. Latin-1, Greek and Cyrillic capitals stand in rows at a
// fixed distance from their small letters.
unsigned LowerOf(unsigned letter) {
  if (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) return letter + 0x20;
  if (letter >= 0x100 && letter <= 0x137) return letter | 1u;
  if (letter >= 0x391 && letter <= 0x3A9 && letter != 0x3A2) return letter + 0x20;
  if (letter >= 0x410 && letter <= 0x42F) return letter + 0x20;
  if (letter >= 0x400 && letter <= 0x40F) return letter + 0x50;
  return letter;
}

}  // namespace

bool IsAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool IsDigits(std::string_view text) {
  for (const char c : text) {
    if (!IsAsciiDigit(c)) return false;
  }
  return !text.empty();
}

std::string_view TrimSpace(std::string_view text) {
  while (const std::size_t space = SpaceLength(text, 0)) text.remove_prefix(space);
  while (!text.empty()) {
    if (IsAsciiSpace(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with("\xC2\xA0")) {
      text.remove_suffix(2);
    } else {
      break;
    }
  }
  return text;
}

std::string FoldSpace(std::string_view text) {
  std::string folded;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t space = SpaceLength(text, at)) {
      gap = !folded.empty();
      at += space;
      continue;
    }
    if (gap) folded += ' ';
    gap = false;
    folded += text[at++];
  }
  return folded;
}

std::string FoldCase(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const unsigned char byte = ByteAt(text, at);
    const unsigned char next = ByteAt(text, at + 1);
    if (byte >= 'A' && byte <= 'Z') {
      folded += static_cast<char>(byte + 0x20);
    } else if (byte >= 0xC3 && byte <= 0xD1 && (next & 0xC0) == 0x80) {
      const unsigned lower = LowerOf(((byte & 0x1Fu) << 6) | (next & 0x3Fu));
      folded += static_cast<char>(0xC0 | (lower >> 6));
      folded += static_cast<char>(0x80 | (lower & 0x3F));
      ++at;
    } else {
      folded += static_cast<char>(byte);
    }
  }
  return folded;
}

std::vector<std::string> SplitTrimmed(std::string_view text, std::string_view separators) {
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    const std::string_view piece = TrimSpace(text.substr(begin, end - begin));
    if (!piece.empty()) pieces.emplace_back(piece);
    begin = end + 1;
  }
  return pieces;
}

std::string JoinWords(const std::vector<std::string>& words, std::string_view last) {
  std::string joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) joined += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    joined += words[i];
  }
  return joined;
}

}  // namespace evenkeel
