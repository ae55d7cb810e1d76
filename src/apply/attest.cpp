// attest: a person says that a manual task is done. The listing's file records the new values, the journal the name; where the
// marketplace can be read and says something else afterwards, the report says so.
#include <utility>

#include "apply/journal_line.h"
#include "apply/procedure.h"
#include "apply/run_state.h"
#include "apply/start_checks.h"
#include "apply/store_procedures.h"
#include "apply/undo_order.h"
#include "evenkeel/json.h"

namespace evenkeel {
namespace {

struct Attestation {
  Fleet& fleet;
  const Plan& plan;
  const PlannedAction planned;
  const std::string by;
  const bool back;  // the run is rolled back: the person has taken the task back

  const Action& action() const { return *planned.action; }
  const ActionState* Find(const RunState& state) const { return back ? state.FindUndo(action().id) : state.Find(action().id); }
  // What the listing must show before, and after.
  ManualTask Task() const {
    const ManualTask& task = std::get<ManualTask>(planned.action->change);
    return back ? ManualTask{task.instruction, task.to, task.from} : task;
  }
};

bool IsAttested(const ActionState* state) { return state != nullptr && state->outcome && IsDoneOutcome(*state->outcome); }

StatusOr<PlannedAction> FindManual(const Plan& plan, const std::string& run, const std::string& id) {
  std::string manual;
  for (const PlannedAction& planned : ActionsOf(plan)) {
    const bool by_hand = planned.action->approval == Approval::kManual;
    if (by_hand) manual += (manual.empty() ? "" : ", ") + planned.action->id;
    if (planned.action->id != id) continue;
    if (by_hand) return planned;
    return Status(Code::kInvalidArgument,
                  "not a task for a person: " + std::string(VerbName(planned.action->verb)) + " is done by apply", id);
  }
  // The list needs the whole plan, so it is made on the way.
  return Status(Code::kNotFound, "no such action in " + run + "; its manual tasks: " + (manual.empty() ? "none" : manual), id);
}

Status CheckNeeds(const Attestation& attestation, const RunState& state) {
  const Action& action = attestation.action();
  // What is taken back never expires: nothing new is promised by it.
  if (attestation.back) return ReportUndo(attestation.planned, state, {}) ? OkStatus() : CheckNotRolledBack(state, action.id);
  EVENKEEL_RETURN_IF_ERROR(CheckTaskAge(attestation.fleet, attestation.plan, action.id));
  for (const std::string& need : action.needs) {
    if (!state.IsDone(need))
      return Status(Code::kInvalidArgument, "needs " + need + ", which is not done; apply the plan first", action.id);
  }
  return OkStatus();
}

// What the listing's own record of the task came to: empty detail: it shows the new values.
StatusOr<Settled> RecordOnListing(const Attestation& attestation, const WriteStamp& stamp) {
  const Action& action = attestation.action();
  const ManualTask task = attestation.Task();
  const auto found = attestation.fleet.listings.find(action.store);
  if (task.to.empty() || found == attestation.fleet.listings.end()) return Settled{Outcome::kDone, "", ""};
  Listing& listing = *found->second;
  constexpr int kAttemptsMax = 3;
  for (int attempt = 0;; ++attempt) {
    EVENKEEL_ASSIGN_OR_RETURN(const ListingEntry entry, listing.Get(action.resource));
    if (HasAttributes(entry.attributes, task.to)) return Settled{Outcome::kDone, "", entry.version};
    const std::string now = DescribeAttributes(entry.attributes, task.to);
    if (!HasAttributes(entry.attributes, task.from)) {
      return Settled{Outcome::kConflict,
                     "expected " + DescribeAttributes(task.from, task.to) + "; found " + now + "; plan again", entry.version};
    }
    if (attempt == kAttemptsMax)
      return Status(Code::kUnknownOutcome, "the reply was lost each time; attest again", action.resource);
    auto recorded = listing.RecordAttested(action.resource, task.to, entry.version, stamp);
    if (recorded.ok()) return Settled{Outcome::kDone, "", recorded->version};
    if (recorded.code() == Code::kUnimplemented) {
      return Settled{Outcome::kDone, action.store + " still shows " + now + "; verify tells when it has caught up",
                     entry.version};
    }
    if (recorded.code() != Code::kUnknownOutcome && recorded.code() != Code::kPreconditionFailed) return recorded.status();
  }
}

// One attempt, from what the journal says now. False: read again and start over.
StatusOr<bool> TryAttest(const Attestation& attestation, Journal& journal) {
  Fleet& fleet = attestation.fleet;
  const Action& action = attestation.action();
  const RunState state = RunState::Fold(journal.entries());
  const ActionState* known = attestation.Find(state);
  if (IsAttested(known)) return true;
  EVENKEEL_RETURN_IF_ERROR(CheckNeeds(attestation, state));
  const bool back = attestation.back;
  const WriteStamp stamp{back ? UndoOperationOf(journal.run(), action) : OperationOf(journal.run(), action), std::nullopt};
  if (known == nullptr || !known->intent_open) {
    Json intent = {{"action", action.id}, {"operation", stamp.operation}, {"by", attestation.by}};
    if (!back) intent["undo"] = UndoOf(action);
    EVENKEEL_ASSIGN_OR_RETURN(const bool written, AppendWithHead(fleet, journal, back ? entry::kUndoIntent : entry::kIntent, intent));
    if (!written) return false;
  }
  auto settled = RecordOnListing(attestation, stamp);
  if (!settled.ok()) {
    settled =
        Settled{settled.code() == Code::kUnknownOutcome ? Outcome::kUnknown : Outcome::kFailed, settled.status().ToString(), ""};
  }
  Json body = {{"action", action.id}, {"by", attestation.by}, {"version", settled->version}, {"detail", settled->detail}};
  if (settled->outcome == Outcome::kDone && !back) return AppendWithHead(fleet, journal, entry::kAttested, body);
  body["outcome"] = OutcomeName(settled->outcome);
  return AppendWithHead(fleet, journal, back ? entry::kUndoOutcome : entry::kOutcome, body);
}

}  // namespace

StatusOr<Attested> Attest(Fleet& fleet, const std::string& run, const std::string& action, const std::string& by) {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfRun(fleet, run));
  EVENKEEL_RETURN_IF_ERROR(CheckPlan(fleet, plan));
  EVENKEEL_ASSIGN_OR_RETURN(const PlannedAction planned, FindManual(plan, run, action));
  if (by.empty()) return Status(Code::kInvalidArgument, "say who has done it (--by NAME)", action);
  constexpr int kAttemptsMax = 8;
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    EVENKEEL_ASSIGN_OR_RETURN(Journal journal, Journal::Read(*fleet.state, run));
    while (journal.HeadIsBehind()) EVENKEEL_RETURN_IF_ERROR(journal.WriteHead(*fleet.state));
    const RunState former = RunState::Fold(journal.entries());
    const Attestation attestation{fleet, plan, planned, by, former.rollback.has_value()};
    const bool before = IsAttested(attestation.Find(former));
    EVENKEEL_ASSIGN_OR_RETURN(const bool attested, TryAttest(attestation, journal));
    if (!attested) continue;
    const RunState state = RunState::Fold(journal.entries());
    const ActionState* known = attestation.Find(state);
    EVENKEEL_ASSIGN_OR_RETURN(RunReport report, ReportOfRun(fleet, run));
    return Attested{std::move(report), known->attested_by, known->at, before};
  }
  return Status(Code::kUnavailable, "others keep writing to this run's journal; attest again later", run);
}

}  // namespace evenkeel
