#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "digest/sha256.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RollbackTest : public ::testing::Test {
 protected:
  RollbackTest() : fleet_(world_.Open()), plan_(world_.MakePlanByHand()), before_(world_.Systems()) {}

  RunReport Run(const ApplyOptions& given = {}) {
    ApplyOptions options = given;
    options.approve_all = true;
    options.by = "Gene";
    auto report = Apply(fleet_, plan_, options);
    EXPECT_TRUE(report.ok()) << report.status().ToString();
    return report.ok() ? *report : RunReport{};
  }
  RunReport Back() {
    auto report = RollbackRun(fleet_, RunOfPlan(plan_), {.by = "Rosa", .why = "wrong day", .holder = "", .progress = {}, .keep_going = {}});
    EXPECT_TRUE(report.ok()) << report.status().ToString();
    return report.ok() ? *report : RunReport{};
  }
  std::optional<UndoReport> UndoOfAction(const RunReport& report, Verb verb, const std::string& resource = "") {
    return ReportOf(report, IdOf(plan_, verb, resource)).undo;
  }

  World world_;
  Fleet fleet_;
  Plan plan_;
  std::string before_;
};

TEST_F(RollbackTest, EverythingIsAsItWas) {
  Run();
  EXPECT_NE(world_.Systems(), before_);
  const RunReport report = Back();
  EXPECT_EQ(world_.Systems(), before_) << Outcomes(report);
  EXPECT_TRUE(report.finished) << Outcomes(report);
  EXPECT_FALSE(report.HasConflict());
  EXPECT_FALSE(report.HasError());
  EXPECT_FALSE(report.WaitsForPeople());
  ASSERT_TRUE(report.rollback);
  EXPECT_EQ(report.rollback->by, "Rosa");
  EXPECT_EQ(report.rollback->why, "wrong day");
  EXPECT_FALSE(UndoOfAction(report, Verb::kBackUpPage)) << "backups stay";
  EXPECT_FALSE(UndoOfAction(report, Verb::kManualTask)) << "nobody did it";
  EXPECT_EQ(world_.edge.Batches().size(), 2u) << "what guests may have cached is dropped again";
  EXPECT_EQ(fleet_.state->GetBlob("sunset").value(), kSunsetBytes);
  EXPECT_TRUE(ListTombstones(*fleet_.state)->empty());
  EXPECT_TRUE(ListFormerWords(*fleet_.state)->empty());
  EXPECT_TRUE(ListHandoffs(*fleet_.state)->empty());
}

// A document of our own that is on its way when its run is taken back must find its place taken, whether it was seen there or not.
TEST_F(RollbackTest, WhatIsWithdrawnDoesNotComeBackLate) {
  Run();
  const StateDocument note = world_.state.ListDocuments(kHandoffKind)->at(0);
  const StateDocument tombstone = world_.state.ListDocuments(kTombstoneKind)->at(0);
  // The tombstone's write is still on its way.
  ASSERT_TRUE(world_.state.DeleteDocument(kTombstoneKind, tombstone.id, tombstone.version).ok());
  Back();
  EXPECT_EQ(world_.state.PutDocument(kHandoffKind, note.id, note.value, std::nullopt).code(), Code::kAlreadyExists);
  EXPECT_EQ(world_.state.PutDocument(kTombstoneKind, tombstone.id, tombstone.value, std::nullopt).code(), Code::kAlreadyExists);
  // Nor does a process of the run that was asleep write over it.
  EXPECT_TRUE(WriteDocument(world_.state, std::string(kTombstoneKind), tombstone.id, tombstone.value).ok());
  EXPECT_THAT(*ListHandoffs(*fleet_.state), IsEmpty());
  EXPECT_THAT(*ListTombstones(*fleet_.state), IsEmpty());
  // They go with their run.
  fleet_.config.policy.retention_days = 30;
  world_.environment.Sleep(std::chrono::hours(24 * 31));
  ASSERT_TRUE(ResumeRun(fleet_, RunOfPlan(plan_), {}).ok());
  EXPECT_THAT(*world_.state.ListDocuments(kHandoffKind), IsEmpty());
  EXPECT_THAT(*world_.state.ListDocuments(kTombstoneKind), IsEmpty());
}

