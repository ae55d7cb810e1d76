// Every row of the time table has a case here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decide/time_group.h"
#include "world.h"

namespace evenkeel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

World Incident() {
  World world;
  world.Page(kSunset).Says("start", "4:30 PM").Says("end", "7:30 PM").Says("arrival", "4:00 PM").Says("cutoff", "2026-06-01T20:00").Hides(
      "cutoff", "2026-06-01T20:00", "script");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30").PointsTo(kSunset);
  world.Event("e1").Says("date", "2026-05-30").Says("start", "2026-05-30T16:30").Says("end", "2026-05-30T19:30");
  world.Listing("jonathan-crew-booking").Says("date", "2026-05-30").Says("start", "16:30").Says("end", "19:30");
  world.Card("xhqgmdh", "needs-you", "move to 3:30").Mentions("title", "start", "3:30 PM");
  return world;
}

TEST(TimeGroup, TheIncident) {
  const Decision decision = Incident().Decided();
  EXPECT_EQ(VerdictOf(decision, "start"), "2026-05-30T15:30");
  EXPECT_EQ(VerdictOf(decision, "end"), "2026-05-30T18:30");
  EXPECT_EQ(VerdictOf(decision, "arrival"), "2026-05-30T15:00");
  EXPECT_EQ(VerdictOf(decision, "cutoff"), "2026-06-01T19:00");
  EXPECT_EQ(RowOf(decision, "end"), "page-distance");
  EXPECT_EQ(decision.Find("end")->why, "6:30 PM: 3 h after the start, as g/2026-05-30-jonathan-sunset.html has it (4:30 PM and 7:30 PM, line 2)");
  EXPECT_EQ(decision.Find("cutoff")->against.size(), 2u) << "the words and the script";
  EXPECT_EQ(decision.Find("start")->supporting.size(), 2u) << "the record and the card";
  EXPECT_THAT(decision.questions, IsEmpty());
}

TEST(TimeGroup, OnceTheSystemsAgreeNothingDrifts) {
  World world;
  world.Page(kSunset).Says("start", "3:30 PM").Says("end", "6:30 PM").Says("arrival", "3:00 PM").Says("cutoff", "2026-06-01T19:00");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30").PointsTo(kSunset);
  world.Event("e1").Says("start", "2026-05-30T15:30").Says("end", "2026-05-30T18:30");
  EXPECT_THAT(world.Decided().findings, IsEmpty());
}

TEST(TimeGroup, APersonsWordForTheStartMovesTheRest) {
  World world = Incident();
  world.Set("start", "5:00 PM");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "start"), "2026-05-30T17:00");
  EXPECT_EQ(VerdictOf(decision, "end"), "2026-05-30T20:00");
  EXPECT_EQ(VerdictOf(decision, "arrival"), "2026-05-30T16:30");
}

TEST(TimeGroup, APersonsWordForAMember) {
  World world = Incident();
  world.Set("end", "18:00");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T18:00");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "member-instruction");
}

TEST(TimeGroup, WhatTheAnchorStatesIsTaken) {
  World world = Incident();
  world.Record("S2FJLN-2").Says("start", "15:30").Says("end", "19:00");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "end"), "2026-05-30T19:00");
  EXPECT_EQ(RowOf(decision, "end"), "anchor-states-it");
}

TEST(TimeGroup, AnchorsThatDisagreeOnAMemberAreAsked) {
  World world = Incident();
  world.Record("A").Says("start", "15:30").Says("end", "19:00");
  world.Record("B").Says("start", "15:30").Says("end", "20:00");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "anchors-disagree");
  ASSERT_THAT(world.Decided().questions, SizeIs(1));
  world.answers["xhqgmdh.end"] = "20:00";
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T20:00");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "member-answer");
}

TEST(TimeGroup, ADurationOfTheAnchorIsAnEnd) {
  World world = Incident();
  world.Record("S2FJLN-2").Says("start", "15:30").Says("duration", "120");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T17:30");
  EXPECT_EQ(VerdictOf(world.Decided(), "duration"), "120");
}

TEST(TimeGroup, ALowerEndCountsOnlyWithTheRightStart) {
  World world;
  world.Page(kSunset).Says("start", "4:30 PM").Says("end", "7:30 PM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  world.Event("e1").Says("start", "2026-05-30T15:30").Says("end", "2026-05-30T19:00");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T19:00");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "same-start");
  world.sayers.back()->observed.claims.clear();
  world.sayers.back()->Says("start", "2026-05-30T16:30").Says("end", "2026-05-30T20:00");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T18:30") << "its start is stale, so its end does not count";
}

TEST(TimeGroup, EqualsWithTheRightStartThatDisagreeAreAsked) {
  World world;
  world.fleet.policy.authority["*"] = {{kRecords}, {kCalendar, kListings}};
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  world.Event("e1").Says("start", "15:30").Says("end", "18:30");
  world.Listing("l1").Says("start", "15:30").Says("end", "19:30");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "same-start-disagree");
}

