// EdgeCache: a CDN in front of the pages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/check.h"
#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

// Safe to call from several threads and processes. What has a body here need not be overridden by a cache that drops its copies at once.
class EdgeCache {
 public:
  virtual ~EdgeCache() = default;
  // Drops the cached copies of `paths` (absolute, "/g/x.html"). `reference` makes it idempotent: the same reference again is
  // the same invalidation and costs nothing. Returns the cache's own id of it. kLimitExceeded: the cache is busy with others; nothing was
  // done, and the same call is taken later. kAlreadyExists: the reference stands for other paths.
  virtual StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) = 0;
  // Whether the invalidation with this reference was accepted, for a look after an unknown outcome.
  virtual StatusOr<bool> WasAccepted(std::string_view reference) = 0;
  // The same where it cannot have been made before `since` (by our clock): a cache that lists its invalidations need not look behind that.
  virtual StatusOr<bool> WasAcceptedSince(std::string_view reference, Instant) { return WasAccepted(reference); }
  // How many of the invalidations that this handle made have been accepted and are not everywhere yet.
  virtual StatusOr<std::size_t> CountInProgress() { return std::size_t{0}; }
  // What a guest is served at `path` now; nullopt: nothing. kUnimplemented: the fleet does not ask for that look.
  virtual StatusOr<std::optional<std::string>> Serve(std::string_view) { return Status(Code::kUnimplemented, "nobody asks what guests are served"); }
  // What `doctor` shows of it; none: whether it answers. Reads only.
  virtual std::vector<Check> Examine() { return {}; }
};

}  // namespace evenkeel
