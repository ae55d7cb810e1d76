#include "apply/page_target.h"

#include <algorithm>

#include "digest/sha256.h"
#include "lease/fencing.h"

namespace evenkeel {
namespace {

ReadOptions OptionsOf(const Fleet& fleet) {
  ReadOptions options;
  options.zone = fleet.config.zone;
  options.zones = fleet.zones;
  options.extra_features = fleet.config.features;
  options.day_first = fleet.config.day_first;
  options.limits = fleet.config.limits;
  return options;
}

}  // namespace

bool HasDigest(std::string_view bytes, std::string_view digest) {
  constexpr std::string_view kPrefix = "sha256:";
  if (digest.starts_with(kPrefix)) digest.remove_prefix(kPrefix.size());
  return Sha256Hex(bytes) == digest;
}

bool StandsAt(const ObjectInfo& page, const Version& version, const Assignment& assignment) {
  if (page.version == version) return true;
  const StoreTraits traits = assignment.fleet->pages.at(assignment.action->store)->Traits();
  if (!assignment.stamp.fence || !traits.unique_versions || !traits.keeps_operations) return false;
  const std::vector<Version> had = RewrittenFrom(page.operation, *assignment.stamp.fence);
  return std::find(had.begin(), had.end(), version) != had.end();
}

std::string DescribePage(const Object& object) {
  return "version " + object.info.version + " (" + std::to_string(object.bytes.size()) + " bytes, sha256 " +
         Sha256Hex(object.bytes).substr(0, 12) + "…)";
}

const Action* BackupOf(const BookingPlan& booking, const Action& action) {
  for (const Action& other : booking.actions) {
    if (other.verb == Verb::kBackUpPage && other.store == action.store && other.resource == action.resource) return &other;
  }
  return nullptr;
}

Status CheckBackup(const StatusOr<std::string>& blob, std::string_view bytes, const std::string& location) {
  if (!blob.ok()) {
    if (blob.code() != Code::kNotFound) return blob.status();
    return Status(Code::kPreconditionFailed, "the backup is gone, so the page stays as it is; plan again", location);
  }
  if (*blob == bytes) return OkStatus();
  return Status(Code::kPreconditionFailed, "the backup does not hold the page's bytes, so the page stays as it is; plan again",
                location);
}

StatusOr<std::vector<std::string>> FeaturesIn(const Fleet& fleet, std::string_view bytes,
                                              const std::vector<std::string>& features) {
  EVENKEEL_ASSIGN_OR_RETURN(const Reading reading, ReadPage(bytes, OptionsOf(fleet)));
  std::vector<std::string> found;
  for (const Feature& feature : reading.features) {
    if (feature.complete && std::find(features.begin(), features.end(), feature.name) != features.end())
      found.push_back(feature.name);
  }
  return found;
}

StatusOr<bool> IsLivePage(const Fleet& fleet, const Object& page) {
  if (!page.info.redirect_to.empty()) return false;
  EVENKEEL_ASSIGN_OR_RETURN(const Reading reading, ReadPage(page.bytes, OptionsOf(fleet)));
  return reading.redirect_to.empty();
}

std::vector<Resource> PagesOfRecord(const Fleet& fleet, const std::string& store, const Record& record) {
  std::vector<Resource> pages;
  const RecordStoreConfig* config = fleet.config.FindRecords(store);
  if (config == nullptr) return pages;
  // The same code that observes decides what a pointer means, so that apply and audit cannot disagree about it.
  const Observed observed = ObserveRecord(fleet.config, *config, record, *fleet.zones);
  for (const Identifier& identifier : observed.identifiers) {
    const std::size_t colon = identifier.value.find(':');
    if (identifier.kind != "page" || colon == std::string::npos) continue;
    pages.push_back({ResourceKind::kPage, identifier.value.substr(0, colon), identifier.value.substr(colon + 1)});
  }
  return pages;
}

}  // namespace evenkeel
