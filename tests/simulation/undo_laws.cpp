// The laws of a run that is taken back.
#include <algorithm>

#include "apply/run_state.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"
#include "simulation/laws.h"

namespace evenkeel::simulation {

bool Laws::IsUndo(const Basis& basis) { return basis.operation.ends_with("/undo"); }

// What an undo has made: what was there before the run, and nothing that needed it stands any more.
void Laws::CheckUndo(std::string_view resource, const Before& before, const Basis& basis) {
  bool is_as_before = false;
  for (const Duty& duty : scenario_.duties) {
    if (duty.resource != resource || duty.verb == Verb::kBackUpPage || Holds(world_, duty) != duty.first) continue;
    is_as_before = true;
    const auto held = before.held.find(duty.name);
    if (held == before.held.end() || held->second == duty.first) continue;
    done_.erase(duty.name);
    for (const Duty& other : scenario_.duties) {
      const bool needs = std::find(other.needs.begin(), other.needs.end(), duty.name) != other.needs.end();
      if (!needs || other.verb == Verb::kInvalidatePaths || other.verb == Verb::kLeaveHandoff || done_.count(other.name) == 0) continue;
      const Trail& trail = trails_[other.resource];
      if (!trail.foreign_now && Holds(world_, other) == other.planned) {
        Broken("order", "to " + duty.name + " was taken back before to " + other.name + ", which needs it");
      }
    }
  }
  if (!is_as_before && !resource.starts_with("edge:")) Broken("rollback", std::string(resource) + " does not hold what was there before after " + basis.operation);
}

// A guest can still open the page that the record points to. What it can do may become as it was before the run.
void Laws::CheckPointerOfUndo(std::string_view resource, const Before& before, const Basis& basis) {
  if (Pointer() >= std::min(before.pointer, 1)) return;
  if (IsExcused(resource, basis)) {
    ++excused_;
  } else {
    Broken("pointer", "after " + basis.operation + " the record leads nowhere");
  }
}

bool Laws::IsAnyTouched(const std::vector<std::string>& resources) const {
  return std::any_of(resources.begin(), resources.end(), [this](const std::string& resource) {
    const auto trail = trails_.find(resource);
    return trail != trails_.end() && (trail->second.foreign_at > 0 || trail->second.landed_late_at > 0);
  });
}

void Laws::CheckUndoOutcome(const Duty& duty, const ActionReport& action, const RunReport& report) {
  const std::string name = "to take back: to " + duty.name;
  switch (action.undo->outcome) {
    case Outcome::kDone:
    case Outcome::kAlreadyDone:
      if (duty.verb != Verb::kInvalidatePaths && !IsAnyTouched({duty.resource}) && Holds(world_, duty) != duty.first) Broken("report", name + " is reported as done and is not");
      return;
    case Outcome::kConflict:
      if (!IsAnyTouched({duty.resource}) && !IsAnyTouched(duty.back_guards) && !lied_ && refusals_ < kRefusalsThatLookForeign) Broken("no false conflict", name + ": " + action.undo->detail);
      return;
    case Outcome::kBlocked: {
      const bool is_held = std::any_of(report.actions.begin(), report.actions.end(), [](const ActionReport& other) {
        return other.undo && other.undo->outcome == Outcome::kConflict;
      });
      if (!is_held) Broken("converges", name + " is blocked, and nothing is in its way");
      return;
    }
    case Outcome::kWaitsPerson:
      if (duty.verb != Verb::kManualTask) Broken("converges", name + " waits for a person");
      return;
    case Outcome::kPending:
    case Outcome::kWaitsApproval:
    case Outcome::kWaitsLease:
    case Outcome::kFailed:
    case Outcome::kUnknown:
      Broken("converges", name + " is " + std::string(OutcomeName(action.undo->outcome)) + " at rest: " + action.undo->detail);
      return;
  }
}

// The rollback identity: where nobody else has written, every store holds what it held before the run.
void Laws::CheckTakenBack(const RunReport& report) {
  bool is_whole = !lied_ && refusals_ < kRefusalsThatLookForeign;
  for (const ActionReport& action : report.actions) {
    const std::string store = action.verb == Verb::kLeaveHandoff ? "documents" : action.store;
    const Duty* duty = scenario_.FindDuty(action.verb, store + ":" + action.resource);
    if (duty == nullptr) {
      Broken("model", action.action + " on " + action.resource + " is nobody's duty");
    } else if (action.undo) {
      CheckUndoOutcome(*duty, action, report);
      is_whole &= IsDoneOutcome(action.undo->outcome) || duty->verb == Verb::kManualTask;
    }
  }
  for (const Duty& duty : scenario_.duties) {
    is_whole &= !IsAnyTouched({duty.resource});
    const bool stays = duty.verb == Verb::kBackUpPage || duty.verb == Verb::kInvalidatePaths || duty.verb == Verb::kManualTask;
    if (stays || IsAnyTouched({duty.resource})) continue;
    const auto undone = std::find_if(report.actions.begin(), report.actions.end(), [&](const ActionReport& action) {
      return scenario_.FindDuty(action.verb, (action.verb == Verb::kLeaveHandoff ? "documents" : action.store) + ":" + action.resource) == &duty;
    });
    const bool is_held = undone != report.actions.end() && undone->undo && !IsDoneOutcome(undone->undo->outcome);
    if (!is_held && Holds(world_, duty) != duty.first) Broken("rollback", "taken back, and yet not as before: to " + duty.name);
  }
  if (is_whole) CheckNothingRemembered();
  CheckCachesAfterRollback();
}

void Laws::CheckNothingRemembered() {
  for (const auto& [id, document] : world_.state.Snapshot().documents) {
    if (IsWithdrawn(document.value)) continue;
    if (id.first == kTombstoneKind || id.first == kFormerWordsKind || id.first == kHandoffKind) {
      Broken("rollback", "all is taken back, and " + id.first + " " + id.second + " is still there");
    }
  }
}

// What was written to a page last is followed by an invalidation of it.
void Laws::CheckCachesAfterRollback() {
  for (const Duty& duty : scenario_.duties) {
    if (duty.verb != Verb::kInvalidatePaths) continue;
    const Trail& page = trails_["pages:" + duty.resource.substr(duty.resource.find(':') + 1)];
    if (page.landed_late_at == 0 && page.written_at > trails_[duty.resource].written_at) {
      Broken("rollback", "nobody invalidated " + duty.resource + " after its page was written last");
    }
  }
}

}  // namespace evenkeel::simulation
