// retire_page: a page goes (or becomes a redirect) only while everything that makes that safe can be seen to be true: its bytes
// are in the backup, the survivor is live and has every protected feature, and no record of the fleet points at it any more.
// The checks are reads; S3 and a database share no transaction, so they stand as close before the delete as they can, and the
// one that others break most easily, the pointer, stands last.
#include <algorithm>
#include <set>
#include <utility>

#include "apply/conditional_write.h"
#include "apply/page_procedures.h"
#include "apply/page_target.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

class RetirePageProcedure final : public ConditionalWrite {
 public:
  explicit RetirePageProcedure(const Assignment& given)
      : ConditionalWrite(given), change_(std::get<RetirePage>(action().change)) {}

 private:
  enum class Check : unsigned char { kBackup, kSurvivor, kRecords };

  bool NeedsLook() const override { return true; }
  ObjectStore& store() const { return *fleet().pages.at(action().store); }
  Resource page() const { return {ResourceKind::kPage, action().store, action().resource}; }

  StatusOr<Sight> Look() override {
    check_ = Check::kBackup;
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, "version " + assignment().expected + " (sha256 " + change_.sha256 + ")",
                "nothing: the page is gone"};
    auto found = store().Get(action().resource);
    if (!found.ok() && found.code() != Code::kNotFound) return found.status();
    if (!found.ok()) {
      if (!change_.redirect) sight.kind = Sight::Kind::kAsPlanned;
      return sight;
    }
    sight.version = found->info.version;
    sight.found = DescribePage(*found);
    sight.is_ours = IsOurs(KnownOperation(store().Traits(), found->info.operation));
    if (change_.redirect && (found->bytes == change_.redirect_bytes || found->info.operation == assignment().stamp.operation)) {
      sight.kind = Sight::Kind::kAsPlanned;
    } else if (EVENKEEL_BUG(32, "whatever page is found is retired") || (StandsAt(found->info, assignment().expected, assignment()) && HasDigest(found->bytes, change_.sha256))) {
      sight.kind = Sight::Kind::kUntouched;
      bytes_ = std::move(found->bytes);
    }
    return sight;
  }

  StatusOr<bool> Guard() override {
    switch (check_) {
      case Check::kBackup:
        return CheckBackupAndTraits();
      case Check::kSurvivor:
        return CheckSurvivor();
      case Check::kRecords:
        return CheckRecords();
    }
    return true;
  }

  StatusOr<bool> CheckBackupAndTraits() {
    if (!change_.redirect && !store().Traits().unique_versions && !fleet().config.policy.accept_repeating_versions) {
      return Status(Code::kInvalidArgument,
                    "versions in this store may repeat, so a late delete could hit a restored page; retire by redirect, or "
                    "accept the risk in "
                    "the policy (accept_repeating_versions)",
                    page().ToString());
    }
    EVENKEEL_RETURN_IF_ERROR(
        CheckBackup(fleet().state->GetBlob(change_.backup), bytes_, fleet().state->BlobLocation(change_.backup)));
    check_ = Check::kSurvivor;
    if (EVENKEEL_BUG(30, "the page that stays is not looked at before the other goes")) check_ = Check::kRecords, next_store_ = fleet().records.begin();
    return false;
  }

  StatusOr<bool> CheckSurvivor() {
    const auto pages = fleet().pages.find(change_.survivor.store);
    if (pages == fleet().pages.end() || change_.survivor == page()) {
      return Status(Code::kPreconditionFailed, "the plan names no page that survives this one", page().ToString());
    }
    auto survivor = pages->second->Get(change_.survivor.key);
    if (!survivor.ok() && survivor.code() == Code::kNotFound) {
      return Status(Code::kPreconditionFailed, "expected the surviving page to be live; found nothing: it is gone",
                    change_.survivor.ToString());
    }
    if (!survivor.ok()) return survivor.status();
    EVENKEEL_ASSIGN_OR_RETURN(const bool live, IsLivePage(fleet(), *survivor));
    if (!live)
      return Status(Code::kPreconditionFailed, "expected the surviving page to be live; found a redirect",
                    change_.survivor.ToString());
    const std::vector<std::string>& protect = fleet().config.policy.protect;
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> had, FeaturesIn(fleet(), bytes_, protect));
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> has, FeaturesIn(fleet(), survivor->bytes, protect));
    for (const std::string& feature : had) {
      if (std::find(has.begin(), has.end(), feature) != has.end()) continue;
      return Status(Code::kPreconditionFailed,
                    "expected the surviving page to have " + feature + "; it has not, and the page to be retired has",
                    change_.survivor.ToString());
    }
    if (EVENKEEL_BUG(29, "the pointers are not looked at again before a page goes")) return true;
    check_ = Check::kRecords;
    next_store_ = fleet().records.begin();
    cursor_.clear();
    seen_.clear();
    return next_store_ == fleet().records.end();
  }

  // One listing page of one record store at a time.
  StatusOr<bool> CheckRecords() {
    const std::string& name = next_store_->first;
    EVENKEEL_ASSIGN_OR_RETURN(const RecordListing listing, next_store_->second->List(cursor_));
    if (!EVENKEEL_BUG(31, "half a listing of records is enough") && !listing.complete && !assignment().accepts_incomplete) {
      return Status(Code::kUnavailable,
                    "the records could not all be read (" + listing.why_incomplete +
                        "), so nobody knows whether one still points at " + page().ToString() + "; make them readable and run resume, or apply again with --override incomplete_listing",
                    name);
    }
    for (const Record& record : listing.records) {
      const std::vector<Resource> pages = PagesOfRecord(fleet(), name, record);
      if (std::find(pages.begin(), pages.end(), page()) == pages.end()) continue;
      return Status(Code::kPreconditionFailed,
                    "expected no record to point at " + page().ToString() + "; record " + record.key + " (version " +
                        record.version + ") does; plan again",
                    name);
    }
    if (!listing.cursor.empty() && !seen_.insert(listing.cursor).second) {
      return Status(Code::kUnavailable, "the store's listing came back to the same place, so nobody knows whether a record still points at " + page().ToString() + "; run resume", name);
    }
    cursor_ = listing.cursor;
    if (cursor_.empty()) ++next_store_, seen_.clear();
    return next_store_ == fleet().records.end();
  }

  StatusOr<Version> Write() override {
    if (change_.redirect) {
      EVENKEEL_ASSIGN_OR_RETURN(ObjectInfo written, store().Replace(action().resource, change_.redirect_bytes,
                                                                    assignment().expected, assignment().stamp));
      return std::move(written.version);
    }
    EVENKEEL_RETURN_IF_ERROR(store().Delete(action().resource, assignment().expected, assignment().stamp));
    return Version();
  }

  StatusOr<bool> After() override {
    if (EVENKEEL_BUG(63, "a retired page is not remembered")) return true;
    if (!tombstone_) {
      const Tombstone tombstone{page(), change_.survivor, assignment().booking->booking, assignment().run,
                                fleet().environment->Now()};
      tombstone_.emplace(*fleet().state, std::string(kTombstoneKind), IdOf(tombstone), ToJson(tombstone));
    }
    return tombstone_->Step();
  }

  const RetirePage& change_;
  std::string bytes_;
  Check check_ = Check::kBackup;
  std::map<std::string, std::unique_ptr<RecordStore>>::iterator next_store_;
  std::string cursor_;
  std::set<std::string> seen_;  // cursors of this listing
  std::optional<DocumentWrite> tombstone_;
};

}  // namespace

std::unique_ptr<Procedure> MakeRetirePage(const Assignment& assignment) {
  return std::make_unique<RetirePageProcedure>(assignment);
}

}  // namespace evenkeel
