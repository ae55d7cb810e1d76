// Adapters that exist by name only: a fleet file can be read with them, and no store is ever made.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "evenkeel/fleet.h"

namespace evenkeel {

template <typename Store>
AdapterRegistry::Entry<Store> NamedAdapter(std::vector<std::string> keys, bool remote) {
  return {std::move(keys), remote, [](const AdapterContext& context, const Json&) -> StatusOr<std::unique_ptr<Store>> {
            return Status(Code::kUnimplemented, "this adapter has a name only", context.name);
          }};
}

inline AdapterRegistry NamedAdapters() {
  AdapterRegistry registry;
  registry.pages["directory"] = NamedAdapter<ObjectStore>({"path"}, false);
  registry.pages["s3"] = NamedAdapter<ObjectStore>({"bucket", "region"}, true);
  registry.records["sqlite"] = NamedAdapter<RecordStore>({"path", "table", "key"}, false);
  registry.records["dynamodb"] = NamedAdapter<RecordStore>({"table", "region", "key"}, true);
  registry.edge["log"] = NamedAdapter<EdgeCache>({"path"}, false);
  registry.calendars["ics"] = NamedAdapter<Calendar>({"path"}, false);
  registry.listings["manual"] = NamedAdapter<Listing>({"path"}, false);
  registry.boards["json"] = NamedAdapter<TaskBoard>({"path", "done_lane"}, false);
  registry.states["directory"] = NamedAdapter<StateStore>({"path"}, false);
  registry.states["dynamodb"] = NamedAdapter<StateStore>({"table", "bucket"}, true);
  return registry;
}

}  // namespace evenkeel
