#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decide/accepted.h"
#include "world.h"

namespace evenkeel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<FindingKind> Kinds(const Decision& decision) {
  std::vector<FindingKind> kinds;
  for (const Finding& finding : decision.findings) kinds.push_back(finding.kind);
  return kinds;
}

TEST(Findings, APointerToNothingIsBroken) {
  World world;
  world.Record("S2FJLN").PointsTo(kSunset);
  ASSERT_THAT(Kinds(world.Decided()), ::testing::ElementsAre(FindingKind::kBrokenPointer));
  EXPECT_THAT(world.Decided().findings.front().why, HasSubstr("create that page, or clear the pointer"));
}

TEST(Findings, APointerToNothingWhereThereIsAnotherPage) {
  World world;
  world.Record("S2FJLN").PointsTo("g/2026-05-30-jonathan-gone.html");
  world.Page(kSunset);
  ASSERT_THAT(Kinds(world.Decided()), ::testing::ElementsAre(FindingKind::kBrokenPointer));
  EXPECT_THAT(world.Decided().findings.front().why, HasSubstr(kSunset));
}

TEST(Findings, AnIncompleteListingProvesNothing) {
  World world;
  world.Record("S2FJLN").PointsTo(kSunset);
  world.snapshot = world.Observed();
  world.sayers.clear();
  world.booking.members = {{ResourceKind::kRecord, kRecords, "S2FJLN"}};
  for (StoreState& store : world.snapshot.stores) store.complete = store.name != kPages;
  EXPECT_THAT(Kinds(world.Decided()), ::testing::ElementsAre(FindingKind::kIncomplete));
}

TEST(Findings, APointerToAnotherPageOfTheBookingIsDrift) {
  World world;
  world.Page(kSunset).Can("photo-upload");
  world.Page("g/2026-05-30-jonathan-afternoon.html");
  world.Record("S2FJLN").PointsTo("g/2026-05-30-jonathan-afternoon.html");
  EXPECT_THAT(Kinds(world.Decided()), ::testing::UnorderedElementsAre(FindingKind::kDrift, FindingKind::kDuplicatePage));
}

TEST(Findings, WhatCannotBeReadIsNamed) {
  World world;
  world.Page(kSunset);
  world.Page("g/2026-05-30-jonathan-afternoon.html").observed.problem = Status(Code::kLimitExceeded, "over page_bytes");
  EXPECT_THAT(Kinds(world.Decided()), ::testing::ElementsAre(FindingKind::kUnreadable));
  EXPECT_THAT(world.Decided().duplicates, IsEmpty());
}

TEST(Findings, ADateThatAPageOnlyMentionsIsNoDrift) {
  World world;
  world.Record("S2FJLN").Says("date", "2026-05-30");
  world.Page(kSunset).Says("date", "2026-05-30").Says("date", "2026-06-01");
  EXPECT_THAT(world.Decided().findings, IsEmpty());
}

TEST(Findings, PastBookingsAreReadOnlyWhereThePolicySaysSo) {
  World world;
  world.Record("S2FJLN").Says("date", "2026-05-30");
  world.snapshot.taken_at = *ParseInstant("2026-05-31T08:00:00Z");
  EXPECT_FALSE(world.Decided().read_only);
  world.fleet.policy.past = Past::kReadOnly;
  EXPECT_TRUE(world.Decided().read_only);
  world.snapshot.taken_at = *ParseInstant("2026-05-31T06:00:00Z");
  EXPECT_FALSE(world.Decided().read_only) << "in Los Angeles it is still the evening of the day";
}

TEST(UnknownTimes, AreAskedAboutOnlyWhereAGuestSeesAnOldTime) {
  World world;
  Sayer& page = world.Page(kSunset);
  page.Says("start", "4:30 PM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  TimeReference time;
  time.text = "4:30";
  time.start = 16 * 60 + 30;
  time.span = {900, 904};
  page.page->reading.times = {time};
  ASSERT_THAT(world.Decided().questions, SizeIs(1));
  const std::string id = world.Decided().questions.front().id;
  EXPECT_THAT(id, ::testing::MatchesRegex("xhqgmdh\\.time-[0-9a-f]{8}"));
  world.answers[id] = "leave";
  EXPECT_THAT(world.Decided().questions, IsEmpty());
  EXPECT_THAT(world.Decided().roles, IsEmpty());
  world.answers[id] = "start";
  EXPECT_THAT(world.Decided().roles, ::testing::ElementsAre(ReferenceRole{page.observed.resource, {900, 904}, "start"}));
  world.answers.clear();
  page.page->reading.times.front().hidden = true;
  EXPECT_THAT(world.Decided().questions, IsEmpty());
  page.page->reading.times.front().hidden = false;
  page.page->reading.times.front().start = 14 * 60;
  EXPECT_THAT(world.Decided().questions, IsEmpty()) << "2 PM was never a time of this booking";
  FormerWords words;
  words.booking = "xhqgmdh";
  words.times["start"] = {14 * 60};
  world.snapshot.former_words = {words};
  EXPECT_THAT(world.Decided().questions, SizeIs(1)) << "it was, before a run of ours changed it";
  world.snapshot.former_words.front().times["start"] = {15 * 60 + 30};
  page.page->reading.times.front().start = 15 * 60 + 30;
  EXPECT_THAT(world.Decided().questions, IsEmpty()) << "3:30 PM is true again";
}

TEST(UnknownTimes, AreAskedAboutWhereTheTimesThatThePageNamesAreAccepted) {
  World world;
  Sayer& page = world.Page(kSunset);
  page.Says("start", "4:30 PM");
  world.Record("S2FJLN").Says("date", "2026-05-30").Says("start", "15:30");
  TimeReference time;
  time.text = "4:30";
  time.start = 16 * 60 + 30;
  time.span = {900, 904};
  page.page->reading.times = {time};
  const Decision before = world.Decided();
  ASSERT_THAT(before.questions, SizeIs(1));
  const Instant now = world.snapshot.taken_at;
  world.snapshot.acceptances = {{"xhqgmdh", "start", WordsAgainst(SnapshotIndex(world.snapshot), before, *before.Find("start")), "told by telephone", "Rosa", now, now + std::chrono::hours(1)}};
  ASSERT_THAT(world.Decided().Find("start")->accepted, SizeIs(1));
  ASSERT_THAT(world.Decided().questions, SizeIs(1)) << "what it may mean nobody has accepted";
  EXPECT_EQ(world.Decided().questions.front().id, before.questions.front().id);
  world.answers[before.questions.front().id] = "start";
  EXPECT_THAT(world.Decided().questions, IsEmpty());
  EXPECT_THAT(world.Decided().roles, IsEmpty()) << "it is the start, and stays with the others until that is over";
}

}  // namespace
}  // namespace evenkeel
