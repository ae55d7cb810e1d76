// PageCounter: how many pages of how many were read, on stderr while a fleet is looked at.
#pragma once

#include <chrono>
#include <cstdio>
#include <functional>

#include "evenkeel/snapshot.h"

namespace evenkeel::program {

class PageCounter {
 public:
  enum class Way {
    kSilent,
    kRewrite,  // a terminal: one line that is written over, from the first half second on, and taken away at the end
    kLines,    // --progress: a line every two seconds, and one at the end
  };
  using Clock = std::chrono::steady_clock;

  // `out` is borrowed.
  PageCounter(Way way, std::FILE* out, Clock::time_point begin) : way_(way), out_(out), last_(begin) {}
  // On stderr. `asked`: --progress.
  explicit PageCounter(bool asked);
  PageCounter(const PageCounter&) = delete;
  PageCounter& operator=(const PageCounter&) = delete;
  ~PageCounter() { TakeAway(); }

  void Tell(const PageProgress& progress, Clock::time_point now);
  // For AuditOptions, and for verbs that look at the fleet first; the counter must outlive the look.
  std::function<void(const PageProgress&)> Callback();
  ObserveOptions Look() { return {{}, Callback()}; }

 private:
  void TakeAway();

  const Way way_;
  std::FILE* const out_;
  Clock::time_point last_;
  std::size_t width_ = 0;  // of what stands on the terminal's line
};

}  // namespace evenkeel::program
