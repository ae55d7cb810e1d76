// Page: the stream as readers use it: elements with their attributes, and text as it flows on the screen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/glyphs.h"
#include "read/script_scan.h"
#include "read/stream.h"

namespace evenkeel {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Element {
  std::string name;
  std::size_t parent = kNone;
  std::size_t first_attribute = 0;
  std::size_t attribute_count = 0;
  Span open;       // the start tag's bytes; empty when implied
  Span close;      // the end tag's
  bool hidden = false;
  bool clone = false;
  std::size_t first_flow = 0;  // flows that begin inside it: [first_flow, last_flow)
  std::size_t last_flow = 0;
  std::size_t column = 0;      // td, th: position in the row
  std::uint32_t classes = 0;   // those of kKnownClasses it has, a bit each
};

// A run of text without a block boundary in it: what a reader takes as one line or paragraph.
struct Flow {
  GlyphText text;
  struct Run {
    std::size_t glyph = 0;    // first glyph
    std::size_t element = 0;  // innermost element
    Span span;
  };
  std::vector<Run> runs;
  std::size_t block = 0;  // the block element it stands in
  bool hidden = false;

  // The innermost element around a glyph.
  std::size_t ElementAt(std::size_t glyph) const;
};

struct RawBlock {
  PieceKind kind = PieceKind::kRaw;  // kRaw or kComment
  std::size_t element = kNone;       // the script or style
  std::size_t flow = 0;              // flows before it
  Span span;
  bool script = false;               // JavaScript: `tokens` are its
  std::vector<ScriptToken> tokens;
};

struct Page {
  std::string_view bytes;
  PageStream stream;
  std::vector<Element> elements;
  std::vector<Flow> flows;
  std::vector<RawBlock> raws;

  const StreamAttribute* FindAttribute(const Element& element, std::string_view name) const;
  // Decoded value; empty when there is none.
  std::string AttributeValue(const Element& element, std::string_view name) const;
  // As AttributeValue, but empty for a value too long to be a name.
  std::string Name(const Element& element, std::string_view name) const;
  // `name` is one of the microformats' classes that reading knows; others are never there.
  static bool HasClass(const Element& element, std::string_view name);
  // Whether `inner` is `outer` or stands inside it.
  bool IsInside(std::size_t inner, std::size_t outer) const;
};

// Borrows `bytes`. kLimitExceeded: a text without a block in it, or the scripts together, are too long.
StatusOr<Page> BuildPage(std::string_view bytes, PageStream stream, const Limits& limits);
bool IsBlockElement(std::string_view name);

}  // namespace evenkeel
