#include "apply/start_checks.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "apply/page_target.h"
#include "apply/run_state.h"
#include "evenkeel/json.h"

namespace evenkeel {
namespace {

// A clock that was put right by less than this makes no plan one from the future.
constexpr std::chrono::minutes kClockSlack{10};

bool HasStore(const Fleet& fleet, const Action& action) {
  switch (action.verb) {
    case Verb::kBackUpPage:
    case Verb::kEditPage:
    case Verb::kRetirePage:
      return fleet.pages.count(action.store) > 0;
    case Verb::kRepointRecord:
    case Verb::kUpdateRecord:
      return fleet.records.count(action.store) > 0;
    case Verb::kInvalidatePaths:
      return fleet.edge.count(action.store) > 0;
    case Verb::kUpdateEvent:
      return fleet.calendars.count(action.store) > 0;
    case Verb::kMoveCard:
      return fleet.boards.count(action.store) > 0;
    case Verb::kManualTask:
    case Verb::kLeaveHandoff:
      return true;
  }
  return false;
}

// The change must be of the verb's own type: the procedures rely on it.
bool HasFittingChange(const Action& action) {
  switch (action.verb) {
    case Verb::kBackUpPage:
      return std::holds_alternative<BackUpPage>(action.change);
    case Verb::kEditPage:
      return std::holds_alternative<EditPage>(action.change);
    case Verb::kRepointRecord:
    case Verb::kUpdateRecord:
      return std::holds_alternative<SetAttributes>(action.change);
    case Verb::kRetirePage:
      return std::holds_alternative<RetirePage>(action.change);
    case Verb::kInvalidatePaths:
      return std::holds_alternative<InvalidatePaths>(action.change);
    case Verb::kUpdateEvent:
      return std::holds_alternative<UpdateEvent>(action.change);
    case Verb::kManualTask:
      return std::holds_alternative<ManualTask>(action.change);
    case Verb::kMoveCard:
      return std::holds_alternative<MoveCard>(action.change);
    case Verb::kLeaveHandoff:
      return std::holds_alternative<LeaveHandoff>(action.change);
  }
  return false;
}

// What is written without what was there before could not be taken back, and the way back writes nothing else. An event's status may have been silent: see plan/plan_events.cpp.
bool SaysWhatWasThere(const Change& change) {
  if (const auto* attributes = std::get_if<SetAttributes>(&change)) {
    const Attributes &from = attributes->from, &to = attributes->to;
    return std::equal(to.begin(), to.end(), from.begin(), from.end(), [](const auto& one, const auto& other) { return one.first == other.first; });
  }
  const auto* event = std::get_if<UpdateEvent>(&change);
  if (event == nullptr) return true;
  const EventChange &from = event->from, &to = event->to;
  return to.start.has_value() == from.start.has_value() && to.end.has_value() == from.end.has_value() && to.summary.has_value() == from.summary.has_value() &&
         to.description.has_value() == from.description.has_value();
}

Status CheckAction(const Fleet& fleet, const BookingPlan& booking, const Action& action, const std::set<std::string>& before) {
  const auto wrong = [&action](const std::string& what) {
    return Status(Code::kInvalidArgument, what + "; make the plan again", action.id);
  };
  if (before.count(action.id) > 0) return wrong("the plan has two actions of this id");
  if (!HasFittingChange(action)) return wrong("the plan's change does not fit its verb");
  if (!SaysWhatWasThere(action.change)) return wrong("the plan's change does not say what was there before");
  if ((action.verb == Verb::kManualTask) != (action.approval == Approval::kManual)) return wrong("a person does what is a manual task, and nothing else");
  if (!HasStore(fleet, action)) return wrong("the plan names a store that the fleet does not have: " + action.store);
  for (const std::string& need : action.needs) {
    if (before.count(need) == 0) return wrong("the plan's action needs " + need + ", which does not stand before it");
  }
  if (action.verb != Verb::kEditPage && action.verb != Verb::kRetirePage) return OkStatus();
  const Action* backup = BackupOf(booking, action);
  if (backup == nullptr || before.count(backup->id) == 0) return wrong("the plan changes a page that it does not back up first");
  return OkStatus();
}

std::string Join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

// An override that was given in advance may name a brake that this plan does not pull.
const std::vector<std::string>& BrakeNames() {
  static const std::vector<std::string> names = {"retire_count", "retire_share", "edit_count",         "edit_share",
                                                 "plan_age",     "vanished",     "incomplete_listing", "unfinished_run",
                                                 "clock_jump",   "features"};
  return names;
}

// "20 minutes", "5 hours", "3 days": the largest unit of which there are two at least.
std::string WordsOfSpan(std::chrono::seconds span) {
  const auto count = span.count();
  const auto words = [](std::int64_t number, const char* unit) { return std::to_string(number) + " " + unit + (number == 1 ? "" : "s"); };
  if (count >= 2 * 24 * 3600) return words(count / (24 * 3600), "day");
  if (count >= 2 * 3600) return words(count / 3600, "hour");
  if (count >= 2 * 60) return words(count / 60, "minute");
  return words(count, "second");
}

std::optional<Brake> AgeBrake(const Fleet& fleet, const Plan& plan) {
  const std::optional<std::int64_t>& limit = fleet.config.policy.brakes.plan_age_max_s;
  if (!limit) return std::nullopt;
  const auto age = fleet.environment->Now() - plan.made_at;
  if (age < -kClockSlack) {
    return Brake{std::string(kPlanAgeBrake), "the plan was made at " + FormatInstant(plan.made_at) +
                                                 ", which this machine's clock has not reached; " +
                                                 "set the clock right or plan again"};
  }
  if (age.count() <= *limit) return std::nullopt;
  return Brake{std::string(kPlanAgeBrake), "the plan was made at " + FormatInstant(plan.made_at) + ", " +
                                               WordsOfSpan(age) + " ago; the policy allows " +
                                               WordsOfSpan(std::chrono::seconds(*limit)) + "; plan again"};
}

// The bookings of a run that are still in the middle of something; empty where it is at rest, or belongs to another fleet file.
StatusOr<std::set<std::string>> BusyBookings(Fleet& fleet, const std::string& run) {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfRun(fleet, run));
  std::set<std::string> busy;
  if (plan.fleet != fleet.config.fingerprint) return busy;
  EVENKEEL_ASSIGN_OR_RETURN(const RunReport report, ReportOfRun(fleet, run));
  if (report.finished) return busy;
  for (const ActionReport& action : report.actions) {
    const Outcome outcome = report.Standing(action);
    if (outcome == Outcome::kPending || outcome == Outcome::kFailed || outcome == Outcome::kUnknown) busy.insert(action.booking);
  }
  return busy;
}

StatusOr<std::optional<Brake>> UnfinishedRunBrake(Fleet& fleet, const Plan& plan,
                                                  const std::optional<std::set<std::string>>& scope) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, BegunRuns(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(const std::set<std::string> resting, RunsAtRest(*fleet.state));
  for (const std::string& run : runs) {
    if (run == RunOfPlan(plan) || resting.count(run) > 0) continue;
    auto busy = BusyBookings(fleet, run);
    // A journal that nobody can read any more tells nothing about what it was doing: the operator decides.
    if (!busy.ok()) return std::optional<Brake>(Brake{std::string(kUnfinishedRunBrake), busy.status().ToString()});
    for (const BookingPlan& booking : plan.bookings) {
      if (busy->count(booking.booking) == 0 || booking.actions.empty() || (scope && scope->count(booking.booking) == 0)) continue;
      return std::optional<Brake>(Brake{std::string(kUnfinishedRunBrake), run + " was cut off while it changed booking " +
                                                                              booking.booking + "; evenkeel resume " + run +
                                                                              " first, then plan again"});
    }
  }
  return std::optional<Brake>();
}

}  // namespace

