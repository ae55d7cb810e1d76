// GlyphText: decoded text in which every character knows the bytes it came from.
//
// Grammar works on `fold`, where every Unicode space is ' ', every dash '-', every apostrophe '\'', ASCII letters are lower
// case, and everything else is one placeholder byte. Edits go back through the spans, so that a time written with
// entities, JSON escapes or percent signs is changed where it stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/span.h"

namespace evenkeel {

constexpr char kLetterGlyph = '\x01';  // a letter outside ASCII
constexpr char kSymbolGlyph = '\x02';  // anything else outside ASCII

// In `ascii`, where `fold` has kSymbolGlyph: "…", "»", "›", which may join the ends of a range.
constexpr char kJoinGlyph = '\x03';

// How the raw bytes spell characters. Entities are outermost (an attribute that holds JSON or a URL).
struct Spelling {
  bool entities = false;
  bool json = false;     // backslash escapes of JSON and JavaScript
  bool percent = false;  // %41; '+' is a space
  bool ical = false;     // RFC 5545 section 3.1 folding and 3.3.11 escapes
};

class GlyphText {
 public:
  std::string fold;
  std::string ascii;                  // as fold, in the case of the page
  std::vector<std::uint32_t> begin;   // raw bytes of glyph i: [begin[i], end[i])
  std::vector<std::uint32_t> end;
  std::vector<std::uint32_t> breaks;  // glyphs in front of which an element opens or closes, ascending
  std::vector<std::uint32_t> partings;  // of these, where one element closes and another opens: <b>3</b><b>6:00</b>

  std::size_t size() const { return fold.size(); }
  bool empty() const { return fold.empty(); }
  // Appends the bytes of `span`, which lies in `page`.
  void Append(std::string_view page, Span span, Spelling spelling);
  void Reserve(std::size_t more);  // room for as many glyphs again
  void AppendGlyph(char32_t value, std::size_t raw_begin, std::size_t raw_end);
  void MarkBreak(bool opens);  // an element opens or closes here
  bool BreakBefore(std::size_t glyph) const;
  bool PartingBefore(std::size_t glyph) const;
  // The raw bytes of glyphs [first, last).
  Span Raw(std::size_t first, std::size_t last) const;
  std::vector<Span> RawEach(std::size_t first, std::size_t last) const;

 private:
  void AppendPlain(std::string_view page, Span span, bool entities);
  std::size_t closed_at_ = static_cast<std::size_t>(-1);  // where an element closed last
};

// The UTF-8 text that the bytes of `span` spell.
std::string DecodeText(std::string_view page, Span span, Spelling spelling);

}  // namespace evenkeel
