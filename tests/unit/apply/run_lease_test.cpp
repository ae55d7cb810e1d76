// A run works under the leases of its bookings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lease/fencing.h"
#include "unit/apply/leases.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;

TEST_F(RunLeaseTest, ItHoldsEachBookingStampsEveryWriteAndGivesItBack) {
  bool was_held = false;
  fleet_ = world_.Open([&](std::string_view call, std::string_view) {
    if (call == "pages.Replace" || call == "pages.Delete") was_held = was_held || LeaseIn(world_).IsHeldBy(RunOfPlan(plan_), world_.environment.Now());
    return Fault::kNone;
  });
  const RunReport report = Run();
  EXPECT_TRUE(was_held);
  EXPECT_EQ(LeaseIn(world_).holder, "") << "given back";
  EXPECT_EQ(LeaseIn(world_).fence, 1u);
  EXPECT_EQ(world_.records.Snapshot().fences, (std::map<std::string, std::uint64_t>{{"ana1", 1}, {kBooking, 1}}));
  EXPECT_EQ(world_.pages.Snapshot().fences, (std::map<std::string, std::uint64_t>{{"ana1", 1}, {kBooking, 1}}));
  EXPECT_THAT(world_.state.Snapshot().journals.begin()->second, HasSubstr("\"kind\":\"lease\""));
}

TEST_F(RunLeaseTest, WhatAnotherHoldsWaitsAndTheOtherBookingsGoOn) {
  Hold(world_, "Rosa");
  const RunReport report = Run();
  EXPECT_FALSE(report.finished);
  EXPECT_TRUE(report.HasConflict());
  const ActionReport& edit = ReportOf(report, IdOf(plan_, Verb::kEditPage, kSunset));
  EXPECT_EQ(ReportOf(report, IdOf(plan_, Verb::kBackUpPage, kSunset)).outcome, Outcome::kWaitsLease) << Outcomes(report);
  EXPECT_THAT(ReportOf(report, IdOf(plan_, Verb::kBackUpPage, kSunset)).detail, HasSubstr("leased to Rosa until"));
  EXPECT_FALSE(edit.outcome == Outcome::kDone);
  EXPECT_EQ(ReportOf(report, IdOf(plan_, Verb::kEditPage, kAna)).outcome, Outcome::kDone);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
  EXPECT_EQ(UnfinishedRuns(fleet_).value(), std::vector<std::string>{report.run});
  ASSERT_TRUE(ReleaseLease(fleet_, kBooking, "Rosa").ok());
  const auto resumed = ResumeRun(fleet_, report.run, {});
  ASSERT_TRUE(resumed.ok());
  EXPECT_TRUE(resumed->finished) << Outcomes(*resumed);
  EXPECT_FALSE(resumed->HasConflict());
}

// The reading of one number is cut in half, and nobody says so.
class CutReading final : public ObjectStore {
 public:
  CutReading(std::unique_ptr<ObjectStore> store, int cut_at) : store_(std::move(store)), cut_at_(cut_at) {}
  StoreTraits Traits() const override { return store_->Traits(); }
  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override { return store_->List(prefix, cursor); }
  StatusOr<ObjectInfo> Head(std::string_view key) override { return store_->Head(key); }
  StatusOr<Object> Get(std::string_view key) override {
    auto object = store_->Get(key);
    if (object.ok() && ++readings_ == cut_at_) object->bytes.resize(object->bytes.size() / 2);
    return object;
  }
  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override {
    return store_->Replace(key, bytes, expected, stamp);
  }
  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view type, const WriteStamp& stamp) override {
    return store_->Create(key, bytes, type, stamp);
  }
  Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) override { return store_->Delete(key, expected, stamp); }
  int readings() const { return readings_; }

 private:
  std::unique_ptr<ObjectStore> store_;
  const int cut_at_;
  int readings_ = 0;
};

TEST_F(RunLeaseTest, ATakeoverNeverWritesHalfAPageBack) {
  for (int cut_at = 1, readings = cut_at; readings >= cut_at; ++cut_at) {
    World world;
    Hold(world, "Rosa", PagesAndRecord());
    Pass(world, kLeaseTtl + kLeaseSkew);
    Fleet fleet = world.Open();
    auto cutting = std::make_unique<CutReading>(std::move(fleet.pages.at("guest-pages")), cut_at);
    const CutReading& pages = *cutting;
    fleet.pages["guest-pages"] = std::move(cutting);
    Lease lease{kBooking, "run-x", 2, {}, {}, {}, PagesAndRecord(), ""};
    Fencing fencing(fleet, lease);
    for (bool done = false; !done;) {
      const auto step = fencing.Step();
      ASSERT_TRUE(step.ok()) << step.status().ToString();
      done = *step;
    }
    readings = pages.readings();
    EXPECT_EQ(world.pages.Get(kSunset)->bytes, kSunsetBytes) << cut_at;
    EXPECT_EQ(world.pages.Get(kAfternoon)->bytes, kAfternoonBytes) << cut_at;
  }
}

