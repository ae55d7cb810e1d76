// What the tests of single runs share: the world with its plan, applied and changed.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "evenkeel/evenkeel.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {

class RunTest : public ::testing::Test {
 protected:
  explicit RunTest(bool redirect = false, bool repeats = false) : world_(redirect, repeats), plan_(world_.MakePlanByHand()), fleet_(world_.Open()) {}

  // The first action of the verb on the resource ("": any), changed; the plan's hash follows.
  void Change(Verb verb, const std::string& resource, const std::function<void(Action&)>& change) {
    for (BookingPlan& booking : plan_.bookings) {
      for (Action& action : booking.actions) {
        if (action.verb == verb && (resource.empty() || action.resource == resource)) return change(action), void(plan_.hash = HashOfPlan(plan_));
      }
    }
    FAIL() << "no such action: " << VerbName(verb) << " " << resource;
  }
  // Nothing is left of the plan but the first action of the verb, which needs nothing.
  void Only(Verb verb, const std::string& resource = "") {
    Action only;
    Change(verb, resource, [&only](Action& action) { only = action, only.needs.clear(); });
    std::erase_if(plan_.bookings, [&only](BookingPlan& booking) {
      std::erase_if(booking.actions, [&only](const Action& action) { return action.id != only.id; });
      return booking.actions.empty();
    });
    plan_.bookings.at(0).actions = {only};
    plan_.hash = HashOfPlan(plan_);
  }

  RunReport Run(const ApplyOptions& options = Approving()) { return Take(Apply(fleet_, plan_, options)); }
  RunReport Resume() { return Take(ResumeRun(fleet_, RunOfPlan(plan_), {})); }
  RunReport Back() { return Take(RollbackRun(fleet_, RunOfPlan(plan_), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}})); }
  static RunReport Take(StatusOr<RunReport> report) {
    EXPECT_TRUE(report.ok()) << report.status().ToString();
    return report.ok() ? *std::move(report) : RunReport{};
  }
  const ActionReport& Of(const RunReport& report, Verb verb, const std::string& resource = "") const { return ReportOf(report, IdOf(plan_, verb, resource)); }

  // From the next call on, the stores do what `faults` says.
  void Open(contract::FaultPlan faults) { fleet_ = world_.Open(std::move(faults)); }
  // The journal without its hashes, for what stands in it.
  std::string Lines() const { return world_.state.Snapshot().journals.at(RunOfPlan(plan_)); }

  World world_;
  Plan plan_;
  Fleet fleet_;
};

}  // namespace evenkeel::apply_test
