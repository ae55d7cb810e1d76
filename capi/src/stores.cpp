// Registering the host's adapters.
#include "stores.h"

#include <algorithm>
#include <string>
#include <utility>

#include "host_stores.h"
#include "views.h"

namespace evenkeel::capi {
namespace {

// An adapter as registered: copies of everything.
struct Adapter {
  std::string name;
  std::vector<std::string> keys;
  ek_adapter calls{};
};

StatusOr<Adapter> AdapterOf(const ek_adapter* given) {
  if (given == nullptr) return Status(Code::kInvalidArgument, "is NULL", "ek_adapter");
  Adapter adapter;
  EVENKEEL_ASSIGN_OR_RETURN(adapter.calls, CopyStruct(given, "ek_adapter"));
  Taken taken;
  adapter.name = taken.Required(adapter.calls.name, "name");
  adapter.keys = taken.Texts(adapter.calls.keys, "keys");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return adapter;
}

// The store of one entry of the fleet file, opened.
StatusOr<Host> Open(const ek_adapter& calls, const AdapterContext& context, const Json& settings, const Log& log) {
  Host host{nullptr, context.name, context.limits, log};
  if (calls.open == nullptr) {
    host.store = std::shared_ptr<void>(calls.host, [](void*) {});
    return host;
  }
  const std::string text = DumpJson({{"name", context.name}, {"zone", context.zone}, {"settings", settings}});
  void* opened = nullptr;
  ek_reply reply;
  EVENKEEL_RETURN_IF_ERROR(Ask(host, Effect::kReads, context.name, reply, [&](ek_reply* to) { calls.open(calls.host, ViewOf(text), &opened, to); }));
  host.store = std::shared_ptr<void>(opened, [close = calls.close](void* store) {
    if (close == nullptr) return;
    GuardValue(false, [&] {
      close(store);
      return true;
    });
  });
  return host;
}

bool IsWhole(const ek_object_store& t) { return t.list && t.head && t.get && t.replace && t.create && t.remove; }
bool IsWhole(const ek_record_store& t) { return t.list && t.get && t.update; }
bool IsWhole(const ek_edge_cache& t) { return t.invalidate && t.was_accepted; }
bool IsWhole(const ek_calendar& t) { return t.list && t.get && t.update; }
bool IsWhole(const ek_listing& t) { return t.list && t.get; }
bool IsWhole(const ek_task_board& t) { return t.list && t.get && t.move; }
bool IsWhole(const ek_state_store& t) {
  return t.get_document && t.put_document && t.delete_document && t.list_documents && t.put_blob && t.get_blob && t.remove_blob &&
         t.append_journal && t.read_journal && t.list_journals && t.remove_journal;
}

// `where` names the registry's map for this kind of store.
template <typename Store, typename Table>
Status Add(ek_stores* stores, const ek_adapter* given, const Table* given_table, const char* name,
           std::map<std::string, AdapterRegistry::Entry<Store>> AdapterRegistry::* where) {
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(stores));
  EVENKEEL_ASSIGN_OR_RETURN(const Adapter adapter, AdapterOf(given));
  if (given_table == nullptr) return Status(Code::kInvalidArgument, "is NULL", name);
  EVENKEEL_ASSIGN_OR_RETURN(Table table, CopyStruct(given_table, name));
  if (!IsWhole(table)) return Status(Code::kInvalidArgument, "lacks a callback that may not be NULL", name);
  std::string lane;
  if constexpr (requires { table.done_lane; }) {
    Taken taken;
    lane = taken.Text(table.done_lane, "done_lane");
    EVENKEEL_RETURN_IF_ERROR(taken.status());
  }
  stores->adapters.push_back([adapter, table, lane, where](AdapterRegistry& registry, const Log& log) {
    const auto make = [calls = adapter.calls, table, lane, log](const AdapterContext& context, const Json& settings) -> StatusOr<std::unique_ptr<Store>> {
      EVENKEEL_ASSIGN_OR_RETURN(Host host, Open(calls, context, settings, log));
      Table with_lane = table;
      if constexpr (requires { with_lane.done_lane; }) with_lane.done_lane = ViewOf(lane);
      return MakeHostStore(std::move(host), with_lane);
    };
    (registry.*where)[adapter.name] = {adapter.keys, adapter.calls.remote != 0, make};
  });
  return OkStatus();
}

}  // namespace
}  // namespace evenkeel::capi

using namespace evenkeel::capi;
using evenkeel::AdapterRegistry;

ek_error* ek_stores_new(ek_stores** stores) {
  return Give(stores, []() -> evenkeel::StatusOr<std::unique_ptr<ek_stores>> { return std::make_unique<ek_stores>(); });
}

void ek_stores_free(ek_stores* stores) { FreeHandle(stores); }

ek_error* ek_stores_add_objects(ek_stores* stores, const ek_adapter* adapter, const ek_object_store* table) {
  return Guard([&] { return Add(stores, adapter, table, "ek_object_store", &AdapterRegistry::pages); });
}

ek_error* ek_stores_add_records(ek_stores* stores, const ek_adapter* adapter, const ek_record_store* table) {
  return Guard([&] { return Add(stores, adapter, table, "ek_record_store", &AdapterRegistry::records); });
}

ek_error* ek_stores_add_edge(ek_stores* stores, const ek_adapter* adapter, const ek_edge_cache* table) {
  return Guard([&] { return Add(stores, adapter, table, "ek_edge_cache", &AdapterRegistry::edge); });
}

ek_error* ek_stores_add_calendar(ek_stores* stores, const ek_adapter* adapter, const ek_calendar* table) {
  return Guard([&] { return Add(stores, adapter, table, "ek_calendar", &AdapterRegistry::calendars); });
}

ek_error* ek_stores_add_listing(ek_stores* stores, const ek_adapter* adapter, const ek_listing* table) {
  return Guard([&] { return Add(stores, adapter, table, "ek_listing", &AdapterRegistry::listings); });
}

ek_error* ek_stores_add_board(ek_stores* stores, const ek_adapter* adapter, const ek_task_board* table) {
  return Guard([&] { return Add(stores, adapter, table, "ek_task_board", &AdapterRegistry::boards); });
}

ek_error* ek_stores_add_state(ek_stores* stores, const ek_adapter* adapter, const ek_state_store* table) {
  return Guard([&] { return Add(stores, adapter, table, "ek_state_store", &AdapterRegistry::states); });
}
