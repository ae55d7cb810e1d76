#include "aws/client.h"

#include <algorithm>

#include "aws/sign.h"
#include "text/fold.h"

namespace evenkeel::aws {
namespace {

constexpr int kFaultCost = 14, kThrottleCost = 5;

// What to do about this outcome; an answer of the service's own stays as it is.
Remedy RemedyOf(const StatusOr<HttpResponse>& answer) {
  if (!answer.ok()) return answer.code() == Code::kUnavailable || answer.code() == Code::kUnknownOutcome ? Remedy::kLater : Remedy::kNone;
  return answer->status / 100 == 2 ? Remedy::kNone : ErrorOf(*answer).remedy;
}

// A request that changes nothing cannot have an outcome that must be looked into.
StatusOr<HttpResponse> LastWord(StatusOr<HttpResponse> answer, const HttpRequest& request, int attempts) {
  const std::string tries = attempts == 1 ? "" : " (" + std::to_string(attempts) + " attempts)";
  if (!answer.ok()) return Status(Code::kUnavailable, answer.status().message() + tries, answer.status().resource());
  const ServiceError error = ErrorOf(*answer);
  return Status(Code::kUnavailable, "it answers " + std::to_string(answer->status) + (error.code.empty() ? "" : " " + error.code) + tries + "; try again later",
                request.authority);
}

}  // namespace

bool RetryBudget::Take(int tokens) {
  const std::lock_guard lock(mutex_);
  if (left_ < tokens) return false;
  left_ -= tokens;
  return true;
}

void RetryBudget::GiveBack(int tokens) {
  const std::lock_guard lock(mutex_);
  left_ = std::min(left_ + tokens, kTokens);
}

Client::Client(std::string region, std::string service, HttpTransport& transport, CredentialsProvider& credentials, Environment& environment, RetryPolicy policy)
    : region_(std::move(region)), service_(std::move(service)), transport_(transport), credentials_(credentials), environment_(environment),
      policy_(policy), clock_(environment) {}

StatusOr<HttpResponse> Client::SignAndSend(HttpRequest request, Instant* signed_at) {
  EVENKEEL_ASSIGN_OR_RETURN(const Credentials credentials, credentials_.Get());
  *signed_at = clock_.Now();
  SignRequest(request, credentials, {region_, service_, *signed_at});
  return transport_.Send(request);
}

std::chrono::milliseconds Client::WaitBefore(int attempt, Remedy remedy, const HttpResponse* response) {
  const auto base = remedy == Remedy::kSlower ? policy_.throttled_wait : policy_.wait;
  const auto bound = std::min(policy_.wait_max, base * (1 << std::min(attempt - 1, 16)));
  const auto drawn = std::chrono::milliseconds(environment_.Random() % (static_cast<std::uint64_t>(bound.count()) + 1));
  const std::string* asked = response == nullptr ? nullptr : response->Find("x-amz-retry-after");  // milliseconds
  if (asked == nullptr || !IsDigits(*asked) || asked->size() > 6) return drawn;
  return std::clamp(std::chrono::milliseconds(std::stol(*asked)), drawn, drawn + std::chrono::seconds(5));
}

StatusOr<HttpResponse> Client::Send(const HttpRequest& request) {
  bool signed_again = false;
  int spent = 0;  // tokens of the attempts so far
  for (int attempt = 1;; ++attempt) {
    Instant signed_at{};
    auto answer = SignAndSend(request, &signed_at);
    const Remedy remedy = RemedyOf(answer);
    if (remedy == Remedy::kOwnClock) {
      const std::string* date = answer->Find("Date");
      if (signed_again || date == nullptr || !clock_.Learn(*date, signed_at)) return answer;
      signed_again = true;
      continue;
    }
    if (remedy == Remedy::kNone) {
      budget_.GiveBack(spent > 0 ? spent : 1);
      return answer;
    }
    if (!request.repeatable) return answer;
    const int cost = remedy == Remedy::kSlower ? kThrottleCost : kFaultCost;
    if (attempt >= policy_.attempts_max || !budget_.Take(cost)) return LastWord(std::move(answer), request, attempt);
    spent += cost;
    environment_.Sleep(WaitBefore(attempt, remedy, answer.ok() ? &*answer : nullptr));
  }
}

}  // namespace evenkeel::aws
