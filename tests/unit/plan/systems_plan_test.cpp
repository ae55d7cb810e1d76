// Plans about records, events, listings, cards and what may not be shown or written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet_world.h"

namespace evenkeel {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Event SailEvent(int start, int end) {
  Event event;
  event.uid = "e1";
  event.version = "1";
  event.zone = "America/Los_Angeles";
  event.start = LocalDateTime{ParseDate("2026-05-30"), start};
  event.end = LocalDateTime{ParseDate("2026-05-30"), end};
  return event;
}
FleetWorld Small() {
  FleetWorld world;
  world.Page(kSunset, kFullPage);
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"start_time", "16:30"}, {"page_slug", "2026-05-30-jonathan-sunset"}});
  return world;
}

TEST(SystemsPlan, AStaleEventAlone) {
  FleetWorld world = Small();
  world.Event(SailEvent(17 * 60, 20 * 60));
  const BookingPlan plan = world.Only();
  EXPECT_THAT(Verbs(plan), ElementsAre("update_event", "leave_handoff"));
  const auto& change = std::get<UpdateEvent>(plan.actions.front().change);
  EXPECT_EQ(FormatValue(*change.to.start), "2026-05-30T16:30");
  EXPECT_EQ(FormatValue(*change.to.end), "2026-05-30T19:30");
  EXPECT_FALSE(change.to.summary.has_value());
}

std::vector<std::string> MessagesOf(const BookingPlan& plan) {
  std::vector<std::string> messages;
  for (const Action& action : plan.actions) {
    if (action.store == kMessagesStore) messages.push_back(action.resource + ": " + std::get<ManualTask>(action.change).instruction);
  }
  return messages;
}

TEST(SystemsPlan, WhoWasToldOtherwiseIsToldWhatChangesOnceItHas) {
  FleetWorld world = Small();
  world.Event(SailEvent(17 * 60, 20 * 60));
  world.Listing("l1", {{"id", "l1"}, {"date", "2026-05-30"}, {"start", "16:30"}, {"end", "19:30"}});
  EXPECT_THAT(MessagesOf(world.Only()), IsEmpty()) << "nobody asked for it";
  world.fleet.policy.messages["crew"] = {{kCalendar}, {"start", "end", "captain"}};
  world.fleet.policy.messages["guest"] = {{kPages, kListings}, {"start", "end"}};
  const BookingPlan plan = world.Only();
  EXPECT_THAT(MessagesOf(plan), ElementsAre(HasSubstr("xhqgmdh/crew: Tell the crew: \"A correction for 2026-05-30 Jonathan: the start is 4:30 PM (not 5:00 PM); the end is 7:30 PM (not 8:00 PM).\"")));
  for (const Action& action : plan.actions) {
    if (action.store != kMessagesStore) continue;
    EXPECT_EQ(action.approval, Approval::kManual);
    EXPECT_THAT(action.needs, ElementsAre(plan.actions.front().id)) << "after the event";
  }
  world.fleet.policy.messages["crew"].fields = {"captain"};
  EXPECT_THAT(MessagesOf(world.Only()), IsEmpty());
}

TEST(SystemsPlan, WhatIsPrivateIsInNoMessage) {
  FleetWorld world = Small();
  world.Event(SailEvent(17 * 60, 20 * 60));
  world.fleet.policy.messages["crew"] = {{kCalendar}, {"start", "end"}};
  world.fleet.calendars.front().access["end"].is_private = true;
  const auto messages = MessagesOf(world.Only());
  EXPECT_THAT(messages, ElementsAre(::testing::AllOf(HasSubstr("the start is"), Not(HasSubstr("the end is")))));
}

