// attest: a person says that a manual task is done. The listing's file records the new values, the journal the name; where the
// marketplace can be read and says something else afterwards, the report says so.
#include <utility>

#include "apply/procedure.h"
#include "apply/run_state.h"
#include "apply/start_checks.h"
#include "apply/store_procedures.h"
#include "evenkeel/json.h"

namespace evenkeel {
namespace {

struct Attestation {
  Fleet& fleet;
  const Plan& plan;
  const PlannedAction planned;
  const std::string by;

  const ManualTask* Task() const { return std::get_if<ManualTask>(&planned.action->change); }
};

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

Status CheckNeeds(const Action& action, const RunState& state) {
  for (const std::string& need : action.needs) {
    if (!state.IsDone(need))
      return Status(Code::kInvalidArgument, "needs " + need + ", which is not done; apply the plan first", action.id);
  }
  return OkStatus();
}

// What the listing's own record of the task came to: empty detail: it shows the new values.
StatusOr<Settled> RecordOnListing(const Attestation& attestation, const WriteStamp& stamp) {
  const Action& action = *attestation.planned.action;
  const ManualTask* task = attestation.Task();
  const auto found = attestation.fleet.listings.find(action.store);
  if (task == nullptr || task->to.empty() || found == attestation.fleet.listings.end()) return Settled{Outcome::kDone, "", ""};
  Listing& listing = *found->second;
  constexpr int kAttemptsMax = 3;
  for (int attempt = 0;; ++attempt) {
    EVENKEEL_ASSIGN_OR_RETURN(const ListingEntry entry, listing.Get(action.resource));
    if (HasAttributes(entry.attributes, task->to)) return Settled{Outcome::kDone, "", entry.version};
    const std::string now = DescribeAttributes(entry.attributes, task->to);
    if (!HasAttributes(entry.attributes, task->from)) {
      return Settled{Outcome::kConflict,
                     "expected " + DescribeAttributes(task->from, task->to) + "; found " + now + "; plan again", entry.version};
    }
    if (attempt == kAttemptsMax)
      return Status(Code::kUnknownOutcome, "the reply was lost each time; attest again", action.resource);
    auto recorded = listing.RecordAttested(action.resource, task->to, entry.version, stamp);
    if (recorded.ok()) return Settled{Outcome::kDone, "", recorded->version};
    if (recorded.code() == Code::kUnimplemented) {
      return Settled{Outcome::kDone, action.store + " still shows " + now + "; verify tells when it has caught up",
                     entry.version};
    }
    if (recorded.code() != Code::kUnknownOutcome && recorded.code() != Code::kPreconditionFailed) return recorded.status();
  }
}

// Appends one line and brings the head up to date. False: another process was faster, read again.
StatusOr<bool> AppendWithHead(Fleet& fleet, Journal& journal, std::string_view kind, const Json& body) {
  const Status appended = journal.Append(*fleet.state, kind, fleet.environment->Now(), body);
  if (appended.code() == Code::kPreconditionFailed || appended.code() == Code::kUnknownOutcome) return false;
  EVENKEEL_RETURN_IF_ERROR(appended);
  while (journal.HeadIsBehind()) EVENKEEL_RETURN_IF_ERROR(journal.WriteHead(*fleet.state));
  return true;
}

// One attempt, from what the journal says now. False: read again and start over.
StatusOr<bool> TryAttest(const Attestation& attestation, Journal& journal) {
  Fleet& fleet = attestation.fleet;
  const Action& action = *attestation.planned.action;
  const RunState state = RunState::Fold(journal.entries());
  if (state.IsDone(action.id)) return true;
  EVENKEEL_RETURN_IF_ERROR(CheckNeeds(action, state));
  const ActionState* known = state.Find(action.id);
  const WriteStamp stamp{OperationOf(journal.run(), action), std::nullopt};
  if (known == nullptr || !known->intent_open) {
    const Json intent = {{"action", action.id}, {"operation", stamp.operation}, {"by", attestation.by}, {"undo", UndoOf(action)}};
    EVENKEEL_ASSIGN_OR_RETURN(const bool written, AppendWithHead(fleet, journal, entry::kIntent, intent));
    if (!written) return false;
  }
  auto settled = RecordOnListing(attestation, stamp);
  if (!settled.ok()) {
    settled =
        Settled{settled.code() == Code::kUnknownOutcome ? Outcome::kUnknown : Outcome::kFailed, settled.status().ToString(), ""};
  }
  Json body = {{"action", action.id}, {"by", attestation.by}, {"version", settled->version}, {"detail", settled->detail}};
  if (settled->outcome == Outcome::kDone) return AppendWithHead(fleet, journal, entry::kAttested, body);
  body["outcome"] = OutcomeName(settled->outcome);
  return AppendWithHead(fleet, journal, entry::kOutcome, body);
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
    const bool before = RunState::Fold(journal.entries()).IsDone(action);
    EVENKEEL_ASSIGN_OR_RETURN(const bool attested, TryAttest({fleet, plan, planned, by}, journal));
    if (!attested) continue;
    const RunState state = RunState::Fold(journal.entries());
    const ActionState* known = state.Find(action);
    EVENKEEL_ASSIGN_OR_RETURN(RunReport report, ReportOfRun(fleet, run));
    return Attested{std::move(report), known->attested_by, known->at, before};
  }
  return Status(Code::kUnavailable, "others keep writing to this run's journal; attest again later", run);
}

}  // namespace evenkeel
