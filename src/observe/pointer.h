// Pointers: how a record, a card or a link names a page of a store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/fleet.h"

namespace evenkeel {

// The slug that the text names: a slug with or without .html, a key, a path or a URL. nullopt: nothing this store could have.
std::optional<std::string> SlugOfPointer(const PageStoreConfig& pages, std::string_view text);

}  // namespace evenkeel