TEST(TimeGroup, UnnamedOnesWithTheRightStartThatDisagreeYieldToThePage) {
  World world;
  world.Page(kSunset).Says("start", "3:30 PM").Says("end", "6:30 PM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  world.Listing("l1").Says("start", "15:30").Says("end", "19:30");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "page-distance");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T18:30");
  EXPECT_THAT(world.Decided().questions, IsEmpty()) << "silent authorities make no question here";
}

TEST(TimeGroup, WhereThePageIsSilentTheHighestSystemWithBothTimesTells) {
  World world;
  world.Page(kSunset).Says("start", "4:30 PM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  world.Event("e1").Says("start", "2026-05-30T16:30").Says("end", "2026-05-30T18:30");
  world.Listing("l1").Says("start", "16:30").Says("end", "20:30");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T17:30");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "system-distance");
}

TEST(TimeGroup, SystemsOfOneRankWithDifferentDistancesAreAsked) {
  World world;
  world.fleet.policy.authority["*"] = {{kRecords}, {kCalendar, kListings}};
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  world.Event("e1").Says("start", "16:30").Says("end", "18:30");
  world.Listing("l1").Says("start", "16:30").Says("end", "20:30");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "systems-disagree");
  ASSERT_THAT(world.Decided().questions, SizeIs(1));
  EXPECT_EQ(world.Decided().questions.front().options.front().name, "17:30");
}

TEST(TimeGroup, ThePolicyCanDerive) {
  World world = Incident();
  world.fleet.policy.derive = {{"arrival", "start-45m"}, {"cutoff", "keep"}};
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "arrival"), "2026-05-30T14:45");
  EXPECT_EQ(VerdictOf(decision, "cutoff"), "2026-06-01T20:00");
  EXPECT_EQ(RowOf(decision, "cutoff"), "derive");
}

TEST(TimeGroup, ADerivationMayBuildOnTheEnd) {
  World world = Incident();
  world.sayers.front()->Hides("switch", "2026-05-30T19:30", "script");
  world.fleet.policy.derive = {{"switch", "end+30m"}};
  EXPECT_EQ(VerdictOf(world.Decided(), "switch"), "2026-05-30T19:00");
}

TEST(TimeGroup, ADerivationMayBuildOnALaterMember) {
  World world = Incident();
  world.fleet.policy.derive = {{"arrival", "cutoff-1h"}, {"cutoff", "start-2h"}};
  EXPECT_EQ(VerdictOf(world.Decided(), "arrival"), "2026-05-30T12:30");
}

TEST(TimeGroup, CutoffAndSwitchMoveWithTheStart) {
  World world = Incident();
  world.sayers.front()->Hides("switch", "2026-05-30T19:30", "script");
  EXPECT_EQ(VerdictOf(world.Decided(), "switch"), "2026-05-30T18:30");
}

TEST(TimeGroup, SeveralSwitchesKeepTheirOwnDistances) {
  World world = Incident();
  world.sayers.front()->Hides("switch", "2026-05-30T16:30", "script").Hides("switch", "2026-05-30T19:30", "script");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "switch"), "2026-05-30T15:30");
  EXPECT_THAT(decision.questions, IsEmpty());
  World moved;
  moved.Page(kSunset).Says("start", "3:30 PM").Hides("switch", "2026-05-30T15:30", "script").Hides("switch", "2026-05-30T18:30", "script");
  moved.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  EXPECT_THAT(moved.Decided().findings, IsEmpty()) << "the second switch is right where it is";
}

TEST(TimeGroup, ACarrierThatContradictsTheTextGoesToTheVerdict) {
  World world;
  world.Page(kSunset).Says("start", "4:30 PM").Says("end", "7:30 PM").Hides("start", "5:00 PM", "json_ld").Hides("end", "8:00 PM", "json_ld");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "start"), "2026-05-30T16:30");
  EXPECT_EQ(VerdictOf(decision, "end"), "2026-05-30T19:30");
  EXPECT_THAT(decision.findings, SizeIs(2));
}

TEST(TimeGroup, ACarrierAloneIsPairedWithItsOwnStart) {
  World world;
  world.Page(kSunset).Says("start", "3:30 PM").Hides("start", "4:30 PM", "json_ld").Hides("end", "7:30 PM", "json_ld");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T18:30");
}

