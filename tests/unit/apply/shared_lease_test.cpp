// Who shares a lease with a run: its other processes, and the one under whose lease it works. And what ends it: clocks, crashes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lease/fencing.h"
#include "unit/apply/leases.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using std::chrono::seconds;
using ::testing::HasSubstr;

std::string JournalOf(World& world) { return world.state.Snapshot().journals.begin()->second; }

// Steps until the machine has made this call; false: it never did.
bool RunUntil(ApplyMachine& machine, const int& calls) {
  while (calls == 0) {
    const auto more = machine.Step();
    EXPECT_TRUE(more.ok()) << more.status().ToString();
    if (!more.ok() || !*more) return false;
  }
  return true;
}

TEST_F(RunLeaseTest, ProcessesOfOneRunShareItsNumber) {
  Fleet other = world_.Open();
  auto a = ApplyMachine::Start(fleet_, plan_, Approving()), b = ApplyMachine::Start(other, plan_, Approving());
  bool more_a = true, more_b = true;
  while (more_a || more_b) {
    if (more_a) more_a = *(*a)->Step();
    if (more_b) more_b = *(*b)->Step();
  }
  EXPECT_TRUE((*a)->Report().finished);
  EXPECT_EQ(LeaseIn(world_).fence, 1u) << "neither takes it from the other";
  EXPECT_EQ(LeaseIn(world_).holder, "") << "every action is done, so the one that stopped last has given it back";
}

// One process finds the action impossible, and stops; another, which goes on from its intent, is about to delete the page.
TEST_F(RunLeaseTest, WhatAnotherProcessOfTheRunMayBeDoingKeepsTheLease) {
  int about_to_delete = 0;
  bool hindered = false;
  Fleet first = world_.Open([&](std::string_view call, std::string_view) { return hindered && call == "pages.Get" ? Fault::kErrorBefore : Fault::kNone; });
  Fleet slow = world_.Open([&](std::string_view call, std::string_view) { return about_to_delete += call == "records.List", Fault::kNone; });
  auto a = ApplyMachine::Start(first, plan_, Approving());
  const std::string retire = IdOf(plan_, Verb::kRetirePage);
  while (ReportOf((*a)->Report(), retire).outcome != Outcome::kUnknown) ASSERT_TRUE(*(*a)->Step());
  auto b = ApplyMachine::Resume(slow, RunOfPlan(plan_), {});
  ASSERT_TRUE(RunUntil(**b, about_to_delete));
  hindered = true;
  EXPECT_EQ(ReportOf(RunToTheEnd(world_, **a), retire).outcome, Outcome::kFailed);
  EXPECT_EQ(world_.pages.Snapshot().entries.count(kAfternoon), 1u);
  EXPECT_EQ(LeaseIn(world_).holder, RunOfPlan(plan_)) << "the other one's delete may land at any moment";
}

TEST_F(RunLeaseTest, WhoseLeaseItIsCannotGiveItBackWhileTheRunIsCutOff) {
  Hold(world_, "Rosa");
  ApplyOptions options = Approving();
  options.holder = "Rosa";
  int edits = 0;
  Fleet cut = world_.Open([&](std::string_view call, std::string_view) { return edits += call == "pages.Replace", edits < 2 ? Fault::kNone : Fault::kReplyLost; });
  {
    auto machine = ApplyMachine::Start(cut, plan_, options);
    while (edits < 2) ASSERT_TRUE(*(*machine)->Step());
  }
  const Status refused = ReleaseLease(fleet_, kBooking, "Rosa").status();
  EXPECT_EQ(refused.code(), Code::kPreconditionFailed);
  EXPECT_THAT(refused.message(), HasSubstr("evenkeel resume " + RunOfPlan(plan_)));
  auto resumed = ResumeRun(fleet_, RunOfPlan(plan_), options);
  ASSERT_TRUE(resumed.ok());
  EXPECT_TRUE(resumed->finished) << Outcomes(*resumed);
  EXPECT_EQ(LeaseIn(world_).holder, "Rosa");
  EXPECT_EQ(LeaseIn(world_).fence, 1u);
  EXPECT_TRUE(ReleaseLease(fleet_, kBooking, "Rosa").ok());
}

