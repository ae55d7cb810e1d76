#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/match/world.h"

namespace evenkeel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const auto Id = &World::Id;

void AddIncident(World& world) {
  world.Page("2026-05-30-jonathan-sunset", {Id("booking", "xhqgmdh"), Id("code", "S2FJLN")});
  world.Page("2026-05-30-jonathan-afternoon", {Id("code", "S2FJLN")});
  world.RecordOf("dispatch", "S2FJLN",
                 {Id("booking", "xhqgmdh"), Id("code", "S2FJLN"), Id("listing", "jonathan-crew-booking"),
                  Id("page", "pages:g/2026-05-30-jonathan-afternoon.html"), Id("date", "2026-05-30"), {"guest", "Jonathan", "column guest_name"}});
  world.EventOf("7c1f@x", "2026-05-30", "Jonathan – sunset sail, 4:30–7:30 PM", "Guest code S2FJLN. Ice and the blue cooler.");
  world.ListingOf("jonathan-crew-booking", "2026-05-30", "Jonathan: sunset sail");
  world.CardOf("xhqgmdh", "move to 3:30", {Id("booking", "xhqgmdh"), Id("page", "pages:g/2026-05-30-jonathan-sunset.html")});
}

TEST(Match, TheIncidentIsOneBooking) {
  World world;
  AddIncident(world);
  const std::vector<Booking> bookings = world.Match();
  ASSERT_THAT(KeysOf(bookings), ElementsAre("xhqgmdh"));
  EXPECT_THAT(MembersOf(bookings, "xhqgmdh"),
              ElementsAre("pages:g/2026-05-30-jonathan-afternoon.html", "pages:g/2026-05-30-jonathan-sunset.html", "dispatch:S2FJLN",
                          "calendar:7c1f@x", "market:jonathan-crew-booking", "board:xhqgmdh"));
  EXPECT_THAT(bookings[0].candidates, IsEmpty());
  EXPECT_EQ(bookings[0].guest, "Jonathan");
  EXPECT_EQ(FormatDate(*bookings[0].date), "2026-05-30");
  EXPECT_EQ(bookings[0].zone, "America/Los_Angeles");
  EXPECT_TRUE(bookings[0].identifiers.at("slug").contains("2026-05-30-jonathan-sunset"));
  for (std::size_t i = 0; i < bookings[0].links.size(); ++i) {
    EXPECT_GE(bookings[0].links[i].weight, kStrongLink);
    EXPECT_FALSE(bookings[0].links[i].evidence.empty());
    EXPECT_LE(bookings[0].links[i].weight, bookings[0].links[i == 0 ? 0 : i - 1].weight);
  }
}

TEST(Match, APageWithoutNamesJoinsByTheCardThatNamesBoth) {
  World world;
  world.Page("2026-05-30-jonathan-sunset");
  world.Page("2026-05-30-jonathan-afternoon");
  world.RecordOf("dispatch", "S2FJLN", {Id("booking", "xhqgmdh"), Id("page", "pages:g/2026-05-30-jonathan-afternoon.html")});
  world.CardOf("xhqgmdh", "move to 3:30", {Id("booking", "xhqgmdh"), Id("page", "pages:g/2026-05-30-jonathan-sunset.html")});
  const auto bookings = world.Match();
  ASSERT_THAT(KeysOf(bookings), ElementsAre("xhqgmdh"));
  EXPECT_EQ(bookings[0].members.size(), 4u);
  EXPECT_THAT(bookings[0].links.back().evidence, Not(HasSubstr("named after")));
}

TEST(Match, DateAndGuestAloneNeverJoinAPage) {
  World world;
  world.Page("2026-05-30-jonathan-sunset");
  world.Page("2026-05-30-jonathan-afternoon");
  world.RecordOf("dispatch", "S2FJLN",
                 {Id("booking", "xhqgmdh"), Id("page", "pages:g/2026-05-30-jonathan-afternoon.html"), Id("date", "2026-05-30"), Id("guest", "Jonathan Smith")});
  const auto bookings = world.Match();
  EXPECT_THAT(KeysOf(bookings), ElementsAre("pages:g/2026-05-30-jonathan-sunset.html", "xhqgmdh"));
  EXPECT_THAT(CandidatesOf(bookings, "xhqgmdh"), ElementsAre("pages:g/2026-05-30-jonathan-sunset.html"));
  EXPECT_LT(FindBooking(bookings, "xhqgmdh")->candidates[0].weight, kStrongLink);
  EXPECT_THAT(FindBooking(bookings, "xhqgmdh")->candidates[0].evidence, HasSubstr("date 2026-05-30 and guest jonathan"));
}

