#include "stores/local/state_folder.h"

#include <algorithm>
#include <cstdio>
#include <mutex>

#include "evenkeel/json.h"
#include "stores/local/names.h"
#include "stores/memory/state_names.h"

namespace evenkeel {
namespace {

// Backups must come back whatever the limits are today.
constexpr std::uint64_t kBlobBytes = std::uint64_t{1} << 30;
constexpr std::chrono::seconds kLockTimeout(10);

class StateFolder final : public StateStore {
 public:
  StateFolder(const AdapterContext& context, std::string folder)
      : environment_(context.environment), files_(context.environment->files()), folder_(std::move(folder)), limits_(context.limits) {}

  StatusOr<StateDocument> GetDocument(std::string_view kind, std::string_view id) override {
    EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
    EVENKEEL_ASSIGN_OR_RETURN(auto document, ReadDocument(DocumentPath(kind, id)));
    if (!document) return NoSuchDocument(kind, id);
    return *std::move(document);
  }

  StatusOr<StateDocument> PutDocument(std::string_view kind, std::string_view id, const Json& value,
                                      const std::optional<Version>& expected) override {
    EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
    const std::string folder = folder_ + "/documents/" + std::string(kind);
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, Lock(folder));
    EVENKEEL_ASSIGN_OR_RETURN(const auto before, ReadDocument(DocumentPath(kind, id)));
    EVENKEEL_RETURN_IF_ERROR(CheckDocumentVersion(kind, id, before ? std::optional(before->version) : std::nullopt, expected));
    const StateDocument document{std::string(id), value, NewVersion()};
    const Json file = {{"id", EscapeName(id)}, {"version", document.version}, {"value", value}};
    EVENKEEL_RETURN_IF_ERROR(files_.WriteAtomically(DocumentPath(kind, id), DumpJsonPretty(file) + "\n", Temporary()));
    return document;
  }

