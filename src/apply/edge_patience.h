// EdgePatience: how long one run has waited for edge caches, and whether it is long enough.
#pragma once

#include <algorithm>
#include <chrono>

#include "evenkeel/environment.h"

namespace evenkeel {

// By the environment's clock, the calls that told it to wait among it. A clock that stands still or goes back makes a sleep no
// shorter than it was.
class EdgePatience {
 public:
  static constexpr std::chrono::minutes kMax{20};

  // The environment is borrowed.
  explicit EdgePatience(Environment& environment) : environment_(&environment) {}

  bool IsOut() const { return waited_ >= kMax; }
  std::chrono::seconds waited() const { return std::chrono::duration_cast<std::chrono::seconds>(waited_); }

  void Sleep(std::chrono::milliseconds duration) {
    const Instant begin = environment_->Now();
    environment_->Sleep(duration);
    CountSince(begin, duration);
  }
  template <typename Call>
  auto Ask(Call call) {
    const Instant begin = environment_->Now();
    auto answer = call();
    CountSince(begin);
    return answer;
  }
  void CountSince(Instant begin, std::chrono::milliseconds least = std::chrono::milliseconds(0)) {
    waited_ += std::max(least, std::chrono::duration_cast<std::chrono::milliseconds>(environment_->Now() - begin));
  }

 private:
  Environment* environment_;
  std::chrono::milliseconds waited_{0};
};

}  // namespace evenkeel
