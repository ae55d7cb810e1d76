// The way back: what of a run there is to take back, in which order, and how each of it stands.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "apply/run_state.h"

namespace evenkeel {

// Reverse plan order, so that nothing goes before what needs it. Invalidations have nothing to take back: they are made again, when
// everything whose copies they drop is as it was.
std::vector<PlannedAction> UndoOrder(const std::vector<PlannedAction>& actions);

// Of a cache that was to be emptied of a page: the line of the journal that tells of a write that took the page back since; 0: there is
// none. Where several take a run back, one may give a page up, and empty the caches, before another writes it.
std::uint64_t WrittenSince(const PlannedAction& planned, const RunState& state);

// How taking the action back stands, by the journal; nullopt: the run did nothing that could be taken back. `before` holds how those
// before it in that order stand.
std::optional<UndoReport> ReportUndo(const PlannedAction& planned, const RunState& state, const std::map<std::string, Outcome>& before);
// The same for all of them, into the reports. Both in plan order.
void AddUndoReports(const std::vector<PlannedAction>& actions, const RunState& state, std::vector<ActionReport>& reports);

}  // namespace evenkeel
