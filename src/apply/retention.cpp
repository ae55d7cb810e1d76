#include "apply/retention.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "apply/journal.h"
#include "apply/run_state.h"
#include "observe/document_write.h"
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

// What the runs that stay still need.
struct Needed {
  std::set<std::string> blobs;
  std::vector<std::string> unread;  // lines of journals that cannot be read, or are another version's: what they name stays
  bool Has(const std::string& blob) const {
    return blobs.count(blob) > 0 || std::any_of(unread.begin(), unread.end(), [&blob](const std::string& line) { return line.find(blob) != std::string::npos; });
  }
};

// A run whose time is over, and the backups that it names.
struct Expired {
  StateDocument head;
  std::set<std::string> blobs;
};

StatusOr<std::set<std::string>> ReadBlobs(StateStore& state, const std::string& run) {
  EVENKEEL_ASSIGN_OR_RETURN(const Journal journal, Journal::Read(state, run));
  return BlobsOf(journal);
}

// Those that can go. One that cannot be read stays with all that it names, and keeps no other; `trouble`: the first such.
StatusOr<std::vector<Expired>> ThoseThatGo(StateStore& state, const std::vector<StateDocument>& heads, Needed& needed, Status& trouble) {
  std::vector<Expired> going;
  for (const StateDocument& head : heads) {
    auto lines = state.ReadJournal(head.id);
    if (!lines.ok() && lines.code() != Code::kNotFound) return lines.status();
    // Only its head is left of one whose removal was cut off.
    auto blobs = lines.ok() ? ReadBlobs(state, head.id) : std::set<std::string>();
    if (blobs.ok()) {
      going.push_back({head, *std::move(blobs)});
      continue;
    }
    if (trouble.ok()) trouble = blobs.status();
    needed.unread.insert(needed.unread.end(), lines->lines.begin(), lines->lines.end());
  }
  return going;
}

// An error where one of the others cannot be read: then nothing goes.
Status AddWhatOthersNeed(StateStore& state, const std::vector<StateDocument>& heads, Needed& needed) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, state.ListJournals());
  for (const std::string& run : runs) {
    if (std::any_of(heads.begin(), heads.end(), [&run](const StateDocument& head) { return head.id == run; })) continue;
    EVENKEEL_ASSIGN_OR_RETURN(std::set<std::string> blobs, ReadBlobs(state, run));
    needed.blobs.merge(blobs);
  }
  return OkStatus();
}

Status GoneIsFine(Status status) { return status.code() == Code::kNotFound ? OkStatus() : status; }

// The journal goes after what it names, and the head last: whatever a crash leaves is found again by its head.
Status RemoveRun(StateStore& state, const Expired& run, const Needed& needed) {
  for (const std::string& blob : run.blobs) {
    if (!needed.Has(blob)) EVENKEEL_RETURN_IF_ERROR(GoneIsFine(state.RemoveBlob(blob)));
  }
  EVENKEEL_RETURN_IF_ERROR(GoneIsFine(state.RemoveJournal(run.head.id)));
  return GoneIsFine(state.DeleteDocument(kHeadKind, run.head.id, run.head.version));
}

// Former words hold what guests' pages said; of the others, what says that they were withdrawn.
Status RemoveDocuments(StateStore& state, const std::set<std::string>& runs) {
  for (const std::string_view kind : {kFormerWordsKind, kTombstoneKind, kHandoffKind}) {
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> documents, state.ListDocuments(kind));
    for (const StateDocument& document : documents) {
      const bool is_theirs = document.value.is_object() && runs.count(document.value.value("run", std::string())) > 0;
      if (!is_theirs || (kind != kFormerWordsKind && !IsWithdrawn(document.value))) continue;
      EVENKEEL_RETURN_IF_ERROR(GoneIsFine(state.DeleteDocument(kind, document.id, document.version)));
    }
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
  Needed needed;
  Status trouble;
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Expired> going, ThoseThatGo(state, heads, needed, trouble));
  EVENKEEL_RETURN_IF_ERROR(AddWhatOthersNeed(state, heads, needed));
  std::set<std::string> runs;
  for (const Expired& run : going) runs.insert(run.head.id);
  EVENKEEL_RETURN_IF_ERROR(RemoveDocuments(state, runs));
  for (const Expired& run : going) {
    const Status removed = RemoveRun(state, run, needed);
    if (trouble.ok()) trouble = removed;
  }
  return trouble;
}

}  // namespace evenkeel