TEST_F(RunLeaseTest, OneRunAtATimeWorksUnderALease) {
  Hold(world_, "Rosa");
  LeaseWrite joins(world_.state, world_.environment, {LeaseRequest::Kind::kTake, kBooking, "Rosa", kLeaseTtl, {}, 0, 0, "run-0123456789ab", false});
  while (!*joins.Step()) {
  }
  ApplyOptions options = Approving();
  options.holder = "Rosa";
  const RunReport report = Run(options);
  EXPECT_TRUE(report.HasConflict());
  EXPECT_THAT(ReportOf(report, IdOf(plan_, Verb::kBackUpPage, kSunset)).detail, HasSubstr("leased to Rosa, and run-0123456789ab works under that lease"));
}

TEST_F(RunLeaseTest, ARunsNameIsNobodysToActUnder) {
  ApplyOptions options = Approving();
  options.holder = "run-0123456789ab";
  EXPECT_EQ(Apply(fleet_, plan_, options).code(), Code::kInvalidArgument);
}

// A crash at any step of a run that takes a lease over: whoever goes on fences to the end, and a rollback still knows what was done.
TEST_F(RunLeaseTest, ATakeoverCutOffAnywhereGoesOnThereAndCanBeTakenBack) {
  bool reached = true;
  for (int at = 1; reached; ++at) {
    World world;
    const Plan plan = world.MakePlanByHand();
    const std::string before = world.Systems();
    Hold(world, "Rosa", PagesAndRecord());
    const Version sunset = world.pages.Head(kSunset)->version;
    Pass(world, kLeaseTtl + kLeaseSkew);
    Fleet fleet = world.Open();
    {
      auto machine = ApplyMachine::Start(fleet, plan, Approving());
      for (int i = 0; i < at && reached; ++i) reached = *(*machine)->Step();
    }
    Pass(world, seconds(6 * 60));
    auto machine = world.state.Snapshot().journals.empty() ? ApplyMachine::Start(fleet, plan, Approving()) : ApplyMachine::Resume(fleet, RunOfPlan(plan), {});
    const RunReport report = RunToTheEnd(world, **machine);
    EXPECT_TRUE(report.finished) << at << "\n" << Outcomes(report);
    EXPECT_EQ(world.pages.Delete(kSunset, sunset, {"late", {}}).code(), Code::kPreconditionFailed) << at;
    EXPECT_THAT(JournalOf(world), HasSubstr("\"kind\":\"fenced\"")) << at;
    Pass(world, seconds(6 * 60));
    const auto back = RollbackRun(fleet, RunOfPlan(plan), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}});
    ASSERT_TRUE(back.ok()) << back.status().ToString();
    EXPECT_TRUE(back->finished) << at << "\n" << Outcomes(*back);
    EXPECT_EQ(world.Systems(), before) << at << "\n" << Outcomes(*back);
    if (HasFailure()) return;
  }
}

// Rewrites a page with its own bytes, as a takeover does that was cut off before it could tell the journal.
void RewriteUntold(World& world, const std::string& page, const std::string& booking) {
  const auto there = world.pages.Get(page);
  ASSERT_TRUE(there.ok());
  ASSERT_TRUE(world.pages.Replace(page, there->bytes, there->info.version, {"fence-1/" + booking + "/" + there->info.version, {}}).ok());
}

TEST_F(RunLeaseTest, WhatATakeoverRewroteAndDidNotTellIsNoConflict) {
  for (const char* page : {kSunset, kAfternoon}) RewriteUntold(world_, page, kBooking);
  const RunReport report = Run();
  EXPECT_TRUE(report.finished) << Outcomes(report);
  EXPECT_FALSE(report.HasConflict()) << Outcomes(report);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetAfter);
  RewriteUntold(world_, kSunset, kBooking);
  const auto back = RollbackRun(fleet_, report.run, {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}});
  ASSERT_TRUE(back.ok()) << back.status().ToString();
  EXPECT_FALSE(back->HasConflict()) << Outcomes(*back);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
}

