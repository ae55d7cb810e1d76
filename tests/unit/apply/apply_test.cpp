#include "evenkeel/apply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "digest/sha256.h"
#include "observe/state_documents.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using ::testing::HasSubstr;

class ApplyTest : public ::testing::Test {
 protected:
  ApplyTest() : fleet_(world_.Open()), plan_(world_.MakePlanByHand()) {}

  RunReport Run(const ApplyOptions& options = {}) {
    auto report = Apply(fleet_, plan_, options);
    EXPECT_TRUE(report.ok()) << report.status().ToString();
    return report.ok() ? *report : RunReport{};
  }
  Outcome OutcomeOf(const RunReport& report, Verb verb, const std::string& resource = "") {
    return ReportOf(report, IdOf(plan_, verb, resource)).outcome;
  }
  std::string DetailOf(const RunReport& report, Verb verb, const std::string& resource = "") {
    return ReportOf(report, IdOf(plan_, verb, resource)).detail;
  }
  bool HasJournal() { return !fleet_.state->ListJournals()->empty(); }

  World world_;
  Fleet fleet_;
  Plan plan_;
};

TEST_F(ApplyTest, WithoutApprovalEverythingElseIsDone) {
  const RunReport report = Run();
  EXPECT_TRUE(report.finished) << Outcomes(report);
  EXPECT_TRUE(report.WaitsForPeople());
  EXPECT_FALSE(report.HasConflict());
  EXPECT_FALSE(report.HasError());
  EXPECT_EQ(OutcomeOf(report, Verb::kEditPage, kSunset), Outcome::kDone);
  EXPECT_EQ(OutcomeOf(report, Verb::kRepointRecord), Outcome::kDone);
  EXPECT_EQ(OutcomeOf(report, Verb::kRetirePage), Outcome::kWaitsApproval);
  EXPECT_EQ(OutcomeOf(report, Verb::kInvalidatePaths), Outcome::kBlocked);
  EXPECT_EQ(OutcomeOf(report, Verb::kManualTask), Outcome::kWaitsPerson);
  EXPECT_TRUE(fleet_.pages.at("guest-pages")->Head(kAfternoon).ok());
}

TEST_F(ApplyTest, ApprovingLaterContinuesTheRunAndRepeatsNothing) {
  const RunReport first = Run();
  const auto effects = world_.Effects();
  const RunReport second = Run(Approving());
  EXPECT_EQ(first.run, second.run);
  EXPECT_EQ(OutcomeOf(second, Verb::kRetirePage), Outcome::kDone) << Outcomes(second);
  EXPECT_EQ(OutcomeOf(second, Verb::kLeaveHandoff), Outcome::kDone);
  EXPECT_EQ(world_.Effects().at("records"), effects.at("records"));
  EXPECT_EQ(world_.Effects().at("pages"), effects.at("pages"));
  EXPECT_FALSE(fleet_.pages.at("guest-pages")->Head(kAfternoon).ok());
  EXPECT_EQ(fleet_.state->GetBlob("afternoon").value(), kAfternoonBytes);
  auto tombstones = ListTombstones(*fleet_.state);
  ASSERT_EQ(tombstones->size(), 1u);
  EXPECT_EQ((*tombstones)[0].survivor.key, kSunset);
  auto handoffs = ListHandoffs(*fleet_.state);
  ASSERT_EQ(handoffs->size(), 1u);
  EXPECT_EQ((*handoffs)[0].note, "moved to 3:30");
  const std::string before = world_.Contents();
  const std::size_t writes = world_.state.Snapshot().writes;
  Run(Approving());
  EXPECT_EQ(world_.Contents(), before);
  EXPECT_EQ(world_.state.Snapshot().writes, writes) << "a run at rest writes nothing";
}

TEST_F(ApplyTest, ApprovalsAreRecordedWithNameAndTime) {
  ApplyOptions options;
  options.approvals = {IdOf(plan_, Verb::kRetirePage)};
  options.by = "Gene";
  Run(options);
  const std::string journal = world_.state.Snapshot().journals.begin()->second;
  EXPECT_THAT(journal, HasSubstr("\"approvals\":[\"retire_page-"));
  EXPECT_THAT(journal, HasSubstr("\"by\":\"Gene\""));
}

