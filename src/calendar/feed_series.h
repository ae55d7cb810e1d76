// A series: an event that repeats, as the single occasions that it means.
#pragma once

#include <vector>

#include "stores/local/calendar_events.h"
#include "stores/local/calendar_rule.h"

namespace evenkeel {

// "UID/2026-05-30T16:30", "UID/2026-05-30" of an all-day event: the start that the series gives it, wherever it was moved.
std::string UidOfOccasion(const Event& event, const LocalDateTime& start);

// The wall clocks, in the event's zone, of a property that holds some: EXDATE, RDATE, RECURRENCE-ID. Each takes one
// from `work_left`; where there are more, nothing is read (kLimitExceeded). Messages continue "the event …".
struct ListedTime {
  LocalDateTime time;
  bool is_date = false;
};
StatusOr<std::vector<ListedTime>> TimesOf(const ContentLine& line, const CalendarPage& page, const Event& event, const CalendarReading& reading,
                                          std::size_t& work_left);

// Where the occasions of a series start, in order, on the days of the window: DTSTART, RRULE and RDATE without EXDATE. `work_left` is what may
// be spent on all series together. Messages continue "the event …".
StatusOr<std::vector<LocalDateTime>> ExpandSeries(const KnownEvent& series, const EventComponent& component, const CalendarPage& page,
                                                  const CalendarReading& reading, const RuleWindow& window, std::size_t& work_left);

// The series as it is on one of its occasions.
Event OccasionAt(const Event& series, const LocalDateTime& start);

}  // namespace evenkeel
