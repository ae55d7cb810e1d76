// The stores of the fleet file, and what they say of each other.
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/entry.h"
#include "fleet/parse.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// The page store that "pages" names; the only one where it names none.
std::string ParsePagesReference(const Section& section, const FleetConfig& fleet) {
  const std::string name = section.Text("pages");
  if (name.empty() && fleet.pages.size() == 1) return fleet.pages.front().store.name;
  if (name.empty() && fleet.pages.size() > 1) {
    section.mistake().Report(section.Where("pages") + " is missing, and there are several page stores: " + JoinWords(PageStoreNames(fleet)));
  }
  if (!name.empty() && fleet.FindPages(name) == nullptr) {
    section.mistake().Report(UnknownMessage(section.Where("pages"), "page store", name, PageStoreNames(fleet)));
  }
  return name;
}

void ParseRecords(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet) {
  const std::vector<const Json*> entries = top.Objects("records");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry entry = ParseEntry(top, "records", i, *entries[i], registry.records, {"pages", "fields"}, fleet);
    RecordStoreConfig records;
    records.store = std::move(entry.store);
    if (const Json* fields = entry.section.Find("fields")) {
      const Section section(*fields, entry.section.Where("fields"), FieldNames(fleet), top.mistake());
      for (const std::string& field : FieldNames(fleet)) {
        if (section.Has(field)) records.fields[field] = section.RequiredText(field);
      }
    }
    if (records.fields.empty()) {
      top.mistake().Report(entry.section.Where("fields") + " must map at least one field to an attribute, like { \"start\": \"start_time\" }");
    }
    if (records.fields.contains("page") || entry.section.Has("pages")) records.pages = ParsePagesReference(entry.section, fleet);
    if (records.fields.contains("page") && fleet.pages.empty()) {
      top.mistake().Report(entry.section.Where("fields.page") + ": the fleet has no page store that a record could point to");
    }
    fleet.records.push_back(std::move(records));
  }
}

template <typename Adapters, typename Config, typename Store>
void ParsePlain(const Section& top, const char* list, const Adapters& adapters, const FleetConfig& fleet, std::vector<Config>& into, Store store_of) {
  const std::vector<const Json*> entries = top.Objects(list);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Config config;
    store_of(config) = ParseEntry(top, list, i, *entries[i], adapters, {}, fleet).store;
    into.push_back(std::move(config));
  }
}

void ParseEdge(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet) {
  const std::vector<const Json*> entries = top.Objects("edge");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry entry = ParseEntry(top, "edge", i, *entries[i], registry.edge, {"pages"}, fleet);
    if (fleet.pages.empty()) top.mistake().Report(top.WhereAt("edge", i) + ": the fleet has no page store that this cache could stand before");
    std::string pages = ParsePagesReference(entry.section, fleet);
    fleet.edge.push_back({std::move(entry.store), std::move(pages)});
  }
}

void ParseState(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet) {
  fleet.state.name = "state";
  fleet.state.settings = Json::object();
  const Json* state = top.Find("state");
  if (state == nullptr || state->is_string()) {
    fleet.state.adapter = "directory";
    fleet.state.settings["path"] = top.RequiredText("state");
    return;
  }
  const auto adapter = state->is_object() ? state->find("adapter") : state->end();
  const bool named = state->is_object() && adapter != state->end() && adapter->is_string();
  const auto entry = named ? registry.states.find(adapter->get<std::string>()) : registry.states.end();
  if (state->is_object() && adapter == state->end()) {
    top.mistake().Report("state: \"adapter\" is missing; known: " + JoinWords(NamesOf(registry.states)));
  }
  if (named && entry == registry.states.end()) {
    top.mistake().Report(UnknownMessage("state.adapter", "adapter for state", adapter->get<std::string>(), NamesOf(registry.states)));
  }
  std::vector<std::string> known = {"adapter"};
  if (entry != registry.states.end()) known.insert(known.end(), entry->second.keys.begin(), entry->second.keys.end());
  const Section section(*state, "state", known, top.mistake());
  fleet.state.adapter = section.RequiredText("adapter");
  for (const std::string& key : known) {
    if (key != "adapter" && section.Has(key)) fleet.state.settings[key] = *section.Find(key);
  }
}

void CheckStoreNames(const Section& top, const FleetConfig& fleet) {
  std::set<std::string> seen = {};
  for (const std::string& name : StoreNames(fleet)) {
    if (!name.empty() && !seen.insert(name).second) {
      top.mistake().Report("two stores are named \"" + name + "\"; give each its own name");
    }
  }
}

// Every upstream exists, and no store is a copy of itself by any way round.
void CheckUpstreams(const Section& top, const FleetConfig& fleet) {
  for (const std::string& name : StoreNames(fleet)) {
    std::set<std::string> seen = {name};
    for (const StoreConfig* store = fleet.FindStore(name); store != nullptr && !store->from.empty();) {
      const StoreConfig* upstream = fleet.FindStore(store->from);
      if (upstream == nullptr) {
        top.mistake().Report(UnknownMessage(store->name + ".from", "store", store->from, StoreNames(fleet)));
      } else if (!seen.insert(store->from).second) {
        top.mistake().Report(store->name + ".from: \"" + store->from + "\" is a copy of itself; one of them must be the first");
        return;
      }
      store = upstream;
    }
  }
}

}  // namespace

std::vector<std::string> PageStoreNames(const FleetConfig& fleet) {
  std::vector<std::string> names;
  for (const PageStoreConfig& store : fleet.pages) names.push_back(store.store.name);
  return names;
}

std::vector<std::string> StoreNames(const FleetConfig& fleet) {
  std::vector<std::string> names = PageStoreNames(fleet);
  for (const RecordStoreConfig& store : fleet.records) names.push_back(store.store.name);
  for (const EdgeConfig& store : fleet.edge) names.push_back(store.store.name);
  for (const StoreConfig& store : fleet.calendars) names.push_back(store.name);
  for (const StoreConfig& store : fleet.listings) names.push_back(store.name);
  for (const BoardConfig& store : fleet.boards) names.push_back(store.store.name);
  return names;
}

void ParseStores(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet) {
  ParseState(top, registry, fleet);
  ParsePages(top, registry, fleet);
  ParseRecords(top, registry, fleet);
  ParseEdge(top, registry, fleet);
  ParsePlain(top, "calendars", registry.calendars, fleet, fleet.calendars, [](StoreConfig& store) -> StoreConfig& { return store; });
  ParsePlain(top, "listings", registry.listings, fleet, fleet.listings, [](StoreConfig& store) -> StoreConfig& { return store; });
  ParsePlain(top, "boards", registry.boards, fleet, fleet.boards, [](BoardConfig& board) -> StoreConfig& { return board.store; });
  CheckStoreNames(top, fleet);
  CheckUpstreams(top, fleet);
}

}  // namespace evenkeel
