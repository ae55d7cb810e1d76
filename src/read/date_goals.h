// Which dates of a page go to another day with the times that they bind.
#pragma once

#include "read/edit_plan.h"

namespace evenkeel {

// Adds to `request` the dates that its mentions take along, and what cannot be written because two of them would take one date to two days.
void AskDates(const Reading& reading, const Understanding& understanding, EditRequest* request);

// The day on the wall of the zone that is written beside a time: 23:00 CET is on the booking's day, and an hour later on the next one.
// nullopt where the day here is not known.
std::optional<Date> OwnDay(const Mention& mention, const LocalDateTime& here);

}  // namespace evenkeel
