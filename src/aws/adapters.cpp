#include "aws/aws_state.h"
#include "aws/cloudfront_edge.h"
#include "aws/dynamo_store.h"
#include "aws/s3_store.h"
#include "aws/settings.h"
#include "evenkeel/aws/aws.h"
#include "http/address.h"

namespace evenkeel::aws {
namespace {

std::string BucketOf(Settings& settings) {
  std::string bucket = settings.Text("bucket");
  if (bucket.empty()) settings.Fail("it needs \"bucket\", the name of the bucket");
  if (bucket.find_first_of("/:@?#% ") != std::string::npos) settings.Fail("\"bucket\" is a name alone, without a path or s3://");
  return bucket;
}

// Of objects and documents; nothing in it needs escaping anywhere.
bool IsPrefix(const std::string& prefix) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";
  return prefix.size() <= 100 && prefix.ends_with('/') && !prefix.starts_with('/') && prefix.find("..") == std::string::npos && prefix.find_first_not_of(kPlain) == std::string::npos;
}

std::string TableOf(Settings& settings) {
  std::string table = settings.Text("table");
  if (table.empty()) settings.Fail("it needs \"table\", the name of the table");
  return table;
}

StatusOr<std::unique_ptr<ObjectStore>> MakePages(const AwsOptions& options, const AdapterContext& context, const Json& json) {
  Settings settings(json, context.name);
  S3Parts parts;
  parts.settings.store = context.name;
  parts.settings.bucket = BucketOf(settings);
  parts.settings.acl = settings.Text("acl");
  parts.settings.website = settings.Flag("website", false);
  parts.settings.requester_pays = settings.Flag("requester_pays", false);
  parts.settings.readers = settings.Count("readers", 1, 64, parts.settings.readers);
  const std::string deletes = settings.Text("deletes");
  parts.settings.deletes_checked = deletes == "checked";
  if (!deletes.empty() && deletes != "checked") settings.Fail("\"deletes\" can be \"checked\", or left out");
  Place place = PlaceOf(settings, options, context, {}, parts.settings.readers + 1);  // one more lists
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

// "https://queenofsandiego.com", with nothing behind the host.
bool IsSite(const std::string& url) {
  const auto request = RequestTo(url);
  return request && request->path == "/" && request->query.empty() && !url.ends_with('/') && request->authority.find_first_of("@#% ") == std::string::npos;
}

StatusOr<std::unique_ptr<EdgeCache>> MakeEdge(const AwsOptions& options, const AdapterContext& context, const Json& json) {
  Settings settings(json, context.name);
  CloudFrontParts parts;
  parts.settings.store = context.name;
  parts.settings.distribution = settings.Text("distribution");
  parts.settings.alias = settings.Text("alias");
  parts.settings.coalesce = settings.Flag("coalesce", false);
  parts.settings.waits = settings.Flag("wait", true);
  const std::string url = settings.Text("url");
  const bool checks = settings.Flag("check", false);
  if (parts.settings.distribution.empty() == parts.settings.alias.empty()) {
    settings.Fail("it needs either \"distribution\", an id such as \"E2QWRUHAPOMQZL\", or \"alias\", a name that guests use");
  }
  if (parts.settings.distribution.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != std::string::npos) {
    settings.Fail("\"distribution\" is an id of capitals and digits, without an address or an ARN");
  }
  if (parts.settings.alias.find_first_of("/:@?#%* ") != std::string::npos) settings.Fail("\"alias\" is a host's name alone, without https:// or a path");
  if (checks && !parts.settings.waits) settings.Fail("\"check\" needs \"wait\": before the copies are dropped guests are served the old ones");
  if (!url.empty() && !checks) settings.Fail("\"url\" is for \"check\": true");
  if (checks && url.empty() && parts.settings.alias.empty()) settings.Fail("\"check\" needs \"url\", where guests are served: \"https://queenofsandiego.com\"");
  if (!url.empty() && !IsSite(url)) settings.Fail("\"url\" must be a site alone, as \"https://queenofsandiego.com\"");
  if (checks) parts.settings.url = url.empty() ? "https://" + parts.settings.alias : url;
  Place place = PlaceOf(settings, options, context, "us-east-1");
  parts.settings.region = std::move(place.region);
  parts.settings.endpoint = std::move(place.endpoint);
  EVENKEEL_RETURN_IF_ERROR(settings.status());
  parts.limits = context.limits;
  parts.environment = context.environment;
  parts.transport = std::move(place.transport);
  parts.credentials = std::move(place.credentials);
  return MakeCloudFrontEdge(std::move(parts));
}

StatusOr<std::unique_ptr<RecordStore>> MakeRecords(const AwsOptions& options, const AdapterContext& context, const Json& json) {
  Settings settings(json, context.name);
  DynamoParts parts;
  parts.settings.store = parts.naming.store = context.name;
  parts.settings.table = TableOf(settings);
  parts.naming.key = settings.Texts("key");
  parts.naming.limits = context.limits;
  parts.index = settings.Text("index");
  if (!parts.index.empty() && parts.naming.key.empty()) settings.Fail("with \"index\" it needs \"key\", the attributes of the index that tell records apart");
  Place place = PlaceOf(settings, options, context);
  EVENKEEL_RETURN_IF_ERROR(settings.status());
  parts.settings.region = std::move(place.region);
  parts.settings.endpoint = std::move(place.endpoint);
  parts.transport = std::move(place.transport);
  parts.credentials = std::move(place.credentials);
  parts.environment = context.environment;
  if (context.records != nullptr) {
    for (const auto& [field, mapping] : context.records->fields) {
      std::vector<std::string> paths = mapping.aliases;
      paths.push_back(mapping.path);
      for (const std::string& path : paths) parts.naming.mapped.insert({path, path.substr(0, path.find_first_of(".["))});
    }
  }
  return MakeDynamoStore(std::move(parts));
}

StatusOr<std::unique_ptr<StateStore>> MakeState(const AwsOptions& options, const AdapterContext& context, const Json& json) {
  Settings settings(json, context.name);
  AwsStateParts parts;
  parts.table.store = context.name;
  parts.table.table = TableOf(settings);
  parts.bucket = BucketOf(settings);
  parts.prefix = settings.Text("prefix");
  if (parts.prefix.empty()) parts.prefix = "evenkeel/";
  if (!IsPrefix(parts.prefix)) settings.Fail("\"prefix\" takes letters, digits, - _ . and /, at most 100, and ends with /, as \"evenkeel/\"");
  Place place = PlaceOf(settings, options, context);
  S3Parts bucket;
  bucket.settings.store = context.name;
  bucket.settings.bucket = parts.bucket;
  bucket.settings.region = parts.table.region = place.region;
  bucket.settings.endpoint = settings.Endpoint("bucket_endpoint");
  parts.table.endpoint = settings.Endpoint("table_endpoint");
  bucket.settings.path_style = settings.Flag("path_style", !bucket.settings.endpoint.empty());
  bucket.settings.deletes_checked = true;  // nothing is written twice there, so that nothing can come between the look and the delete
  EVENKEEL_RETURN_IF_ERROR(settings.status());
  bucket.limits.page_bytes = std::size_t{1} << 30;  // backups must come back whatever the limits are today
  bucket.transport = parts.transport = std::move(place.transport);
  bucket.credentials = parts.credentials = std::move(place.credentials);
  bucket.environment = parts.environment = context.environment;
  parts.objects = MakeS3Store(std::move(bucket));
  return MakeAwsState(std::move(parts));
}

// The settings of an adapter: its own, and those of its place.
std::vector<std::string> Keys(std::vector<std::string> own) {
  own.insert(own.end(), std::begin(kPlaceKeys), std::end(kPlaceKeys));
  return own;
}

}  // namespace

void RegisterAwsAdapters(AdapterRegistry& registry, const AwsOptions& options) {
  registry.pages["s3"] = {Keys({"bucket", "path_style", "acl", "website", "requester_pays", "readers", "deletes"}), true,
                          [options](const AdapterContext& context, const Json& settings) { return MakePages(options, context, settings); }};
  registry.edge["cloudfront"] = {Keys({"distribution", "alias", "url", "check", "wait", "coalesce"}), true,
                                 [options](const AdapterContext& context, const Json& settings) { return MakeEdge(options, context, settings); }};
  registry.records["dynamodb"] = {Keys({"table", "key", "index"}), true,
                                  [options](const AdapterContext& context, const Json& settings) { return MakeRecords(options, context, settings); }};
  registry.states["aws"] = {{"table", "bucket", "prefix", "region", "profile", "table_endpoint", "bucket_endpoint", "path_style"}, true,
                            [options](const AdapterContext& context, const Json& settings) { return MakeState(options, context, settings); }};
}

}  // namespace evenkeel::aws
