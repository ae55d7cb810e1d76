// Plans about pages: redirects, stuck pages, pointers, retirements that must not be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet_world.h"
#include "plan/backup.h"
#include "plan/redirect_page.h"

namespace evenkeel {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

FleetWorld Small() {
  FleetWorld world;
  world.Page(kSunset, kFullPage);
  world.Page(kAfternoon, kBarePage, "2026-05-20T00:00:00Z");
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "15:30"}, {"page_slug", "g/2026-05-30-jonathan-afternoon.html"}});
  return world;
}

TEST(PagesPlan, RedirectByPolicy) {
  FleetWorld world = Small();
  world.fleet.policy.retire = Retire::kRedirect;
  const BookingPlan plan = world.Only();
  const auto& retire = std::get<RetirePage>(Find(plan, Verb::kRetirePage)->change);
  EXPECT_TRUE(retire.redirect);
  EXPECT_THAT(retire.redirect_bytes, HasSubstr("<!-- evenkeel:redirect booking=xhqgmdh -->"));
  EXPECT_THAT(retire.redirect_bytes, HasSubstr("<link rel=\"canonical\" href=\"https://example.com/g/2026-05-30-jonathan-sunset\">"));
  for (const Action& action : plan.actions) world.Do(action);
  EXPECT_THAT(world.Planned().bookings, IsEmpty()) << "our own redirect is an alias, not a duplicate";
}

TEST(PagesPlan, RedirectWhereVersionsMayRepeat) {
  FleetWorld world = Small();
  world.unique_versions = false;
  EXPECT_TRUE(std::get<RetirePage>(Find(world.Only(), Verb::kRetirePage)->change).redirect);
  world.fleet.policy.accept_repeating_versions = true;
  EXPECT_FALSE(std::get<RetirePage>(Find(world.Only(), Verb::kRetirePage)->change).redirect);
}

TEST(PagesPlan, RedirectWhereOtherObjectsLiveUnderTheSlug) {
  const FleetWorld world = Small();
  Snapshot snapshot = world.Snapshot();
  for (Observed& observed : snapshot.resources) {
    if (observed.resource.key != kAfternoon) continue;
    PageContent content = *observed.page;
    content.object_beneath = "g/2026-05-30-jonathan-afternoon/photo.jpg";
    observed.page = std::make_shared<const PageContent>(content);
  }
  const Plan plan = world.Planned(snapshot);
  const Action* retire = Find(plan.bookings.front(), Verb::kRetirePage);
  EXPECT_TRUE(std::get<RetirePage>(retire->change).redirect);
  EXPECT_THAT(retire->reason, HasSubstr("g/2026-05-30-jonathan-afternoon/photo.jpg lives under its slug"));
}

TEST(PagesPlan, APointerKeepsItsForm) {
  FleetWorld world = Small();
  EXPECT_EQ(std::get<SetAttributes>(Find(world.Only(), Verb::kRepointRecord)->change).to.at("page_slug"), "g/2026-05-30-jonathan-sunset.html");
}

TEST(PagesPlan, EveryRecordIsRepointedBeforeARetirement) {
  FleetWorld world = Small();
  world.Record("SECOND", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "15:30"}, {"page_slug", "2026-05-30-jonathan-afternoon"}});
  const BookingPlan plan = world.Only();
  EXPECT_THAT(Find(plan, Verb::kRetirePage)->needs, SizeIs(4)) << "its backup, the edit, two re-points";
}

TEST(PagesPlan, ARecordOfSomebodyElseKeepsAPageAlive) {
  FleetWorld world = Small();
  world.Record("STRANGER", {{"booking_id", "other"}, {"page_slug", "2026-05-30-jonathan-afternoon"}});
  world.strangers = {"STRANGER"};
  const BookingPlan plan = world.Only();
  EXPECT_EQ(Find(plan, Verb::kRetirePage), nullptr);
  EXPECT_THAT(plan.notes, Contains(HasSubstr("crew-dispatch:STRANGER points to it and is not re-pointed")));
  EXPECT_NE(Find(plan, Verb::kEditPage, kAfternoon), nullptr) << "as long as guests can open it, it says the right times";
}

