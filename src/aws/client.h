// Client: a signed call of one AWS service, with what is tried again and when.
//
// Only what is repeatable (HttpRequest) is tried again by itself: after a fault, or slower where the service is asked too much. A write is
// sent once, and its answer is the caller's. Both are signed once more where they were refused for the time in the signature.
// Waits are drawn from zero to a bound that doubles ("full jitter"), and all calls of a client share a budget of attempts, so that a service
// in trouble is not asked ever more. Figures: AWS, "Retry behavior" (SDKs and Tools Reference Guide).
#pragma once

#include <mutex>

#include "aws/server_clock.h"
#include "aws/service_error.h"
#include "evenkeel/aws/credentials.h"
#include "evenkeel/http_transport.h"

namespace evenkeel::aws {

struct RetryPolicy {
  int attempts_max = 3;  // the first among them
  std::chrono::milliseconds wait{50};           // bound of the first wait after a fault
  std::chrono::milliseconds throttled_wait{1'000};
  std::chrono::milliseconds wait_max{20'000};
};
// DynamoDB answers in milliseconds.
inline constexpr RetryPolicy kDynamoRetries = {4, std::chrono::milliseconds(25), std::chrono::milliseconds(1'000), std::chrono::milliseconds(20'000)};

// How many attempts beyond the first ones there may still be. Safe to use from several threads.
class RetryBudget {
 public:
  bool Take(int tokens);
  void GiveBack(int tokens);

 private:
  static constexpr int kTokens = 500;
  std::mutex mutex_;
  int left_ = kTokens;
};

class Client {
 public:
  // Everything is borrowed.
  Client(std::string region, std::string service, HttpTransport& transport, CredentialsProvider& credentials, Environment& environment, RetryPolicy policy = {});

  // Signs and sends. Any answer is ok, whatever its status, except one that says to come back later to a request that is repeatable:
  // after the last attempt that is kUnavailable. Else as HttpTransport and CredentialsProvider; a repeatable request has no kUnknownOutcome.
  StatusOr<HttpResponse> Send(const HttpRequest& request);

 private:
  StatusOr<HttpResponse> SignAndSend(HttpRequest request, Instant* signed_at);
  std::chrono::milliseconds WaitBefore(int attempt, Remedy remedy, const HttpResponse* response);

  const std::string region_, service_;
  HttpTransport& transport_;
  CredentialsProvider& credentials_;
  Environment& environment_;
  const RetryPolicy policy_;
  RetryBudget budget_;
  ServerClock clock_;
};

}  // namespace evenkeel::aws
