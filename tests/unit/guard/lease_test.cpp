#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/evenkeel.h"
#include "lease/lease_write.h"
#include "observe/state_documents.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using std::chrono::seconds;
using ::testing::HasSubstr;

constexpr const char* kBooking = "xhqgmdh";

// Keys tell the guest and the date here.
Fleet OpenWith(World& world, contract::FaultPlan faults = {}) {
  Fleet fleet = world.Open(std::move(faults));
  fleet.config.policy.authority["*"] = {{"dispatch"}};
  fleet.config.pages.front().slug = "{date}-{guest}-{label}";
  return fleet;
}

class LeaseTest : public ::testing::Test {
 protected:
  LeaseTest() : fleet_(OpenWith(world_)) {}

  Lease Take(const std::string& holder, seconds ttl = kLeaseTtl) {
    auto lease = AcquireLease(fleet_, kBooking, holder, ttl);
    EXPECT_TRUE(lease.ok()) << lease.status().ToString();
    return lease.ok() ? *lease : Lease{};
  }
  void Pass(seconds time) { world_.environment.SetNow(world_.environment.Now() + time); }

  World world_;
  Fleet fleet_;
};

TEST_F(LeaseTest, OneHoldsAndTheOtherIsToldWhoAndUntilWhen) {
  const Lease lease = Take("Ana");
  EXPECT_EQ(lease.holder, "Ana");
  EXPECT_EQ(lease.booking, kBooking);
  EXPECT_EQ(lease.fence, 1u);
  EXPECT_EQ(lease.until, world_.environment.Now() + kLeaseTtl);
  EXPECT_TRUE(lease.writes.count({ResourceKind::kPage, "guest-pages", kSunset}));
  EXPECT_TRUE(lease.writes.count({ResourceKind::kPage, "guest-pages", kAfternoon}));
  EXPECT_TRUE(lease.writes.count({ResourceKind::kRecord, "dispatch", "S2FJLN"}));
  EXPECT_FALSE(lease.writes.count({ResourceKind::kPage, "guest-pages", kAna}));
  const auto refused = AcquireLease(fleet_, "S2FJLN", "Rosa");
  EXPECT_EQ(refused.code(), Code::kPreconditionFailed);
  EXPECT_THAT(refused.status().ToString(), HasSubstr("Ana until " + FormatInstant(lease.until)));
  EXPECT_EQ(*LeaseOf(fleet_, "S2FJLN"), lease) << "by any identifier";
  EXPECT_EQ(*LeaseOf(fleet_, "ana1"), std::nullopt);
  EXPECT_EQ(LeaseOf(fleet_, "nobody").code(), Code::kNotFound);
  EXPECT_EQ(ListLeases(fleet_)->size(), 1u);
}

TEST_F(LeaseTest, ARenewalKeepsTheNumberAndNeverShortens) {
  Take("Ana");
  Pass(seconds(60));
  const Lease longer = Take("Ana");
  EXPECT_EQ(longer.fence, 1u);
  EXPECT_EQ(longer.until, world_.environment.Now() + kLeaseTtl);
  EXPECT_EQ(RenewLease(fleet_, kBooking, "Ana", seconds(1))->until, longer.until);
  EXPECT_EQ(RenewLease(fleet_, kBooking, "Rosa").code(), Code::kPreconditionFailed);
  Pass(kLeaseTtl);
  EXPECT_EQ(RenewLease(fleet_, kBooking, "Ana").code(), Code::kPreconditionFailed) << "it ran out: look again";
}

