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

constexpr Date kMay30{date::year(2026), date::month(5), date::day(30)};

FindQuery By(std::optional<Date> date, const std::string& guest) {
  FindQuery query;
  query.date = date;
  query.guest = guest;
  return query;
}
FindQuery ById(const std::string& id) {
  FindQuery query;
  query.id = id;
  return query;
}

class GuardTest : public ::testing::Test {
 protected:
  GuardTest() : fleet_(world_.Open()) { fleet_.config.policy.authority["*"] = {{"dispatch"}}; }

  std::vector<std::string> Find(const FindQuery& query) {
    auto found = FindBooking(fleet_, query);
    EXPECT_TRUE(found.ok()) << found.status().ToString();
    std::vector<std::string> keys;
    if (found.ok()) {
      for (const Found& one : found->bookings) keys.push_back(one.booking);
    }
    return keys;
  }

  World world_;
  Fleet fleet_;
};

TEST_F(GuardTest, FindsByDateGuestAndIdentifier) {
  EXPECT_THAT(Find(By(kMay30, "")), ElementsAre("xhqgmdh"));
  EXPECT_THAT(Find(By(kMay30, "JONATHAN")), ElementsAre("xhqgmdh"));
  EXPECT_THAT(Find(By(kMay30, "Jon")), IsEmpty());
  EXPECT_THAT(Find(By(kMay30, "Ana")), IsEmpty());
  EXPECT_THAT(Find(By(std::nullopt, "Ana")), ElementsAre("ana1"));
  EXPECT_THAT(Find(ById("S2FJLN")), ElementsAre("xhqgmdh"));
  EXPECT_THAT(Find(ById("S2FJL")), IsEmpty());
  EXPECT_EQ(FindBooking(fleet_, {}).code(), Code::kInvalidArgument);
}

TEST_F(GuardTest, TellsThePageItsFeaturesAndItsUrls) {
  auto found = FindBooking(fleet_, ById("ana1"));
  ASSERT_EQ(found->bookings.size(), 1u);
  const Found& ana = found->bookings.front();
  ASSERT_TRUE(ana.page.has_value());
  EXPECT_EQ(ana.page->key, kAna);
  EXPECT_THAT(ana.public_urls, ElementsAre("https://example.com/g/2026-06-01-ana", "https://example.com/g/2026-06-01-ana.html"));
  EXPECT_THAT(ana.title, HasSubstr("2026-06-01"));
  EXPECT_FALSE(ana.why.empty());
}

TEST_F(GuardTest, ARetiredPageAnswersWithItsSurvivorAndTheLastHandoff) {
  ApplyOptions options;
  options.approve_all = true;
  ASSERT_TRUE(Apply(fleet_, world_.MakePlanByHand(), options).ok());
  for (const char* id : {"2026-05-30-jonathan-afternoon", kAfternoon, "https://example.com/g/2026-05-30-jonathan-afternoon"}) {
    auto found = FindBooking(fleet_, ById(id));
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->bookings.size(), 1u) << id;
    ASSERT_TRUE(found->bookings.front().page.has_value());
    EXPECT_EQ(found->bookings.front().page->key, kSunset);
    EXPECT_THAT(found->bookings.front().why, ::testing::Contains(HasSubstr("was retired")));
    ASSERT_TRUE(found->bookings.front().handoff.has_value());
    EXPECT_EQ(found->bookings.front().handoff->note, "moved to 3:30");
  }
}

