#include "apply/rollback_machine.h"

#include <algorithm>
#include <utility>

#include "apply/page_target.h"
#include "apply/store_procedures.h"

namespace evenkeel {

namespace {

// How often it was asked for, where it came to its end each time and somebody's change stopped something; -1 otherwise.
int AskedInVain(const RunState& state) {
  const auto is_stopped = [](const auto& undo) { return undo.second.outcome == Outcome::kConflict; };
  return state.is_swept && std::any_of(state.undone.begin(), state.undone.end(), is_stopped) ? state.times_asked : -1;
}

}  // namespace

RollbackMachine::RollbackMachine(Fleet& fleet, Plan plan, RollbackOptions options, Journal journal, bool again)
    : RunMachine(fleet, std::move(plan), std::move(journal), {options.progress, options.keep_going, options.holder}), options_(std::move(options)), again_after_(again ? AskedInVain(state()) : -1) {
  SetOrder(UndoOrder(actions()));
}

std::optional<RunMachine::Announcement> RollbackMachine::NextAnnouncement() const {
  if (state().rollback && state().times_asked != again_after_) return std::nullopt;
  return Announcement{entry::kRollback, {{"by", options_.by}, {"why", options_.why}}};
}

std::optional<Outcome> RollbackMachine::Stands(const PlannedAction& planned) const {
  const auto undo = ReportUndo(planned, state(), passed());
  return undo ? std::optional(undo->outcome) : std::nullopt;
}

// What a cut-off attempt made has no recorded version: its content and its operation alone tell it.
Version RollbackMachine::ExpectedVersion(const PlannedAction& planned) const {
  const ActionState* done = state().Find(planned.action->id);
  if (done == nullptr || MayStillLand(*done)) return "";
  const Version* left_behind = LeftBehind(*planned.action, state().undone);
  if (left_behind == nullptr) left_behind = LeftBehind(*planned.action, state().actions);
  return left_behind == nullptr ? done->version : *left_behind;
}

std::string RollbackMachine::OperationOf(const PlannedAction& planned) const {
  return UndoOperationOf(run(), *planned.action, WrittenSince(planned, state()));
}

bool RollbackMachine::HasUniqueVersions(const Action& action) const {
  const auto is_unique = [&action](const auto& stores) {
    const auto found = stores.find(action.store);
    return found != stores.end() && found->second->Traits().unique_versions;
  };
  return is_unique(fleet().pages) || is_unique(fleet().records) || is_unique(fleet().calendars) || is_unique(fleet().boards);
}

std::unique_ptr<Procedure> RollbackMachine::MakeAttempt(Assignment assignment) const {
  const Action& action = *assignment.action;
  assignment.undo = true;
  const ActionState* undone = state().FindUndo(action.id);
  assignment.asked_again = undone != nullptr && undone->is_asked_again;
  const ActionState* done = state().Find(action.id);
  assignment.may_land = done != nullptr && MayStillLand(*done);
  if (assignment.may_land && HasUniqueVersions(action)) assignment.in_flight = done->expected;
  assignment.must_shut_out = assignment.may_land && CanComeBack(fleet(), action);
  const Action* backup = BackupOf(*assignment.booking, action);
  const ActionState* kept = backup == nullptr ? nullptr : state().Find(backup->id);
  if (kept != nullptr) assignment.content_type = kept->content_type;
  return MakeUndo(assignment);
}

ActionReport RollbackMachine::ReportOf(const PlannedAction& planned) const {
  ActionReport report = ReportAction(planned, state(), {});
  report.undo = ReportUndo(planned, state(), passed());
  return report;
}

StatusOr<bool> RollbackMachine::WrapUp() {
  if (!sweep_) sweep_.emplace(fleet(), plan(), state());
  EVENKEEL_ASSIGN_OR_RETURN(const bool swept, sweep_->Step());
  return swept ? Stop(kEnd) : true;
}

}  // namespace evenkeel
