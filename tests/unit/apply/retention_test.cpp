// Retention: what goes with an old run, what stays, and what happens when something is in the way.
#include "apply/journal.h"
#include "observe/state_documents.h"
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kDay = std::chrono::hours(24);

class RetentionTest : public RunTest {
 protected:
  // The same again under another hash: another run.
  Plan AnotherPlan(const std::string& note) {
    World world;
    Plan plan = world.MakePlanByHand();
    plan.made_at = world_.environment.Now();
    plan.bookings[0].notes = {note};
    plan.hash = HashOfPlan(plan);
    return plan;
  }
  void Pass(int days) { world_.environment.Sleep(kDay * days); }
  // Any run that comes to its end removes what is old.
  RunReport Sweep() {
    fleet_.config.policy.retention_days = 30;
    Plan nothing = AnotherPlan("nothing");
    nothing.bookings.clear();
    nothing.hash = HashOfPlan(nothing);
    ApplyOptions options;
    options.overrides = {"unfinished_run"};
    return Take(Apply(fleet_, nothing, options));
  }
  bool HasJournal(const Plan& plan) { return world_.state.Snapshot().journals.count(RunOfPlan(plan)) > 0; }
};

TEST_F(RetentionTest, ABackupThatAYoungerRunNeedsStays) {
  Run();
  Pass(29);
  const Plan younger = AnotherPlan("younger");
  World fresh;
  // The pages are as they were once: the younger run puts the same bytes away under the same names.
  world_.pages.Restore(fresh.pages.Snapshot()), world_.records.Restore(fresh.records.Snapshot());
  Take(Apply(fleet_, younger, {}));
  Pass(2);
  Sweep();
  EXPECT_FALSE(HasJournal(plan_));
  EXPECT_TRUE(HasJournal(younger));
  EXPECT_EQ(world_.state.Snapshot().blobs.size(), 3u);
  EXPECT_FALSE(ListFormerWords(*fleet_.state)->empty()) << "of the younger run";
}

TEST_F(RetentionTest, WhereAJournalCannotBeReadNoBackupGoes) {
  Run();
  auto contents = world_.state.Snapshot();
  contents.journals["run-ffffffffffff"] = "no line of a journal\n";
  world_.state.Restore(contents);
  Pass(31);
  Sweep();
  EXPECT_TRUE(HasJournal(plan_));
  EXPECT_EQ(world_.state.Snapshot().blobs.size(), 3u);
}

// What it needs stands in its plan, which this program cannot read.
TEST_F(RetentionTest, WhileARunOfAnotherVersionIsThereNoBackupGoes) {
  Run();
  auto journal = Journal::Read(world_.state, "run-ffffffffffff");
  ASSERT_TRUE(journal->Append(world_.state, entry::kStarted, world_.environment.Now(), {{"schema", "evenkeel.journal/2"}}).ok());
  Pass(31);
  Sweep();
  EXPECT_EQ(world_.state.Snapshot().blobs.size(), 3u);
}

TEST_F(RetentionTest, LinesOfAnotherFormNameNoBackup) {
  Run();
  auto journal = Journal::Read(world_.state, RunOfPlan(plan_));
  for (const Json& kept : {Json(7), Json("")}) ASSERT_TRUE(journal->Append(world_.state, entry::kRestored, world_.environment.Now(), {{"kept", kept}, {"finished", true}}).ok());
  while (journal->HeadIsBehind()) ASSERT_TRUE(journal->WriteHead(world_.state).ok());
  // A journal without a line is nobody's.
  auto contents = world_.state.Snapshot();
  contents.journals["run-eeeeeeeeeeee"] = "";
  world_.state.Restore(contents);
  Pass(31);
  Sweep();
  EXPECT_FALSE(HasJournal(plan_));
  EXPECT_THAT(world_.state.Snapshot().blobs, IsEmpty());
}

// It stays, and whatever it names: but nothing else has to.
TEST_F(RetentionTest, AnOldRunThatCannotBeReadKeepsNoOther) {
  const Plan other = AnotherPlan("other");
  Run();
  Take(Apply(fleet_, other, {}));
  for (const Plan* damaged : std::initializer_list<const Plan*>{&plan_, &other}) {
    const auto before = world_.state.Snapshot();
    auto contents = before;
    std::string& journal = contents.journals.at(RunOfPlan(*damaged));
    journal[journal.size() / 2] ^= 1;
    world_.state.Restore(contents);
    const Instant now = world_.environment.Now();
    Pass(31);
    EXPECT_THAT(Sweep().retention_trouble, HasSubstr(RunOfPlan(*damaged)));
    EXPECT_TRUE(HasJournal(*damaged));
    EXPECT_FALSE(HasJournal(damaged == &plan_ ? other : plan_));
    EXPECT_EQ(world_.state.Snapshot().blobs, before.blobs) << "the other names the same, and may be mended";
    EXPECT_FALSE(before.blobs.empty());
    world_.environment.SetNow(now);
    world_.state.Restore(before);
  }
}

