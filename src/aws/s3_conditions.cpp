#include "aws/s3_conditions.h"

namespace evenkeel::aws {
namespace {

constexpr int kRefused = 412, kUnknown = 501;
const Version kNobodys = "00000000000000000000000000000000";

bool IsDone(int status) { return status / 100 == 2; }

// An object of our own. It is taken away at the end, whatever came of it; where that fails, it stays.
class Probe {
 public:
  Probe(S3Bucket& bucket, Environment& environment) : bucket_(bucket), key_(".evenkeel-probe-" + std::to_string(environment.Random())) {}
  // Nobody else has its key, so that this may be sent again.
  ~Probe() {
    HttpRequest request = bucket_.Request("DELETE", key_);
    request.repeatable = true;
    static_cast<void>(bucket_.Send(request));
  }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  const Version& version() const { return version_; }
  // The status of a write under this condition: 2xx, kRefused or kUnknown.
  StatusOr<int> Put(const HttpHeader& condition) {
    HttpRequest request = bucket_.Request("PUT", key_);
    request.body = "Evenkeel tries whether this endpoint keeps conditions. This object may be removed.\n";
    return Ask(std::move(request), condition, "s3:PutObject");
  }
  StatusOr<int> Delete(const HttpHeader& condition) { return Ask(bucket_.Request("DELETE", key_), condition, "s3:DeleteObject"); }

  // Makes it. kRefused is no answer to that, for nobody has its key.
  StatusOr<int> Create() {
    EVENKEEL_ASSIGN_OR_RETURN(const int created, Put({"If-None-Match", "*"}));
    if (created == kRefused || (IsDone(created) && version_.empty())) return Untried();
    return created;
  }

 private:
  StatusOr<int> Ask(HttpRequest request, const HttpHeader& condition, std::string_view right) {
    request.headers.push_back(condition);
    const auto response = bucket_.Send(request);
    if (!response.ok()) return Meaning(response.status());
    if (!IsDone(response->status) && response->status != kRefused && response->status != kUnknown) return Meaning(bucket_.Refusal(*response, key_, right, true));
    if (const std::string* etag = response->Find("ETag"); IsDone(response->status) && etag != nullptr) version_ = VersionOf(*etag);
    return response->status;
  }
  Status Untried(const std::string& why = "try again") const {
    return {Code::kUnavailable, "the endpoint could not be tried; nothing was written: " + why, bucket_.settings().store};
  }
  // What is unknown, gone or changed is this object. Who asked means the page, and to that nothing was done.
  Status Meaning(const Status& status) const {
    if (status.code() == Code::kPermissionDenied || status.code() == Code::kInvalidArgument) return status;
    return status.code() == Code::kUnavailable ? Untried(status.message()) : Untried();
  }

  S3Bucket& bucket_;
  const std::string key_;
  Version version_;
};

}  // namespace

StatusOr<S3Honours> S3Conditions::OfWrites() {
  if (bucket_.settings().endpoint.empty()) return S3Honours{};
  const std::lock_guard lock(mutex_);
  if (!writes_) {
    EVENKEEL_ASSIGN_OR_RETURN(writes_, TryWrites());
  }
  return *writes_;
}

StatusOr<bool> S3Conditions::OfDeletes(bool quoted) {
  if (bucket_.settings().endpoint.empty()) return true;
  const std::lock_guard lock(mutex_);
  if (!deletes_) {
    EVENKEEL_ASSIGN_OR_RETURN(deletes_, TryDeletes(quoted));
  }
  return *deletes_;
}

StatusOr<S3Honours> S3Conditions::TryWrites() {
  Probe probe(bucket_, environment_);
  S3Honours honours{.writes = false};
  EVENKEEL_ASSIGN_OR_RETURN(const int created, probe.Create());
  if (created == kUnknown) return honours;
  EVENKEEL_ASSIGN_OR_RETURN(const int created_again, probe.Put({"If-None-Match", "*"}));
  EVENKEEL_ASSIGN_OR_RETURN(int replaced, probe.Put({"If-Match", ConditionOf(probe.version(), true)}));
  honours.quoted = IsDone(replaced);
  if (!honours.quoted) {
    EVENKEEL_ASSIGN_OR_RETURN(replaced, probe.Put({"If-Match", ConditionOf(probe.version(), false)}));
  }
  EVENKEEL_ASSIGN_OR_RETURN(const int replaced_another, probe.Put({"If-Match", ConditionOf(kNobodys, honours.quoted)}));
  honours.writes = created_again == kRefused && IsDone(replaced) && replaced_another == kRefused;
  return honours;
}

StatusOr<bool> S3Conditions::TryDeletes(bool quoted) {
  Probe probe(bucket_, environment_);
  EVENKEEL_ASSIGN_OR_RETURN(const int created, probe.Create());
  if (created == kUnknown) return false;
  EVENKEEL_ASSIGN_OR_RETURN(const int deleted_another, probe.Delete({"If-Match", ConditionOf(kNobodys, quoted)}));
  if (deleted_another != kRefused) return false;
  EVENKEEL_ASSIGN_OR_RETURN(const int deleted, probe.Delete({"If-Match", ConditionOf(probe.version(), quoted)}));
  return IsDone(deleted);
}

}  // namespace evenkeel::aws