TEST(PagesPlan, APointerToAPageThatIsAskedAboutStays) {
  FleetWorld world = Small();
  world.strangers = {kAfternoon};
  world.booking.candidates = {{{ResourceKind::kPage, kPages, kAfternoon}, "page pointer, though the page names another booking", 0.5}};
  const BookingPlan plan = world.Only();
  EXPECT_THAT(plan.questions, SizeIs(1));
  EXPECT_EQ(Find(plan, Verb::kRepointRecord), nullptr);
  world.answers[plan.questions.front().id] = "other";
  EXPECT_NE(Find(world.Only(), Verb::kRepointRecord), nullptr);
}

TEST(PagesPlan, AnUnreadablePageStopsRetirements) {
  FleetWorld world = Small();
  world.Page("g/2026-05-30-jonathan-third.html", "\xFF\xFE<\0h\0");
  const BookingPlan plan = world.Only();
  EXPECT_EQ(Find(plan, Verb::kRetirePage), nullptr);
  EXPECT_THAT(plan.notes, Contains(HasSubstr("could not be read, and might be the one to keep")));
  EXPECT_NE(Find(plan, Verb::kEditPage), nullptr) << "the rest goes on";
}

TEST(PagesPlan, APointerToAnUnreadablePageStays) {
  FleetWorld world = Small();
  world.pages.erase(kAfternoon);
  world.Page(kAfternoon, "\xFF\xFE<\0h\0");
  const BookingPlan plan = world.Only();
  EXPECT_EQ(Find(plan, Verb::kRepointRecord), nullptr) << "what the page can do is not known";
  EXPECT_THAT(plan.notes, Contains(HasSubstr("is not re-pointed: guest-pages:g/2026-05-30-jonathan-afternoon.html could not be read")));
}

TEST(PagesPlan, APointerThatCannotBeWrittenKeepsTheDuplicates) {
  FleetWorld world = Small();
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "15:30"}, {"page_slug", "https://elsewhere.example/2026-05-30-jonathan-afternoon"}});
  const BookingPlan plan = world.Only();
  EXPECT_EQ(Find(plan, Verb::kRepointRecord), nullptr);
  EXPECT_EQ(Find(plan, Verb::kRetirePage), nullptr) << "the pointer may lead to it under a name that is not known here";
  EXPECT_THAT(plan.notes, Contains(HasSubstr("which may be another name of it, and is not re-pointed")));
}

TEST(PagesPlan, ABrokenPointerIsRepaired) {
  FleetWorld world = Small();
  world.pages.erase(kAfternoon);
  const BookingPlan plan = world.Only();
  EXPECT_THAT(Find(plan, Verb::kRepointRecord)->reason, HasSubstr("does not exist"));
  EXPECT_EQ(Find(plan, Verb::kRetirePage), nullptr);
}

TEST(PagesPlan, ABrokenPointerWithoutAnyPageIsANote) {
  FleetWorld world;
  world.Page("g/2026-06-01-somebody-else.html", kBarePage);
  world.strangers = {"g/2026-06-01-somebody-else.html"};
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "15:30"}, {"page_slug", "2026-05-30-jonathan-sunset"}});
  const BookingPlan plan = world.Only();
  EXPECT_THAT(plan.actions, IsEmpty());
  EXPECT_THAT(plan.notes, ElementsAre(HasSubstr("create that page, or clear the pointer")));
}

TEST(PagesPlan, AHealthyBookingIsNotInThePlan) {
  FleetWorld world;
  world.Page(kSunset, kFullPage);
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "16:30"}, {"page_slug", "2026-05-30-jonathan-sunset"}});
  EXPECT_THAT(world.Planned().bookings, IsEmpty());
}

