// A calendar in an iCalendar file that other programs read and write too.
//
// A change replaces the content lines of the properties it names, with DTSTAMP, LAST-MODIFIED and SEQUENCE where they are there; every
// other byte of the file stays. libical reads the file for its meaning, before and after, and the two must agree with the plan.
//
// Versions are the hash of the event's bytes and the counter of our own writes to it, as in EntryFile: unique_versions is false.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"

namespace evenkeel {

// settings: "path".
StatusOr<std::unique_ptr<Calendar>> MakeCalendarFile(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
