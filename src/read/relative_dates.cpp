#include "read/relative_dates.h"

namespace evenkeel {

// today, tomorrow, next Friday, Friday of next week
std::optional<DateMatch> ReadRelativeDay(const TokenView& view, std::size_t i) {
  DateMatch match;
  match.first = i;
  match.last = i + 1;
  if (view.IsAnyOf(i, {"today"})) match.relative = RelativeDay::kToday;
  if (view.IsAnyOf(i, {"tomorrow"})) match.relative = RelativeDay::kTomorrow;
  if (view.IsAnyOf(i, {"yesterday"})) match.relative = RelativeDay::kYesterday;
  if (match.relative == RelativeDay::kTomorrow && i >= 2 && view.IsAnyOf(i - 1, {"after"}) && view.IsAnyOf(i - 2, {"day"})) {
    match.relative = RelativeDay::kDayAfterTomorrow;
    match.first = i >= 3 && view.IsAnyOf(i - 3, {"the"}) ? i - 3 : i - 2;
  }
  if (match.relative != RelativeDay::kNone) return match;
  const bool plain = view.IsWord(i) && WeekdayOf(view.Fold(i)) && !IsPluralWeekday(view.Fold(i));
  const std::size_t next = view.IsAnyOf(i + 1, {"of"}) ? i + 2 : i + 1;
  if (plain && view.IsAnyOf(next, {"next"}) && view.IsAnyOf(next + 1, {"week"})) {
    match.relative = RelativeDay::kNextWeekday;
    match.weekday = WeekdayOf(view.Fold(i));
    match.last = next + 2;
    return match;
  }
  if (view.IsAnyOf(i, {"this", "coming", "upcoming"})) match.relative = RelativeDay::kThisWeekday;
  if (view.IsAnyOf(i, {"next"})) match.relative = RelativeDay::kNextWeekday;
  if (view.IsAnyOf(i, {"last"})) match.relative = RelativeDay::kLastWeekday;
  const std::size_t day = match.relative == RelativeDay::kThisWeekday && view.IsAnyOf(i + 1, {"coming", "past"}) ? i + 2 : i + 1;
  if (match.relative == RelativeDay::kNone || !view.IsWord(day) || IsPluralWeekday(view.Fold(day))) return std::nullopt;
  match.weekday = WeekdayOf(view.Fold(day));
  if (!match.weekday) return std::nullopt;
  if (view.IsAnyOf(i + 1, {"past"})) match.relative = RelativeDay::kLastWeekday;
  match.last = day + 1;
  return match;
}

Date CountRelativeDay(RelativeDay day, std::optional<unsigned> weekday, const Date& from) {
  constexpr unsigned kWeek = 7;
  const date::sys_days start = from;
  // Days ahead to that weekday, 0 for the day itself.
  const unsigned ahead = weekday ? (*weekday + kWeek - WeekdayOfDate(from)) % kWeek : 0;
  switch (day) {
    case RelativeDay::kNone:
    case RelativeDay::kToday: return from;
    case RelativeDay::kTomorrow: return start + date::days(1);
    case RelativeDay::kYesterday: return start - date::days(1);
    case RelativeDay::kDayAfterTomorrow: return start + date::days(2);
    case RelativeDay::kThisWeekday: return start + date::days(ahead);
    case RelativeDay::kNextWeekday: {
      const unsigned from_monday = (WeekdayOfDate(from) + kWeek - 1) % kWeek;
      const unsigned to_monday = (weekday.value_or(0) + kWeek - 1) % kWeek;
      return start + date::days(kWeek - from_monday + to_monday);
    }
    case RelativeDay::kLastWeekday: return start - date::days(ahead == 0 ? kWeek : kWeek - ahead);
  }
  return from;
}

}  // namespace evenkeel
