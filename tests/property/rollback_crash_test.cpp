// What must hold however a run is taken back: the first bytes and values in every store, the live-page half of law 1 after every
// step, and nobody else's write lost. The production machines themselves, on the in-memory stores.
#include <gtest/gtest.h>

#include "apply/journal.h"
#include "observe/state_documents.h"
#include "sanitized.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;

ApplyOptions Approving() {
  ApplyOptions options;
  options.approve_all = true;
  options.by = "Gene";
  return options;
}
RollbackOptions Asking() { return {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}}; }

constexpr int kToTheEnd = 1 << 20;

// How many steps were made.
int Drive(World& world, ApplyMachine& machine, int steps_max = kToTheEnd) {
  int steps = 0;
  for (; steps < steps_max; ++steps) {
    auto more = machine.Step();
    EXPECT_EQ(world.MissingPointer(), "");
    if (!more.ok() || !*more) break;
  }
  return steps;
}

void ExpectAsBefore(World& world, const std::string& before, const RunReport& report, const std::string& story) {
  EXPECT_EQ(world.Systems(), before) << story << "\n" << Outcomes(report);
  EXPECT_TRUE(report.finished) << story << "\n" << Outcomes(report);
  EXPECT_FALSE(report.HasConflict()) << story << "\n" << Outcomes(report);
  EXPECT_FALSE(report.HasError()) << story << "\n" << Outcomes(report);
  EXPECT_TRUE(Journal::Read(world.state, report.run).ok()) << story;
  EXPECT_TRUE(ListTombstones(world.state)->empty()) << story;
  EXPECT_TRUE(ListFormerWords(world.state)->empty()) << story;
  EXPECT_TRUE(ListHandoffs(world.state)->empty()) << story;
}

// A world with a run in it, and what it held before.
struct Applied {
  explicit Applied(bool redirect, int steps = kToTheEnd) : world(redirect), plan(world.MakePlanByHand()), before(world.Systems()) {
    Fleet fleet = world.Open();
    made = Drive(world, **ApplyMachine::Start(fleet, plan, Approving()), steps);
  }
  // By a process of its own.
  RunReport Back(contract::FaultPlan faults = {}) {
    Fleet fleet = world.Open(std::move(faults));
    auto machine = ApplyMachine::Rollback(fleet, RunOfPlan(plan), Asking());
    if (!machine.ok()) return {};
    Drive(world, **machine);
    return (*machine)->Report();
  }
  bool HasJournal() { return !world.state.Snapshot().journals.empty(); }

  World world;
  Plan plan;
  std::string before;
  int made = 0;
};

class RollbackCrashTest : public ::testing::TestWithParam<bool> {
 protected:
  RollbackCrashTest() {
    Applied applied(GetParam());
    apply_steps_ = applied.made;
    Fleet fleet = applied.world.Open([this](std::string_view, std::string_view) { return ++calls_, Fault::kNone; });
    auto machine = ApplyMachine::Rollback(fleet, RunOfPlan(applied.plan), Asking());
    calls_at_start_ = calls_;
    steps_ = Drive(applied.world, **machine);
  }
  int apply_steps_ = 0, steps_ = 0, calls_ = 0, calls_at_start_ = 0;
};
INSTANTIATE_TEST_SUITE_P(DeleteAndRedirect, RollbackCrashTest, ::testing::Bool());

TEST_P(RollbackCrashTest, ARunCutOffAfterAnyStepIsTakenBack) {
  ASSERT_GT(apply_steps_, 60);
  for (int n = 0; n <= apply_steps_; ++n) {
    Applied applied(GetParam(), n);
    if (!applied.HasJournal()) continue;
    ExpectAsBefore(applied.world, applied.before, applied.Back(), "cut off after step " + std::to_string(n));
    if (HasFailure()) return;
  }
}

