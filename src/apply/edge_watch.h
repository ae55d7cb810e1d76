// What guests are served once a run has ended: whether the caches have dropped what they were told to, and what they serve then.
#pragma once

#include "evenkeel/apply.h"

namespace evenkeel {

// Waits, a quarter of an hour for each cache at most, until what this process told them to drop is dropped; then asks for every path
// of the run's invalidations, where the fleet wants that, and compares it with the page as it is now. What is not well stands in
// report.stale. Changes nothing, and no lease is held meanwhile.
void WatchEdges(Fleet& fleet, const Plan& plan, RunReport& report, const std::function<void(const ActionReport&)>& progress, const std::function<bool()>& keep_going);

}  // namespace evenkeel