TEST_F(LeaseTest, AfterReleaseTheNextHasABiggerNumberAndNothingToFence) {
  const std::string before = world_.Contents();
  const auto effects = world_.Effects();
  Take("Ana");
  ASSERT_TRUE(ReleaseLease(fleet_, kBooking, "Ana").ok());
  EXPECT_TRUE(ReleaseLease(fleet_, kBooking, "Ana").ok()) << "once more is no error";
  EXPECT_EQ((*LeaseOf(fleet_, kBooking))->holder, "");
  EXPECT_EQ(RenewLease(fleet_, kBooking, "Ana").code(), Code::kPreconditionFailed);
  EXPECT_EQ(Take("Rosa").fence, 2u);
  EXPECT_EQ(ReleaseLease(fleet_, kBooking, "Ana").code(), Code::kPreconditionFailed);
  EXPECT_EQ(world_.Effects(), effects);
}

TEST_F(LeaseTest, ItIsTakenOverOnlyWhenTheDifferenceOfClocksHasPassedToo) {
  const Lease first = Take("Ana");
  Pass(kLeaseTtl);
  EXPECT_FALSE(first.IsHeldBy("Ana", world_.environment.Now()));
  EXPECT_EQ(AcquireLease(fleet_, kBooking, "Rosa").code(), Code::kPreconditionFailed);
  Pass(kLeaseSkew - seconds(1));
  EXPECT_EQ(AcquireLease(fleet_, kBooking, "Rosa").code(), Code::kPreconditionFailed);
  Pass(seconds(1));
  EXPECT_EQ(Take("Rosa").fence, 2u);
}

