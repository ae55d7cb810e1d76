// Memory that runs out at the n-th allocation of a run, or of the way back, for every n: nothing is lost, and the next process ends it as
// if nothing had happened. The stores stand for other machines; only what the engine itself allocates fails.
//
//   EVENKEEL_ALLOCATION_STRIDE=1   every allocation (the full tier); by default every 97th
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include "apply/journal.h"
#include "unit/apply/world.h"

namespace {

// Allocations left until one fails; negative: none will.
long g_left = -1;
long g_count = 0;

// nullptr: it fails.
void* TryAllocate(std::size_t size) {
  if (evenkeel::contract::InStore::Depth() == 0) {
    ++g_count;
    if (g_left > 0 && --g_left == 0) return nullptr;
  }
  return std::malloc(size == 0 ? 1 : size);
}

void* Allocate(std::size_t size) {
  void* memory = TryAllocate(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return Allocate(size); }
void* operator new[](std::size_t size) { return Allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return TryAllocate(size); }  // std::stable_sort
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return TryAllocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace evenkeel::apply_test {
namespace {

enum class Doing { kDelete, kRedirect, kRollBack };

// What must come out, and what the world of this attempt is.
struct Attempt {
  explicit Attempt(Doing what) : doing(what), world(what == Doing::kRedirect) {}

  Doing doing;
  std::string contents;
  std::map<std::string, std::uint64_t> effects;
  World world;
  Plan plan = world.MakePlanByHand();
  long at = -1;
};

void Drive(StatusOr<std::unique_ptr<ApplyMachine>> machine) {
  while (machine.ok()) {
    auto more = (*machine)->Step();
    if (!more.ok() || !*more) break;
  }
}

RollbackOptions Asking() { return {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}}; }

void Execute(Attempt& attempt) {
  Fleet fleet = attempt.world.Open();
  const bool rolls_back = attempt.doing == Doing::kRollBack;
  if (rolls_back) Drive(ApplyMachine::Start(fleet, attempt.plan, Approving()));
  g_count = 0;
  g_left = attempt.at;
  Drive(rolls_back ? ApplyMachine::Rollback(fleet, RunOfPlan(attempt.plan), Asking()) : ApplyMachine::Start(fleet, attempt.plan, Approving()));
  g_left = -1;
}

// The next process; of a run that was taken back, resuming goes on with that.
StatusOr<RunReport> GoOn(Attempt& attempt) {
  Fleet fleet = attempt.world.Open();
  if (attempt.doing == Doing::kRollBack) return RollbackRun(fleet, RunOfPlan(attempt.plan), Asking());
  const bool begun = !attempt.world.state.Snapshot().journals.empty();
  return begun ? ResumeRun(fleet, RunOfPlan(attempt.plan), {}) : Apply(fleet, attempt.plan, Approving());
}

// What is wrong with the world that an attempt left behind, and with what the next process makes of it; empty: nothing.
std::string WrongAfter(Attempt& attempt) {
  g_left = -1;
  if (const std::string broken = attempt.world.BrokenPointer(); !broken.empty()) return broken;
  const auto report = GoOn(attempt);
  if (!report.ok()) return report.status().ToString();
  if (!report->finished || report->HasConflict() || report->HasError()) return Outcomes(*report);
  if (attempt.world.Contents() != attempt.contents) return "another end: " + attempt.world.Contents();
  return attempt.world.Effects() == attempt.effects ? "" : "an effect was made twice, or not at all";
}

Attempt* g_attempt = nullptr;

[[noreturn]] void Leave() {
  const std::string wrong = WrongAfter(*g_attempt);
  if (!wrong.empty()) std::fprintf(stderr, "allocation %ld: %s\n", g_attempt->at, wrong.c_str());
  std::_Exit(wrong.empty() ? 0 : 1);
}

// In a process of its own: where no exception may pass (a destructor of nlohmann_json allocates), running out of memory ends the
// process, as a crash does, and what it leaves behind is looked at from there.
bool EndsWell(Attempt& attempt) {
  const pid_t child = fork();
  if (child == 0) {
    g_attempt = &attempt;
    std::set_terminate(Leave);
    try {
      Execute(attempt);
    } catch (const std::bad_alloc&) {
      Leave();
    }
    Leave();
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

class Allocation : public ::testing::TestWithParam<Doing> {};

TEST_P(Allocation, WhatRunsOutOfMemoryAnywhereIsEndedByTheNext) {
  Attempt undisturbed(GetParam());
  Execute(undisturbed);
  const long all = g_count;
  ASSERT_GT(all, 1000);
  // What is remembered when a run has ended is the next process's work in all attempts.
  ASSERT_TRUE(GoOn(undisturbed).ok());
  const char* stride = std::getenv("EVENKEEL_ALLOCATION_STRIDE");
  const long step = stride == nullptr ? 97 : std::max(1L, std::atol(stride));
  long tried = 0;
  for (long at = 1; at <= all; at += step, ++tried) {
    Attempt attempt(GetParam());
    attempt.contents = undisturbed.world.Contents();
    attempt.effects = undisturbed.world.Effects();
    attempt.at = at;
    ASSERT_TRUE(EndsWell(attempt)) << "allocation " << at;
  }
  std::printf("%ld of %ld allocations failed, one a run\n", tried, all);
}

INSTANTIATE_TEST_SUITE_P(Every, Allocation, ::testing::Values(Doing::kDelete, Doing::kRedirect, Doing::kRollBack), [](const auto& doing) {
  return doing.param == Doing::kDelete ? "Delete" : doing.param == Doing::kRedirect ? "Redirect" : "RollBack";
});

}  // namespace
}  // namespace evenkeel::apply_test
