// HttpTransport: one HTTP exchange. Every adapter that asks another host goes through it, so that a host program can put its own client
// there, and tests a server that misbehaves. MakeCurlTransport is the one over libcurl (target evenkeel::http).
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/status.h"

namespace evenkeel {

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
  std::size_t reply_bytes = std::size_t{64} << 20;  // a larger body is kLimitExceeded
  bool repeatable = false;  // it changes nothing, so that it may be sent again where a kept connection turns out to be closed
  bool direct = false;      // past every proxy

  std::string Url() const { return scheme + "://" + authority + path + (query.empty() ? "" : "?" + query); }
};

struct HttpResponse {
  int status = 0;                   // 200
  std::vector<HttpHeader> headers;  // of the last answer, in its order
  std::string body;

  // The value of the first header of that name in any case; nullptr when there is none.
  const std::string* Find(std::string_view name) const;
};

// Law for implementers: a request that is not repeatable is sent once at most. It goes to the host it names and to no other; redirects are
// answers like any other. The peer's certificate is checked. Safe to call from several threads.
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

struct CurlOptions {
  std::size_t connections_max = 16;  // at once; who comes when all are busy waits, within the request's timeout
  std::chrono::milliseconds connect_timeout{5'000};
  std::string ca_file{};             // PEM; empty: the system's
  std::string ca_setting{};          // where a person names that file, for messages: "AWS_CA_BUNDLE"
  std::string proxy{};               // "http://proxy:3128"; empty: HTTPS_PROXY, NO_PROXY and so on, as libcurl reads them
};

// HTTP/1.1, and HTTP/2 where a server offers it over TLS. Connections are kept and used again by what is repeatable alone; anything else has
// a new one, for libcurl repeats on its own what it sent over a connection that turns out to be closed.
std::unique_ptr<HttpTransport> MakeCurlTransport(const CurlOptions& options);

}  // namespace evenkeel
