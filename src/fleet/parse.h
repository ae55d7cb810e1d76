// The parts of reading a fleet file, one function a subject. All report to the section's Mistake and go on.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/fleet.h"
#include "fleet/section.h"

namespace evenkeel {

// "fields", "features", "limits", "day_first" of the top level.
void ParseFields(const Section& top, FleetConfig& fleet);
void ParseFeatures(const Section& top, FleetConfig& fleet);
void ParseLimits(const Section& top, FleetConfig& fleet);
// "state", "pages", "records", "edge", "calendars", "listings", "boards". Needs the fields.
void ParseStores(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet);
void ParsePages(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet);
// "policy". Needs the fields, features and stores.
void ParsePolicy(const Section& top, FleetConfig& fleet);

// Names of all stores and fields, for messages.
std::vector<std::string> StoreNames(const FleetConfig& fleet);
std::vector<std::string> PageStoreNames(const FleetConfig& fleet);
std::vector<std::string> FieldNames(const FleetConfig& fleet);

}  // namespace evenkeel
