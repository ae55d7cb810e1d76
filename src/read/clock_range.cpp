// What joins two clocks to a range, and what stands in front of one: "-", "-->", "to", "bis"; "from", "between", "de".
#include "read/clock_parts.h"

namespace evenkeel {
namespace {

// Behind a dash ("-", "--", "->") at token i; i itself where there is none.
std::size_t SkipDash(const TokenView& view, std::size_t i) {
  std::size_t at = i;
  while (view.IsMark(at, '-')) ++at;
  return at > i && view.IsMark(at, '>') ? at + 1 : at;
}

// The same for "...", "…", "»", "=>", ">", which join clocks alone.
std::size_t SkipJoin(const TokenView& view, std::size_t i) {
  if (view.Has(i) && view.Ascii(i).front() == kJoinGlyph) return i + 1;
  std::size_t at = i;
  while (view.IsMark(at, '.') && (at == i || view.IsAdjacent(at))) ++at;
  if (at > i) return at > i + 1 ? at : i;
  if (view.IsMark(at, '=') && view.IsMark(at + 1, '>')) return at + 2;
  while (view.IsMark(at, '>')) ++at;
  return at;
}

// Behind a word that leads to the end of a range.
std::size_t SkipRangeWord(const TokenView& view, std::size_t i, RangeOpener opener) {
  if (view.IsMark(i, '\'') && view.IsAnyOf(i + 1, {"til", "till"})) return i + 2;
  if (view.IsAnyOf(i, {"t"}) && view.IsMark(i + 1, '/') && view.IsAnyOf(i + 2, {"m"})) return i + 3;  // t/m
  if (view.IsAnyOf(i, {"up", "through"}) && view.IsAnyOf(i + 1, {"to", "until", "till"})) return i + 2;
  if (view.IsAnyOf(i, {"to", "until", "till", "til", "through", "thru", "'til", "bis", "hasta", "tot", "\x01", "jusqu'\x01"})) return i + 1;
  const bool clocks = i > 2 && view.IsNumber(i - 1) && view.IsMark(i - 2, ':') && view.IsNumber(i + 1) && view.IsMark(i + 2, ':') && view.IsAdjacent(i + 2);
  if (clocks && view.IsAnyOf(i, {"a", "\x01"})) return i + 1;  // 9:00 a 16:30
  if (opener == RangeOpener::kFrom && view.IsAnyOf(i, {"a", "al", "alle"})) return i + 1;
  if (opener == RangeOpener::kBetween && (view.IsAnyOf(i, {"and", "et", "und", "y", "e", "en"}) || view.IsMark(i, '&'))) return i + 1;
  return i;
}

bool IsArticle(const TokenView& view, std::size_t i) { return view.IsAnyOf(i, {"las", "la", "les", "le", "um", "about", "around"}); }

}  // namespace

OpenerRead ReadOpener(const TokenView& view, std::size_t first) {
  std::size_t i = first;
  if (i > 1 && view.IsAnyOf(i - 1, {"las", "la", "les", "le"})) --i;
  if (i == 0) return {};
  if (i == first && view.IsAnyOf(i - 1, {"from"})) return {RangeOpener::kFrom, i - 1};
  if (i == first && view.IsAnyOf(i - 1, {"between"})) return {RangeOpener::kBetween, i - 1};
  if (view.IsAnyOf(i - 1, {"de", "von", "vom", "dalle", "desde", "da", "van"})) return {RangeOpener::kFrom, i - 1};
  if (view.IsAnyOf(i - 1, {"entre", "zwischen", "tussen", "tra"})) return {RangeOpener::kBetween, i - 1};
  return {};
}

std::optional<RangeSign> ReadRangeSign(const TokenView& view, std::size_t at, RangeOpener opener) {
  if (const std::size_t behind = SkipDash(view, at); behind != at) return RangeSign{behind, true, false};
  if (const std::size_t behind = SkipJoin(view, at); behind != at) return RangeSign{behind, true, true};
  std::size_t behind = SkipRangeWord(view, at, opener);
  if (behind == at) return std::nullopt;
  if (IsArticle(view, behind)) ++behind;
  return RangeSign{behind, false, false};
}

}  // namespace evenkeel
