#include <sys/random.h>

#include <random>
#include <thread>

#include "stores/local/system_files.h"

namespace evenkeel {
namespace {

class SystemEnvironment final : public Environment {
 public:
  Instant Now() override { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
  void Sleep(std::chrono::milliseconds duration) override { std::this_thread::sleep_for(duration); }
  std::uint64_t Random() override {
    std::uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) == sizeof number) return number;
    std::random_device device;  // a kernel without getrandom(2)
    return std::uint64_t{device()} << 32 | device();
  }
  Files& files() override { return files_; }

 private:
  SystemFiles files_;
};

}  // namespace

std::unique_ptr<Environment> MakeSystemEnvironment() { return std::make_unique<SystemEnvironment>(); }

}  // namespace evenkeel
