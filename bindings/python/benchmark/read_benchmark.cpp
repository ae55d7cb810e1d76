// read_benchmark PAGE DATE ZONE ROUNDS: what the C++ call takes that `evenkeel.read` in Python is measured against.
// Prints nanoseconds, one line each: the fastest read, and the fastest read with its document written as JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "evenkeel/documents.h"
#include "evenkeel/evenkeel.h"
#include "evenkeel/json.h"

namespace {

using Clock = std::chrono::steady_clock;

template <typename Work>
long long Fastest(int rounds, Work work) {
  long long fastest = std::numeric_limits<long long>::max();
  for (int round = 0; round < rounds; ++round) {
    const auto started = Clock::now();
    if (!work()) std::exit(1);
    fastest = std::min<long long>(fastest, std::chrono::nanoseconds(Clock::now() - started).count());
  }
  return fastest;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 64;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const auto zones = evenkeel::MakeSystemZoneSource();
  evenkeel::ReadOptions options;
  options.date = evenkeel::ParseDate(argv[2]);
  options.zone = argv[3];
  options.zones = zones.get();
  const int rounds = std::atoi(argv[4]);
  const auto read = [&] { return evenkeel::ReadPage(page, options).ok(); };
  const auto read_as_json = [&] { return !evenkeel::DumpJson(evenkeel::ReadingToJson(*evenkeel::ReadPage(page, options))).empty(); };
  std::printf("%lld\n%lld\n", Fastest(rounds, read), Fastest(rounds, read_as_json));
  return 0;
}
