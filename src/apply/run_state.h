// RunState: where a run stands, folded from its journal alone. The step machine, reports and `attest` all look through it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/journal.h"
#include "evenkeel/apply.h"

namespace evenkeel {

// The plan that a journal's first line holds. kInvalidArgument: of a newer program, or another run's. The journal has one line.
StatusOr<Plan> PlanOfJournal(const Journal& journal);

// Done, now or before.
inline bool IsDoneOutcome(Outcome outcome) { return outcome == Outcome::kDone || outcome == Outcome::kAlreadyDone; }

struct ActionState {
  bool intent_open = false;  // an intent without an outcome: an attempt was cut off
  std::optional<Outcome> outcome;
  std::string detail;
  Version version;  // the target's, after the effect
  std::uint64_t sequence = 0;  // of the outcome's line in the journal
  std::string attested_by;
  Instant at{};  // of the outcome
};

// An action with the booking it belongs to. Borrowed from the plan.
struct PlannedAction {
  const BookingPlan* booking = nullptr;
  const Action* action = nullptr;
};
// Every action of the plan, in order.
std::vector<PlannedAction> ActionsOf(const Plan& plan);

struct RunState {
  std::map<std::string, ActionState> actions;
  std::set<std::string> approvals;
  std::set<std::string> overrides;
  std::optional<std::set<std::string>> scope;  // bookings asked for so far; nullopt: all

  static RunState Fold(const std::vector<JournalEntry>& entries);
  void Take(const JournalEntry& entry);

  const ActionState* Find(const std::string& action) const;
  bool IsDone(const std::string& action) const;
  bool Covers(const std::string& booking) const { return !scope || scope->count(booking) > 0; }

 private:
  void TakeAsked(const Json& body, bool is_first);
};

// How one action stands, by the journal: what happened, else what it waits for. `before` holds how its needs stand.
ActionReport ReportAction(const PlannedAction& planned, const RunState& state, const std::map<std::string, Outcome>& before);
// The same for all of them. In plan order.
std::vector<ActionReport> ReportActions(const std::vector<PlannedAction>& actions, const RunState& state);
// Nothing is left that a machine could still do without a person.
bool IsFinished(const std::vector<ActionReport>& reports);
// The report of a run over the bookings in `scope` (nullopt: all).
RunReport MakeReport(const Plan& plan, const RunState& state, const std::optional<std::set<std::string>>& scope);

}  // namespace evenkeel
