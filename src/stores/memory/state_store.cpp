#include <algorithm>

#include "evenkeel/memory_stores.h"
#include "stores/memory/state_names.h"
#include "text/seeded_bugs.h"

namespace evenkeel {

MemoryStateStore::MemoryStateStore() : world_(std::make_shared<MemoryWorld<Contents>>()) {}
std::unique_ptr<MemoryStateStore> MemoryStateStore::Share() const { return std::make_unique<MemoryStateStore>(*this); }
MemoryStateStore::Contents MemoryStateStore::Snapshot() const {
  return world_->With([](Contents& contents) { return contents; });
}
void MemoryStateStore::Restore(Contents contents) {
  world_->With([&](Contents& now) { now = std::move(contents); });
}

StatusOr<StateDocument> MemoryStateStore::GetDocument(std::string_view kind, std::string_view id) {
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
  return world_->With([&](Contents& contents) -> StatusOr<StateDocument> {
    const auto found = contents.documents.find({std::string(kind), std::string(id)});
    if (found == contents.documents.end()) return NoSuchDocument(kind, id);
    return StateDocument{std::string(id), found->second.value, found->second.version};
  });
}

StatusOr<StateDocument> MemoryStateStore::PutDocument(std::string_view kind, std::string_view id, const Json& value,
                                                      const std::optional<Version>& expected) {
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
  return world_->With([&](Contents& contents) -> StatusOr<StateDocument> {
    const auto name = std::make_pair(std::string(kind), std::string(id));
    const auto found = contents.documents.find(name);
    std::optional<Version> now;
    if (found != contents.documents.end()) now = found->second.version;
    if (!EVENKEEL_BUG(60, "a document is written whatever its version")) EVENKEEL_RETURN_IF_ERROR(CheckDocumentVersion(kind, id, now, expected));
    const Version version = "v" + std::to_string(++contents.writes);
    contents.documents[name] = {value, version};
    return StateDocument{std::string(id), value, version};
  });
}

Status MemoryStateStore::DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) {
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
  return world_->With([&](Contents& contents) -> Status {
    const auto found = contents.documents.find({std::string(kind), std::string(id)});
    if (found == contents.documents.end()) return NoSuchDocument(kind, id);
    EVENKEEL_RETURN_IF_ERROR(CheckDocumentVersion(kind, id, found->second.version, expected));
    contents.documents.erase(found);
    return OkStatus();
  });
}

StatusOr<std::vector<StateDocument>> MemoryStateStore::ListDocuments(std::string_view kind) {
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
  return world_->With([&](Contents& contents) -> StatusOr<std::vector<StateDocument>> {
    std::vector<StateDocument> documents;
    for (auto at = contents.documents.lower_bound({std::string(kind), std::string()});
         at != contents.documents.end() && at->first.first == kind; ++at) {
      documents.push_back({at->first.second, at->second.value, at->second.version});
    }
    return documents;
  });
}

Status MemoryStateStore::PutBlob(std::string_view name, std::string_view bytes) {
  if (name.empty()) return {Code::kInvalidArgument, "a backup needs a name"};
  return world_->With([&](Contents& contents) -> Status {
    const auto [at, added] = contents.blobs.emplace(name, bytes);
    if (EVENKEEL_BUG(47, "a backup loses its bytes")) at->second.clear();
    return added || at->second == bytes ? OkStatus() : BlobNameTaken(name);
  });
}

StatusOr<std::string> MemoryStateStore::GetBlob(std::string_view name) {
  return world_->With([&](Contents& contents) -> StatusOr<std::string> {
    const auto found = contents.blobs.find(std::string(name));
    if (found == contents.blobs.end()) return NoSuchBlob(name);
    return found->second;
  });
}

Status MemoryStateStore::RemoveBlob(std::string_view name) {
  return world_->With([&](Contents& contents) { return contents.blobs.erase(std::string(name)) > 0 ? OkStatus() : NoSuchBlob(name); });
}

std::string MemoryStateStore::BlobLocation(std::string_view) const { return {}; }

Status MemoryStateStore::AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) {
  EVENKEEL_RETURN_IF_ERROR(CheckJournalLine(run, line));
  return world_->With([&](Contents& contents) -> Status {
    const auto found = contents.journals.find(std::string(run));
    const std::string_view now = found == contents.journals.end() ? std::string_view() : found->second;
    const auto lines = static_cast<std::uint64_t>(std::count(now.begin(), now.end(), '\n'));
    if (!EVENKEEL_BUG(48, "two processes write the same line of a journal")) EVENKEEL_RETURN_IF_ERROR(CheckJournalLength(run, lines, sequence));
    std::string& bytes = contents.journals[std::string(run)];
    if (!EVENKEEL_BUG(59, "a line is appended to a torn one")) bytes.resize(bytes.rfind('\n') + 1);
    bytes.append(line).push_back('\n');
    return OkStatus();
  });
}

StatusOr<StateStore::JournalLines> MemoryStateStore::ReadJournal(std::string_view run) {
  return world_->With([&](Contents& contents) -> StatusOr<JournalLines> {
    const auto found = contents.journals.find(std::string(run));
    if (found == contents.journals.end()) return NoSuchJournal(run);
    return SplitJournal(found->second);
  });
}

StatusOr<std::vector<std::string>> MemoryStateStore::ListJournals() {
  return world_->With([&](Contents& contents) -> StatusOr<std::vector<std::string>> {
    std::vector<std::string> runs;
    for (const auto& [run, bytes] : contents.journals) runs.push_back(run);
    return runs;
  });
}

Status MemoryStateStore::RemoveJournal(std::string_view run) {
  return world_->With([&](Contents& contents) { return contents.journals.erase(std::string(run)) > 0 ? OkStatus() : NoSuchJournal(run); });
}

}  // namespace evenkeel
