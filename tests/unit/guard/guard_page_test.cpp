#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/evenkeel.h"
#include "observe/state_documents.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class GuardPageTest : public ::testing::Test {
 protected:
  GuardPageTest() : fleet_(world_.Open()) {
    fleet_.config.policy.authority["*"] = {{"dispatch"}};
    fleet_.config.pages.front().slug = "{date}-{guest}-{label}";
  }

  GuardAnswer Guard(const std::string& key, const std::string& bytes, const std::string& holder = "") {
    auto answer = GuardDeploy(fleet_, key, bytes, holder);
    EXPECT_TRUE(answer.ok()) << answer.status().ToString();
    return answer.ok() ? *std::move(answer) : GuardAnswer{};
  }
  static std::vector<std::string> Kinds(const GuardAnswer& answer) {
    std::vector<std::string> kinds;
    for (const Refusal& refusal : answer.refusals) {
      EXPECT_FALSE(refusal.why.empty());
      EXPECT_FALSE(refusal.next.empty());
      kinds.emplace_back(RefusalKindName(refusal.kind));
    }
    return kinds;
  }

  World world_;
  Fleet fleet_;
};

TEST_F(GuardPageTest, TheSameAndBetterBytesMayBeDeployed) {
  const GuardAnswer same = Guard(kAna, kAnaBytes);
  EXPECT_THAT(Kinds(same), IsEmpty());
  EXPECT_TRUE(same.replaces);
  EXPECT_EQ(same.booking, "ana1");
  EXPECT_EQ(same.page.ToString(), std::string("guest-pages:") + kAna);
}

TEST_F(GuardPageTest, NothingIsWrittenAnywhere) {
  const std::string before = world_.Contents();
  Guard(kSunset, "<p>4:30 PM</p>");
  EXPECT_EQ(world_.Contents(), before);
}

TEST_F(GuardPageTest, ALostFeatureIsNamed) {
  const std::string with = "<html><body><p>Ana sails at 1:00 PM</p><form class=\"waiver-upload\"></form></body></html>";
  world_.pages.PutForeign(kAna, with);
  EXPECT_THAT(Kinds(Guard(kAna, with)), IsEmpty());
  const GuardAnswer lost = Guard(kAna, kAnaBytes);
  EXPECT_THAT(Kinds(lost), ElementsAre("feature_lost"));
  EXPECT_THAT(lost.refusals.at(0).why, HasSubstr("waiver-form"));
}

TEST_F(GuardPageTest, AnOldTimeIsNamedWithItsLineAndWhatIsTrue) {
  const GuardAnswer reverted = Guard(kAna, "<html><body>\n<p>Ana sails at 12:15 PM</p></body></html>\n");
  ASSERT_THAT(Kinds(reverted), ElementsAre("verdict"));
  EXPECT_THAT(reverted.refusals.at(0).why, HasSubstr("line 2"));
  EXPECT_THAT(reverted.refusals.at(0).why, HasSubstr("12:15 PM"));
}

TEST_F(GuardPageTest, ARetiredPageDoesNotComeBackAndTheSurvivorIsNamed) {
  ApplyOptions options;
  options.approve_all = true;
  ASSERT_TRUE(Apply(fleet_, world_.MakePlanByHand(), options).ok());
  const GuardAnswer back = Guard(kAfternoon, kSunsetAfter);
  ASSERT_THAT(Kinds(back), ::testing::Contains("retired_key"));
  EXPECT_THAT(back.refusals.at(0).next, HasSubstr(kSunset));
  // The survivor of then has been retired since.
  const Tombstone later{{ResourceKind::kPage, "guest-pages", kSunset}, {ResourceKind::kPage, "guest-pages", kAna}, "xhqgmdh", "run-2", world_.environment.Now()};
  ASSERT_TRUE(world_.state.PutDocument(kTombstoneKind, evenkeel::IdOf(later), ToJson(later), std::nullopt).ok());
  EXPECT_THAT(Guard(kAfternoon, kSunsetAfter).refusals.at(0).next, HasSubstr(kAna));
}

TEST_F(GuardPageTest, ASecondPageForABookingIsRefused) {
  const std::string code = "<html><body><p>Ana sails at 1:00 PM</p><!-- ANA001 --><script>var code = 'ANA001';</script></body></html>\n";
  const GuardAnswer second = Guard("g/2026-06-01-ana-evening.html", code);
  ASSERT_THAT(Kinds(second), ::testing::Contains("duplicate"));
  EXPECT_THAT(second.refusals.at(0).next, HasSubstr(kAna));
  EXPECT_FALSE(second.replaces);
}

