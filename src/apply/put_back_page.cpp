// The way back of edit_page and retire_page: the backed-up bytes over what the run made of the page, or where it made nothing of it.
#include <utility>

#include "apply/conditional_write.h"
#include "apply/conflict.h"
#include "apply/memory_sweep.h"
#include "apply/page_procedures.h"
#include "apply/page_target.h"
#include "digest/sha256.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// The page before and after the action. `after`: nullopt: deleted.
struct Passage {
  std::string before;
  std::optional<std::string> after;
  std::string blob;
};

Passage PassageOf(const Assignment& assignment) {
  const Action& action = *assignment.action;
  if (const auto* edit = std::get_if<EditPage>(&action.change)) {
    const Action* backup = BackupOf(*assignment.booking, action);
    return {edit->before_sha256, edit->after_sha256, backup == nullptr ? "" : std::get<BackUpPage>(backup->change).blob};
  }
  const RetirePage& retire = std::get<RetirePage>(action.change);
  return {retire.sha256, retire.redirect ? std::optional(Sha256Hex(retire.redirect_bytes)) : std::nullopt, retire.backup};
}

class PutBackPageProcedure final : public ConditionalWrite {
 public:
  explicit PutBackPageProcedure(const Assignment& given) : ConditionalWrite(given), passage_(PassageOf(given)) {}

 private:
  bool NeedsLook() const override { return true; }
  // That nothing is there is no version that would be used up: it holds again when somebody deletes what stands there.
  bool MayHoldAgain(bool /*is_ours*/) const override { return !passage_.after; }
  ObjectStore& store() const { return *fleet().pages.at(action().store); }

  StatusOr<Sight> Look() override {
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, Expected(), "nothing: the page is gone"};
    auto page = store().Get(action().resource);
    if (!page.ok() && page.code() != Code::kNotFound) return page.status();
    is_there_ = page.ok();
    if (!is_there_) {
      if (!passage_.after) sight.kind = Sight::Kind::kUntouched;
      return sight;
    }
    sight.version = page->info.version;
    sight.found = DescribePage(*page);
    sight.is_ours = IsOurs(KnownOperation(store().Traits(), page->info.operation));
    sight.kind = Judge(HasDigest(page->bytes, passage_.before), passage_.after && HasDigest(page->bytes, *passage_.after), store().Traits(), page->info);
    if (sight.kind == Sight::Kind::kForeign) {
      sight.conflict = Conflict{{{"bytes", passage_.after.value_or(""), passage_.before, Sha256Hex(page->bytes)}},
                                WordsOfWriter(page->info.operation, page->info.modified)};
    }
    return sight;
  }

  std::string Expected() const {
    if (!passage_.after) return "nothing: this run deleted the page";
    const std::string version = assignment().expected.empty() ? "any version" : "version " + assignment().expected;
    return version + " (sha256 " + *passage_.after + ")";
  }

  StatusOr<bool> Guard() override {
    auto blob = fleet().state->GetBlob(passage_.blob);
    if (!blob.ok() && blob.code() != Code::kNotFound) return blob.status();
    if (!blob.ok() || !HasDigest(*blob, passage_.before)) {
      return Status(Code::kPreconditionFailed, "the backup does not hold the page's former bytes any more, so the page stays as it is now",
                    fleet().state->BlobLocation(passage_.blob));
    }
    bytes_ = EVENKEEL_BUG(87, "a page comes back empty") ? "" : *std::move(blob);
    return true;
  }

  StatusOr<Version> Write() override {
    const std::string& key = action().resource;
    const std::string type = assignment().content_type.empty() ? "text/html" : assignment().content_type;
    EVENKEEL_ASSIGN_OR_RETURN(ObjectInfo written, is_there_ ? store().Replace(key, bytes_, assignment().expected, assignment().stamp)
                                                            : store().Create(key, bytes_, type, assignment().stamp));
    return std::move(written.version);
  }

  // The page lives: nothing may say that it was retired.
  StatusOr<bool> After() override {
    if (action().verb != Verb::kRetirePage) return true;
    if (!removal_) removal_.emplace(RemovalOfTombstone(fleet(), *assignment().booking, action(), assignment().run, true));
    return removal_->Step();
  }

  const Passage passage_;
  bool is_there_ = false;
  std::string bytes_;
  std::optional<DocumentRemoval> removal_;
};

}  // namespace

std::unique_ptr<Procedure> MakePutBackPage(const Assignment& assignment) { return std::make_unique<PutBackPageProcedure>(assignment); }

}  // namespace evenkeel
