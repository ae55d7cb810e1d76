// A marketplace without an API, kept by hand: { "listings": [ { "id", "date", "start", "end", "title" } ] }.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"

namespace evenkeel {

// settings: "path", and for files of another shape "list" and "fields".
StatusOr<std::unique_ptr<Listing>> MakeListingFile(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
