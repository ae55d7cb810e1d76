#include "clock.h"

#include <chrono>
#include <utility>

#include "evenkeel/memory_stores.h"

namespace evenkeel::capi {
namespace {

class HostEnvironment final : public Environment {
 public:
  HostEnvironment(const ek_clock& clock, std::unique_ptr<Files> files)
      : clock_(clock), system_(MakeSystemEnvironment()), files_(std::move(files)) {}

  Instant Now() override { return clock_.now != nullptr ? Instant(std::chrono::seconds(clock_.now(clock_.host))) : system_->Now(); }
  void Sleep(std::chrono::milliseconds duration) override {
    if (clock_.sleep != nullptr) return clock_.sleep(clock_.host, duration.count());
    system_->Sleep(duration);
  }
  std::uint64_t Random() override { return clock_.random != nullptr ? clock_.random(clock_.host) : system_->Random(); }
  Files& files() override { return files_ ? *files_ : system_->files(); }

 private:
  ek_clock clock_;
  std::unique_ptr<Environment> system_;
  std::unique_ptr<Files> files_;
};

}  // namespace

std::unique_ptr<Environment> MakeEnvironment(const ek_clock& clock, bool keeps_files) {
  return std::make_unique<HostEnvironment>(clock, keeps_files ? nullptr : std::make_unique<MemoryFiles>());
}

}  // namespace evenkeel::capi
