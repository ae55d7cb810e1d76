// A host in C++ whose callbacks throw: nothing of it comes through, and no run is left half way.
#include <cstdio>
#include <stdexcept>
#include <string>

#include "evenkeel.h"

namespace {

int failures = 0;

void Check(bool passed, const char* what) {
  if (passed) return;
  ++failures;
  std::fprintf(stderr, "failed: %s\n", what);
}

bool Fine(ek_error* error, const char* what) {
  if (error == nullptr) return true;
  std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(ek_error_json(error).size), ek_error_json(error).data);
  ek_error_free(error);
  ++failures;
  return false;
}

void ThrowAtList(void*, ek_reply*) { throw std::runtime_error("list"); }
void ThrowAtGet(void*, ek_view, ek_reply*) { throw 7; }
void ThrowAtProgress(void*, ek_view) { throw std::runtime_error("progress"); }
int32_t ThrowAtKeepGoing(void*) { throw std::string("keep going"); }
void ThrowAtLog(void*, ek_level, ek_view) { throw std::runtime_error("log"); }
void Close(void* store) {
  ++*static_cast<int*>(store);
  throw std::runtime_error("close");
}
void OpenIt(void* host, ek_view, void** store, ek_reply* reply) {
  *store = host;
  ek_reply_done(reply);
}

// A listing store that always throws is a store that could not be read.
void ThrowingStore() {
  int closed = 0;
  ek_adapter adapter;
  EK_INIT(&adapter);
  adapter.name = ek_text("throws");
  adapter.host = &closed;
  adapter.open = OpenIt;
  adapter.close = Close;
  ek_listing table;
  EK_INIT(&table);
  table.list = ThrowAtList;
  table.get = ThrowAtGet;
  ek_stores* stores = nullptr;
  Fine(ek_stores_new(&stores), "stores");
  Fine(ek_stores_add_listing(stores, &adapter, &table), "listing");
  ek_fleet_options options;
  EK_INIT(&options);
  options.stores = stores;
  options.log = ThrowAtLog;
  ek_fleet* fleet = nullptr;
  Fine(ek_fleet_open_text(ek_text(R"({"schema":"evenkeel.fleet/1","zone":"UTC","state":"/tmp/evenkeel-throwing-test-state",
                                      "listings":[{"name":"boats","adapter":"throws"}]})"),
                          ek_text("/tmp/fleet.json"), &options, &fleet),
       "open");
  ek_stores_free(stores);
  ek_result* result = nullptr;
  Fine(ek_audit(fleet, nullptr, &result), "audit");
  Check(ek_result_exit(result) == 1, "a store that throws could not be read");
  ek_result_free(result);
  ek_fleet_free(fleet);
  Check(closed == 1, "it was closed once");
}

// Applies the plan of the example fleet: every callback throws, the first keep_going stops it, and resume finishes.
void ThrowingRun(const char* folder) {
  ek_fleet* fleet = nullptr;
  ek_plan* plan = nullptr;
  ek_result* result = nullptr;
  ek_apply_options options;
  EK_INIT(&options);
  options.progress = ThrowAtProgress;
  options.keep_going = ThrowAtKeepGoing;
  if (!Fine(ek_fleet_open(ek_text(folder), nullptr, &fleet), "open") || !Fine(ek_plan_make(fleet, nullptr, &plan), "plan")) return;
  Fine(ek_apply(fleet, plan, &options, &result), "apply");
  const std::string stopped(ek_result_json(result).data, ek_result_json(result).size);
  Check(stopped.find("\"finished\":false") != std::string::npos, "it stopped");
  ek_result_free(result);
  options.keep_going = nullptr;
  Fine(ek_resume(fleet, ek_plan_run(plan), &options, &result), "resume");
  const std::string done(ek_result_json(result).data, ek_result_json(result).size);
  Check(done.find("\"finished\":true") != std::string::npos, "it finished");
  ek_result_free(result);
  ek_plan_free(plan);
  ek_fleet_free(fleet);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  ThrowingStore();
  ThrowingRun(argv[1]);
  return failures == 0 ? 0 : 1;
}
