// FeedSettings: what the fleet file says of one feed, checked.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "evenkeel/fleet.h"
#include "evenkeel/http_transport.h"

namespace evenkeel {

struct FeedSettings {
  std::string store;
  HttpRequest request;        // to its address; it changes nothing
  std::string place;          // the address as messages show it: the host alone, for the rest is a secret
  std::chrono::days past{60}, future{550};
};

inline constexpr const char* kFeedKeys[] = {"url", "insecure", "max_bytes", "timeout_s", "past_days", "future_days"};

// kInvalidArgument names the setting that is wrong, and never the address.
StatusOr<FeedSettings> ReadFeedSettings(const AdapterContext& context, const Json& settings);

// The host of an address, "https://www.example.com/…".
std::string PlaceOf(const HttpRequest& request);

}  // namespace evenkeel