TEST_F(GuardTest, NobodyIsToldThatThereIsNoneWhileAStoreIsDark) {
  Fleet blind = world_.Open(
      [](std::string_view call, std::string_view) { return call == "pages.List" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_EQ(FindBooking(blind, ById("nobody")).code(), Code::kUnavailable);
}

// A page that was not read answers by its key; where the key does not say enough, nobody is told that there is none.
class UnreadGuardTest : public GuardTest {
 protected:
  UnreadGuardTest() { fleet_.config.pages.front().slug = "{date}-{guest}"; }
  void Put(const std::string& key) { world_.pages.PutForeign(key, std::string(1000, 'x')); }
  FindAnswer Ask(const FindQuery& query) {
    fleet_.config.limits.page_bytes = 500;
    auto answer = FindBooking(fleet_, query);
    EXPECT_TRUE(answer.ok()) << answer.status().ToString();
    return answer.ok() ? *std::move(answer) : FindAnswer{};
  }
  static constexpr Date kJuly4{date::year(2026), date::month(7), date::day(4)};
};

TEST_F(UnreadGuardTest, APageOverTheLimitIsFoundByItsKey) {
  Put("g/2026-07-04-priya.html");
  for (const FindQuery& query : {By(kJuly4, ""), By(kJuly4, "Priya"), ById("2026-07-04-priya")}) {
    const FindAnswer answer = Ask(query);
    EXPECT_EQ(answer.kind(), FindAnswer::Kind::kExists);
    ASSERT_EQ(answer.bookings.size(), 1u);
    EXPECT_FALSE(answer.bookings.front().page.has_value());
    ASSERT_EQ(answer.bookings.front().unread_pages.size(), 1u);
    EXPECT_EQ(answer.bookings.front().unread_pages.front().key, "g/2026-07-04-priya.html");
    ASSERT_EQ(answer.unread.size(), 1u);
    EXPECT_THAT(answer.unread.front().why, HasSubstr("raise limits.page_bytes in the fleet file, or exclude the page"));
  }
}

TEST_F(UnreadGuardTest, AnUnreadPageHidesOnlyWhatItCouldBe) {
  Put("g/2026-07-04-priya.html");
  EXPECT_EQ(Ask(By(kJuly4, "Priya Shah")).kind(), FindAnswer::Kind::kAmbiguous) << "the key holds a part of the name";
  EXPECT_EQ(Ask(By(kJuly4, "Bob")).kind(), FindAnswer::Kind::kNone);
  EXPECT_EQ(Ask(By(Date{date::year(2031), date::month(1), date::day(1)}, "")).kind(), FindAnswer::Kind::kNone);
  const FindAnswer by_id = Ask(ById("nobody"));
  EXPECT_EQ(by_id.kind(), FindAnswer::Kind::kAmbiguous) << "an identifier may stand on the page";
  ASSERT_EQ(by_id.may_hide.size(), 1u);
  EXPECT_EQ(by_id.may_hide.front().resource, "g/2026-07-04-priya.html");
}

TEST_F(UnreadGuardTest, AnUnreadPageWithoutADateMayBeAnyBookings) {
  fleet_.config.pages.front().slug = PageStoreConfig().slug;
  Put("g/priya.html");
  const FindAnswer answer = Ask(By(kJuly4, ""));
  EXPECT_EQ(answer.kind(), FindAnswer::Kind::kAmbiguous);
  EXPECT_THAT(answer.bookings, IsEmpty());
  ASSERT_EQ(answer.may_hide.size(), 1u);
  EXPECT_EQ(answer.may_hide.front().resource, "g/priya.html");
  EXPECT_EQ(Ask(By(kMay30, "")).kind(), FindAnswer::Kind::kExists);
}

TEST_F(GuardTest, SetKeepsAPersonsWordInCanonicalForm) {
  auto kept = SetFields(fleet_, "S2FJLN", {"start=3:30 PM", "captain=Rosa"}, "Gene");
  ASSERT_TRUE(kept.ok()) << kept.status().ToString();
  ASSERT_EQ(kept->size(), 2u);
  EXPECT_EQ((*kept)[0].value, "15:30");
  const auto stored = ListInstructions(*fleet_.state).value();
  ASSERT_EQ(stored.size(), 2u);
  for (const Instruction& instruction : stored) {
    EXPECT_EQ(instruction.booking, "xhqgmdh");
    EXPECT_EQ(instruction.by, "Gene");
    EXPECT_EQ(instruction.at, world_.environment.Now());
  }
  // A newer word takes the older one's place.
  ASSERT_TRUE(SetFields(fleet_, "xhqgmdh", {"captain=Ana"}, "Rosa").ok());
  EXPECT_EQ(ListInstructions(*fleet_.state)->size(), 2u);
}

TEST_F(GuardTest, SetRefusesWithOneClearLineAndKeepsNothing) {
  const auto refuse = [this](const std::string& booking, const std::vector<std::string>& assignments, const std::string& by,
                             Code code, const std::string& words) {
    auto kept = SetFields(fleet_, booking, assignments, by);
    EXPECT_EQ(kept.code(), code) << words;
    EXPECT_THAT(kept.status().ToString(), HasSubstr(words));
    EXPECT_TRUE(ListInstructions(*fleet_.state)->empty());
  };
  refuse("xhqgmdh", {"captain=Rosa", "strat=15:30"}, "Gene", Code::kInvalidArgument, "start");
  refuse("xhqgmdh", {"start"}, "Gene", Code::kInvalidArgument, "FIELD=VALUE");
  refuse("xhqgmdh", {"start=banana"}, "Gene", Code::kInvalidArgument, "start=banana");
  refuse("xhqgmdh", {"code=OTHER1"}, "Gene", Code::kInvalidArgument, "identifies");
  refuse("xhqgmdh", {"start=15:30", "start=16:30"}, "Gene", Code::kInvalidArgument, "twice");
  refuse("xhqgmdh", {"start=15:30"}, "", Code::kInvalidArgument, "--by");
  refuse("nobody", {"start=15:30"}, "Gene", Code::kNotFound, "nobody");
}

TEST_F(GuardTest, WhatWasSetIsPlannedEverywhere) {
  ASSERT_TRUE(SetFields(fleet_, "ana1", {"captain=Rosa"}, "Gene").ok());
  AuditOptions options;
  options.booking = "ana1";
  auto plan = PlanFleet(fleet_, options);
  ASSERT_TRUE(plan.ok()) << plan.status().ToString();
  EXPECT_NE(IdOf(*plan, Verb::kUpdateRecord, "ANA001"), "");
}

}  // namespace
}  // namespace evenkeel::apply_test