// A takeover writes, too, and what it took does not last longer because it is fenced.
TEST_F(RunLeaseTest, WheneverTheClockJumpsNothingIsWrittenUnderALeaseThatRanOut) {
  for (int jump_at = 1, calls = jump_at; calls >= jump_at; ++jump_at) {
    World world;
    const Plan plan = world.MakePlanByHand();
    Hold(world, "Rosa", PagesAndRecord());
    Pass(world, kLeaseTtl + kLeaseSkew);
    calls = 0;
    Fleet fleet = world.Open([&](std::string_view call, std::string_view resource) {
      const bool is_write = call == "pages.Replace" || call == "pages.Delete" || call == "records.Update";
      if (is_write && resource != kAna && resource != "ANA001") {
        EXPECT_TRUE(LeaseIn(world).IsHeldBy(RunOfPlan(plan), world.environment.Now())) << call << ", jump at " << jump_at;
      }
      if (++calls == jump_at) Pass(world, std::chrono::hours(1));
      return Fault::kNone;
    });
    const auto report = Apply(fleet, plan, Approving());
    ASSERT_TRUE(report.ok()) << report.status().ToString();
    EXPECT_TRUE(report->finished) << Outcomes(*report);
    EXPECT_FALSE(report->HasConflict()) << "jump at " << jump_at << "\n" << Outcomes(*report);
  }
}

TEST_F(RunLeaseTest, ItWorksUnderTheLeaseOfWhomeverItIsToldTo) {
  Hold(world_, "Rosa");
  ApplyOptions options = Approving();
  options.holder = "Rosa";
  EXPECT_TRUE(Run(options).finished);
  EXPECT_EQ(LeaseIn(world_).holder, "Rosa") << "hers to give back";
}

