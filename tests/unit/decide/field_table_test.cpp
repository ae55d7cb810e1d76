// Every row of the field table has a case here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace evenkeel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(FieldTable, APersonsWordIsTheStrongest) {
  World world;
  world.Record("S2FJLN").Says("captain", "Gene");
  world.Set("captain", "Ana");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "captain"), "Ana");
  EXPECT_EQ(RowOf(decision, "captain"), "instruction");
  EXPECT_THAT(decision.Find("captain")->against, SizeIs(1));
}

TEST(FieldTable, TheLatestWordOfAPersonCounts) {
  World world;
  world.Record("S2FJLN").Says("captain", "Gene");
  world.Set("captain", "Ana", "2026-05-20T10:00:00Z");
  world.Set("captain", "Bea", "2026-05-20T11:00:00Z");
  EXPECT_EQ(VerdictOf(world.Decided(), "captain"), "Bea");
}

TEST(FieldTable, AnAuthorityThatIsNotUnderstoodIsAskedAbout) {
  World world;
  world.Record("S2FJLN").Mumbles("start", "half past two");
  world.Event("e1").Says("start", "2026-05-30T13:00");
  world.Listing("l1").Says("start", "14:00");
  const Decision decision = world.Decided();
  EXPECT_EQ(RowOf(decision, "start"), "garbled-authority");
  EXPECT_EQ(VerdictOf(decision, "start"), "?");
  ASSERT_THAT(decision.questions, SizeIs(1));
  EXPECT_THAT(decision.questions[0].options, SizeIs(2));
  EXPECT_THAT(decision.questions[0].why, HasSubstr("\"half past two\""));
  world.answers["xhqgmdh.start"] = "14:00";
  EXPECT_EQ(VerdictOf(world.Decided(), "start"), "2026-05-30T14:00");
}

TEST(FieldTable, BelowOneWhoSpeaksNobodyNeedsToBeUnderstood) {
  World world;
  world.Record("S2FJLN").Says("captain", "Gene");
  world.Event("e1").Mumbles("captain", "ask Gene");
  EXPECT_EQ(RowOf(world.Decided(), "captain"), "authority");
}

TEST(FieldTable, AnAnswerSettlesItsQuestion) {
  World world;
  world.fleet.policy.authority["guest_count"] = {{kRecords, kCalendar}};
  world.Record("S2FJLN").Says("guest_count", "6");
  world.Event("e1").Says("guest_count", "8");
  world.answers["xhqgmdh.guest_count"] = "8";
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "guest_count"), "8");
  EXPECT_EQ(RowOf(decision, "guest_count"), "answer");
  EXPECT_THAT(decision.questions, IsEmpty());
}

TEST(FieldTable, AnAnswerThatIsNoOptionIsNotTaken) {
  World world;
  world.fleet.policy.authority["guest_count"] = {{kRecords, kCalendar}};
  world.Record("S2FJLN").Says("guest_count", "6");
  world.Event("e1").Says("guest_count", "8");
  world.answers["xhqgmdh.guest_count"] = "7";
  EXPECT_EQ(VerdictOf(world.Decided(), "guest_count"), "?");
}

TEST(FieldTable, AuthorityBeatsAgeAndNumbers) {
  World world;
  world.Record("S2FJLN").Of("2026-01-01T00:00:00Z").Says("captain", "Gene");
  world.Event("e1").Of("2026-05-20T00:00:00Z").Says("captain", "Ana");
  world.Page("g/2026-05-30-jonathan-sunset.html").Of("2026-05-21T00:00:00Z").Says("captain", "Ana");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "captain"), "Gene");
  EXPECT_EQ(RowOf(decision, "captain"), "authority");
  EXPECT_EQ(decision.Find("captain")->why, "Gene: crew-dispatch (column captain) says so and has authority over guest-pages and internal-calendar");
  EXPECT_THAT(decision.findings, SizeIs(2));
}

TEST(FieldTable, AFieldsOwnAuthorityGoesBeforeTheStar) {
  World world;
  world.fleet.policy.authority["captain"] = {{kCalendar}};
  world.Record("S2FJLN").Says("captain", "Gene");
  world.Event("e1").Says("captain", "Ana");
  EXPECT_EQ(VerdictOf(world.Decided(), "captain"), "Ana");
}

TEST(FieldTable, ASilentAuthorityPassesOn) {
  World world;
  world.Record("S2FJLN");
  world.Event("e1").Says("captain", "Ana");
  world.Listing("l1").Says("captain", "Gene");
  EXPECT_EQ(VerdictOf(world.Decided(), "captain"), "Ana");
}

TEST(FieldTable, EqualsThatDisagreeAreAsked) {
  World world;
  world.fleet.policy.authority["guest_count"] = {{kRecords, kCalendar}};
  world.Record("S2FJLN").Says("guest_count", "6");
  world.Event("e1").Says("guest_count", "8");
  const Decision decision = world.Decided();
  EXPECT_EQ(RowOf(decision, "guest_count"), "equals-disagree");
  ASSERT_THAT(decision.questions, SizeIs(1));
  const Question& question = decision.questions.front();
  EXPECT_EQ(question.id, "xhqgmdh.guest_count");
  ASSERT_THAT(question.options, SizeIs(2));
  EXPECT_EQ(question.options[0].name, "6");
  EXPECT_THAT(question.options[0].evidence, ::testing::ElementsAre("crew-dispatch (column guest_count) says \"6\""));
  EXPECT_THAT(question.options[1].does, HasSubstr("8"));
  EXPECT_THAT(decision.findings, IsEmpty()) << "nobody is wrong before the question is answered";
}

