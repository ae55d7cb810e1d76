// Credentials that another host hands out.
#include "aws/credential_sources.h"
#include "aws/service_error.h"
#include "aws/uri.h"
#include "http/xml.h"
#include "http/address.h"
#include "text/fold.h"

namespace evenkeel::aws {
namespace {

constexpr std::size_t kAnswerBytes = 256u << 10;
constexpr std::chrono::milliseconds kNearTimeout{2'000};  // of what is on this machine or beside it
constexpr const char* kContainerHost = "169.254.170.2";

// An answer of 200, or why there is none; the body of another status may hold anything and is not shown.
StatusOr<std::string> Ask(const Surroundings& around, HttpRequest request, const std::string& place) {
  request.reply_bytes = kAnswerBytes;
  request.repeatable = true;
  auto answer = around.transport.Send(request);
  if (!answer.ok()) return Status(answer.code() == Code::kInvalidArgument ? Code::kInvalidArgument : Code::kUnavailable, answer.status().message(), place);
  if (answer->status == 200) return std::move(answer->body);
  const ServiceError error = ErrorOf(*answer);
  return Status(error.remedy == Remedy::kNone ? Code::kPermissionDenied : Code::kUnavailable,
                "answers " + std::to_string(answer->status) + (error.code.empty() ? "" : " " + error.code), place);
}

StatusOr<Credentials> CredentialsFromXml(const std::string& text, const std::string& place) {
  EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, ParseXml(text, place));
  const XmlElement* result = root.Find("AssumeRoleWithWebIdentityResult");
  const XmlElement* found = result == nullptr ? nullptr : result->Find("Credentials");
  if (found == nullptr) return Status(Code::kUnavailable, "the answer has no credentials", place);
  Credentials credentials{found->TextOf("AccessKeyId"), found->TextOf("SecretAccessKey"), found->TextOf("SessionToken"), ParseInstant(found->TextOf("Expiration"))};
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) return Status(Code::kUnavailable, "the answer has no credentials", place);
  return credentials;
}

// Whether a token may go there unencrypted: this machine, and the addresses at which containers are served.
bool IsNear(const std::string& authority) {
  const std::string host = authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1) : authority.substr(0, authority.find(':'));
  const std::string digits = host.starts_with("127.") ? host : "";
  const bool is_loopback = !digits.empty() && digits.find_first_not_of("0123456789.") == std::string::npos;
  return is_loopback || host == "localhost" || host == "[::1]" || host == kContainerHost || host == "169.254.170.23" || host == "[fd00:ec2::23]";
}

StatusOr<std::string> ReadToken(const Surroundings& around, const std::string& path) {
  auto text = around.environment.files().Read(path, kAnswerBytes);
  if (!text.ok()) return Status(Code::kInvalidArgument, "cannot be read: " + text.status().message(), path);
  return std::string(TrimSpace(*text));
}

}  // namespace

StatusOr<Credentials> CredentialsFromJson(std::string_view text, const char* token_name, const std::string& place) {
  const auto json = ParseJson(text, place);
  const auto member = [&](const char* name) { return json->contains(name) && (*json)[name].is_string() ? (*json)[name].get<std::string>() : std::string(); };
  const bool is_object = json.ok() && json->is_object();
  if (!is_object || member("AccessKeyId").empty() || member("SecretAccessKey").empty()) {
    return Status(Code::kUnavailable, "the answer is not JSON with AccessKeyId and SecretAccessKey", place);
  }
  Credentials credentials{member("AccessKeyId"), member("SecretAccessKey"), member(token_name), ParseInstant(member("Expiration"))};
  if (!member("Expiration").empty() && !credentials.expires) return Status(Code::kUnavailable, "the answer's Expiration is no time", place);
  return credentials;
}

