#include "read/spell.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {
namespace {

enum class Charset { kUnsaid, kUtf8, kOther };

// The label behind "charset=" in a <meta> of the first bytes (WHATWG HTML, section 13.2.3.2: the first 1024, comments passed over). A byte order
// mark counts more; a meta that says UTF-16 means UTF-8.
Charset DeclaredCharset(std::string_view page) {
  if (page.substr(0, 3) == "\xEF\xBB\xBF") return Charset::kUtf8;
  constexpr std::size_t kPrescan = 1024;
  const std::string head = ToLower(page.substr(0, kPrescan));
  for (std::size_t at = head.find('<'); at != std::string::npos; at = head.find('<', at + 1)) {
    if (head.compare(at, 4, "<!--") == 0) {
      at = head.find("-->", at + 2);
      if (at == std::string::npos) break;
      continue;
    }
    if (head.compare(at, 5, "<meta") != 0) continue;
    const std::size_t end = std::min(head.find('>', at), head.size());
    std::size_t label = head.find("charset", at);
    if (label >= end) continue;
    label = head.find('=', label);
    if (label >= end) continue;
    label = head.find_first_not_of(" \t\r\n\f\"'", label + 1);
    if (label >= end) continue;
    const std::string name = head.substr(label, head.find_first_of(" \t\r\n\f\"';>/", label) - label);
    return name.substr(0, 4) == "utf-" || name == "utf8" || name == "unicode-1-1-utf-8" ? Charset::kUtf8 : Charset::kOther;
  }
  return Charset::kUnsaid;
}

bool TakesUtf8(std::string_view page) {
  if (ToUtf8Lossy(page) != page) return false;
  const Charset declared = DeclaredCharset(page);
  const bool shown = std::any_of(page.begin(), page.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return declared == Charset::kUtf8 || (declared == Charset::kUnsaid && shown);
}

void AppendReference(char32_t value, std::string* out) { *out += "&#" + std::to_string(static_cast<unsigned long>(value)) + ";"; }

void AppendUnit(unsigned value, std::string* out) {
  constexpr char kHex[] = "0123456789abcdef";
  *out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out->push_back(kHex[value >> shift & 0xF]);
}

// As one or two UTF-16 code units (RFC 8259, section 7).
void AppendEscape(char32_t value, std::string* out) {
  const auto point = static_cast<unsigned>(value);
  if (point < 0x10000) return AppendUnit(point, out);
  AppendUnit(0xD800 + ((point - 0x10000) >> 10), out);
  AppendUnit(0xDC00 + ((point - 0x10000) & 0x3FF), out);
}

// Calls `spell` with each character that it may not leave as it is; what it does not append stays.
template <typename Spell>
std::string SpellEach(std::string_view text, bool utf8, Spell spell) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    const std::size_t size = out.size();
    spell(point.value, point.value >= 0x80 && !utf8, &out);
    if (out.size() == size) out.append(text.substr(at, point.next - at));
    at = point.next;
  }
  return out;
}

std::string AsMarkup(std::string_view text, bool utf8) {
  return SpellEach(text, utf8, [](char32_t c, bool foreign, std::string* out) {
    if (c == '&') *out += "&amp;";
    if (c == '<') *out += "&lt;";
    if (c == '>') *out += "&gt;";
    if (foreign) AppendReference(c, out);
  });
}

// Of an attribute without quotes even a space is its end.
std::string AsAttribute(std::string_view text, bool utf8, char quote) {
  const bool bare = quote != '"' && quote != '\'';
  return SpellEach(text, utf8, [&](char32_t c, bool foreign, std::string* out) {
    if (c == '&') *out += "&amp;";
    if (c == '<') *out += "&lt;";
    if (c == '>') *out += "&gt;";
    if (c == '"' && (bare || quote == '"')) *out += "&quot;";
    const bool ends = bare && (c <= ' ' || c == '=' || c == '`' || c == '/');
    if (foreign || ends || (c == '\'' && quote != '"')) AppendReference(c, out);
  });
}

// In JSON, and in a script between quotes of any kind; "</script>" and "<!--" cannot come about.
std::string AsString(std::string_view text, bool utf8) {
  return SpellEach(text, utf8, [](char32_t c, bool foreign, std::string* out) {
    const bool line = c < ' ' || c == 0x2028 || c == 0x2029;
    if (c == '\\') *out += "\\\\";
    if (c == '"') *out += "\\\"";
    if (foreign || line || c == '<' || c == '\'' || c == '`' || c == '$') AppendEscape(c, out);
  });
}

}  // namespace

std::string SpellValue(ValueSpelling spelling, std::string_view text, std::string_view page, Span span) {
  const bool utf8 = TakesUtf8(page);
  const char quote = span.begin > 0 && span.begin <= page.size() ? page[span.begin - 1] : '\0';
  switch (spelling) {
    case ValueSpelling::kMarkup: return AsMarkup(text, utf8);
    case ValueSpelling::kAttribute: return AsAttribute(text, utf8, quote);
    case ValueSpelling::kString: return AsString(text, utf8);
    case ValueSpelling::kAttributeString: return AsAttribute(AsString(text, utf8), utf8, '"');
    case ValueSpelling::kNumber: return std::string(text);
  }
  return std::string(text);
}

Edit FewestBytes(Edit edit, std::string_view page) {
  const auto plain = [](char c) { return IsAlnum(c) || c == ' '; };
  const std::string_view before = edit.span.In(page);
  const std::size_t most = std::min(before.size(), edit.replacement.size());
  std::size_t front = 0, back = 0;
  while (front < most && before[front] == edit.replacement[front] && plain(before[front])) ++front;
  const auto escapes = [](std::string_view text) { return text.find_first_of("&\\") != std::string_view::npos; };
  const bool whole = escapes(before) || escapes(edit.replacement);  // what stands last may be the end of an escape
  const auto from_end = [](std::string_view text, std::size_t i) { return text[text.size() - 1 - i]; };
  while (!whole && back < most - front && from_end(before, back) == from_end(edit.replacement, back) && plain(from_end(before, back))) ++back;
  edit.span = {edit.span.begin + front, edit.span.end - back};
  edit.replacement = edit.replacement.substr(front, edit.replacement.size() - front - back);
  return edit;
}

Spelling SpellingOf(ValueSpelling spelling) {
  const bool string = spelling == ValueSpelling::kString || spelling == ValueSpelling::kAttributeString;
  return {.entities = spelling != ValueSpelling::kString && spelling != ValueSpelling::kNumber, .json = string};
}

}  // namespace evenkeel
