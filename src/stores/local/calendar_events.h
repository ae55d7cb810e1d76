// The events of an iCalendar text as values, read by both parsers: ours knows where they stand, libical what they mean.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/calendar.h"
#include "evenkeel/limits.h"
#include "stores/local/calendar_components.h"
#include "stores/local/calendar_text.h"

namespace evenkeel {

// What an event is read with, and what its faults are told with.
struct CalendarReading {
  std::string place;  // "calendar.ics"
  std::string store;
  std::string zone;   // of the fleet
  const ZoneSource* zones = nullptr;
  Limits limits;
};

// The text of a calendar at one moment.
struct CalendarPage {
  std::string bytes;
  CalendarText text;
  std::vector<EventComponent> components;  // one for each of text.events
};
// kInvalidArgument: no calendar, or the two parsers do not find the same events. kLimitExceeded: more than calendar_events.
StatusOr<CalendarPage> ReadCalendarPage(std::string bytes, const CalendarReading& reading);
// The same of a text that anybody may have written: libical sees no more of it than the lines that its answers need, because the time that
// it takes for others grows with the square of their length or number.
StatusOr<CalendarPage> ReadForeignPage(std::string bytes, const CalendarReading& reading);

// One event with both views of it.
struct KnownEvent {
  const EventText* text = nullptr;  // borrowed from the page
  Event event;                      // without its version
  std::string end_zone;             // of DTEND, which may differ from the start's
  Status problem;                   // why it cannot be used; names the line
};
KnownEvent KnowEvent(const CalendarPage& page, std::size_t index, const CalendarReading& reading);

// The IANA zone behind a TZID: itself, up to three parts at its end ("/vendor/America/Los_Angeles"), what the VTIMEZONE says of itself, or the
// zone that Windows calls so ("Pacific Standard Time"). As it is written where none of them is known.
std::string ZoneOfTime(const ComponentTime& time, const CalendarText& text, const ZoneSource* zones);

}  // namespace evenkeel
