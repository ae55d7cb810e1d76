#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guard/reservations.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using std::chrono::seconds;

constexpr Date kJuly4{date::year(2026), date::month(7), date::day(4)};

FindQuery Ask(const std::string& guest, const std::string& id = "") { return {kJuly4, guest, id}; }

Fleet OpenWith(World& world, contract::FaultPlan faults = {}) {
  Fleet fleet = world.Open(std::move(faults));
  fleet.config.policy.authority["*"] = {{"dispatch"}};
  fleet.config.pages.front().slug = "{date}-{guest}";
  return fleet;
}

// Creates the page and the record, as a publish script does that was told to.
void Create(World& world, const std::string& by) {
  world.pages.PutForeign("g/2026-07-04-priya-" + by + ".html", "<html><body><p>Priya sails at 1:00 PM</p></body></html>\n");
  world.records.PutForeign("PRIYA1", {{"guest_code", "PRIYA1"},
                                      {"booking_id", "priya1"},
                                      {"guest_name", "Priya Shah"},
                                      {"date", "2026-07-04"},
                                      {"start_time", "13:00"},
                                      {"captain", "Rosa"},
                                      {"page_slug", "2026-07-04-priya-" + by}});
}

class ReserveTest : public ::testing::Test {
 protected:
  ReserveTest() : fleet_(OpenWith(world_)) {}

  Reserved Reserve(const FindQuery& query, const std::string& holder) {
    auto reserved = ReserveBooking(fleet_, query, holder);
    EXPECT_TRUE(reserved.ok()) << reserved.status().ToString();
    return reserved.ok() ? *std::move(reserved) : Reserved{};
  }

  World world_;
  Fleet fleet_;
};

TEST_F(ReserveTest, TheFirstMayCreateItAndTheSecondIsToldWho) {
  const Reserved first = Reserve(Ask("Priya", "priya1"), "publish");
  ASSERT_TRUE(first.mine.has_value());
  EXPECT_EQ(first.answer.kind(), FindAnswer::Kind::kNone);
  for (const FindQuery& query : {Ask("Priya Shah"), Ask("PRI"), Ask("", "priya1"), Ask("Someone", "priya1")}) {
    const Reserved second = Reserve(query, "other");
    EXPECT_FALSE(second.mine.has_value());
    ASSERT_EQ(second.answer.reserved.size(), 1u);
    EXPECT_EQ(second.answer.reserved.front(), *first.mine);
    EXPECT_EQ(FindBooking(fleet_, query)->kind(), FindAnswer::Kind::kAmbiguous) << "without --reserve, too";
  }
  EXPECT_TRUE(Reserve(Ask("Bob"), "other").mine.has_value()) << "another guest";
  EXPECT_TRUE(Reserve(Ask("Priya", "priya2"), "other").mine.has_value()) << "another sailing of one guest";
  EXPECT_TRUE(Reserve(Ask("Priya", "priya1"), "publish").mine.has_value()) << "its own, renewed";
}

TEST_F(ReserveTest, ItRunsOutByItself) {
  ASSERT_TRUE(Reserve(Ask("Priya"), "publish").mine.has_value());
  world_.environment.SetNow(world_.environment.Now() + kLeaseTtl);
  EXPECT_FALSE(Reserve(Ask("Priya"), "other").mine.has_value()) << "the clocks may differ";
  world_.environment.SetNow(world_.environment.Now() + kLeaseSkew);
  EXPECT_TRUE(Reserve(Ask("Priya"), "other").mine.has_value());
  EXPECT_FALSE(Reserve(Ask("Priya"), "publish").mine.has_value());
}

TEST_F(ReserveTest, WhatExistsIsNotReserved) {
  Create(world_, "a");
  const Reserved reserved = Reserve(Ask("Priya"), "publish");
  EXPECT_FALSE(reserved.mine.has_value());
  EXPECT_EQ(reserved.answer.kind(), FindAnswer::Kind::kExists);
  EXPECT_TRUE(ReservationsFor(fleet_, Ask("Priya"))->empty()) << "withdrawn: there is nothing to create";
}

TEST_F(ReserveTest, WhatMakesNoSenseIsRefused) {
  EXPECT_EQ(ReserveBooking(fleet_, {kJuly4, "", ""}, "a").code(), Code::kInvalidArgument);
  EXPECT_EQ(ReserveBooking(fleet_, {std::nullopt, "Priya", ""}, "a").code(), Code::kInvalidArgument);
  EXPECT_EQ(ReserveBooking(fleet_, Ask("Priya"), " ").code(), Code::kInvalidArgument);
  EXPECT_EQ(ReserveBooking(fleet_, Ask("?!"), "a").code(), Code::kInvalidArgument);
  EXPECT_EQ(ReserveBooking(fleet_, Ask("Priya"), "a", seconds(0)).code(), Code::kInvalidArgument);
  ASSERT_TRUE(world_.state.PutDocument(kReservationKind, "2026-07-04", {{"schema", "x"}}, std::nullopt).ok());
  EXPECT_EQ(ReserveBooking(fleet_, Ask("Priya"), "a").code(), Code::kInvalidArgument);
}

// A writer asks, and creates what it is told to create. The other does all of that between any two calls of the first; before it and
// after it, too. However the two name the booking, one page comes to be.
TEST(ReserveRace, TwoWritersNeverCreateTwoPages) {
  const std::vector<FindQuery> names = {Ask("Priya"), Ask("PRIYA Shah"), Ask("", "priya1"), Ask("Priya", "priya1")};
  for (const FindQuery& one : names) {
    for (const FindQuery& two : names) {
      bool reached = true;
      for (int at = 1; reached; ++at) {
        World world;
        const auto write = [&world](Fleet& fleet, const FindQuery& query, const std::string& who) {
          const auto reserved = ReserveBooking(fleet, query, who);
          ASSERT_TRUE(reserved.ok()) << reserved.status().ToString();
          if (reserved->mine) Create(world, who);
        };
        int calls = 0;
        Fleet second = OpenWith(world);
        Fleet first = OpenWith(world, [&](std::string_view, std::string_view) {
          if (++calls == at) write(second, two, "b");
          return Fault::kNone;
        });
        write(first, one, "a");
        reached = calls >= at;
        if (!reached) write(second, two, "b");
        const auto pages = world.pages.Snapshot().entries;
        EXPECT_EQ(pages.count("g/2026-07-04-priya-a.html") + pages.count("g/2026-07-04-priya-b.html"), 1u) << at;
      }
    }
  }
}

// The reply to any call is lost, or it fails: whoever asks again is told to create it, once.
TEST(ReserveRace, EveryFaultAtEveryCall) {
  for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
    bool reached = true;
    for (int at = 1; reached; ++at) {
      World world;
      int calls = 0;
      Fleet faulty = OpenWith(world, [&](std::string_view, std::string_view) { return ++calls == at ? fault : Fault::kNone; });
      auto reserved = ReserveBooking(faulty, Ask("Priya"), "publish");
      if (!reserved.ok() || !reserved->mine) reserved = ReserveBooking(faulty, Ask("Priya"), "publish");
      reached = calls >= at;
      ASSERT_TRUE(reserved.ok()) << at << " " << reserved.status().ToString();
      EXPECT_TRUE(reserved->mine.has_value()) << at;
      Fleet fleet = OpenWith(world);
      EXPECT_EQ(ReservationsFor(fleet, Ask("Priya"))->size(), 1u) << at;
    }
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