TEST_F(RollbackTest, ARunThatWasTakenBackIsNotAppliedAgain) {
  const std::string run = Run().run;
  Back();
  const auto again = Apply(fleet_, plan_, {});
  EXPECT_EQ(again.code(), Code::kInvalidArgument);
  EXPECT_THAT(again.status().message(), HasSubstr("rolled back"));
  EXPECT_THAT(again.status().message(), HasSubstr("Rosa"));
  EXPECT_TRUE(UnfinishedRuns(fleet_)->empty());
  const auto effects = world_.Effects();
  EXPECT_TRUE(ResumeRun(fleet_, run, {})->finished);
  EXPECT_TRUE(Back().finished);
  EXPECT_EQ(world_.Effects(), effects);
}

TEST_F(RollbackTest, OnlyWhatWasDoneIsTakenBack) {
  auto report = Apply(fleet_, plan_, {});  // the retirement was never approved
  ASSERT_TRUE(report.ok());
  const RunReport back = Back();
  EXPECT_EQ(world_.Systems(), before_);
  EXPECT_FALSE(UndoOfAction(back, Verb::kRetirePage));
  EXPECT_EQ(UndoOfAction(back, Verb::kEditPage, kSunset)->outcome, Outcome::kDone);
  EXPECT_EQ(UndoOfAction(back, Verb::kInvalidatePaths)->outcome, Outcome::kDone) << "a cached copy of the edited page may be there";
}

TEST_F(RollbackTest, ThePageComesBackBeforeThePointer) {
  Run();
  std::vector<std::string> writes;
  Fleet fleet = world_.Open([&](std::string_view call, std::string_view) {
    EXPECT_EQ(world_.MissingPointer(), "");
    for (const char* write : {".Create", ".Replace", ".Update", ".Move", ".Invalidate"}) {
      if (call.ends_with(write)) writes.emplace_back(call);
    }
    return Fault::kNone;
  });
  ASSERT_TRUE(RollbackRun(fleet, RunOfPlan(plan_), {}).ok());
  EXPECT_EQ(writes, (std::vector<std::string>{"board.Move", "calendar.Update", "pages.Create", "records.Update", "pages.Replace",
                                              "records.Update", "records.Update", "pages.Replace", "edge.Invalidate"}));
  EXPECT_EQ(world_.MissingPointer(), "");
}

TEST_F(RollbackTest, WhatSomebodyChangedSinceStaysAndSoDoesWhatItNeeds) {
  Run();
  Attributes attributes = world_.records.Snapshot().entries.at("S2FJLN").item;
  attributes["page_slug"] = "2026-06-01-ana";
  world_.records.PutForeign("S2FJLN", attributes);
  const RunReport report = Back();
  EXPECT_TRUE(report.HasConflict());
  EXPECT_TRUE(report.finished);
  const auto pointer = UndoOfAction(report, Verb::kRepointRecord);
  EXPECT_EQ(pointer->outcome, Outcome::kConflict);
  EXPECT_THAT(pointer->detail, HasSubstr("2026-05-30-jonathan-sunset"));
  EXPECT_THAT(pointer->detail, HasSubstr("2026-06-01-ana"));
  EXPECT_EQ(UndoOfAction(report, Verb::kEditPage, kSunset)->outcome, Outcome::kBlocked);
  EXPECT_EQ(world_.pages.Snapshot().entries.at(kSunset).item.bytes, kSunsetAfter);
  EXPECT_EQ(UndoOfAction(report, Verb::kRetirePage)->outcome, Outcome::kDone);
  // The other booking goes back.
  EXPECT_EQ(world_.pages.Snapshot().entries.at(kAna).item.bytes, kAnaBytes);
  EXPECT_EQ(ListFormerWords(*fleet_.state)->size(), 1u) << "the pointer is still another";
}

