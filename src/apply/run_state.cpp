#include "apply/run_state.h"

#include <algorithm>
#include <utility>

#include "apply/conflict.h"
#include "apply/start_checks.h"
#include "apply/undo_order.h"
#include "evenkeel/json.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

constexpr Outcome kAllOutcomes[] = {Outcome::kPending,     Outcome::kDone,    Outcome::kAlreadyDone,
                                    Outcome::kConflict,    Outcome::kBlocked, Outcome::kWaitsApproval,
                                    Outcome::kWaitsPerson, Outcome::kWaitsLease, Outcome::kFailed, Outcome::kUnknown};

std::optional<Outcome> ParseOutcome(const std::string& name) {
  for (Outcome outcome : kAllOutcomes) {
    if (OutcomeName(outcome) == name) return outcome;
  }
  return std::nullopt;
}

std::string Text(const Json& body, const char* name) {
  return body.contains(name) && body[name].is_string() ? body[name].get<std::string>() : "";
}

std::set<std::string> Names(const Json& body, const char* member) {
  std::set<std::string> names;
  if (!body.contains(member)) return names;
  for (const Json& item : body[member]) {
    if (item.is_string()) names.insert(item.get<std::string>());
  }
  return names;
}

bool IsDead(Outcome outcome) {
  return outcome == Outcome::kConflict || outcome == Outcome::kFailed || outcome == Outcome::kUnknown ||
         outcome == Outcome::kBlocked;
}

// What an action without an outcome waits for.
void Judge(const Action& action, const RunState& state, const std::map<std::string, Outcome>& before, ActionReport& report) {
  std::string dead, waiting, pending;
  for (const std::string& need : action.needs) {
    const auto known = before.find(need);
    const Outcome outcome = known == before.end() ? Outcome::kPending : known->second;
    if (IsDoneOutcome(outcome)) continue;
    if (EVENKEEL_BUG(12, "an action does not wait for what it needs")) continue;
    std::string& why = IsDead(outcome) ? dead : outcome == Outcome::kPending ? pending : waiting;
    if (why.empty()) why = "needs " + need + " (" + std::string(OutcomeName(outcome)) + ")";
  }
  if (!dead.empty()) {
    report.outcome = Outcome::kBlocked;
    report.detail = dead;
  } else if (action.approval == Approval::kApprove && state.approvals.count(action.id) == 0) {
    report.outcome = Outcome::kWaitsApproval;
    report.detail = "--approve " + action.id;
  } else if (!waiting.empty()) {
    report.outcome = Outcome::kBlocked;
    report.detail = waiting;
  } else if (!pending.empty()) {
    report.outcome = Outcome::kPending;
    report.detail = pending;
  } else if (action.approval == Approval::kManual) {
    report.outcome = Outcome::kWaitsPerson;
  }
}

}  // namespace

StatusOr<Plan> PlanOfJournal(const Journal& journal) {
  const JournalEntry& first = journal.entries().front();
  const auto schema = first.body.find("schema");
  if (first.kind != entry::kStarted || schema == first.body.end() || *schema != std::string(kRunSchema) ||
      !first.body.contains("plan")) {
    return Status(Code::kInvalidArgument,
                  "the run was started by another version of evenkeel (this one reads " + std::string(kRunSchema) +
                      "); resume it with that version",
                  journal.run());
  }
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, PlanFromJson(first.body["plan"]));
  if (RunOfPlan(plan) != journal.run())
    return Status(Code::kInvalidArgument, "the journal holds the plan of another run: " + RunOfPlan(plan), journal.run());
  return plan;
}

bool MayStillLand(const ActionState& state) {
  return state.intent_open || state.in_doubt || state.outcome == Outcome::kUnknown;
}

bool MayHaveHappened(const ActionState& state) {
  return (!EVENKEEL_BUG(80, "what was cut off is not taken back") && MayStillLand(state)) ||
         (state.outcome && IsDoneOutcome(*state.outcome) && !state.was_so);
}

std::vector<PlannedAction> ActionsOf(const Plan& plan) {
  std::vector<PlannedAction> actions;
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) actions.push_back({&booking, &action});
  }
  return actions;
}

RunState RunState::Fold(const std::vector<JournalEntry>& entries) {
  RunState state;
  for (const JournalEntry& journal_entry : entries) state.Take(journal_entry);
  return state;
}

