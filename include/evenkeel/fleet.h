// Fleet: one operator's systems, as the fleet file names them, and the open stores behind those names.
//
// The file's top level: schema, zone, state, pages, records, edge, calendars, listings, boards, policy (see policy.h), and
//   "day_first": true                  numeric dates are day before month
//   "limits":   { "page_bytes": 1000000 }                           any bound of limits.h
//   "fields":   [ { "name": "dock", "type": "place",                a type of field.h: text integer people date local_date_time …
//                   "label": "dock", "group": "", "identifies": false, "decided": true,
//                   "same": [ [ "north", "dock a" ] ] } ]           words that mean the same; all but name and type may be left out
//   "features": [ { "name": "tip-jar", "description": "…",
//                   "evidence": [ { "kind": "element", "element": "a", "attribute": "href", "value": "/tip|/tips", "anchor": true },
//                                 { "kind": "script_token", "value": "tipJar" } ] } ]   kinds: element script_token script_any text
// Every store has name, adapter, and perhaps from (its upstream) and access; every other key is its list's or its adapter's.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "evenkeel/calendar.h"
#include "evenkeel/edge_cache.h"
#include "evenkeel/environment.h"
#include "evenkeel/field.h"
#include "evenkeel/limits.h"
#include "evenkeel/listing.h"
#include "evenkeel/object_store.h"
#include "evenkeel/policy.h"
#include "evenkeel/reading.h"
#include "evenkeel/record_store.h"
#include "evenkeel/state_store.h"
#include "evenkeel/task_board.h"

namespace evenkeel {

// What a store may do with a field. "access": { "captain": ["read", "write", "private", "notifies"], "*": ["read"] }
// An empty list takes both rights away; where neither read nor write is listed beside private or notifies, both stay.
struct FieldAccess {
  bool read = true;
  bool write = true;
  bool is_private = false;  // never shown on a page, in a plan or in a handoff
  bool notifies = false;    // writing it messages people: always needs approval

  friend bool operator==(const FieldAccess&, const FieldAccess&) = default;
};

// What every entry of the fleet file has.
struct StoreConfig {
  std::string name;
  std::string adapter;
  std::string from;                           // the upstream this store is a copy of; empty: independent
  std::map<std::string, FieldAccess> access;  // by field name
  Json settings;                              // the adapter's own keys, and no others

  // Of the field, else of "*", else everything.
  const FieldAccess& AccessOf(const std::string& field) const;
};
struct PageStoreConfig {
  StoreConfig store;
  std::string prefix;                      // "g/"
  std::string slug = "{slug}";             // "{date}-{guest}-{label}"; unnamed parts are matched by [^/]+
  std::string key = "{prefix}{slug}.html"; // how a slug becomes a key; a template of other parts ("guests/{guest}.html") makes the slug of them
  std::vector<std::string> public_forms;   // "https://queenofsandiego.com/g/{slug}.html"
  std::vector<std::string> exclude;        // key prefixes or *-patterns that are not guest pages
};
// Where a field stands in a record, and how. In the fleet file a text is the path alone:
//   "captain": "crew[role=captain].name"
//   "start":   { "path": "trip.start", "aliases": ["start_time"], "form": "minutes" }
//   "status":  { "path": "state", "values": { "CXL": "cancelled", "OK": "confirmed", "-": "" } }
struct FieldMapping {
  std::string path;                           // an attribute's name, or a path into the item; a column may hold the item as JSON text
  std::vector<std::string> aliases;           // other paths, tried in this order where nothing is said at `path`
  std::string form;                           // "12h", "epoch_ms", "DD/MM/YYYY" …: for values that do not tell it; see src/field/forms.h
  std::map<std::string, std::string> values;  // the store's own words → what they mean; "" says nothing

  FieldMapping() = default;
  FieldMapping(std::string where) : path(std::move(where)) {}  // NOLINT(google-explicit-constructor)
  FieldMapping(const char* where) : path(where) {}             // NOLINT(google-explicit-constructor)
  friend bool operator==(const FieldMapping&, const FieldMapping&) = default;
};
struct RecordStoreConfig {
  StoreConfig store;
  std::string pages;                           // the page store its pointers lead to
  std::map<std::string, FieldMapping> fields;  // by field name
};
struct EdgeConfig {
  StoreConfig store;
  std::string pages;
};
struct BoardConfig {
  StoreConfig store;
};

struct FleetConfig {
  std::string path;        // of the fleet file, for messages
  std::string zone;        // IANA, the default of every booking
  StoreConfig state;       // adapter "directory" for a plain path
  std::vector<PageStoreConfig> pages;
  std::vector<RecordStoreConfig> records;
  std::vector<EdgeConfig> edge;
  std::vector<StoreConfig> calendars;
  std::vector<StoreConfig> listings;
  std::vector<BoardConfig> boards;
  Policy policy;
  FieldRegistry fields;
  std::vector<FeatureRule> features;  // of the fleet, besides the built-in catalogue
  bool day_first = false;             // numeric dates are day before month
  Limits limits;
  std::string fingerprint;            // "sha256:…" of the file's canonical JSON: a plan belongs to one fleet file

