#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/draft.h"
#include "world.h"

namespace evenkeel {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A plan that retires (or edits) so many of so many pages.
std::vector<std::string> Names(std::size_t pages, std::size_t retired, std::size_t edited, const Brakes& limits) {
  World world;
  world.fleet.policy.brakes = limits;
  for (std::size_t i = 0; i < pages; ++i) world.Page("g/" + std::to_string(i) + ".html");
  Plan plan;
  plan.bookings.emplace_back();
  for (std::size_t i = 0; i < retired + edited; ++i) {
    Action& action = plan.bookings.front().actions.emplace_back();
    action.verb = i < retired ? Verb::kRetirePage : Verb::kEditPage;
  }
  const Snapshot snapshot = world.Observed();
  std::vector<std::string> names;
  for (const Brake& brake : BrakesOf(world.fleet, snapshot, SnapshotIndex(snapshot), plan)) names.push_back(brake.name);
  return names;
}

// The page that is retired can do something protected that the one that stays cannot.
TEST(Brakes, APageGoesThatCanDoMore) {
  World world;
  Sayer& goes = world.Page("g/goes.html");
  goes.page->reading.features.push_back({"csrf-token", true, {}, ""});
  goes.page->reading.features.push_back({"tip-jar", true, {}, ""});
  Sayer& stays = world.Page("g/stays.html");
  Plan plan;
  Action& action = plan.bookings.emplace_back().actions.emplace_back();
  action.verb = Verb::kRetirePage;
  action.store = kPages;
  action.resource = "g/goes.html";
  RetirePage retire;
  retire.survivor = {ResourceKind::kPage, kPages, "g/stays.html"};
  action.change = retire;
  const auto brakes_of = [&] {
    const Snapshot snapshot = world.Observed();
    return BrakesOf(world.fleet, snapshot, SnapshotIndex(snapshot), plan);
  };
  ASSERT_EQ(brakes_of().size(), 1u);
  EXPECT_EQ(brakes_of()[0].name, "features");
  EXPECT_EQ(brakes_of()[0].why, "the plan retires a page that has a protected feature which the one that stays lacks: g/goes.html has csrf-token, and g/stays.html has not");
  stays.page->reading.features.push_back({"csrf-token", true, {}, ""});
  EXPECT_THAT(brakes_of(), IsEmpty());
}

TEST(Brakes, OnePageIsNotOnePages) {
  World world;
  world.fleet.policy.brakes.retire_count_max = 0;
  Plan plan;
  plan.bookings.emplace_back().actions.emplace_back().verb = Verb::kRetirePage;
  const Snapshot snapshot = world.Observed();
  const auto brakes = BrakesOf(world.fleet, snapshot, SnapshotIndex(snapshot), plan);
  ASSERT_EQ(brakes.size(), 1u);
  EXPECT_EQ(brakes[0].why, "the plan retires 1 page; the policy allows 0");
}

TEST(Brakes, CountAndShareEachHaveTheirOwn) {
  EXPECT_THAT(Names(1000, 10, 0, {}), IsEmpty());
  EXPECT_THAT(Names(1000, 11, 0, {}), ElementsAre("retire_count"));
  EXPECT_THAT(Names(40, 5, 0, {}), ElementsAre("retire_share"));
  EXPECT_THAT(Names(40, 4, 0, {}), IsEmpty());
}

TEST(Brakes, AShareIsNeverBelowOnePage) {
  EXPECT_THAT(Names(3, 1, 0, {}), IsEmpty());
  EXPECT_THAT(Names(3, 2, 0, {}), ElementsAre("retire_share"));
}

TEST(Brakes, EditsAreBrakedOnlyWhereSet) {
  EXPECT_THAT(Names(10, 0, 10, {}), IsEmpty());
  Brakes limits;
  limits.edit_count_max = 3;
  limits.edit_share_max = 0.2;
  EXPECT_THAT(Names(10, 0, 4, limits), ElementsAre("edit_count", "edit_share"));
}

std::vector<std::string> AfterVanishing(std::size_t pointers, std::size_t found, bool complete) {
  World world;
  for (std::size_t i = 0; i < pointers; ++i) world.Record("r" + std::to_string(i)).PointsTo("g/" + std::to_string(i) + ".html");
  for (std::size_t i = 0; i < found; ++i) world.Page("g/" + std::to_string(i) + ".html");
  Snapshot snapshot = world.Observed();
  for (StoreState& store : snapshot.stores) store.complete = complete;
  Plan plan;
  plan.bookings.emplace_back().actions.emplace_back().verb = Verb::kUpdateEvent;
  std::vector<std::string> names;
  for (const Brake& brake : BrakesOf(world.fleet, snapshot, SnapshotIndex(snapshot), plan)) names.push_back(brake.name);
  return names;
}

TEST(Brakes, EverythingVanishedIsABrokenReader) {
  EXPECT_THAT(AfterVanishing(8, 0, true), ElementsAre("vanished"));
  EXPECT_THAT(AfterVanishing(10, 1, true), ElementsAre("vanished"));
  EXPECT_THAT(AfterVanishing(8, 7, true), IsEmpty()) << "one broken pointer is just that";
  EXPECT_THAT(AfterVanishing(8, 0, false), IsEmpty()) << "an incomplete listing proves nothing";
}

}  // namespace
}  // namespace evenkeel
