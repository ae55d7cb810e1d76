// Credentials: who asks, and where a program finds it. They are nowhere but in memory: no message, journal or plan of Evenkeel holds a
// secret or a token.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "evenkeel/environment.h"
#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {
class HttpTransport;
}

namespace evenkeel::aws {

struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;       // empty: none
  std::optional<Instant> expires;  // nullopt: never
};

// Law for implementers: no message holds a secret. Safe to call from several threads.
class CredentialsProvider {
 public:
  virtual ~CredentialsProvider() = default;
  // Credentials that are good for some minutes at least. kPermissionDenied: there are none, and the message names every place that was
  // looked at. kUnavailable: a place that has them does not answer. kInvalidArgument: what stands there cannot be used.
  virtual StatusOr<Credentials> Get() = 0;
};

std::unique_ptr<CredentialsProvider> MakeStaticCredentials(Credentials credentials);

struct CredentialsOptions {
  std::string profile;  // not empty: of the shared files, and nowhere else
  std::string region;   // whose token service a web identity is shown to; empty: the global one
  // A variable of the process's environment; nullopt where it is not set. Empty: getenv(3).
  std::function<std::optional<std::string>(const std::string& name)> variable;
};

// The places where AWS's own clients look, in this order; the first that is set up counts, whether it works or not:
//   environment    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
//   web identity   AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME
//   shared files   ~/.aws/credentials and ~/.aws/config (or AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE), profile AWS_PROFILE or
//                  "default": keys, or credential_process, which also serves for single sign-on and roles; a profile that itself has
//                  a role or single sign-on is refused, for its keys are another's
//   container      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or …_FULL_URI, with AWS_CONTAINER_AUTHORIZATION_TOKEN or …_TOKEN_FILE
//   instance       the metadata service of EC2, version 2, unless AWS_EC2_METADATA_DISABLED is true
// What expires is fetched again five minutes before it does, by one thread; the others go on with what there is. The transport and
// the environment are borrowed. Source: AWS, "Standardized credential providers" (SDKs and Tools Reference Guide).
std::unique_ptr<CredentialsProvider> MakeCredentialsChain(const CredentialsOptions& options, HttpTransport& transport, Environment& environment);

}  // namespace evenkeel::aws
