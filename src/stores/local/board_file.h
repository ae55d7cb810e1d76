// A task board in a JSON file: { "cards": [ { "id", "lane", "title", "booking", "slug" } ] }.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"

namespace evenkeel {

// settings: "path", "done_lane" ("done"), and for files of another shape "list" and "fields".
StatusOr<std::unique_ptr<TaskBoard>> MakeBoardFile(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
