// The events of a feed's text: single ones as they stand, series as their occasions. Pure.
#pragma once

#include <string>

#include "stores/local/calendar_events.h"

namespace evenkeel {

struct FeedWindow {
  Date from, to;                            // days on which occasions of series are read
  std::size_t series_work = 200'000;        // for all rules together, see RuleWindow
  std::size_t series_bytes = 64u << 20;     // of all occasions, each as long as its series
};

// By uid. What cannot be read is left out, and why_incomplete names it. kInvalidArgument: no calendar. kLimitExceeded: more than
// calendar_events, occasions counted.
StatusOr<EventListing> ReadFeedEvents(std::string bytes, const CalendarReading& reading, const FeedWindow& window);

}  // namespace evenkeel
