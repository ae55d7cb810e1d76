// RunState: where a run stands, folded from its journal alone. The step machine, reports and `attest` all look through it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/journal.h"
#include "apply/lease_book.h"
#include "evenkeel/apply.h"

namespace evenkeel {

// The plan that a journal's first line holds. kInvalidArgument: of a newer program, or another run's. The journal has one line.
StatusOr<Plan> PlanOfJournal(const Journal& journal);

// Done, now or before.
inline bool IsDoneOutcome(Outcome outcome) { return outcome == Outcome::kDone || outcome == Outcome::kAlreadyDone; }

// Why a machine stopped: nothing was left for it.
inline constexpr std::string_view kEnd = "end";

// A machine may still do it, now or when it is resumed.
inline bool IsToDo(Outcome outcome) {
  return outcome == Outcome::kPending || outcome == Outcome::kFailed || outcome == Outcome::kUnknown || outcome == Outcome::kWaitsLease;
}

struct ActionState {
  bool intent_open = false;  // an intent without an outcome: an attempt was cut off
  std::uint64_t first_intent = 0, last_intent = 0;  // their lines in the journal; who takes up what another began writes one, too
  bool was_so = false;       // the target was as planned by another hand, where the store remembers hands
  bool in_doubt = false;     // it ended otherwise, and yet a write of it may still be under way
  bool is_asked_again = false;  // it ended in a conflict, and somebody wants it tried once more
  Version expected;          // the version that the last attempt depends on
  std::optional<Conflict> conflict;
  std::string content_type;  // of a page that was backed up
  std::string kept_as;       // … the store's own name for what was backed up
  std::optional<Outcome> outcome;
  std::string detail;
  Version version;  // the target's, after the effect
  std::uint64_t sequence = 0;  // of the outcome's line in the journal
  std::string attested_by;
  Instant at{};  // of the outcome
};
// An effect of the action was made by this run, or may have been.
bool MayHaveHappened(const ActionState& state);
// A write of the action that was cut off may still land.
bool MayStillLand(const ActionState& state);

// An action with the booking it belongs to. Borrowed from the plan.
struct PlannedAction {
  const BookingPlan* booking = nullptr;
  const Action* action = nullptr;
};
// Every action of the plan, in order.
std::vector<PlannedAction> ActionsOf(const Plan& plan);

struct RunState {
  std::map<std::string, ActionState> actions;
  std::map<std::string, ActionState> undone;  // the way back, by action
  std::optional<RollbackAsked> rollback;
  int times_asked = 0;    // for the rollback
  bool is_swept = false;  // the rollback came to its end: what the run had written into our own memory is gone, too
  std::set<std::string> approvals;
  std::set<std::string> overrides;
  std::vector<RunWord> said;
  std::optional<std::set<std::string>> scope;  // bookings asked for so far; nullopt: all
  LeaseBook leases;

  static RunState Fold(const std::vector<JournalEntry>& entries);
  void Take(const JournalEntry& entry);

  const ActionState* Find(const std::string& action) const;
  const ActionState* FindUndo(const std::string& action) const;
  // A write to it may still be under way, so that the lease of its booking is not given back.
  bool IsInDoubt(const PlannedAction& planned) const;
  bool IsDone(const std::string& action) const;
  bool Covers(const std::string& booking) const { return !scope || scope->count(booking) > 0; }

 private:
  void TakeRollback(RollbackAsked asked);
  void TakeAsked(const Json& body, bool is_first);
  void TakeWord(const JournalEntry& entry);
};

// Where another holds the booking, what is to be done waits for its lease.
void WaitForLease(const RunState& state, const PlannedAction& planned, Outcome& outcome, std::string& detail);
// How one action stands, by the journal: what happened, else what it waits for. `before` holds how its needs stand.
ActionReport ReportAction(const PlannedAction& planned, const RunState& state, const std::map<std::string, Outcome>& before);
// The same for all of them. In plan order.
std::vector<ActionReport> ReportActions(const std::vector<PlannedAction>& actions, const RunState& state);
// Says of each task that waits for a person until when it can be attested.
void AddTaskEnds(const Fleet& fleet, const Plan& plan, RunReport& report);
// The report of a run over the bookings in `scope` (nullopt: all).
RunReport MakeReport(const Plan& plan, const RunState& state, const std::optional<std::set<std::string>>& scope);

}  // namespace evenkeel