TEST_F(ApplyTest, ARedirectLeavesASmallPageAndATombstone) {
  World world(true);
  Fleet fleet = world.Open();
  auto report = Apply(fleet, world.MakePlanByHand(), Approving());
  ASSERT_TRUE(report.ok()) << report.status().ToString();
  EXPECT_EQ(fleet.pages.at("guest-pages")->Get(kAfternoon)->bytes, kRedirect);
  EXPECT_EQ(ListTombstones(*fleet.state)->size(), 1u);
}

TEST_F(ApplyTest, WrongPlansChangeNothing) {
  const auto refuse = [this](const Plan& plan, const ApplyOptions& options, const std::string& words) {
    auto report = Apply(fleet_, plan, options);
    EXPECT_EQ(report.code(), Code::kInvalidArgument);
    EXPECT_THAT(report.status().ToString(), HasSubstr(words));
    EXPECT_FALSE(HasJournal());
  };
  Plan edited = plan_;
  edited.bookings[0].actions[1].reason = "because";
  refuse(edited, {}, "edited by hand");
  Plan foreign = plan_;
  foreign.fleet = "sha256:other";
  foreign.hash = HashOfPlan(foreign);
  refuse(foreign, {}, "another fleet file");
  ApplyOptions options;
  options.approvals = {"retire_page-00000000"};
  refuse(plan_, options, IdOf(plan_, Verb::kRetirePage));
  options.approvals = {IdOf(plan_, Verb::kManualTask)};
  refuse(plan_, options, "attest");
  options.approvals.clear();
  options.overrides = {"retire_cuont"};
  refuse(plan_, options, "retire_count");
  Plan bare = plan_;
  bare.bookings[0].actions.erase(bare.bookings[0].actions.begin());
  bare.bookings[0].actions[0].needs.clear();
  bare.hash = HashOfPlan(bare);
  refuse(bare, {}, "does not back up");
}

TEST_F(ApplyTest, AnOldPlanIsBrakedAndItsOverrideLiftsIt) {
  world_.environment.SetNow(plan_.made_at + std::chrono::hours(8 * 24));
  const RunReport report = Run();
  ASSERT_EQ(report.brakes.size(), 1u);
  EXPECT_EQ(report.brakes[0].name, "plan_age");
  EXPECT_TRUE(report.WaitsForPeople());
  EXPECT_FALSE(HasJournal());
  ApplyOptions options;
  options.overrides = {"plan_age"};
  EXPECT_EQ(OutcomeOf(Run(options), Verb::kEditPage, kSunset), Outcome::kDone);
  // The journal remembers who lifted it.
  EXPECT_TRUE(Run().brakes.empty());
}

TEST_F(ApplyTest, APlanFromTheFutureIsBraked) {
  world_.environment.SetNow(plan_.made_at - std::chrono::hours(2));
  EXPECT_EQ(Run().brakes.size(), 1u);
}

TEST_F(ApplyTest, ThePlansOwnBrakesStopIt) {
  plan_.brakes = {{"retire_share", "1 of 3 pages, the policy allows 0.1"}};
  plan_.hash = HashOfPlan(plan_);
  EXPECT_EQ(Run().brakes, plan_.brakes);
  EXPECT_FALSE(HasJournal());
}

TEST_F(ApplyTest, ABrakeMayBeCalledByItsKeyInThePolicy) {
  plan_.brakes = {{"retire_count", "the plan retires 1 page; the policy allows 0"}};
  plan_.hash = HashOfPlan(plan_);
  ApplyOptions options = Approving();
  options.overrides = {"retire_count_max"};
  const auto report = Apply(fleet_, plan_, options);
  ASSERT_TRUE(report.ok()) << report.status().ToString();
  EXPECT_TRUE(report->brakes.empty());
  EXPECT_TRUE(HasJournal());
  options.overrides = {"retire_max_count"};
  EXPECT_EQ(Apply(fleet_, plan_, options).status().code(), Code::kInvalidArgument);
}

