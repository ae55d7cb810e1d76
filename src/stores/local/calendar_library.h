// What the files that include libical share. Nothing else includes this header.
#pragma once

#include <libical/ical.h>

#include <mutex>
#include <optional>

#include "stores/local/calendar_components.h"

namespace evenkeel {

// libical keeps a ring of temporary strings and its error state for the whole process.
std::mutex& CalendarLibraryMutex();

// A time of libical's as ours, without a TZID; nullopt: none, or not of the years 1583 to 2200.
std::optional<ComponentTime> ComponentTimeOf(const icaltimetype& raw);

}  // namespace evenkeel