TEST_F(RetentionTest, OfSeveralThatCannotBeReadTheFirstIsNamedAndAllStay) {
  const Plan other = AnotherPlan("other"), third = AnotherPlan("third");
  Run();
  for (const Plan& plan : {other, third}) Take(Apply(fleet_, plan, {}));
  auto contents = world_.state.Snapshot();
  const std::string first = std::min(RunOfPlan(plan_), RunOfPlan(other)), last = std::max(RunOfPlan(plan_), RunOfPlan(other));
  for (const std::string& run : {first, last}) {
    std::string& journal = contents.journals.at(run);
    journal[journal.size() / 2] ^= 1;
  }
  world_.state.Restore(contents);
  Pass(31);
  const std::string trouble = Sweep().retention_trouble;
  EXPECT_THAT(trouble, HasSubstr(first));
  EXPECT_THAT(trouble, ::testing::Not(HasSubstr(last)));
  EXPECT_TRUE(HasJournal(plan_));
  EXPECT_TRUE(HasJournal(other));
  EXPECT_FALSE(HasJournal(third));
  EXPECT_EQ(world_.state.Snapshot().blobs, contents.blobs);
}

// The last line of its journal is not the one with which the machine stopped.
TEST_F(RetentionTest, ARunGoesWhateverAPersonSaidOrRestoredAfterItsEnd) {
  Run();
  ASSERT_TRUE(Attest(fleet_, RunOfPlan(plan_), IdOf(plan_, Verb::kManualTask), "Rosa").ok());
  ASSERT_TRUE(RestorePage(fleet_, RunOfPlan(plan_), kSunset, {.by = "Rosa"}).ok());
  Pass(31);
  Sweep();
  EXPECT_FALSE(HasJournal(plan_));
}

TEST_F(RetentionTest, ATaskThatMakesWorkForTheRunKeepsIt) {
  const std::string task = IdOf(plan_, Verb::kManualTask);
  Change(Verb::kMoveCard, "", [&task](Action& action) { action.needs = {task}; });
  Run();
  ASSERT_TRUE(Attest(fleet_, RunOfPlan(plan_), task, "Rosa").ok());
  EXPECT_EQ(*UnfinishedRuns(fleet_), std::vector<std::string>{RunOfPlan(plan_)});
  Pass(31);
  Sweep();
  EXPECT_TRUE(HasJournal(plan_));
}

TEST_F(RetentionTest, WhatIsNoHeadOfOursIsLeftAlone) {
  Run();
  const auto put = [this](const char* id, const Json& value) { ASSERT_TRUE(world_.state.PutDocument("head", id, value, std::nullopt).ok()); };
  put("run-a", Json::array());
  put("run-b", {{"finished", true}});
  put("run-c", {{"finished", true}, {"at", 7}});
  put("run-d", {{"finished", true}, {"at", "yesterday"}});
  ASSERT_TRUE(world_.state.PutDocument(kFormerWordsKind, "x", Json::array(), std::nullopt).ok());
  Pass(31);
  Sweep();
  EXPECT_EQ(world_.state.Snapshot().journals.size(), 0u);
  EXPECT_EQ(world_.state.ListDocuments("head")->size(), 4u);
  EXPECT_EQ(world_.state.ListDocuments(kFormerWordsKind)->size(), 1u);
}

// Whatever goes wrong, a later run finds what is left by its head; until then nothing is half gone that a report would need.
TEST_F(RetentionTest, EveryFaultAtEveryCall) {
  for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
    bool reached = true;
    for (int at = 1; reached; ++at) {
      World world;
      Fleet fleet = world.Open();
      Plan plan = world.MakePlanByHand();
      ASSERT_TRUE(Apply(fleet, plan, Approving()).ok());
      world.environment.Sleep(kDay * 31);
      plan.bookings.clear();
      plan.made_at = world.environment.Now();
      plan.hash = HashOfPlan(plan);
      int calls = 0;
      Fleet faulty = world.Open([&](std::string_view, std::string_view) { return ++calls == at ? fault : Fault::kNone; });
      faulty.config.policy.retention_days = fleet.config.policy.retention_days = 30;
      static_cast<void>(Apply(faulty, plan, {}).ok());
      reached = calls >= at;
      const auto report = Apply(fleet, plan, {});
      ASSERT_TRUE(report.ok()) << at << " " << report.status().ToString();
      const auto left = world.state.Snapshot();
      EXPECT_THAT(left.journals, IsEmpty()) << at;
      EXPECT_THAT(left.blobs, IsEmpty()) << at;
      EXPECT_THAT(*world.state.ListDocuments("head"), IsEmpty()) << at;
      EXPECT_THAT(*ListFormerWords(world.state), IsEmpty()) << at;
    }
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
