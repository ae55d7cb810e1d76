// read_benchmark PAGE DATE ZONE ROUNDS: what the C++ call takes that `evenkeel.read` in Python is measured against.
// Prints nanoseconds of the thread's processor time, one line each: the fastest read, and the fastest read with its document written as JSON.
#include <time.h>

#include <algorithm>
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

// A machine that does other things, too, takes longer by the clock, and not by this one.
long long ProcessorTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

template <typename Work>
long long Fastest(int rounds, Work work) {
  long long fastest = std::numeric_limits<long long>::max();
  for (int round = 0; round < rounds; ++round) {
    const long long started = ProcessorTime();
    if (!work()) std::exit(1);
    fastest = std::min(fastest, ProcessorTime() - started);
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
