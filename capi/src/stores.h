// What the host registered: adapters by name, as a fleet's registry takes them.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "evenkeel/fleet.h"
#include "handle.h"
#include "log.h"

struct ek_stores : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kStores;

  ek_stores() : Handle(kTag) {}

  // Each puts one adapter into a registry; what it makes writes to the fleet's log.
  std::vector<std::function<void(evenkeel::AdapterRegistry&, const evenkeel::capi::Log&)>> adapters;
};