TEST(Match, TwoSailingsOfOneGuestOnOneDayStayTwo) {
  World world;
  world.Page("2027-02-20-priya-morning", {Id("booking", "pzkwlem")});
  world.Page("2027-02-20-priya-golden-hour");
  world.RecordOf("dispatch", "P4WHAL", {Id("booking", "pzkwlem"), Id("code", "P4WHAL"), Id("page", "pages:g/2027-02-20-priya-morning.html"), Id("date", "2027-02-20"), Id("guest", "Priya")});
  world.RecordOf("dispatch", "P9GOLD", {Id("booking", "pzrtung"), Id("code", "P9GOLD"), Id("page", "pages:g/2027-02-20-priya-golden-hour.html"), Id("date", "2027-02-20"), Id("guest", "Priya")});
  world.EventOf("a@x", "2027-02-20", "Priya – whale watch", "Guest code P4WHAL.");
  world.EventOf("b@x", "2027-02-20", "Priya – golden hour sail", "Guest code P9GOLD.");
  const auto bookings = world.Match();
  EXPECT_THAT(MembersOf(bookings, "pzkwlem"), ElementsAre("pages:g/2027-02-20-priya-morning.html", "dispatch:P4WHAL", "calendar:a@x"));
  EXPECT_THAT(MembersOf(bookings, "pzrtung"), ElementsAre("pages:g/2027-02-20-priya-golden-hour.html", "dispatch:P9GOLD", "calendar:b@x"));
  for (const Booking& booking : bookings) EXPECT_THAT(booking.candidates, IsEmpty()) << booking.key;
}

TEST(Match, APageWithoutARecordIsABookingOfItsOwn) {
  World world;
  world.Page("2026-06-13-bergstrom-evening", {Id("booking", "bvrgstm")});
  world.Page("2026-07-01-lone-page");
  world.EventOf("2be9@x", "2026-06-13", "Bergstrom – evening sail", "Guests: 6\nBooking #bvrgstm, taken by phone.");
  const auto bookings = world.Match();
  EXPECT_THAT(KeysOf(bookings), ElementsAre("bvrgstm", "pages:g/2026-07-01-lone-page.html"));
  EXPECT_THAT(MembersOf(bookings, "bvrgstm"), ElementsAre("pages:g/2026-06-13-bergstrom-evening.html", "calendar:2be9@x"));
}

TEST(Match, ASharedCodeDoesNotMergeTwoBookings) {
  World world;
  world.RecordOf("dispatch", "1", {Id("booking", "aaaa111"), Id("code", "FAMILY7"), Id("page", "pages:g/2026-05-30-a-x.html")});
  world.RecordOf("dispatch", "2", {Id("booking", "bbbb222"), Id("code", "FAMILY7"), Id("page", "pages:g/2026-05-31-a-x.html")});
  world.Page("2026-05-30-a-x", {Id("code", "FAMILY7")});
  world.Page("2026-05-31-a-x", {Id("code", "FAMILY7")});
  const auto bookings = world.Match();
  EXPECT_THAT(MembersOf(bookings, "aaaa111"), ElementsAre("pages:g/2026-05-30-a-x.html", "dispatch:1"));
  EXPECT_THAT(MembersOf(bookings, "bbbb222"), ElementsAre("pages:g/2026-05-31-a-x.html", "dispatch:2"));
}

TEST(Match, ASharedListingDoesNotMergeTwoCodes) {
  World world;
  for (int i = 0; i < 20; ++i) world.RecordOf("dispatch", std::to_string(i), {Id("code", "CODE" + std::to_string(i)), Id("listing", "the-boat")});
  EXPECT_EQ(world.Match().size(), 20u);
}

TEST(Match, ACodeInProseByAccidentTiesNothing) {
  World world;
  world.RecordOf("dispatch", "1", {Id("booking", "sunset"), Id("date", "2026-05-30"), Id("guest", "Ana")});
  world.RecordOf("dispatch", "2", {Id("booking", "kxwq"), Id("date", "2026-05-31"), Id("guest", "Bo")});
  world.EventOf("a@x", "2026-05-31", "Bo – sunset sail", "Sail at sunset; ice.");
  world.CardOf("77", "print the sunset flyer");
  const auto bookings = world.Match();
  EXPECT_THAT(MembersOf(bookings, "sunset"), ElementsAre("dispatch:1"));
  EXPECT_THAT(MembersOf(bookings, "kxwq"), ElementsAre("dispatch:2", "calendar:a@x"));  // by date and guest, alone
}

