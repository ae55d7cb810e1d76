#include "printable.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace evenkeel::program {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

// Decodes the character at the front of `text` (not empty). Overlong forms, surrogates and cut sequences are not valid.
Character Front(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0;
  if (length == 0 || text.size() < length) return {};
  char32_t code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[length] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
  return {code, length, true};
}

struct Range {
  char32_t first, last;
};
template <std::size_t N>
bool In(const std::array<Range, N>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return code >= range.first && code <= range.last; });
}

// Characters that act on the terminal or on their neighbours without being seen (Unicode general categories Cc, Cf, Zl, Zp).
constexpr std::array<Range, 13> kHidden = {{{0x00, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x61C, 0x61C}, {0x180E, 0x180E}, {0x200B, 0x200F},
                                            {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
                                            {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}, {0x110BD, 0x110BD}}};
constexpr std::array<Range, 8> kCombining = {{{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x610, 0x61A}, {0x64B, 0x65F},
                                              {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};
// UAX 11 Wide and Fullwidth, and what terminals show as emoji.
constexpr std::array<Range, 11> kWide = {{{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF},
                                          {0x20000, 0x3FFFD}}};

std::string Escape(char32_t code, bool valid, unsigned char raw) {
  if (valid && code == '\n') return "\\n";
  if (valid && code == '\t') return "\\t";
  if (valid && code == '\r') return "\\r";
  std::array<char, 16> out{};
  if (!valid || code < 0x80) {
    std::snprintf(out.data(), out.size(), "\\x%02x", valid ? static_cast<unsigned>(code) : raw);
  } else {
    std::snprintf(out.data(), out.size(), code > 0xFFFF ? "\\U%08x" : "\\u%04x", static_cast<unsigned>(code));
  }
  return out.data();
}

std::size_t WidthOf(const Character& character) {
  if (In(kCombining, character.code)) return 0;
  return In(kWide, character.code) ? 2 : 1;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character character = Front(text);
    if (!character.valid || In(kHidden, character.code)) {
      out += Escape(character.code, character.valid, static_cast<unsigned char>(text[0]));
    } else {
      out += text.substr(0, character.bytes);
    }
    text.remove_prefix(character.bytes);
  }
  return out;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = Front(text);
    width += WidthOf(character);
    text.remove_prefix(character.bytes);
  }
  return width;
}

std::string Shorten(std::string_view text, std::size_t columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  std::size_t width = 0, bytes = 0;
  while (bytes < text.size()) {
    const Character character = Front(text.substr(bytes));
    if (width + WidthOf(character) + 1 > columns) break;
    width += WidthOf(character);
    bytes += character.bytes;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

std::string ShellWord(std::string_view text) {
  const auto plain = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-_./:=@%+,").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), plain)) return std::string(text);
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string Count(std::size_t number, std::string_view noun, std::string_view plural) {
  std::string out = std::to_string(number) + " ";
  if (number == 1) return out.append(noun);
  return plural.empty() ? out.append(noun).append("s") : out.append(plural);
}

}  // namespace evenkeel::program