TEST_F(RunLeaseTest, WhatATakeoverRewroteAfterSomebodyElsesWriteIsAConflict) {
  const auto there = world_.pages.Get(kSunset);
  ASSERT_TRUE(world_.pages.Replace(kSunset, "<p>Dinner at 4:30 PM</p>", there->info.version, {}).ok());
  ASSERT_TRUE(world_.pages.Replace(kSunset, there->bytes, world_.pages.Head(kSunset)->version, {}).ok());
  RewriteUntold(world_, kSunset, kBooking);
  EXPECT_TRUE(Run().HasConflict()) << "the bytes are the same again, and yet somebody has written since";
  RewriteUntold(world_, kAna, "another");
  EXPECT_EQ(RewrittenFrom(world_.pages.Head(kAna)->operation, {kBooking, 9}), std::vector<Version>()) << "of another booking";
}

TEST_F(RunLeaseTest, WhoWasTakenOverDoesNotStepOverWhatFencesItOut) {
  EXPECT_EQ(RewrittenFrom("fence-2/b/1/v3|v4", {"b/1", 2}), (std::vector<Version>{"v3", "v4"}));
  EXPECT_EQ(RewrittenFrom("fence-2/b/1/v3", {"b/1", 1}), std::vector<Version>()) << "a later holder's";
  for (const char* other : {"fence-2", "fence-2/b", "fence-/b/1/v3", "fence-x/b/1/v3", "fence-2x/b/1/v3", "run-1/b/1/v3", ""}) {
    EXPECT_EQ(RewrittenFrom(other, {"b/1", 2}), std::vector<Version>()) << other;
  }
}

// The run's edit goes out on the version that a takeover left untold, and its answer is late; the run is taken back meanwhile.
TEST_F(RunLeaseTest, ALateWriteOnAnUntoldRewritingFindsNothingAfterTheRollback) {
  RewriteUntold(world_, kSunset, kBooking);
  const Version sent_on = world_.pages.Head(kSunset)->version;
  bool is_sent = false;
  Fleet cut = world_.Open([&](std::string_view call, std::string_view key) {
    const bool is_edit = call == "pages.Replace" && key == kSunset;
    is_sent |= is_edit;
    return is_edit ? Fault::kErrorBefore : Fault::kNone;
  });
  {
    auto machine = ApplyMachine::Start(cut, plan_, Approving());
    while (!is_sent) ASSERT_TRUE(*(*machine)->Step());
  }
  const auto back = RollbackRun(fleet_, RunOfPlan(plan_), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}});
  ASSERT_TRUE(back.ok()) << back.status().ToString();
  EXPECT_TRUE(back->finished) << Outcomes(*back);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
  EXPECT_NE(world_.pages.Head(kSunset)->version, sent_on);
  EXPECT_EQ(world_.pages.Replace(kSunset, kSunsetAfter, sent_on, {"late", {}}).code(), Code::kPreconditionFailed);
}

TEST_F(RunLeaseTest, PagesWhoseVersionsRepeatAreSaidNotToBeFenced) {
  const Lease lease{kBooking, "x", 2, {}, {}, {}, {{ResourceKind::kPage, "repeating", "p"}}, ""};
  fleet_.pages["repeating"] = std::make_unique<MemoryObjectStore>(MemoryOptions{.name = "repeating", .unique_versions = false});
  Fencing fencing(fleet_, lease);
  ASSERT_TRUE(*fencing.Step());
  EXPECT_EQ(fencing.left_out().size(), 1u);
}

TEST_F(RunLeaseTest, TheReportNamesWhatCouldNotBeFenced) {
  std::set<Resource> writes = PagesAndRecord();
  writes.insert({ResourceKind::kPage, "repeating", "p"});
  fleet_.pages["repeating"] = std::make_unique<MemoryObjectStore>(MemoryOptions{.name = "repeating", .unique_versions = false});
  Hold(world_, "Rosa", writes);
  Pass(world_, kLeaseTtl + kLeaseSkew);
  const RunReport report = Run();
  EXPECT_TRUE(report.finished) << Outcomes(report);
  EXPECT_EQ(report.cannot_be_fenced, std::vector<std::string>{"repeating:p"});
  EXPECT_EQ(ReportOfRun(fleet_, report.run)->cannot_be_fenced, report.cannot_be_fenced);
  EXPECT_EQ(RunReportToJson(report)["cannot_be_fenced"], Json({"repeating:p"}));
}

