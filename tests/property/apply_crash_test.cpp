// What must hold however a run is cut off, hindered or raced: the same end, each effect once, law 1 after every step, and nobody
// else's write lost. The production machine itself, on the in-memory stores.
#include <gtest/gtest.h>

#include "apply/journal.h"
#include "sanitized.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;

// One undisturbed run: what every disturbed one must end in.
struct Golden {
  explicit Golden(bool redirect) {
    World world(redirect);
    Fleet fleet = world.Open([this](std::string_view, std::string_view) { return ++calls, Fault::kNone; });
    auto machine = ApplyMachine::Start(fleet, world.MakePlanByHand(), Approving());
    calls_at_start = calls;
    while (*(*machine)->Step()) ++steps;
    contents = world.Contents();
    effects = world.Effects();
    outcomes = Outcomes((*machine)->Report());
  }
  int calls = 0, calls_at_start = 0, steps = 0;
  std::string contents, outcomes;
  std::map<std::string, std::uint64_t> effects;
};

// Steps to the end, or for `steps_max` steps; law 1 is looked at after each.
Status Drive(World& world, ApplyMachine& machine, int steps_max = 1 << 20) {
  for (int i = 0; i < steps_max; ++i) {
    auto more = machine.Step();
    EXPECT_EQ(world.BrokenPointer(), "");
    if (!more.ok()) return more.status();
    if (!*more) return OkStatus();
  }
  return OkStatus();
}

StatusOr<std::unique_ptr<ApplyMachine>> Reopen(World& world, Fleet& fleet, const Plan& plan) {
  if (world.state.Snapshot().journals.empty()) return ApplyMachine::Start(fleet, plan, Approving());
  // The first line of the journal holds the approvals.
  return ApplyMachine::Resume(fleet, RunOfPlan(plan), {});
}

void ExpectGolden(World& world, const Golden& golden, const RunReport& report, const std::string& story) {
  EXPECT_EQ(world.Contents(), golden.contents) << story;
  EXPECT_EQ(world.Effects(), golden.effects) << story;
  EXPECT_TRUE(report.finished) << story << "\n" << Outcomes(report);
  EXPECT_FALSE(report.HasConflict()) << story << "\n" << Outcomes(report);
  EXPECT_FALSE(report.HasError()) << story << "\n" << Outcomes(report);
  EXPECT_TRUE(Journal::Read(world.state, report.run).ok()) << story;
}

class CrashTest : public ::testing::TestWithParam<bool> {
 protected:
  CrashTest() : golden_(GetParam()) {}
  Golden golden_;
};
INSTANTIATE_TEST_SUITE_P(DeleteAndRedirect, CrashTest, ::testing::Bool());

TEST_P(CrashTest, StoppedAfterAnyStepItEndsTheSame) {
  ASSERT_GT(golden_.steps, 60);
  for (int n = 0; n <= golden_.steps; ++n) {
    World world(GetParam());
    const Plan plan = world.MakePlanByHand();
    {
      Fleet fleet = world.Open();
      auto machine = ApplyMachine::Start(fleet, plan, Approving());
      ASSERT_TRUE(Drive(world, **machine, n).ok());
    }
    Fleet fleet = world.Open();
    auto machine = Reopen(world, fleet, plan);
    ASSERT_TRUE(machine.ok()) << machine.status().ToString();
    ASSERT_TRUE(Drive(world, **machine).ok());
    ExpectGolden(world, golden_, (*machine)->Report(), "stopped after step " + std::to_string(n));
    if (HasFailure()) return;
  }
}

// Look before you repeat: after a crash no write is even asked for again that has been made.
TEST_P(CrashTest, WhatWasWrittenIsNotAskedForAgain) {
  const auto count = [](std::map<std::string, int>& writes) {
    return [&writes](std::string_view call, std::string_view resource) {
      for (const char* write : {".Replace", ".Delete", ".Update", ".Invalidate", ".Move", ".PutBlob"}) {
        if (call.ends_with(write)) ++writes[std::string(call) + " " + std::string(resource)];
      }
      return Fault::kNone;
    };
  };
  std::map<std::string, int> once;
  {
    World world(GetParam());
    Fleet fleet = world.Open(count(once));
    ASSERT_TRUE(Apply(fleet, world.MakePlanByHand(), Approving()).ok());
  }
  for (int n = 0; n <= golden_.steps; ++n) {
    std::map<std::string, int> writes;
    World world(GetParam());
    const Plan plan = world.MakePlanByHand();
    for (const int steps : {n, 1 << 20}) {
      Fleet fleet = world.Open(count(writes));
      auto machine = Reopen(world, fleet, plan);
      ASSERT_TRUE(Drive(world, **machine, steps).ok());
    }
    for (auto& [write, times] : writes) {
      // A backup that was put and not yet compared is put again: the same bytes under the same name are no second effect.
      if (write.find("PutBlob") != std::string::npos) times = 1;
    }
    EXPECT_EQ(writes, once) << "stopped after step " << n;
    if (HasFailure()) return;
  }
}

