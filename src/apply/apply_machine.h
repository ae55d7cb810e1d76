// StepMachine: a run forwards, through the plan in its order. See ApplyMachine for the contract and RunMachine for how it is kept.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/memory_sweep.h"
#include "apply/run_machine.h"

namespace evenkeel {

class StepMachine final : public RunMachine {
 public:
  using Scope = std::optional<std::set<std::string>>;  // bookings; nullopt: all

  StepMachine(Fleet& fleet, Plan plan, ApplyOptions options, Journal journal, Scope scope, std::vector<Brake> brakes);

  RunReport Report() const override;

 private:
  bool IsBarred() const override { return !brakes_.empty(); }
  void Notice(Instant now, Instant newest) override;
  bool IsOvertaken() const override { return state().rollback.has_value(); }
  StatusOr<bool> WrapUp() override;
  std::optional<Announcement> NextAnnouncement() const override;
  const ActionState* Find(const Action& action) const override { return state().Find(action.id); }
  std::optional<Outcome> Stands(const PlannedAction& planned) const override { return ReportOf(planned).outcome; }
  bool Covers(const PlannedAction& planned) const override { return !scope_ || scope_->count(planned.booking->booking) > 0; }
  Version ExpectedVersion(const PlannedAction& planned) const override;
  Json IntentOf(const Action& action) const override { return {{"undo", UndoOf(action)}}; }
  std::string OperationOf(const PlannedAction& planned) const override { return evenkeel::OperationOf(run(), *planned.action); }
  std::unique_ptr<Procedure> MakeAttempt(Assignment assignment) const override;
  ActionReport ReportOf(const PlannedAction& planned) const override { return ReportAction(planned, state(), passed()); }
  Kinds kinds() const override { return {entry::kIntent, entry::kOutcome}; }
  bool AsksForMore() const;

  const ApplyOptions options_;
  const Scope scope_;
  std::vector<Brake> brakes_;
  std::set<std::string> approvals_;  // asked for in this call
  std::optional<MemorySweep> sweep_;
};

}  // namespace evenkeel