  Status DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) override {
    EVENKEEL_RETURN_IF_ERROR(GetDocument(kind, id).status());  // to delete nothing makes nothing
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, Lock(folder_ + "/documents/" + std::string(kind)));
    EVENKEEL_ASSIGN_OR_RETURN(const auto before, ReadDocument(DocumentPath(kind, id)));
    if (!before) return NoSuchDocument(kind, id);
    EVENKEEL_RETURN_IF_ERROR(CheckDocumentVersion(kind, id, before->version, expected));
    return files_.Remove(DocumentPath(kind, id));
  }

  StatusOr<std::vector<StateDocument>> ListDocuments(std::string_view kind) override {
    EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
    std::vector<StateDocument> documents;
    const std::string folder = folder_ + "/documents/" + std::string(kind);
    auto names = files_.List(folder);
    if (names.code() == Code::kNotFound) return documents;
    if (!names.ok()) return names.status();
    for (const std::string& name : *names) {
      if (!name.ends_with(".json")) continue;
      EVENKEEL_ASSIGN_OR_RETURN(auto document, ReadDocument(folder + "/" + name));
      if (document) documents.push_back(*std::move(document));
    }
    std::sort(documents.begin(), documents.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return documents;
  }

  Status PutBlob(std::string_view name, std::string_view bytes) override {
    if (name.empty()) return {Code::kInvalidArgument, "a backup needs a name"};
    const std::string path = BlobLocation(name);
    EVENKEEL_RETURN_IF_ERROR(files_.MakeFolders(path.substr(0, path.rfind('/')), true));
    EVENKEEL_RETURN_IF_ERROR(files_.MakeFolders(Temporary(), true));
    const Status made = files_.CreateExclusively(path, bytes, Temporary());
    if (made.code() != Code::kAlreadyExists) return made;
    EVENKEEL_ASSIGN_OR_RETURN(const std::string now, files_.Read(path, kBlobBytes));
    return now == bytes ? OkStatus() : BlobNameTaken(name);
  }

  StatusOr<std::string> GetBlob(std::string_view name) override {
    if (name.empty()) return NoSuchBlob(name);
    auto bytes = files_.Read(BlobLocation(name), kBlobBytes);
    if (bytes.code() == Code::kNotFound) return NoSuchBlob(name);
    return bytes;
  }

  Status RemoveBlob(std::string_view name) override {
    if (name.empty()) return NoSuchBlob(name);
    const Status removed = files_.Remove(BlobLocation(name));
    return removed.code() == Code::kNotFound ? NoSuchBlob(name) : removed;
  }

  std::string BlobLocation(std::string_view name) const override { return folder_ + "/backups/" + BlobPathOf(name); }

  Status AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) override {
    EVENKEEL_RETURN_IF_ERROR(CheckJournalLine(run, line));
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, Lock(folder_ + "/journals"));
    const std::string path = JournalPath(run);
    EVENKEEL_ASSIGN_OR_RETURN(const Tail tail, FindTail(run, path));
    EVENKEEL_RETURN_IF_ERROR(CheckJournalLength(run, tail.lines, sequence));
    EVENKEEL_RETURN_IF_ERROR(files_.AppendAt(path, tail.offset, std::string(line) + "\n"));
    const std::lock_guard<std::mutex> guard(mutex_);
    tails_[std::string(run)] = {tail.lines + 1, tail.offset + line.size() + 1};
    return OkStatus();
  }

  StatusOr<JournalLines> ReadJournal(std::string_view run) override {
    auto bytes = files_.Read(JournalPath(run), kBlobBytes);
    if (bytes.code() == Code::kNotFound) return NoSuchJournal(run);
    if (!bytes.ok()) return bytes.status();
    return SplitJournal(*bytes);
  }

  StatusOr<std::vector<std::string>> ListJournals() override {
    std::vector<std::string> runs;
    auto names = files_.List(folder_ + "/journals");
    if (names.code() == Code::kNotFound) return runs;
    if (!names.ok()) return names.status();
    for (const std::string& name : *names) {
      if (!name.ends_with(".jsonl")) continue;
      if (auto run = UnescapeName(std::string_view(name).substr(0, name.size() - 6))) runs.push_back(*run);
    }
    std::sort(runs.begin(), runs.end());
    return runs;
  }

  Status RemoveJournal(std::string_view run) override {
    if (!files_.Stat(JournalPath(run)).ok()) return NoSuchJournal(run);  // to remove nothing makes nothing
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, Lock(folder_ + "/journals"));
    const Status removed = files_.Remove(JournalPath(run));
    const std::lock_guard<std::mutex> guard(mutex_);
    tails_.erase(std::string(run));
    return removed.code() == Code::kNotFound ? NoSuchJournal(run) : removed;
  }

 private:
  // Whole lines of a journal, and where the next one goes.
  struct Tail {
    std::uint64_t lines = 0;
    std::uint64_t offset = 0;
  };

  std::string Temporary() const { return folder_ + "/temporary"; }
  std::string DocumentPath(std::string_view kind, std::string_view id) const {
    return folder_ + "/documents/" + std::string(kind) + "/" + FileNameOf(id) + ".json";
  }
  std::string JournalPath(std::string_view run) const { return folder_ + "/journals/" + FileNameOf(run) + ".jsonl"; }

  StatusOr<std::unique_ptr<Files::Lock>> Lock(const std::string& folder) {
    EVENKEEL_RETURN_IF_ERROR(files_.MakeFolders(folder, true));
    EVENKEEL_RETURN_IF_ERROR(files_.MakeFolders(Temporary(), true));
    return files_.LockExclusively(folder_ + "/lock", kLockTimeout);
  }

  // 128 random bits: never the same again, and nothing to keep for documents that are gone.
  Version NewVersion() {
    char text[40];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(environment_->Random()),
                  static_cast<unsigned long long>(environment_->Random()));
    return text;
  }

  static Status Damaged(const std::string& path, const std::string& why) {
    return Status(Code::kInvalidArgument,
                  "this file of Evenkeel's own is damaged (" + why +
                      "); bring it back from a copy of the state folder, or move it out of there: what it remembers is forgotten then",
                  path);
  }

  // nullopt when there is none.
  StatusOr<std::optional<StateDocument>> ReadDocument(const std::string& path) {
    auto bytes = files_.Read(path, limits_.json_bytes);
    if (bytes.code() == Code::kNotFound) return std::optional<StateDocument>();
    if (!bytes.ok()) return bytes.status();
    auto parsed = ParseJson(*bytes, path, limits_);
    if (!parsed.ok()) return Damaged(path, parsed.status().message());
    Json& json = *parsed;
    const auto text = [&](const char* name) {
      const auto found = json.is_object() ? json.find(name) : json.end();
      return found != json.end() && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
    };
    const auto escaped = text("id"), version = text("version");
    const auto id = escaped ? UnescapeName(*escaped) : std::nullopt;
    if (!id || !version || !json.contains("value")) return Damaged(path, "id, version or value is missing");
    return std::optional(StateDocument{*id, json["value"], *version});
  }

  // A journal is read whole once; after that its size says whether another process was at it. Requires the lock.
  StatusOr<Tail> FindTail(std::string_view run, const std::string& path) {
    auto state = files_.Stat(path);
    if (state.code() == Code::kNotFound) return Tail{};
    if (!state.ok()) return state.status();
    {
      const std::lock_guard<std::mutex> guard(mutex_);
      const auto known = tails_.find(std::string(run));
      if (known != tails_.end() && known->second.offset == state->bytes) return known->second;
    }
    EVENKEEL_ASSIGN_OR_RETURN(const std::string bytes, files_.Read(path, kBlobBytes));
    const JournalLines journal = SplitJournal(bytes);
    return Tail{journal.lines.size(), bytes.size() - journal.torn_bytes};
  }

  Environment* environment_;
  Files& files_;
  std::string folder_;
  Limits limits_;
  std::mutex mutex_;
  std::map<std::string, Tail> tails_;
};

}  // namespace

StatusOr<std::unique_ptr<StateStore>> MakeStateFolder(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(std::string folder, PathSetting(context, settings));
  return std::unique_ptr<StateStore>(std::make_unique<StateFolder>(context, std::move(folder)));
}

}  // namespace evenkeel
