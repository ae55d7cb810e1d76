// What is checked before a run may write anything: is this plan whole, ours, young enough, and are the names given with it real?
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/run_state.h"
#include "evenkeel/apply.h"

namespace evenkeel {

inline constexpr std::string_view kPlanAgeBrake = "plan_age";
inline constexpr std::string_view kUnfinishedRunBrake = "unfinished_run";
inline constexpr std::string_view kClockBrake = "clock_jump";
inline constexpr std::string_view kIncompleteBrake = "incomplete_listing";

// kInvalidArgument: edited, of another fleet file, or not carried out safely as it stands (a page edited without a backup, an
// action that needs a later one, a store that the fleet does not have).
Status CheckPlan(const Fleet& fleet, const Plan& plan);
// kInvalidArgument says who took the run back and when: it is never applied again.
Status CheckNotRolledBack(const RunState& state, const std::string& run);
// Until when the plan's manual tasks can be attested; nullopt: for ever.
std::optional<Instant> TasksEnd(const Fleet& fleet, const Plan& plan);
// kInvalidArgument: that was before now. What a task says may be true no more.
Status CheckTaskAge(const Fleet& fleet, const Plan& plan, const std::string& task);
// The same options, with a brake called by its key in the policy ("retire_count_max") called by its name ("retire_count").
ApplyOptions WithBrakesNamed(const ApplyOptions& given);
// kInvalidArgument names an approval or a brake that does not exist, and lists those that do.
Status CheckNames(const Plan& plan, const ApplyOptions& options);
// The key of the booking that `asked` names: its key, its page, or any identifier the plan shows. kNotFound lists the plan's
// bookings.
StatusOr<std::string> BookingInPlan(const Plan& plan, const std::string& asked);
// Runs whose journal has its first line, sorted. A crash or a full disk may leave a journal without one: that run has no plan and did
// nothing.
StatusOr<std::vector<std::string>> BegunRuns(StateStore& state);
// Runs whose head says that they ended with nothing left for a machine: their journals need not be read.
StatusOr<std::set<std::string>> RunsAtRest(StateStore& state);
// The clock stands before a time that Evenkeel has written down itself, by more than a clock that was put right would.
std::optional<Brake> ClockBrake(Instant now, Instant newest);
// The brakes that no override lifts: the plan's own, its age, and other runs that were cut off on the same bookings.
StatusOr<std::vector<Brake>> BrakesOf(Fleet& fleet, const Plan& plan, const std::set<std::string>& overrides,
                                      const std::optional<std::set<std::string>>& scope);

}  // namespace evenkeel
