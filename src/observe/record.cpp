// What a record claims.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "evenkeel/snapshot.h"
#include "observe/attribute_value.h"
#include "observe/claims.h"
#include "observe/mapped_attribute.h"
#include "observe/pointer.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// A record with a date and clock times means that date; an end before the start is on the next day.
void BindDates(Observed& observed) {
  std::optional<Date> day;
  std::optional<int> start;
  for (const Claim& claim : observed.claims) {
    if (claim.field == "date" && !day) day = std::get<Date>(claim.value);
    if (claim.field == "start") start = std::get<LocalDateTime>(claim.value).minutes;
  }
  if (!day) return;
  for (Claim& claim : observed.claims) {
    if (claim.field != "start" && claim.field != "end" && claim.field != "arrival") continue;
    auto& time = std::get<LocalDateTime>(claim.value);
    if (time.date) continue;
    const bool next_day = claim.field == "end" && start && time.minutes <= *start;
    time.date = next_day ? Date(date::sys_days(*day) + date::days(1)) : *day;
  }
}

// An end at the start's clock, without a date, may be no time, a whole day, or a column that nobody filled in.
void DoubtEmptyEnd(Claimant& claimant, Observed& observed) {
  const auto claim_of = [&](const char* field) {
    return std::find_if(observed.claims.begin(), observed.claims.end(), [&](const Claim& claim) { return claim.field == field; });
  };
  const auto start = claim_of("start"), end = claim_of("end");
  if (start == observed.claims.end() || end == observed.claims.end()) return;
  const auto& time = std::get<LocalDateTime>(end->value);
  if (time.date || time.minutes != std::get<LocalDateTime>(start->value).minutes) return;
  claimant.Doubt("end", end->evidence, "it is the start's time, and whether that is no time or a whole day nobody can tell");
  observed.claims.erase(end);
}

void IdentifyBy(Claimant& claimant, const FieldDefinition& field, const Value& value, const std::string& where) {
  // The kinds of PageIdentifier are names of fields; other identifying fields of the fleet tie by their own name.
  if (field.identifies || field.name == "date") claimant.Identify(field.name, FormatValue(value), where);
}

void PointTo(Claimant& claimant, const RecordStoreConfig& store, const Json& attribute, const std::string& name) {
  const PageStoreConfig* pages = claimant.fleet().FindPages(store.pages);
  if (pages == nullptr || IsSilent(attribute)) return;
  const std::string text = TextOfAttribute(attribute);
  const auto slug = SlugOfPointer(*pages, text);
  // A pointer that no page could ever have still points, to nothing.
  claimant.Identify("page", store.pages + ":" + (slug ? KeyOfSlug(*pages, *slug) : FoldSpace(text)), "column " + name);
}

}  // namespace

Observed ObserveRecord(const FleetConfig& fleet, const RecordStoreConfig& store, Record record, const ZoneSource& zones) {
  Observed observed;
  observed.resource = {ResourceKind::kRecord, store.store.name, record.key};
  observed.version = record.version;
  Claimant claimant(fleet, store.store, observed, zones);
  if (const auto updated = store.fields.find("updated"); updated != store.fields.end() && claimant.MayRead("updated")) {
    const auto attribute = FindMapped(record.attributes, updated->second);
    const StatusOr<Value> value = attribute ? ReadAttribute(*fleet.fields.Find("updated"), attribute->value, fleet.zone, zones, updated->second.form)
                                            : StatusOr<Value>(Status(Code::kNotFound, "the record does not say"));
    if (value.ok()) observed.modified = std::get<Instant>(*value);
  }
  for (const auto& [field, mapping] : store.fields) {
    const std::optional<MappedAttribute> attribute = FindMapped(record.attributes, mapping);
    if (!attribute) continue;
    const FieldDefinition* definition = fleet.fields.Find(field);
    const auto value = claimant.Attribute(field, attribute->value, attribute->path, mapping);
    if (field == "page") PointTo(claimant, store, attribute->value, attribute->path);
    if (value && definition != nullptr) IdentifyBy(claimant, *definition, *value, "column " + attribute->path);
  }
  claimant.DateOfStart();
  DoubtEmptyEnd(claimant, observed);
  BindDates(observed);
  observed.record = std::move(record);
  SortObserved(observed);
  return observed;
}

}  // namespace evenkeel
