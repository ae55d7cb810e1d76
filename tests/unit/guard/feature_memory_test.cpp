// What protected features a page had, from the run that saw them to the answer that somebody gets who lost them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/evenkeel.h"
#include "evenkeel/exit_code.h"
#include "observe/feature_memory.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kWhole = "<html><body><p>Ana sails at 1:00 PM</p><form class=\"waiver-upload\"></form></body></html>\n";
constexpr const char* kGutted = "<html><body><p>Ana sails at 1:00 PM</p></body></html>\n";

class FeatureMemoryTest : public ::testing::Test {
 protected:
  FeatureMemoryTest() : fleet_(OpenWith()) { world_.pages.PutForeign(kAna, kWhole); }

  Fleet OpenWith(contract::FaultPlan faults = {}) {
    Fleet fleet = world_.Open(std::move(faults));
    fleet.config.policy.authority["*"] = {{"dispatch"}};
    fleet.config.pages.front().slug = "{date}-{guest}-{label}";
    return fleet;
  }
  Decision Ana() {
    AuditOptions options;
    options.booking = "ana1";
    auto audit = AuditFleet(fleet_, options);
    EXPECT_TRUE(audit.ok()) << audit.status().ToString();
    return audit.ok() ? audit->decisions.at(0) : Decision{};
  }
  std::vector<std::string> Losses() {
    std::vector<std::string> losses;
    for (const Finding& finding : Ana().findings) {
      if (finding.kind == FindingKind::kLostFeature) losses.push_back(finding.why);
    }
    return losses;
  }
  Plan MakeAnasPlan() {
    AuditOptions options;
    options.booking = "ana1";
    auto plan = PlanFleet(fleet_, options);
    EXPECT_TRUE(plan.ok()) << plan.status().ToString();
    return plan.ok() ? *std::move(plan) : Plan{};
  }
  // A person's word moves the sailing, so that there is something to apply.
  void Move(const std::string& start) { ASSERT_TRUE(SetFields(fleet_, "ana1", {"start=" + start}, "Gene").ok()); }
  std::size_t Remembered() { return ListRememberedFeatures(world_.state)->size(); }

  World world_;
  Fleet fleet_;
};

TEST_F(FeatureMemoryTest, WhatVerifySawIsMissedAndNothingElseWritesItDown) {
  EXPECT_THAT(Losses(), IsEmpty());
  MakeAnasPlan();
  EXPECT_EQ(Remembered(), 0u) << "audit and plan write nothing";
  ASSERT_TRUE(Verify(fleet_, {}).ok());
  EXPECT_GE(Remembered(), 1u);
  EXPECT_THAT(Losses(), IsEmpty());
  world_.pages.PutForeign(kAna, kGutted);
  ASSERT_THAT(Losses(), ElementsAre(HasSubstr("lost waiver-form, which it had on 2026-05-28")));
  EXPECT_THAT(Ana().why_canonical, HasSubstr("it lacks waiver-form"));
  EXPECT_TRUE(AuditFleet(fleet_, {})->FoundAnything());
  EXPECT_EQ(ExitCodeOf(MakeAnasPlan()), exit_code::kPersonNeeded) << "there is nothing to apply, and not everything is well";
  ASSERT_FALSE(Verify(fleet_, {})->Agrees());
  EXPECT_THAT(Losses(), ::testing::SizeIs(1)) << "seeing the gutted page makes nobody forget";
  world_.pages.PutForeign(kAna, kWhole);
  EXPECT_THAT(Losses(), IsEmpty());
}

TEST_F(FeatureMemoryTest, ARunRemembersFromItsBackupAndRestoreBringsItBack) {
  Move("14:00");
  const Plan plan = MakeAnasPlan();
  ASSERT_TRUE(Apply(fleet_, plan, Approving())->finished);
  world_.pages.PutForeign(kAna, kGutted);
  ASSERT_THAT(Losses(), ElementsAre(HasSubstr("evenkeel restore FLEET " + RunOfPlan(plan) + " " + kAna)));
  ASSERT_TRUE(RestorePage(fleet_, RunOfPlan(plan), kAna, {"Gene", false}).ok());
  EXPECT_THAT(Losses(), IsEmpty());
}

TEST_F(FeatureMemoryTest, APlanThatLeavesItLostIsBrakedAndGivingItUpIsForgetting) {
  ASSERT_TRUE(Verify(fleet_, {}).ok());
  world_.pages.PutForeign(kAna, kGutted);
  Move("14:00");
  const Plan plan = MakeAnasPlan();
  ASSERT_EQ(plan.bookings.size(), 1u);
  EXPECT_THAT(plan.bookings.at(0).lost_features, ElementsAre("waiver-form"));
  const auto read = PlanFromJson(PlanToJson(plan));
  ASSERT_TRUE(read.ok()) << read.status().ToString();
  EXPECT_EQ(read->bookings.at(0).lost_features, plan.bookings.at(0).lost_features);
  const auto stopped = Apply(fleet_, plan, Approving());
  ASSERT_EQ(stopped->brakes.size(), 1u);
  EXPECT_EQ(stopped->brakes.at(0).name, "features");
  EXPECT_THAT(stopped->brakes.at(0).why, HasSubstr("ana1 without waiver-form"));
  EXPECT_THAT(Losses(), ::testing::SizeIs(1));
  ApplyOptions options = Approving();
  options.overrides = {"features"};
  ASSERT_TRUE(Apply(fleet_, plan, options)->finished);
  EXPECT_THAT(Losses(), IsEmpty()) << "given up";
}