Status CheckPlan(const Fleet& fleet, const Plan& plan) {
  if (HashOfPlan(plan) != plan.hash) {
    return Status(Code::kInvalidArgument, "the plan was edited by hand: its content does not match its hash; make it again",
                  plan.hash);
  }
  if (plan.fleet != fleet.config.fingerprint) {
    return Status(
        Code::kInvalidArgument,
        "the plan was made for another fleet file, or this one has changed since; make the plan again with " + fleet.config.path,
        plan.hash);
  }
  std::set<std::string> before;
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      EVENKEEL_RETURN_IF_ERROR(CheckAction(fleet, booking, action, before));
      before.insert(action.id);
    }
  }
  if (before.size() > fleet.config.limits.run_actions) {
    return Status(Code::kLimitExceeded,
                  "the plan has more actions than run_actions allows (" + std::to_string(fleet.config.limits.run_actions) + ")",
                  plan.hash);
  }
  return OkStatus();
}

std::optional<Instant> TasksEnd(const Fleet& fleet, const Plan& plan) {
  const std::optional<std::int64_t>& days = fleet.config.policy.task_days_max;
  return days ? std::optional<Instant>(plan.made_at + std::chrono::hours(24 * *days)) : std::nullopt;
}

Status CheckTaskAge(const Fleet& fleet, const Plan& plan, const std::string& task) {
  const std::optional<Instant> end = TasksEnd(fleet, plan);
  if (!end || fleet.environment->Now() <= *end) return OkStatus();
  return Status(Code::kInvalidArgument, "the task expired at " + FormatInstant(*end) + " (task_days_max " +
                                            std::to_string(*fleet.config.policy.task_days_max) + "); plan again to see what is to be done now",
                task);
}

