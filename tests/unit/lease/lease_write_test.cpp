// What may follow a lease, and the one document that says so under whatever the state store does.
#include "lease/lease_write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/faults.h"
#include "evenkeel/memory_stores.h"
#include "observe/state_documents.h"

namespace evenkeel {
namespace {

using contract::Fault;
using std::chrono::minutes;
using ::testing::HasSubstr;

constexpr Instant kNow{std::chrono::seconds(1'780'000'000)};
const Resource kPage{ResourceKind::kPage, "guest-pages", "g/x.html"};

Lease Held(const std::string& holder, std::uint64_t fence = 3) { return {"b", holder, fence, kNow + kLeaseTtl, kNow, {}, {}, ""}; }
LeaseRequest Ask(LeaseRequest::Kind kind, const std::string& holder) {
  LeaseRequest request;
  request.kind = kind;
  request.booking = "b";
  request.holder = holder;
  return request;
}
std::string Refusal(const std::optional<Lease>& stands, const LeaseRequest& request, Instant now = kNow) {
  const auto next = NextLease(stands, request, now);
  EXPECT_TRUE(next.ok() || next.code() == Code::kPreconditionFailed);
  return next.ok() ? "" : next.status().message();
}

TEST(NextLease, NobodysLeaseIsTakenAndNothingElseOfIt) {
  EXPECT_EQ(NextLease(std::nullopt, Ask(LeaseRequest::Kind::kTake, "Ana"), kNow)->fence, 1u);
  for (const auto kind : {LeaseRequest::Kind::kRenew, LeaseRequest::Kind::kFenced, LeaseRequest::Kind::kRelease}) {
    EXPECT_THAT(Refusal(std::nullopt, Ask(kind, "Ana")), HasSubstr("leased to nobody"));
  }
  EXPECT_THAT(Refusal(Held(""), Ask(LeaseRequest::Kind::kRenew, "Ana")), HasSubstr("leased to nobody"));
  EXPECT_THAT(Refusal(Held("Rosa"), Ask(LeaseRequest::Kind::kRelease, "Ana")), HasSubstr("is leased to Rosa until "));
}

TEST(NextLease, GivingBackTwiceIsGivingBack) {
  LeaseRequest request = Ask(LeaseRequest::Kind::kRelease, "Ana");
  EXPECT_EQ(*NextLease(Held(""), request, kNow), Held(""));
  request.fence = 2;
  EXPECT_THAT(Refusal(Held("Ana"), request), HasSubstr("is leased to Ana")) << "another holding is meant";
}

TEST(NextLease, ARenewalNeedsALeaseThatStandsAndAClockThatHasReachedIt) {
  const LeaseRequest renew = Ask(LeaseRequest::Kind::kRenew, "Ana");
  EXPECT_EQ(NextLease(Held("Ana"), renew, kNow + minutes(1))->until, kNow + minutes(1) + kLeaseTtl);
  EXPECT_THAT(Refusal(Held("Ana"), renew, kNow + kLeaseTtl), HasSubstr("ran out at"));
  EXPECT_THAT(Refusal(Held("Ana"), renew, kNow - minutes(30)), HasSubstr("set the clock right"));
}

TEST(NextLease, AClockThatIsBehindIsBelievedWhereSomebodySaysSo) {
  LeaseRequest take = Ask(LeaseRequest::Kind::kTake, "Ana");
  EXPECT_THAT(Refusal(Held("Ana"), take, kNow - minutes(30)), HasSubstr("set the clock right"));
  take.trusts_clock = true;
  const auto next = NextLease(Held("Ana"), take, kNow - minutes(30));
  ASSERT_TRUE(next.ok()) << next.status().ToString();
  EXPECT_EQ(next->fence, 4u) << "what it held by the other clock is not renewed";
  EXPECT_EQ(next->until, kNow - minutes(30) + take.ttl);
  EXPECT_THAT(Refusal(Held("Rosa"), take, kNow - minutes(30)), HasSubstr("is leased to Rosa")) << "it lifts nobody else's";
}

TEST(NextLease, WhoRefusesSaysWhatToDo) {
  EXPECT_THAT(Refusal(Held("run-0123456789ab"), Ask(LeaseRequest::Kind::kTake, "Ana")), HasSubstr("evenkeel resume run-0123456789ab if it was cut off"));
  EXPECT_THAT(Refusal(Held("Rosa"), Ask(LeaseRequest::Kind::kTake, "Ana")), HasSubstr("ask Rosa to give it back"));
  Lease busy = Held("Ana");
  busy.run = "run-a";
  EXPECT_THAT(Refusal(busy, Ask(LeaseRequest::Kind::kRelease, "Ana")), HasSubstr("run-a works under that lease"));
  LeaseRequest other = Ask(LeaseRequest::Kind::kTake, "Ana");
  other.run = "run-b";
  EXPECT_THAT(Refusal(busy, other), HasSubstr("evenkeel resume run-a"));
  Lease unfenced = Held("Ana");
  unfenced.unfenced = {kPage};
  EXPECT_THAT(Refusal(unfenced, Ask(LeaseRequest::Kind::kRelease, "Ana")), HasSubstr("not fenced yet"));
}

class LeaseWriteTest : public ::testing::Test {
 protected:
  // Steps to the end under the faults.
  StatusOr<bool> Take(const std::string& holder, contract::FaultPlan faults) {
    contract::FaultyStateStore store(state_, std::move(faults));
    LeaseWrite write(store, environment_, Ask(LeaseRequest::Kind::kTake, holder));
    for (;;) {
      auto step = write.Step();
      if (!step.ok() || *step) return step;
    }
  }

  MemoryStateStore state_;
  MemoryEnvironment environment_{kNow};
};

TEST_F(LeaseWriteTest, OthersWhoKeepWritingItAreGivenUpOnAfterEight) {
  int puts = 0;
  const auto taken = Take("Ana", [&puts](std::string_view call, std::string_view) { return call == "PutDocument" ? ++puts, Fault::kConflict : Fault::kNone; });
  EXPECT_EQ(taken.code(), Code::kUnavailable);
  EXPECT_EQ(puts, 8);
  EXPECT_EQ(state_.GetDocument(kLeaseKind, "b").code(), Code::kNotFound);
}

TEST_F(LeaseWriteTest, OneThatWasTakenAwayMeanwhileIsWrittenAnew) {
  ASSERT_TRUE(Take("Ana", [](std::string_view, std::string_view) { return Fault::kNone; }).ok());
  environment_.SetNow(kNow + minutes(1));
  bool struck = false;
  const auto taken = Take("Ana", [&](std::string_view call, std::string_view) {
    if (call == "PutDocument" && !std::exchange(struck, true)) static_cast<void>(state_.DeleteDocument(kLeaseKind, "b", state_.GetDocument(kLeaseKind, "b")->version).ok());
    return Fault::kNone;
  });
  ASSERT_TRUE(taken.ok()) << taken.status().ToString();
  EXPECT_EQ(state_.GetDocument(kLeaseKind, "b")->value.at("holder"), "Ana");
}

TEST_F(LeaseWriteTest, ADocumentThatIsNoLeaseIsNamed) {
  ASSERT_TRUE(state_.PutDocument(kLeaseKind, "b", {{"schema", "evenkeel.lease/9"}}, std::nullopt).ok());
  EXPECT_EQ(Take("Ana", [](std::string_view, std::string_view) { return Fault::kNone; }).code(), Code::kInvalidArgument);
}

}  // namespace
}  // namespace evenkeel