TEST_P(RollbackCrashTest, StoppedAfterAnyStepItEndsTheSame) {
  ASSERT_GT(steps_, 40);
  for (int n = 0; n <= steps_; ++n) {
    Applied applied(GetParam());
    {
      Fleet fleet = applied.world.Open();
      Drive(applied.world, **ApplyMachine::Rollback(fleet, RunOfPlan(applied.plan), Asking()), n);
    }
    ExpectAsBefore(applied.world, applied.before, applied.Back(), "stopped after step " + std::to_string(n));
    if (HasFailure()) return;
  }
}

TEST_P(RollbackCrashTest, CutOffOnBothWays) {
  for (int n = 3; n <= apply_steps_; n += 3) {
    for (int m = 1; m <= 24; m += 4) {
      Applied applied(GetParam(), n);
      if (!applied.HasJournal()) continue;
      {
        Fleet fleet = applied.world.Open();
        Drive(applied.world, **ApplyMachine::Rollback(fleet, RunOfPlan(applied.plan), Asking()), m);
      }
      ExpectAsBefore(applied.world, applied.before, applied.Back(), "stopped after steps " + std::to_string(n) + " and " + std::to_string(m));
      if (HasFailure()) return;
    }
  }
}

TEST_P(RollbackCrashTest, OneFaultAtAnyCall) {
  for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
    for (int at = 1; at <= calls_; ++at) {
      Applied applied(GetParam());
      int calls = 0;
      std::string struck;
      const auto plan = [&](std::string_view call, std::string_view resource) {
        if (++calls != at) return Fault::kNone;
        struck = std::string(call) + " " + std::string(resource);
        return fault;
      };
      RunReport report;
      for (int attempt = 0; attempt < 3 && !(report.finished && report.rollback); ++attempt) report = applied.Back(plan);
      ExpectAsBefore(applied.world, applied.before, report,
                     "fault " + std::to_string(static_cast<int>(fault)) + " at call " + std::to_string(at) + " " + struck);
      if (HasFailure()) return;
    }
  }
}

// The run itself was hindered once, cut off there, and is taken back.
TEST_P(RollbackCrashTest, ARunHinderedAtAnyCallIsTakenBack) {
  for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
    for (int at = 6; at <= 2 * apply_steps_; at += kEach) {
      for (const bool goes_on : {false, true}) {
        World world(GetParam());
        const Plan plan = world.MakePlanByHand();
        const std::string before = world.Systems();
        int calls = 0;
        Fleet fleet = world.Open([&](std::string_view, std::string_view) { return ++calls == at ? fault : Fault::kNone; });
        auto machine = ApplyMachine::Start(fleet, plan, Approving());
        if (!machine.ok()) continue;
        while (goes_on || calls < at) {
          auto more = (*machine)->Step();
          if (!more.ok() || !*more) break;
        }
        if (calls < at || world.state.Snapshot().journals.empty()) continue;
        auto report = RollbackRun(fleet, RunOfPlan(plan), Asking());
        ASSERT_TRUE(report.ok()) << report.status().ToString();
        ExpectAsBefore(world, before, *report,
                       "fault " + std::to_string(static_cast<int>(fault)) + " at call " + std::to_string(at) + (goes_on ? ", went on" : ", cut off"));
        if (HasFailure()) return;
      }
    }
  }
}

struct Foreign {
  std::string name;
  std::function<void(World&)> act;
  std::function<bool(World&)> stands;
};