TEST(PagesPlan, APageWithoutARecordThatContradictsItselfGoesToItsText) {
  FleetWorld world;
  std::string page = kFullPage;
  page.insert(page.find("</head>"), "<script type=\"application/ld+json\">{\"@type\":\"Event\",\"startDate\":\"2026-05-30T17:00:00-07:00\",\"endDate\":\"2026-05-30T20:00:00-07:00\"}</script>");
  world.Page(kSunset, page);
  const BookingPlan plan = world.Only();
  ASSERT_NE(Find(plan, Verb::kEditPage), nullptr) << DumpJsonPretty(DecisionToJson(world.Decided(world.Snapshot()).front()));
  for (const Action& action : plan.actions) world.Do(action);
  EXPECT_THAT(world.pages[kSunset], HasSubstr("2026-05-30T16:30:00-07:00"));
  EXPECT_THAT(world.pages[kSunset], HasSubstr("2026-05-30T19:30:00-07:00"));
  EXPECT_THAT(world.Planned().bookings, IsEmpty());
}

TEST(PagesPlan, SeveralMomentsOfOneKindGoEachToTheirOwn) {
  FleetWorld world;
  std::string page = kFullPage;
  page.insert(page.find("</body>"), "<p>Arrive: 3:45 PM (crew)</p><script>const BEFORE_UTC = \"2026-05-30T23:30:00Z\"; const FLIP_UTC = \"2026-05-31T02:30:00Z\";"
                                    "const FLIP_BACK_UTC = \"2026-05-31T19:00:00Z\"; const build = \"4:30\";</script>");
  world.Page(kSunset, page);
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "15:30"}, {"page_slug", "2026-05-30-jonathan-sunset"}});
  const BookingPlan plan = world.Only();
  ASSERT_NE(Find(plan, Verb::kEditPage), nullptr) << DumpJsonPretty(DecisionToJson(world.Decided(world.Snapshot()).front()));
  for (const Action& action : plan.actions) world.Do(action);
  EXPECT_THAT(world.pages[kSunset], HasSubstr("3:30 PM \xE2\x80\x93 6:30 PM"));
  EXPECT_THAT(world.pages[kSunset], HasSubstr("arrive at 3:00 PM"));
  EXPECT_THAT(world.pages[kSunset], HasSubstr("Arrive: 2:45 PM"));
  EXPECT_THAT(world.pages[kSunset], HasSubstr("FLIP_UTC = \"2026-05-31T01:30:00Z\""));
  EXPECT_THAT(world.pages[kSunset], HasSubstr("FLIP_BACK_UTC = \"2026-05-31T18:00:00Z\""));
  EXPECT_THAT(world.Planned().bookings, IsEmpty());
}

TEST(PagesPlan, AnAnsweredTimeIsEdited) {
  FleetWorld world;
  std::string page = kFullPage;
  page.insert(page.find("</form>"), "<select><option>4:30 PM</option><option>8:30 PM</option></select>");
  world.Page(kSunset, page);
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "15:30"}, {"page_slug", "2026-05-30-jonathan-sunset"}});
  const BookingPlan asked = world.Only();
  ASSERT_THAT(asked.questions, SizeIs(1));
  world.answers[asked.questions.front().id] = "start";
  for (const Action& action : world.Only().actions) world.Do(action);
  EXPECT_THAT(world.pages[kSunset], HasSubstr("<option>3:30 PM</option><option>8:30 PM</option>"));
  EXPECT_THAT(world.pages[kSunset], HasSubstr("3:30 PM \xE2\x80\x93 6:30 PM"));
}

// It has been read, and is another by the time its bytes are needed.
TEST(PagesPlan, APageThatChangedMeanwhileIsNotPlanned) {
  FleetWorld world = Small();
  const Snapshot snapshot = world.Snapshot();
  world.Page(kSunset, std::string(kFullPage) + "<!-- somebody -->");
  const Plan plan = world.Planned(snapshot);
  ASSERT_THAT(plan.bookings, SizeIs(1));
  EXPECT_THAT(plan.bookings.front().unproven, ElementsAre(HasSubstr("is not edited, and nothing that needs it is done: changed")));
  for (const Verb verb : {Verb::kRepointRecord, Verb::kRetirePage}) EXPECT_EQ(Find(plan.bookings.front(), verb), nullptr) << VerbName(verb);
  EXPECT_EQ(Find(plan.bookings.front(), Verb::kEditPage, kSunset), nullptr);
  EXPECT_NE(Find(plan.bookings.front(), Verb::kEditPage, kAfternoon), nullptr) << "guests look at it as long as it stays";
  EXPECT_TRUE(plan.WaitsForPeople()) << "nobody may say that the systems agree";
  EXPECT_THAT(world.Only().unproven, IsEmpty());
  EXPECT_NE(Find(world.Only(), Verb::kEditPage), nullptr);
}

