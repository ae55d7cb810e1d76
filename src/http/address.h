// Addresses as requests.
#pragma once

#include <optional>
#include <string_view>

#include "evenkeel/http_transport.h"

namespace evenkeel {

// A request to "https://host:port/path?query"; nullopt where that is no such address.
std::optional<HttpRequest> RequestTo(std::string_view url);

}  // namespace evenkeel
