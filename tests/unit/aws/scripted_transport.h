// A transport that answers by a script and keeps what was asked.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/header_name.h"
#include "evenkeel/http_transport.h"

namespace evenkeel::aws {

using Answers = std::function<StatusOr<HttpResponse>(const HttpRequest&)>;

class Scripted final : public HttpTransport {
 public:
  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    const std::lock_guard lock(mutex_);
    requests.push_back(request);
    return answers(request);
  }
  Answers answers;
  std::vector<HttpRequest> requests;

 private:
  std::mutex mutex_;
};

inline std::string HeaderOf(const HttpRequest& request, std::string_view name) {
  for (const HttpHeader& header : request.headers) {
    if (LowerHeaderName(header.name) == name) return header.value;
  }
  return {};
}

inline HttpResponse Reply(int status, std::vector<HttpHeader> headers = {}, std::string body = {}) { return {status, std::move(headers), std::move(body)}; }

}  // namespace evenkeel::aws
