// back_up_page: read the page, check that it is the one the plan saw, put its bytes away, read them back, compare.
#include <utility>

#include "apply/page_procedures.h"
#include "apply/page_target.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

class BackUpPageProcedure final : public Procedure {
 public:
  explicit BackUpPageProcedure(Assignment assignment)
      : assignment_(std::move(assignment)), change_(std::get<BackUpPage>(assignment_.action->change)) {
    if (assignment_.was_attempted) stage_ = Stage::kLook;
  }

  std::optional<Settled> Step() override {
    switch (stage_) {
      case Stage::kLook:
        return Look();
      case Stage::kRead:
        return ReadPageBytes();
      case Stage::kPut:
        return Put();
      case Stage::kCompare:
        return Compare();
    }
    return std::nullopt;
  }

 private:
  enum class Stage : unsigned char { kLook, kRead, kPut, kCompare };

  StateStore& state() const { return *assignment_.fleet->state; }

  std::optional<Settled> Look() {
    auto blob = state().GetBlob(change_.blob);
    is_put_away_ = blob.ok() && HasDigest(*blob, change_.sha256);
    if (!blob.ok() && blob.code() != Code::kNotFound) return Settled{Outcome::kUnknown, blob.status().ToString(), ""};
    stage_ = Stage::kRead;
    return std::nullopt;
  }

  std::optional<Settled> ReadPageBytes() {
    const Action& action = *assignment_.action;
    auto page = assignment_.fleet->pages.at(action.store)->Get(action.resource);
    if (is_put_away_) {
      // The type that a page comes back with, where the page is still the one.
      if (page.ok() && HasDigest(page->bytes, change_.sha256)) return PutAway(Outcome::kAlreadyDone, page->info);
      return Settled{Outcome::kAlreadyDone, Where(), ""};
    }
    if (!page.ok() && page.code() == Code::kNotFound) return Conflict("nothing: the page is gone");
    if (!page.ok()) return Settled{Outcome::kFailed, page.status().ToString(), ""};
    const bool same_version = assignment_.expected.empty() || StandsAt(page->info, assignment_.expected, assignment_);
    if (!same_version || !HasDigest(page->bytes, change_.sha256)) return Conflict(DescribePage(*page));
    bytes_ = std::move(page->bytes);
    info_ = std::move(page->info);
    stage_ = Stage::kPut;
    return std::nullopt;
  }

  std::optional<Settled> Put() {
    const Status put = state().PutBlob(change_.blob, EVENKEEL_BUG(26, "an empty backup is made") ? "" : bytes_);
    if (put.code() == Code::kAlreadyExists) {
      return Settled{Outcome::kFailed, "a backup with other bytes has this name: " + put.ToString() + "; plan again", ""};
    }
    if (!put.ok() && put.code() != Code::kUnknownOutcome) return Settled{Outcome::kFailed, put.ToString(), ""};
    if (EVENKEEL_BUG(25, "a backup is not read back")) return Settled{Outcome::kDone, Where(), ""};
    stage_ = Stage::kCompare;
    return std::nullopt;
  }

  std::optional<Settled> Compare() {
    auto blob = state().GetBlob(change_.blob);
    // The put's reply was lost and it never landed: putting the same bytes again is no second effect.
    if (!blob.ok() && blob.code() == Code::kNotFound && puts_++ < kPutsMax) {
      stage_ = Stage::kPut;
      return std::nullopt;
    }
    if (!blob.ok()) return Settled{Outcome::kUnknown, blob.status().ToString(), ""};
    if (*blob != bytes_) return Settled{Outcome::kFailed, "the backup read back differs from the page: " + Where(), ""};
    return PutAway(Outcome::kDone, info_);
  }

  Settled PutAway(Outcome outcome, const ObjectInfo& info) const {
    Settled settled{outcome, Where(), ""};
    settled.facts["content_type"] = info.content_type;
    if (info.kept_as.empty()) return settled;
    settled.facts["kept_as"] = info.kept_as;
    settled.detail += "; the store keeps the page as version " + info.kept_as + ", too";
    return settled;
  }

  Settled Conflict(const std::string& found) const {
    const std::string expected = "sha256 " + change_.sha256;
    Settled settled{Outcome::kConflict, "expected " + expected + "; found " + found + "; plan again", ""};
    settled.facts = {{"expected", expected}, {"found", found}};
    return settled;
  }
  std::string Where() const { return state().BlobLocation(change_.blob); }

  static constexpr int kPutsMax = 2;

  Assignment assignment_;
  const BackUpPage& change_;
  Stage stage_ = Stage::kRead;
  bool is_put_away_ = false;  // by an attempt that was cut off
  std::string bytes_;
  ObjectInfo info_;
  int puts_ = 0;
};

}  // namespace

std::unique_ptr<Procedure> MakeBackUpPage(const Assignment& assignment) {
  return std::make_unique<BackUpPageProcedure>(assignment);
}

}  // namespace evenkeel
