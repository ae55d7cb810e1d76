#include "page_counter.h"

#include <unistd.h>

#include <algorithm>

namespace evenkeel::program {
namespace {

using namespace std::chrono_literals;

PageCounter::Way WayOf(bool asked) {
  if (asked) return PageCounter::Way::kLines;
  return isatty(STDERR_FILENO) != 0 ? PageCounter::Way::kRewrite : PageCounter::Way::kSilent;
}

std::string Line(const PageProgress& progress) {
  return progress.store + ": " + std::to_string(progress.read) + " of " + (progress.all_listed ? "" : "at least ") + std::to_string(progress.listed) + " pages read";
}

}  // namespace

PageCounter::PageCounter(bool asked) : PageCounter(WayOf(asked), stderr, Clock::now()) {}

void PageCounter::Tell(const PageProgress& progress, Clock::time_point now) {
  const bool is_last = progress.all_listed && progress.read == progress.listed;
  if (is_last && way_ == Way::kRewrite) return TakeAway();
  const auto pause = way_ == Way::kLines ? 2000ms : width_ == 0 ? 500ms : 100ms;
  if (way_ == Way::kSilent || (now - last_ < pause && !is_last)) return;
  last_ = now;
  const std::string line = Line(progress);
  if (way_ == Way::kLines) {
    std::fprintf(out_, "%s\n", line.c_str());
  } else {
    std::fprintf(out_, "\r%s%*s", line.c_str(), line.size() < width_ ? static_cast<int>(width_ - line.size()) : 0, "");
    width_ = std::max(width_, line.size());
  }
  std::fflush(out_);
}

void PageCounter::TakeAway() {
  if (width_ == 0) return;
  std::fprintf(out_, "\r%*s\r", static_cast<int>(width_), "");
  std::fflush(out_);
  width_ = 0;
}

std::function<void(const PageProgress&)> PageCounter::Callback() {
  return [this](const PageProgress& progress) { Tell(progress, Clock::now()); };
}

}  // namespace evenkeel::program
