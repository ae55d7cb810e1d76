// An event of an iCalendar text as it is to be: the content lines of what changes, with DTSTAMP, LAST-MODIFIED and SEQUENCE where they are
// there, and every other byte as it is: order, folding, line endings, alarms, properties nobody knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stores/local/calendar_events.h"

namespace evenkeel {

// By UID. Single occasions of a repeated event stand under its UID and are not listed apart; of two events with one UID the first has the problem.
std::vector<KnownEvent> KnowEvents(const CalendarPage& page, const CalendarReading& reading);
// The one of that UID, or its problem. kNotFound: none.
StatusOr<KnownEvent> FindKnown(const std::vector<KnownEvent>& known, std::string_view uid, const CalendarReading& reading);

struct EditedEvent {
  std::string event;  // BEGIN:VEVENT to END:VEVENT
  std::string after;  // the whole text with it
};
// `wanted` is `known.event` after ChangedEvent. Read anew by both parsers the text must say what was wanted: kInternal where it would not.
StatusOr<EditedEvent> EditEvent(const CalendarPage& page, const KnownEvent& known, const Event& wanted, const CalendarReading& reading, Instant now);

// Whether an event says what was wanted: what an EventChange may change, and the zone.
bool SaysAsWanted(const Event& event, const Event& wanted);

}  // namespace evenkeel
