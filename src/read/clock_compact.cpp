// Hour and minute in one number: 1630 hrs, 1630-1930, 340pm, 430-730pm.
#include "read/bytes.h"
#include "read/clock_context.h"
#include "read/clock_parts.h"
#include "read/date_grammar.h"

namespace evenkeel {
namespace {

bool IsYearLike(const TokenView& view, std::size_t i) { return view.Number(i) >= 1900 && view.Number(i) < 2160; }

bool IsClockNumber(const TokenView& view, std::size_t i) {
  return view.Digits(i) == 4 && view.Number(i) < 2400 && view.Number(i) % 100 < 60;
}

bool IsCompactSign(const TokenView& view, std::size_t i) { return view.IsMark(i, '-') || view.IsAnyOf(i, {"to", "until", "till"}); }

// The other four digits of "1630-1930"; i itself where there are none.
std::size_t CompactPartner(const TokenView& view, std::size_t i) {
  if (IsCompactSign(view, i + 1) && IsClockNumber(view, i + 2)) return i + 2;
  return i >= 2 && IsCompactSign(view, i - 1) && IsClockNumber(view, i - 2) ? i - 2 : i;
}

// "from 1326 to 1584": years, or other numbers.
bool IsOfNumbers(const TokenView& view, std::size_t i) {
  const auto number = [&](std::size_t at) { return view.Digits(at) == 4 && !IsClockNumber(view, at); };
  return (IsCompactSign(view, i + 1) && number(i + 2)) || (i >= 2 && IsCompactSign(view, i - 1) && number(i - 2));
}

// "May 30, 1630", "Sat 30 May 1630", "5/30 1630": a day in front of token i.
bool IsBehindDay(const TokenView& view, std::size_t i) {
  std::size_t at = i;
  while (at > 0 && i - at < 2 && (view.IsMark(at - 1, ',') || view.IsMark(at - 1, ':') || view.IsMark(at - 1, '-') || view.IsMark(at - 1, '|'))) --at;
  if (at > 1 && view.IsAnyOf(at - 1, {"st", "nd", "rd", "th"}) && view.IsNumber(at - 2)) --at;
  if (at < 2) return false;
  if (MonthOf(view.Fold(at - 1))) return view.IsNumber(at - 2) || view.IsAnyOf(at - 2, {"of", "st", "nd", "rd", "th"});
  if (!view.IsNumber(at - 1)) return false;
  if (view.Digits(at - 1) == 4) return at > 2 && (view.IsMark(at - 2, ',') || view.IsMark(at - 2, '/') || MonthOf(view.Fold(at - 2)));
  if (view.Digits(at - 1) > 2) return false;
  if (MonthOf(view.Fold(at - 2))) return true;
  return at > 2 && (view.IsMark(at - 2, '/') || view.IsMark(at - 2, '-')) && view.IsAdjacent(at - 1) && view.IsAdjacent(at - 2) && view.IsNumber(at - 3);
}

// Whether what stands before token i announces a time: "at 1630", "Time: 1630-1930", "Saturday 1630-1930".
bool IsAnnounced(const TokenView& view, std::size_t i) {
  if (i == 0) return false;
  return view.IsAnyOf(i - 1, {"at", "by", "from", "until", "till", "between"}) || view.IsMark(i - 1, '@') || HasTimeLabelBefore(view, i);
}

// "back 1930": no year stands there.
bool IsReturnWord(const TokenView& view, std::size_t i) {
  return view.IsAnyOf(i, {"home", "back", "return", "returns", "returning", "ends", "disembark", "disembarks", "disembarkation", "eta", "etd"});
}

// "Wheels up at 1630, lines on at 1930": behind a clock of the same kind no year stands at such a place.
bool IsSecondClock(const TokenView& view, std::size_t i) {
  constexpr std::size_t kReach = 12;
  if (i == 0 || !view.IsAnyOf(i - 1, {"at", "by", "until", "till"}) || view.Number(i) % 5 != 0) return false;
  for (std::size_t at = i - 1; at > 0 && i - at < kReach && !view[at].newline; --at) {
    if (IsClockNumber(view, at) && !IsYearLike(view, at) && view.IsAnyOf(at - 1, {"at", "by", "from"})) return true;
  }
  return false;
}

bool IsReturnTime(const TokenView& view, std::size_t i) {
  return IsReturnWord(view, i - 1) || (i > 1 && (view.IsAnyOf(i - 1, {"at", "by", "time"}) || view.IsMark(i - 1, ':')) && IsReturnWord(view, i - 2));
}

bool IsAnnouncedAlone(const TokenView& view, std::size_t i) {
  if (i == 0) return false;
  if (view.IsAnyOf(i - 1, {"at", "by", "from", "until", "till"}) || view.IsMark(i - 1, '@')) return true;
  const std::size_t label = view.IsMark(i - 1, ':') && i > 1 ? i - 2 : i - 1;
  const bool labelled = IsReturnWord(view, label) || view.IsAnyOf(label, {"sail", "sails", "sailing", "depart", "departs", "departure", "arrive", "arrival", "board", "boarding", "start",
                                                                          "starts", "underway", "meet", "muster", "time", "embark", "embarks", "embarkation", "finish", "leave", "leaves"});
  return (labelled || WeekdayOf(view.Fold(i - 1)) || IsBehindDay(view, i)) && view.Number(i) % 5 == 0;
}

// "430-730pm", "1130-2pm": a clock of three or four digits that shares the meridiem of the end.
bool SharesMeridiem(const TokenView& view, std::size_t i, const Clock& clock) {
  std::size_t end = i + 1;
  while (view.IsMark(end, '-')) ++end;
  const bool dash = end > i + 1;
  if (!dash && view.IsAnyOf(end, {"to", "until", "till"})) ++end;
  const bool number = view.Digits(end) >= (dash ? 1u : 3u) && view.Digits(end) <= 4 && end > i + 1;
  if (!number || clock.hour < 1 || clock.hour > 12 || IsPlaceNumber(view, i)) return false;
  return view.IsAnyOf(end + 1, {"am", "pm", "a", "p"}) && (view.Fold(end + 1).size() == 2 || (view.IsMark(end + 2, '.') && view.IsAnyOf(end + 3, {"m"})));
}

}  // namespace

bool IsHourUnit(const TokenView& view, std::size_t i) { return view.IsAnyOf(i, {"hrs", "hours", "hr", "h", "uhr", "uur"}); }

std::optional<Clock> ReadCompactClock(const TokenView& view, std::size_t i) {
  const std::size_t digits = view.Digits(i);
  if (digits != 3 && digits != 4) return std::nullopt;
  Clock clock;
  clock.form = ClockForm::kCompact;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = view.Number(i) / 100;
  clock.minute = view.Number(i) % 100;
  clock.hour_at = {view[i].begin, view[i].end - 2};
  clock.minute_at = {view[i].end - 2, view[i].end};
  TakeMeridiem(view, &clock, false);
  if (!IsValidClock(clock) || clock.hour == 24) return std::nullopt;
  if (clock.meridiem != Meridiem::kNone) return IsGluedAfter(view, clock.last, true) ? std::nullopt : std::optional(clock);
  if (SharesMeridiem(view, i, clock)) return clock;
  if (digits != 4) return std::nullopt;
  clock.sure_24 = true;
  const std::size_t partner = CompactPartner(view, i);
  const std::size_t first = partner == i - 2 && i >= 2 ? partner : i;
  const std::size_t after = partner == i + 2 ? i + 3 : i + 1;
  const bool unit = IsHourUnit(view, after);
  const bool pair = partner != i && ((IsBehindDay(view, first) && IsClockPair(view, first)) || (!(IsYearLike(view, i) && IsYearLike(view, partner)) && IsAnnounced(view, first)));
  const bool alone = partner == i && !IsOfNumbers(view, i) && EndsLikeTime(view, i + 1) && (IsYearLike(view, i) ? IsReturnTime(view, i) || IsSecondClock(view, i) || (IsBehindDay(view, i) && view.Number(i) < 1950 && view.Number(i) % 5 == 0) : IsAnnouncedAlone(view, i));
  if (!unit && !alone && !pair) return std::nullopt;
  clock.unit = unit;
  if (unit && after == i + 1) clock.last = i + 2;
  return clock;
}

}  // namespace evenkeel
