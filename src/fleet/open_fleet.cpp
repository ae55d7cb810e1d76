// The fleet file's stores, made by their adapters.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "evenkeel/fleet.h"

namespace evenkeel {
namespace {

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string Under(const std::string& folder, const std::string& path) {
  return path.starts_with('/') ? path : (folder.ends_with('/') ? folder : folder + "/") + path;
}

// Locks and counters of adapters stay on this machine even where the state itself is remote.
std::string StateFolder(const FleetConfig& config, const std::string& folder) {
  const auto path = config.state.settings.find("path");
  const bool named = config.state.adapter == "directory" && path != config.state.settings.end() && path->is_string();
  return Under(folder, named ? path->get<std::string>() : "state");
}

template <typename Store>
Status Make(const std::map<std::string, AdapterRegistry::Entry<Store>>& adapters, const StoreConfig& config, AdapterContext context,
            std::unique_ptr<Store>& into) {
  const auto entry = adapters.find(config.adapter);
  if (entry == adapters.end()) return Status(Code::kInternal, "the adapter \"" + config.adapter + "\" is not registered", config.name);
  context.name = config.name;
  auto made = entry->second.make(context, config.settings);
  if (!made.ok()) return made.status();
  into = *std::move(made);
  return OkStatus();
}

Status MakeStores(const AdapterRegistry& registry, const AdapterContext& context, Fleet& fleet) {
  const FleetConfig& config = fleet.config;
  EVENKEEL_RETURN_IF_ERROR(Make(registry.states, config.state, context, fleet.state));
  for (const auto& store : config.pages) EVENKEEL_RETURN_IF_ERROR(Make(registry.pages, store.store, context, fleet.pages[store.store.name]));
  for (const auto& store : config.records) {
    AdapterContext with_mapping = context;
    with_mapping.records = &store;  // stays where it is when the fleet is moved: the vector's elements move with it
    EVENKEEL_RETURN_IF_ERROR(Make(registry.records, store.store, with_mapping, fleet.records[store.store.name]));
  }
  for (const auto& store : config.edge) EVENKEEL_RETURN_IF_ERROR(Make(registry.edge, store.store, context, fleet.edge[store.store.name]));
  for (const auto& store : config.calendars) EVENKEEL_RETURN_IF_ERROR(Make(registry.calendars, store, context, fleet.calendars[store.name]));
  for (const auto& store : config.listings) EVENKEEL_RETURN_IF_ERROR(Make(registry.listings, store, context, fleet.listings[store.name]));
  for (const auto& store : config.boards) EVENKEEL_RETURN_IF_ERROR(Make(registry.boards, store.store, context, fleet.boards[store.store.name]));
  return OkStatus();
}

}  // namespace

StatusOr<Fleet> OpenFleet(const std::string& path, const AdapterRegistry& registry, Environment& environment, const ZoneSource& zones) {
  const auto text = environment.files().Read(path, Limits{}.json_bytes);
  if (text.code() == Code::kNotFound) return Status(Code::kNotFound, "there is no such fleet file; name the fleet.json of your fleet", path);
  EVENKEEL_RETURN_IF_ERROR(text.status());
  return OpenFleetText(*text, path, registry, environment, zones);
}

StatusOr<Fleet> OpenFleetText(std::string_view text, const std::string& path, const AdapterRegistry& registry, Environment& environment,
                              const ZoneSource& zones) {
  Fleet fleet;
  EVENKEEL_ASSIGN_OR_RETURN(fleet.config, ParseFleet(text, path, registry, zones));
  fleet.environment = &environment;
  fleet.zones = &zones;
  AdapterContext context;
  context.folder = FolderOf(path);
  context.state_folder = StateFolder(fleet.config, context.folder);
  context.zone = fleet.config.zone;
  context.environment = &environment;
  context.zones = &zones;
  context.limits = fleet.config.limits;
  EVENKEEL_RETURN_IF_ERROR(MakeStores(registry, context, fleet));
  return fleet;
}

}  // namespace evenkeel
