// What stands beside a clock and belongs to it: the part of the day, the zone.
#include "read/bytes.h"
#include "read/clock_parts.h"

namespace evenkeel {
namespace {

DayPart DayPartOf(std::string_view word) {
  if (word == "morning") return DayPart::kMorning;
  if (word == "afternoon") return DayPart::kAfternoon;
  if (word == "evening") return DayPart::kEvening;
  if (word == "night") return DayPart::kNight;
  if (word == "tonight") return DayPart::kTonight;
  if (word == "lunchtime") return DayPart::kLunch;
  return DayPart::kNone;
}

DayPartRead ReadOf(DayPart part, int hour) {
  switch (part) {
    case DayPart::kMorning: return {part, Meridiem::kAm};
    case DayPart::kAfternoon:
    case DayPart::kEvening: return {part, Meridiem::kPm};
    case DayPart::kNight: return {part, hour >= 6 && hour < 12 ? Meridiem::kPm : Meridiem::kAm};
    case DayPart::kTonight: return {part, hour == 12 ? Meridiem::kAm : Meridiem::kPm};
    case DayPart::kLunch: return {part, hour == 11 || hour == 10 ? Meridiem::kAm : Meridiem::kPm};
    case DayPart::kNone: break;
  }
  return {};
}

}  // namespace

bool IsInDayPart(DayPart part, int minutes) {
  constexpr int kHour = 60;
  const auto within = [&](int from, int to) { return minutes >= from * kHour && minutes < to * kHour; };
  switch (part) {
    case DayPart::kNone: return true;
    case DayPart::kMorning: return within(0, 12);
    case DayPart::kAfternoon: return within(12, 19);
    case DayPart::kEvening: return within(16, 24);
    case DayPart::kNight: return within(17, 24) || within(0, 6);
    case DayPart::kTonight: return within(16, 24) || within(0, 4);
    case DayPart::kLunch: return within(10, 15);
  }
  return true;
}

std::optional<DayPartRead> ReadDayPartAfter(const TokenView& view, std::size_t* at, int hour) {
  std::size_t i = *at;
  bool led = false;  // "in the", "at", "this" in front of it
  if (view.IsAnyOf(i, {"in"}) && view.IsAnyOf(i + 1, {"the"})) {
    i += view.IsAnyOf(i + 2, {"early", "late"}) ? 3 : 2;
    led = true;
  } else if (view.IsAnyOf(i, {"at"})) {
    if (!view.IsAnyOf(i + 1, {"night", "lunchtime"})) return std::nullopt;
    ++i;
    led = true;
  } else if (view.IsAnyOf(i, {"this"})) {
    ++i;
    led = true;
  }
  const DayPart part = DayPartOf(view.Fold(i));
  if (part == DayPart::kNone || (!led && part == DayPart::kNight)) return std::nullopt;
  const bool alone = led || part == DayPart::kTonight;
  // "4 evening cruises"
  if (!alone && view.IsWord(i + 1) && !view[i + 1].newline && !view.IsAnyOf(i + 1, {"and", "to", "on", "until", "till", "for", "with", "at", "in", "from", "we", "or"})) {
    return std::nullopt;
  }
  *at = i + 1;
  return ReadOf(part, hour);
}

std::optional<DayPartRead> ReadDayPartBefore(const TokenView& view, std::size_t* at, int hour) {
  std::size_t i = *at;
  if (i > 0 && (view.IsAnyOf(i - 1, {"at", "from"}) || view.IsMark(i - 1, '@'))) --i;
  if (i > 0 && view.IsMark(i - 1, ',')) --i;
  const DayPart part = i > 0 && !view[i].newline ? DayPartOf(view.Fold(i - 1)) : DayPart::kNone;
  if (part == DayPart::kNone) return std::nullopt;
  --i;
  const bool of_weekday = i > 0 && !view[i].newline && WeekdayOf(view.Fold(i - 1)).has_value();
  if (i > 1 && view.IsAnyOf(i - 1, {"the"}) && view.IsAnyOf(i - 2, {"in"})) {
    i -= 2;
  } else if (i > 0 && (view.IsAnyOf(i - 1, {"this"}) || (part == DayPart::kLunch && view.IsAnyOf(i - 1, {"at"})))) {
    --i;
  } else if (part == DayPart::kNight && !of_weekday) {
    return std::nullopt;
  } else if (part != DayPart::kTonight && part != DayPart::kLunch && !of_weekday && i > 0 && view.IsAnyOf(i - 1, {"good", "every", "each", "next", "last", "the"})) {
    return std::nullopt;
  }
  *at = i;
  return ReadOf(part, hour);
}

namespace {

bool IsZoneAbbreviation(std::string_view word, std::string_view written, bool after_meridiem) {
  if (Contains({"pt", "et", "ct", "mt"}, word)) return written[0] <= 'Z' || after_meridiem;
  return Contains({"pst", "pdt", "est", "edt", "cst", "cdt", "mst", "mdt", "akst", "akdt", "hst", "utc", "gmt", "bst", "cet", "cest", "eet", "eest",
                   "wet", "west", "jst", "ist", "aest", "aedt", "nzst", "nzdt", "ast", "adt", "sast", "msk", "sgt", "hkt"},
                  word) &&
         !(Contains({"west", "wet", "est"}, word) && written[0] > 'Z');
}

// Hours and minutes that some place on earth is behind UTC (tz database).
bool IsBehindUtc(int hours, int minutes) { return minutes == 0 ? hours <= 12 : minutes == 30 && (hours == 2 || hours == 3 || hours == 9); }

// "-08:00", "-0800" at token i behind `clock`, where it is more likely an offset than the end of a range: "4:30 - 7:30" has spaces on
// both sides of its dash, and what comes later on the same day is an end.
bool IsBareOffset(const TokenView& view, std::size_t i, const Clock& clock) {
  const bool colon = view.Digits(i + 1) == 2 && view.IsMark(i + 2, ':') && view.IsAdjacent(i + 2) && view.Digits(i + 3) == 2 && view.IsAdjacent(i + 3);
  if (!colon && (view.Digits(i + 1) != 4 || !view[i].spaced)) return false;
  const std::size_t last = i + (colon ? 4 : 2);
  if (view.IsMark(last, ':') || view.IsMark(last, '-') || IsHourUnit(view, last) || view.IsAnyOf(last, {"am", "pm", "a", "p", "noon"})) return false;
  const int hours = colon ? view.Number(i + 1) : view.Number(i + 1) / 100;
  const int minutes = colon ? view.Number(i + 3) : view.Number(i + 1) % 100;
  if (!IsBehindUtc(hours, minutes) || clock.form != ClockForm::kDigits || clock.minute_at.empty()) return false;
  const int wait = hours * 60 + minutes - clock.hour * 60 - clock.minute;  // until the end that it would be
  if (view[i].spaced) return clock.meridiem != Meridiem::kNone || wait <= 0;
  return clock.sure_24 && wait <= 0 && wait >= -12 * 60;  // a night is shorter
}

// "+02:00", "-8", "+0900" behind UTC or GMT, or directly behind a 24-hour clock.
std::size_t SkipOffset(const TokenView& view, std::size_t i, const Clock* clock) {
  const bool named = clock == nullptr;
  const bool seconds = !named && clock->seconds;
  const bool sign = view.IsMark(i, '+') || view.IsMark(i, '-');
  if (!sign || !view.IsNumber(i + 1) || !view.IsAdjacent(i + 1)) return i;
  const std::size_t digits = view.Digits(i + 1);
  const bool stamped = seconds && view.IsAdjacent(i) && (digits == 4 || (digits == 2 && view.IsMark(i + 2, ':') && !view.IsMark(i + 4, ':')));  // 19:00:00-08:00
  const bool bare = !named && !stamped && view.IsMark(i, '-');  // a dash as a rule: "4:30-7:30"
  if ((bare && !IsBareOffset(view, i, *clock)) || (!named && digits < 2)) return i;
  if (view.IsMark(i + 2, ':') && view.Digits(i + 3) == 2 && digits <= 2 && view.IsAdjacent(i + 3)) return i + 4;
  const int hours = digits > 2 ? view.Number(i + 1) / 100 : view.Number(i + 1);
  return digits <= 4 && hours <= 14 ? i + 2 : i;
}

}  // namespace

GlyphRange ReadZone(const TokenView& view, std::size_t* at, const Clock& clock) {
  const bool after_meridiem = clock.meridiem != Meridiem::kNone;
  std::size_t i = *at;
  const bool parenthesis = view.IsMark(i, '(');
  if (parenthesis) ++i;
  if (!view.Has(i) || view[i].newline) return {};
  const std::size_t first = i;
  if (view.IsWord(i) && IsZoneAbbreviation(view.Fold(i), view.Ascii(i), after_meridiem)) {
    ++i;
    if (view.IsAnyOf(i - 1, {"utc", "gmt"})) i = SkipOffset(view, i, nullptr);
  } else if (view.IsAnyOf(i, {"z"}) && view.IsAdjacent(i)) {
    ++i;
  } else if (view.IsAnyOf(i, {"pacific", "eastern", "central", "mountain", "hawaii", "alaska"}) && view.Ascii(i)[0] <= 'Z') {
    ++i;
    if (view.IsAnyOf(i, {"standard", "daylight"}) && view.IsAnyOf(i + 1, {"time"})) ++i;
    if (view.IsAnyOf(i, {"time"})) {
      ++i;
    } else if (view.IsWord(i) && !view.IsAnyOf(i, {"on", "and", "or", "so", "for", "to"}) && !view[i].newline) {
      return {};  // "4 PM Pacific Beach"
    }
  } else {
    i = SkipOffset(view, i, &clock);
  }
  if (i == first || (parenthesis && !view.IsMark(i, ')'))) return {};
  *at = i + (parenthesis ? 1 : 0);
  return {view[first].begin, view[i - 1].end};
}

}  // namespace evenkeel