TEST(PagesPlan, AnIncompleteListingIsABrakeOnRetirements) {
  FleetWorld world = Small();
  Snapshot snapshot = world.Snapshot();
  for (StoreState& store : snapshot.stores) store.complete = store.name != kRecords;
  EXPECT_THAT(world.Planned(snapshot).brakes, Contains(::testing::Field(&Brake::name, "incomplete_listing")));
}

TEST(PagesPlan, ALinkIsEscapedInARedirect) {
  const std::string page = RedirectPage("a-->b<c", "https://example.com/?a=1&b=\"2\"");
  EXPECT_THAT(page, HasSubstr("href=\"https://example.com/?a=1&amp;b=&quot;2&quot;\""));
  EXPECT_THAT(page, Not(HasSubstr("a-->b")));
}

TEST(PagesPlan, ALinkIsPercentEncoded) {
  PageStoreConfig pages = FleetWorld().fleet.pages.front();
  EXPECT_EQ(PublicUrl(pages, "ana & \"zo\xC3\xAB\"?#100%", ""), "https://example.com/g/ana%20&%20%22zo%C3%AB%22%3F%23100%25");
  pages.public_forms.clear();
  EXPECT_EQ(PublicUrl(pages, "", "g/a'b+c.html"), "/g/a%27b%2Bc.html");
}

TEST(PagesPlan, ARedirectToAnEncodedPageIsStillAnAlias) {
  for (const bool has_public_form : {true, false}) {
    FleetWorld world;
    if (!has_public_form) world.fleet.pages.front().public_forms.clear();
    world.fleet.policy.retire = Retire::kRedirect;
    world.Page("g/2026-05-30-jo & zo\xC3\xAB-100%.html", kFullPage);
    world.Page(kAfternoon, kBarePage, "2026-05-20T00:00:00Z");
    for (const Action& action : world.Only().actions) world.Do(action);
    const Snapshot after = world.Snapshot();
    for (const Observed& page : after.resources) {
      if (page.resource.key != kAfternoon) continue;
      ASSERT_EQ(page.identifiers.empty(), false);
      EXPECT_EQ(page.identifiers.back().value, "guest-pages:g/2026-05-30-jo & zo\xC3\xAB-100%.html");
    }
    EXPECT_THAT(world.Planned().bookings, IsEmpty());
  }
}

TEST(PagesPlan, BackupsAreNamedByContent) {
  const Resource page{ResourceKind::kPage, "guest-pages", kSunset};
  EXPECT_EQ(BackupBlob(page, std::string(64, 'a')), "guest-pages.g.2026-05-30-jonathan-sunset.aaaaaaaaaaaa.html");
  EXPECT_THAT(BackupBlob({ResourceKind::kPage, "p", std::string(2000, 'x') + "/../../etc"}, std::string(64, 'a')), SizeIs(::testing::Lt(160u)));
}

// What a person has accepted stands on the page beside what is edited.
class Accepted : public ::testing::Test {
 protected:
  Accepted() { world_.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "15:30"}, {"page_slug", "2026-05-30-jonathan-sunset"}}); }

  // All that differs of these fields, with what it should say.
  Snapshot With(const std::set<std::string>& fields) {
    Snapshot snapshot = world_.Snapshot();
    const std::vector<Decision> decisions = world_.Decided(snapshot);
    for (const std::string& field : fields) {
      Acceptance acceptance{"xhqgmdh", field, {}, "told by telephone", "Rosa", snapshot.taken_at, snapshot.taken_at + std::chrono::hours(1)};
      for (const Finding& finding : decisions.front().findings) {
        if (finding.kind == FindingKind::kDrift && finding.field == field) acceptance.words.push_back({*finding.resource, finding.says, finding.should});
      }
      std::sort(acceptance.words.begin(), acceptance.words.end());
      EXPECT_THAT(acceptance.words, Not(IsEmpty())) << field;
      snapshot.acceptances.push_back(acceptance);
    }
    return snapshot;
  }
  BookingPlan Plan(const Snapshot& snapshot) {
    const evenkeel::Plan plan = world_.Planned(snapshot);
    return plan.bookings.empty() ? BookingPlan{} : plan.bookings.front();
  }

  FleetWorld world_;
};

