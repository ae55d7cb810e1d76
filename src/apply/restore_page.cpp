// restore: one page's backed-up bytes, back in place. What stands there now is put away first, so that nothing is lost either way.
#include <utility>

#include "apply/journal_line.h"
#include "apply/page_target.h"
#include "apply/run_state.h"
#include "digest/sha256.h"

namespace evenkeel {
namespace {

StatusOr<const Action*> FindBackup(const Plan& plan, const std::string& run, const std::string& page) {
  std::string known;
  const Action* found = nullptr;
  for (const auto& [booking, action] : ActionsOf(plan)) {
    if (action->verb != Verb::kBackUpPage) continue;
    const std::string name = action->store + ":" + action->resource;
    known += (known.empty() ? "" : ", ") + name;
    if (page == name) return action;
    if (page != action->resource) continue;
    if (found != nullptr) return Status(Code::kInvalidArgument, "two stores have a page of this key; name it as STORE:KEY", page);
    found = action;
  }
  if (found != nullptr) return found;
  return Status(Code::kNotFound, run + " backed up no such page; it has: " + (known.empty() ? "none" : known), page);
}

// One restoration, from what stands there now to the backed-up bytes.
class Restoration {
 public:
  // `content_type` and `kept_as`: the page's, when it was backed up.
  Restoration(Fleet& fleet, std::string run, const Action& backup, std::string content_type, std::string kept_as, RestoreOptions options)
      : fleet_(fleet), run_(std::move(run)), backup_(backup), content_type_(std::move(content_type)), kept_as_(std::move(kept_as)), options_(std::move(options)) {
    restored_.run = run_;
    restored_.page = {ResourceKind::kPage, backup.store, backup.resource};
    restored_.backup = fleet.state->BlobLocation(Blob());
  }

  StatusOr<Restored> Run() {
    EVENKEEL_RETURN_IF_ERROR(ReadBackup());
    if (options_.only_bytes) return restored_;
    constexpr int kWritesMax = 3;
    for (int attempt = 0; attempt < kWritesMax; ++attempt) {
      EVENKEEL_ASSIGN_OR_RETURN(const bool there, ReadNow());
      if (there) return Finish();
      EVENKEEL_RETURN_IF_ERROR(KeepNow());
      // Each time that something else was put away: what no journal names would never be removed.
      if (announced_ != kept_) EVENKEEL_RETURN_IF_ERROR(Note(entry::kRestoring));
      announced_ = kept_;
      const Status written = Write();
      if (written.ok()) return Finish();
      // Lost, or somebody was there in between: look again, and put away what stands there then.
      const bool look = written.code() == Code::kUnknownOutcome || written.code() == Code::kPreconditionFailed ||
                        written.code() == Code::kAlreadyExists || written.code() == Code::kNotFound;
      if (!look) return written;
    }
    return Status(Code::kUnavailable, "others keep writing this page; restore it again when they have stopped", restored_.page.ToString());
  }

 private:
  const std::string& Blob() const { return std::get<BackUpPage>(backup_.change).blob; }
  ObjectStore& store() const { return *fleet_.pages.at(backup_.store); }

  Status ReadBackup() {
    auto blob = fleet_.state->GetBlob(Blob());
    // The store may have forgotten it since, by rules of its own.
    const std::string elsewhere = kept_as_.empty() ? "" : "; the page's store kept it as version " + kept_as_ + ": bring it back from there, where it still is";
    if (blob.code() == Code::kNotFound) return {Code::kNotFound, blob.status().message() + elsewhere, blob.status().resource()};
    EVENKEEL_ASSIGN_OR_RETURN(restored_.bytes, std::move(blob));
    if (HasDigest(restored_.bytes, std::get<BackUpPage>(backup_.change).sha256)) return OkStatus();
    return {Code::kInvalidArgument, "the backup was changed and is not what the run put away; bring it back from a copy" + elsewhere, restored_.backup};
  }

  // Whether the wanted bytes stand there.
  StatusOr<bool> ReadNow() {
    auto page = store().Get(backup_.resource);
    if (!page.ok() && page.code() != Code::kNotFound) return page.status();
    now_ = page.ok() ? std::optional(*std::move(page)) : std::nullopt;
    restored_.was_there = now_ && now_->bytes == restored_.bytes && !announced_;
    return now_ && now_->bytes == restored_.bytes;
  }

  Status KeepNow() {
    if (!now_) return OkStatus();
    const std::string blob = Blob() + ".before-restore." + Sha256Hex(now_->bytes).substr(0, 12);
    Status put = fleet_.state->PutBlob(blob, now_->bytes);
    if (!put.ok() && put.code() != Code::kUnknownOutcome) return put;
    EVENKEEL_RETURN_IF_ERROR(CheckBackup(fleet_.state->GetBlob(blob), now_->bytes, fleet_.state->BlobLocation(blob)));
    kept_ = blob;
    restored_.kept = fleet_.state->BlobLocation(blob).empty() ? blob : fleet_.state->BlobLocation(blob);
    return OkStatus();
  }

  Status Write() {
    const WriteStamp stamp{run_ + "/restore-" + Sha256Hex(restored_.page.ToString()).substr(0, 8), std::nullopt};
    return now_ ? store().Replace(backup_.resource, restored_.bytes, now_->info.version, stamp).status()
                : store().Create(backup_.resource, restored_.bytes, content_type_, stamp).status();
  }

  Status Note(std::string_view kind) {
    return AppendLine(fleet_, run_, kind,
                      {{"page", restored_.page.ToString()}, {"by", options_.by}, {"backup", Blob()}, {"kept", kept_}});
  }

  StatusOr<Restored> Finish() {
    if (!restored_.was_there) EVENKEEL_RETURN_IF_ERROR(Note(entry::kRestored));
    return restored_;
  }

  Fleet& fleet_;
  const std::string run_;
  const Action& backup_;
  const std::string content_type_, kept_as_;
  const RestoreOptions options_;
  Restored restored_;
  std::optional<Object> now_;
  std::string kept_;
  std::optional<std::string> announced_;  // what the journal says last was put away; nullopt: it says nothing yet
};

}  // namespace

StatusOr<Restored> RestorePage(Fleet& fleet, const std::string& run, const std::string& page, const RestoreOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfRun(fleet, run));
  EVENKEEL_ASSIGN_OR_RETURN(const Action* backup, FindBackup(plan, run, page));
  if (fleet.pages.count(backup->store) == 0)
    return Status(Code::kInvalidArgument, "the fleet has no page store of this name any more", backup->store);
  EVENKEEL_ASSIGN_OR_RETURN(const Journal journal, Journal::Read(*fleet.state, run));
  const RunState state = RunState::Fold(journal.entries());
  const ActionState none, *found = state.Find(backup->id);
  const ActionState& done = found == nullptr ? none : *found;
  return Restoration(fleet, run, *backup, done.content_type.empty() ? "text/html" : done.content_type, done.kept_as, options).Run();
}

}  // namespace evenkeel