// One column holds the whole trip as JSON text: only the bytes of its values change, and the update goes on from the re-pointed column.
TEST(SystemsPlan, APartOfAnItemIsWrittenWhereItStands) {
  FleetWorld world;
  world.fleet.records.front().fields["start"] = "trip.start";
  world.fleet.records.front().fields["page"] = "trip.page";
  world.fleet.records.front().fields["captain"] = "trip.crew[role=captain].name";
  world.fleet.policy.authority["*"] = {{kCalendar}, {kRecords}};
  world.Page(kSunset, kFullPage);
  const std::string trip = R"({"start":"17:00" ,"page":"gone", "crew":[{"role":"captain","name":"Gene"}]})";
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", "2026-05-30"}, {"trip", trip}});
  world.Event(SailEvent(16 * 60 + 30, 19 * 60 + 30));
  const BookingPlan plan = world.Only();
  const Action* repoint = Find(plan, Verb::kRepointRecord);
  const Action* update = Find(plan, Verb::kUpdateRecord);
  ASSERT_TRUE(repoint != nullptr && update != nullptr) << PlanToJson(world.Planned()).dump(1);
  const std::string pointed = R"({"start":"17:00" ,"page":"2026-05-30-jonathan-sunset", "crew":[{"role":"captain","name":"Gene"}]})";
  const std::string updated = R"({"start":"16:30" ,"page":"2026-05-30-jonathan-sunset", "crew":[{"role":"captain","name":"Gene"}]})";
  EXPECT_EQ(std::get<SetAttributes>(repoint->change), (SetAttributes{{{"trip", trip}}, {{"trip", pointed}}}));
  EXPECT_EQ(std::get<SetAttributes>(update->change), (SetAttributes{{{"trip", pointed}}, {{"trip", updated}}}));
  EXPECT_THAT(update->needs, Contains(repoint->id));
}

TEST(SystemsPlan, AnEventKeepsItsZone) {
  FleetWorld world = Small();
  Event event = SailEvent(0, 0);
  event.zone = "UTC";
  event.start = LocalDateTime{ParseDate("2026-05-31"), 0};
  event.end = LocalDateTime{ParseDate("2026-05-31"), 3 * 60};
  world.Event(event);
  const auto change = std::get<UpdateEvent>(Find(world.Only(), Verb::kUpdateEvent)->change);
  EXPECT_EQ(change.to.zone, "UTC");
  EXPECT_EQ(FormatValue(*change.to.start), "2026-05-30T23:30");
  EXPECT_EQ(FormatValue(*change.to.end), "2026-05-31T02:30");
}

TEST(SystemsPlan, TimesInAnEventsTextAreEdited) {
  FleetWorld world = Small();
  Event event = SailEvent(16 * 60 + 30, 19 * 60 + 30);
  event.summary = "Jonathan sail, starts 5:00 PM";
  world.Event(event);
  const BookingPlan plan = world.Only();
  ASSERT_NE(Find(plan, Verb::kUpdateEvent), nullptr);
  EXPECT_EQ(*std::get<UpdateEvent>(Find(plan, Verb::kUpdateEvent)->change).to.summary, "Jonathan sail, starts 4:30 PM");
}

TEST(SystemsPlan, ACancelledBookingCancelsAnEventThatSaysNoStatus) {
  FleetWorld world = Small();
  world.records["S2FJLN"]["status"] = "cancelled";
  Event event = SailEvent(16 * 60 + 30, 19 * 60 + 30);
  world.Event(event);
  const BookingPlan plan = world.Only();
  const Action* update = Find(plan, Verb::kUpdateEvent);
  ASSERT_NE(update, nullptr);
  EXPECT_EQ(std::get<UpdateEvent>(update->change).to.status, "CANCELLED");
  const Plan whole = world.Planned();
  const StatusOr<Plan> read = PlanFromJson(PlanToJson(whole));
  ASSERT_TRUE(read.ok()) << read.status().ToString();
  EXPECT_EQ(HashOfPlan(*read), whole.hash);
  const BookingPlan quiet = [] {
    FleetWorld confirmed = Small();
    confirmed.records["S2FJLN"]["status"] = "confirmed";
    confirmed.Event(SailEvent(17 * 60, 20 * 60));
    return confirmed.Only();
  }();
  EXPECT_FALSE(std::get<UpdateEvent>(Find(quiet, Verb::kUpdateEvent)->change).to.status.has_value());
}

