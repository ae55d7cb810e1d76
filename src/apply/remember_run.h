// What a run makes Evenkeel know of protected features, at its end.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "evenkeel/apply.h"

namespace evenkeel {

// Remembers the features of the pages that the run backed up and that their bookings keep; the backups have them. Where the override
// `features` was given, in `given` or before, what the plan says is lost is forgotten, for the bookings in `only` (nullopt: all asked for).
Status RememberRun(Fleet& fleet, const Plan& plan, const std::set<std::string>& given, const std::optional<std::string>& only);

}  // namespace evenkeel