TEST(Match, IdentifiersAreWholeTokens) {
  World world;
  world.RecordOf("dispatch", "1", {Id("code", "S2FJLN")});
  world.EventOf("a@x", "2026-05-31", "code S2FJLNX and xS2FJLN and S2FJLN-2");
  world.EventOf("b@x", "2026-05-31", "see (S2FJLN).");
  EXPECT_THAT(MembersOf(world.Match(), "S2FJLN"), ElementsAre("dispatch:1", "calendar:b@x"));
}

TEST(Match, AnEventThatNamesTwoBookingsJoinsNeither) {
  World world;
  world.RecordOf("dispatch", "1", {Id("code", "S2FJLN")});
  world.RecordOf("dispatch", "2", {Id("code", "MRC8LV")});
  world.EventOf("a@x", "2026-05-31", "S2FJLN and MRC8LV together");
  world.CardOf("9", "merge S2FJLN into MRC8LV?");
  const auto bookings = world.Match();
  for (const char* key : {"S2FJLN", "MRC8LV"}) {
    EXPECT_EQ(MembersOf(bookings, key).size(), 1u);
    EXPECT_THAT(CandidatesOf(bookings, key), ElementsAre("board:9", "calendar:a@x"));
    EXPECT_THAT(FindBooking(bookings, key)->candidates[0].evidence, HasSubstr("names 2 bookings"));
  }
}

TEST(Match, ACardWithBookingAndAForeignSlugJoinsNeither) {
  World world;
  world.RecordOf("dispatch", "1", {Id("booking", "aaaa111")});
  world.Page("2026-05-30-b-x", {Id("booking", "bbbb222")});
  world.CardOf("9", "look", {Id("booking", "aaaa111"), Id("page", "pages:g/2026-05-30-b-x.html")});
  const auto bookings = world.Match();
  EXPECT_THAT(MembersOf(bookings, "aaaa111"), ElementsAre("dispatch:1"));
  EXPECT_THAT(MembersOf(bookings, "bbbb222"), ElementsAre("pages:g/2026-05-30-b-x.html"));
}

TEST(Match, APointerToAPageOfAnotherBookingIsAskedAbout) {
  World world;
  world.RecordOf("dispatch", "1", {Id("booking", "aaaa111"), Id("page", "pages:g/2026-05-30-b-x.html")});
  world.RecordOf("dispatch", "2", {Id("booking", "bbbb222"), Id("page", "pages:g/2026-05-30-b-x.html")});
  world.Page("2026-05-30-b-x", {Id("booking", "bbbb222")});
  const auto bookings = world.Match();
  EXPECT_THAT(MembersOf(bookings, "aaaa111"), ElementsAre("dispatch:1"));
  EXPECT_THAT(CandidatesOf(bookings, "aaaa111"), ElementsAre("pages:g/2026-05-30-b-x.html"));
}

TEST(Match, AnEventByDateAndGuestWhenOneBookingFits) {
  World world;
  world.RecordOf("dispatch", "1", {Id("code", "AAA111"), Id("date", "2026-05-30"), Id("guest", "Mary Ann Lee")});
  world.EventOf("a@x", "2026-05-30", "Lee: dinner cruise");
  world.EventOf("b@x", "2026-05-31", "Lee: dinner cruise");
  EXPECT_THAT(MembersOf(world.Match(), "AAA111"), ElementsAre("dispatch:1", "calendar:a@x"));
}

TEST(Match, AnEventThatFitsTwoTakesTheOneWithItsTimeOrAsks) {
  World world;
  World::Starts(world.RecordOf("dispatch", "1", {Id("code", "AAA111"), Id("date", "2026-05-30"), Id("guest", "Lee")}), 600);
  World::Starts(world.RecordOf("dispatch", "2", {Id("code", "BBB222"), Id("date", "2026-05-30"), Id("guest", "Lee")}), 930);
  World::Starts(world.EventOf("a@x", "2026-05-30", "Lee"), 600);
  EXPECT_THAT(MembersOf(world.Match(), "AAA111"), ElementsAre("dispatch:1", "calendar:a@x"));
  EXPECT_THAT(CandidatesOf(world.Match(), "BBB222"), IsEmpty());
  world.snapshot.resources.back().claims.clear();
  World::Starts(world.snapshot.resources.back(), 700);
  EXPECT_THAT(MembersOf(world.Match(), "AAA111"), ElementsAre("dispatch:1"));
  EXPECT_THAT(CandidatesOf(world.Match(), "AAA111"), ElementsAre("calendar:a@x"));
  EXPECT_THAT(CandidatesOf(world.Match(), "BBB222"), ElementsAre("calendar:a@x"));
}