void RunState::TakeAsked(const Json& body, bool is_first) {
  if (!EVENKEEL_BUG(13, "approvals are forgotten")) approvals.merge(Names(body, "approvals"));
  overrides.merge(Names(body, "overrides"));
  if (!body.contains("bookings")) {
    scope.reset();
  } else if (is_first) {
    scope = Names(body, "bookings");
  } else if (scope) {
    scope->merge(Names(body, "bookings"));
  }
}

// Asked for again: somebody has looked at what was in the way.
void RunState::TakeRollback(RollbackAsked asked) {
  if (!rollback) rollback = std::move(asked);
  is_swept = false;
  ++times_asked;
  for (auto& [id, undo] : undone) undo.is_asked_again = undo.outcome == Outcome::kConflict;
}

void RunState::TakeWord(const JournalEntry& journal_entry) {
  const Json& body = journal_entry.body;
  const std::string by = Text(body, "by");
  const auto add = [&](const char* what, const std::set<std::string>& of) { said.push_back({what, by, journal_entry.at, {of.begin(), of.end()}}); };
  if (journal_entry.kind == entry::kStarted || journal_entry.kind == entry::kAsked) {
    add("apply", Names(body, "bookings"));
    if (const auto names = Names(body, "approvals"); !names.empty()) add("approve", names);
    if (const auto names = Names(body, "overrides"); !names.empty()) add("override", names);
  } else if (journal_entry.kind == entry::kAttested) {
    add("attest", {Text(body, "action")});
  } else if (journal_entry.kind == entry::kRollback) {
    add("rollback", {});
  } else if (journal_entry.kind == entry::kUndoOutcome && !by.empty() && IsDoneOutcome(ParseOutcome(Text(body, "outcome")).value_or(Outcome::kFailed))) {
    add("attest_undo", {Text(body, "action")});
  } else if (journal_entry.kind == entry::kRestored) {
    add("restore", {Text(body, "page")});
  }
}

void RunState::Take(const JournalEntry& journal_entry) {
  const Json& body = journal_entry.body;
  leases.Take(journal_entry);
  TakeWord(journal_entry);
  const auto text = [&body](const char* name) { return Text(body, name); };
  if (journal_entry.kind == entry::kStarted || journal_entry.kind == entry::kAsked) {
    TakeAsked(body, journal_entry.kind == entry::kStarted);
  } else if (journal_entry.kind == entry::kRollback) {
    TakeRollback({text("by"), journal_entry.at, text("why")});
  } else if (journal_entry.kind == entry::kStopped) {
    is_swept = is_swept || (rollback && text("why") == kEnd);
  } else if (journal_entry.kind == entry::kIntent || journal_entry.kind == entry::kUndoIntent) {
    ActionState& action = (journal_entry.kind == entry::kIntent ? actions : undone)[text("action")];
    action.intent_open = true;
    action.last_intent = journal_entry.sequence;
    if (action.first_intent == 0) action.first_intent = journal_entry.sequence;
    action.expected = text("expected");
  } else if (journal_entry.kind == entry::kOutcome || journal_entry.kind == entry::kUndoOutcome) {
    ActionState& action = (journal_entry.kind == entry::kOutcome ? actions : undone)[text("action")];
    action.intent_open = action.is_asked_again = false;
    action.outcome = EVENKEEL_BUG(14, "whatever became of an action, it is taken for done") ? Outcome::kDone : ParseOutcome(text("outcome"));
    action.was_so = body.value("was_so", false);
    action.in_doubt = body.value("in_doubt", false);
    action.attested_by = text("by");
    action.at = journal_entry.at;
    action.detail = text("detail");
    action.version = text("version");
    action.sequence = journal_entry.sequence;
    action.content_type = text("content_type"), action.kept_as = text("kept_as");
    action.conflict = body.contains("conflict") ? ConflictFromJson(body["conflict"]) : std::nullopt;
  } else if (journal_entry.kind == entry::kAttested) {
    ActionState& action = actions[text("action")];
    action.intent_open = false;
    action.outcome = Outcome::kDone;
    action.attested_by = text("by");
    action.at = journal_entry.at;
    action.detail = text("detail");
  }
}

const ActionState* RunState::Find(const std::string& action) const {
  const auto found = actions.find(action);
  return found == actions.end() ? nullptr : &found->second;
}

const ActionState* RunState::FindUndo(const std::string& action) const {
  const auto found = undone.find(action);
  return found == undone.end() ? nullptr : &found->second;
}

