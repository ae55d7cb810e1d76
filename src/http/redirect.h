// Where an answer leads on to.
#pragma once

#include <optional>
#include <string>

#include "evenkeel/http_transport.h"

namespace evenkeel {

bool IsRedirect(int status);

// The same request, sent where a Location or an href of its answer leads: an address, or one relative to the request's. Its headers go with it,
// so look at its authority before it is sent. nullopt: nowhere that can be asked.
std::optional<HttpRequest> RequestOnward(const HttpRequest& from, const std::string& location);

// Whether both go to one host by one scheme; its own port may be written or not.
bool IsSameHost(const HttpRequest& one, const HttpRequest& other);

}  // namespace evenkeel