TEST_F(FeatureMemoryTest, WhatIsLostCanBeGivenUpWhereThereIsNothingElseToDo) {
  ASSERT_TRUE(Verify(fleet_, {}).ok());
  world_.pages.PutForeign(kAna, kGutted);
  const Plan plan = MakeAnasPlan();
  EXPECT_FALSE(plan.CanChangeAnything());
  ApplyOptions options = Approving();
  options.overrides = {"features"};
  options.booking = "ana1";
  ASSERT_TRUE(Apply(fleet_, plan, options).ok());
  EXPECT_THAT(Losses(), IsEmpty());
}

TEST_F(FeatureMemoryTest, TheGuardRefusesWhatThePageHadBefore) {
  ASSERT_TRUE(Verify(fleet_, {}).ok());
  EXPECT_TRUE(GuardDeploy(fleet_, kAna, kWhole, "")->Allows());
  EXPECT_EQ(GuardDeploy(fleet_, kAna, kGutted, "")->refusals.size(), 1u) << "once: the live page has it";
  world_.pages.PutForeign(kAna, kGutted);
  const auto refused = GuardDeploy(fleet_, kAna, "<html><body><p>Ana sails at 1:00 PM, welcome</p></body></html>", "");
  ASSERT_EQ(refused->refusals.size(), 1u);
  EXPECT_EQ(refused->refusals.at(0).kind, RefusalKind::kFeatureLost);
  EXPECT_THAT(refused->refusals.at(0).why, HasSubstr("lost waiver-form"));
  EXPECT_TRUE(GuardDeploy(fleet_, kAna, kWhole, "")->Allows()) << "the way back";
}

TEST_F(FeatureMemoryTest, APageThatCannotBeReadHasLostNothingThatAnybodyKnows) {
  ASSERT_TRUE(Verify(fleet_, {}).ok());
  world_.pages.PutForeign(kAna, std::string(1000, 'x'));
  fleet_.config.limits.page_bytes = 500;
  EXPECT_THAT(Losses(), IsEmpty());
}

TEST_F(FeatureMemoryTest, ADamagedDocumentIsNamed) {
  ASSERT_TRUE(world_.state.PutDocument(kFeaturesKind, "x", {{"schema", "evenkeel.features/2"}}, std::nullopt).ok());
  const auto audit = AuditFleet(fleet_, {});
  EXPECT_EQ(audit.code(), Code::kInvalidArgument);
  EXPECT_THAT(audit.status().ToString(), HasSubstr("features x"));
}

// Whatever befalls the state store, verify says what it says, and the next verify remembers.
TEST_F(FeatureMemoryTest, EveryFaultAtEveryCall) {
  for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
    for (int at = 1; at < 6; ++at) {
      World world;
      world.pages.PutForeign(kAna, kWhole);
      int calls = 0;
      Fleet fleet = world.Open([&](std::string_view call, std::string_view) {
        return call.find("Document") != std::string_view::npos && call.find("List") == std::string_view::npos && ++calls == at ? fault : Fault::kNone;
      });
      ASSERT_TRUE(Verify(fleet, {}).ok()) << at;
      ASSERT_TRUE(Verify(fleet, {}).ok()) << at;
      const auto remembered = ListRememberedFeatures(world.state);
      EXPECT_EQ(remembered->size(), 2u) << at << ": Ana's and the sunset page";
      for (const RememberedFeatures& one : *remembered) EXPECT_EQ(one.features.count("waiver-form"), 1u);
    }
  }
}

TEST(FeatureMemory, TheNewestSightAndTheNewestBackupCount) {
  MemoryStateStore state;
  const Resource page{ResourceKind::kPage, "pages", "g/x.html"};
  const Instant day1(std::chrono::hours(24 * 100)), day2 = day1 + std::chrono::hours(24), day30 = day1 + std::chrono::hours(24 * 30);
  const auto sight = [&] { return ListRememberedFeatures(state)->at(0).features.at("waiver"); };
  const auto see = [&](Instant at, const std::string& run) {
    return RememberFeatures(state, *ListRememberedFeatures(state), page, "b", {"waiver"}, at, run).ok();
  };
  ASSERT_TRUE(RememberFeatures(state, {}, page, "b", {}, day1, "").ok());
  EXPECT_TRUE(ListRememberedFeatures(state)->empty()) << "a page without any";
  ASSERT_TRUE(see(day2, ""));
  ASSERT_TRUE(see(day1, "run-1"));
  EXPECT_EQ(sight(), (RememberedFeatures::Sight{day2, "run-1"})) << "an older backup is better than none";
  ASSERT_TRUE(see(day2 + std::chrono::hours(1), ""));
  EXPECT_EQ(sight().at, day2) << "not written down again so soon";
  ASSERT_TRUE(see(day30, "run-2"));
  EXPECT_EQ(sight(), (RememberedFeatures::Sight{day30, "run-2"}));
  ASSERT_TRUE(see(day2, "run-1"));
  EXPECT_EQ(sight(), (RememberedFeatures::Sight{day30, "run-2"})) << "an older run asked for again";
  ASSERT_TRUE(ForgetFeatures(state, "b", {ResourceKind::kPage, "pages", "g/y.html"}, {"waiver", "other"}).ok());
  EXPECT_TRUE(ListRememberedFeatures(state)->at(0).features.empty());
  ASSERT_TRUE(ForgetFeatures(state, "c", {ResourceKind::kPage, "pages", "g/y.html"}, {"waiver"}).ok());
}

}  // namespace
}  // namespace evenkeel::apply_test
