// Opening fleets, and handing over their contents.
#include "fleet.h"

#include "clock.h"
#include "evenkeel/adapters.h"
#include "stores.h"
#include "views.h"
#include "zones.h"

namespace evenkeel::capi {
namespace {

enum class Way { kFile, kText, kGiven };

StatusOr<std::shared_ptr<FleetCore>> NewCore(const ek_fleet_options& options, Way way) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_clock clock, CopyStruct(options.clock, "ek_clock"));
  auto core = std::make_shared<FleetCore>();
  core->log = Log(options.log, options.log_host);
  core->environment = MakeEnvironment(clock, way != Way::kGiven);
  EVENKEEL_ASSIGN_OR_RETURN(core->zones, MakeZones(options.zones));
  core->is_given = way == Way::kGiven;
  return core;
}

AdapterRegistry BuiltIn() {
  AdapterRegistry registry;
  RegisterAdapters(registry);
  return registry;
}

bool HasAdapter(const std::string& name) {
  const AdapterRegistry registry = BuiltIn();
  const auto has = [&](const auto&... kinds) { return (kinds.contains(name) || ...); };
  return has(registry.pages, registry.records, registry.edge, registry.calendars, registry.listings, registry.boards, registry.states);
}

StatusOr<AdapterRegistry> RegistryOf(const ek_fleet_options& options, FleetCore& core) {
  AdapterRegistry registry = BuiltIn();
  if (options.stores != nullptr) {
    EVENKEEL_RETURN_IF_ERROR(CheckHandle(options.stores));
    for (const auto& add : options.stores->adapters) add(registry, core.log);
  }
  if (core.is_given) UseGivenStores(registry, core.given);
  return registry;
}

std::string FileOf(const std::string& path, Environment& environment) {
  const auto state = environment.files().Stat(path);
  if (!state.ok() || !state->is_directory) return path;
  return path + (path.ends_with('/') ? "" : "/") + "fleet.json";
}

StatusOr<std::unique_ptr<ek_fleet>> Open(Way way, ek_view text_view, ek_view path_view, const ek_fleet_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_fleet_options options, CopyStruct(given, "ek_fleet_options"));
  Taken taken;
  const std::string_view text = taken.View(text_view, "text");
  const std::string path = way == Way::kGiven ? "fleet.json" : taken.Required(path_view, "path");
  if (path.find('\0') != std::string::npos) taken.Fail("path", "has a NUL byte in it");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(std::shared_ptr<FleetCore> core, NewCore(options, way));
  EVENKEEL_ASSIGN_OR_RETURN(const AdapterRegistry registry, RegistryOf(options, *core));
  if (way == Way::kFile) {
    EVENKEEL_ASSIGN_OR_RETURN(core->fleet, OpenFleet(FileOf(path, *core->environment), registry, *core->environment, *core->zones));
  } else {
    EVENKEEL_ASSIGN_OR_RETURN(core->fleet, OpenFleetText(text, path, registry, *core->environment, *core->zones));
  }
  return std::make_unique<ek_fleet>(std::move(core));
}

StatusOr<GivenStore*> FindGiven(const Use& use, const std::string& name) {
  if (!use.core().is_given) return Status(Code::kInvalidArgument, "this fleet reads its stores itself; open it with ek_fleet_given", name);
  const auto found = use.core().given.find(name);
  if (found == use.core().given.end()) return Status(Code::kNotFound, "the fleet has no such store that anything could be given of", name);
  return found->second;
}

Status GiveStore(ek_fleet* fleet, ek_view store, ek_view listing) {
  EVENKEEL_ASSIGN_OR_RETURN(const Use use, UseFleet(fleet));
  Taken taken;
  const std::string name = taken.Required(store, "store");
  const std::string_view text = taken.View(listing, "listing");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(GivenStore* const given, FindGiven(use, name));
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ParseJson(text, name, use.fleet().config.limits));
  return given->Take(json);
}

Status GivePage(ek_fleet* fleet, ek_view store, ek_view object, ek_view bytes) {
  EVENKEEL_ASSIGN_OR_RETURN(const Use use, UseFleet(fleet));
  Taken taken;
  const std::string name = taken.Required(store, "store");
  const std::string_view text = taken.View(object, "object");
  std::string page = taken.Text(bytes, "bytes");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(GivenStore* const given, FindGiven(use, name));
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ParseJson(text, "object", use.fleet().config.limits));
  return given->TakePage(json, std::move(page));
}

}  // namespace

StatusOr<Use> Use::Of(std::shared_ptr<FleetCore> core) {
  if (core->busy.exchange(true)) {
    return Status(Code::kUnavailable, "the fleet is in use, in another thread or in the call whose callback this is; call again when that has returned", "fleet");
  }
  return Use(std::move(core));
}

void LogUnread(const Log& log, const std::vector<Unread>& unread) {
  for (const Unread& one : unread) {
    const std::string name = one.store + (one.resource.empty() ? "" : ":" + one.resource);
    log.Warn("not read: " + (one.why.starts_with(name) ? "" : name + ": ") + one.why);
  }
}

void LogPlan(const Log& log, const Plan& plan) {
  for (const BookingPlan& booking : plan.bookings) {
    for (const std::string& why : booking.unproven) log.Warn("not proven: " + why);
    for (const std::string& note : booking.notes) log.Note("note: " + note);
  }
  LogUnread(log, plan.unread);
}

}  // namespace evenkeel::capi

using namespace evenkeel::capi;

int32_t ek_has_adapter(ek_view name) {
  return GuardValue(0, [&] {
    Taken taken;
    return HasAdapter(taken.Text(name, "name")) ? 1 : 0;
  });
}

ek_error* ek_fleet_open(ek_view path, const ek_fleet_options* options, ek_fleet** fleet) {
  return Give(fleet, [&] { return Open(Way::kFile, {}, path, options); });
}

ek_error* ek_fleet_open_text(ek_view text, ek_view path, const ek_fleet_options* options, ek_fleet** fleet) {
  return Give(fleet, [&] { return Open(Way::kText, text, path, options); });
}

ek_error* ek_fleet_given(ek_view text, const ek_fleet_options* options, ek_fleet** fleet) {
  return Give(fleet, [&] { return Open(Way::kGiven, text, {}, options); });
}

ek_error* ek_give(ek_fleet* fleet, ek_view store, ek_view listing) {
  return Guard([&] { return GiveStore(fleet, store, listing); });
}

ek_error* ek_give_page(ek_fleet* fleet, ek_view store, ek_view object, ek_view bytes) {
  return Guard([&] { return GivePage(fleet, store, object, bytes); });
}

void ek_fleet_free(ek_fleet* fleet) { FreeHandle(fleet); }
