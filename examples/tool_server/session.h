// Session: one fleet file for as long as the server lives, and the plans that were made meanwhile.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "evenkeel/evenkeel.h"

namespace evenkeel::tool_server {

class Session {
 public:
  // `path`: the fleet file, or the folder that holds fleet.json.
  explicit Session(const std::string& path);

  // Opened anew for each call, so that a changed fleet file counts at once. It must not outlive the session.
  StatusOr<Fleet> Open();
  Environment& environment() { return *environment_; }

  // The last plans are kept, by their hash.
  void Keep(const Plan& plan);
  // One that was kept, or that a run of the fleet was started with. kNotFound: make it again.
  StatusOr<Plan> PlanOf(Fleet& fleet, const std::string& hash) const;

 private:
  std::string path_;
  std::unique_ptr<Environment> environment_;
  std::unique_ptr<ZoneSource> zones_;
  AdapterRegistry adapters_;
  std::deque<Plan> plans_;
};

}  // namespace evenkeel::tool_server
