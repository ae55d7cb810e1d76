// An edge cache that only writes down what should be invalidated: one JSON line per batch, {"at","id","paths","reference"}.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"

namespace evenkeel {

// settings: "path", the log. The first batch makes it.
StatusOr<std::unique_ptr<EdgeCache>> MakeLogEdge(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
