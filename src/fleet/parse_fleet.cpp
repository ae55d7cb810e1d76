// The fleet file as a whole.
#include <string>
#include <string_view>
#include <utility>

#include "digest/sha256.h"
#include "evenkeel/fleet.h"
#include "evenkeel/json.h"
#include "fleet/parse.h"
#include "fleet/section.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr std::string_view kSchema = "evenkeel.fleet/1";

// Before the keys: those of another version are not misspelt.
void CheckSchema(const Json& json, Mistake& mistake) {
  if (!json.is_object()) return;
  const auto schema = json.find("schema");
  if (schema == json.end()) {
    mistake.Report("\"schema\" is missing; a fleet file says \"schema\": \"" + std::string(kSchema) + "\"");
  } else if (*schema != kSchema) {
    mistake.Report("schema is " + FoldSpace(DumpJson(*schema)) + "; this program reads \"" + std::string(kSchema) + "\"");
  }
}

void ParseZone(const Section& top, const ZoneSource& zones, FleetConfig& fleet) {
  fleet.zone = top.RequiredText("zone");
  if (!fleet.zone.empty() && !zones.Has(fleet.zone)) {
    top.mistake().Report("zone: the tz database (" + zones.DatabaseVersion() + ") has no \"" + FoldSpace(fleet.zone) +
                         "\"; write an IANA name like \"America/Los_Angeles\"");
  }
}

// Two machines that share remote stores must share leases and journals, too.
void CheckStateIsShared(const AdapterRegistry& registry, const FleetConfig& fleet, Mistake& mistake) {
  const auto state = registry.states.find(fleet.state.adapter);
  if (fleet.policy.single_host || state == registry.states.end() || state->second.remote) return;
  const auto check = [&](const auto& adapters, const StoreConfig& store) {
    const auto entry = adapters.find(store.adapter);
    if (entry == adapters.end() || !entry->second.remote) return;
    mistake.Report("state: \"" + store.name + "\" is a remote store (" + store.adapter +
                   "), and a state on this machine cannot keep two machines apart; name a remote state, or set "
                   "policy.single_host to true if only this machine ever writes");
  };
  for (const PageStoreConfig& store : fleet.pages) check(registry.pages, store.store);
  for (const RecordStoreConfig& store : fleet.records) check(registry.records, store.store);
  for (const EdgeConfig& store : fleet.edge) check(registry.edge, store.store);
  for (const StoreConfig& store : fleet.calendars) check(registry.calendars, store);
  for (const StoreConfig& store : fleet.listings) check(registry.listings, store);
  for (const BoardConfig& store : fleet.boards) check(registry.boards, store.store);
}

}  // namespace

StatusOr<FleetConfig> ParseFleet(std::string_view text, std::string path, const AdapterRegistry& registry, const ZoneSource& zones) {
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ParseJson(text, path));
  Mistake mistake(path);
  FleetConfig fleet;
  fleet.path = std::move(path);
  fleet.fields = FieldRegistry::BuiltIn();
  CheckSchema(json, mistake);
  const Section top(json, "",
                    {"schema", "zone", "state", "pages", "records", "edge", "calendars", "listings", "boards", "policy", "fields", "features",
                     "limits", "day_first"},
                    mistake);
  ParseZone(top, zones, fleet);
  fleet.day_first = top.Flag("day_first", false);
  ParseLimits(top, fleet);
  ParseFields(top, fleet);
  ParseFeatures(top, fleet);
  ParseStores(top, registry, fleet);
  ParsePolicy(top, fleet);
  CheckStateIsShared(registry, fleet, mistake);
  if (mistake.found()) return mistake.status();
  fleet.fingerprint = "sha256:" + Sha256Hex(DumpJson(json));
  return fleet;
}

}  // namespace evenkeel
