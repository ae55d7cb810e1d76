#include "simulation/modes.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <vector>

#include "simulation/history.h"

namespace evenkeel::simulation {
namespace {

class Watch {
 public:
  double Seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count(); }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

// The scenarios of the random histories; a seed chooses one.
class Repertoire {
 public:
  Status Open() {
    for (const auto& [size, redirect, agents, share] : kCast) {
      EVENKEEL_ASSIGN_OR_RETURN(auto theatre, Theatre::Open(size, redirect, agents));
      theatres_.push_back(std::move(theatre));
    }
    return OkStatus();
  }
  // Mostly the small ones: a history of the last takes six times as long.
  Theatre& For(std::uint64_t seed) {
    std::uint64_t at = seed % kCastOfAll;
    std::size_t number = 0;
    for (; at >= kCast[number].share; ++number) at -= kCast[number].share;
    return *theatres_[number];
  }

 private:
  struct Cast {
    Size size;
    bool redirect;
    int agents;
    std::uint64_t share;
  };
  static constexpr std::uint64_t kCastOfAll = 64;
  static constexpr Cast kCast[] = {{Size::kSmall, false, 1, 26}, {Size::kSmall, true, 1, 22}, {Size::kSmall, false, 2, 5}, {Size::kSmall, true, 2, 4},
                                   {Size::kWhole, false, 1, 3},  {Size::kWhole, true, 1, 1},  {Size::kWhole, false, 2, 1}, {Size::kWhole, true, 2, 2}};
  std::vector<std::unique_ptr<Theatre>> theatres_;
};

int Complain(const Status& status) {
  std::printf("the scenario cannot be played: %s\n", status.ToString().c_str());
  return 1;
}

struct Tally {
  std::uint64_t histories = 0, calls = 0, excused = 0;
  bool failed = false;
};

void PrintFailure(Theatre& theatre, std::uint64_t seed, const History& history, const std::string& broken) {
  const History shortest = Shrink(theatre, history, broken.substr(0, broken.find(':')));
  std::printf("seed %llu breaks a law: %s\nof its %zu events %zu are needed:\n%s", static_cast<unsigned long long>(seed), broken.c_str(), history.size(),
              shortest.size(), Tell(theatre, shortest).c_str());
}

// They share no factor with kCastOfAll, so that every scenario has its turn.
constexpr std::uint64_t kLooksAgainEvery = 61, kDamagesEvery = 1021, kBeginsEarlyEvery = 17;

// False: a law is broken, and that has been printed.
bool RunSeed(Repertoire& repertoire, std::uint64_t seed, Tally& tally) {
  Theatre& theatre = repertoire.For(seed);
  const LooksAgain looks{seed % kLooksAgainEvery == 0, seed % kDamagesEvery == 0};
  // From the scene just before anything goes wrong; some once from the beginning, too: the one is what the other is.
  const bool is_late_again = seed % kBeginsEarlyEvery != 0;
  const auto run = [&](History& history, bool is_late) {
    if (!is_late) theatre.Begin();
    Drawn drawn(seed, theatre.simulation());
    const std::uint32_t step = is_late ? theatre.BeginLate(drawn) : 0;
    Ending ending = Run(theatre.simulation(), drawn, looks, step);
    history = drawn.history();
    return ending;
  };
  History history, again;
  const Ending ending = run(history, true);
  ++tally.histories;
  tally.calls += ending.calls;
  tally.excused += static_cast<std::uint64_t>(ending.excused);
  if (!ending.broken.empty()) {
    PrintFailure(theatre, seed, history, ending.broken.front());
    return false;
  }
  if (run(again, is_late_again).trace == ending.trace && again == history) return true;
  std::printf("seed %llu is not the same twice\n", static_cast<unsigned long long>(seed));
  return false;
}

Tally RunShare(std::uint64_t histories, std::uint64_t seed, std::uint64_t stride) {
  Tally tally;
  Repertoire repertoire;
  if (const Status opened = repertoire.Open(); !opened.ok()) {
    tally.failed = Complain(opened) != 0;
    return tally;
  }
  for (std::uint64_t i = 0; i < histories && !tally.failed; ++i) tally.failed = !RunSeed(repertoire, seed + i * stride, tally);
  return tally;
}

}  // namespace

namespace {

int RunHalf(const Bounds& bounds, int agents, bool redirect) {
  const Watch watch;
  auto theatre = Theatre::Open(Size::kSmall, redirect, agents);
  if (!theatre.ok()) return Complain(theatre.status());
  const Explored explored = Explore(**theatre, bounds, false);
  std::printf("%d faults x %d foreign edits%s%s, %d process%s, retired by %s: %llu states, %llu steps, %llu endings, %llu violations; "
              "pointers broken by a foreign write between our last look and our effect: %llu; %.1f s\n%s",
              bounds.faults, bounds.edits, bounds.leases ? ", stolen leases and jumps of the clock among them" : "", bounds.rollback ? ", taken back at any step" : "", agents, agents == 1 ? "" : "es", redirect ? "redirect" : "deletion",
              static_cast<unsigned long long>(explored.states), static_cast<unsigned long long>(explored.steps), static_cast<unsigned long long>(explored.endings),
              static_cast<unsigned long long>(explored.violations), static_cast<unsigned long long>(explored.excused), watch.Seconds(), explored.story.c_str());
  std::fflush(stdout);
  return explored.violations == 0 ? 0 : 1;
}

}  // namespace

int RunExhaustive(const Bounds& bounds, int agents, int jobs) {
  if (agents > 1) std::printf("%d processes on one plan, each left where it stands for another at any step, %d times in all\n", agents, kSwitchesMax);
  std::fflush(stdout);
  int failed = 0;
  for (const bool redirect : {false, true}) {
    if (jobs < 2) {
      failed |= RunHalf(bounds, agents, redirect);
    } else if (fork() == 0) {
      _exit(RunHalf(bounds, agents, redirect));
    }
  }
  for (int status = 0; jobs > 1 && wait(&status) > 0;) failed |= status == 0 ? 0 : 1;
  return failed;
}

int RunHistories(std::uint64_t histories, std::uint64_t seed, int jobs) {
  const Watch watch;
  const auto stride = static_cast<std::uint64_t>(jobs);
  std::vector<int> pipes;
  for (std::uint64_t job = 0; job < stride; ++job) {
    int ends[2];
    if (pipe(ends) != 0) return 1;
    if (fork() == 0) {
      const Tally tally = RunShare((histories + stride - 1 - job) / stride, seed + job, stride);
      std::fflush(stdout);
      const bool told = write(ends[1], &tally, sizeof tally) == static_cast<ssize_t>(sizeof tally);
      _exit(told ? 0 : 1);
    }
    close(ends[1]);
    pipes.push_back(ends[0]);
  }
  Tally all;
  for (const int end : pipes) {
    Tally tally;
    if (read(end, &tally, sizeof tally) != static_cast<ssize_t>(sizeof tally)) tally.failed = true;
    all.histories += tally.histories;
    all.calls += tally.calls;
    all.excused += tally.excused;
    all.failed |= tally.failed;
  }
  while (wait(nullptr) > 0) continue;
  std::printf("%llu random histories from seed %llu, %llu store calls, each run twice with equal traces; pointers broken by a foreign write "
              "between our last look and our effect: %llu; %.1f s, %.0f histories/s, %s\n",
              static_cast<unsigned long long>(all.histories), static_cast<unsigned long long>(seed), static_cast<unsigned long long>(all.calls),
              static_cast<unsigned long long>(all.excused), watch.Seconds(),
              static_cast<double>(all.histories) / watch.Seconds(), all.failed ? "a law is broken" : "0 violations");
  return all.failed ? 1 : 0;
}

int Replay(std::uint64_t seed) {
  Repertoire repertoire;
  if (const Status opened = repertoire.Open(); !opened.ok()) return Complain(opened);
  Theatre& theatre = repertoire.For(seed);
  History history;
  Ending ending;
  {
    Simulation& simulation = theatre.Begin();
    Drawn drawn(seed, simulation);
    ending = Run(simulation, drawn, {true, true});
    history = drawn.history();
  }
  std::printf("%s%s\n", Tell(theatre, history).c_str(), ending.broken.empty() ? "no law is broken" : "a law is broken");
  if (!ending.broken.empty()) PrintFailure(theatre, seed, history, ending.broken.front());
  return ending.broken.empty() ? 0 : 1;
}

}  // namespace evenkeel::simulation
