#include <algorithm>

#include "evenkeel/snapshot.h"

namespace evenkeel {

std::vector<Unread> UnreadOf(const Snapshot& snapshot) {
  std::vector<Unread> unread;
  for (const StoreState& store : snapshot.stores) {
    if (!store.problem.ok()) {
      unread.push_back({store.name, "", store.problem.ToString()});
    } else if (!store.complete) {
      unread.push_back({store.name, "", store.why_incomplete});
    }
  }
  for (const Observed& observed : snapshot.resources) {
    if (!observed.problem.ok()) unread.push_back({observed.resource.store, observed.resource.key, observed.problem.message()});
  }
  std::sort(unread.begin(), unread.end());
  return unread;
}

}  // namespace evenkeel