TEST_F(RunLeaseTest, AWriteWithAnUnknownOutcomeKeepsTheLease) {
  fleet_ = world_.Open([](std::string_view call, std::string_view) { return call == "pages.Get" ? Fault::kNone : call == "pages.Delete" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_EQ(ReportOf(Run(), IdOf(plan_, Verb::kRetirePage)).outcome, Outcome::kFailed);
  EXPECT_EQ(LeaseIn(world_).holder, "") << "nothing was done";
  bool deleting = false;
  fleet_ = world_.Open([&deleting](std::string_view call, std::string_view) {
    deleting = deleting || call == "pages.Delete";
    return deleting && call.starts_with("pages.") ? Fault::kReplyLost : Fault::kNone;
  });
  const auto report = ResumeRun(fleet_, RunOfPlan(plan_), {});
  ASSERT_TRUE(report.ok()) << report.status().ToString();
  EXPECT_EQ(ReportOf(*report, IdOf(plan_, Verb::kRetirePage)).outcome, Outcome::kUnknown) << Outcomes(*report);
  EXPECT_EQ(LeaseIn(world_).holder, RunOfPlan(plan_)) << "left to run out, so that the next holder fences";
}

TEST_F(RunLeaseTest, WhatAnEarlierHolderLeftUnderWayIsFencedAndNoConflict) {
  Hold(world_, "Rosa", PagesAndRecord());
  const Version sunset = world_.pages.Head(kSunset)->version;
  Pass(world_, kLeaseTtl + kLeaseSkew);
  const RunReport report = Run();
  EXPECT_TRUE(report.finished) << Outcomes(report);
  EXPECT_FALSE(report.HasConflict()) << Outcomes(report);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetAfter);
  EXPECT_EQ(world_.pages.Delete(kSunset, sunset, {"late", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(world_.records.Update("S2FJLN", {{"page_slug", "x"}}, {}, world_.records.Get("S2FJLN")->version, {"late", WriteStamp::Fence{kBooking, 1}}).code(),
            Code::kPreconditionFailed);
  EXPECT_EQ(LeaseIn(world_).fence, 2u);
  EXPECT_EQ(LeaseIn(world_).holder, "");
}

// The process slept between any two steps, longer than its lease runs.
TEST_F(RunLeaseTest, AtAnyStepItsOwnLeaseRunsOut) {
  bool reached = true;
  for (int at = 0; reached; ++at) {
    World world;
    Fleet fleet = world.Open();
    auto machine = ApplyMachine::Start(fleet, world.MakePlanByHand(), Approving());
    reached = true;
    for (int i = 0; i < at && reached; ++i) reached = *(*machine)->Step();
    Pass(world, kLeaseTtl);
    const RunReport report = RunToTheEnd(world, **machine);
    EXPECT_TRUE(report.finished) << at << "\n" << Outcomes(report);
    EXPECT_FALSE(report.HasConflict()) << at << "\n" << Outcomes(report);
    EXPECT_EQ(world.pages.Get(kSunset)->bytes, kSunsetAfter) << at;
    EXPECT_EQ(world.pages.Head(kAfternoon).code(), Code::kNotFound) << at;
    if (HasFailure()) return;
  }
}

// A crash at any step, and the run is resumed only after the lease has run out.
TEST_F(RunLeaseTest, AfterACrashAtAnyStepTheRunIsResumedLate) {
  bool reached = true;
  for (int at = 1; reached; ++at) {
    World world;
    const Plan plan = world.MakePlanByHand();
    {
      Fleet fleet = world.Open();
      auto machine = ApplyMachine::Start(fleet, plan, Approving());
      for (int i = 0; i < at && reached; ++i) reached = *(*machine)->Step();
    }
    Pass(world, kLeaseTtl);
    Fleet fleet = world.Open();
    auto machine = ApplyMachine::Resume(fleet, RunOfPlan(plan), Approving());
    ASSERT_TRUE(machine.ok());
    const RunReport report = RunToTheEnd(world, **machine);
    EXPECT_TRUE(report.finished) << at << "\n" << Outcomes(report);
    EXPECT_FALSE(report.HasConflict()) << at << "\n" << Outcomes(report);
    EXPECT_EQ(world.Effects().at("calendar"), 2u) << at;
    if (HasFailure()) return;
  }
}

// Somebody takes the lease over while the process sleeps, at any step; gives it back, or keeps it.
TEST_F(RunLeaseTest, AtAnyStepAnotherTakesItOver) {
  for (const bool gives_back : {true, false}) {
    bool reached = true;
    for (int at = 0; reached; ++at) {
      World world;
      Fleet fleet = world.Open(), other = world.Open();
      other.config.policy.authority["*"] = {{"dispatch"}};
      other.config.pages.front().slug = "{date}-{guest}-{label}";
      const Plan plan = world.MakePlanByHand();
      auto machine = ApplyMachine::Start(fleet, plan, Approving());
      for (int i = 0; i < at && reached; ++i) reached = *(*machine)->Step();
      Pass(world, kLeaseTtl + kLeaseSkew);
      ASSERT_TRUE(AcquireLease(other, kBooking, "Rosa").ok());
      if (gives_back) {
        ASSERT_TRUE(ReleaseLease(other, kBooking, "Rosa").ok());
      }
      const std::string held = world.pages.Snapshot().entries.count(kSunset) != 0 ? world.pages.Get(kSunset)->bytes : "";
      const RunReport report = RunToTheEnd(world, **machine);
      if (!gives_back) {
        EXPECT_EQ(world.pages.Get(kSunset)->bytes, held) << "nothing is written under another's lease: " << at;
        EXPECT_EQ(LeaseIn(world).holder, "Rosa");
      }
      EXPECT_FALSE(report.HasError()) << at << "\n" << Outcomes(report);
      if (HasFailure()) return;
    }
  }
}

// Two runs with the same work on one booking, at once: one does it, the other waits, or finds it done, or in conflict.
TEST_F(RunLeaseTest, TwoRunsOnOneBookingDoNothingTwice) {
  World alone;
  Fleet only = alone.Open();
  ASSERT_TRUE(Apply(only, alone.MakePlanByHand(), Approving()).ok());
  for (int first = 0; first < 120; ++first) {
    for (const int second : {1, 5, 17, 40, 1000}) {
      World world;
      const Plan plan = world.MakePlanByHand();
      Plan other = plan;
      for (BookingPlan& booking : other.bookings) booking.notes = {"another plan"};
      other.hash = HashOfPlan(other);
      Fleet one = world.Open(), two = world.Open();
      auto a = ApplyMachine::Start(one, plan, Approving()), b = ApplyMachine::Start(two, other, Approving());
      ASSERT_TRUE(a.ok() && b.ok());
      for (int i = 0; i < first && *(*a)->Step(); ++i) EXPECT_EQ(world.BrokenPointer(), "");
      for (int i = 0; i < second && *(*b)->Step(); ++i) EXPECT_EQ(world.BrokenPointer(), "");
      RunToTheEnd(world, **a);
      RunToTheEnd(world, **b);
      for (const char* store : {"pages", "records", "calendar", "board"}) {
        EXPECT_EQ(world.Effects().at(store), alone.Effects().at(store)) << store << " " << first << " " << second;
      }
      EXPECT_EQ(world.pages.Head(kAfternoon).code(), Code::kNotFound);
      EXPECT_EQ(LeaseIn(world).holder, "");
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