TEST_F(RollbackTest, AskedForAgainItTakesBackWhatIsNoLongerInTheWay) {
  Run();
  const Attributes left = world_.records.Snapshot().entries.at("S2FJLN").item;
  Attributes changed = left;
  changed["page_slug"] = "2026-06-01-ana";
  world_.records.PutForeign("S2FJLN", changed);
  ASSERT_TRUE(Back().HasConflict());
  ASSERT_TRUE(Back().HasConflict()) << "nobody put it right";
  EXPECT_TRUE(ResumeRun(fleet_, RunOfPlan(plan_), {})->HasConflict()) << "resume asks for nothing";
  const std::size_t dropped = world_.edge.Batches().size();
  world_.records.PutForeign("S2FJLN", left);
  const RunReport report = Back();
  EXPECT_TRUE(report.finished) << Outcomes(report);
  EXPECT_FALSE(report.HasConflict()) << Outcomes(report);
  EXPECT_EQ(world_.Systems(), before_) << Outcomes(report);
  EXPECT_EQ(world_.edge.Batches().size(), dropped + 1) << "the page came back later than the cached copies were dropped";
  EXPECT_TRUE(ListFormerWords(*fleet_.state)->empty());
  const auto effects = world_.Effects();
  EXPECT_TRUE(Back().finished);
  EXPECT_EQ(world_.Effects(), effects) << "nothing is left to ask for";
}

TEST_F(RollbackTest, WhatIsAsBeforeAlreadyIsDone) {
  Run();
  world_.pages.PutForeign(kAfternoon, kAfternoonBytes);
  const RunReport report = Back();
  EXPECT_EQ(UndoOfAction(report, Verb::kRetirePage)->outcome, Outcome::kAlreadyDone);
  EXPECT_EQ(world_.Systems(), before_);
  EXPECT_TRUE(ListTombstones(*fleet_.state)->empty());
}

TEST_F(RollbackTest, WhatSomebodyElseHadDoneIsNotTakenBack) {
  Attributes attributes = world_.records.Snapshot().entries.at("S2FJLN").item;
  attributes["page_slug"] = "2026-05-30-jonathan-sunset";
  world_.records.PutForeign("S2FJLN", attributes);
  Run();
  const RunReport report = Back();
  EXPECT_FALSE(UndoOfAction(report, Verb::kRepointRecord)) << Outcomes(report);
  EXPECT_EQ(world_.records.Snapshot().entries.at("S2FJLN").item.at("page_slug"), "2026-05-30-jonathan-sunset");
}

TEST_F(RollbackTest, APointerDoesNotGoBackToAPageThatIsGone) {
  Run();
  Fleet fleet = world_.Open([&](std::string_view call, std::string_view resource) {
    // Somebody deletes the page as soon as it is back.
    if (call == "records.Get" && resource == "S2FJLN") world_.pages.DeleteForeign(kAfternoon);
    return Fault::kNone;
  });
  const auto report = RollbackRun(fleet, RunOfPlan(plan_), {});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(UndoOfAction(*report, Verb::kRepointRecord)->outcome, Outcome::kConflict) << Outcomes(*report);
  EXPECT_EQ(world_.MissingPointer(), "");
}

TEST_F(RollbackTest, AManualTaskWaitsForAPersonWhoTakesItBack) {
  const std::string run = Run().run;
  const std::string task = IdOf(plan_, Verb::kManualTask);
  ASSERT_TRUE(Attest(fleet_, run, task, "Rosa").ok());
  const RunReport report = Back();
  EXPECT_TRUE(report.WaitsForPeople());
  EXPECT_TRUE(report.finished);
  ASSERT_TRUE(UndoOfAction(report, Verb::kManualTask));
  EXPECT_EQ(UndoOfAction(report, Verb::kManualTask)->outcome, Outcome::kWaitsPerson);
  EXPECT_THAT(UndoOfAction(report, Verb::kManualTask)->detail, HasSubstr("16:30"));
  EXPECT_EQ(world_.listing.Snapshot().entries.at("L1").item.at("start"), "15:30");
  const auto attested = Attest(fleet_, run, task, "Ana");
  ASSERT_TRUE(attested.ok()) << attested.status().ToString();
  EXPECT_EQ(attested->by, "Ana");
  EXPECT_FALSE(attested->report.WaitsForPeople());
  EXPECT_EQ(world_.Systems(), before_);
}

