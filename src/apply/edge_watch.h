// What guests are served once a run has ended: whether the caches have dropped what they were told to, and what they serve then.
#pragma once

#include "apply/edge_patience.h"
#include "evenkeel/apply.h"

namespace evenkeel {

// Waits until what this process told the caches to drop is dropped; then asks for every path of the run's invalidations, where the fleet wants
// that, and compares it with the page as it is now. What is not well, and what the run's patience did not last for, stands in report.stale.
// Changes nothing, and no lease is held meanwhile.
void WatchEdges(Fleet& fleet, const Plan& plan, RunReport& report, EdgePatience& patience, const std::function<void(const ActionReport&)>& progress, const std::function<bool()>& keep_going);

}  // namespace evenkeel
