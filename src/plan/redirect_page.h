// The small page that stands where a retired one stood and sends its visitors on.
#pragma once

#include <string>

#include "evenkeel/fleet.h"

namespace evenkeel {

// Where a guest finds the page: its first public form, else its key from the root; percent-encoded.
std::string PublicUrl(const PageStoreConfig& pages, std::string_view slug, std::string_view key);
// A whole HTML page; every text in it is escaped.
std::string RedirectPage(std::string_view booking, std::string_view url);

}  // namespace evenkeel