TEST_F(RollbackTest, ATaskThatNobodyDidIsNotAttestedAfterwards) {
  const std::string run = Run().run;
  Back();
  const auto attested = Attest(fleet_, run, IdOf(plan_, Verb::kManualTask), "Rosa");
  EXPECT_EQ(attested.code(), Code::kInvalidArgument);
  EXPECT_THAT(attested.status().message(), HasSubstr("rolled back"));
  EXPECT_EQ(world_.Systems(), before_);
}

// A delayed delete must not hit the page that was brought back, nor one that the rollback found untouched.
TEST_F(RollbackTest, AWriteThatIsStillUnderWayLandsNowhere) {
  std::function<void()> late;
  Fleet fleet = world_.Open([&](std::string_view call, std::string_view) {
    if (call != "pages.Delete") return Fault::kNone;
    const Version version = world_.pages.Snapshot().entries.at(kAfternoon).version;
    late = [this, version] { (void)world_.pages.Delete(kAfternoon, version, {}); };
    return Fault::kErrorBefore;  // it left, and nobody knows
  });
  ApplyOptions options;
  options.approve_all = true;
  auto machine = ApplyMachine::Start(fleet, plan_, options);
  while (!late) ASSERT_TRUE((*machine)->Step().ok());
  machine->reset();  // a crash: the intent stands open
  const RunReport report = Back();
  EXPECT_EQ(world_.Systems(), before_) << Outcomes(report);
  late();
  EXPECT_EQ(world_.Systems(), before_);
}

// A cache that is emptied before the page is written once more would keep the words of the run.
TEST_F(RollbackTest, TheCacheIsEmptiedAfterThePageIsBack) {
  Run();
  const std::size_t batches = world_.edge.Batches().size();
  Fleet fleet = world_.Open([](std::string_view call, std::string_view) { return call == "pages.Replace" ? Fault::kErrorBefore : Fault::kNone; });
  const auto hindered = RollbackRun(fleet, RunOfPlan(plan_), {});
  ASSERT_TRUE(hindered.ok());
  EXPECT_FALSE(hindered->finished);
  EXPECT_EQ(world_.edge.Batches().size(), batches) << Outcomes(*hindered);
  EXPECT_TRUE(ResumeRun(fleet_, RunOfPlan(plan_), {})->finished);
  EXPECT_EQ(world_.Systems(), before_);
  EXPECT_GT(world_.edge.Batches().size(), batches);
}

// The attempt was cut off before it wrote, and what stands there is somebody else's, with the same values.
TEST_F(RollbackTest, WhatSomebodyElseWroteAfterACutOffAttemptStays) {
  bool struck = false;
  Fleet fleet = world_.Open([&](std::string_view call, std::string_view resource) {
    struck = struck || (call == "records.Update" && resource == "S2FJLN");
    return struck ? Fault::kErrorBefore : Fault::kNone;
  });
  ApplyOptions options;
  options.approve_all = true;
  auto machine = ApplyMachine::Start(fleet, plan_, options);
  while (!struck) ASSERT_TRUE((*machine)->Step().ok());
  machine->reset();
  Attributes attributes = world_.records.Snapshot().entries.at("S2FJLN").item;
  attributes["page_slug"] = "2026-05-30-jonathan-sunset";
  world_.records.PutForeign("S2FJLN", attributes);
  const RunReport report = Back();
  EXPECT_EQ(UndoOfAction(report, Verb::kRepointRecord)->outcome, Outcome::kConflict) << Outcomes(report);
  EXPECT_EQ(world_.records.Snapshot().entries.at("S2FJLN").item.at("page_slug"), "2026-05-30-jonathan-sunset");
}