TEST_P(CrashTest, StoppedTwiceItEndsTheSame) {
  for (int n = 1; n <= golden_.steps; n += 2) {
    for (int m = 0; m <= 16; m += kEach) {
      World world(GetParam());
      const Plan plan = world.MakePlanByHand();
      for (const int steps : {n, m}) {
        Fleet fleet = world.Open();
        auto machine = Reopen(world, fleet, plan);
        ASSERT_TRUE(Drive(world, **machine, steps).ok());
      }
      Fleet fleet = world.Open();
      auto machine = Reopen(world, fleet, plan);
      ASSERT_TRUE(Drive(world, **machine).ok());
      ExpectGolden(world, golden_, (*machine)->Report(),
                   "stopped after " + std::to_string(n) + " and " + std::to_string(m) + " steps");
      if (HasFailure()) return;
    }
  }
}

// Each call goes wrong once; the run is resumed until it is at rest, and ends as if nothing had happened.
TEST_P(CrashTest, OneFaultAtAnyCall) {
  for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict, Fault::kCutListing}) {
    for (int at = 1; at <= golden_.calls; ++at) {
      World world(GetParam());
      const Plan plan = world.MakePlanByHand();
      int calls = 0;
      std::string struck;
      Fleet fleet = world.Open([&](std::string_view call, std::string_view resource) {
        if (++calls != at) return Fault::kNone;
        struck = std::string(call) + " " + std::string(resource);
        return fault;
      });
      RunReport report;
      for (int attempt = 0; attempt < 3 && !(report.finished && !report.actions.empty()); ++attempt) {
        auto machine = Reopen(world, fleet, plan);
        if (machine.ok() && Drive(world, **machine).ok()) report = (*machine)->Report();
      }
      ExpectGolden(world, golden_, report,
                   "fault " + std::to_string(static_cast<int>(fault)) + " at call " + std::to_string(at) + " " + struck);
      if (HasFailure()) return;
    }
  }
}

TEST_P(CrashTest, TwoLostRepliesAtAnyCalls) {
  for (int first = 1; first <= golden_.calls; ++first) {
    for (int gap = 1; gap <= 8; ++gap) {
      World world(GetParam());
      const Plan plan = world.MakePlanByHand();
      int calls = 0;
      Fleet fleet = world.Open([&](std::string_view, std::string_view) {
        ++calls;
        return calls == first || calls == first + gap ? Fault::kReplyLost : Fault::kNone;
      });
      RunReport report;
      for (int attempt = 0; attempt < 4 && !(report.finished && !report.actions.empty()); ++attempt) {
        auto machine = Reopen(world, fleet, plan);
        if (machine.ok() && Drive(world, **machine).ok()) report = (*machine)->Report();
      }
      ExpectGolden(world, golden_, report,
                   "replies lost at calls " + std::to_string(first) + " and " + std::to_string(first + gap));
      if (HasFailure()) return;
    }
  }
}

// A crash with a lost reply before it: the worst that a process can leave behind.
TEST_P(CrashTest, ALostReplyAndThenACrash) {
  for (int at = 1; at <= golden_.calls; ++at) {
    World world(GetParam());
    const Plan plan = world.MakePlanByHand();
    {
      int calls = 0;
      Fleet fleet =
          world.Open([&](std::string_view, std::string_view) { return ++calls == at ? Fault::kReplyLost : Fault::kNone; });
      auto machine = Reopen(world, fleet, plan);
      while (machine.ok() && calls < at) {
        auto more = (*machine)->Step();
        if (!more.ok() || !*more) break;
      }
    }
    Fleet fleet = world.Open();
    auto machine = Reopen(world, fleet, plan);
    ASSERT_TRUE(Drive(world, **machine).ok());
    ExpectGolden(world, golden_, (*machine)->Report(), "reply lost at call " + std::to_string(at) + ", then a crash");
    if (HasFailure()) return;
  }
}

