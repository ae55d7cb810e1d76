// One entry of a list of stores in the fleet file: the keys that every store has, and those of its adapter.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "evenkeel/fleet.h"
#include "fleet/section.h"
#include "text/fold.h"

namespace evenkeel {

template <typename Adapters>
std::vector<std::string> NamesOf(const Adapters& adapters) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : adapters) names.push_back(name);
  return names;
}

// One entry of a list of stores: its section, with the keys of its adapter known, and the common part of its configuration.
struct Entry {
  Section section;
  StoreConfig store;
};

// Name, adapter, upstream and rights. The settings are there already.
Entry FinishEntry(Section section, StoreConfig store, const FleetConfig& fleet);

// `list` is "pages", `known` the keys that this list has besides the common ones and the adapter's.
template <typename Adapters>
Entry ParseEntry(const Section& top, const char* list, std::size_t index, const Json& json, const Adapters& adapters,
                 std::vector<std::string> known, const FleetConfig& fleet) {
  const std::string where = top.WhereAt(list, index);
  StoreConfig store;
  const auto adapter = json.is_object() ? json.find("adapter") : json.end();
  const bool named = json.is_object() && adapter != json.end() && adapter->is_string();
  const auto entry = named ? adapters.find(adapter->get<std::string>()) : adapters.end();
  if (json.is_object() && adapter == json.end()) {
    top.mistake().Report(where + ": \"adapter\" is missing; known: " + JoinWords(NamesOf(adapters)));
  }
  if (named && entry == adapters.end()) {
    top.mistake().Report(UnknownMessage(where + ".adapter", std::string("adapter for ") + list, adapter->get<std::string>(), NamesOf(adapters)));
  }
  for (const char* key : {"name", "adapter", "from", "access"}) known.emplace_back(key);
  if (entry != adapters.end()) {
    for (const std::string& key : entry->second.keys) {
      // A key that the list gives a meaning of its own is not the adapter's.
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      known.push_back(key);
      if (json.contains(key)) store.settings[key] = json.at(key);
    }
  }
  if (store.settings.is_null()) store.settings = Json::object();
  return FinishEntry(Section(json, where, known, top.mistake()), std::move(store), fleet);
}

}  // namespace evenkeel