// A page that was gone when the run came to it was not retired by the run.
TEST_F(RollbackTest, APageThatSomebodyElseDeletedStaysDeleted) {
  Fleet fleet = world_.Open([&](std::string_view call, std::string_view) {
    if (call == "records.Update") world_.pages.DeleteForeign(kAfternoon);
    return Fault::kNone;
  });
  ApplyOptions options;
  options.approve_all = true;
  ASSERT_TRUE(Apply(fleet, plan_, options).ok());
  const RunReport report = Back();
  EXPECT_FALSE(UndoOfAction(report, Verb::kRetirePage)) << Outcomes(report);
  EXPECT_EQ(world_.pages.Snapshot().entries.count(kAfternoon), 0u);
}

// A process that still applies does not go on from what took its run back.
TEST_F(RollbackTest, AProcessThatStillAppliesWritesNothingMore) {
  for (const char* call : {"records.Update", "pages.Replace", "calendar.Update", "board.Move"}) {
    World world;
    const Plan plan = world.MakePlanByHand();
    const std::string before = world.Systems();
    bool struck = false;
    Fleet fleet = world.Open([&](std::string_view name, std::string_view resource) {
      if (name == call && resource != "ANA001" && !struck) {
        struck = true;
        Fleet other = world.Open();
        EXPECT_TRUE(RollbackRun(other, RunOfPlan(plan), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}}).ok());
      }
      return Fault::kNone;
    });
    ApplyOptions options;
    options.approve_all = true;
    const auto report = Apply(fleet, plan, options);
    ASSERT_TRUE(report.ok()) << report.status().ToString();
    EXPECT_TRUE(struck) << call;
    EXPECT_EQ(world.Systems(), before) << call << "\n" << Outcomes(*report);
  }
}

// What it had remembered must be forgotten; while the state store does not answer, it is not at its end.
TEST_F(RollbackTest, AProcessThatStillAppliedSaysSoWhereItCannotForget) {
  bool struck = false;
  Fleet fleet = world_.Open([&](std::string_view name, std::string_view resource) {
    if (name == "board.Move" && !struck) {
      struck = true;
      Fleet other = world_.Open();
      EXPECT_TRUE(RollbackRun(other, RunOfPlan(plan_), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = {}}).ok());
    }
    return struck && name == "state.GetDocument" && resource.starts_with("tombstone") ? Fault::kErrorBefore : Fault::kNone;
  });
  ApplyOptions options;
  options.approve_all = true;
  EXPECT_EQ(Apply(fleet, plan_, options).code(), Code::kUnavailable);
  EXPECT_TRUE(ReportOfRun(fleet_, RunOfPlan(plan_))->finished);
}

// Of two processes of one run one writes, dies before it says so, and the other finds what it was about to write, in a store that keeps no
// operations. The journal tells that it was the run.
TEST_F(RollbackTest, WhatAnotherProcessOfTheRunHadDoneIsTakenBack) {
  for (const char* call : {"pages.Delete", "calendar.Update", "board.Move"}) {
    World world;
    const Plan plan = world.MakePlanByHand();
    const std::string before = world.Systems();
    bool struck = false;
    Fleet fleet = world.Open([&](std::string_view name, std::string_view) {
      if (name != call || struck) return Fault::kNone;
      struck = true;
      bool written = false;
      Fleet other = world.Open([&](std::string_view others, std::string_view) {
        written = written || others == call;
        return Fault::kNone;
      });
      auto dying = ApplyMachine::Resume(other, RunOfPlan(plan), {});
      while (!written) EXPECT_TRUE((*dying)->Step().ok());
      return Fault::kNone;
    });
    const auto report = Apply(fleet, plan, Approving());
    ASSERT_TRUE(report.ok()) << report.status().ToString();
    EXPECT_TRUE(struck) << call;
    Fleet last = world.Open();
    const auto back = RollbackRun(last, RunOfPlan(plan), {});
    ASSERT_TRUE(back.ok()) << back.status().ToString();
    EXPECT_EQ(world.Systems(), before) << call << "\n" << Outcomes(*back);
  }
}

