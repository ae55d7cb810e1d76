// The production step machine. See ApplyMachine for the contract; this is how it is kept:
//
//   read journal ► announce what is asked for, in one line (started, asked) ► for each action in plan order:
//     stands how? ► intent (durable) ► procedure, one store call a step ► outcome ► … ► stopped
//
// The head document follows each append. Whenever an append is refused or its reply is lost, the journal is read again and the
// next step is decided from what it says: another process may have done the work, and then nothing is repeated.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/journal.h"
#include "apply/procedure.h"
#include "apply/run_state.h"

namespace evenkeel {

class StepMachine final : public ApplyMachine {
 public:
  using Scope = std::optional<std::set<std::string>>;  // bookings; nullopt: all

  StepMachine(Fleet& fleet, Plan plan, ApplyOptions options, Journal journal, Scope scope, std::vector<Brake> brakes);

  StatusOr<bool> Step() override;
  RunReport Report() const override;

 private:
  struct Announcement {
    std::string_view kind;
    Json body;
  };

  StatusOr<bool> ReadAgain();
  StatusOr<bool> Append(std::string_view kind, Json body);
  std::optional<Announcement> NextAnnouncement() const;
  bool AsksForMore() const;
  StatusOr<bool> PickNext();
  StatusOr<bool> Begin(const PlannedAction& planned);
  void StartProcedure(const PlannedAction& planned, bool was_attempted);
  StatusOr<bool> StepProcedure();
  StatusOr<bool> RecordSettled();
  StatusOr<bool> Stop(std::string_view why);
  void PassOn(const ActionReport& standing);
  bool InScope(const PlannedAction& planned) const { return !scope_ || scope_->count(planned.booking->booking) > 0; }
  Version ExpectedVersion(const Action& action) const;

  Fleet& fleet_;
  const Plan plan_;
  const ApplyOptions options_;
  const std::string run_;
  const Scope scope_;
  const std::vector<Brake> brakes_;
  const std::vector<PlannedAction> actions_;  // point into plan_
  std::set<std::string> approvals_;           // asked for in this call

  Journal journal_;
  RunState state_;
  std::map<std::string, Outcome> outcomes_;                          // of the actions before the cursor
  std::map<std::pair<std::string, std::string>, Version> versions_;  // what this run left behind, by store and resource
  std::size_t cursor_ = 0;
  std::unique_ptr<Procedure> procedure_;
  std::optional<Settled> settled_;
  bool must_read_ = false;
  bool has_written_ = false;
  bool stopped_ = false;
  int barren_reads_ = 0;
};

// The plan that a journal's first line holds. kInvalidArgument: of a newer program, or another run's.
StatusOr<Plan> PlanOfJournal(const Journal& journal);

}  // namespace evenkeel
