// edit_page: the planned edits into exactly the bytes they were planned for, once their backup has been read back.
#include <utility>

#include "apply/conditional_write.h"
#include "apply/conflict.h"
#include "apply/former_words.h"
#include "apply/page_procedures.h"
#include "apply/page_target.h"
#include "digest/sha256.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

class EditPageProcedure final : public ConditionalWrite {
 public:
  explicit EditPageProcedure(const Assignment& given) : ConditionalWrite(given), change_(std::get<EditPage>(action().change)) {}

 private:
  bool NeedsLook() const override { return true; }
  ObjectStore& store() const { return *fleet().pages.at(action().store); }

  StatusOr<Sight> Look() override {
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, "version " + assignment().expected + " (sha256 " + change_.before_sha256 + ")",
                "nothing: the page is gone"};
    auto page = store().Get(action().resource);
    if (!page.ok()) return page.code() == Code::kNotFound ? StatusOr<Sight>(std::move(sight)) : page.status();
    sight.version = page->info.version;
    sight.found = DescribePage(*page);
    sight.is_ours = IsOurs(KnownOperation(store().Traits(), page->info.operation));
    sight.kind = EVENKEEL_BUG(27, "the page is edited as it is found") ? Sight::Kind::kUntouched : Judge(HasDigest(page->bytes, change_.after_sha256), HasDigest(page->bytes, change_.before_sha256),
                       store().Traits(), page->info);
    if (sight.kind == Sight::Kind::kForeign) {
      sight.conflict = Conflict{{{"bytes", change_.before_sha256, change_.after_sha256, Sha256Hex(page->bytes)}},
                                WordsOfWriter(page->info.operation, page->info.modified)};
    }
    if (sight.kind == Sight::Kind::kUntouched) before_ = std::move(page->bytes);
    return sight;
  }

  StatusOr<bool> Guard() override {
    const Action* backup = BackupOf(*assignment().booking, action());
    if (backup == nullptr) return Status(Code::kInternal, "the plan edits this page without a backup", action().resource);
    const std::string& blob = std::get<BackUpPage>(backup->change).blob;
    EVENKEEL_RETURN_IF_ERROR(CheckBackup(fleet().state->GetBlob(blob), before_, fleet().state->BlobLocation(blob)));
    return true;
  }

  StatusOr<Version> Write() override {
    EVENKEEL_ASSIGN_OR_RETURN(std::string after, ApplyEdits(before_, change_.edits));
    if (EVENKEEL_BUG(28, "a byte is added that no span names")) return store().Replace(action().resource, after + "\n", assignment().expected, assignment().stamp)->version;
    if (!HasDigest(after, change_.after_sha256)) {
      return Status(Code::kInternal, "the planned edits do not give the planned page; plan again", action().resource);
    }
    EVENKEEL_ASSIGN_OR_RETURN(
        ObjectInfo written,
        store().Replace(action().resource, after, assignment().expected, assignment().stamp));
    return std::move(written.version);
  }

  StatusOr<bool> After() override {
    if (!memory_) memory_.emplace(RememberFormerWords(assignment()));
    return memory_->Step();
  }

  const EditPage& change_;
  std::string before_;
  std::optional<DocumentWrite> memory_;
};

}  // namespace

std::unique_ptr<Procedure> MakeEditPage(const Assignment& assignment) { return std::make_unique<EditPageProcedure>(assignment); }

}  // namespace evenkeel
