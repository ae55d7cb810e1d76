#include <string>
#include <string_view>

#include "evenkeel/fleet.h"

namespace evenkeel {

const FieldAccess& StoreConfig::AccessOf(const std::string& field) const {
  static const FieldAccess kEverything;
  if (const auto own = access.find(field); own != access.end()) return own->second;
  const auto all = access.find("*");
  return all == access.end() ? kEverything : all->second;
}

const PageStoreConfig* FleetConfig::FindPages(std::string_view name) const {
  for (const PageStoreConfig& store : pages) {
    if (store.store.name == name) return &store;
  }
  return nullptr;
}

const RecordStoreConfig* FleetConfig::FindRecords(std::string_view name) const {
  for (const RecordStoreConfig& store : records) {
    if (store.store.name == name) return &store;
  }
  return nullptr;
}

const StoreConfig* FleetConfig::FindStore(std::string_view name) const {
  if (const PageStoreConfig* store = FindPages(name)) return &store->store;
  if (const RecordStoreConfig* store = FindRecords(name)) return &store->store;
  for (const EdgeConfig& store : edge) {
    if (store.store.name == name) return &store.store;
  }
  for (const StoreConfig& store : calendars) {
    if (store.name == name) return &store;
  }
  for (const StoreConfig& store : listings) {
    if (store.name == name) return &store;
  }
  for (const BoardConfig& store : boards) {
    if (store.store.name == name) return &store.store;
  }
  return nullptr;
}

}  // namespace evenkeel
