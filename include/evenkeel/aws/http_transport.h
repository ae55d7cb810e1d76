// HttpTransport: one HTTP exchange. Everything of evenkeel::aws that asks another host goes through it, so that a host program can put
// its own client there, and tests a server that misbehaves.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/status.h"

namespace evenkeel::aws {

struct HttpHeader {
  std::string name;
  std::string value;

  friend bool operator==(const HttpHeader&, const HttpHeader&) = default;
};

struct HttpRequest {
  std::string method = "GET";
  std::string scheme = "https";     // or "http"
  std::string authority{};          // the host, with ":port" where the scheme has another; it is the Host header, too
  std::string path = "/";           // percent-encoded; sent byte for byte
  std::string query{};              // percent-encoded, without '?'
  std::vector<HttpHeader> headers{};  // all but Host and Content-Length
  std::string body{};
  std::chrono::milliseconds timeout{30'000};  // for the whole exchange
  std::size_t reply_bytes = std::size_t{64} << 20;  // a larger reply is kLimitExceeded

  std::string Url() const { return scheme + "://" + authority + path + (query.empty() ? "" : "?" + query); }
};

struct HttpResponse {
  int status = 0;                   // 200
  std::vector<HttpHeader> headers;  // of the last answer, in its order
  std::string body;

  // The value of the first header of that name in any case; nullptr when there is none.
  const std::string* Find(std::string_view name) const;
};

// Law for implementers: a request is sent once at most, to the host it names and to no other; redirects are answers like any other. The
// peer's certificate is checked. Safe to call from several threads.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  // Any answer of the server is ok, whatever its status. Otherwise
  //   kUnavailable      nothing was sent: no such host, refused, too late to connect
  //   kUnknownOutcome   sent, but no whole answer came: cut off, too late
  //   kLimitExceeded    sent, and the answer has more than reply_bytes
  //   kInvalidArgument  the peer is not who it should be (its certificate), or the request cannot be sent
  // The messages name the host, never a header or a body.
  virtual StatusOr<HttpResponse> Send(const HttpRequest& request) = 0;
};

}  // namespace evenkeel::aws
