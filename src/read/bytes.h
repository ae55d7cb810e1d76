// Small predicates on bytes, and decoders that never lose count of the bytes they read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace evenkeel {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool IsAlnum(char c) { return IsDigit(c) || IsAlpha(c); }
inline bool IsSpaceByte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
inline char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
int HexValue(char c);  // -1 when it is none
std::string ToLower(std::string_view text);
bool EqualsFolded(std::string_view a, std::string_view b);               // ASCII case folded
std::size_t FindFolded(std::string_view text, std::string_view lower);   // `lower` is lower case; npos when absent
std::string_view TrimSpaces(std::string_view text);

struct CodePoint {
  char32_t value = 0;
  std::size_t next = 0;  // index after it
};
// UTF-8; a byte that is none is read as windows-1252, so that every ASCII-compatible page says something.
CodePoint DecodeUtf8(std::string_view bytes, std::size_t at);
void AppendUtf8(std::string* out, char32_t value);
// A character reference at `at` (which holds '&'). next == at when there is none. An unknown name reads as U+FFFD.
CodePoint DecodeEntity(std::string_view bytes, std::size_t at);
// UTF-8 with U+FFFD in place of every byte that is none.
std::string ToUtf8Lossy(std::string_view bytes);

}  // namespace evenkeel
