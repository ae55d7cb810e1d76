#include "simulation/bugs.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "read_file.h"
#include "simulation/explore.h"
#include "simulation/modes.h"
#include "text/seeded_bugs.h"

namespace evenkeel::simulation {
namespace {

struct Verdict {
  char killer[160] = {};
  std::uint64_t histories = 0;
};

void Note(Verdict& verdict, const std::string& how, const std::string& broken) {
  const std::string words = how + ": " + broken.substr(0, broken.find(':'));
  words.copy(verdict.killer, sizeof verdict.killer - 1);
}

// Everything once in every placement of one fault and one foreign edit, and taken back at any step.
bool DiesInExploration(Verdict& verdict, const std::vector<Bounds>& all_bounds) {
  for (const Bounds& bounds : all_bounds) {
    for (const bool redirect : {false, true}) {
      auto theatre = Theatre::Open(Size::kSmall, redirect, 1);
      if (!theatre.ok()) {
        Note(verdict, "plan", "it cannot be made");
        return true;
      }
      const Explored explored = Explore(**theatre, bounds, true);
      verdict.histories += explored.steps;
      if (explored.violations == 0) continue;
      Note(verdict, bounds.rollback ? "taken back" : "exhaustive", explored.first);
      return true;
    }
  }
  return false;
}

struct Cast {
  Size size;
  bool redirect;
  int agents;
};
const std::vector<Cast> kUsual = {{Size::kWhole, false, 1}, {Size::kSmall, false, 2}}, kRepeating = {{Size::kSmall, true, 1}};

bool DiesInHistories(Verdict& verdict, const std::vector<Cast>& casts, std::uint64_t histories) {
  for (const auto& [size, redirect, agents] : casts) {
    auto theatre = Theatre::Open(size, redirect, agents);
    if (!theatre.ok()) {
      Note(verdict, "plan", "it cannot be made");
      return true;
    }
    for (std::uint64_t seed = 1; seed <= histories; ++seed, ++verdict.histories) {
      Simulation& simulation = (*theatre)->Begin();
      Drawn drawn(seed, simulation);
      const Ending ending = Run(simulation, drawn, {seed % 16 == 0, seed % 16 == 0});
      if (ending.broken.empty()) continue;
      Note(verdict, "random", ending.broken.front());
      return true;
    }
  }
  return false;
}

// A bug on trial, in a process of its own: a bug may also crash.
struct Trial {
  int end = 0;
  pid_t child = 0;
};

Trial Begin(int number) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    SeedBug(number);
    constexpr unsigned kSecondsMax = 600;
    alarm(kSecondsMax);
    Verdict verdict;
    // Most mistakes show at once, many of the planner's without any fault; the rarest only in long histories.
    constexpr std::uint64_t kFirst = 100, kHistories = 20'000, kLast = 100'000;
    const bool dies = DiesInHistories(verdict, kUsual, kFirst) || DiesInExploration(verdict, {{1, 1}}) || DiesInHistories(verdict, kUsual, kHistories) ||
                      DiesInExploration(verdict, {{1, 0, false, true}}) || DiesInHistories(verdict, kRepeating, kLast);
    static_cast<void>(dies);
    _exit(write(ends[1], &verdict, sizeof verdict) == static_cast<ssize_t>(sizeof verdict) ? 0 : 1);
  }
  close(ends[1]);
  return {ends[0], child};
}

Verdict End(const Trial& trial) {
  Verdict verdict;
  const bool has_spoken = read(trial.end, &verdict, sizeof verdict) == static_cast<ssize_t>(sizeof verdict);
  close(trial.end);
  int status = 0;
  waitpid(trial.child, &status, 0);
  // A trial that runs out of time has found nothing.
  if (has_spoken || (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)) return verdict;
  Note(verdict, "the process dies", WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "exit " + std::to_string(WEXITSTATUS(status)));
  return verdict;
}

}  // namespace

std::map<int, SeededBug> ReadSeededBugs() {
  std::map<int, SeededBug> bugs;
  const std::filesystem::path source = std::filesystem::path(EVENKEEL_SOURCE_DIR) / "src";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string content = ReadFile(entry.path());
    constexpr std::string_view kMark = "EVENKEEL_BUG(";
    for (std::size_t at = content.find(kMark); at != std::string::npos; at = content.find(kMark, at + 1)) {
      const std::size_t open = content.find('"', at), close = content.find('"', open + 1);
      bugs[std::atoi(content.c_str() + at + kMark.size())] = {content.substr(open + 1, close - open - 1),
                                                              std::filesystem::relative(entry.path(), source).string()};
    }
  }
  return bugs;
}

int RunBugs(const std::string& table, const std::string& check, int only, int jobs) {
  SeedBug(1);
  if (!IsSeeded(1)) {
    std::printf("this program is built without the mistakes; run seeded_bugs --bugs, beside it\n");
    return 1;
  }
  SeedBug(0);
  const std::map<int, SeededBug> bugs = ReadSeededBugs();
  std::string rows = "# Seeded bugs\n\nEach is switched on alone (`build/dev/tests/simulation/seeded_bugs --bugs`). The last column says how it was found and which law it broke.\n\n"
                     "| bug | in | mistake | found by |\n|---|---|---|---|\n";
  std::vector<std::pair<int, SeededBug>> rest;
  for (const auto& [number, bug] : bugs) {
    if (only == 0 || number == only) rest.emplace_back(number, bug);
  }
  int alive = 0;
  std::vector<Trial> trials;
  for (std::size_t next = 0; next < rest.size(); ++next) {
    for (; trials.size() < rest.size() && trials.size() < next + static_cast<std::size_t>(jobs);) trials.push_back(Begin(rest[trials.size()].first));
    const auto& [number, bug] = rest[next];
    const Verdict verdict = End(trials[next]);
    const std::string killer = verdict.killer[0] == 0 ? "**nobody**" : verdict.killer;
    alive += verdict.killer[0] == 0 ? 1 : 0;
    std::printf("%3d %-26s %-62s %s, after %llu\n", number, bug.file.c_str(), bug.what.c_str(), killer.c_str(), static_cast<unsigned long long>(verdict.histories));
    std::fflush(stdout);
    rows += "| " + std::to_string(number) + " | `" + bug.file + "` | " + bug.what + " | " + killer + " |\n";
  }
  std::printf("%zu seeded bugs, %d not found\n", rest.size(), alive);
  if (!table.empty()) std::ofstream(table) << rows;
  const bool is_listed = check.empty() || ReadFile(check) == rows;
  if (!is_listed) std::printf("%s says something else; bring it up to date with seeded_bugs --bugs --table %s\n", check.c_str(), check.c_str());
  return alive == 0 && !bugs.empty() && is_listed ? 0 : 1;
}

}  // namespace evenkeel::simulation