TEST_F(ApplyTest, OneBookingAlone) {
  ApplyOptions options = Approving();
  options.booking = "ana1";
  const RunReport report = Run(options);
  EXPECT_TRUE(report.finished);
  EXPECT_EQ(report.actions.size(), 4u);
  EXPECT_EQ(fleet_.pages.at("guest-pages")->Get(kSunset)->bytes, kSunsetBytes);
  EXPECT_EQ(fleet_.pages.at("guest-pages")->Get(kAna)->bytes, kAnaAfter);
  // The run is at rest: the other booking was never asked for.
  EXPECT_TRUE(ReportOfRun(fleet_, report.run)->finished);
  EXPECT_TRUE(UnfinishedRuns(fleet_)->empty());
  options.booking = "nobody";
  EXPECT_EQ(Apply(fleet_, plan_, options).code(), Code::kNotFound);
  EXPECT_EQ(OutcomeOf(Run(), Verb::kEditPage, kSunset), Outcome::kDone);
}

TEST_F(ApplyTest, TwoActionsOnOneRecordGoOnFromEachOther) {
  const RunReport report = Run();
  EXPECT_EQ(world_.records.Snapshot().entries.at("ANA001").item.at("captain"), "Rosa") << Outcomes(report);
  EXPECT_EQ(world_.records.Snapshot().entries.at("ANA001").item.at("start_time"), "14:00");
}

// Found by the simulator.
TEST_F(ApplyTest, WhatSomebodyElseHasDoneIsNoVersionToGoOnFrom) {
  Attributes record = world_.records.Snapshot().entries.at("ANA001").item;
  record["start_time"] = "14:00";
  world_.records.PutForeign("ANA001", record);
  const RunReport report = Run(Approving());
  std::vector<Outcome> outcomes;
  for (const ActionReport& action : report.actions) {
    if (action.resource == "ANA001") outcomes.push_back(action.outcome);
  }
  EXPECT_EQ(outcomes, (std::vector<Outcome>{Outcome::kAlreadyDone, Outcome::kConflict})) << Outcomes(report);
  EXPECT_EQ(world_.records.Snapshot().entries.at("ANA001").item, record);
}

// Found by the simulator.
TEST_F(ApplyTest, AnActionThatFailedGoesOnFromALaterOneOnItsTarget) {
  for (BookingPlan& booking : plan_.bookings) {
    for (Action& action : booking.actions) {
      if (action.resource == "ANA001") action.needs.clear();
    }
  }
  plan_.hash = HashOfPlan(plan_);
  bool struck = false;
  fleet_ = world_.Open([&](std::string_view call, std::string_view resource) {
    if (struck || call != "records.Update" || resource != "ANA001") return contract::Fault::kNone;
    struck = true;
    return contract::Fault::kErrorBefore;
  });
  EXPECT_FALSE(Run(Approving()).finished);
  auto report = ResumeRun(fleet_, RunOfPlan(plan_), {});
  ASSERT_TRUE(report.ok());
  EXPECT_FALSE(report->HasConflict()) << Outcomes(*report);
  EXPECT_EQ(world_.records.Snapshot().entries.at("ANA001").item.at("start_time"), "14:00");
}

// Found by the simulator.
TEST_F(ApplyTest, AnEffectWithoutOutcomeIsNoConflictForAnotherActionOnItsTarget) {
  for (BookingPlan& booking : plan_.bookings) {
    for (Action& action : booking.actions) {
      if (action.resource == "ANA001") action.needs.clear();
    }
  }
  plan_.hash = HashOfPlan(plan_);
  int updates = 0;
  fleet_ = world_.Open([&](std::string_view call, std::string_view resource) {
    if (call == "records.Update" && resource == "ANA001" && ++updates == 1) return contract::Fault::kErrorBefore;
    return updates == 2 && call == "state.AppendJournal" ? (++updates, contract::Fault::kErrorBefore) : contract::Fault::kNone;
  });
  EXPECT_EQ(Apply(fleet_, plan_, Approving()).code(), Code::kUnavailable);
  EXPECT_EQ(world_.records.Snapshot().entries.at("ANA001").item.at("captain"), "Rosa");
  auto report = ResumeRun(fleet_, RunOfPlan(plan_), {});
  ASSERT_TRUE(report.ok());
  EXPECT_FALSE(report->HasConflict()) << Outcomes(*report);
  EXPECT_EQ(world_.records.Snapshot().entries.at("ANA001").item.at("start_time"), "14:00");
}

