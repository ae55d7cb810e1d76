// Listings that come in parts.
#pragma once

#include <set>
#include <string>

#include "evenkeel/limits.h"
#include "evenkeel/snapshot.h"

namespace evenkeel {

StoreState StateOf(const std::string& name, ResourceKind kind, const StoreTraits& traits);
// The store could not be read.
void Fail(StoreState& state, const Status& problem);
// Something of it may not have been listed.
void NoteIncomplete(StoreState& state, bool complete, const std::string& why);
Status OverLimit(const Limits& limits, const std::string& store);

// Calls `list(cursor)` until there is no cursor or `is_over()`, and `take` with each part, which says how many it counts. A cursor that was
// there before ends it, too.
template <typename IsOver, typename List, typename Take>
void ListAll(StoreState& state, const Limits& limits, IsOver is_over, List list, Take take) {
  std::string cursor;
  std::set<std::string> seen;
  while (!is_over()) {
    auto part = list(cursor);
    if (!part.ok()) return Fail(state, part.status());
    NoteIncomplete(state, part->complete, part->why_incomplete);
    state.count += take(*part);
    if (state.count > limits.listing_entries) return Fail(state, OverLimit(limits, state.name));
    if (part->cursor.empty()) return;
    if (!seen.insert(part->cursor).second) return NoteIncomplete(state, false, "the store's listing came back to the same place");
    cursor = part->cursor;
  }
}

}  // namespace evenkeel
