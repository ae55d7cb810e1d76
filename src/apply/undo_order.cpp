#include "apply/undo_order.h"

#include <algorithm>

#include "apply/store_procedures.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

bool Needs(const Action& action, const std::string& other) {
  return std::find(action.needs.begin(), action.needs.end(), other) != action.needs.end();
}

// One process may have failed where another, still at the same action, did not; what it wrote says so.
bool MayBeAnothers(const Action& action, const ActionState& state) {
  const bool says_so = action.verb == Verb::kEditPage || action.verb == Verb::kRetirePage || action.verb == Verb::kRepointRecord || action.verb == Verb::kUpdateRecord;
  return says_so && state.outcome == Outcome::kFailed;
}

bool HasUndo(const BookingPlan& booking, const Action& action, const RunState& state) {
  const ActionState* known = state.Find(action.id);
  if (action.verb == Verb::kBackUpPage) return false;
  if (known != nullptr && (MayHaveHappened(*known) || MayBeAnothers(action, *known))) return true;
  // A cached copy of what the run made of a page may be there, whether or not the run came to its invalidation.
  return action.verb == Verb::kInvalidatePaths &&
         std::any_of(booking.actions.begin(), booking.actions.end(), [&](const Action& other) {
           return other.verb != Verb::kInvalidatePaths && Needs(action, other.id) && HasUndo(booking, other, state);
         });
}

UndoReport AskPerson(const Action& action) {
  const ManualTask& task = std::get<ManualTask>(action.change);
  if (task.from.empty()) return {Outcome::kWaitsPerson, "take this back by hand: " + task.instruction, {}};
  return {Outcome::kWaitsPerson, "change it back by hand to " + DescribeAttributes(task.from, task.from), {}};
}

bool IsTriedAgain(Outcome outcome) { return outcome == Outcome::kFailed || outcome == Outcome::kUnknown; }

// What an action without an outcome of its own waits for.
UndoReport Judge(const PlannedAction& planned, const std::map<std::string, Outcome>& before) {
  const Action& action = *planned.action;
  const bool is_last = action.verb == Verb::kInvalidatePaths;
  bool pending = false;
  for (const Action& other : planned.booking->actions) {
    const auto known = before.find(other.id);
    // A cache that is emptied before a page is written once more would keep what stood there in between.
    if (is_last && other.verb != Verb::kInvalidatePaths && known != before.end() && IsTriedAgain(known->second)) {
      return {Outcome::kBlocked, "waits, because taking back " + other.id + " is tried again (" + std::string(OutcomeName(known->second)) + ")", {}};
    }
    const bool stands_before = is_last ? Needs(action, other.id) : other.verb != Verb::kInvalidatePaths && Needs(other, action.id);
    if (!stands_before || known == before.end() || IsDoneOutcome(known->second)) continue;
    const bool is_asked = known->second == Outcome::kWaitsPerson;  // a person takes their time, and nothing of it rests on this
    if (known->second == Outcome::kPending) {
      pending = true;
    } else if (!is_asked && !is_last && !EVENKEEL_BUG(79, "what is needed is taken back though what needs it stays")) {
      return {Outcome::kBlocked, "stays, because " + other.id + ", which needs it, is not taken back (" + std::string(OutcomeName(known->second)) + ")", {}};
    }
  }
  if (!pending && action.approval == Approval::kManual) return AskPerson(action);
  return {};
}

}  // namespace

std::vector<PlannedAction> UndoOrder(const std::vector<PlannedAction>& actions) {
  std::vector<PlannedAction> order(actions.rbegin(), actions.rend());
  if (EVENKEEL_BUG(78, "a run is taken back from its beginning")) order = actions;
  std::stable_partition(order.begin(), order.end(), [](const PlannedAction& planned) { return planned.action->verb != Verb::kInvalidatePaths; });
  return order;
}

std::uint64_t WrittenSince(const PlannedAction& planned, const RunState& state) {
  const ActionState* emptied = state.FindUndo(planned.action->id);
  if (planned.action->verb != Verb::kInvalidatePaths || emptied == nullptr) return 0;
  std::uint64_t last = 0;
  for (const Action& other : planned.booking->actions) {
    const ActionState* undo = Needs(*planned.action, other.id) && other.verb != Verb::kInvalidatePaths ? state.FindUndo(other.id) : nullptr;
    if (undo != nullptr && undo->outcome == Outcome::kDone) last = std::max(last, undo->sequence);
  }
  return last > emptied->first_intent ? last : 0;
}

std::optional<UndoReport> ReportUndo(const PlannedAction& planned, const RunState& state, const std::map<std::string, Outcome>& before) {
  if (!state.rollback || !HasUndo(*planned.booking, *planned.action, state)) return std::nullopt;
  const ActionState* known = state.FindUndo(planned.action->id);
  UndoReport undo;
  if (known != nullptr && known->intent_open) {
    undo = {Outcome::kUnknown, "an attempt was cut off; resume looks before it repeats", {}};
  } else if (known != nullptr && known->outcome && *known->outcome != Outcome::kWaitsPerson && !known->is_asked_again &&
             WrittenSince(planned, state) <= known->last_intent) {
    undo = {*known->outcome, known->detail, known->conflict};
  } else {
    undo = Judge(planned, before);
  }
  WaitForLease(state, planned, undo.outcome, undo.detail);
  return undo;
}

void AddUndoReports(const std::vector<PlannedAction>& actions, const RunState& state, std::vector<ActionReport>& reports) {
  std::map<std::string, Outcome> outcomes;
  for (const PlannedAction& planned : UndoOrder(actions)) {
    const std::string& id = planned.action->id;
    const auto undo = ReportUndo(planned, state, outcomes);
    if (undo) outcomes[id] = undo->outcome;
    std::find_if(reports.begin(), reports.end(), [&id](const ActionReport& report) { return report.action == id; })->undo = undo;
  }
}

}  // namespace evenkeel