// Found by the simulator.
TEST_F(ApplyTest, AnActionThatIsDoneAndNotYetRememberedLeavesItsVersionToTheNext) {
  for (BookingPlan& booking : plan_.bookings) {
    for (Action& action : booking.actions) {
      if (action.resource != "ANA001") continue;
      if (!action.needs.empty()) action.needs.clear();
      else action.verb = Verb::kRepointRecord;
    }
  }
  SetAttributes& pointer = std::get<SetAttributes>(plan_.bookings[0].actions[2].change);
  pointer = {{{"page_slug", "2026-06-01-ana"}}, {{"page_slug", "2026-05-30-jonathan-sunset"}}};
  plan_.hash = HashOfPlan(plan_);
  int puts = 0;
  fleet_ = world_.Open([&](std::string_view call, std::string_view resource) {
    const bool is_memory = call == "state.PutDocument" && resource.starts_with("former_words");
    return is_memory && ++puts == 2 ? contract::Fault::kErrorBefore : contract::Fault::kNone;
  });
  const RunReport report = Run(Approving());
  EXPECT_FALSE(report.HasConflict()) << Outcomes(report);
  EXPECT_EQ(world_.records.Snapshot().entries.at("ANA001").item.at("captain"), "Rosa");
}

TEST_F(ApplyTest, AConflictStopsWhatNeedsItAndNothingElse) {
  world_.records.PutForeign("S2FJLN", {{"guest_code", "S2FJLN"},
                                       {"booking_id", "xhqgmdh"},
                                       {"start_time", "17:00"},
                                       {"page_slug", "2026-05-30-jonathan-afternoon"}});
  const RunReport report = Run(Approving());
  EXPECT_TRUE(report.HasConflict());
  EXPECT_TRUE(report.finished);
  EXPECT_EQ(OutcomeOf(report, Verb::kRepointRecord), Outcome::kConflict);
  EXPECT_THAT(DetailOf(report, Verb::kRepointRecord), HasSubstr("expected version v1"));
  EXPECT_THAT(DetailOf(report, Verb::kRepointRecord), HasSubstr("found version v3"));
  EXPECT_EQ(OutcomeOf(report, Verb::kRetirePage), Outcome::kBlocked);
  EXPECT_EQ(OutcomeOf(report, Verb::kUpdateEvent), Outcome::kDone);
  EXPECT_EQ(OutcomeOf(report, Verb::kEditPage, kAna), Outcome::kDone);
  EXPECT_EQ(world_.records.Snapshot().entries.at("S2FJLN").item.at("start_time"), "17:00");
}

TEST_F(ApplyTest, SomebodyElsesEditOfAPageIsNeverOverwritten) {
  world_.pages.PutForeign(kSunset, "<html><body>mine</body></html>");
  const RunReport report = Run(Approving());
  EXPECT_EQ(OutcomeOf(report, Verb::kBackUpPage, kSunset), Outcome::kConflict);
  EXPECT_EQ(OutcomeOf(report, Verb::kEditPage, kSunset), Outcome::kBlocked);
  EXPECT_EQ(world_.pages.Snapshot().entries.at(kSunset).item.bytes, "<html><body>mine</body></html>");
}

TEST_F(ApplyTest, RetireChecksThePointerAgainImmediatelyBefore) {
  Run();
  // Another record points at the page that is about to go.
  world_.records.PutForeign("OTHER1", {{"guest_code", "OTHER1"}, {"page_slug", "2026-05-30-jonathan-afternoon"}});
  const RunReport report = Run(Approving());
  EXPECT_EQ(OutcomeOf(report, Verb::kRetirePage), Outcome::kConflict);
  EXPECT_THAT(DetailOf(report, Verb::kRetirePage), HasSubstr("OTHER1"));
  EXPECT_TRUE(fleet_.pages.at("guest-pages")->Head(kAfternoon).ok());
}

