// The stores of the fleet file, and what they say of each other.
#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "field/forms.h"
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

// A path's brackets must close: what is behind an open one would never be found.
void CheckPath(const Section& section, const std::string& where, const std::string& path) {
  const auto opened = std::count(path.begin(), path.end(), '['), closed = std::count(path.begin(), path.end(), ']');
  if (opened != closed) section.mistake().Report(where + ": \"" + path + "\" has a bracket that does not close; write a path like crew[role=captain].name");
}

void ParseValues(const Section& section, const FieldDefinition& field, FieldMapping& mapping) {
  const Json* values = section.Find("values");
  if (values == nullptr) return;
  const std::string where = section.Where("values");
  if (!values->is_object()) return section.mistake().Report(where + " must be an object of the store's words and what they mean, like { \"CXL\": \"cancelled\" }");
  if (field.name == "page") return section.mistake().Report(where + ": a pointer has no words of its own; leave it out");
  for (const auto& [word, meaning] : values->items()) {
    const bool is_text = meaning.is_string();
    const std::string means = is_text ? meaning.get<std::string>() : std::string();
    const StatusOr<Value> value = ParseValue(field, means);
    if (!is_text || (!means.empty() && !value.ok())) {
      section.mistake().Report(where + "." + word + (is_text ? ": " + value.status().message() : " must be a text"));
    }
    mapping.values[word] = means;
  }
}

// "start_time", or { "path": "start_time", "aliases": …, "form": …, "values": … }.
FieldMapping ParseMapping(const Section& fields, const FieldDefinition& field) {
  const Json& json = *fields.Find(field.name);
  FieldMapping mapping;
  if (!json.is_object()) {
    mapping.path = fields.RequiredText(field.name);
    CheckPath(fields, fields.Where(field.name), mapping.path);
    return mapping;
  }
  const Section section(json, fields.Where(field.name), {"path", "aliases", "form", "values"}, fields.mistake());
  mapping.path = section.RequiredText("path");
  mapping.aliases = section.Texts("aliases", true);
  mapping.form = section.Text("form");
  CheckPath(section, section.Where("path"), mapping.path);
  for (const std::string& alias : mapping.aliases) CheckPath(section, section.Where("aliases"), alias);
  const std::vector<std::string> forms = FormsOf(field.type);
  if (!mapping.form.empty() && forms.empty()) {
    section.mistake().Report(section.Where("form") + ": " + std::string(FieldTypeName(field.type)) + " fields have no forms; leave it out");
  } else if (!mapping.form.empty() && std::find(forms.begin(), forms.end(), mapping.form) == forms.end()) {
    section.mistake().Report(UnknownMessage(section.Where("form"), "form", mapping.form, forms));
  }
  ParseValues(section, field, mapping);
  return mapping;
}

void ParseRecords(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet) {
  const std::vector<const Json*> entries = top.Objects("records");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry entry = ParseEntry(top, "records", i, *entries[i], registry.records, {"pages", "fields"}, fleet);
    RecordStoreConfig records;
    records.store = std::move(entry.store);
    if (const Json* fields = entry.section.Find("fields")) {
      const Section section(*fields, entry.section.Where("fields"), FieldNames(fleet), top.mistake());
      for (const FieldDefinition& field : fleet.fields.fields()) {
        if (section.Has(field.name)) records.fields[field.name] = ParseMapping(section, field);
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