TEST(SystemsPlan, ACancelledBookingCancelsItsEvent) {
  FleetWorld world = Small();
  world.records["S2FJLN"]["status"] = "canceled";
  Event event = SailEvent(16 * 60 + 30, 19 * 60 + 30);
  event.status = "CONFIRMED";
  world.Event(event);
  EXPECT_EQ(*std::get<UpdateEvent>(Find(world.Only(), Verb::kUpdateEvent)->change).to.status, "CANCELLED");
  EXPECT_EQ(Find(world.Only(), Verb::kRetirePage), nullptr);
}

TEST(SystemsPlan, ACopyWaitsForItsUpstream) {
  FleetWorld world = Small();
  world.fleet.calendars.front().from = kListings;
  world.Event(SailEvent(17 * 60, 20 * 60));
  world.Listing("l1", {{"id", "l1"}, {"date", "2026-05-30"}, {"start", "17:00"}, {"end", "20:00"}});
  const BookingPlan plan = world.Only();
  EXPECT_THAT(Verbs(plan), ElementsAre("manual_task", "update_event"));
  EXPECT_THAT(plan.actions[1].needs, ElementsAre(plan.actions[0].id));
}

TEST(SystemsPlan, EqualsThatDisagreeChangeNothing) {
  FleetWorld world = Small();
  world.fleet.policy.authority["start"] = {{kRecords, kCalendar}};
  world.Event(SailEvent(17 * 60, 20 * 60));
  const BookingPlan plan = world.Only();
  EXPECT_THAT(plan.actions, IsEmpty());
  ASSERT_THAT(plan.questions, SizeIs(1));
  EXPECT_EQ(plan.questions.front().id, "xhqgmdh.start");
  world.answers["xhqgmdh.start"] = "17:00";
  const BookingPlan answered = world.Only();
  EXPECT_THAT(Verbs(answered), ElementsAre("back_up_page", "edit_page", "update_record", "invalidate_paths", "leave_handoff"));
  EXPECT_EQ(std::get<SetAttributes>(Find(answered, Verb::kUpdateRecord)->change).to, (Attributes{{"start_time", "17:00"}}));
}

TEST(SystemsPlan, CaptainAndCrewLikeAnyOtherField) {
  FleetWorld world = Small();
  world.records["S2FJLN"]["captain"] = "Dana Kowalski";
  std::string page = kFullPage;
  page.insert(page.find("<form"), "<dl><dt>Captain</dt><dd>Marisol Reyes</dd></dl>\n");
  world.Page(kSunset, page);
  const BookingPlan plan = world.Only();
  ASSERT_NE(Find(plan, Verb::kEditPage), nullptr) << DumpJsonPretty(DecisionToJson(world.Decided(world.Snapshot()).front()));
  for (const Action& action : plan.actions) world.Do(action);
  EXPECT_THAT(world.pages[kSunset], HasSubstr("<dd>Dana Kowalski</dd>"));
  EXPECT_THAT(world.Planned().bookings, IsEmpty());
}

TEST(SystemsPlan, TheCaptainInTextAndData) {
  FleetWorld world = Small();
  world.records["S2FJLN"]["captain"] = "Dana Kowalski";
  std::string page = kFullPage;
  page.insert(page.find("<form"), "<dl><dt>Captain</dt><dd>Marisol Reyes</dd></dl>\n<div data-captain=\"Marisol Reyes\"></div>\n"
                                  "<script type=\"application/ld+json\">{\"@type\":\"Event\",\"performer\":{\"name\":\"Marisol Reyes\"},\"captain\":\"Gene\"}</script>\n");
  world.Page(kSunset, page);
  const BookingPlan plan = world.Only();
  ASSERT_NE(Find(plan, Verb::kEditPage), nullptr) << DumpJsonPretty(DecisionToJson(world.Decided(world.Snapshot()).front()));
  for (const Action& action : plan.actions) world.Do(action);
  EXPECT_THAT(world.pages[kSunset], HasSubstr("<dd>Dana Kowalski</dd></dl>\n<div data-captain=\"Dana Kowalski\"></div>"));
  EXPECT_THAT(world.pages[kSunset], HasSubstr("\"captain\":\"Dana Kowalski\"}"));
  EXPECT_THAT(world.Planned().bookings, IsEmpty());
}