  const PageStoreConfig* FindPages(std::string_view name) const;
  const RecordStoreConfig* FindRecords(std::string_view name) const;
  const StoreConfig* FindStore(std::string_view name) const;  // any kind
};

// The key of a slug in this page store, and back. SlugOfKey gives nullopt for keys that are not guest pages (or excluded).
std::string KeyOfSlug(const PageStoreConfig& pages, std::string_view slug);
std::optional<std::string> SlugOfKey(const PageStoreConfig& pages, std::string_view key);
// The parts of a slug by the store's template: "date", "guest", "label". A slug may lack the last ones ("2026-05-30-jonathan"). Empty
// when it does not fit; such a page is a guest page all the same.
std::map<std::string, std::string> PartsOfSlug(const PageStoreConfig& pages, std::string_view slug);
// Every public path of a slug ("/g/x", "/g/x.html"), sorted; from the public forms, else from the key.
std::vector<std::string> PublicPaths(const PageStoreConfig& pages, std::string_view slug);

// What an adapter is made with. Borrowed for the store's life.
struct AdapterContext {
  std::string folder;        // of the fleet file: relative paths start here
  std::string state_folder;  // where an adapter keeps locks and counters; never beside the pages
  std::string name;          // of the store, for messages
  std::string zone;          // of the fleet
  Environment* environment = nullptr;
  const ZoneSource* zones = nullptr;
  Limits limits;
  const RecordStoreConfig* records = nullptr;  // for record adapters: the mapping, so that columns can be checked
};

// The adapters a program knows, by name. No global registry: the host fills one (RegisterLocalAdapters) and passes it.
class AdapterRegistry {
 public:
  template <typename Store>
  struct Entry {
    std::vector<std::string> keys;  // the settings it takes, for "unknown key" errors
    bool remote = false;
    std::function<StatusOr<std::unique_ptr<Store>>(const AdapterContext&, const Json& settings)> make;
  };
  std::map<std::string, Entry<ObjectStore>> pages;
  std::map<std::string, Entry<RecordStore>> records;
  std::map<std::string, Entry<EdgeCache>> edge;
  std::map<std::string, Entry<Calendar>> calendars;
  std::map<std::string, Entry<Listing>> listings;
  std::map<std::string, Entry<TaskBoard>> boards;
  std::map<std::string, Entry<StateStore>> states;
};

// directory sqlite log ics manual json, and directory for state. In evenkeel::local.
void RegisterLocalAdapters(AdapterRegistry& registry);

// Reads the text of a fleet file. Pure. kInvalidArgument names the key that is wrong and the nearest known one.
StatusOr<FleetConfig> ParseFleet(std::string_view text, std::string path, const AdapterRegistry& registry, const ZoneSource& zones);

// The open fleet. Stores are created lazily by their adapters: a missing file or table is an error of the first call.
struct Fleet {
  FleetConfig config;
  std::map<std::string, std::unique_ptr<ObjectStore>> pages;
  std::map<std::string, std::unique_ptr<RecordStore>> records;
  std::map<std::string, std::unique_ptr<EdgeCache>> edge;
  std::map<std::string, std::unique_ptr<Calendar>> calendars;
  std::map<std::string, std::unique_ptr<Listing>> listings;
  std::map<std::string, std::unique_ptr<TaskBoard>> boards;
  std::unique_ptr<StateStore> state;
  Environment* environment = nullptr;   // borrowed
  const ZoneSource* zones = nullptr;    // borrowed
};

// Reads the fleet file and makes its stores. `environment` and `zones` must outlive the fleet.
StatusOr<Fleet> OpenFleet(const std::string& path, const AdapterRegistry& registry, Environment& environment, const ZoneSource& zones);
// The same of a fleet file that is in memory already. `path`: where it would stand; relative paths in it start in that folder.
StatusOr<Fleet> OpenFleetText(std::string_view text, const std::string& path, const AdapterRegistry& registry, Environment& environment,
                              const ZoneSource& zones);

}  // namespace evenkeel
