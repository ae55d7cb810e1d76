// The state in a folder:
//   documents/<kind>/<id>.json   leases, heads, handoffs, tombstones, instructions
//   backups/<name>               plain files with the exact bytes
//   journals/<run>.jsonl         one line per entry
// Nothing is made before the first write; all of it is private to its owner, because it holds guests' names and pages.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"

namespace evenkeel {

// settings: "path", the folder.
StatusOr<std::unique_ptr<StateStore>> MakeStateFolder(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
