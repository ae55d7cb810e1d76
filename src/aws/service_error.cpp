#include "aws/service_error.h"

#include <algorithm>
#include <array>

#include "http/xml.h"
#include "evenkeel/json.h"

namespace evenkeel::aws {
namespace {

constexpr std::array<std::string_view, 14> kThrottles = {
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "TooManyRequestsException",
    "ProvisionedThroughputExceededException", "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
    "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException"};
constexpr std::array<std::string_view, 4> kFaults = {"RequestTimeout", "RequestTimeoutException", "InternalError", "ServiceUnavailable"};
constexpr std::array<std::string_view, 6> kClocks = {"RequestTimeTooSkewed", "RequestExpired",  "RequestInTheFuture",
                                                     "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"};

constexpr std::array<std::string_view, 5> kExpired = {"ExpiredToken", "TokenRefreshRequired", "InvalidToken", "ExpiredTokenException", "RequestExpired"};
constexpr std::array<std::string_view, 7> kWrongKeys = {"SignatureDoesNotMatch",       "InvalidAccessKeyId",         "InvalidSignatureException",
                                                        "UnrecognizedClientException", "InvalidClientTokenId",       "MissingAuthenticationTokenException",
                                                        "IncompleteSignatureException"};

template <std::size_t size>
bool IsAmong(const std::array<std::string_view, size>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Remedy RemedyOf(int status, std::string_view code) {
  if (IsAmong(kThrottles, code) || status == 429) return Remedy::kSlower;
  if (IsAmong(kClocks, code)) return Remedy::kOwnClock;
  if (IsAmong(kFaults, code) || status == 500 || status == 502 || status == 503 || status == 504) return Remedy::kLater;
  return Remedy::kNone;
}

// <Error><Code>, or <ErrorResponse><Error><Code>.
void ReadXml(const HttpResponse& response, ServiceError& error) {
  auto root = ParseXml(response.body, "error");
  if (!root.ok()) return;
  const XmlElement* inner = root->name == "ErrorResponse" ? root->Find("Error") : &*root;
  if (inner == nullptr || inner->name != "Error") return;
  error.code = inner->TextOf("Code");
  error.message = inner->TextOf("Message");
}

// {"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "message": "…"}
void ReadJson(const HttpResponse& response, ServiceError& error) {
  auto json = ParseJson(response.body, "error");
  if (!json.ok() || !json->is_object()) return;
  const auto text = [&](const char* name) { return json->contains(name) && (*json)[name].is_string() ? (*json)[name].get<std::string>() : std::string(); };
  const std::string type = text("__type");
  error.code = type.substr(type.find('#') + 1);
  error.message = text(json->contains("message") ? "message" : "Message");
}

}  // namespace

bool ServiceError::MeansExpired() const { return IsAmong(kExpired, code); }
bool ServiceError::MeansWrongKey() const { return IsAmong(kWrongKeys, code); }

bool IsPlainName(std::string_view text) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
  return !text.empty() && text.size() <= 64 && text.find_first_not_of(kPlain) == std::string_view::npos;
}

ServiceError ErrorOf(const HttpResponse& response) {
  ServiceError error;
  if (response.body.starts_with('{')) {
    ReadJson(response, error);
  } else if (response.body.starts_with('<')) {
    ReadXml(response, error);
  }
  if (!IsPlainName(error.code)) error.code.clear();
  error.remedy = RemedyOf(response.status, error.code);
  // HEAD is refused without a word; where the time was right, its Date says so.
  if (response.status == 403 && response.body.empty()) error.remedy = Remedy::kOwnClock;
  return error;
}

}  // namespace evenkeel::aws
