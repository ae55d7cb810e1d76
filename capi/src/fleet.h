// An open fleet behind its handle, and the way in for every verb.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "evenkeel/evenkeel.h"
#include "given_stores.h"
#include "guard.h"
#include "log.h"
#include "result.h"

namespace evenkeel::capi {

// Shared by the handle, by runs of it and by a call that is under way: whoever comes last closes the stores.
struct FleetCore {
  Log log;
  std::unique_ptr<Environment> environment;
  std::unique_ptr<ZoneSource> zones;
  GivenContents given;     // of ek_fleet_given; empty otherwise
  bool is_given = false;
  std::atomic<bool> busy = false;
  Fleet fleet;             // last: its stores borrow all of the above
};

// The exclusive use of a fleet for one call. Another one meanwhile (a second thread, a callback of the first) is told to come back.
class Use {
 public:
  static StatusOr<Use> Of(std::shared_ptr<FleetCore> core);
  Use(Use&& other) noexcept = default;
  Use& operator=(Use&&) = delete;
  ~Use() {
    if (core_) core_->busy.store(false);
  }

  FleetCore& core() const { return *core_; }
  Fleet& fleet() const { return core_->fleet; }
  const Log& log() const { return core_->log; }

 private:
  explicit Use(std::shared_ptr<FleetCore> core) : core_(std::move(core)) {}

  std::shared_ptr<FleetCore> core_;
};

}  // namespace evenkeel::capi

struct ek_fleet : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kFleet;

  explicit ek_fleet(std::shared_ptr<evenkeel::capi::FleetCore> of) : Handle(kTag), core(std::move(of)) {}

  const std::shared_ptr<evenkeel::capi::FleetCore> core;
};

namespace evenkeel::capi {

inline StatusOr<Use> UseFleet(ek_fleet* fleet) {
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(fleet));
  return Use::Of(fleet->core);
}

// `verb` takes the Use and gives StatusOr<std::unique_ptr<T>>.
template <typename T, typename Verb>
ek_error* OnFleet(ek_fleet* fleet, T** out, Verb verb) noexcept {
  return Give(out, [&]() -> StatusOr<std::unique_ptr<T>> {
    EVENKEEL_ASSIGN_OR_RETURN(const Use use, UseFleet(fleet));
    return verb(use);
  });
}

// What was not read is never silent.
void LogUnread(const Log& log, const std::vector<Unread>& unread);
void LogPlan(const Log& log, const Plan& plan);

}  // namespace evenkeel::capi
