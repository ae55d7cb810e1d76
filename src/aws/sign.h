// AWS Signature Version 4 in the Authorization header.
// Source: AWS, "Create a signed AWS API request" (IAM user guide) and "Authenticating Requests: Using the Authorization Header" (S3 API).
#pragma once

#include <string>
#include <string_view>

#include "evenkeel/aws/credentials.h"
#include "evenkeel/http_transport.h"

namespace evenkeel::aws {

enum class PathForm : std::uint8_t {
  kAsSent,      // S3: a path is a key, encoded once; "//" and ".." are parts of it
  kNormalized,  // everybody else: "." and ".." resolved, slashes merged, and what is encoded is encoded again
};

// What a signature is good for.
struct SigningScope {
  std::string region;   // "us-east-1"
  std::string service;  // "s3"
  Instant at;           // by the server's clock, within some minutes
};

// Adds X-Amz-Date, X-Amz-Security-Token where there is a token, X-Amz-Content-Sha256 for S3, and Authorization. Every header that the
// request has is signed; what the transport adds (Content-Length) is not.
void SignRequest(HttpRequest& request, const Credentials& credentials, const SigningScope& scope);

// The steps of it, in their order.
// `payload_hash`: SHA-256 of the body in hexadecimal digits.
std::string CanonicalRequest(const HttpRequest& request, std::string_view payload_hash, PathForm path_form);
// "host;x-amz-date": the names of the request's headers and Host, in lower case, sorted.
std::string SignedHeaderNames(const HttpRequest& request);
// "20150830T123600Z".
std::string BasicInstant(Instant instant);
// "20150830/us-east-1/service/aws4_request".
std::string CredentialScope(const SigningScope& scope);
std::string StringToSign(std::string_view canonical_request, const SigningScope& scope);
// 64 hexadecimal digits.
std::string Signature(std::string_view string_to_sign, std::string_view secret_access_key, const SigningScope& scope);

}  // namespace evenkeel::aws
