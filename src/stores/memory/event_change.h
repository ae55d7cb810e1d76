// What an EventChange does to an event: the one meaning that every calendar adapter has.
#pragma once

#include <string>

#include "evenkeel/calendar.h"

namespace evenkeel {

// A wall clock of zone `from` in zone `to`. An empty zone is `fleet_zone`. `zones` may be null when both are the same.
StatusOr<LocalDateTime> MoveToZone(const LocalDateTime& time, const std::string& from, const std::string& to,
                                   const std::string& fleet_zone, const ZoneSource* zones);

// The event as it is to be. A time without a date keeps the event's own date. kInvalidArgument: an all-day event cannot hold a time,
// a recurring one is not one occasion, or the event would end before it starts.
StatusOr<Event> ChangedEvent(const Event& event, const EventChange& change, const std::string& fleet_zone, const ZoneSource* zones);

}  // namespace evenkeel