TEST(SystemsPlan, PrivateFieldsAppearNowhere) {
  FleetWorld world = Small();
  world.fleet.records.front().store.access["captain"].is_private = true;
  world.records["S2FJLN"]["captain"] = "Dana Kowalski";
  std::string page = kFullPage;
  page.insert(page.find("<form"), "<dl><dt>Captain</dt><dd>Marisol Reyes</dd></dl>\n");
  world.Page(kSunset, page);
  world.Event(SailEvent(17 * 60, 20 * 60));
  const Plan plan = world.Planned();
  EXPECT_THAT(DumpJson(PlanToJson(plan)), Not(HasSubstr("Kowalski")));
  EXPECT_EQ(Find(plan.bookings.front(), Verb::kEditPage), nullptr);
}

TEST(SystemsPlan, AFieldThatNotifiesNeedsApproval) {
  FleetWorld world = Small();
  world.fleet.policy.approve.clear();
  world.Event(SailEvent(17 * 60, 20 * 60));
  EXPECT_EQ(Find(world.Only(), Verb::kUpdateEvent)->approval, Approval::kAuto);
  world.fleet.calendars.front().access["start"].notifies = true;
  EXPECT_EQ(Find(world.Only(), Verb::kUpdateEvent)->approval, Approval::kApprove);
  world.fleet.calendars.front().access.clear();
  world.fleet.policy.approve = {"update_event"};
  EXPECT_EQ(Find(world.Only(), Verb::kUpdateEvent)->approval, Approval::kApprove);
}

TEST(SystemsPlan, WhatMayNotBeWrittenIsATaskForAPerson) {
  FleetWorld world = Small();
  world.fleet.policy.authority["*"] = {{kCalendar}};
  world.Event(SailEvent(17 * 60, 20 * 60));
  world.fleet.records.front().store.access["start"].write = false;
  const BookingPlan plan = world.Only();
  EXPECT_EQ(Find(plan, Verb::kUpdateRecord), nullptr);
  ASSERT_NE(Find(plan, Verb::kManualTask), nullptr);
  EXPECT_THAT(std::get<ManualTask>(Find(plan, Verb::kManualTask)->change).instruction, HasSubstr("start_time from \"16:30\" to \"17:00\""));
}

TEST(SystemsPlan, AnUnrelatedCardIsLeftAndSaid) {
  FleetWorld world = Small();
  world.Event(SailEvent(17 * 60, 20 * 60));
  world.Card({"c1", "todo", "order croissants", "xhqgmdh", "", "1"});
  world.Card({"c2", "done", "call Jonathan", "xhqgmdh", "", "1"});
  const BookingPlan plan = world.Only();
  EXPECT_EQ(Find(plan, Verb::kMoveCard), nullptr);
  EXPECT_THAT(plan.notes, ElementsAre(HasSubstr("order croissants")));
}

TEST(SystemsPlan, ACardThatContradictsIsSaid) {
  FleetWorld world = Small();
  world.Card({"c1", "needs-you", "move to 3:30", "xhqgmdh", "", "1"});
  EXPECT_THAT(world.Only().actions, IsEmpty());
  EXPECT_THAT(world.Only().notes, ElementsAre(HasSubstr("says another start than 4:30 PM")));
  world.cards["c1"].lane = "done";
  EXPECT_THAT(world.Planned().bookings, IsEmpty());
}

TEST(SystemsPlan, ACardAloneMakesNoPlan) {
  FleetWorld world = Small();
  world.Card({"c1", "needs-you", "move to 4:30", "xhqgmdh", "", "1"});
  EXPECT_THAT(world.Planned().bookings, IsEmpty());
}

TEST(SystemsPlan, PastBookingsAreLeftAloneWhereThePolicySaysSo) {
  FleetWorld world = Small();
  world.Event(SailEvent(17 * 60, 20 * 60));
  world.fleet.policy.past = Past::kReadOnly;
  EXPECT_THAT(world.Only().actions, Not(IsEmpty()));
  Snapshot later = world.Snapshot();
  later.taken_at = *ParseInstant("2026-06-02T00:00:00Z");
  EXPECT_THAT(world.Planned(later).bookings.at(0).actions, IsEmpty());
}

