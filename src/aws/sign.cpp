#include "aws/sign.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <map>

#include "http/header_name.h"
#include "aws/uri.h"
#include "digest/sha256.h"

namespace evenkeel::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

// RFC 3986, section 5.2.4, with empty segments merged.
std::string RemoveDotSegments(std::string_view path) {
  std::vector<std::string_view> segments;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, end - at);
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
    at = end + 1;
  }
  std::string out;
  for (const std::string_view segment : segments) out.append("/").append(segment);
  return out.empty() || path.ends_with('/') ? out + "/" : out;
}

std::string CanonicalPath(std::string_view path, PathForm form) {
  return form == PathForm::kAsSent ? std::string(path) : EncodeUriPath(RemoveDotSegments(path));
}

std::string CanonicalQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    const std::string_view parameter = query.substr(at, end - at);
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
    if (!parameter.empty()) parameters.emplace_back(EncodeUri(DecodeUri(parameter.substr(0, equals))), EncodeUri(DecodeUri(value)));
    at = end + 1;
  }
  std::sort(parameters.begin(), parameters.end());
  std::string out;
  for (const auto& [name, value] : parameters) out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
  return out;
}

// White space at the ends goes, and runs of it become one space.
std::string CanonicalValue(std::string_view value) {
  std::string out;
  bool pending = false;
  for (const char c : value) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out += c;
  }
  return out;
}

// Name in lower case → its values in the order in which they are sent.
std::map<std::string, std::string> CanonicalHeaders(const HttpRequest& request) {
  std::map<std::string, std::string> headers = {{"host", CanonicalValue(request.authority)}};
  for (const HttpHeader& header : request.headers) {
    const auto [at, is_new] = headers.try_emplace(LowerHeaderName(header.name), CanonicalValue(header.value));
    if (!is_new) at->second += "," + CanonicalValue(header.value);
  }
  return headers;
}

std::string Hmac(std::string_view key, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
       reinterpret_cast<unsigned char*>(out.data()), &size);
  out.resize(size);
  return out;
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) out += {kDigits[static_cast<unsigned char>(c) >> 4], kDigits[static_cast<unsigned char>(c) & 15]};
  return out;
}

}  // namespace

std::string BasicInstant(Instant instant) {
  std::string text = FormatInstant(instant);  // "2015-08-30T12:36:00Z"
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string CredentialScope(const SigningScope& scope) {
  return BasicInstant(scope.at).substr(0, 8) + "/" + scope.region + "/" + scope.service + "/aws4_request";
}

std::string SignedHeaderNames(const HttpRequest& request) {
  std::string names;
  for (const auto& [name, value] : CanonicalHeaders(request)) names.append(names.empty() ? "" : ";").append(name);
  return names;
}

std::string CanonicalRequest(const HttpRequest& request, std::string_view payload_hash, PathForm path_form) {
  std::string out = request.method + "\n" + CanonicalPath(request.path, path_form) + "\n" + CanonicalQuery(request.query) + "\n";
  for (const auto& [name, value] : CanonicalHeaders(request)) out.append(name).append(":").append(value).append("\n");
  return out.append("\n").append(SignedHeaderNames(request)).append("\n").append(payload_hash);
}

std::string StringToSign(std::string_view canonical_request, const SigningScope& scope) {
  return std::string(kAlgorithm) + "\n" + BasicInstant(scope.at) + "\n" + CredentialScope(scope) + "\n" + Sha256Hex(canonical_request);
}

std::string Signature(std::string_view string_to_sign, std::string_view secret_access_key, const SigningScope& scope) {
  std::string key = "AWS4" + std::string(secret_access_key);
  const std::string date = BasicInstant(scope.at).substr(0, 8);
  for (const std::string_view part : {std::string_view(date), std::string_view(scope.region), std::string_view(scope.service), std::string_view("aws4_request")}) {
    std::string next = Hmac(key, part);
    OPENSSL_cleanse(key.data(), key.size());
    key = std::move(next);
  }
  std::string signature = Hex(Hmac(key, string_to_sign));
  OPENSSL_cleanse(key.data(), key.size());
  return signature;
}

void SignRequest(HttpRequest& request, const Credentials& credentials, const SigningScope& scope) {
  const bool is_s3 = scope.service == "s3";
  const std::string payload_hash = Sha256Hex(request.body);
  request.headers.push_back({"X-Amz-Date", BasicInstant(scope.at)});
  if (!credentials.session_token.empty()) request.headers.push_back({"X-Amz-Security-Token", credentials.session_token});
  if (is_s3) request.headers.push_back({"X-Amz-Content-Sha256", payload_hash});
  const std::string canonical = CanonicalRequest(request, payload_hash, is_s3 ? PathForm::kAsSent : PathForm::kNormalized);
  const std::string signature = Signature(StringToSign(canonical, scope), credentials.secret_access_key, scope);
  request.headers.push_back({"Authorization", std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + "/" + CredentialScope(scope) +
                                                  ", SignedHeaders=" + SignedHeaderNames(request) + ", Signature=" + signature});
}

}  // namespace evenkeel::aws
