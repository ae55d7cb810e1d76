// Settings: what the fleet file says of one adapter on AWS, checked, and what every store there stands on.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/aws/aws.h"

namespace evenkeel::aws {

// The first setting that is wrong is the error.
class Settings {
 public:
  // Borrows the settings.
  Settings(const Json& settings, std::string store) : settings_(settings), store_(std::move(store)) {}

  std::string Text(const char* name);  // empty where it is left out
  std::vector<std::string> Texts(const char* name);
  bool Flag(const char* name, bool otherwise);
  std::size_t Count(const char* name, std::size_t least, std::size_t most, std::size_t otherwise);
  std::string Endpoint(const char* name);  // of a server that is not AWS's own; empty where it is left out
  void Fail(const std::string& what);
  const Status& status() const { return status_; }

 private:
  const Json& settings_;
  std::string store_;
  Status status_;
};

// The settings that all adapters on AWS have.
inline constexpr const char* kPlaceKeys[] = {"region", "profile", "endpoint"};

struct Place {
  std::string region;
  std::string endpoint;  // empty: AWS's own
  std::shared_ptr<HttpTransport> transport;
  std::shared_ptr<CredentialsProvider> credentials;
};
// The transport and the credentials are the host's, or this store's own. `region`: where nothing names one; empty: that is an error.
// `connections`: of a transport of its own.
Place PlaceOf(Settings& settings, const AwsOptions& options, const AdapterContext& context, std::string_view region = {}, std::size_t connections = 16);

}  // namespace evenkeel::aws
