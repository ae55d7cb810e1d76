// EdgeCache: a CDN in front of the pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/status.h"

namespace evenkeel {

// Safe to call from several threads and processes.
class EdgeCache {
 public:
  virtual ~EdgeCache() = default;
  // Drops the cached copies of `paths` (absolute, "/g/x.html"). `reference` makes it idempotent: the same reference again is
  // the same invalidation and costs nothing. Returns the cache's own id of it.
  virtual StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) = 0;
  // Whether the invalidation with this reference was accepted, for a look after an unknown outcome.
  virtual StatusOr<bool> WasAccepted(std::string_view reference) = 0;
};

}  // namespace evenkeel
