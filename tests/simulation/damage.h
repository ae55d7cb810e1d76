// Damage: everything that can have happened to a journal at rest, tried on a copy of it.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/memory_stores.h"

namespace evenkeel::simulation {

// What was done to the run's journal, or to its head, that reading it does not name. Empty: every damage is found.
std::vector<std::string> UnnoticedDamage(const MemoryStateStore::Contents& state, const std::string& run);

}  // namespace evenkeel::simulation
