// What the fleet file's settings of calendars on other hosts have in common.
#pragma once

#include <cstddef>
#include <string>

#include "evenkeel/fleet.h"
#include "evenkeel/http_transport.h"

namespace evenkeel {

// A setting that is a number from `least` to `most`. kInvalidArgument names it.
StatusOr<std::size_t> CountSetting(const AdapterContext& context, const Json& settings, const char* name, std::size_t least, std::size_t most,
                                   std::size_t otherwise);

// A request to settings["url"]: https:// or webcal://, or http:// where "insecure" or this machine makes it right. kInvalidArgument never shows
// the address. `what` continues "it needs "url", the address of", with an example.
StatusOr<HttpRequest> AddressSetting(const AdapterContext& context, const Json& settings, const std::string& what);

}  // namespace evenkeel
