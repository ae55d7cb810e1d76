// The reading of one page store, by one thread or by several.
#pragma once

#include "evenkeel/fleet.h"
#include "evenkeel/snapshot.h"
#include "observe/host.h"

namespace evenkeel {

// Adds the store and its pages to the snapshot; the same, whatever the store's `readers`.
void ReadPages(Fleet& fleet, const PageStoreConfig& config, Host& host, Snapshot& snapshot);

}  // namespace evenkeel