TEST_F(Accepted, APagesTimesStayTogetherWhileTheRestIsEdited) {
  std::string page = kFullPage;
  page.insert(page.find("<form"), "<p>Captain: Gene</p>\n");
  world_.Page(kSunset, page);
  world_.records["S2FJLN"]["captain"] = "Rosa";
  const BookingPlan plan = Plan(With({"start", "end", "arrival"}));
  ASSERT_NE(Find(plan, Verb::kEditPage, kSunset), nullptr) << "the captain is not accepted";
  for (const Action& action : plan.actions) world_.Do(action);
  EXPECT_THAT(world_.pages[kSunset], HasSubstr("Captain: Rosa"));
  EXPECT_THAT(world_.pages[kSunset], HasSubstr("4:30 PM \xE2\x80\x93 7:30 PM"));
  EXPECT_THAT(world_.pages[kSunset], HasSubstr("arrive at 4:00 PM"));
  EXPECT_THAT(plan.notes, Contains(HasSubstr("says another arrival, 4:00 PM, which Rosa has accepted")));
}

TEST_F(Accepted, HalfOfAPagesTimesIsNone) {
  world_.Page(kSunset, kFullPage);
  const Snapshot snapshot = With({"start", "end"});
  const std::vector<Decision> decisions = world_.Decided(snapshot);
  for (const char* field : {"start", "end", "arrival"}) {
    EXPECT_THAT(decisions.front().Find(field)->accepted, IsEmpty()) << field << ": the arrival is not accepted, and moves with the start it hangs on";
    EXPECT_THAT(decisions.front().Find(field)->against, Not(IsEmpty())) << field;
  }
  EXPECT_NE(Find(Plan(snapshot), Verb::kEditPage, kSunset), nullptr);
}

TEST_F(Accepted, TheSameWordsOnceMoreAreDrift) {
  world_.Page(kSunset, kFullPage);
  const std::vector<Acceptance> accepted = With({"start", "end", "arrival"}).acceptances;
  std::string page = kFullPage;
  page.insert(page.find("<form"), "<p>Sail: 4:30 PM</p>\n");
  world_.Page(kSunset, page);
  Snapshot snapshot = world_.Snapshot();
  snapshot.acceptances = accepted;
  const std::vector<Decision> decisions = world_.Decided(snapshot);
  EXPECT_THAT(decisions.front().Find("start")->accepted, IsEmpty()) << "somebody has written the old time into another place";
  EXPECT_THAT(decisions.front().Find("start")->against, Not(IsEmpty()));
}

TEST_F(Accepted, WhatIsHalfCorrectedIsDrift) {
  const auto page = [](const std::string& line) {
    std::string text = kFullPage;
    return text.insert(text.find("<form"), line);
  };
  world_.Page(kSunset, page("<p>Sail: 4:30 PM</p>\n"));
  const std::vector<Acceptance> accepted = With({"start", "end", "arrival"}).acceptances;
  world_.Page(kSunset, page("<p>Sail: 3:30 PM</p>\n"));
  Snapshot snapshot = world_.Snapshot();
  snapshot.acceptances = accepted;
  const Decision decision = world_.Decided(snapshot).front();
  for (const char* field : {"start", "end"}) {
    EXPECT_THAT(decision.Find(field)->accepted, IsEmpty()) << field << ": nobody has accepted a page that says two starts";
    EXPECT_THAT(decision.Find(field)->against, Not(IsEmpty())) << field;
  }
}

