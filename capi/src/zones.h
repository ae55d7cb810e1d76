// The host's rules of civil time, or the system's.
#pragma once

#include <memory>

#include "evenkeel.h"
#include "evenkeel/zone.h"

namespace evenkeel::capi {

// NULL: the system's tz database. kInvalidArgument: a callback is missing.
StatusOr<std::unique_ptr<ZoneSource>> MakeZones(const ek_zones* given);

}  // namespace evenkeel::capi
