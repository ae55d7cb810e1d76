// A run's journal that is whole and yet not what the run expects, and a state store that takes no lines.
#include "apply/conflict.h"
#include "apply/journal.h"
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;

class JournalPlanTest : public RunTest {
 protected:
  // A journal of this one line, under the run's name.
  void Begin(std::string_view kind, Json body) {
    world_.state.Restore({});
    auto journal = Journal::Read(world_.state, RunOfPlan(plan_));
    ASSERT_TRUE(journal->Append(world_.state, kind, world_.environment.Now(), std::move(body)).ok());
    ASSERT_TRUE(journal->WriteHead(world_.state).ok());
  }
  Json Started() const { return {{"schema", kRunSchema}, {"plan", PlanToJson(plan_)}, {"by", "Gene"}}; }
  // What every verb says of it.
  void ExpectAll(const std::string& words) {
    const std::string run = RunOfPlan(plan_), before = world_.Contents();
    for (const Status& status : {Apply(fleet_, plan_, {}).status(), ResumeRun(fleet_, run, {}).status(), RollbackRun(fleet_, run, {}).status(), ReportOfRun(fleet_, run).status(),
                                 Attest(fleet_, run, IdOf(plan_, Verb::kManualTask), "Rosa").status(), RestorePage(fleet_, run, kSunset, {}).status()}) {
      EXPECT_EQ(status.code(), Code::kInvalidArgument);
      EXPECT_THAT(status.message(), HasSubstr(words));
    }
    EXPECT_EQ(world_.Contents(), before);
  }
};

TEST_F(JournalPlanTest, ARunOfAnotherVersionIsLeftToIt) {
  Json newer = Started(), silent = Started(), planless = Started();
  newer["schema"] = "evenkeel.journal/2";
  silent.erase("schema");
  planless.erase("plan");
  for (const Json& body : {newer, silent, planless}) Begin(entry::kStarted, body), ExpectAll("another version of evenkeel");
  Begin(entry::kIntent, Started());
  ExpectAll("another version of evenkeel");
}

TEST_F(JournalPlanTest, APlanThatIsNoneAndAnotherRunsPlan) {
  Json body = Started();
  body["plan"]["bookings"][0]["title"] = "changed";
  Begin(entry::kStarted, body);
  ExpectAll("does not match its own hash");
  Plan other = plan_;
  other.bookings[0].notes = {"another"};
  other.hash = HashOfPlan(other);
  body["plan"] = PlanToJson(other);
  Begin(entry::kStarted, body);
  ExpectAll("the plan of another run: " + RunOfPlan(other));
}

TEST_F(JournalPlanTest, WhereTheJournalBecomesAnotherPlansTheRunStops) {
  Json other = Started();
  other["plan"]["plan"] = "sha256:another";
  int lines = 0;
  Open([&](std::string_view call, std::string_view) {
    if (call != "state.AppendJournal" || ++lines != 2) return Fault::kNone;
    Begin(entry::kStarted, other);
    return Fault::kConflict;
  });
  const auto report = Apply(fleet_, plan_, Approving());
  EXPECT_EQ(report.code(), Code::kInvalidArgument);
  EXPECT_THAT(report.status().message(), HasSubstr("sha256:another"));
}

TEST_F(JournalPlanTest, AStateStoreThatTakesNoMoreLinesEndsTheProcess) {
  int lines = 0;
  Open([&lines](std::string_view call, std::string_view) { return call == "state.AppendJournal" && ++lines > 3 ? Fault::kConflict : Fault::kNone; });
  const auto report = Apply(fleet_, plan_, Approving());
  EXPECT_EQ(report.code(), Code::kUnavailable);
  EXPECT_THAT(report.status().message(), HasSubstr("takes no more lines, though nobody else writes to it"));
  EXPECT_EQ(lines, 3 + 5) << "and no more attempts than that";
  Open({});
  EXPECT_TRUE(Resume().finished);
}

TEST_F(JournalPlanTest, AnApprovalThatIsNoTextIsNone) {
  Json body = Started();
  body["approvals"] = {7, IdOf(plan_, Verb::kRetirePage)};
  body["by"] = 7;
  Begin(entry::kStarted, body);
  EXPECT_EQ(Of(Resume(), Verb::kRetirePage).outcome, Outcome::kDone);
}

// Lines of a later version, or of a hand: whole by their hashes, and of another form.
TEST_F(JournalPlanTest, WhatHasAnotherFormSaysNothing) {
  Begin(entry::kStarted, Started());
  auto journal = Journal::Read(world_.state, RunOfPlan(plan_));
  const auto add = [&](std::string_view kind, const Json& body) {
    ASSERT_TRUE(journal->Append(world_.state, kind, world_.environment.Now(), body).ok());
    while (journal->HeadIsBehind()) ASSERT_TRUE(journal->WriteHead(world_.state).ok());
  };
  add(entry::kLease, {{"booking", 7}, {"fence", "two"}});
  add(entry::kStopped, {{"why", "end"}});
  add(entry::kStopped, {{"why", "end"}, {"gives_back", {{"xhqgmdh", "two"}}}});
  add(entry::kFenced, {{"booking", "xhqgmdh"}, {"fence", 1u}, {"cannot_be_fenced", {7}}, {"pages", {7}}});
  add(entry::kRestored, {{"kept", 7}});
  add(entry::kRestored, {{"kept", ""}});
  add(entry::kOutcome, {{"action", IdOf(plan_, Verb::kMoveCard)}, {"outcome", "of a later version"}});
  add(entry::kUndoOutcome, {{"action", IdOf(plan_, Verb::kMoveCard)}, {"outcome", "of a later version"}});
  add(entry::kOutcome, {{"action", IdOf(plan_, Verb::kUpdateEvent)}, {"outcome", "conflict"}, {"conflict", {{"sides", {7, {{"field", 7}}}}}}});
  add("of a later version", Json::object());
  const RunReport report = Run();
  EXPECT_TRUE(report.finished) << Outcomes(report);
  EXPECT_EQ(Of(report, Verb::kUpdateEvent).conflict->sides.size(), 2u);
  EXPECT_EQ(Of(report, Verb::kRepointRecord).outcome, Outcome::kDone);
  EXPECT_TRUE(Back().finished);
}

TEST_F(JournalPlanTest, AConflictOfAnotherFormIsNone) {
  for (const Json& json : {Json(7), Json::object(), Json{{"sides", 7}}}) EXPECT_EQ(ConflictFromJson(json), std::nullopt) << json.dump();
}

// The end of the run is written: that its lease cannot be given back costs nobody more than the time in which it runs out.
TEST_F(JournalPlanTest, ALeaseThatCannotBeGivenBackRunsOut) {
  bool stopped = false;
  Open([&](std::string_view call, std::string_view resource) {
    if (call == "state.AppendJournal") stopped = world_.board.Snapshot().entries.at("xhqgmdh").item.lane == "done";
    return stopped && call == "state.PutDocument" && resource.starts_with("lease/") ? Fault::kErrorBefore : Fault::kNone;
  });
  EXPECT_TRUE(Run().finished);
  EXPECT_EQ(world_.state.GetDocument("lease", "xhqgmdh")->value.at("holder"), RunOfPlan(plan_));
  Open({});
  world_.environment.Sleep(std::chrono::hours(1));
  EXPECT_TRUE(Back().finished);
}

}  // namespace
}  // namespace evenkeel::apply_test
