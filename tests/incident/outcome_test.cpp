// What the example fleet looks like afterwards, byte for byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "incident/fleet_copy.h"

namespace evenkeel::incident {
namespace {

RunReport PlanAndApply(const FleetCopy& copy) {
  Fleet fleet = copy.Open();
  const auto plan = PlanFleet(fleet, {});
  EXPECT_TRUE(plan.ok()) << plan.status().ToString();
  ApplyOptions options;
  options.approve_all = true;
  options.by = "tester";
  auto report = Apply(fleet, *plan, options);
  EXPECT_TRUE(report.ok()) << report.status().ToString();
  return *std::move(report);
}

struct Replacement {
  std::string before, after;
  std::size_t times;
};
// Every time of the booking on the sunset page, as a person would change them by hand.
const std::vector<Replacement>& SunsetReplacements() {
  static const std::vector<Replacement> replacements = {
      {"4:30 PM to 7:30 PM", "3:30 PM to 6:30 PM", 1},
      {"4:30\xE2\x80\x93" "7:30 PM", "3:30\xE2\x80\x93" "6:30 PM", 1},
      {"2026-05-30T16:30:00-07:00", "2026-05-30T15:30:00-07:00", 1},
      {"2026-05-30T19:30:00-07:00", "2026-05-30T18:30:00-07:00", 1},
      {"2026-05-30T16:00:00-07:00", "2026-05-30T15:00:00-07:00", 1},
      {"4:30 PM \xE2\x80\x93 7:30 PM", "3:30 PM \xE2\x80\x93 6:30 PM", 1},
      {"4:00 PM", "3:00 PM", 2},
      {"4:30 PM", "3:30 PM", 1},
      {"7:30 PM", "6:30 PM", 1},
      {"20260530T233000Z", "20260530T223000Z", 1},
      {"20260531T023000Z", "20260531T013000Z", 1},
      {"Monday 8:00 PM PT", "Monday 7:00 PM PT", 2},
      {"2026-05-26T03:00:00Z", "2026-05-26T02:00:00Z", 1},
      {"2026-05-31T02:30:00Z", "2026-05-31T01:30:00Z", 1},
  };
  return replacements;
}

std::string EditedByHand(std::string page) {
  for (const auto& [before, after, times] : SunsetReplacements()) {
    std::size_t count = 0;
    for (std::size_t at = page.find(before); at != std::string::npos; at = page.find(before, at + after.size()), ++count)
      page.replace(at, before.size(), after);
    EXPECT_EQ(count, times) << before;
  }
  return page;
}

TEST(IncidentOutcome, SunsetPageDiffersInExactlyItsBookingTimes) {
  FleetCopy copy;
  const std::string before = copy.Read(kSunset);
  PlanAndApply(copy);
  EXPECT_EQ(copy.Read(kSunset), EditedByHand(before));
}

TEST(IncidentOutcome, RecordPointsToTheSunsetPageInItsOwnForm) {
  FleetCopy copy;
  PlanAndApply(copy);
  EXPECT_EQ(copy.Column("S2FJLN", "page_slug"), "2026-05-30-jonathan-sunset");
  EXPECT_EQ(copy.Column("S2FJLN", "start_time"), "15:30");
}

TEST(IncidentOutcome, AfternoonPageIsGoneAndBackedUp) {
  FleetCopy copy;
  const std::string bytes = copy.Read(kAfternoon);
  PlanAndApply(copy);
  EXPECT_FALSE(copy.Exists(kAfternoon));
  bool found = false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(copy.folder() / "state/backups"))
    if (entry.is_regular_file() && copy.Read(std::filesystem::relative(entry.path(), copy.folder()).string()) == bytes) found = true;
  EXPECT_TRUE(found);
}

TEST(IncidentOutcome, RedirectLeadsTheOldLinkToTheRightPage) {
  const Json redirect = {{"retire", "redirect"}};
  FleetCopy copy(redirect);
  PlanAndApply(copy);
  ASSERT_TRUE(copy.Exists(kAfternoon));
  const std::string page = copy.Read(kAfternoon);
  EXPECT_NE(page.find("http-equiv=\"refresh\""), std::string::npos) << page;
  EXPECT_NE(page.find("/g/2026-05-30-jonathan-sunset"), std::string::npos) << page;
  Fleet fleet = copy.Open();
  const auto found = FindBooking(fleet, {.date = std::nullopt, .guest = "", .id = "xhqgmdh"});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->bookings.size(), 1u);
  EXPECT_EQ(found->bookings.front().page->key, "g/2026-05-30-jonathan-sunset.html");
  EXPECT_TRUE(found->bookings.front().other_pages.empty());
}

