// What a service says went wrong, in its XML or JSON, and which of three things that means for the next attempt.
// Source: AWS, "Error responses" (S3 API), "Error handling with DynamoDB", and the retry rules that its SDKs share.
#pragma once

#include <string>
#include <string_view>

#include "evenkeel/http_transport.h"

namespace evenkeel::aws {

enum class Remedy : std::uint8_t {
  kNone,      // the same request fails again
  kLater,     // the server, or what stands before it, had a fault
  kSlower,    // it is asked too much
  kOwnClock,  // refused because of the time in the signature: nothing was done
};

struct ServiceError {
  std::string code;     // "NoSuchKey"; empty where the answer has none that is plain, as those to HEAD
  std::string message;  // the service's words
  Remedy remedy = Remedy::kNone;

  std::string Name(int status) const { return std::to_string(status) + (code.empty() ? "" : " " + code); }  // "403 AccessDenied"
  bool MeansExpired() const;   // credentials that were good once
  bool MeansWrongKey() const;  // credentials that the service does not know, or whose secret is another
};

// True: a text of the server's that a message may show, at most 64 of A-Z, a-z, 0-9, '.' and '-'.
bool IsPlainName(std::string_view text);

// Of an answer that is not 2xx, or that is 200 with an <Error> in it.
ServiceError ErrorOf(const HttpResponse& response);

}  // namespace evenkeel::aws
