#include "read/bytes.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace evenkeel {
namespace {

struct EntityName {
  std::string_view name;
  char32_t value;
  bool without_semicolon;
};

constexpr EntityName kEntityNames[] = {
#include "read/entity_names.inc"
};

// windows-1252 0x80..0x9F (WHATWG Encoding, index windows-1252).
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

char32_t FromWindows1252(unsigned char byte) { return byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80u] : byte; }

const EntityName* FindEntityName(std::string_view name) {
  const auto* found = std::lower_bound(std::begin(kEntityNames), std::end(kEntityNames), name,
                                       [](const EntityName& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != std::end(kEntityNames) && found->name == name ? found : nullptr;
}

CodePoint DecodeNumericEntity(std::string_view bytes, std::size_t at) {
  std::size_t i = at + 2;
  const bool hex = i < bytes.size() && (bytes[i] == 'x' || bytes[i] == 'X');
  if (hex) ++i;
  const std::size_t first = i;
  char32_t value = 0;
  while (i < bytes.size()) {
    const int digit = hex ? HexValue(bytes[i]) : (IsDigit(bytes[i]) ? bytes[i] - '0' : -1);
    if (digit < 0) break;
    if (value < 0x200000) value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    ++i;
  }
  if (i == first) return {0, at};
  if (i < bytes.size() && bytes[i] == ';') ++i;
  if (value >= 0x80 && value < 0xA0) value = FromWindows1252(static_cast<unsigned char>(value));
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) value = 0xFFFD;
  return {value, i};
}

}  // namespace

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = ToLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string ToLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ToLower(c);
  return lower;
}

bool EqualsFolded(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return ToLower(x) == ToLower(y); });
}

std::size_t FindFolded(std::string_view text, std::string_view lower) {
  const auto found =
      std::search(text.begin(), text.end(), lower.begin(), lower.end(), [](char x, char y) { return ToLower(x) == y; });
  return found == text.end() && !lower.empty() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

std::string_view TrimSpaces(std::string_view text) {
  while (!text.empty() && IsSpaceByte(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpaceByte(text.back())) text.remove_suffix(1);
  return text;
}

CodePoint DecodeUtf8(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, at + 1};
  const std::size_t length = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 0;
  if (length == 0 || at + length > bytes.size()) return {FromWindows1252(first), at + 1};
  char32_t value = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {FromWindows1252(first), at + 1};
    value = (value << 6) | (byte(at + i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {FromWindows1252(first), at + 1};
  return {value, at + length};
}

void AppendUtf8(std::string* out, char32_t value) {
  if (value < 0x80) {
    out->push_back(static_cast<char>(value));
  } else if (value < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (value >> 6)));
    out->push_back(static_cast<char>(0x80 | (value & 0x3F)));
  } else if (value < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | (value >> 12)));
    out->push_back(static_cast<char>(0x80 | ((value >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (value & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xF0 | (value >> 18)));
    out->push_back(static_cast<char>(0x80 | ((value >> 12) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | ((value >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (value & 0x3F)));
  }
}

CodePoint DecodeEntity(std::string_view bytes, std::size_t at) {
  if (at + 2 >= bytes.size()) return {0, at};
  if (bytes[at + 1] == '#') return DecodeNumericEntity(bytes, at);
  constexpr std::size_t kNameMax = 32;  // the longest name of the WHATWG list is 31
  std::size_t end = at + 1;
  while (end < bytes.size() && end - at <= kNameMax && IsAlnum(bytes[end])) ++end;
  const std::string_view name = bytes.substr(at + 1, end - at - 1);
  if (name.empty() || !IsAlpha(name[0])) return {0, at};
  if (end < bytes.size() && bytes[end] == ';') {
    const EntityName* found = FindEntityName(name);
    return {found ? found->value : U'\xFFFD', end + 1};
  }
  for (std::size_t length = std::min<std::size_t>(name.size(), 6); length >= 2; --length) {  // longest legacy name first
    const EntityName* found = FindEntityName(name.substr(0, length));
    if (found && found->without_semicolon) return {found->value, at + 1 + length};
  }
  return {0, at};
}

std::string ToUtf8Lossy(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = DecodeUtf8(bytes, at);
    if (point.next == at + 1 && static_cast<unsigned char>(bytes[at]) >= 0x80) {
      out += "\xEF\xBF\xBD";
    } else {
      out.append(bytes, at, point.next - at);
    }
    at = point.next;
  }
  return out;
}

}  // namespace evenkeel
