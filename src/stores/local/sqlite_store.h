// Records in a table of an SQLite database that belongs to the operator.
//
// Versions are the hash of the whole row and the counter of our own writes to it, kept in a side table of ours (evenkeel_operations)
// that the first write makes, in the same transaction as the write. Our own writes never bring a version back. A stranger who changes
// a row and changes it back between two looks of ours is not seen: SQLite counts commits per file (bytes 24..27 of its header), and not at
// all in WAL mode, so that counting them would make every other row's update look like a conflict. So unique_versions is false, and every
// update checks the old values again in its own transaction.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"

namespace evenkeel {

// settings: "path", "table", "key" (a list of columns).
StatusOr<std::unique_ptr<RecordStore>> MakeSqliteStore(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