// One process gives a page up and empties the cache; the other writes the page after that.
TEST_F(RollbackTest, TheCacheIsEmptiedAgainAfterAnotherProcessHasWrittenThePage) {
  const std::string run = Run().run;
  std::size_t emptied = 0;
  Fleet fleet = world_.Open([&](std::string_view call, std::string_view resource) {
    if (call != "pages.Replace" || resource != kSunset || emptied > 0) return Fault::kNone;
    EXPECT_TRUE(world_.state.RemoveBlob("sunset").ok());
    Fleet other = world_.Open();
    EXPECT_TRUE(ResumeRun(other, run, {}).ok());
    EXPECT_TRUE(world_.state.PutBlob("sunset", kSunsetBytes).ok());
    emptied = world_.edge.Batches().size();
    return Fault::kNone;
  });
  const auto report = RollbackRun(fleet, run, {});
  ASSERT_TRUE(report.ok()) << report.status().ToString();
  EXPECT_TRUE(report->finished) << Outcomes(*report);
  EXPECT_EQ(UndoOfAction(*report, Verb::kEditPage, kSunset)->outcome, Outcome::kDone) << Outcomes(*report);
  EXPECT_GT(world_.edge.Batches().size(), emptied);
  EXPECT_EQ(world_.Systems(), before_);
}

TEST_F(RollbackTest, RollbackIsStoppedBetweenActionsAndResumed) {
  const std::string run = Run().run;
  int left = 3;
  const auto report = RollbackRun(fleet_, run, {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = [&left] { return left-- > 0; }});
  ASSERT_TRUE(report.ok());
  EXPECT_FALSE(report->finished);
  EXPECT_EQ(UnfinishedRuns(fleet_).value(), std::vector<std::string>{run});
  const auto resumed = ResumeRun(fleet_, run, {});
  ASSERT_TRUE(resumed.ok());
  EXPECT_TRUE(resumed->finished);
  EXPECT_EQ(resumed->rollback->by, "Rosa");
  EXPECT_EQ(world_.Systems(), before_);
}

TEST_F(RollbackTest, NoSuchRun) { EXPECT_EQ(RollbackRun(fleet_, "run-000000000000", {}).code(), Code::kNotFound); }

TEST_F(RollbackTest, ALostBackupLeavesThePageAsItIs) {
  Run();
  auto contents = world_.state.Snapshot();
  contents.blobs["ana"] = "other";
  world_.state.Restore(contents);
  const RunReport report = Back();
  EXPECT_EQ(UndoOfAction(report, Verb::kEditPage, kAna)->outcome, Outcome::kConflict);
  EXPECT_EQ(world_.pages.Snapshot().entries.at(kAna).item.bytes, kAnaAfter);
}

TEST_F(RollbackTest, APageIsRestoredAndWhatStoodThereIsKept) {
  const std::string run = Run().run;
  const auto restored = RestorePage(fleet_, run, kSunset, {.by = "Ana"});
  ASSERT_TRUE(restored.ok()) << restored.status().ToString();
  EXPECT_FALSE(restored->was_there);
  EXPECT_EQ(world_.pages.Snapshot().entries.at(kSunset).item.bytes, kSunsetBytes);
  EXPECT_EQ(fleet_.state->GetBlob(restored->kept).value(), kSunsetAfter);
  EXPECT_TRUE(RestorePage(fleet_, run, kSunset, {})->was_there);
  EXPECT_EQ(RestorePage(fleet_, run, "g/none.html", {}).code(), Code::kNotFound);
  EXPECT_TRUE(ReportOfRun(fleet_, run)->finished);
}

TEST_F(RollbackTest, ARestoredPageNeverCostsSomebodyElsesBytes) {
  const std::string run = Run().run;
  bool struck = false;
  Fleet fleet = world_.Open([&](std::string_view call, std::string_view) {
    if (call == "pages.Replace" && !struck) struck = true, world_.pages.PutForeign(kSunset, "mine");
    return Fault::kNone;
  });
  const auto restored = RestorePage(fleet, run, kSunset, {});
  ASSERT_TRUE(restored.ok());
  EXPECT_EQ(fleet_.state->GetBlob(restored->kept).value(), "mine");
  EXPECT_EQ(world_.pages.Snapshot().entries.at(kSunset).item.bytes, kSunsetBytes);
}