TEST(SystemsPlan, APrivateGuestIsCalledAsOthersCallThem) {
  FleetWorld world = Small();
  world.fleet.records.front().store.access["guest"].is_private = true;
  world.records["S2FJLN"]["guest_name"] = "Jonathan Kowalski";
  world.booking.guest = "Jonathan Kowalski";
  world.Event(SailEvent(17 * 60, 20 * 60));
  const Plan plan = world.Planned();
  EXPECT_THAT(DumpJson(PlanToJson(plan)), Not(HasSubstr("Kowalski")));
  EXPECT_EQ(plan.bookings.front().title, "2026-05-30 jonathan");
}

TEST(SystemsPlan, APrivateStartIsNotToldByTheTimesThatHangOnIt) {
  FleetWorld world = Small();
  world.fleet.records.front().store.access["start"].is_private = true;
  world.records["S2FJLN"]["start_time"] = "15:30";
  const BookingPlan plan = world.Only();
  EXPECT_THAT(plan.actions, IsEmpty());
  EXPECT_THAT(DumpJson(PlanToJson(world.Planned())), Not(HasSubstr("6:30 PM")));
}

TEST(SystemsPlan, ARecordOfTwoDaysGoesWhereTheAnswerSays) {
  FleetWorld world = Small();
  world.records["S2FJLN"]["start_time"] = "2026-06-01T15:30:00-07:00";
  world.Event(SailEvent(16 * 60 + 30, 19 * 60 + 30));
  EXPECT_THAT(world.Only().actions, IsEmpty());
  ASSERT_THAT(world.Only().questions, SizeIs(1));
  for (const char* date : {"2026-05-30", "2026-06-01"}) {
    FleetWorld answered = Small();
    answered.records = world.records;
    answered.events = world.events;
    answered.answers["xhqgmdh.date"] = date;
    for (const Action& action : answered.Only().actions) answered.Do(action);
    EXPECT_EQ(answered.records["S2FJLN"]["date"], date);
    EXPECT_EQ(answered.records["S2FJLN"]["start_time"], std::string(date) + "T15:30:00-07:00");
    EXPECT_EQ(FormatValue(*answered.events["e1"].start), std::string(date) + "T15:30");
    answered.answers.clear();
    EXPECT_THAT(answered.Only().actions, IsEmpty()) << date;
    EXPECT_THAT(answered.Only().questions, IsEmpty()) << date;
  }
}

FleetWorld AtNight(const char* date, const char* start) {
  FleetWorld world;
  world.booking.date = ParseDate(date);
  world.Record("S2FJLN", {{"booking_id", "xhqgmdh"}, {"date", date}, {"start_time", start}});
  Event event = SailEvent(12 * 60, 15 * 60);
  event.zone = "UTC";
  event.start->date = event.end->date = ParseDate(date);
  world.Event(event);
  return world;
}

TEST(SystemsPlan, AClockTimeThatStrikesTwiceIsSaid) {
  EXPECT_THAT(AtNight("2026-11-01", "01:30").Only().notes, ElementsAre(HasSubstr("the start, 1:30 AM on 2026-11-01, comes twice in America/Los_Angeles")));
  EXPECT_THAT(AtNight("2026-11-01", "02:30").Only().notes, IsEmpty());
}

TEST(SystemsPlan, AClockTimeThatIsSkippedIsAskedAbout) {
  FleetWorld world = AtNight("2027-03-14", "02:30");
  ASSERT_THAT(world.Only().questions, SizeIs(1));
  EXPECT_THAT(world.Only().questions[0].why, HasSubstr("2:30 AM on 2027-03-14 does not exist in America/Los_Angeles"));
  EXPECT_THAT(world.Only().actions, IsEmpty());
  for (const char* option : {"01:30", "03:30"}) {
    FleetWorld answered = AtNight("2027-03-14", "02:30");
    answered.answers["xhqgmdh.start"] = option;
    for (const Action& action : answered.Only().actions) answered.Do(action);
    EXPECT_EQ(answered.records["S2FJLN"]["start_time"], option);
    EXPECT_THAT(answered.Planned().bookings, IsEmpty()) << option;
  }
}

}  // namespace
}  // namespace evenkeel
