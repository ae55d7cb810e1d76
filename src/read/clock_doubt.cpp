// What stands beside a clock and was not understood, though it says more of the time.
#include "read/clock_context.h"
#include "read/clock_parts.h"
#include "read/mention.h"

namespace evenkeel {
namespace {

bool IsJoin(const TokenView& view, std::size_t i) {
  return view.IsMark(i, '-') || view.IsMark(i, '/') || view.IsAnyOf(i, {"to", "until", "till", "til", "through", "thru"});
}

bool IsHalfLetter(const TokenView& view, std::size_t i) { return view.IsAnyOf(i, {"a", "p", "am", "pm"}); }

// "/10:00PM", "-10a" at token i, when it is no time to the grammar.
bool IsUnreadAfter(const TokenView& view, std::size_t i) {
  if (!IsJoin(view, i) || view.Digits(i + 1) == 0 || view.Digits(i + 1) > 2 || ReadClock(view, i + 1, true)) return false;
  const bool minute = view.IsMark(i + 2, ':') && view.IsAdjacent(i + 2) && view.Digits(i + 3) == 2 && view.IsAdjacent(i + 3);
  return minute || (IsHalfLetter(view, i + 2) && view.IsAdjacent(i + 2));
}

// "7:00PM/", "10a to" before token i, likewise.
bool IsUnreadBefore(const TokenView& view, std::size_t i) {
  if (i < 3 || !IsJoin(view, i - 1)) return false;
  const bool letter = IsHalfLetter(view, i - 2) && view.IsAdjacent(i - 2);
  const std::size_t last = letter ? i - 3 : i - 2;  // of its numbers
  const bool minute = last > 1 && view.Digits(last) == 2 && view.IsMark(last - 1, ':') && view.IsNumber(last - 2) && view.IsAdjacent(last) && view.IsAdjacent(last - 1);
  if (!minute && !(letter && view.IsNumber(last))) return false;
  return !ReadClock(view, minute ? last - 2 : last, false);
}

// Whether a half of the day is named at token i in words that are not read: "PMs", "in the PM", "de la tarde".
bool IsUnreadHalf(const TokenView& view, std::size_t i) {
  if (!view.Has(i) || view[i].newline) return false;
  std::size_t at = i;
  while (view.IsAnyOf(at, {"in", "the", "de", "la"})) ++at;
  if (!view.IsWord(at)) return false;
  if (at > i) return view.IsAnyOf(at, {"am", "pm", "tarde", "noche", "madrugada", "ma\x01""ana"});
  const std::string_view word = view.Fold(at);
  const bool capitals = view.Ascii(at).substr(0, 2) == "AM" && word.size() > 2 && word.size() < 6;
  return word.substr(0, 2) == "pm" || word == "ams" || capitals;
}

// "05:30 -07:00": padded, and the dash sticks to what it would join.
bool IsGluedToDash(const TokenView& view, const ClockMatch& match) {
  if (!match.end || !view.IsMark(match.start.last, '-') || !view[match.start.last].spaced || !view.IsAdjacent(match.end->first)) return false;
  const bool digits = match.start.form == ClockForm::kDigits && match.end->form == ClockForm::kDigits && !match.end->minute_at.empty();
  const bool padded = digits && match.start.hour_at.end - match.start.hour_at.begin == 2 && view.text().fold[match.end->hour_at.begin] == '0';
  return padded && match.end->meridiem == Meridiem::kNone && match.end->minute == 0;
}

// ":AF" at token i, grown together with what is before it: 16:30:AF:09 is an address or a code.
bool IsCodeAfter(const TokenView& view, std::size_t i) {
  return view.IsMark(i, ':') && view.IsAdjacent(i) && view.IsAdjacent(i + 1) && view.IsWord(i + 1) && view.Fold(i + 1).size() == 2 && view.IsMark(i + 2, ':') && view.IsAdjacent(i + 2);
}

}  // namespace

std::string_view DoubtOf(const TokenView& view, const ClockMatch& match) {
  if (IsUnreadBefore(view, match.start.first) || IsUnreadAfter(view, match.last)) return "another time is joined to it, which is not understood";
  if (IsCodeAfter(view, match.last)) return "it is a part of something longer";
  const bool adjacent = match.end && view.IsMark(match.start.last, '-') && view.IsAdjacent(match.start.last) && view.IsAdjacent(match.end->first);
  const bool offset = adjacent && match.start.sure_24 && match.end->sure_24 && match.end->minute % 30 == 0 && match.start.hour >= match.end->hour + 2 && match.end->hour > 3 && match.end->hour < 12;
  if ((offset && match.start.form == ClockForm::kDigits && !match.end->unit) || IsGluedToDash(view, match)) return kRangeOrOffset;
  const bool whole = match.end && match.start.meridiem != Meridiem::kNone && match.end->meridiem != Meridiem::kNone;
  if (whole && IsChangedAt(view, match.start.first)) return "it is a range, or what was and what is now";
  for (const Clock* clock : {&match.start, match.end ? &*match.end : nullptr}) {
    if (clock == nullptr || clock->meridiem != Meridiem::kNone || clock->sure_24) continue;
    if (IsUnreadHalf(view, clock->last)) return "the words beside it for the half of the day are not understood";
  }
  return {};
}

}  // namespace evenkeel
