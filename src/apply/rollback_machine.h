// RollbackMachine: a run backwards. See RollbackRun for the contract and RunMachine for how it is kept.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "apply/memory_sweep.h"
#include "apply/run_machine.h"
#include "apply/undo_order.h"

namespace evenkeel {

class RollbackMachine final : public RunMachine {
 public:
  // `again`: a person asks; of a rollback that came to its end, what somebody's change stopped is tried once more.
  RollbackMachine(Fleet& fleet, Plan plan, RollbackOptions options, Journal journal, bool again);

  RunReport Report() const override { return MakeReport(plan(), state(), std::nullopt); }

 private:
  std::optional<Announcement> NextAnnouncement() const override;
  const ActionState* Find(const Action& action) const override { return state().FindUndo(action.id); }
  std::optional<Outcome> Stands(const PlannedAction& planned) const override;
  Version ExpectedVersion(const PlannedAction& planned) const override;
  std::string OperationOf(const PlannedAction& planned) const override;
  std::unique_ptr<Procedure> MakeAttempt(Assignment assignment) const override;
  ActionReport ReportOf(const PlannedAction& planned) const override;
  StatusOr<bool> WrapUp() override;
  Kinds kinds() const override { return {entry::kUndoIntent, entry::kUndoOutcome}; }
  bool HasUniqueVersions(const Action& action) const;

  const RollbackOptions options_;
  const int again_after_;  // so many askings came to their end, and a person asks once more; -1: nobody does
  std::optional<MemorySweep> sweep_;
};

}  // namespace evenkeel