TEST_F(GuardPageTest, AnotherHoldersLeaseIsAnObstacle) {
  ASSERT_TRUE(AcquireLease(fleet_, "ana1", "Rosa").ok());
  EXPECT_THAT(Kinds(Guard(kAna, kAnaBytes)), ElementsAre("leased"));
  EXPECT_THAT(Kinds(Guard(kAna, kAnaBytes, "Gene")), ElementsAre("leased"));
  EXPECT_THAT(Kinds(Guard(kAna, kAnaBytes, "Rosa")), IsEmpty());
  ASSERT_TRUE(ReleaseLease(fleet_, "ana1", "Rosa").ok());
  EXPECT_THAT(Kinds(Guard(kAna, kAnaBytes)), IsEmpty());
}

TEST_F(GuardPageTest, APageThatSomebodyElseReservedIsRefused) {
  const std::string bytes = "<html><body><p>Mira sails at 1:00 PM</p></body></html>\n";
  const auto key = [](const char* slug) { return "g/" + std::string(slug) + ".html"; };
  const std::string mira = key("2026-07-04-mira-morning");
  const FindQuery query{Date(date::year(2026), date::month(7), date::day(4)), "Mira Jones", ""};
  EXPECT_THAT(Kinds(Guard(mira, bytes)), IsEmpty());
  ASSERT_TRUE(ReserveBooking(fleet_, query, "publish")->mine.has_value());
  const GuardAnswer refused = Guard(mira, bytes, "other");
  ASSERT_THAT(Kinds(refused), ElementsAre("reserved"));
  EXPECT_THAT(refused.refusals.at(0).why, HasSubstr("publish"));
  EXPECT_THAT(Kinds(Guard(mira, bytes)), ElementsAre("reserved")) << "nobody's";
  EXPECT_THAT(Kinds(Guard(mira, bytes, "publish")), IsEmpty()) << "its own";
  EXPECT_THAT(Kinds(Guard(key("2026-07-04-bob-morning"), bytes, "other")), IsEmpty()) << "another guest";
  EXPECT_THAT(Kinds(Guard(key("2026-07-05-mira-morning"), bytes, "other")), IsEmpty()) << "another day";
  EXPECT_THAT(Kinds(Guard(kAna, kAnaBytes, "other")), IsEmpty()) << "a page that is there";
  world_.environment.SetNow(world_.environment.Now() + kLeaseTtl + kLeaseSkew);
  EXPECT_THAT(Kinds(Guard(mira, bytes, "other")), IsEmpty()) << "it ran out";
}

TEST_F(GuardPageTest, AReservationByAnIdentifierHoldsForEveryPageThatMayBeIt) {
  const FindQuery query{Date(date::year(2026), date::month(7), date::day(4)), "", "mira77x"};
  ASSERT_TRUE(ReserveBooking(fleet_, query, "publish")->mine.has_value());
  const auto page = [](const std::string& id) {
    return "<html><body data-booking-id=\"" + id + "\"><p>Mira sails at 1:00 PM</p></body></html>\n";
  };
  EXPECT_THAT(Kinds(Guard("g/2026-07-04-mira.html", page("mira77x"), "other")), ElementsAre("reserved"));
  EXPECT_THAT(Kinds(Guard("g/2026-07-04-mira.html", page("bobs88y"), "other")), IsEmpty());
  EXPECT_THAT(Kinds(Guard("g/2026-07-04-mira.html", "<p>Mira, 1:00 PM</p>", "other")), ElementsAre("reserved")) << "nobody knows";
}

TEST_F(GuardPageTest, WhatCannotBeKnownIsNotAllowed) {
  EXPECT_EQ(GuardDeploy(fleet_, "elsewhere/x.html", kAnaBytes, "").code(), Code::kInvalidArgument);
  EXPECT_TRUE(GuardDeploy(fleet_, std::string("guest-pages:") + kAna, kAnaBytes, "").ok());
  EXPECT_EQ(GuardDeploy(fleet_, kAna, std::string("\xff\xfe<\0p\0", 6), "").code(), Code::kInvalidArgument) << "UTF-16";
  Fleet blind = world_.Open([](std::string_view call, std::string_view) { return call == "records.List" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_EQ(GuardDeploy(blind, kAna, kAnaBytes, "").code(), Code::kUnavailable);
  ASSERT_TRUE(world_.state.PutDocument("reservation", "no date", {{"schema", "x"}}, std::nullopt).ok());
  EXPECT_EQ(GuardDeploy(fleet_, kAna, kAnaBytes, "").code(), Code::kInvalidArgument) << "a damaged reservation";
  ASSERT_TRUE(world_.state.DeleteDocument("reservation", "no date", world_.state.GetDocument("reservation", "no date")->version).ok());
  world_.pages.PutForeign(kAna, std::string(1000, 'x'));
  fleet_.config.limits.page_bytes = 500;
  EXPECT_THAT(Kinds(Guard(kAna, kAnaBytes)), ElementsAre("unread"));
}

}  // namespace
}  // namespace evenkeel::apply_test
