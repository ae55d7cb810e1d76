// Stores of a fleet whose contents the host hands over: nothing behind them, read-only, and dark until something was given.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "evenkeel/fleet.h"

namespace evenkeel::capi {

// One store's contents, of whatever kind.
class GivenStore {
 public:
  virtual ~GivenStore() = default;
  // The whole store, in the form of its list callback. kInvalidArgument says where it is wrong.
  virtual Status Take(const Json& listing) = 0;
  // kInvalidArgument: this is no page store.
  virtual Status TakePage(const Json& object, std::string bytes);
};
using GivenContents = std::map<std::string, GivenStore*>;  // by store; borrowed from the fleet

// Makes every adapter of the registry, and one more called "given", one of these. `contents` is filled as stores are made.
void UseGivenStores(AdapterRegistry& registry, GivenContents& contents);

}  // namespace evenkeel::capi