bool RunState::IsInDoubt(const PlannedAction& planned) const {
  if (planned.action->approval == Approval::kManual) return false;
  const auto is_settled = [](const ActionState& one) { return !MayStillLand(one) && one.outcome && IsDoneOutcome(*one.outcome); };
  // What one process found not done, another that works under the same lease may be doing.
  const bool is_shared = leases.Find(planned.booking->booking).processes > 1;
  const ActionState* done = Find(planned.action->id);
  const ActionState* undo = FindUndo(planned.action->id);
  // What was taken back can land no more: the version it depends on is used up.
  if (undo != nullptr && is_settled(*undo)) return false;
  return (done != nullptr && (MayStillLand(*done) || (is_shared && !is_settled(*done)))) ||
         (undo != nullptr && (MayStillLand(*undo) || is_shared));
}

bool RunState::IsDone(const std::string& action) const {
  const ActionState* state = Find(action);
  return state != nullptr && state->outcome && IsDoneOutcome(*state->outcome);
}

void WaitForLease(const RunState& state, const PlannedAction& planned, Outcome& outcome, std::string& detail) {
  const std::string& waits = state.leases.Find(planned.booking->booking).waits;
  if (waits.empty() || planned.action->approval == Approval::kManual || !IsToDo(outcome)) return;
  detail = waits + (detail.empty() ? "" : "; " + detail);
  outcome = Outcome::kWaitsLease;
}

ActionReport ReportAction(const PlannedAction& planned, const RunState& state, const std::map<std::string, Outcome>& before) {
  const Action& action = *planned.action;
  ActionReport report{action.id, action.verb, action.store, action.resource, planned.booking->booking, Outcome::kPending, "", {}, {}};
  const ActionState* known = state.Find(action.id);
  if (known != nullptr && known->intent_open) {
    report.outcome = Outcome::kUnknown;
    report.detail = "an attempt was cut off; resume looks before it repeats";
  } else if (known != nullptr && known->outcome) {
    report.outcome = *known->outcome;
    report.detail = known->detail;
    report.conflict = known->conflict;
  } else {
    Judge(action, state, before, report);
  }
  WaitForLease(state, planned, report.outcome, report.detail);
  return report;
}

std::vector<ActionReport> ReportActions(const std::vector<PlannedAction>& actions, const RunState& state) {
  std::vector<ActionReport> reports;
  std::map<std::string, Outcome> outcomes;
  for (const PlannedAction& planned : actions) {
    reports.push_back(ReportAction(planned, state, outcomes));
    outcomes[planned.action->id] = reports.back().outcome;
  }
  return reports;
}

void AddTaskEnds(const Fleet& fleet, const Plan& plan, RunReport& report) {
  const std::optional<Instant> end = TasksEnd(fleet, plan);
  if (!end || report.rollback) return;
  const bool is_over = fleet.environment->Now() > *end;
  for (ActionReport& action : report.actions) {
    if (action.outcome != Outcome::kWaitsPerson) continue;
    action.detail = (is_over ? "expired at " : "to be attested until ") + FormatInstant(*end) + (is_over ? "; plan again" : "");
  }
}

RunReport MakeReport(const Plan& plan, const RunState& state, const std::optional<std::set<std::string>>& scope) {
  RunReport report;
  report.run = RunOfPlan(plan);
  report.plan = plan.hash;
  for (const BookingPlan& booking : plan.bookings) {
    if (!scope || scope->count(booking.booking) > 0) report.questions += booking.questions.size();
  }
  report.rollback = state.rollback;
  report.said = state.said;
  report.cannot_be_fenced.assign(state.leases.cannot_be_fenced().begin(), state.leases.cannot_be_fenced().end());
  const std::vector<PlannedAction> actions = ActionsOf(plan);
  std::vector<ActionReport> reports = ReportActions(actions, state);
  if (state.rollback) AddUndoReports(actions, state, reports);
  for (ActionReport& action : reports) {
    if (!scope || scope->count(action.booking) > 0) report.actions.push_back(std::move(action));
  }
  // What is blocked behind something unfinished is unfinished with it; behind a conflict or a person it is at rest.
  report.finished = (!state.rollback || state.is_swept) && std::none_of(report.actions.begin(), report.actions.end(), [&report](const ActionReport& action) {
    const Outcome outcome = report.Standing(action);
    if (EVENKEEL_BUG(15, "a failure is an end") && outcome == Outcome::kFailed) return false;
    if (EVENKEEL_BUG(16, "an unknown outcome is an end") && outcome == Outcome::kUnknown) return false;
    return IsToDo(outcome);
  });
  return report;
}

}  // namespace evenkeel