// One thing that somebody else does, and how to see afterwards that it still stands.
struct Foreign {
  std::string name;
  std::function<void(World&)> act;
  std::function<bool(World&)> stands;
  std::function<bool(World&)> was_first;  // asked before it acts: our own effect on that resource has not happened yet
  bool breaks_pointer = false;
};

std::vector<Foreign> ForeignWriters() {
  const std::string mine = "<html><body>somebody else's <form class=\"waiver-upload\"></form></body></html>";
  const auto bytes = [](World& world, const char* key) {
    const auto entries = world.pages.Snapshot().entries;
    return entries.count(key) > 0 ? entries.at(key).item.bytes : std::string();
  };
  const auto record = [](World& world) { return world.records.Snapshot().entries.at("S2FJLN").item; };
  return {
      {"edits the page to be edited", [mine](World& world) { world.pages.PutForeign(kSunset, mine); },
       [bytes, mine](World& world) { return bytes(world, kSunset) == mine; },
       [bytes](World& world) { return bytes(world, kSunset) == kSunsetBytes; }},
      {"writes the same bytes", [](World& world) { world.pages.PutForeign(kSunset, kSunsetBytes); },
       [bytes](World& world) { return bytes(world, kSunset) == kSunsetBytes; },
       [bytes](World& world) { return bytes(world, kSunset) == kSunsetBytes; }},
      {"edits the page to be retired", [mine](World& world) { world.pages.PutForeign(kAfternoon, mine); },
       [bytes, mine](World& world) { return bytes(world, kAfternoon) == mine; },
       [bytes](World& world) { return bytes(world, kAfternoon) == kAfternoonBytes; }},
      {"changes the record's start",
       [record](World& world) {
         Attributes attributes = record(world);
         attributes["start_time"] = "17:00";
         world.records.PutForeign("S2FJLN", attributes);
       },
       [record](World& world) { return record(world).at("start_time") == "17:00"; },
       [record](World& world) { return record(world).at("page_slug") == "2026-05-30-jonathan-afternoon"; }},
      {"moves the event",
       [](World& world) {
         Event event = world.calendar.Snapshot().entries.at("event-1").item;
         event.start = LocalDateTime{event.start->date, 600};
         world.calendar.PutForeign(event);
       },
       [](World& world) { return world.calendar.Snapshot().entries.at("event-1").item.start->minutes == 600; },
       [](World& world) { return world.calendar.Snapshot().entries.at("event-1").item.start->minutes == 990; }},
      {"moves the card",
       [](World& world) {
         Card card = world.board.Snapshot().entries.at("xhqgmdh").item;
         card.lane = "blocked";
         world.board.PutForeign(card);
       },
       [](World& world) { return world.board.Snapshot().entries.at("xhqgmdh").item.lane == "blocked"; },
       [](World& world) { return world.board.Snapshot().entries.at("xhqgmdh").item.lane == "needs-you"; }},
  };
}

TEST_P(CrashTest, AForeignWriteBetweenAnyTwoCallsIsNeverOverwritten) {
  for (const Foreign& foreign : ForeignWriters()) {
    for (int at = golden_.calls_at_start + 1; at <= golden_.calls; ++at) {
      World world(GetParam());
      const Plan plan = world.MakePlanByHand();
      int calls = 0;
      bool was_first = false;
      Fleet fleet = world.Open([&](std::string_view, std::string_view) {
        if (++calls == at) {
          was_first = foreign.was_first(world);
          foreign.act(world);
        }
        return Fault::kNone;
      });
      auto machine = ApplyMachine::Start(fleet, plan, Approving());
      ASSERT_TRUE(Drive(world, **machine).ok());
      const RunReport report = (*machine)->Report();
      const std::string story = foreign.name + " at call " + std::to_string(at) + "\n" + Outcomes(report);
      EXPECT_TRUE(foreign.stands(world)) << story;
      EXPECT_TRUE(report.finished) << story;
      EXPECT_FALSE(report.HasError()) << story;
      if (was_first) {
        EXPECT_TRUE(report.HasConflict()) << story;
      }
      // The other booking goes on, whatever happens to this one.
      EXPECT_EQ(world.pages.Snapshot().entries.at(kAna).item.bytes, kAnaAfter) << story;
      if (HasFailure()) return;
    }
  }
}