TEST(IncidentOutcome, EveryPublicFormOfBothPathsIsInvalidated) {
  FleetCopy copy;
  PlanAndApply(copy);
  const std::string log = copy.Read("invalidations.jsonl");
  for (const char* path : {"/g/2026-05-30-jonathan-sunset", "/g/2026-05-30-jonathan-afternoon"}) {
    EXPECT_NE(log.find("\"" + std::string(path) + "\""), std::string::npos) << path << " in " << log;
    EXPECT_NE(log.find("\"" + std::string(path) + ".html\""), std::string::npos) << path << " in " << log;
  }
}

TEST(IncidentOutcome, SecondPlanIsEmptyOnceTheListingIsAttested) {
  FleetCopy copy;
  const RunReport report = PlanAndApply(copy);
  Fleet fleet = copy.Open();
  for (const ActionReport& action : report.actions)
    if (action.verb == Verb::kManualTask && action.booking == "xhqgmdh") {
      const auto attested = Attest(fleet, report.run, action.action, "tester");
      ASSERT_TRUE(attested.ok()) << attested.status().ToString();
    }
  AuditOptions options;
  options.booking = "xhqgmdh";
  const auto verified = Verify(fleet, options);
  ASSERT_TRUE(verified.ok()) << verified.status().ToString();
  EXPECT_TRUE(verified->Agrees());
  EXPECT_TRUE(verified->remaining.bookings.empty() || verified->remaining.bookings[0].actions.empty());
  const auto again = PlanFleet(fleet, {});
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->CanChangeAnything()) << DumpJsonPretty(PlanToJson(*again));
  EXPECT_TRUE(again->WaitsForPeople());
}

TEST(IncidentOutcome, OtherSystemsMoveAndTheRestOfEachStays) {
  FleetCopy copy;
  const auto before = copy.Contents();
  PlanAndApply(copy);
  const auto after = copy.Contents();
  EXPECT_NE(after.at("calendar.ics").find("DTSTART;TZID=America/Los_Angeles:20260530T153000"), std::string::npos);
  EXPECT_EQ(after.at("boatsetter.json"), before.at("boatsetter.json"));  // a person's to change
  const Json cards = Json::parse(after.at("state.json"));
  for (const Json& card : cards.at("cards")) {
    if (card.at("id") == "xhqgmdh") {
      EXPECT_EQ(card.at("lane"), "done");
    }
  }
  // The only other page with something wrong is the one whose JSON-LD contradicts its text.
  for (const auto& [path, bytes] : before) {
    if (!path.ends_with(".html") || path == kSunset || path == kAfternoon || path.find("moreau") != std::string::npos) continue;
    EXPECT_EQ(after.at(path), bytes) << path;
  }
}

TEST(IncidentPlan, ShuffledInputsGiveTheSameBytes) {
  FleetCopy copy;
  Fleet fleet = copy.Open();
  auto snapshot = Observe(fleet);
  ASSERT_TRUE(snapshot.ok());
  const auto plan_of = [&](const Snapshot& input) {
    const auto decisions = Decide(fleet.config, input, Match(fleet.config, input), {}, *fleet.zones);
    const auto plan = MakePlan(fleet.config, input, decisions, *ReadFromStores(fleet), *fleet.zones);
    EXPECT_TRUE(plan.ok());
    return DumpJson(PlanToJson(*plan));
  };
  const std::string expected = plan_of(*snapshot);
  for (unsigned seed = 1; seed <= 50; ++seed) {
    std::mt19937 random(seed);
    std::shuffle(snapshot->resources.begin(), snapshot->resources.end(), random);
    std::shuffle(snapshot->stores.begin(), snapshot->stores.end(), random);
    for (Observed& observed : snapshot->resources) {
      std::shuffle(observed.claims.begin(), observed.claims.end(), random);
      std::shuffle(observed.identifiers.begin(), observed.identifiers.end(), random);
    }
    ASSERT_EQ(plan_of(*snapshot), expected) << "seed " << seed;
  }
}

TEST(IncidentOutcome, ANewPlanRemembersWhatTheUnfinishedRunChanged) {
  FleetCopy copy;
  Fleet fleet = copy.Open();
  const auto first = PlanFleet(fleet, {});
  ASSERT_TRUE(first.ok()) << first.status().ToString();
  ASSERT_TRUE(Apply(fleet, *first, {}).ok());
  EXPECT_EQ(copy.Column("S2FJLN", "page_slug"), "2026-05-30-jonathan-sunset");
  ASSERT_TRUE(copy.Exists(kAfternoon)) << "its retirement waits for an approval";
  AuditOptions options;
  options.booking = "xhqgmdh";
  Fleet later = copy.Open();
  const auto second = PlanFleet(later, options);
  ASSERT_TRUE(second.ok()) << second.status().ToString();
  ASSERT_EQ(second->bookings.size(), 1u);
  EXPECT_TRUE(second->bookings[0].questions.empty()) << second->bookings[0].questions[0].text;
  const auto& actions = second->bookings[0].actions;
  EXPECT_TRUE(std::any_of(actions.begin(), actions.end(), [](const Action& action) { return action.verb == Verb::kRetirePage; }));
}

}  // namespace
}  // namespace evenkeel::incident