TEST_F(ApplyTest, RetireNeedsTheSurvivor) {
  Run();
  world_.pages.DeleteForeign(kSunset);
  EXPECT_EQ(OutcomeOf(Run(Approving()), Verb::kRetirePage), Outcome::kConflict);
  EXPECT_TRUE(fleet_.pages.at("guest-pages")->Head(kAfternoon).ok());
}

TEST_F(ApplyTest, RetireNeedsTheFeaturesOnTheSurvivor) {
  // The page to be retired has the waiver, the survivor lost it in the meantime.
  World world;
  world.pages.PutForeign(kAfternoon, "<html><body><form class=\"waiver-upload\"></form></body></html>\n");
  Plan plan = world.MakePlanByHand();
  const std::string digest = Sha256Hex("<html><body><form class=\"waiver-upload\"></form></body></html>\n");
  for (Action& action : plan.bookings[1].actions) {
    if (action.verb == Verb::kBackUpPage && action.resource == kAfternoon) std::get<BackUpPage>(action.change).sha256 = digest;
    if (action.verb == Verb::kRetirePage) std::get<RetirePage>(action.change).sha256 = digest;
  }
  plan.hash = HashOfPlan(plan);
  Fleet fleet = world.Open();
  ASSERT_TRUE(Apply(fleet, plan, {}).ok());
  world.pages.PutForeign(kSunset, kAfternoonBytes);
  auto report = Apply(fleet, plan, Approving());
  const ActionReport& retire = ReportOf(*report, IdOf(plan, Verb::kRetirePage));
  EXPECT_EQ(retire.outcome, Outcome::kConflict);
  EXPECT_THAT(retire.detail, HasSubstr("waiver-form"));
}

TEST_F(ApplyTest, RetireNeedsTheBackup) {
  Run();
  auto contents = world_.state.Snapshot();
  contents.blobs["afternoon"] = "something else";
  world_.state.Restore(contents);
  EXPECT_EQ(OutcomeOf(Run(Approving()), Verb::kRetirePage), Outcome::kConflict);
  EXPECT_TRUE(fleet_.pages.at("guest-pages")->Head(kAfternoon).ok());
}

TEST_F(ApplyTest, RepointNeedsALivePage) {
  plan_.bookings[1].actions.erase(plan_.bookings[1].actions.begin(), plan_.bookings[1].actions.begin() + 3);
  plan_.bookings[1].actions.erase(plan_.bookings[1].actions.begin() + 1, plan_.bookings[1].actions.end());
  plan_.bookings[1].actions[0].needs.clear();
  plan_.hash = HashOfPlan(plan_);
  ASSERT_EQ(plan_.bookings[1].actions[0].verb, Verb::kRepointRecord);
  world_.pages.PutForeign(kSunset, kRedirect);
  EXPECT_EQ(OutcomeOf(Run(), Verb::kRepointRecord), Outcome::kConflict);
  EXPECT_EQ(world_.records.Snapshot().entries.at("S2FJLN").item.at("page_slug"), "2026-05-30-jonathan-afternoon");
}

// A full disk, or a crash between the making of the file and its first line.
TEST_F(ApplyTest, AJournalWithoutItsFirstLineIsNoRun) {
  auto contents = world_.state.Snapshot();
  contents.journals["run-0123456789ab"] = "";
  contents.journals[RunOfPlan(plan_)] = "{\"kind\":\"sta";
  world_.state.Restore(contents);
  auto unfinished = UnfinishedRuns(fleet_);
  ASSERT_TRUE(unfinished.ok()) << unfinished.status().ToString();
  EXPECT_TRUE(unfinished->empty());
  EXPECT_TRUE(OpenRuns(fleet_)->empty());
  const RunReport report = Run(Approving());
  EXPECT_TRUE(report.brakes.empty());
  EXPECT_EQ(OutcomeOf(report, Verb::kRetirePage), Outcome::kDone) << Outcomes(report);
}

