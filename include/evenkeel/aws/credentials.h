// Credentials: who asks. They are nowhere but in memory: no message, journal or plan of Evenkeel holds a secret or a token.
#pragma once

#include <optional>
#include <string>

#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel::aws {

struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;       // empty: none
  std::optional<Instant> expires;  // nullopt: never
};

}  // namespace evenkeel::aws
