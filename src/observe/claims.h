// Claims out of readings: what a page or a text says, as fields of the registry.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/snapshot.h"

namespace evenkeel {

// Adds claims to one observed resource, field by field, as far as the store lets the field be read.
class Claimant {
 public:
  // Borrowed for the claimant's life.
  Claimant(const FleetConfig& fleet, const StoreConfig& store, Observed& observed, const ZoneSource& zones)
      : fleet_(fleet), store_(store), observed_(observed), zones_(zones) {}

  bool MayRead(const std::string& field) const { return store_.AccessOf(field).read; }
  void Claim(const std::string& field, Value value, Evidence evidence);
  void Doubt(const std::string& field, Evidence evidence, std::string why);
  // Not when the field of that name may not be read.
  void Identify(const std::string& kind, const std::string& value, std::string where);
  // An attribute that states a field. Silence makes no claim; what cannot be read makes a doubt. The value, when there is one. `name`
  // is where it stands; `mapping` what the fleet file says of it.
  std::optional<Value> Attribute(const std::string& field, const Json& attribute, const std::string& name, const FieldMapping& mapping = {});
  // The date that a start holds itself ("2026-05-30T15:30", an epoch): it is stated too, unless the date of its own says the same.
  void DateOfStart();
  // Everything that a reading says of a booking. `attribute` is the text's name, empty for a page.
  void Reading(const evenkeel::Reading& reading, const std::string& attribute);
  // A short text ("summary", "title"), read by the page's grammar. `date` anchors weekdays.
  void Text(std::string_view text, const std::string& attribute, const std::optional<Date>& date);

  const FleetConfig& fleet() const { return fleet_; }
  const ZoneSource& zones() const { return zones_; }

 private:
  void Time(const TimeReference& time, const std::string& attribute);
  void BoundDate(const TimeReference& time, const evenkeel::Reading& reading, const std::string& attribute);

  const FleetConfig& fleet_;
  const StoreConfig& store_;
  Observed& observed_;
  const ZoneSource& zones_;
};

ReadOptions OptionsFor(const FleetConfig& fleet, const ZoneSource& zones, const std::optional<Date>& date);
// Puts claims and identifiers in an order that does not depend on how they were found, each once.
void SortObserved(Observed& observed);

}  // namespace evenkeel