// Somebody points the record back at the page that is to be retired. S3 and a database share no transaction: only between the
// last look at the records and the effect itself can that be missed.
TEST_P(CrashTest, APointerThatComesBackStopsTheRetirement) {
  int missed = 0;
  for (int at = golden_.calls_at_start + 1; at <= golden_.calls; ++at) {
    World world(GetParam());
    const Plan plan = world.MakePlanByHand();
    int calls = 0;
    bool was_live = false;
    std::string call_struck;
    Fleet fleet = world.Open([&](std::string_view call, std::string_view) {
      if (++calls == at) {
        call_struck = call;
        const auto pages = world.pages.Snapshot().entries;
        was_live = pages.count(kAfternoon) > 0 && pages.at(kAfternoon).item.bytes == kAfternoonBytes;
        Attributes attributes = world.records.Snapshot().entries.at("S2FJLN").item;
        attributes["page_slug"] = "2026-05-30-jonathan-afternoon";
        world.records.PutForeign("S2FJLN", attributes);
      }
      return Fault::kNone;
    });
    auto machine = ApplyMachine::Start(fleet, plan, Approving());
    while (*(*machine)->Step()) continue;
    if (was_live && !world.BrokenPointer().empty()) {
      ++missed;
      EXPECT_TRUE(call_struck == "pages.Delete" || call_struck == "pages.Replace") << call_struck << " at call " << at;
    }
  }
  EXPECT_LE(missed, 1);
}

// Two processes on one plan: A makes i steps, B makes j, then A runs to its end and B to its own.
TEST_P(CrashTest, TwoMachinesInAnyOrderEndTheSame) {
  for (int i = 0; i <= golden_.steps; ++i) {
    for (int j = i % kEach; j <= golden_.steps; j += (i % 4 == 0 ? 3 : 11) * kEach) {
      World world(GetParam());
      const Plan plan = world.MakePlanByHand();
      Fleet fleet_a = world.Open(), fleet_b = world.Open();
      auto a = ApplyMachine::Start(fleet_a, plan, Approving());
      auto b = ApplyMachine::Start(fleet_b, plan, Approving());
      ASSERT_TRUE(Drive(world, **a, i).ok());
      ASSERT_TRUE(Drive(world, **b, j).ok());
      ASSERT_TRUE(Drive(world, **a).ok());
      ASSERT_TRUE(Drive(world, **b).ok());
      const std::string story = "A " + std::to_string(i) + " steps, B " + std::to_string(j) + ", A, B";
      ExpectGolden(world, golden_, (*b)->Report(), story);
      EXPECT_FALSE((*a)->Report().HasConflict()) << story;
      if (HasFailure()) return;
    }
  }
}

TEST_P(CrashTest, ThreeMachinesInRandomOrderEndTheSame) {
  for (std::uint64_t seed = 1; seed <= 400; seed += kEach) {
    MemoryEnvironment dice(Instant{}, seed);
    World world(GetParam());
    const Plan plan = world.MakePlanByHand();
    std::vector<Fleet> fleets;
    for (int i = 0; i < 3; ++i) fleets.push_back(world.Open());
    std::vector<std::unique_ptr<ApplyMachine>> machines;
    for (Fleet& fleet : fleets) machines.push_back(*ApplyMachine::Start(fleet, plan, Approving()));
    std::vector<std::size_t> live = {0, 1, 2};
    const std::uint64_t burst = 1 + seed % 7;
    while (!live.empty()) {
      const std::size_t pick = dice.Random() % live.size();
      bool more = true;
      for (std::uint64_t steps = dice.Random() % burst + 1; more && steps > 0; --steps) {
        auto step = machines[live[pick]]->Step();
        ASSERT_TRUE(step.ok()) << "seed " << seed << " " << step.status().ToString();
        ASSERT_EQ(world.BrokenPointer(), "") << "seed " << seed;
        more = *step;
      }
      if (!more) live.erase(live.begin() + static_cast<std::ptrdiff_t>(pick));
    }
    auto report = ReportOfRun(fleets[0], RunOfPlan(plan));
    ASSERT_TRUE(report.ok()) << report.status().ToString();
    ExpectGolden(world, golden_, *report, "seed " + std::to_string(seed));
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
