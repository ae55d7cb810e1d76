// What a marketplace's listing claims.
#include <string>
#include <utility>

#include "evenkeel/snapshot.h"
#include "observe/attribute_value.h"
#include "observe/claims.h"

namespace evenkeel {

Observed ObserveListing(const FleetConfig& fleet, const StoreConfig& store, ListingEntry entry, const ZoneSource& zones) {
  Observed observed;
  observed.resource = {ResourceKind::kListing, store.name, entry.id};
  observed.version = entry.version;
  Claimant claimant(fleet, store, observed, zones);
  claimant.Identify("listing", entry.id, "id");
  std::optional<Date> day;
  for (const FieldDefinition& field : fleet.fields.fields()) {
    const auto attribute = entry.attributes.find(field.name);
    if (attribute == entry.attributes.end()) continue;
    const auto value = claimant.Attribute(field.name, attribute->second, field.name);
    if (!value) continue;
    if (field.identifies || field.name == "date") claimant.Identify(field.name, FormatValue(*value), field.name);
    if (field.name == "date") day = std::get<Date>(*value);
    if (field.name == "updated") observed.modified = std::get<Instant>(*value);
  }
  claimant.DateOfStart();
  if (const auto title = entry.attributes.find("title"); title != entry.attributes.end() && title->second.is_string()) {
    claimant.Text(title->second.get_ref<const std::string&>(), "title", day);
  }
  observed.listing = std::move(entry);
  SortObserved(observed);
  return observed;
}

}  // namespace evenkeel
