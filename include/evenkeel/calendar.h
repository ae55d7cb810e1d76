// Calendar: events in a calendar file or server.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/resource.h"
#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

struct Event {
  std::string uid;
  Version version;
  std::string summary;
  std::string description;
  std::string location;
  std::string status;                // CONFIRMED, CANCELLED …; empty: not stated
  std::string zone;                  // TZID of start; "UTC"; empty: floating (the fleet's zone)
  bool all_day = false;              // start and end carry dates only
  std::optional<LocalDateTime> start, end;  // in `zone`
  bool recurring = false;
  std::optional<Instant> modified;   // LAST-MODIFIED, else DTSTAMP
  std::map<std::string, std::string> extensions;  // X- properties
};
struct EventListing {
  std::vector<Event> events;  // by uid
  bool complete = true;
  std::string why_incomplete;
};
// Members that are not set stay. Unknown properties, alarms and the UID always stay.
struct EventChange {
  std::optional<LocalDateTime> start, end;  // wall clock in `zone`
  std::string zone;                         // IANA zone of start and end; the event keeps its own TZID where it has one
  std::optional<std::string> summary, description, status;

  friend bool operator==(const EventChange&, const EventChange&) = default;
};

// Law for implementers and threads: as for ObjectStore.
class Calendar {
 public:
  virtual ~Calendar() = default;
  virtual StoreTraits Traits() const = 0;
  virtual StatusOr<EventListing> List() = 0;
  virtual StatusOr<Event> Get(std::string_view uid) = 0;
  virtual StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) = 0;
};

}  // namespace evenkeel
