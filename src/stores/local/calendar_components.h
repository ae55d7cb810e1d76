// A calendar as libical understands it. It is included for this in calendar_components.cpp, and for repetition in calendar_rule.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

struct ComponentTime {
  LocalDateTime time;
  bool is_date = false;
  bool is_utc = false;
  std::string tzid;  // as written; empty: UTC, floating or a date

  friend bool operator==(const ComponentTime&, const ComponentTime&) = default;
};

// One VEVENT.
struct EventComponent {
  std::string uid;
  std::string summary;
  std::string description;
  std::string status;
  std::optional<ComponentTime> start;
  std::optional<ComponentTime> end;      // DTEND
  std::optional<int> duration_minutes;   // DURATION
  std::optional<Instant> modified;       // LAST-MODIFIED, else DTSTAMP
};

// Every VEVENT in the order of the file. kInvalidArgument: libical cannot parse it.
StatusOr<std::vector<EventComponent>> ReadComponents(const std::string& text);

}  // namespace evenkeel
