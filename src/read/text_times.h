// Times and dates in one text: a flow, an attribute, a string.
#pragma once

#include <functional>
#include <string_view>

#include "read/mention.h"

namespace evenkeel {

struct TextSource {
  std::string_view bytes;     // the page
  Carrier carrier = Carrier::kText;
  bool hidden = false;
  const Page* page = nullptr; // with `flow`: elements inside the text are known
  std::size_t flow = kNone;
  std::size_t element = kNone;
  bool day_first = false;
  std::optional<Date> known = std::nullopt;  // the booking's date
  Spelling spelling = {};
};

// Adds what the grammars find; labels come from words beside each mention in this text alone.
void CollectText(const GlyphText& text, const TextSource& source, Findings* findings);
// A mention or a date made of an ISO form at match.whole of `text`.
void AddIso(const GlyphText& text, const IsoMatch& match, const TextSource& source, const Label& label, Findings* findings);
// Cuts the characters of `range` out as a part.
Part MakePart(const GlyphText& text, PartKind kind, int endpoint, GlyphRange range);
// `span` that ends before glyph `last`, with the end tags of elements that open inside it and hold nothing more.
Span CloseElements(const Page& page, const Flow& flow, std::size_t last, Span span);

}  // namespace evenkeel
