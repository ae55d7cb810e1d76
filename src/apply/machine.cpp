#include "apply/machine.h"

#include <algorithm>
#include <utility>

#include "apply/start_checks.h"
#include "apply/store_procedures.h"
#include "evenkeel/json.h"

namespace evenkeel {
namespace {

bool IsDoneOutcome(Outcome outcome) { return outcome == Outcome::kDone || outcome == Outcome::kAlreadyDone; }

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
    : fleet_(fleet),
      plan_(std::move(plan)),
      options_(std::move(options)),
      run_(RunOfPlan(plan_)),
      scope_(std::move(scope)),
      brakes_(std::move(brakes)),
      actions_(ActionsOf(plan_)),
      approvals_(ApprovalsAsked(actions_, options_, scope_)),
      journal_(std::move(journal)),
      state_(RunState::Fold(journal_.entries())) {}

RunReport StepMachine::Report() const {
  RunReport report = MakeReport(plan_, state_, scope_);
  report.brakes = brakes_;
  if (!brakes_.empty()) report.finished = false;
  return report;
}

StatusOr<bool> StepMachine::Step() {
  if (!brakes_.empty() || (stopped_ && !journal_.HeadIsBehind())) return false;
  if (must_read_) return ReadAgain();
  if (journal_.HeadIsBehind()) {
    EVENKEEL_RETURN_IF_ERROR(journal_.WriteHead(*fleet_.state));
    return true;
  }
  if (auto announcement = NextAnnouncement()) return Append(announcement->kind, std::move(announcement->body));
  if (procedure_ != nullptr) return StepProcedure();
  if (settled_) return RecordSettled();
  return PickNext();
}

StatusOr<bool> StepMachine::ReadAgain() {
  constexpr int kBarrenReadsMax = 5;
  EVENKEEL_ASSIGN_OR_RETURN(Journal journal, Journal::Read(*fleet_.state, run_));
  if (!journal.empty()) {
    EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfJournal(journal));
    if (plan.hash != plan_.hash) return Status(Code::kInvalidArgument, "the journal is of another plan: " + plan.hash, run_);
  }
  if (journal.entries().size() > journal_.entries().size()) {
    barren_reads_ = 0;
  } else if (++barren_reads_ == kBarrenReadsMax) {
    return Status(Code::kUnavailable,
                  "the journal takes no more lines, though nobody else writes to it; run resume when the state store is well",
                  run_);
  }
  journal_ = std::move(journal);
  state_ = RunState::Fold(journal_.entries());
  must_read_ = false;
  return true;
}

StatusOr<bool> StepMachine::Append(std::string_view kind, Json body) {
  const Status appended = journal_.Append(*fleet_.state, kind, fleet_.environment->Now(), std::move(body));
  if (appended.code() == Code::kPreconditionFailed || appended.code() == Code::kUnknownOutcome) {
    must_read_ = true;
    return true;
  }
  EVENKEEL_RETURN_IF_ERROR(appended);
  state_.Take(journal_.entries().back());
  has_written_ = true;
  barren_reads_ = 0;
  return true;
}

bool StepMachine::AsksForMore() const {
  const auto includes = [](const std::set<std::string>& known, const std::set<std::string>& asked) {
    return std::includes(known.begin(), known.end(), asked.begin(), asked.end());
  };
  const bool wider = state_.scope && (!scope_ || !includes(*state_.scope, *scope_));
  return wider || !includes(state_.approvals, approvals_) || !includes(state_.overrides, options_.overrides);
}

// One line, so that a crash keeps all of what was asked for or nothing: a run that forgot its approvals would wait for them again.
std::optional<StepMachine::Announcement> StepMachine::NextAnnouncement() const {
  Json body = {{"by", options_.by}, {"approvals", approvals_}, {"overrides", options_.overrides}};
  if (scope_) body["bookings"] = *scope_;
  if (!journal_.empty()) return AsksForMore() ? std::optional(Announcement{entry::kAsked, std::move(body)}) : std::nullopt;
  // A plan that has nothing for the bookings asked for leaves no trace.
  if (std::none_of(actions_.begin(), actions_.end(), [this](const PlannedAction& planned) { return InScope(planned); })) return std::nullopt;
  body["schema"] = kRunSchema;
  body["plan"] = PlanToJson(plan_);
  body["fleet"] = fleet_.config.fingerprint;
  return Announcement{entry::kStarted, std::move(body)};
}

void StepMachine::PassOn(const ActionReport& standing) {
  outcomes_[standing.action] = standing.outcome;
  const ActionState* known = state_.Find(standing.action);
  if (known != nullptr && IsDoneOutcome(standing.outcome) && !known->version.empty()) {
    versions_[{standing.store, standing.resource}] = known->version;
  }
  ++cursor_;
}

// Needs stand before what needs them, so one pass over the plan decides everything.
StatusOr<bool> StepMachine::PickNext() {
  while (cursor_ < actions_.size()) {
    const PlannedAction& planned = actions_[cursor_];
    const ActionReport standing = ReportAction(planned, state_, outcomes_);
    const bool to_do = standing.outcome == Outcome::kPending || standing.outcome == Outcome::kFailed ||
                       standing.outcome == Outcome::kUnknown || standing.outcome == Outcome::kWaitsPerson;
    if (to_do && InScope(planned)) return Begin(planned);
    PassOn(standing);
  }
  return Stop("end");
}

StatusOr<bool> StepMachine::Begin(const PlannedAction& planned) {
  const ActionState* known = state_.Find(planned.action->id);
  if (options_.keep_going && !options_.keep_going()) return Stop("asked");
  // What a person does is only looked at; what was cut off has its intent already.
  if (planned.action->approval == Approval::kManual || (known != nullptr && known->intent_open)) {
    StartProcedure(planned, true);
    return StepProcedure();
  }
  const bool was_attempted = known != nullptr && known->outcome.has_value();
  const Version expected = ExpectedVersion(*planned.action);
  EVENKEEL_ASSIGN_OR_RETURN(const bool more, Append(entry::kIntent, {{"action", planned.action->id},
                                                                     {"operation", OperationOf(run_, *planned.action)},
                                                                     {"expected", expected},
                                                                     {"undo", UndoOf(*planned.action)}}));
  if (!must_read_) StartProcedure(planned, was_attempted);
  return more;
}

Version StepMachine::ExpectedVersion(const Action& action) const {
  const auto left_behind = versions_.find({action.store, action.resource});
  return left_behind == versions_.end() || action.precondition.empty() ? action.precondition : left_behind->second;
}

void StepMachine::StartProcedure(const PlannedAction& planned, bool was_attempted) {
  Assignment assignment;
  assignment.fleet = &fleet_;
  assignment.plan = &plan_;
  assignment.booking = planned.booking;
  assignment.action = planned.action;
  assignment.run = run_;
  assignment.expected = ExpectedVersion(*planned.action);
  assignment.stamp.operation = OperationOf(run_, *planned.action);
  assignment.accepts_incomplete = state_.overrides.count(std::string(kIncompleteBrake)) > 0;
  assignment.was_attempted = was_attempted;
  procedure_ = planned.action->approval == Approval::kManual ? MakeManualLook(assignment) : MakeProcedure(assignment);
}

StatusOr<bool> StepMachine::StepProcedure() {
  settled_ = procedure_->Step();
  if (settled_) procedure_.reset();
  return true;
}

StatusOr<bool> StepMachine::RecordSettled() {
  const PlannedAction& planned = actions_[cursor_];
  const ActionState* known = state_.Find(planned.action->id);
  const bool known_outcome = known != nullptr && !known->intent_open && known->outcome.has_value();
  // Another process was faster: what it wrote stands, unless it failed where this one succeeded.
  const bool still_waits =
      settled_->outcome == Outcome::kWaitsPerson && (known == nullptr || (known_outcome && known->outcome == settled_->outcome));
  const bool unneeded = still_waits || (known_outcome && (IsDoneOutcome(*known->outcome) || !IsDoneOutcome(settled_->outcome)));
  if (!unneeded) {
    Json body = settled_->facts;
    body["action"] = planned.action->id;
    body["outcome"] = OutcomeName(settled_->outcome);
    body["detail"] = settled_->detail;
    body["version"] = settled_->version;
    EVENKEEL_ASSIGN_OR_RETURN(const bool more, Append(entry::kOutcome, std::move(body)));
    if (must_read_) return more;
  }
  settled_.reset();
  const ActionReport standing = ReportAction(planned, state_, outcomes_);
  PassOn(standing);
  if (options_.progress && !unneeded) options_.progress(standing);
  return true;
}

StatusOr<bool> StepMachine::Stop(std::string_view why) {
  stopped_ = true;
  if (!has_written_) return false;
  const RunReport report = MakeReport(plan_, state_, state_.scope);
  auto more = Append(entry::kStopped, {{"why", why}, {"finished", report.finished}});
  if (more.ok() && must_read_) stopped_ = false;
  return more;
}

}  // namespace evenkeel