TEST(Match, ABookingThatHasItsEventTakesNoSecondByName) {
  World world;
  world.RecordOf("dispatch", "1", {Id("code", "AAA111"), Id("date", "2026-05-30"), Id("guest", "Lee")});
  world.EventOf("a@x", "2026-05-30", "Lee, code AAA111");
  world.EventOf("b@x", "2026-05-30", "Lee: crew dinner");
  EXPECT_THAT(MembersOf(world.Match(), "AAA111"), ElementsAre("dispatch:1", "calendar:a@x"));
}

TEST(Match, SeveralRecordStoresDescribeOneBooking) {
  World world;
  world.RecordOf("dispatch", "1", {Id("booking", "aaaa111"), Id("code", "AAA111")});
  world.RecordOf("ledger", "L1", {Id("booking", "aaaa111")});
  world.RecordOf("crm", "C1", {Id("code", "AAA111")});
  EXPECT_THAT(MembersOf(world.Match(), "aaaa111"), ElementsAre("crm:C1", "dispatch:1", "ledger:L1"));
}

TEST(Match, ARedirectFollowsItsPageAndResolvesPointers) {
  World world;
  world.Page("2026-05-30-a-x", {Id("booking", "aaaa111")});
  Observed& alias = world.Page("2026-05-30-a-old", {Id("page", "pages:g/2026-05-30-a-x.html")});
  auto content = std::make_shared<PageContent>(*alias.page);
  content->reading.redirect_to = "/g/2026-05-30-a-x";
  alias.page = content;
  world.RecordOf("dispatch", "1", {Id("code", "AAA111"), Id("page", "pages:g/2026-05-30-a-old.html")});
  const auto bookings = world.Match();
  ASSERT_THAT(KeysOf(bookings), ElementsAre("aaaa111"));
  EXPECT_EQ(bookings[0].members.size(), 3u);
}

TEST(Match, AReturnedPageBelongsToItsSurvivor) {
  World world;
  world.Page("2026-05-30-a-x", {Id("booking", "aaaa111")});
  world.Page("2026-05-30-a-old");
  Tombstone tombstone;
  tombstone.page = {ResourceKind::kPage, "pages", "g/2026-05-30-a-old.html"};
  tombstone.survivor = {ResourceKind::kPage, "pages", "g/2026-05-30-a-x.html"};
  world.snapshot.tombstones = {tombstone};
  EXPECT_EQ(MembersOf(world.Match(), "aaaa111").size(), 2u);
}

TEST(Match, APageStaysItsBookingsWhenWeRepointedTheRecord) {
  World world;
  world.Page("2026-05-30-a-x", {Id("booking", "aaaa111")});
  world.Page("2026-05-30-a-old");
  world.RecordOf("dispatch", "1", {Id("booking", "aaaa111"), Id("page", "pages:g/2026-05-30-a-x.html")});
  ASSERT_EQ(MembersOf(world.Match(), "aaaa111").size(), 2u);
  FormerWords words;
  words.run = "run-1";
  words.pointers = {{{ResourceKind::kRecord, "dispatch", "1"}, {ResourceKind::kPage, "pages", "g/2026-05-30-a-old.html"}}};
  world.snapshot.former_words = {words};
  EXPECT_EQ(MembersOf(world.Match(), "aaaa111").size(), 3u);
  world.RecordOf("dispatch", "2", {Id("booking", "bbbb222"), Id("page", "pages:g/2026-05-30-a-old.html")});
  EXPECT_EQ(MembersOf(world.Match(), "aaaa111").size(), 2u) << "what points to it now has it";
}

TEST(Match, RulesCoverEveryWeightThatIsShown) {
  std::set<double> weights;
  for (const MatchRule& rule : MatchRules()) weights.insert(rule.weight);
  World world;
  AddIncident(world);
  world.Page("2026-05-30-jonathan-third");
  for (const Booking& booking : world.Match()) {
    for (const auto* links : {&booking.links, &booking.candidates}) {
      for (const Link& link : *links) EXPECT_TRUE(weights.contains(link.weight)) << link.evidence;
    }
  }
}

}  // namespace
}  // namespace evenkeel
