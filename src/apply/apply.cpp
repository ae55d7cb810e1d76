// The verbs of apply.h: start or continue, step to the end, and say how a run stands.
#include "evenkeel/apply.h"

#include <algorithm>
#include <utility>

#include "apply/apply_machine.h"
#include "apply/edge_watch.h"
#include "apply/remember_run.h"
#include "apply/retention.h"
#include "apply/rollback_machine.h"
#include "apply/start_checks.h"
#include "evenkeel/json.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// `patience`: what the run has of it, and what is left.
StatusOr<RunReport> StepToTheEnd(Fleet& fleet, StatusOr<std::unique_ptr<ApplyMachine>> machine, EdgePatience& patience) {
  if (!machine.ok()) return machine.status();
  for (bool more = true; more;) {
    EVENKEEL_ASSIGN_OR_RETURN(more, (*machine)->Step());
  }
  patience = static_cast<const RunMachine&>(**machine).patience();
  RunReport report = (*machine)->Report();
  const Status removed = RemoveExpiredRuns(fleet);
  if (!removed.ok()) report.retention_trouble = removed.ToString();
  return report;
}

StatusOr<Journal> ReadRun(Fleet& fleet, const std::string& run) {
  EVENKEEL_ASSIGN_OR_RETURN(Journal journal, Journal::Read(*fleet.state, run));
  if (!journal.empty()) return journal;
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, BegunRuns(*fleet.state));
  const std::optional<std::int64_t>& days = fleet.config.policy.retention_days;
  std::string known;
  for (const std::string& other : runs) known += (known.empty() ? "" : ", ") + other;
  return Status(Code::kNotFound,
                (known.empty() ? "no such run; nothing has been applied to this fleet yet" : "no such run; there are: " + known) +
                    (days ? " (finished runs are kept for " + std::to_string(*days) + " days by policy)" : ""),
                run);
}

// A run's own lease is held by its processes alone.
Status CheckHolder(const std::string& holder) {
  const bool is_name = !holder.starts_with("run-") && holder.find_first_not_of(" \t") != std::string::npos && holder.find_first_of("\r\n") == std::string::npos;
  return holder.empty() || is_name ? OkStatus() : Status(Code::kInvalidArgument, "nobody's name; say under whose leases the run acts, or nothing: then it takes its own", holder);
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPending:
      return "pending";
    case Outcome::kDone:
      return "done";
    case Outcome::kAlreadyDone:
      return "already_done";
    case Outcome::kConflict:
      return "conflict";
    case Outcome::kBlocked:
      return "blocked";
    case Outcome::kWaitsApproval:
      return "waits_approval";
    case Outcome::kWaitsPerson:
      return "waits_person";
    case Outcome::kWaitsLease:
      return "waits_lease";
    case Outcome::kFailed:
      return "failed";
    case Outcome::kUnknown:
      return "unknown";
  }
  return "unknown";
}

Outcome RunReport::Standing(const ActionReport& action) const {
  if (!rollback) return action.outcome;
  return action.undo ? action.undo->outcome : Outcome::kAlreadyDone;
}

bool RunReport::HasConflict() const {
  return std::any_of(actions.begin(), actions.end(), [this](const ActionReport& action) {
    return Standing(action) == Outcome::kConflict || Standing(action) == Outcome::kWaitsLease;
  });
}

bool RunReport::WaitsForPeople() const {
  const bool waits = std::any_of(actions.begin(), actions.end(), [this](const ActionReport& action) {
    return Standing(action) == Outcome::kWaitsApproval || Standing(action) == Outcome::kWaitsPerson;
  });
  return waits || !brakes.empty() || (questions > 0 && !rollback);
}

bool RunReport::HasError() const {
  return !stale.empty() || std::any_of(actions.begin(), actions.end(), [this](const ActionReport& action) {
    return Standing(action) == Outcome::kFailed || Standing(action) == Outcome::kUnknown;
  });
}

