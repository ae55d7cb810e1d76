#include "evenkeel/memory_stores.h"

namespace evenkeel {

MemoryEnvironment::MemoryEnvironment(Instant now, std::uint64_t seed)
    : clock_(std::make_shared<MemoryWorld<std::chrono::milliseconds>>()), random_state_(seed), files_(std::make_unique<MemoryFiles>()) {
  SetNow(now);
}

std::unique_ptr<MemoryEnvironment> MemoryEnvironment::Share(std::uint64_t seed) const {
  auto other = std::make_unique<MemoryEnvironment>(Instant{}, seed);
  other->clock_ = clock_;
  other->files_ = files_->Share();
  return other;
}

void MemoryEnvironment::SetNow(Instant now) {
  clock_->With([&](std::chrono::milliseconds& clock) { clock = now.time_since_epoch(); });
}

Instant MemoryEnvironment::Now() {
  return clock_->With([](std::chrono::milliseconds& clock) { return Instant(std::chrono::floor<std::chrono::seconds>(clock)); });
}

void MemoryEnvironment::Sleep(std::chrono::milliseconds duration) {
  clock_->With([&](std::chrono::milliseconds& clock) { clock += duration; });
}

// splitmix64 (Steele, Lea, Flood 2014): every seed gives a full-length sequence.
std::uint64_t MemoryEnvironment::Random() {
  const std::lock_guard<std::mutex> lock(random_mutex_);
  std::uint64_t z = random_state_ += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

Files& MemoryEnvironment::files() { return *files_; }

}  // namespace evenkeel
