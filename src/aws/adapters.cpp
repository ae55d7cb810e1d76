#include "aws/s3_store.h"
#include "aws/settings.h"
#include "evenkeel/aws/aws.h"

namespace evenkeel::aws {
namespace {

StatusOr<std::unique_ptr<ObjectStore>> MakePages(const AwsOptions& options, const AdapterContext& context, const Json& json) {
  Settings settings(json, context.name);
  S3Parts parts;
  parts.settings.store = context.name;
  parts.settings.bucket = settings.Text("bucket");
  parts.settings.acl = settings.Text("acl");
  parts.settings.requester_pays = settings.Flag("requester_pays", false);
  const std::string deletes = settings.Text("deletes");
  parts.settings.deletes_checked = deletes == "checked";
  if (!deletes.empty() && deletes != "checked") settings.Fail("\"deletes\" can be \"checked\", or left out");
  if (parts.settings.bucket.empty()) settings.Fail("it needs \"bucket\", the name of the bucket");
  if (parts.settings.bucket.find_first_of("/:@?#% ") != std::string::npos) settings.Fail("\"bucket\" is a name alone, without a path or s3://");
  Place place = PlaceOf(settings, options, context);
  parts.settings.region = std::move(place.region);
  parts.settings.endpoint = std::move(place.endpoint);
  parts.settings.path_style = settings.Flag("path_style", !parts.settings.endpoint.empty());
  EVENKEEL_RETURN_IF_ERROR(settings.status());
  parts.limits = context.limits;
  parts.environment = context.environment;
  parts.transport = std::move(place.transport);
  parts.credentials = std::move(place.credentials);
  return MakeS3Store(std::move(parts));
}

// The settings of an adapter: its own, and those of its place.
std::vector<std::string> Keys(std::vector<std::string> own) {
  own.insert(own.end(), std::begin(kPlaceKeys), std::end(kPlaceKeys));
  return own;
}

}  // namespace

void RegisterAwsAdapters(AdapterRegistry& registry, const AwsOptions& options) {
  registry.pages["s3"] = {Keys({"bucket", "path_style", "acl", "requester_pays", "deletes"}), true,
                          [options](const AdapterContext& context, const Json& settings) { return MakePages(options, context, settings); }};
}

}  // namespace evenkeel::aws