TEST(TimeGroup, APageWithTwoEndsIsAsked) {
  World world;
  world.Page(kSunset).Says("start", "4:30 PM").Says("end", "7:30 PM").Says("end", "8:30 PM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  EXPECT_EQ(RowOf(world.Decided(), "end"), "page-contradicts-itself");
}

TEST(TimeGroup, PastMidnight) {
  World world;
  world.Page(kSunset).Says("start", "4:30 PM").Says("end", "7:30 PM").Says("arrival", "4:00 PM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "22:15");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-31T01:15");
  world.sayers.back()->observed.claims.clear();
  world.sayers.back()->Says("date", "2026-05-30").Says("start", "00:15");
  EXPECT_EQ(VerdictOf(world.Decided(), "arrival"), "2026-05-29T23:45");
}

TEST(TimeGroup, ARangeThatCrossesMidnightKeepsItsLength) {
  World world;
  world.Page(kSunset).Says("start", "11:00 PM").Says("end", "1:00 AM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "21:30");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T23:30");
}

TEST(TimeGroup, AcrossAClockChangeTheWallClockCounts) {
  World world;
  world.booking.date = ParseDate("2026-11-01");
  world.Page("g/2026-11-01-jonathan-night.html").Says("start", "2026-11-01T00:30").Says("end", "2026-11-01T03:30");
  world.Record("S2FJLN").Says("date", "2026-11-01").Says("start", "00:00");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-11-01T03:00");
}

TEST(TimeGroup, MembersWaitForAnOpenStart) {
  World world;
  world.Page(kSunset).Says("start", "4:30 PM").Says("end", "7:30 PM");
  world.Listing("l1").Says("start", "15:30");
  const Decision decision = world.Decided();
  EXPECT_EQ(RowOf(decision, "end"), "waits-for-start");
  ASSERT_THAT(decision.questions, SizeIs(1));
  EXPECT_EQ(decision.questions.front().about, "start");
  EXPECT_EQ(decision.questions.front().options.front().name, "15:30");
  world.answers["xhqgmdh.start"] = "15:30";
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T18:30");
}

TEST(TimeGroup, AHigherAuthorityWithoutAStartStillHasItsWordOnTheEnd) {
  World world;
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("end", "20:00");
  world.Event("e1").Says("start", "2026-05-30T16:30").Says("end", "2026-05-30T19:30");
  EXPECT_EQ(VerdictOf(world.Decided(), "end"), "2026-05-30T20:00");
}

TEST(TimeGroup, AnotherDayIsAnotherStart) {
  World world;
  world.Record("S2FJLN").Says("date", "2026-05-31").Says("start", "16:30");
  world.Event("e1").Says("date", "2026-05-30").Says("start", "2026-05-30T16:30").Says("end", "2026-05-30T19:30");
  const Decision decision = world.Decided();
  EXPECT_EQ(VerdictOf(decision, "start"), "2026-05-31T16:30");
  EXPECT_EQ(VerdictOf(decision, "end"), "2026-05-31T19:30");
}

TEST(Derivation, Forms) {
  EXPECT_TRUE(ParseDerivation("keep")->keep);
  EXPECT_EQ(ParseDerivation("end")->base, "end");
  EXPECT_EQ(ParseDerivation("start-30m")->minutes, -30);
  EXPECT_EQ(ParseDerivation("start + 1h30m")->minutes, 90);
  EXPECT_EQ(ParseDerivation("end+90min")->minutes, 90);
  for (const char* bad : {"", "noon", "start-", "start-x", "start-1d", "end+90", "guest+1h"}) EXPECT_FALSE(ParseDerivation(bad)) << bad;
}

TEST(TimeGroup, ARecordOfTwoDaysIsAskedAboutAndNothingMoves) {
  World world = Incident();
  world.sayers[1]->Says("date", "2026-06-01");
  const Decision decision = world.Decided();
  ASSERT_THAT(decision.questions, SizeIs(1));
  EXPECT_EQ(decision.questions.front().id, "xhqgmdh.date");
  EXPECT_THAT(decision.questions.front().why, HasSubstr("contradicts itself"));
  EXPECT_EQ(RowOf(decision, "start"), "waits-for-date");
  EXPECT_EQ(RowOf(decision, "end"), "waits-for-date");
  EXPECT_THAT(decision.findings, IsEmpty());
}

TEST(TimeGroup, TheAnsweredDateIsTheStartsDayToo) {
  World world = Incident();
  world.sayers[1]->Says("date", "2026-06-01").Says("start", "2026-06-01T15:30");
  world.sayers[1]->observed.claims.erase(world.sayers[1]->observed.claims.begin() + 1);
  world.answers["xhqgmdh.date"] = "2026-05-30";
  EXPECT_EQ(VerdictOf(world.Decided(), "start"), "2026-05-30T15:30");
  EXPECT_THAT(world.Decided().questions, IsEmpty());
  world.answers["xhqgmdh.date"] = "2026-06-01";
  EXPECT_EQ(VerdictOf(world.Decided(), "start"), "2026-06-01T15:30");
}

TEST(TimeGroup, APersonsWordForAStartWithItsDateIsAWordForTheDate) {
  World world = Incident();
  world.Set("start", "2026-06-01T15:30");
  EXPECT_EQ(VerdictOf(world.Decided(), "date"), "2026-06-01");
  EXPECT_EQ(VerdictOf(world.Decided(), "start"), "2026-06-01T15:30");
  world.Set("date", "2026-06-02", "2026-05-21T00:00:00Z");
  EXPECT_EQ(VerdictOf(world.Decided(), "start"), "2026-06-02T15:30") << "the later word counts";
}

}  // namespace
}  // namespace evenkeel
