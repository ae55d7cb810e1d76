#include "aws/s3_conditions.h"

namespace evenkeel::aws {
namespace {

constexpr int kRefused = 412;
const Version kNobodys = "00000000000000000000000000000000";

}  // namespace

StatusOr<S3Honours> S3Conditions::Get() {
  if (bucket_.settings().endpoint.empty()) return S3Honours{};
  const std::lock_guard lock(mutex_);
  if (!known_) {
    EVENKEEL_ASSIGN_OR_RETURN(known_, Try());
  }
  return *known_;
}

StatusOr<int> S3Conditions::Ask(const char* method, const std::string& key, const HttpHeader& condition, Version* version) {
  HttpRequest request = bucket_.Request(method, key);
  if (request.method == "PUT") request.body = "Evenkeel tries whether this endpoint keeps conditions. This object may be removed.\n";
  request.headers.push_back(condition);
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, bucket_.Send(request));
  if (response.status / 100 != 2 && response.status != kRefused) return bucket_.Refusal(response, key, request.method == "PUT" ? "s3:PutObject" : "s3:DeleteObject", true);
  if (const std::string* etag = response.Find("ETag"); version != nullptr && etag != nullptr) *version = VersionOf(*etag);
  return response.status;
}

StatusOr<S3Honours> S3Conditions::Try() {
  const std::string key = ".evenkeel-probe-" + std::to_string(environment_.Random());
  const HttpHeader nothing_there{"If-None-Match", "*"}, another{"If-Match", ConditionOf(kNobodys, true)};
  S3Honours honours;
  Version version;
  EVENKEEL_ASSIGN_OR_RETURN(const int created, Ask("PUT", key, nothing_there, &version));
  if (created == kRefused || version.empty()) return Status(Code::kUnavailable, "the endpoint could not be tried: it refuses a new object, or names no ETag", bucket_.settings().store);
  EVENKEEL_ASSIGN_OR_RETURN(const int created_again, Ask("PUT", key, nothing_there));
  EVENKEEL_ASSIGN_OR_RETURN(const int replaced_another, Ask("PUT", key, another));
  EVENKEEL_ASSIGN_OR_RETURN(const int replaced, Ask("PUT", key, {"If-Match", ConditionOf(version, true)}));
  honours.quoted = replaced != kRefused;
  honours.writes = created_again == kRefused && replaced_another == kRefused;
  if (!honours.quoted) {
    EVENKEEL_ASSIGN_OR_RETURN(const int bare, Ask("PUT", key, {"If-Match", ConditionOf(version, false)}));
    honours.writes = honours.writes && bare != kRefused;
  }
  EVENKEEL_ASSIGN_OR_RETURN(const int deleted_another, Ask("DELETE", key, {"If-Match", ConditionOf(kNobodys, honours.quoted)}));
  honours.deletes = deleted_another == kRefused;
  if (honours.deletes) {
    EVENKEEL_ASSIGN_OR_RETURN(const int deleted, Ask("DELETE", key, {"If-Match", ConditionOf(version, honours.quoted)}));
    honours.deletes = deleted != kRefused;
  }
  return honours;
}

}  // namespace evenkeel::aws
