// Which booking a person means: by its key or by anything that names it.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/snapshot.h"
#include "evenkeel/verdict.h"

namespace evenkeel {

// Every way to name a decision's booking: its key, identifiers, the keys, slugs and URLs of its members, and the retired pages
// that lead to one of them. Whole tokens.
std::vector<std::string> NamesOf(const FleetConfig& fleet, const Snapshot& snapshot, const Decision& decision);
// Indices into `decisions` of those that `asked` names. A booking's key alone decides before anything else.
std::vector<std::size_t> FindByName(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Decision>& decisions,
                                    const std::string& asked);
// The one that `asked` names. kNotFound names near ones; kInvalidArgument: several; kUnavailable: a store could not be read.
StatusOr<std::size_t> FindOne(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Decision>& decisions,
                              const std::string& asked);

}  // namespace evenkeel