TEST_F(RunLeaseTest, AClockThatWasPutBackHoldsNothing) {
  auto machine = ApplyMachine::Start(fleet_, plan_, Approving());
  while (world_.pages.Get(kAna)->bytes == kAnaBytes) ASSERT_TRUE(*(*machine)->Step());
  Pass(world_, -seconds(5 * 60));
  const RunReport report = RunToTheEnd(world_, **machine);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetAfter) << "a lease that was not begun is taken by the clock as it is";
  EXPECT_THAT(Outcomes(report), HasSubstr("waits_lease the booking has a lease of run-"));
  EXPECT_FALSE(report.finished);
  Pass(world_, seconds(5 * 60));
  EXPECT_TRUE(ResumeRun(fleet_, report.run, {})->finished);
}

TEST_F(RunLeaseTest, ARunTakenBackUnderALeaseGivesItBackToo) {
  Run();
  Hold(world_, "Rosa");
  const RollbackOptions asking{.by = "Gene", .why = "", .holder = "", .progress = {}, .keep_going = {}};
  const std::string now = world_.pages.Get(kSunset)->bytes;
  auto back = RollbackRun(fleet_, RunOfPlan(plan_), asking);
  ASSERT_TRUE(back.ok());
  EXPECT_TRUE(back->HasConflict()) << Outcomes(*back);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, now);
  EXPECT_EQ(world_.pages.Get(kAna)->bytes, kAnaBytes) << "the other booking is nobody's";
  ASSERT_TRUE(ReleaseLease(fleet_, kBooking, "Rosa").ok());
  back = ResumeRun(fleet_, RunOfPlan(plan_), {});
  ASSERT_TRUE(back.ok());
  EXPECT_TRUE(back->finished) << Outcomes(*back);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
  EXPECT_EQ(LeaseIn(world_).holder, "");
}

Plan Applied(World& world) {
  Plan plan = world.MakePlanByHand();
  Fleet fleet = world.Open();
  ApplyOptions options;
  options.approve_all = true;
  EXPECT_TRUE(Apply(fleet, plan, options).ok());
  return plan;
}

// Of two Creates one may be under way, and a page that somebody deletes has no version that it would not find.
TEST(SharedLease, APageThatMayBeCreatedOnceMoreKeepsTheLease) {
  World world;
  const Plan plan = Applied(world);
  Fleet calm = world.Open();
  EXPECT_EQ(LeaseIn(world).holder, "");
  int calls = 0;
  Fleet fleet = world.Open([&](std::string_view call, std::string_view) {
    if (call != "pages.Create") return Fault::kNone;
    ++calls;
    return Fault::kReplyLost;
  });
  auto back = ApplyMachine::Rollback(fleet, RunOfPlan(plan), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}});
  ASSERT_TRUE(back.ok());
  ASSERT_TRUE(RunUntil(**back, calls));
  back->reset();  // a crash: nobody knows how often it was sent
  const auto report = ResumeRun(calm, RunOfPlan(plan), {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->finished);
  EXPECT_EQ(LeaseIn(world).holder, RunOfPlan(plan)) << "left to run out";
}

// The Create that got no answer waits for nobody's page to be there, which it is again when they delete theirs.
TEST(SharedLease, APageThatSomebodyElsePutBackMeanwhileKeepsTheLease) {
  for (const bool is_theirs : {false, true}) {
    World world;
    const Plan plan = Applied(world);
    Fleet fleet = world.Open([&](std::string_view call, std::string_view key) {
      if (call != "pages.Create") return Fault::kNone;
      if (is_theirs) world.pages.PutForeign(key, kAfternoonBytes);
      return Fault::kReplyLost;
    });
    const auto report = RollbackRun(fleet, RunOfPlan(plan), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}});
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->finished);
    EXPECT_EQ(LeaseIn(world).holder, is_theirs ? RunOfPlan(plan) : "");
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