std::optional<Brake> ClockBrake(Instant now, Instant newest) {
  if (now + kClockSlack >= newest) return std::nullopt;
  return Brake{std::string(kClockBrake), "this machine's clock says " + FormatInstant(now) + ", and Evenkeel has written at " +
                                             FormatInstant(newest) + " already; set the clock right"};
}

Status CheckNotRolledBack(const RunState& state, const std::string& run) {
  if (!state.rollback) return OkStatus();
  return Status(Code::kInvalidArgument,
                "was rolled back on " + FormatInstant(state.rollback->at) + " by " + state.rollback->by + "; plan again", run);
}

Status CheckNames(const Plan& plan, const ApplyOptions& options) {
  std::map<std::string, Approval> known;
  std::vector<std::string> approvable;
  for (const auto& [booking, action] : ActionsOf(plan)) {
    known[action->id] = action->approval;
    if (action->approval == Approval::kApprove) approvable.push_back(action->id);
  }
  for (const std::string& id : options.approvals) {
    const auto found = known.find(id);
    if (found == known.end()) {
      return Status(Code::kInvalidArgument, "no action of the plan has this id; those that can be approved: " + Join(approvable),
                    id);
    }
    if (found->second == Approval::kManual) {
      return Status(Code::kInvalidArgument,
                    "a person does this task: attest it when it is done; those that can be approved: " + Join(approvable), id);
    }
  }
  for (const std::string& name : options.overrides) {
    if (std::find(BrakeNames().begin(), BrakeNames().end(), name) != BrakeNames().end()) continue;
    return Status(Code::kInvalidArgument, "no such brake; there are: " + Join(BrakeNames()), name);
  }
  return OkStatus();
}

ApplyOptions WithBrakesNamed(const ApplyOptions& given) {
  ApplyOptions options = given;
  options.overrides.clear();
  for (const std::string& name : given.overrides) {
    const std::size_t limit = name.rfind("_max");
    const bool is_key = limit != std::string::npos && (name.substr(limit) == "_max" || name.substr(limit) == "_max_s");
    options.overrides.insert(is_key ? name.substr(0, limit) : name);
  }
  return options;
}