std::vector<Foreign> ForeignWriters() {
  const std::string mine = "<html><body>somebody else's <form class=\"waiver-upload\"></form></body></html>";
  const auto bytes = [](World& world, const char* key) {
    const auto entries = world.pages.Snapshot().entries;
    return entries.count(key) > 0 ? entries.at(key).item.bytes : std::string();
  };
  const auto record = [](World& world) { return world.records.Snapshot().entries.at("S2FJLN").item; };
  return {
      {"edits the page that was edited", [mine](World& world) { world.pages.PutForeign(kSunset, mine); },
       [bytes, mine](World& world) { return bytes(world, kSunset) == mine; }},
      {"makes the retired page again", [mine](World& world) { world.pages.PutForeign(kAfternoon, mine); },
       [bytes, mine](World& world) { return bytes(world, kAfternoon) == mine; }},
      {"changes the record's start",
       [record](World& world) {
         Attributes attributes = record(world);
         attributes["start_time"] = "17:00";
         world.records.PutForeign("S2FJLN", attributes);
       },
       [record](World& world) { return record(world).at("start_time") == "17:00"; }},
      {"moves the event",
       [](World& world) {
         Event event = world.calendar.Snapshot().entries.at("event-1").item;
         event.start = LocalDateTime{event.start->date, 600};
         world.calendar.PutForeign(event);
       },
       [](World& world) { return world.calendar.Snapshot().entries.at("event-1").item.start->minutes == 600; }},
      {"moves the card",
       [](World& world) {
         Card card = world.board.Snapshot().entries.at("xhqgmdh").item;
         card.lane = "blocked";
         world.board.PutForeign(card);
       },
       [](World& world) { return world.board.Snapshot().entries.at("xhqgmdh").item.lane == "blocked"; }},
  };
}

TEST_P(RollbackCrashTest, AForeignWriteBetweenAnyTwoCallsIsNeverOverwritten) {
  for (const Foreign& foreign : ForeignWriters()) {
    for (int at = calls_at_start_ + 1; at <= calls_; ++at) {
      Applied applied(GetParam());
      int calls = 0;
      const RunReport report = applied.Back([&](std::string_view, std::string_view) {
        if (++calls == at) foreign.act(applied.world);
        return Fault::kNone;
      });
      const std::string story = foreign.name + " at call " + std::to_string(at) + "\n" + Outcomes(report);
      EXPECT_TRUE(foreign.stands(applied.world)) << story;
      EXPECT_TRUE(report.finished) << story;
      EXPECT_FALSE(report.HasError()) << story;
      // The other booking goes back, whatever happens to this one.
      EXPECT_EQ(applied.world.pages.Snapshot().entries.at(kAna).item.bytes, kAnaBytes) << story;
      if (HasFailure()) return;
    }
  }
}

// A process applies while another takes the same run back, and a third does so too.
TEST_P(RollbackCrashTest, ApplyAndRollbackInAnyOrderEndAsBefore) {
  for (std::uint64_t seed = 1; seed <= 200; seed += kEach) {
    MemoryEnvironment dice(Instant{}, seed);
    World world(GetParam());
    const Plan plan = world.MakePlanByHand();
    const std::string before = world.Systems();
    std::vector<Fleet> fleets;
    for (int i = 0; i < 4; ++i) fleets.push_back(world.Open());
    std::vector<std::unique_ptr<ApplyMachine>> machines;
    for (int i = 0; i < 2; ++i) machines.push_back(*ApplyMachine::Start(fleets[static_cast<std::size_t>(i)], plan, Approving()));
    Drive(world, *machines[0], static_cast<int>(dice.Random() % static_cast<std::uint64_t>(apply_steps_)) + 3);
    for (std::size_t i = 2; i < 4; ++i) machines.push_back(*ApplyMachine::Rollback(fleets[i], RunOfPlan(plan), Asking()));
    std::vector<std::size_t> live = {0, 1, 2, 3};
    const std::uint64_t burst = 1 + seed % 7;
    while (!live.empty()) {
      const std::size_t pick = dice.Random() % live.size();
      const int steps = static_cast<int>(dice.Random() % burst) + 1;
      if (Drive(world, *machines[live[pick]], steps) < steps) live.erase(live.begin() + static_cast<std::ptrdiff_t>(pick));
    }
    auto report = ReportOfRun(fleets[0], RunOfPlan(plan));
    ASSERT_TRUE(report.ok()) << report.status().ToString();
    ExpectAsBefore(world, before, *report, "seed " + std::to_string(seed));
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
