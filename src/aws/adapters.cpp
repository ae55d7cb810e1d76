#include <algorithm>
#include <cstdlib>

#include "aws/s3_store.h"
#include "aws/uri.h"
#include "evenkeel/aws/aws.h"

namespace evenkeel::aws {
namespace {

// The settings of one adapter. The first one that is wrong is the error.
class Settings {
 public:
  Settings(const Json& settings, std::string store) : settings_(settings), store_(std::move(store)) {}

  std::string Text(const char* name) {
    if (!settings_.contains(name)) return {};
    if (settings_[name].is_string() && !settings_[name].get<std::string>().empty()) return settings_[name].get<std::string>();
    Fail(std::string("\"") + name + "\" must be a text that is not empty");
    return {};
  }
  bool Flag(const char* name, bool otherwise) {
    if (!settings_.contains(name)) return otherwise;
    if (!settings_[name].is_boolean()) return Fail(std::string("\"") + name + "\" must be true or false"), otherwise;
    return settings_[name].get<bool>();
  }
  void Fail(const std::string& what) {
    if (status_.ok()) status_ = Status(Code::kInvalidArgument, what, store_);
  }
  const Status& status() const { return status_; }

 private:
  const Json& settings_;
  std::string store_;
  Status status_;
};

std::string RegionOfProcess() {
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return {};
}

bool IsEndpoint(const std::string& text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '@' && c != '?' && c != '#'; });
  return is_plain && RequestTo(text).has_value();
}

StatusOr<std::unique_ptr<ObjectStore>> MakePages(const AwsOptions& options, const AdapterContext& context, const Json& json) {
  Settings settings(json, context.name);
  S3Parts parts;
  parts.settings.store = context.name;
  parts.settings.bucket = settings.Text("bucket");
  parts.settings.region = settings.Text("region");
  if (parts.settings.region.empty()) parts.settings.region = RegionOfProcess();
  parts.settings.endpoint = settings.Text("endpoint");
  parts.settings.path_style = settings.Flag("path_style", !parts.settings.endpoint.empty());
  parts.settings.acl = settings.Text("acl");
  parts.settings.requester_pays = settings.Flag("requester_pays", false);
  const std::string deletes = settings.Text("deletes");
  parts.settings.deletes_checked = deletes == "checked";
  if (!deletes.empty() && deletes != "checked") settings.Fail("\"deletes\" can be \"checked\", or left out");
  if (parts.settings.bucket.empty()) settings.Fail("it needs \"bucket\", the name of the bucket");
  if (parts.settings.bucket.find_first_of("/:@?#% ") != std::string::npos) settings.Fail("\"bucket\" is a name alone, without a path or s3://");
  if (parts.settings.region.empty()) settings.Fail("it needs \"region\", as \"us-west-2\" (or AWS_REGION)");
  if (!parts.settings.endpoint.empty() && !IsEndpoint(parts.settings.endpoint)) {
    settings.Fail("\"endpoint\" must be an address with http:// or https://, without a user, a query or blanks");
  }
  CredentialsOptions credentials;
  credentials.profile = settings.Text("profile");
  credentials.region = parts.settings.region;
  EVENKEEL_RETURN_IF_ERROR(settings.status());
  parts.limits = context.limits;
  parts.environment = context.environment;
  parts.transport = options.transport != nullptr ? options.transport : MakeCurlTransport({});
  parts.credentials = options.credentials;
  if (parts.credentials == nullptr) {
    // The chain borrows the transport; the store holds both, and lets go of the chain first.
    parts.credentials = MakeCredentialsChain(credentials, *parts.transport, *context.environment);
  }
  return MakeS3Store(std::move(parts));
}

}  // namespace

void RegisterAwsAdapters(AdapterRegistry& registry, const AwsOptions& options) {
  registry.pages["s3"] = {{"bucket", "region", "profile", "endpoint", "path_style", "acl", "requester_pays", "deletes"}, true,
                          [options](const AdapterContext& context, const Json& settings) { return MakePages(options, context, settings); }};
}

}  // namespace evenkeel::aws
