// Retention: backups, journals and former words hold guests' data, and a policy may say for how many days.
#pragma once

#include "evenkeel/fleet.h"

namespace evenkeel {

// Removes what finished runs left that came to rest more than `policy.retention_days` ago: their journals and heads, what they
// remembered of former words or withdrew of their tombstones and handoffs, and the backups that no other run's journal names. Nothing where the policy says nothing. Unfinished
// runs, tombstones and handoffs that hold stay. Cut off at any point it is finished by the next call.
Status RemoveExpiredRuns(Fleet& fleet);

}  // namespace evenkeel
