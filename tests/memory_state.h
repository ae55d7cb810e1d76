// A state store that forgets, for fleets of tests that only read:  registry.states["memory"] = MemoryState();
#pragma once

#include <memory>

#include "evenkeel/fleet.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel {

inline AdapterRegistry::Entry<StateStore> MemoryState() {
  return {{}, false, [](const AdapterContext&, const Json&) -> StatusOr<std::unique_ptr<StateStore>> {
            return std::unique_ptr<StateStore>(std::make_unique<MemoryStateStore>());
          }};
}

}  // namespace evenkeel