std::string RunOfPlan(const Plan& plan) {
  constexpr std::string_view kPrefix = "sha256:";
  constexpr std::size_t kDigits = 12;
  const std::string_view hash = plan.hash;
  return "run-" + std::string((hash.starts_with(kPrefix) ? hash.substr(kPrefix.size()) : hash).substr(0, kDigits));
}

StatusOr<std::unique_ptr<ApplyMachine>> ApplyMachine::Start(Fleet& fleet, const Plan& plan, const ApplyOptions& given) {
  const ApplyOptions options = WithBrakesNamed(given);
  EVENKEEL_RETURN_IF_ERROR(CheckPlan(fleet, plan));
  EVENKEEL_RETURN_IF_ERROR(CheckNames(plan, options));
  EVENKEEL_RETURN_IF_ERROR(CheckHolder(options.holder));
  StepMachine::Scope scope;
  if (options.booking) {
    EVENKEEL_ASSIGN_OR_RETURN(std::string booking, BookingInPlan(plan, *options.booking));
    scope = {std::move(booking)};
  }
  EVENKEEL_ASSIGN_OR_RETURN(Journal journal, Journal::Read(*fleet.state, RunOfPlan(plan)));
  std::set<std::string> overrides = options.overrides;
  if (!journal.empty()) {
    EVENKEEL_ASSIGN_OR_RETURN(const Plan journaled, PlanOfJournal(journal));
    if (journaled.hash != plan.hash)
      return Status(Code::kInvalidArgument, "the run of this name belongs to another plan: " + journaled.hash, journal.run());
    RunState state = RunState::Fold(journal.entries());
    EVENKEEL_RETURN_IF_ERROR(CheckNotRolledBack(state, journal.run()));
    overrides.merge(std::move(state.overrides));
  }
  EVENKEEL_ASSIGN_OR_RETURN(std::vector<Brake> brakes, BrakesOf(fleet, plan, overrides, scope));
  return std::unique_ptr<ApplyMachine>(
      std::make_unique<StepMachine>(fleet, plan, options, std::move(journal), std::move(scope), std::move(brakes)));
}

StatusOr<std::unique_ptr<ApplyMachine>> ApplyMachine::Resume(Fleet& fleet, const std::string& run, const ApplyOptions& given) {
  const ApplyOptions options = WithBrakesNamed(given);
  EVENKEEL_ASSIGN_OR_RETURN(Journal journal, ReadRun(fleet, run));
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, PlanOfJournal(journal));
  EVENKEEL_RETURN_IF_ERROR(CheckPlan(fleet, plan));
  EVENKEEL_RETURN_IF_ERROR(CheckNames(plan, options));
  EVENKEEL_RETURN_IF_ERROR(CheckHolder(options.holder));
  const RunState state = RunState::Fold(journal.entries());
  if (state.rollback && !EVENKEEL_BUG(84, "a rollback that was cut off is not gone on with")) {
    return std::unique_ptr<ApplyMachine>(std::make_unique<RollbackMachine>(
        fleet, std::move(plan), RollbackOptions{options.by, "", options.holder, options.progress, options.keep_going}, std::move(journal), false));
  }
  // A run that was asked for one booking goes on with that booking.
  StepMachine::Scope scope = state.scope;
  if (options.booking) {
    EVENKEEL_ASSIGN_OR_RETURN(std::string booking, BookingInPlan(plan, *options.booking));
    scope = {std::move(booking)};
  }
  return std::unique_ptr<ApplyMachine>(
      std::make_unique<StepMachine>(fleet, std::move(plan), options, std::move(journal), std::move(scope), std::vector<Brake>()));
}

StatusOr<std::unique_ptr<ApplyMachine>> ApplyMachine::Rollback(Fleet& fleet, const std::string& run, const RollbackOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(Journal journal, ReadRun(fleet, run));
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, PlanOfJournal(journal));
  EVENKEEL_RETURN_IF_ERROR(CheckPlan(fleet, plan));
  EVENKEEL_RETURN_IF_ERROR(CheckHolder(options.holder));
  return std::unique_ptr<ApplyMachine>(std::make_unique<RollbackMachine>(fleet, std::move(plan), options, std::move(journal), true));
}

