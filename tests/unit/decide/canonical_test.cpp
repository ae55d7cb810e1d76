// Every row of the page table has a case here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace evenkeel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Kept(const Decision& decision) { return decision.canonical ? decision.canonical->key : "?"; }

TEST(Canonical, OnlyPage) {
  World world;
  world.Page(kSunset);
  EXPECT_EQ(Kept(world.Decided()), kSunset);
  EXPECT_THAT(world.Decided().duplicates, IsEmpty());
}

TEST(Canonical, ProtectedFeaturesGoBeforeEverythingAndThePointerIsNoGround) {
  World world;
  world.Page(kSunset).Can("photo-upload").Of("2026-05-09T00:00:00Z").Lines(568);
  world.Page(kAfternoon).Can("waiver-link").Can("event-code").Of("2026-05-08T00:00:00Z");
  world.Record("S2FJLN").PointsTo(kAfternoon);
  const Decision decision = world.Decided();
  EXPECT_EQ(Kept(decision), kSunset);
  EXPECT_THAT(decision.duplicates, ElementsAre(Resource{ResourceKind::kPage, kPages, kAfternoon}));
  EXPECT_EQ(decision.why_canonical, std::string("guest-pages:") + kSunset + ": only it has every protected feature (photo-upload); length agrees");
}

TEST(Canonical, AHalfFeatureIsNone) {
  World world;
  world.Page(kSunset).Can("photo-upload", false).Of("2026-05-09T00:00:00Z");
  world.Page(kAfternoon).Can("photo-upload").Of("2026-05-20T00:00:00Z");
  EXPECT_EQ(Kept(world.Decided()), kAfternoon);
}

TEST(Canonical, Completeness) {
  World world;
  world.Page(kSunset).Can("waiver-link").Of("2026-05-20T00:00:00Z");
  world.Page(kAfternoon).Of("2026-05-09T00:00:00Z");
  EXPECT_EQ(Kept(world.Decided()), kSunset);
}

TEST(Canonical, Links) {
  World world;
  world.Page(kSunset).Of("2026-05-20T00:00:00Z");
  world.Page(kAfternoon).Of("2026-05-09T00:00:00Z");
  world.Card("c", "todo", "call").PointsTo(kSunset);
  world.Record("S2FJLN").PointsTo(kAfternoon);
  EXPECT_EQ(Kept(world.Decided()), kSunset);
  EXPECT_THAT(world.Decided().why_canonical, HasSubstr(": more systems name it"));
}

TEST(Canonical, AgeThenLengthThenName) {
  World world;
  world.Page(kSunset).Of("2026-05-20T00:00:00Z");
  world.Page(kAfternoon).Of("2026-05-09T00:00:00Z");
  EXPECT_EQ(Kept(world.Decided()), kAfternoon);
  world.sayers[0]->observed.modified = world.sayers[1]->observed.modified;
  world.sayers[0]->Lines(10);
  EXPECT_EQ(Kept(world.Decided()), kSunset);
  world.sayers[0]->Lines(0);
  EXPECT_EQ(Kept(world.Decided()), kAfternoon);
}

TEST(Canonical, ARetiredPageThatCameBackIsNotKept) {
  World world;
  world.Page(kSunset).Of("2026-05-20T00:00:00Z");
  world.Page(kAfternoon).Of("2026-05-09T00:00:00Z").Can("waiver-link");
  world.snapshot.tombstones.push_back(
      {{ResourceKind::kPage, kPages, kAfternoon}, {ResourceKind::kPage, kPages, kSunset}, "xhqgmdh", "run-1", *ParseInstant("2026-05-21T00:00:00Z")});
  const Decision decision = world.Decided();
  EXPECT_EQ(Kept(decision), kSunset);
  EXPECT_THAT(decision.findings, ::testing::Contains(::testing::Field(&Finding::kind, FindingKind::kResurrection)));
}

TEST(Canonical, WhereNoPageHasEverythingAPersonIsAsked) {
  World world;
  world.Page(kSunset).Can("photo-upload");
  world.Page(kAfternoon).Can("csrf-token");
  const Decision decision = world.Decided();
  EXPECT_EQ(Kept(decision), "?");
  EXPECT_THAT(decision.duplicates, IsEmpty());
  ASSERT_THAT(decision.questions, SizeIs(1));
  EXPECT_EQ(decision.questions.front().id, "xhqgmdh.page");
  EXPECT_EQ(decision.questions.front().options.front().name, "2026-05-30-jonathan-afternoon");
  world.answers["xhqgmdh.page"] = "2026-05-30-jonathan-sunset";
  EXPECT_EQ(Kept(world.Decided()), kSunset);
  EXPECT_THAT(world.Decided().duplicates, IsEmpty()) << "the other page still has a feature that this one lacks";
  EXPECT_THAT(world.Decided().questions, IsEmpty());
}

TEST(Canonical, PagesOfTwoStores) {
  World world;
  PageStoreConfig second;
  second.store.name = "old-pages";
  world.fleet.pages.push_back(second);
  world.Page("jonathan.html", "old-pages").Of("2026-05-01T00:00:00Z");
  world.Page(kSunset).Can("photo-upload");
  EXPECT_EQ(Kept(world.Decided()), kSunset);
  EXPECT_THAT(world.Decided().duplicates, ElementsAre(Resource{ResourceKind::kPage, "old-pages", "jonathan.html"}));
}

TEST(Canonical, APageThatTheRecordsCannotPointToIsAskedAbout) {
  World world;
  world.fleet.pages.emplace_back().store.name = "old-pages";
  world.Page("jonathan.html", "old-pages").Of("2026-05-01T00:00:00Z").Can("waiver-link");
  world.Page(kSunset);
  world.Record("S2FJLN").PointsTo(kSunset);
  EXPECT_EQ(Kept(world.Decided()), kSunset) << "crew-dispatch points to guest-pages alone";
  world.sayers[0]->Can("photo-upload");
  const Decision decision = world.Decided();
  EXPECT_EQ(Kept(decision), "?");
  ASSERT_THAT(decision.questions, SizeIs(1));
  EXPECT_THAT(decision.questions[0].why, HasSubstr("records cannot point to"));
}

TEST(Canonical, ARedirectOfOursIsAnAliasAndNoDuplicate) {
  World world;
  world.Page(kSunset).Can("photo-upload");
  world.Page(kAfternoon).page->reading.redirect_to = "/g/2026-05-30-jonathan-sunset";
  EXPECT_THAT(world.Decided().duplicates, IsEmpty());
  EXPECT_THAT(world.Decided().findings, IsEmpty());
}

}  // namespace
}  // namespace evenkeel
