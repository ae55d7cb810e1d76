#include "apply/remember_run.h"

#include "apply/page_target.h"
#include "apply/run_state.h"
#include "observe/feature_memory.h"

namespace evenkeel {
namespace {

constexpr const char* kFeaturesBrake = "features";

Status RememberBackup(Fleet& fleet, const std::vector<RememberedFeatures>& known, const BookingPlan& booking, const Action& backup, Instant at, const std::string& run) {
  const Resource page{ResourceKind::kPage, backup.store, backup.resource};
  EVENKEEL_ASSIGN_OR_RETURN(const std::string bytes, fleet.state->GetBlob(std::get<BackUpPage>(backup.change).blob));
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> has, FeaturesIn(fleet, bytes, fleet.config.policy.protect));
  return RememberFeatures(*fleet.state, known, page, booking.booking, {has.begin(), has.end()}, at, run);
}

}  // namespace

Status RememberRun(Fleet& fleet, const Plan& plan, const std::set<std::string>& given, const std::optional<std::string>& only) {
  if (fleet.config.policy.protect.empty()) return OkStatus();
  const std::string run = RunOfPlan(plan);
  EVENKEEL_ASSIGN_OR_RETURN(const Journal journal, Journal::Read(*fleet.state, run));
  const RunState state = RunState::Fold(journal.entries());
  const bool gives_up = given.count(kFeaturesBrake) > 0 || state.overrides.count(kFeaturesBrake) > 0;
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<RememberedFeatures> known, ListRememberedFeatures(*fleet.state));
  for (const BookingPlan& booking : plan.bookings) {
    if (!booking.canonical || !state.Covers(booking.booking) || (only && *only != booking.booking)) continue;
    if (gives_up && !booking.lost_features.empty()) {
      const std::set<std::string> lost(booking.lost_features.begin(), booking.lost_features.end());
      EVENKEEL_RETURN_IF_ERROR(ForgetFeatures(*fleet.state, booking.booking, *booking.canonical, lost));
    }
    for (const Action& action : booking.actions) {
      const bool keeps = action.verb == Verb::kBackUpPage && action.store == booking.canonical->store && action.resource == booking.canonical->key;
      if (keeps && state.IsDone(action.id)) EVENKEEL_RETURN_IF_ERROR(RememberBackup(fleet, known, booking, action, state.Find(action.id)->at, run));
    }
  }
  return OkStatus();
}

}  // namespace evenkeel