TEST(FieldTable, EqualsThatAgreeAreOne) {
  World world;
  world.fleet.policy.authority["guest_count"] = {{kRecords, kCalendar}};
  world.Record("S2FJLN").Says("guest_count", "6");
  world.Event("e1").Says("guest_count", "6");
  world.Page("g/2026-05-30-jonathan-sunset.html").Says("guest_count", "9");
  EXPECT_EQ(VerdictOf(world.Decided(), "guest_count"), "6");
}

TEST(FieldTable, WithoutAnAuthorityAllWhoSpeakMustAgree) {
  World world;
  world.Listing("l1").Says("captain", "Gene, Ana");
  world.Page("g/2026-05-30-jonathan-sunset.html").Says("captain", "ana & gene");
  const Decision decision = world.Decided();
  EXPECT_EQ(RowOf(decision, "captain"), "agreement");
  EXPECT_THAT(decision.Find("captain")->supporting, SizeIs(2));
}

TEST(FieldTable, SilentAuthoritiesAndOthersThatDisagreeAreAsked) {
  World world;
  world.Record("S2FJLN");
  world.Listing("l1").Says("captain", "Gene");
  world.Page("g/2026-05-30-jonathan-sunset.html").Says("captain", "Ana");
  const Decision decision = world.Decided();
  EXPECT_EQ(RowOf(decision, "captain"), "silent-authorities");
  EXPECT_THAT(decision.questions, SizeIs(1));
}

TEST(FieldTable, SilenceIsNotDrift) {
  World world;
  world.Record("S2FJLN").Says("captain", "Gene");
  world.Event("e1");
  world.Page("g/2026-05-30-jonathan-sunset.html");
  EXPECT_THAT(world.Decided().findings, IsEmpty());
}

TEST(FieldTable, ACopyIsNoIndependentClaim) {
  World world;
  world.fleet.policy.authority.clear();
  world.fleet.calendars.front().from = kListings;
  world.Listing("l1").Says("captain", "Gene");
  world.Event("e1").Says("captain", "Ana");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "captain"), "Gene");
  EXPECT_THAT(decision.Find("captain")->against, SizeIs(1)) << "the copy still drifts";
}

TEST(FieldTable, ACopyOfACopyToo) {
  World world;
  world.fleet.policy.authority["*"] = {{kRecords}};
  world.fleet.calendars.front().from = kListings;
  world.fleet.records.front().store.from = kCalendar;
  world.Listing("l1").Says("captain", "Gene");
  world.Record("S2FJLN").Says("captain", "Ana");
  EXPECT_EQ(VerdictOf(world.Decided(), "captain"), "Gene");
}

TEST(FieldTable, IdentifiersAndGuestGetNoVerdict) {
  World world;
  world.Record("S2FJLN").Says("guest", "Jonathan").Says("code", "S2FJLN").Says("booking", "xhqgmdh");
  world.Page("g/2026-05-30-jonathan-sunset.html").Says("guest", "Jon");
  EXPECT_THAT(world.Decided().verdicts, IsEmpty());
}

TEST(FieldTable, AFleetsOwnFieldIsDecidedLikeAnyOther) {
  World world;
  ASSERT_TRUE(world.fleet.fields.Add({.name = "dock", .type = FieldType::kPlace, .identifies = false, .decided = true, .group = {}, .label = "dock", .same_words = {}}).ok());
  world.Record("S2FJLN").Says("dock", "Shelter Island");
  world.Page("g/2026-05-30-jonathan-sunset.html").Says("dock", "Harbor  Island");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "dock"), "Shelter Island");
  EXPECT_THAT(decision.findings, SizeIs(1));
}

TEST(FieldTable, APagesVisibleTextIsWhatItSays) {
  World world;
  world.Page("g/2026-05-30-jonathan-sunset.html").Hides("captain", "Ana", "json_ld").Says("captain", "Gene");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "captain"), "Gene");
  EXPECT_THAT(decision.Find("captain")->against, SizeIs(1)) << "the page contradicts itself: drift inside it";
}

TEST(FieldTable, TheOrderOfInputDoesNotMatter) {
  World world;
  world.fleet.policy.authority["guest_count"] = {{kRecords, kCalendar}};
  world.Record("S2FJLN").Says("guest_count", "6").Says("captain", "Gene");
  world.Event("e1").Says("guest_count", "8").Says("captain", "Ana");
  world.Page("g/2026-05-30-jonathan-sunset.html").Says("captain", "Ana").Hides("captain", "Bea", "json_ld");
  const auto print = [&](const Snapshot& snapshot) {
    return DecisionToText(Decide(world.fleet, snapshot, {world.Booking()}, world.answers, *world.zones).front());
  };
  const std::string expected = print(world.Observed());
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    Snapshot shuffled = world.Observed();
    Shuffle(shuffled, seed);
    ASSERT_EQ(print(shuffled), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace evenkeel
