#include "run.h"

#include <csignal>

#include "render.h"

namespace evenkeel::program {
namespace {

// A signal handler can reach nothing else.
volatile std::sig_atomic_t stop_asked = 0;

extern "C" void AskToStop(int) { stop_asked = 1; }

Tone ToneOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDone:
    case Outcome::kAlreadyDone: return Tone::kGood;
    case Outcome::kConflict:
    case Outcome::kFailed:
    case Outcome::kUnknown: return Tone::kBad;
    case Outcome::kPending:
    case Outcome::kBlocked:
    case Outcome::kWaitsApproval:
    case Outcome::kWaitsLease:
    case Outcome::kWaitsPerson: return Tone::kWarn;
  }
  return Tone::kPlain;
}

}  // namespace

StatusOr<std::string> OnlyUnfinishedRun(Fleet& fleet) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, UnfinishedRuns(fleet));
  if (runs.size() < 2) return runs.empty() ? std::string() : runs.front();
  std::string names;
  for (const std::string& run : runs) names += (names.empty() ? "" : ", ") + run;
  return Status(Code::kInvalidArgument, "several runs are unfinished (" + names + "); name the one to go on with", "RUN");
}

ApplyOptions OptionsOfRun(const Arguments& arguments, Console& console) {
  std::signal(SIGINT, AskToStop);
  std::signal(SIGTERM, AskToStop);
  ApplyOptions options;
  options.booking = arguments.only_booking;
  options.approvals = arguments.approve;
  options.approve_all = arguments.approve_all;
  options.overrides = arguments.override_brakes;
  options.by = NameOfPerson(arguments);
  options.holder = arguments.holder;
  options.progress = [&console](const ActionReport& report) {
    const Outcome outcome = report.undo ? report.undo->outcome : report.outcome;
    console.Note({{(report.undo ? "taken back, " : "") + Label(std::string(OutcomeName(outcome))), ToneOf(outcome)}, ": " + VerbWords(report.verb) + "  " + report.store + " " + (outcome == Outcome::kPending ? report.detail : report.resource)});
  };
  options.keep_going = [] { return stop_asked == 0; };
  return options;
}

Status WithWayOn(const Status& status, const Arguments& arguments, Fleet& fleet, const std::string& run) {
  if (status.code() != Code::kUnavailable && status.code() != Code::kUnknownOutcome && status.code() != Code::kPermissionDenied) return status;
  const auto journal = fleet.state->ReadJournal(run);
  const bool has_begun = journal.ok() ? !journal->lines.empty() : journal.code() != Code::kNotFound;
  const std::string command = has_begun ? CommandLine({"evenkeel", "resume", arguments.fleet, run}) : "the same command again";
  return {status.code(), status.message() + "; then: " + command, status.resource()};
}

int ShowRun(const Arguments& arguments, Fleet& fleet, const RunReport& report, Console& console) {
  const StatusOr<Plan> plan = PlanOfRun(fleet, report.run);
  const Names names{arguments.fleet, arguments.plan.empty() ? "PLAN" : arguments.plan};
  console.Show(RunReportToJson(report), RenderRun(report, plan.ok() ? &*plan : nullptr, names));
  return ExitCodeOf(report);
}

}  // namespace evenkeel::program