StatusOr<RunReport> Apply(Fleet& fleet, const Plan& plan, const ApplyOptions& options) {
  EdgePatience patience(*fleet.environment);
  EVENKEEL_ASSIGN_OR_RETURN(RunReport report, StepToTheEnd(fleet, ApplyMachine::Start(fleet, plan, options), patience));
  if (report.brakes.empty()) {
    const auto only = options.booking ? BookingInPlan(plan, *options.booking) : StatusOr<std::string>("");
    static_cast<void>(RememberRun(fleet, plan, options.overrides, options.booking && only.ok() ? std::optional(*only) : std::nullopt).ok());
  }
  WatchEdges(fleet, plan, report, patience, options.progress, options.keep_going);
  return report;
}

StatusOr<RunReport> ResumeRun(Fleet& fleet, const std::string& run, const ApplyOptions& options) {
  EdgePatience patience(*fleet.environment);
  EVENKEEL_ASSIGN_OR_RETURN(RunReport report, StepToTheEnd(fleet, ApplyMachine::Resume(fleet, run, options), patience));
  if (const auto plan = PlanOfRun(fleet, run); plan.ok()) {
    static_cast<void>(RememberRun(fleet, *plan, options.overrides, std::nullopt).ok());
    WatchEdges(fleet, *plan, report, patience, options.progress, options.keep_going);
  }
  return report;
}

StatusOr<RunReport> RollbackRun(Fleet& fleet, const std::string& run, const RollbackOptions& options) {
  EdgePatience patience(*fleet.environment);
  EVENKEEL_ASSIGN_OR_RETURN(RunReport report, StepToTheEnd(fleet, ApplyMachine::Rollback(fleet, run, options), patience));
  if (const auto plan = PlanOfRun(fleet, run); plan.ok()) WatchEdges(fleet, *plan, report, patience, options.progress, options.keep_going);
  return report;
}

StatusOr<Plan> PlanOfRun(Fleet& fleet, const std::string& run) {
  EVENKEEL_ASSIGN_OR_RETURN(const Journal journal, ReadRun(fleet, run));
  return PlanOfJournal(journal);
}

StatusOr<RunReport> ReportOfRun(Fleet& fleet, const std::string& run) {
  EVENKEEL_ASSIGN_OR_RETURN(const Journal journal, ReadRun(fleet, run));
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfJournal(journal));
  const RunState state = RunState::Fold(journal.entries());
  RunReport report = MakeReport(plan, state, std::nullopt);
  // Bookings that nobody asked this run for do not make it unfinished.
  AddTaskEnds(fleet, plan, report);
  if (!state.rollback) report.finished = MakeReport(plan, state, state.scope).finished;
  return report;
}

StatusOr<std::vector<std::string>> UnfinishedRuns(Fleet& fleet) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::set<std::string> resting, RunsAtRest(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, BegunRuns(*fleet.state));
  std::vector<std::string> unfinished;
  for (const std::string& run : runs) {
    if (resting.count(run) > 0) continue;
    EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfRun(fleet, run));
    if (plan.fleet != fleet.config.fingerprint) continue;
    EVENKEEL_ASSIGN_OR_RETURN(const RunReport report, ReportOfRun(fleet, run));
    if (!report.finished) unfinished.push_back(run);
  }
  return unfinished;
}

StatusOr<std::vector<RunReport>> OpenRuns(Fleet& fleet) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, BegunRuns(*fleet.state));
  std::vector<RunReport> open;
  for (const std::string& run : runs) {
    const StatusOr<Plan> plan = PlanOfRun(fleet, run);
    if (!plan.ok() || plan->fleet != fleet.config.fingerprint) continue;
    StatusOr<RunReport> report = ReportOfRun(fleet, run);
    if (report.ok() && (!report->finished || report->WaitsForPeople())) open.push_back(*std::move(report));
  }
  return open;
}

}  // namespace evenkeel
