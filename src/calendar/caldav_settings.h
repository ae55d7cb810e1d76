// CaldavSettings: what the fleet file says of one calendar on a CalDAV server, checked.
#pragma once

#include <chrono>
#include <string>

#include "evenkeel/fleet.h"
#include "evenkeel/http_transport.h"

namespace evenkeel {

struct CaldavSettings {
  std::string store;
  HttpRequest request;        // to "url"
  std::string user;           // empty: nobody is named
  std::string password_file;  // its path; empty with `user`
  std::string calendar;       // the one of several, by the name it is shown by or the last part of its address; empty: the only one
  std::chrono::days past{60}, future{550};
};

inline constexpr const char* kCaldavKeys[] = {"url", "insecure", "user", "password_file", "calendar", "max_bytes", "timeout_s", "past_days", "future_days"};

// kInvalidArgument names the setting that is wrong.
StatusOr<CaldavSettings> ReadCaldavSettings(const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
