#include "read/glyphs.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {
namespace {

// One layer's output: bytes, and where each came from.
struct MappedBytes {
  std::string text;
  std::vector<std::uint32_t> begin, end;

  void Push(std::string_view bytes, std::size_t from, std::size_t to) {
    for (const char c : bytes) {
      text.push_back(c);
      begin.push_back(static_cast<std::uint32_t>(from));
      end.push_back(static_cast<std::uint32_t>(to));
    }
  }
  void Push(char32_t value, std::size_t from, std::size_t to) {
    std::string bytes;
    AppendUtf8(&bytes, value);
    Push(bytes, from, to);
  }
};

MappedBytes MapPlain(std::string_view page, Span span, bool entities) {
  MappedBytes mapped;
  const std::string_view bytes = page.substr(0, span.end);
  for (std::size_t at = span.begin; at < span.end;) {
    if (entities && bytes[at] == '&') {
      if (const CodePoint point = DecodeEntity(bytes, at); point.next > at) {
        mapped.Push(point.value, at, point.next);
        at = point.next;
        continue;
      }
    }
    mapped.Push(bytes.substr(at, 1), at, at + 1);
    ++at;
  }
  return mapped;
}

int HexRun(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    const int digit = HexValue(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

MappedBytes UnescapePercent(const MappedBytes& in) {
  MappedBytes out;
  for (std::size_t i = 0; i < in.text.size(); ++i) {
    const int value = in.text[i] == '%' ? HexRun(in.text, i + 1, 2) : -1;
    if (value >= 0) {
      out.Push(std::string_view(std::string(1, static_cast<char>(value))), in.begin[i], in.end[i + 2]);
      i += 2;
    } else {
      out.Push(std::string_view(in.text[i] == '+' ? " " : in.text.substr(i, 1)), in.begin[i], in.end[i]);
    }
  }
  return out;
}

char32_t EscapedChar(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'b': case 'f': case 'v': return ' ';
    default: return static_cast<unsigned char>(c);
  }
}

MappedBytes UnescapeJson(const MappedBytes& in) {
  MappedBytes out;
  for (std::size_t i = 0; i < in.text.size(); ++i) {
    if (in.text[i] != '\\' || i + 1 >= in.text.size()) {
      out.Push(std::string_view(in.text).substr(i, 1), in.begin[i], in.end[i]);
      continue;
    }
    const char kind = in.text[i + 1];
    const std::size_t digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
    const int value = digits ? HexRun(in.text, i + 2, digits) : -1;
    if (value >= 0) {
      const std::size_t next = i + 2 + digits;
      const int low = value >= 0xD800 && value < 0xDC00 && in.text.compare(next, 2, "\\u") == 0 ? HexRun(in.text, next + 2, 4) : -1;
      const bool is_pair = low >= 0xDC00 && low < 0xE000;  // one character beyond the first plane, as RFC 8259 writes it
      const bool surrogate = value >= 0xD800 && value < 0xE000;
      const int point = is_pair ? 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00) : surrogate ? 0xFFFD : value;
      const std::size_t last = is_pair ? next + 5 : next - 1;
      out.Push(static_cast<char32_t>(point), in.begin[i], in.end[last]);
      i = last;
    } else {
      if (static_cast<unsigned char>(kind) < 0x80) out.Push(EscapedChar(kind), in.begin[i], in.end[i + 1]);
      i += static_cast<unsigned char>(kind) < 0x80 ? 1 : 0;
    }
  }
  return out;
}

// Unfolds RFC 5545 lines and undoes backslash escapes.
MappedBytes UnescapeCalendar(const MappedBytes& in) {
  MappedBytes out;
  const std::string& t = in.text;
  for (std::size_t i = 0; i < t.size(); ++i) {
    const std::size_t line = t[i] == '\r' && i + 1 < t.size() && t[i + 1] == '\n' ? 2 : t[i] == '\n' ? 1 : 0;
    if (line && i + line < t.size() && (t[i + line] == ' ' || t[i + line] == '\t')) {
      i += line;
      continue;
    }
    if (t[i] == '\\' && i + 1 < t.size()) {
      const bool newline = t[i + 1] == 'n' || t[i + 1] == 'N';
      out.Push(newline ? std::string_view("\n") : std::string_view(t).substr(i + 1, 1), in.begin[i], in.end[i + 1]);
      ++i;
      continue;
    }
    out.Push(std::string_view(t).substr(i, 1), in.begin[i], in.end[i]);
  }
  return out;
}

MappedBytes MapBytes(std::string_view page, Span span, Spelling spelling) {
  MappedBytes mapped = MapPlain(page, span, spelling.entities);
  if (spelling.percent) mapped = UnescapePercent(mapped);
  if (spelling.json) mapped = UnescapeJson(mapped);
  if (spelling.ical) mapped = UnescapeCalendar(mapped);
  return mapped;
}

bool IsUnicodeSpace(char32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

bool IsUnicodeDash(char32_t c) {
  return c == 0x58A || c == 0x5BE || (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2053 || c == 0x2212 || c == 0x207B ||
         c == 0x2500 || c == 0x2501 || c == 0x2E3A || c == 0x2E3B || c == 0x301C || c == 0x3030 || c == 0xFE31 || c == 0xFE58 ||
         c == 0xFE63 || c == 0xFF0D || c == 0xFF5E || c == 0x2192 || c == 0x27F6 || c == 0x21D2 || c == 0x21E8 || c == 0x27F9 || c == 0x2794 || c == 0x279C ||
         c == 0x279D || c == 0x279E || c == 0x27A1 || c == 0x2B95;
}

// Not seen by a reader: soft hyphen, zero-width and direction marks, word joiner, BOM, variation selectors.
bool IsInvisible(char32_t c) {
  if (c > 0 && c < 0xAD) return false;
  return c == 0 || c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

bool IsLetter(char32_t c) {
  return c == 0xAA || c == 0xB5 || c == 0xBA || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x1FFF) ||
         (c >= 0x3040 && c <= 0xD7FF) || (c >= 0x2C00 && c <= 0x2DFF);
}

char FoldChar(char32_t c) {
  if (c < 0x20 || c == 0x7F) return c == '\n' ? '\n' : ' ';
  if (c < 0x7F) return c == '~' ? '-' : c == '`' ? '\'' : ToLower(static_cast<char>(c));
  if (IsUnicodeSpace(c)) return ' ';
  if (IsUnicodeDash(c)) return '-';
  switch (c) {
    case 0x2018: case 0x2019: case 0x201B: case 0x2BC: case 0x2032: case 0xB4: case 0xFF07: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x2033: return '"';
    case 0x2236: case 0xFF1A: case 0xA789: case 0x02D0: return ':';
    case 0xFF0E: case 0x2024: return '.';
    case 0xFF0C: return ',';
    case 0x2044: case 0x2215: return '/';
    case 0xFF0B: return '+';
    default: break;
  }
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>('a' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>('a' + (c - 0xFF41));
  return IsLetter(c) ? kLetterGlyph : kSymbolGlyph;
}

}  // namespace

void GlyphText::AppendGlyph(char32_t value, std::size_t raw_begin, std::size_t raw_end) {
  if (IsInvisible(value)) return;
  const char folded = FoldChar(value);
  fold.push_back(folded);
  const bool joins = value == 0x2026 || value == 0xBB || value == 0x203A;
  ascii.push_back(value < 0x7F && value > 0x20 ? static_cast<char>(value) : joins ? kJoinGlyph : folded);
  begin.push_back(static_cast<std::uint32_t>(raw_begin));
  end.push_back(static_cast<std::uint32_t>(raw_end));
}

void GlyphText::Reserve(std::size_t more) {
  const std::size_t wanted = size() + more;
  if (fold.capacity() >= wanted) return;
  const std::size_t room = std::max(wanted, 2 * fold.capacity());
  fold.reserve(room);
  ascii.reserve(room);
  begin.reserve(room);
  end.reserve(room);
}

// The common case without a layer in between.
void GlyphText::AppendPlain(std::string_view page, Span span, bool entities) {
  Reserve(span.size());
  const std::string_view bytes = page.substr(0, span.end);
  for (std::size_t at = span.begin; at < span.end;) {
    CodePoint point{static_cast<unsigned char>(bytes[at]), at + 1};
    if (bytes[at] == '&' && entities) {
      if (const CodePoint named = DecodeEntity(bytes, at); named.next > at) point = named;
    } else if (point.value >= 0x80) {
      point = DecodeUtf8(bytes, at);
    }
    AppendGlyph(point.value, at, point.next);
    at = point.next;
  }
}

void GlyphText::Append(std::string_view page, Span span, Spelling spelling) {
  if (!spelling.json && !spelling.percent && !spelling.ical) return AppendPlain(page, span, spelling.entities);
  const MappedBytes mapped = MapBytes(page, span, spelling);
  for (std::size_t at = 0; at < mapped.text.size();) {
    const CodePoint point = DecodeUtf8(mapped.text, at);
    AppendGlyph(point.value, mapped.begin[at], mapped.end[point.next - 1]);
    at = point.next;
  }
}

void GlyphText::MarkBreak(bool opens) {
  const auto at = static_cast<std::uint32_t>(size());
  if (opens && closed_at_ == at && (partings.empty() || partings.back() != at)) partings.push_back(at);
  if (!opens) closed_at_ = at;
  if (breaks.empty() || breaks.back() != at) breaks.push_back(at);
}

bool GlyphText::BreakBefore(std::size_t glyph) const {
  return std::binary_search(breaks.begin(), breaks.end(), static_cast<std::uint32_t>(glyph));
}

bool GlyphText::PartingBefore(std::size_t glyph) const {
  return std::binary_search(partings.begin(), partings.end(), static_cast<std::uint32_t>(glyph));
}

Span GlyphText::Raw(std::size_t first, std::size_t last) const {
  if (first >= last) return {first < size() ? begin[first] : 0, first < size() ? begin[first] : 0};
  return {begin[first], end[last - 1]};
}

std::vector<Span> GlyphText::RawEach(std::size_t first, std::size_t last) const {
  std::vector<Span> spans;
  for (std::size_t i = first; i < last; ++i) spans.push_back({begin[i], end[i]});
  return spans;
}

std::string DecodeText(std::string_view page, Span span, Spelling spelling) {
  const MappedBytes mapped = MapBytes(page, span, spelling);
  return ToUtf8Lossy(mapped.text);
}

}  // namespace evenkeel