TEST_F(ApplyTest, AnIncompleteListingOfRecordsKeepsThePageUntilItIsOverridden) {
  fleet_ = world_.Open([](std::string_view call, std::string_view) {
    return call == "records.List" ? contract::Fault::kCutListing : contract::Fault::kNone;
  });
  const RunReport held = Run(Approving());
  EXPECT_EQ(OutcomeOf(held, Verb::kRetirePage), Outcome::kFailed);
  EXPECT_THAT(DetailOf(held, Verb::kRetirePage), HasSubstr("--override incomplete_listing"));
  ApplyOptions options = Approving();
  options.overrides = {"incomplete_listing"};
  const RunReport lifted = Run(options);
  EXPECT_EQ(OutcomeOf(lifted, Verb::kRetirePage), Outcome::kDone) << Outcomes(lifted);
}

TEST_F(ApplyTest, AttestRecordsTheValuesAndTheName) {
  const RunReport run = Run();
  const std::string task = IdOf(plan_, Verb::kManualTask);
  auto first = Attest(fleet_, run.run, task, "Rosa");
  ASSERT_TRUE(first.ok()) << first.status().ToString();
  EXPECT_FALSE(first->before);
  EXPECT_EQ(ReportOf(first->report, task).outcome, Outcome::kDone);
  EXPECT_EQ(fleet_.listings.at("boatsetter")->Get("L1")->attributes.at("start"), "15:30");
  EXPECT_THAT(world_.state.Snapshot().journals.begin()->second, HasSubstr("\"by\":\"Rosa\""));
  const auto effects = world_.Effects();
  const std::size_t writes = world_.state.Snapshot().writes;
  auto second = Attest(fleet_, run.run, task, "Gene");
  ASSERT_TRUE(second.ok()) << second.status().ToString();
  EXPECT_TRUE(second->before);
  EXPECT_EQ(second->by, "Rosa") << "who said so first is who said so";
  EXPECT_EQ(second->at, first->at);
  EXPECT_EQ(world_.Effects(), effects);
  EXPECT_EQ(world_.state.Snapshot().writes, writes);
  EXPECT_EQ(OutcomeOf(Run(), Verb::kManualTask), Outcome::kDone);
}

TEST_F(ApplyTest, AttestRefusesWhatIsNotForAPerson) {
  const RunReport run = Run();
  EXPECT_EQ(Attest(fleet_, "run-000000000000", "x", "Rosa").code(), Code::kNotFound);
  EXPECT_EQ(Attest(fleet_, run.run, "x", "Rosa").code(), Code::kNotFound);
  EXPECT_EQ(Attest(fleet_, run.run, IdOf(plan_, Verb::kEditPage), "Rosa").code(), Code::kInvalidArgument);
  EXPECT_EQ(Attest(fleet_, run.run, IdOf(plan_, Verb::kManualTask), "").code(), Code::kInvalidArgument);
}

TEST_F(ApplyTest, AttestShowsBothSidesWhenTheListingHoldsSomethingElse) {
  const RunReport run = Run();
  world_.listing.PutForeign("L1", {{"id", "L1"}, {"start", "12:00"}});
  auto report = Attest(fleet_, run.run, IdOf(plan_, Verb::kManualTask), "Rosa");
  ASSERT_TRUE(report.ok()) << report.status().ToString();
  EXPECT_EQ(ReportOf(report->report, IdOf(plan_, Verb::kManualTask)).outcome, Outcome::kConflict);
  EXPECT_EQ(fleet_.listings.at("boatsetter")->Get("L1")->attributes.at("start"), "12:00");
}

TEST_F(ApplyTest, AListingThatSaysSoAlreadyNeedsNobody) {
  world_.listing.PutForeign("L1", {{"id", "L1"}, {"start", "15:30"}});
  EXPECT_EQ(OutcomeOf(Run(), Verb::kManualTask), Outcome::kAlreadyDone);
}