StatusOr<Sight> LookAtWebIdentity(const Surroundings& around) {
  const auto path = around.Variable("AWS_WEB_IDENTITY_TOKEN_FILE"), role = around.Variable("AWS_ROLE_ARN");
  if (!path) return Sight{{}, "AWS_WEB_IDENTITY_TOKEN_FILE is not set"};
  if (!role) return Status(Code::kInvalidArgument, "AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN", "web identity");
  EVENKEEL_ASSIGN_OR_RETURN(const std::string token, ReadToken(around, *path));
  const std::string region = around.options.region.empty() ? "" : around.options.region + ".";
  const std::string endpoint = around.Variable("AWS_ENDPOINT_URL_STS").value_or("https://sts." + region + "amazonaws.com");
  auto request = RequestTo(endpoint);
  if (!request) return Status(Code::kInvalidArgument, "AWS_ENDPOINT_URL_STS is no address", "web identity");
  request->method = "POST";
  request->headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request->body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=" + EncodeUri(*role) +
                  "&RoleSessionName=" + EncodeUri(around.Variable("AWS_ROLE_SESSION_NAME").value_or("evenkeel")) + "&WebIdentityToken=" + EncodeUri(token);
  const std::string place = "web identity (" + request->authority + ")";
  EVENKEEL_ASSIGN_OR_RETURN(const std::string answer, Ask(around, *request, place));
  EVENKEEL_ASSIGN_OR_RETURN(Credentials credentials, CredentialsFromXml(answer, place));
  return Sight{std::move(credentials)};
}

StatusOr<Sight> LookInContainer(const Surroundings& around) {
  const auto relative = around.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"), full = around.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  if (!relative && !full) return Sight{{}, "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set"};
  auto request = RequestTo(relative ? "http://" + std::string(kContainerHost) + *relative : *full);
  if (!request || (request->scheme == "http" && !IsNear(request->authority))) {
    return Status(Code::kInvalidArgument, "the address of the container's credentials is neither https nor of this machine or its container service", "container");
  }
  if (const auto path = around.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
    EVENKEEL_ASSIGN_OR_RETURN(const std::string token, ReadToken(around, *path));
    request->headers.push_back({"Authorization", token});
  } else if (const auto token = around.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")) {
    request->headers.push_back({"Authorization", *token});
  }
  request->timeout = kNearTimeout;
  request->direct = request->scheme == "http";
  const std::string place = "container (" + request->authority + ")";
  EVENKEEL_ASSIGN_OR_RETURN(const std::string answer, Ask(around, *request, place));
  EVENKEEL_ASSIGN_OR_RETURN(Credentials credentials, CredentialsFromJson(answer, "Token", place));
  return Sight{std::move(credentials)};
}

StatusOr<Sight> LookInInstance(const Surroundings& around) {
  if (FoldCase(around.Variable("AWS_EC2_METADATA_DISABLED").value_or("")) == "true") return Sight{{}, "AWS_EC2_METADATA_DISABLED is true"};
  const auto base = RequestTo(around.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").value_or("http://169.254.169.254"));
  if (!base) return Status(Code::kInvalidArgument, "AWS_EC2_METADATA_SERVICE_ENDPOINT is no address", "instance");
  const std::string place = "instance (" + base->authority + ")";
  const auto ask = [&](const char* method, const std::string& path, const HttpHeader& header) {
    HttpRequest request = *base;
    request.method = method;
    request.path = path;
    request.headers = {header};
    request.timeout = kNearTimeout;
    request.direct = true;
    return Ask(around, request, place);
  };
  const std::string roles = "/latest/meta-data/iam/security-credentials/";
  const auto session = ask("PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds", "21600"});
  if (!session.ok()) return Sight{{}, "no metadata service at " + base->authority + ": " + session.status().message()};
  const HttpHeader token{"X-aws-ec2-metadata-token", *session};
  const auto role = ask("GET", roles, token);
  const std::string name(role.ok() ? TrimSpace(std::string_view(*role).substr(0, role->find('\n'))) : "");
  if (name.empty()) return Sight{{}, "the instance has no role"};
  EVENKEEL_ASSIGN_OR_RETURN(const std::string answer, ask("GET", roles + EncodeUri(name), token));
  EVENKEEL_ASSIGN_OR_RETURN(Credentials credentials, CredentialsFromJson(answer, "Token", place));
  return Sight{std::move(credentials)};
}

}  // namespace evenkeel::aws