TEST_F(Accepted, TheHandoffSaysOnceWhatIsLeftWhenItEnds) {
  std::string page = kFullPage;
  page.insert(page.find("<form"), "<p>Captain: Gene</p>\n<p>Sail: 4:30 PM</p>\n");
  world_.Page(kSunset, page);
  world_.records["S2FJLN"]["captain"] = "Rosa";
  const BookingPlan plan = Plan(With({"start", "end", "arrival"}));
  ASSERT_NE(Find(plan, Verb::kLeaveHandoff), nullptr);
  const std::string& note = std::get<LeaveHandoff>(Find(plan, Verb::kLeaveHandoff)->change).note;
  const std::string line = "when it ends on ";
  std::size_t lines = 0;
  for (std::size_t at = note.find(line); at != std::string::npos; at = note.find(line, at + 1)) ++lines;
  EXPECT_EQ(lines, 3u) << note;
  EXPECT_THAT(note, HasSubstr("says another arrival, accepted by Rosa: told by telephone"));
}

TEST_F(Accepted, WhatIsAcceptedIsNeverWhatIsTrueOnceTheRestIsDone) {
  world_.Page(kSunset, kFullPage);
  Event event;
  event.uid = "jonathan@example";
  event.version = "e1";
  event.summary = "Jonathan at 4:30 PM";
  event.zone = "America/Los_Angeles";
  event.start = LocalDateTime{ParseDate("2026-05-30"), 16 * 60 + 30};
  event.end = LocalDateTime{ParseDate("2026-05-30"), 19 * 60 + 30};
  world_.Event(event);
  Snapshot snapshot = With({"start", "end", "arrival"});
  for (Acceptance& acceptance : snapshot.acceptances) {  // of the page alone
    std::erase_if(acceptance.words, [](const Acceptance::Words& words) { return words.resource.kind != ResourceKind::kPage; });
  }
  const BookingPlan plan = Plan(snapshot);
  EXPECT_EQ(Find(plan, Verb::kEditPage), nullptr);
  ASSERT_NE(Find(plan, Verb::kUpdateEvent), nullptr);
  const std::vector<Decision> before = world_.Decided(snapshot);
  for (const Action& action : plan.actions) world_.Do(action);
  Snapshot later = world_.Snapshot();
  later.acceptances = snapshot.acceptances;
  for (const bool over : {false, true}) {
    if (over) later.taken_at += std::chrono::hours(2);
    const std::vector<Decision> after = world_.Decided(later);
    for (const char* field : {"start", "end", "arrival"}) {
      EXPECT_EQ(after.front().Find(field)->value, before.front().Find(field)->value) << field << (over ? ", when the day is over" : "");
      EXPECT_EQ(after.front().Find(field)->accepted.empty(), over) << field;
      EXPECT_EQ(after.front().Find(field)->against.empty(), !over) << field;
    }
  }
}

TEST_F(Accepted, ACardThatAsksForAnotherTimeIsNotDone) {
  world_.Page(kSunset, kFullPage);
  world_.Card({"xhqgmdh", "needs-you", "move to 5:30 PM", "xhqgmdh", "2026-05-30-jonathan-sunset", "c1"});
  EXPECT_EQ(Find(Plan(With({"start", "end", "arrival"})), Verb::kMoveCard), nullptr);
}

TEST_F(Accepted, ACardIsNotDoneWhileWhatItAsksForMayDiffer) {
  std::string page = kFullPage;
  page.insert(page.find("<form"), "<p>Captain: Gene</p>\n");
  world_.Page(kSunset, page);
  world_.records["S2FJLN"]["captain"] = "Rosa";
  world_.Card({"xhqgmdh", "needs-you", "Captain: Rosa", "xhqgmdh", "2026-05-30-jonathan-sunset", "c1"});
  ASSERT_NE(Find(Plan(world_.Snapshot()), Verb::kMoveCard), nullptr) << "what the card asks for is done with the page";
  EXPECT_EQ(Find(Plan(With({"captain"})), Verb::kMoveCard), nullptr);
}

TEST_F(Accepted, APlanKeepsWhatIsAccepted) {
  world_.Page(kSunset, kFullPage);
  const evenkeel::Plan plan = world_.Planned(With({"start", "end", "arrival"}));
  const auto again = PlanFromJson(PlanToJson(plan));
  ASSERT_TRUE(again.ok()) << again.status().ToString();
  EXPECT_EQ(PlanToJson(*again), PlanToJson(plan));
  EXPECT_NE(PlanToJson(plan).dump().find("told by telephone"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel
