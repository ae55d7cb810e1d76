// repoint_record and update_record: what else of the record has changed, and where a pointer leads.
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;
using ::testing::Not;

class RecordsTest : public RunTest {
 protected:
  void Disturb(const std::string& key, const std::function<void(Attributes&)>& change) {
    Attributes record = world_.records.Snapshot().entries.at(key).item;
    change(record);
    world_.records.PutForeign(key, record);
  }
  // What the plan was made from, of the record.
  static Claim Said(const char* attribute, const char* text, ResourceKind kind = ResourceKind::kRecord, const char* store = "dispatch", const char* key = "S2FJLN") {
    Claim claim{{kind, store, key}, "v1", "captain", Value(std::string(text)), {}, {}};
    claim.evidence.attribute = attribute;
    claim.evidence.text = text;
    return claim;
  }
  // The plan repoints the record, and nothing else.
  void OnlyThePointer(const Json& from, const Json& to) {
    Only(Verb::kRepointRecord);
    Change(Verb::kRepointRecord, "", [&](Action& action) { action.change = SetAttributes{{{"page_slug", from}}, {{"page_slug", to}}}; });
  }
  std::string SlugNow() { return world_.records.Snapshot().entries.at("S2FJLN").item.at("page_slug").dump(); }
};

TEST_F(RecordsTest, TheConflictNamesWhatElseOfTheRecordChanged) {
  for (BookingPlan& booking : plan_.bookings) {
    if (booking.booking != "xhqgmdh") continue;
    Verdict& verdict = booking.verdicts.emplace_back(Verdict{"captain", {}, {}, {}, "", "", Certainty::kCertain});
    verdict.supporting = {Said("guest_name", "Jonathan"), Said("captain", "Gene"), Said("captain", "x", ResourceKind::kPage), Said("captain", "x", ResourceKind::kRecord, "other")};
    verdict.against = {Said("start_time", "15:30"), Said("captain", "x", ResourceKind::kRecord, "dispatch", "ANA001"), Said("notes", "part of a text")};
    verdict.against.back().evidence.span = Span{0, 4};
    verdict.accepted = {{Said("end_time", "19:30"), "they come later", "Rosa", world_.environment.Now()}};
  }
  plan_.hash = HashOfPlan(plan_);
  Disturb("S2FJLN", [](Attributes& record) { record["start_time"] = "17:00"; });
  const RunReport report = Run();
  const ActionReport& action = Of(report, Verb::kRepointRecord);
  EXPECT_EQ(action.outcome, Outcome::kConflict);
  EXPECT_THAT(action.detail, HasSubstr(", captain \"Gene\", end_time \"19:30\", start_time \"15:30\"; found "));
  EXPECT_THAT(action.detail, HasSubstr(", captain not there, end_time not there, start_time \"17:00\"; plan again"));
  EXPECT_THAT(action.detail, Not(HasSubstr("guest_name")));
}

TEST_F(RecordsTest, ARecordThatIsGoneIsAConflict) {
  world_.records.DeleteForeign("S2FJLN");
  EXPECT_THAT(Of(Run(), Verb::kRepointRecord).detail, HasSubstr("found nothing: the record is gone"));
}

TEST_F(RecordsTest, AnAttributeThatIsGoneIsShownOnTheThirdSide) {
  Disturb("S2FJLN", [](Attributes& record) { record.erase("page_slug"); });
  const RunReport report = Run();
  const ActionReport& action = Of(report, Verb::kRepointRecord);
  ASSERT_TRUE(action.conflict);
  EXPECT_EQ(action.conflict->sides.at(0).theirs, "");
  EXPECT_THAT(action.detail, HasSubstr("page_slug not there"));
}

TEST_F(RecordsTest, SeveralAttributesAreNamedInTheirOrder) {
  Change(Verb::kUpdateRecord, "", [](Action& action) { action.change = SetAttributes{{{"captain", "Gene"}, {"start_time", "13:00"}}, {{"captain", "Rosa"}, {"start_time", "14:00"}}}; });
  Disturb("ANA001", [](Attributes& record) { record["captain"] = "Ana"; });
  EXPECT_THAT(Of(Run(), Verb::kUpdateRecord).detail, HasSubstr("found version v3 with captain \"Ana\", start_time \"13:00\""));
}

// A column may be empty before; taken back, it is empty again, and that leads nowhere on purpose.
TEST_F(RecordsTest, ARecordThatPointedAtNothingMayDoSoAgain) {
  for (const Json& nothing : {Json(nullptr), Json("")}) {
    Disturb("S2FJLN", [&nothing](Attributes& record) { record["page_slug"] = nothing; });
    plan_ = world_.MakePlanByHand();
    plan_.bookings[0].notes = {nothing.dump()};
    OnlyThePointer(nothing, "2026-05-30-jonathan-sunset");
    const RunReport report = Run();
    EXPECT_EQ(Of(report, Verb::kRepointRecord).outcome, Outcome::kDone) << Outcomes(report);
    EXPECT_EQ(Of(Back(), Verb::kRepointRecord).undo->outcome, Outcome::kDone);
    EXPECT_THAT(SlugNow(), ::testing::AnyOf("null", "\"\""));
  }
}

// The numbers of its leases begin again, and the store has seen greater ones.
TEST_F(RecordsTest, AfterTheStateWasLostTheStoresOwnWordsAreShown) {
  Only(Verb::kUpdateRecord);
  ASSERT_TRUE(world_.records.Update("ANA001", {}, {}, "v2", {"before", WriteStamp::Fence{"ana1", 7}}).ok());
  plan_ = world_.MakePlanByHand();
  Only(Verb::kUpdateRecord);
  EXPECT_THAT(Of(Run(), Verb::kUpdateRecord).detail, HasSubstr("refuses the write all the same: "));
}

// Two processes of one run: the other finds it done by a stranger, who then undoes it, and the late write of this one finds its version again.
TEST(RepeatingRecords, WhatARunWroteAfterItsOtherProcessFoundItDoneIsTakenBack) {
  World world(false, true);
  const Plan plan = world.MakePlanByHand();
  const std::string before = world.Systems(), repoint = IdOf(plan, Verb::kRepointRecord);
  const Attributes first = world.records.Get("S2FJLN")->attributes;
  bool struck = false;
  Fleet fleet = world.Open([&](std::string_view call, std::string_view resource) {
    if (call != "records.Update" || resource != "S2FJLN" || struck) return Fault::kNone;
    struck = true;
    Attributes theirs = first;
    theirs["page_slug"] = "2026-05-30-jonathan-sunset";
    world.records.PutForeign("S2FJLN", theirs);
    Fleet second = world.Open();
    auto other = ApplyMachine::Resume(second, RunOfPlan(plan), {});
    while (ReportOf((*other)->Report(), repoint).outcome != Outcome::kAlreadyDone) EXPECT_TRUE(*(*other)->Step());
    world.records.PutForeign("S2FJLN", first);
    return Fault::kNone;
  });
  const auto report = Apply(fleet, plan, Approving());
  ASSERT_TRUE(report.ok()) << report.status().ToString();
  EXPECT_TRUE(struck);
  EXPECT_EQ(ReportOf(*report, repoint).outcome, Outcome::kDone) << Outcomes(*report);
  EXPECT_EQ(world.BrokenPointer(), "");
  Fleet last = world.Open();
  const auto back = RollbackRun(last, RunOfPlan(plan), {});
  ASSERT_TRUE(back.ok()) << back.status().ToString();
  EXPECT_EQ(world.Systems(), before) << Outcomes(*back);
}

TEST_F(RecordsTest, APointerIsNotMadeToLeadNowhere) {
  OnlyThePointer("2026-05-30-jonathan-afternoon", "");
  const RunReport report = Run();
  EXPECT_EQ(Of(report, Verb::kRepointRecord).outcome, Outcome::kConflict);
  EXPECT_THAT(Of(report, Verb::kRepointRecord).detail, HasSubstr("leads to no page"));
  EXPECT_EQ(SlugNow(), "\"2026-05-30-jonathan-afternoon\"");
}

TEST_F(RecordsTest, APointerIntoAStoreThatIsNotThereIsNotMade) {
  Only(Verb::kRepointRecord);
  fleet_.pages.clear();
  EXPECT_THAT(Of(Run(), Verb::kRepointRecord).detail, HasSubstr("leads to no page store"));
  EXPECT_EQ(SlugNow(), "\"2026-05-30-jonathan-afternoon\"");
}

TEST_F(RecordsTest, WhereAPageCannotBeReadNoPointerIsMade) {
  Only(Verb::kRepointRecord);
  fleet_.config.limits.page_bytes = 10;
  EXPECT_EQ(Of(Run(), Verb::kRepointRecord).outcome, Outcome::kFailed);
  fleet_.config.limits = {};
  EXPECT_EQ(Of(Resume(), Verb::kRepointRecord).outcome, Outcome::kDone);
}

// What the fleet file does not call a pointer is an attribute like any other.
TEST_F(RecordsTest, AStoreWithoutPointersIsWrittenWithoutALook) {
  Only(Verb::kRepointRecord);
  world_.pages.DeleteForeign(kSunset);
  fleet_.config.records[0].fields.erase("page");
  EXPECT_EQ(Of(Run(), Verb::kRepointRecord).outcome, Outcome::kDone);
}

}  // namespace
}  // namespace evenkeel::apply_test