StatusOr<std::string> BookingInPlan(const Plan& plan, const std::string& asked) {
  std::set<std::string> matches;
  std::vector<std::string> keys;
  for (const BookingPlan& booking : plan.bookings) {
    keys.push_back(booking.booking);
    if (booking.booking == asked) return asked;
    bool matched = booking.canonical && (booking.canonical->key == asked || booking.canonical->ToString() == asked);
    for (const Verdict& verdict : booking.verdicts) {
      const bool names = verdict.field == "booking" || verdict.field == "code" || verdict.field == "listing";
      matched = matched || (names && verdict.value && FormatValue(*verdict.value) == asked);
    }
    if (matched) matches.insert(booking.booking);
  }
  if (matches.size() == 1) return *matches.begin();
  constexpr std::size_t kShown = 12;
  if (keys.size() > kShown) {
    keys.resize(kShown);
    keys.push_back("…");
  }
  return Status(Code::kNotFound,
                (matches.empty() ? "the plan has nothing for this booking; it is about: "
                                 : "several bookings of the plan have this; name one of: ") +
                    Join(keys),
                asked);
}

StatusOr<std::vector<std::string>> BegunRuns(StateStore& state) {
  EVENKEEL_ASSIGN_OR_RETURN(std::vector<std::string> runs, state.ListJournals());
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> heads, state.ListDocuments(kHeadKind));
  std::vector<std::string> begun;
  for (std::string& run : runs) {
    // A head is written after the first line: where there is one, an empty journal was emptied, and whoever reads it is told.
    bool has_line = std::any_of(heads.begin(), heads.end(), [&run](const StateDocument& head) { return head.id == run; });
    if (!has_line) {
      const auto journal = state.ReadJournal(run);
      has_line = !journal.ok() || !journal->lines.empty();
    }
    if (has_line) begun.push_back(std::move(run));
  }
  return begun;
}

StatusOr<std::set<std::string>> RunsAtRest(StateStore& state) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> heads, state.ListDocuments(kHeadKind));
  std::set<std::string> runs;
  for (const StateDocument& head : heads) {
    if (head.value.is_object() && head.value.contains("finished") && head.value["finished"] == true) runs.insert(head.id);
  }
  return runs;
}

namespace {

// The last time that any run wrote down.
StatusOr<Instant> NewestTime(StateStore& state) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> heads, state.ListDocuments(kHeadKind));
  Instant newest{};
  for (const StateDocument& head : heads) {
    if (!head.value.is_object() || !head.value.contains("at") || !head.value["at"].is_string()) continue;
    newest = std::max(newest, ParseInstant(head.value["at"].get_ref<const std::string&>()).value_or(Instant{}));
  }
  return newest;
}

}  // namespace

StatusOr<std::vector<Brake>> BrakesOf(Fleet& fleet, const Plan& plan, const std::set<std::string>& overrides,
                                      const std::optional<std::set<std::string>>& scope) {
  std::vector<Brake> brakes;
  for (const Brake& brake : plan.brakes) {
    if (overrides.count(brake.name) == 0) brakes.push_back(brake);
  }
  if (overrides.count(std::string(kPlanAgeBrake)) == 0) {
    if (auto brake = AgeBrake(fleet, plan)) brakes.push_back(*std::move(brake));
  }
  if (overrides.count(std::string(kClockBrake)) == 0) {
    EVENKEEL_ASSIGN_OR_RETURN(const Instant newest, NewestTime(*fleet.state));
    if (auto brake = ClockBrake(fleet.environment->Now(), newest)) brakes.push_back(*std::move(brake));
  }
  if (overrides.count(std::string(kUnfinishedRunBrake)) == 0) {
    EVENKEEL_ASSIGN_OR_RETURN(auto brake, UnfinishedRunBrake(fleet, plan, scope));
    if (brake) brakes.push_back(*std::move(brake));
  }
  return brakes;
}

}  // namespace evenkeel