TEST_F(LeaseTest, ATakeoverFencesWhatTheLastHolderHasUnderWay) {
  Take("Ana");
  const WriteStamp late{"late", WriteStamp::Fence{kBooking, 1}};
  const Version record = world_.records.Get("S2FJLN")->version;
  const Version sunset = world_.pages.Head(kSunset)->version, afternoon = world_.pages.Head(kAfternoon)->version;
  Pass(kLeaseTtl + kLeaseSkew);
  const Lease taken = Take("Rosa");
  EXPECT_EQ(taken.fence, 2u);
  EXPECT_TRUE(taken.unfenced.empty());
  EXPECT_EQ(world_.records.Get("S2FJLN")->version, record);
  EXPECT_EQ(world_.records.Update("S2FJLN", {{"page_slug", "gone"}}, {}, record, late).code(), Code::kPreconditionFailed);
  EXPECT_EQ(world_.pages.Delete(kSunset, sunset, {"late", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(world_.pages.Delete(kAfternoon, afternoon, {"late", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
  EXPECT_EQ(world_.pages.Get(kAfternoon)->bytes, kAfternoonBytes);
  EXPECT_TRUE(ReleaseLease(fleet_, kBooking, "Rosa").ok());
}

TEST_F(LeaseTest, OnesOwnLeaseThatRanOutIsFencedToo) {
  Take("publish");
  const Version sunset = world_.pages.Head(kSunset)->version;
  Pass(kLeaseTtl);
  EXPECT_EQ(Take("publish").fence, 2u) << "no other clock is waited for";
  EXPECT_EQ(world_.pages.Delete(kSunset, sunset, {"late", {}}).code(), Code::kPreconditionFailed);
}

TEST_F(LeaseTest, WhatIsNotFencedIsNotGivenBack) {
  Take("Ana");
  Pass(kLeaseTtl + kLeaseSkew);
  Fleet cut = OpenWith(world_, [](std::string_view call, std::string_view) { return call == "pages.Replace" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_EQ(AcquireLease(cut, kBooking, "Rosa").code(), Code::kUnavailable);
  EXPECT_EQ(ReleaseLease(fleet_, kBooking, "Rosa").code(), Code::kPreconditionFailed);
  EXPECT_FALSE((*LeaseOf(fleet_, kBooking))->unfenced.empty());
  // A third one who finds it abandoned has to do it all.
  Pass(kLeaseTtl + kLeaseSkew);
  const Version sunset = world_.pages.Head(kSunset)->version;
  EXPECT_EQ(Take("Gene").fence, 3u);
  EXPECT_NE(world_.pages.Head(kSunset)->version, sunset);
  EXPECT_TRUE(ReleaseLease(fleet_, kBooking, "Gene").ok());
}

// A page that went away, or came, between: nothing to be fenced is missing.
TEST_F(LeaseTest, APageThatIsGoneNeedsNoFence) {
  Take("Ana");
  world_.pages.DeleteForeign(kAfternoon);
  Pass(kLeaseTtl + kLeaseSkew);
  EXPECT_TRUE(Take("Rosa").unfenced.empty());
}

// At any call: nothing was done, the reply is lost, or somebody else was first. Asked again it is held once, and fenced.
TEST_F(LeaseTest, EveryFaultAtEveryCallEndsInOneHoldingThatIsFenced) {
  for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
    bool reached = true;
    for (int at = 1; reached; ++at) {
      World world;
      Fleet first = OpenWith(world);
      ASSERT_TRUE(AcquireLease(first, kBooking, "Ana").ok());
      const Version sunset = world.pages.Head(kSunset)->version;
      world.environment.SetNow(world.environment.Now() + kLeaseTtl + kLeaseSkew);
      int calls = 0;
      Fleet faulty = OpenWith(world, [&](std::string_view, std::string_view) { return ++calls == at ? fault : Fault::kNone; });
      auto lease = AcquireLease(faulty, kBooking, "Rosa");
      if (!lease.ok()) lease = AcquireLease(faulty, kBooking, "Rosa");
      reached = calls >= at;
      ASSERT_TRUE(lease.ok()) << at << " " << lease.status().ToString();
      EXPECT_EQ(lease->fence, 2u) << at;
      EXPECT_TRUE(lease->unfenced.empty()) << at;
      EXPECT_EQ(world.pages.Delete(kSunset, sunset, {"late", {}}).code(), Code::kPreconditionFailed) << at;
      EXPECT_EQ(world.records.Update("S2FJLN", {{"captain", "x"}}, {}, world.records.Get("S2FJLN")->version, {"late", WriteStamp::Fence{kBooking, 1}}).code(),
                Code::kPreconditionFailed) << at;
      EXPECT_TRUE(ReleaseLease(first, kBooking, "Rosa").ok()) << at;
    }
  }
}

TEST_F(LeaseTest, WhatMakesNoSenseIsRefused) {
  EXPECT_EQ(AcquireLease(fleet_, kBooking, "").code(), Code::kInvalidArgument);
  EXPECT_EQ(AcquireLease(fleet_, kBooking, "two\nlines").code(), Code::kInvalidArgument);
  EXPECT_EQ(AcquireLease(fleet_, kBooking, "Ana", seconds(0)).code(), Code::kInvalidArgument);
  EXPECT_EQ(AcquireLease(fleet_, kBooking, "Ana", kLeaseTtlMax + seconds(1)).code(), Code::kInvalidArgument);
  EXPECT_EQ(AcquireLease(fleet_, "nobody", "Ana").code(), Code::kNotFound);
  ASSERT_TRUE(world_.state.PutDocument(kLeaseKind, kBooking, {{"schema", "evenkeel.lease/2"}}, std::nullopt).ok());
  EXPECT_EQ(AcquireLease(fleet_, kBooking, "Ana").code(), Code::kInvalidArgument);
}

// Two processes, their clocks apart by as much as is allowed, whose calls interleave in every way.
struct Rival {
  Rival(World& world, MemoryEnvironment& clock, const std::string& name)
      : write(world.state, clock, {LeaseRequest::Kind::kTake, kBooking, name, seconds(60), {}, 0, 0, "", false}) {}
  void Step() {
    const auto done = write.Step();
    over = !done.ok() || *done;
    holds = done.ok() && *done;
  }
  LeaseWrite write;
  bool over = false, holds = false;
};

TEST(LeaseRace, OfTwoWhoTakeItAtOnceOneHoldsIt) {
  constexpr int kStepsMax = 6;
  for (unsigned order = 0; order < (1u << (2 * kStepsMax)); ++order) {
    World world;
    Rival ana(world, world.environment, "Ana"), rosa(world, world.environment, "Rosa");
    for (unsigned step = 0; step < 2 * kStepsMax; ++step) {
      Rival& next = (order >> step & 1u) != 0 ? ana : rosa;
      if (!next.over) next.Step();
    }
    for (Rival* one : {&ana, &rosa}) {
      while (!one->over) one->Step();
    }
    ASSERT_NE(ana.holds, rosa.holds) << order;
    EXPECT_EQ((ana.holds ? ana : rosa).write.lease().fence, 1u);
  }
}

TEST(LeaseRace, ClocksThatDifferLessThanAllowedNeverHoldAtOnce) {
  World world;
  const Instant start = world.environment.Now();
  for (int skew = -29; skew <= 29; ++skew) {
    World fresh;
    MemoryEnvironment other(start + seconds(skew));
    Rival ana(fresh, fresh.environment, "Ana");
    while (!ana.over) ana.Step();
    ASSERT_TRUE(ana.holds);
    for (int time = 0; time < 200; ++time) {
      fresh.environment.SetNow(start + seconds(time));
      other.SetNow(start + seconds(skew + time));
      Rival rosa(fresh, other, "Rosa");
      while (!rosa.over) rosa.Step();
      if (!rosa.holds) continue;
      EXPECT_FALSE(ana.write.lease().IsHeldBy("Ana", fresh.environment.Now())) << skew << " after " << time;
      EXPECT_EQ(rosa.write.lease().fence, 2u);
      break;
    }
  }
}

TEST_F(LeaseTest, FindTellsWhoHoldsItAndTheLastNote) {
  FindQuery query;
  query.id = "S2FJLN";
  EXPECT_EQ(FindBooking(fleet_, query)->bookings.at(0).lease, std::nullopt);
  const Lease lease = Take("Ana");
  ASSERT_TRUE(LeaveNote(fleet_, kBooking, "moved to dock B", "Ana").ok());
  const auto found = FindBooking(fleet_, query);
  ASSERT_TRUE(found.ok()) << found.status().ToString();
  EXPECT_EQ(found->bookings.at(0).lease, lease);
  EXPECT_EQ(found->bookings.at(0).handoff->note, "moved to dock B");
}

TEST_F(LeaseTest, ANoteOfTheSecondInWhichARunEndedIsTheLastOne) {
  const Handoff of_run{kBooking, "done", "Ana", "run-0123456789ab", world_.environment.Now()};
  ASSERT_TRUE(fleet_.state->PutDocument(kHandoffKind, IdOf(of_run), ToJson(of_run), std::nullopt).ok());
  ASSERT_TRUE(LeaveNote(fleet_, kBooking, "the listing is left", "Rosa").ok());
  EXPECT_EQ((*LastHandoff(fleet_, kBooking))->note, "the listing is left");
}

TEST_F(LeaseTest, ANoteIsLeftForTheNextAndTheLastOneIsRead) {
  EXPECT_EQ(*LastHandoff(fleet_, kBooking), std::nullopt);
  ASSERT_TRUE(LeaveNote(fleet_, "S2FJLN", "the guests bring a cake", "Ana").ok());
  ASSERT_TRUE(LeaveNote(fleet_, kBooking, "moved to dock B", "Rosa").ok()) << "of the same second";
  EXPECT_EQ((*LastHandoff(fleet_, kBooking))->note, "moved to dock B");
  EXPECT_EQ(ListHandoffs(*fleet_.state)->size(), 2u);
  EXPECT_EQ(LeaveNote(fleet_, kBooking, " \n", "Ana").code(), Code::kInvalidArgument);
  EXPECT_EQ(LeaveNote(fleet_, kBooking, "x", "").code(), Code::kInvalidArgument);
  EXPECT_EQ(LeaveNote(fleet_, "nobody", "x", "Ana").code(), Code::kNotFound);
}

}  // namespace
}  // namespace evenkeel::apply_test