TEST_F(RollbackTest, FinishedRunsGoAfterTheDaysOfThePolicy) {
  const std::string run = Run().run;
  fleet_.config.policy.retention_days = 30;
  const auto resume = [this, &run] { return ResumeRun(fleet_, run, {}); };
  world_.environment.Sleep(std::chrono::hours(24 * 29));
  ASSERT_TRUE(resume().ok());
  EXPECT_TRUE(ReportOfRun(fleet_, run).ok());
  world_.environment.Sleep(std::chrono::hours(24 * 2));
  ASSERT_TRUE(resume().ok());
  const auto kept = world_.state.Snapshot();
  EXPECT_TRUE(kept.journals.empty());
  EXPECT_TRUE(kept.blobs.empty());
  EXPECT_TRUE(ListFormerWords(*fleet_.state)->empty());
  EXPECT_EQ(ListTombstones(*fleet_.state)->size(), 1u) << "what was retired stays known";
  const auto gone = ReportOfRun(fleet_, run);
  EXPECT_EQ(gone.code(), Code::kNotFound);
  EXPECT_THAT(gone.status().message(), HasSubstr("30 days by policy"));
}

TEST_F(RollbackTest, WhatAnUnfinishedRunNeedsIsKept) {
  ApplyOptions options;
  int left = 3;
  options.keep_going = [&left] { return left-- > 0; };
  Run(options);
  fleet_.config.policy.retention_days = 1;
  world_.environment.Sleep(std::chrono::hours(24 * 9));
  ASSERT_TRUE(RollbackRun(fleet_, RunOfPlan(plan_), {.by = "Rosa", .why = "", .holder = "", .progress = {}, .keep_going = [] { return false; }}).ok());
  EXPECT_FALSE(world_.state.Snapshot().journals.empty());
  EXPECT_FALSE(world_.state.Snapshot().blobs.empty());
}

TEST_F(RollbackTest, AConflictHasThreeSides) {
  world_.records.PutForeign("S2FJLN", {{"guest_code", "S2FJLN"}, {"booking_id", "xhqgmdh"}, {"page_slug", "2026-06-01-ana"}});
  const ActionReport report = ReportOf(Run(), IdOf(plan_, Verb::kRepointRecord));
  ASSERT_EQ(report.outcome, Outcome::kConflict);
  ASSERT_TRUE(report.conflict);
  EXPECT_EQ(report.conflict->sides, (std::vector<Conflict::Side>{{"page_slug", "2026-05-30-jonathan-afternoon",
                                                                  "2026-05-30-jonathan-sunset", "2026-06-01-ana"}}));
}

TEST_F(RollbackTest, AClockThatWentBackIsABrake) {
  ApplyOptions options;
  int left = 3;
  options.keep_going = [&left] { return left-- > 0; };
  Run(options);
  world_.environment.SetNow(plan_.made_at - std::chrono::hours(1));
  const RunReport stopped = *ResumeRun(fleet_, RunOfPlan(plan_), {});
  ASSERT_EQ(stopped.brakes.size(), 1u);
  EXPECT_EQ(stopped.brakes[0].name, "clock_jump");
  EXPECT_FALSE(stopped.finished);
  ApplyOptions lifted;
  lifted.overrides = {"clock_jump"};
  EXPECT_TRUE(ResumeRun(fleet_, RunOfPlan(plan_), lifted)->finished);
}

TEST_F(RollbackTest, AnExpiredTaskIsNotAttested) {
  const std::string run = Run().run;
  const std::string task = IdOf(plan_, Verb::kManualTask);
  EXPECT_THAT(ReportOf(*ReportOfRun(fleet_, run), task).detail, HasSubstr("to be attested until"));
  world_.environment.Sleep(std::chrono::hours(24 * 15));
  EXPECT_THAT(Attest(fleet_, run, task, "Rosa").status().message(), HasSubstr("expired"));
  EXPECT_THAT(ReportOf(*ReportOfRun(fleet_, run), task).detail, HasSubstr("expired"));
  fleet_.config.policy.task_days_max = std::nullopt;
  EXPECT_TRUE(Attest(fleet_, run, task, "Rosa").ok());
}

}  // namespace
}  // namespace evenkeel::apply_test
