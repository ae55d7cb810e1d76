// ServerClock: the time as the servers have it, which is what a signature must bear. A signature is good for some minutes; a machine whose
// clock is further off learns the difference from an answer's Date.
#pragma once

#include <atomic>
#include <string_view>

#include "evenkeel/environment.h"

namespace evenkeel::aws {

// "Sun, 22 Nov 2026 22:27:32 GMT" (RFC 9110, section 5.6.7); nullopt for anything else.
std::optional<Instant> ParseHttpDate(std::string_view text);
// "2026-05-30T12:00:00.000Z", as AWS's XML has it, or without the fraction.
std::optional<Instant> ParseXmlTime(std::string_view text);

// Safe to use from several threads. The environment is borrowed.
class ServerClock {
 public:
  explicit ServerClock(Environment& environment) : environment_(environment) {}
  Instant Now() const { return environment_.Now() + std::chrono::seconds(offset_s_.load()); }
  // True: the server's time is more than four minutes from `signed_at`, which Now() gave for the request; from now on it gives the server's.
  bool Learn(std::string_view http_date, Instant signed_at);

 private:
  Environment& environment_;
  std::atomic<std::int64_t> offset_s_{0};  // the server's clock minus ours
};

}  // namespace evenkeel::aws
