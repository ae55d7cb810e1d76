#include "aws/s3_bucket.h"

#include "aws/uri.h"
#include "http/address.h"

namespace evenkeel::aws {
namespace {

// Of an answer that is neither a listing nor a page.
constexpr std::size_t kAnswerBytes = 64u << 10;

HttpRequest BlankRequest(const S3Settings& settings) {
  const std::string domain = settings.region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
  const std::string endpoint = settings.endpoint.empty() ? "https://s3." + settings.region + domain : settings.endpoint;
  HttpRequest blank = RequestTo(endpoint).value_or(HttpRequest{});  // what is no address is refused when it is sent
  if (blank.path.ends_with('/')) blank.path.pop_back();
  // A dot in the name is one more level in the host's, which AWS's certificates do not cover.
  if (settings.path_style || settings.bucket.find('.') != std::string::npos) {
    blank.path += "/" + EncodeUri(settings.bucket);
  } else {
    blank.authority = settings.bucket + "." + blank.authority;
  }
  if (settings.requester_pays) blank.headers.push_back({"x-amz-request-payer", "requester"});
  return blank;
}

}  // namespace

S3Bucket::S3Bucket(S3Settings settings, Client& client) : settings_(std::move(settings)), client_(client), blank_(BlankRequest(settings_)) {}

HttpRequest S3Bucket::Request(std::string method, std::string_view key) const {
  HttpRequest request = blank_;
  request.repeatable = method == "GET" || method == "HEAD";
  request.method = std::move(method);
  request.reply_bytes = kAnswerBytes;
  if (!key.empty()) request.path += "/" + EncodeUriPath(key);
  if (request.path.empty()) request.path = "/";
  return request;
}

Status S3Bucket::Refusal(const HttpResponse& response, std::string_view key, std::string_view right, bool is_write) const {
  const ServiceError error = ErrorOf(response);
  const std::string code = error.Name(response.status);
  const std::string resource = key.empty() ? settings_.store : ResourceOf(key);
  const std::string* region = response.Find("x-amz-bucket-region");
  if (region != nullptr && !IsPlainName(*region)) region = nullptr;
  if (response.status / 100 == 2 && is_write) return {Code::kUnknownOutcome, "it answers " + code + ", which is no answer to this; look before it is repeated", resource};
  if (response.status / 100 == 2) return {Code::kUnavailable, "it answers " + code + ", which is no answer to this; try again", resource};
  if (error.code == "NoSuchBucket") return {Code::kInvalidArgument, "there is no bucket \"" + settings_.bucket + "\"; correct \"bucket\" in the fleet file", settings_.store};
  if (response.status / 100 == 3 || error.code == "AuthorizationHeaderMalformed" || (response.status == 400 && region != nullptr && *region != settings_.region)) {
    return {Code::kInvalidArgument, "the bucket is not in region \"" + settings_.region + "\"" + (region == nullptr ? "" : " but in \"" + *region + "\"") +
                                        " (" + code + "); correct \"region\" or \"endpoint\" in the fleet file", settings_.store};
  }
  if (error.MeansExpired()) return {Code::kPermissionDenied, "the credentials are not good any more (" + code + "); renew them", resource};
  if (error.MeansWrongKey()) return {Code::kPermissionDenied, "the credentials are not known there (" + code + "); correct them, or the profile", resource};
  if (response.status == 401 || response.status == 403) {
    return {Code::kPermissionDenied, "the credentials may not do this (" + code + "); it needs " + std::string(right) + " on bucket \"" + settings_.bucket + "\"", resource};
  }
  if (error.code == "NoSuchKey") return {Code::kNotFound, "there is no such page", resource};
  if (response.status == 404) return {Code::kUnavailable, "the 404 is not from S3; check endpoint and bucket", resource};
  if (response.status == 412) return {Code::kPreconditionFailed, "the page is not the one the plan was made from: somebody else changed it; plan again", resource};
  if (error.code == "ConditionalRequestConflict" && is_write) {
    return {Code::kPreconditionFailed, "another write to the page was under way (" + code + ") and nothing was done; look at the page again", resource};
  }
  if (response.status == 409) return {Code::kUnavailable, "another write to the page was under way (" + code + ") and nothing was done; try again", resource};
  if (error.remedy == Remedy::kSlower) return {Code::kUnavailable, "it is asked too much (" + code + ") and nothing was done; try again later", resource};
  if (response.status >= 500 && is_write) return {Code::kUnknownOutcome, "it answers " + code + "; look before it is repeated", resource};
  if (response.status >= 500) return {Code::kUnavailable, "it answers " + code + "; try again later", resource};
  return {Code::kInvalidArgument, "it refuses the request (" + code + ")", resource};
}

Version VersionOf(std::string_view etag) {
  const bool is_quoted = etag.size() >= 2 && etag.front() == '"' && etag.back() == '"';
  return Version(is_quoted ? etag.substr(1, etag.size() - 2) : etag);
}

std::string ConditionOf(const Version& version, bool quoted) { return quoted ? "\"" + version + "\"" : version; }

}  // namespace evenkeel::aws