TEST_F(ApplyTest, StoppingBetweenActionsLeavesAnUnfinishedRunThatResumes) {
  ApplyOptions options = Approving();
  int left = 3;
  options.keep_going = [&left] { return left-- > 0; };
  const RunReport stopped = Run(options);
  EXPECT_FALSE(stopped.finished);
  EXPECT_EQ(UnfinishedRuns(fleet_).value(), std::vector<std::string>{stopped.run});
  auto resumed = ResumeRun(fleet_, stopped.run, {});
  ASSERT_TRUE(resumed.ok());
  EXPECT_TRUE(resumed->finished);
  EXPECT_EQ(OutcomeOf(*resumed, Verb::kRetirePage), Outcome::kDone) << "the approval was given before";
  EXPECT_TRUE(UnfinishedRuns(fleet_)->empty());
}

TEST_F(ApplyTest, AnotherUnfinishedRunOnTheSameBookingBrakes) {
  ApplyOptions options;
  int left = 2;
  options.keep_going = [&left] { return left-- > 0; };
  const RunReport stopped = Run(options);
  Plan other = world_.MakePlanByHand();
  other.bookings[0].notes = {"a newer plan"};
  other.hash = HashOfPlan(other);
  auto report = Apply(fleet_, other, {});
  ASSERT_EQ(report->brakes.size(), 1u);
  EXPECT_THAT(report->brakes[0].why, HasSubstr(stopped.run));
  // A run that waits for people alone blocks nothing.
  ASSERT_TRUE(ResumeRun(fleet_, stopped.run, {})->finished);
  EXPECT_TRUE(Apply(fleet_, other, {})->brakes.empty());
}

TEST_F(ApplyTest, TheJournalHoldsThePlan) {
  const RunReport run = Run();
  EXPECT_EQ(run.run, "run-" + plan_.hash.substr(7, 12));
  auto plan = PlanOfRun(fleet_, run.run);
  ASSERT_TRUE(plan.ok()) << plan.status().ToString();
  EXPECT_EQ(DumpJson(PlanToJson(*plan)), DumpJson(PlanToJson(plan_)));
  EXPECT_EQ(PlanOfRun(fleet_, "run-1").code(), Code::kNotFound);
}

TEST_F(ApplyTest, AnEmptyPlanLeavesNoTrace) {
  plan_.bookings.clear();
  plan_.hash = HashOfPlan(plan_);
  const RunReport report = Run();
  EXPECT_TRUE(report.finished);
  EXPECT_FALSE(report.WaitsForPeople());
  EXPECT_FALSE(HasJournal());
}

TEST_F(ApplyTest, ADamagedJournalStopsEverything) {
  Run();
  auto contents = world_.state.Snapshot();
  std::string& journal = contents.journals.begin()->second;
  journal[journal.size() / 2] ^= 1;
  world_.state.Restore(contents);
  const std::string before = world_.Contents();
  EXPECT_EQ(Apply(fleet_, plan_, Approving()).code(), Code::kInvalidArgument);
  EXPECT_EQ(world_.Contents(), before);
}

TEST_F(ApplyTest, WhatARunChangesIsRemembered) {
  for (BookingPlan& booking : plan_.bookings) {
    if (booking.booking != "xhqgmdh") continue;
    Verdict& start = booking.verdicts.emplace_back(Verdict{"start", Value(LocalDateTime{{}, 15 * 60 + 30}), {}, {}, "", "", Certainty::kCertain});
    start.against.push_back({{ResourceKind::kPage, "guest-pages", kSunset}, "1", "start", Value(LocalDateTime{{}, 16 * 60 + 30}), {}, {}});
  }
  plan_.hash = HashOfPlan(plan_);
  Run();
  const auto words = ListFormerWords(*fleet_.state);
  ASSERT_TRUE(words.ok()) << words.status().ToString();
  const auto jonathan = std::find_if(words->begin(), words->end(), [](const FormerWords& w) { return w.booking == "xhqgmdh"; });
  ASSERT_NE(jonathan, words->end());
  EXPECT_EQ(jonathan->pointers, (std::vector<FormerWords::Pointer>{{{ResourceKind::kRecord, "dispatch", "S2FJLN"}, {ResourceKind::kPage, "guest-pages", kAfternoon}}}));
  EXPECT_EQ(jonathan->times, (std::map<std::string, std::set<int>>{{"start", {16 * 60 + 30}}}));
}

}  // namespace
}  // namespace evenkeel::apply_test
