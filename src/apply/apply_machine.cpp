#include "apply/apply_machine.h"

#include <algorithm>
#include <utility>

#include "apply/start_checks.h"
#include "apply/store_procedures.h"
#include "evenkeel/json.h"

namespace evenkeel {
namespace {

std::set<std::string> ApprovalsAsked(const std::vector<PlannedAction>& actions, const ApplyOptions& options,
                                     const StepMachine::Scope& scope) {
  std::set<std::string> asked;
  for (const auto& [booking, action] : actions) {
    if (action->approval != Approval::kApprove) continue;
    const bool in_scope = !scope || scope->count(booking->booking) > 0;
    if (options.approvals.count(action->id) > 0 || (options.approve_all && in_scope)) asked.insert(action->id);
  }
  return asked;
}

}  // namespace

StepMachine::StepMachine(Fleet& fleet, Plan plan, ApplyOptions options, Journal journal, Scope scope, std::vector<Brake> brakes)
    : RunMachine(fleet, std::move(plan), std::move(journal), {options.progress, options.keep_going, options.holder}),
      options_(std::move(options)),
      scope_(std::move(scope)),
      brakes_(std::move(brakes)),
      approvals_(ApprovalsAsked(actions(), options_, scope_)) {}

RunReport StepMachine::Report() const {
  RunReport report = MakeReport(plan(), state(), scope_);
  report.brakes = brakes_;
  AddTaskEnds(fleet(), plan(), report);
  if (!brakes_.empty()) report.finished = false;
  return report;
}

bool StepMachine::AsksForMore() const {
  const auto includes = [](const std::set<std::string>& known, const std::set<std::string>& asked) {
    return std::includes(known.begin(), known.end(), asked.begin(), asked.end());
  };
  const bool wider = state().scope && (!scope_ || !includes(*state().scope, *scope_));
  return wider || !includes(state().approvals, approvals_) || !includes(state().overrides, options_.overrides);
}

// One line, so that a crash keeps all of what was asked for or nothing: a run that forgot its approvals would wait for them again.
std::optional<RunMachine::Announcement> StepMachine::NextAnnouncement() const {
  if (!journal().empty() && !AsksForMore()) return std::nullopt;
  Json body = {{"by", options_.by}, {"approvals", approvals_}, {"overrides", options_.overrides}};
  if (scope_) body["bookings"] = *scope_;
  if (!journal().empty()) return Announcement{entry::kAsked, std::move(body)};
  // A plan that has nothing for the bookings asked for leaves no trace.
  if (std::none_of(actions().begin(), actions().end(), [this](const PlannedAction& planned) { return Covers(planned); })) return std::nullopt;
  body["schema"] = kRunSchema;
  body["plan"] = PlanToJson(plan());
  body["fleet"] = fleet().config.fingerprint;
  return Announcement{entry::kStarted, std::move(body)};
}

void StepMachine::Notice(Instant now, Instant newest) {
  if (state().overrides.count(std::string(kClockBrake)) > 0) return;
  if (auto brake = ClockBrake(now, newest)) brakes_.push_back(*std::move(brake));
}

StatusOr<bool> StepMachine::WrapUp() {
  if (!IsOvertaken()) return Stop(kEnd);
  if (!sweep_) sweep_.emplace(fleet(), plan(), state());
  EVENKEEL_ASSIGN_OR_RETURN(const bool swept, sweep_->Step());
  return swept ? Quit() : true;
}

Version StepMachine::ExpectedVersion(const PlannedAction& planned) const {
  const Action& action = *planned.action;
  const Version* left_behind = LeftBehind(action, state().actions);
  return left_behind == nullptr || action.precondition.empty() ? action.precondition : *left_behind;
}

std::unique_ptr<Procedure> StepMachine::MakeAttempt(Assignment assignment) const {
  assignment.accepts_incomplete = state().overrides.count(std::string(kIncompleteBrake)) > 0;
  return assignment.action->approval == Approval::kManual ? MakeManualLook(assignment) : MakeProcedure(assignment);
}

}  // namespace evenkeel
