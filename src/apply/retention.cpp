#include "apply/retention.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "apply/journal.h"
#include "apply/run_state.h"
#include "observe/state_documents.h"

namespace evenkeel {
namespace {

// The runs whose heads say that they came to rest before `limit`.
StatusOr<std::vector<StateDocument>> ExpiredHeads(StateStore& state, Instant limit) {
  EVENKEEL_ASSIGN_OR_RETURN(std::vector<StateDocument> heads, state.ListDocuments(kHeadKind));
  std::vector<StateDocument> expired;
  for (StateDocument& head : heads) {
    if (!head.value.is_object() || !head.value.value("finished", false) || !head.value.contains("at")) continue;
    const auto at = head.value["at"].is_string() ? ParseInstant(head.value["at"].get_ref<const std::string&>()) : std::nullopt;
    if (at && *at < limit) expired.push_back(std::move(head));
  }
  return expired;
}

// The backups that a journal names: the plan's, and what was put away before a page was restored. An error where it is another version's.
StatusOr<std::set<std::string>> BlobsOf(const Journal& journal) {
  std::set<std::string> blobs;
  if (journal.empty()) return blobs;
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfJournal(journal));
  for (const PlannedAction& planned : ActionsOf(plan)) {
    if (const auto* backup = std::get_if<BackUpPage>(&planned.action->change)) blobs.insert(backup->blob);
  }
  for (const JournalEntry& line : journal.entries()) {
    const auto kept = line.body.find("kept");
    if (kept != line.body.end() && kept->is_string() && !kept->get_ref<const std::string&>().empty()) blobs.insert(kept->get<std::string>());
  }
  return blobs;
}

// What the runs that stay still need. An error where one of them cannot be read: then no backup goes.
StatusOr<std::set<std::string>> BlobsInUse(StateStore& state, const std::set<std::string>& expired) {
  std::set<std::string> in_use;
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, state.ListJournals());
  for (const std::string& run : runs) {
    if (expired.count(run) > 0) continue;
    EVENKEEL_ASSIGN_OR_RETURN(const Journal journal, Journal::Read(state, run));
    EVENKEEL_ASSIGN_OR_RETURN(std::set<std::string> blobs, BlobsOf(journal));
    in_use.merge(blobs);
  }
  return in_use;
}

Status GoneIsFine(Status status) { return status.code() == Code::kNotFound ? OkStatus() : status; }

// The journal goes after what it names, and the head last: whatever a crash leaves is found again by its head.
Status RemoveRun(StateStore& state, const StateDocument& head, const std::set<std::string>& in_use) {
  const auto lines = state.ReadJournal(head.id);
  if (!lines.ok() && lines.code() != Code::kNotFound) return lines.status();
  if (lines.ok()) {
    EVENKEEL_ASSIGN_OR_RETURN(const Journal journal, Journal::Read(state, head.id));
    EVENKEEL_ASSIGN_OR_RETURN(const std::set<std::string> blobs, BlobsOf(journal));
    for (const std::string& blob : blobs) {
      if (in_use.count(blob) == 0) EVENKEEL_RETURN_IF_ERROR(GoneIsFine(state.RemoveBlob(blob)));
    }
  }
  EVENKEEL_RETURN_IF_ERROR(GoneIsFine(state.RemoveJournal(head.id)));
  return GoneIsFine(state.DeleteDocument(kHeadKind, head.id, head.version));
}

Status RemoveFormerWords(StateStore& state, const std::set<std::string>& runs) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> words, state.ListDocuments(kFormerWordsKind));
  for (const StateDocument& document : words) {
    const bool is_theirs = document.value.is_object() && runs.count(document.value.value("run", std::string())) > 0;
    if (is_theirs) EVENKEEL_RETURN_IF_ERROR(GoneIsFine(state.DeleteDocument(kFormerWordsKind, document.id, document.version)));
  }
  return OkStatus();
}

}  // namespace

Status RemoveExpiredRuns(Fleet& fleet) {
  const std::optional<std::int64_t>& days = fleet.config.policy.retention_days;
  if (!days) return OkStatus();
  StateStore& state = *fleet.state;
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> heads,
                            ExpiredHeads(state, fleet.environment->Now() - std::chrono::hours(24 * *days)));
  if (heads.empty()) return OkStatus();
  std::set<std::string> runs;
  for (const StateDocument& head : heads) runs.insert(head.id);
  EVENKEEL_ASSIGN_OR_RETURN(const std::set<std::string> in_use, BlobsInUse(state, runs));
  EVENKEEL_RETURN_IF_ERROR(RemoveFormerWords(state, runs));
  // One that cannot be read stays, and keeps no other.
  Status first;
  for (const StateDocument& head : heads) {
    const Status removed = RemoveRun(state, head, in_use);
    if (first.ok()) first = removed;
  }
  return first;
}

}  // namespace evenkeel
