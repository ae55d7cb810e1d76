#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/snapshot.h"

namespace evenkeel {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const ZoneSource& Zones() {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  return *zones;
}

FleetConfig Fleet() {
  FleetConfig fleet;
  fleet.zone = "America/Los_Angeles";
  fleet.fields = FieldRegistry::BuiltIn();
  PageStoreConfig pages;
  pages.store.name = "pages";
  pages.prefix = "g/";
  pages.slug = "{date}-{guest}-{label}";
  fleet.pages = {pages};
  return fleet;
}

std::vector<std::string> Values(const Observed& observed, const std::string& field) {
  std::vector<std::string> values;
  for (const Claim& claim : observed.claims) {
    if (claim.field == field) values.push_back(FormatValue(claim.value));
  }
  return values;
}

bool Has(const Observed& observed, const std::string& kind, const std::string& value) {
  for (const Identifier& identifier : observed.identifiers) {
    if (identifier.kind == kind && identifier.value == value) return true;
  }
  return false;
}

RecordStoreConfig Dispatch() {
  RecordStoreConfig store;
  store.store.name = "dispatch";
  store.pages = "pages";
  for (const char* field : {"booking", "code", "date", "start", "end", "guest", "page", "crew", "guest_count", "updated"}) store.fields[field] = field;
  return store;
}

Observed Row(Attributes attributes, const RecordStoreConfig& store = Dispatch()) {
  Record record;
  record.key = "S2FJLN";
  record.version = "7";
  record.attributes = std::move(attributes);
  return ObserveRecord(Fleet(), store, std::move(record), Zones());
}

TEST(ObserveRecord, ReadsTheIncident) {
  const Observed record = Row({{"booking", "xhqgmdh"}, {"code", "S2FJLN"}, {"date", "2026-05-30"}, {"start", "15:30"}, {"guest", "Jonathan"},
                               {"page", "2026-05-30-jonathan-afternoon"}, {"updated", "2026-05-20T17:42:10Z"}, {"crew", ""}, {"guest_count", nullptr}});
  EXPECT_THAT(Values(record, "start"), ElementsAre("2026-05-30T15:30"));
  EXPECT_THAT(Values(record, "crew"), IsEmpty());
  EXPECT_THAT(Values(record, "guest_count"), IsEmpty());
  EXPECT_TRUE(Has(record, "booking", "xhqgmdh"));
  EXPECT_TRUE(Has(record, "code", "S2FJLN"));
  EXPECT_TRUE(Has(record, "page", "pages:g/2026-05-30-jonathan-afternoon.html"));
  EXPECT_TRUE(Has(record, "date", "2026-05-30"));
  EXPECT_TRUE(Has(record, "guest", "Jonathan"));
  EXPECT_THAT(record.doubts, IsEmpty());
  ASSERT_FALSE(record.claims.empty());
  EXPECT_EQ(record.claims[0].version, "7");
  ASSERT_TRUE(record.claims[0].said_at);
  EXPECT_EQ(FormatInstant(*record.claims[0].said_at), "2026-05-20T17:42:10Z");
}

TEST(ObserveRecord, ReadsWhenItSpokeToTheSecond) {
  for (const Json& updated : {Json("2026-05-20T17:42:10Z"), Json("2026-05-20T17:42:10.123Z"), Json("2026-05-20 10:42:10"), Json(1779298930), Json("2026-05-20T10:42:10-07:00")}) {
    const Observed record = Row({{"updated", updated}});
    ASSERT_TRUE(record.modified) << updated;
    EXPECT_EQ(FormatInstant(*record.modified), "2026-05-20T17:42:10Z") << updated;
  }
}

struct StartForm {
  Json attribute;
  const char* value;  // nullptr: a doubt
};
class RecordStart : public ::testing::TestWithParam<StartForm> {};

TEST_P(RecordStart, IsReadInEveryForm) {
  const Observed record = Row({{"start", GetParam().attribute}});
  if (GetParam().value == nullptr) {
    EXPECT_THAT(record.claims, IsEmpty());
    ASSERT_EQ(record.doubts.size(), 1u);
    EXPECT_EQ(record.doubts[0].field, "start");
    EXPECT_EQ(record.doubts[0].evidence.attribute, "start");
    return;
  }
  EXPECT_THAT(Values(record, "start"), ElementsAre(GetParam().value));
}

INSTANTIATE_TEST_SUITE_P(Forms, RecordStart,
                         ::testing::Values(StartForm{"15:30", "15:30"}, StartForm{"3:30 PM", "15:30"}, StartForm{1530, "15:30"},
                                           StartForm{"1530", "15:30"}, StartForm{"2026-05-30T15:30:00", "2026-05-30T15:30"},
                                           StartForm{"2026-05-30T22:30:00Z", "2026-05-30T15:30"},
                                           StartForm{"2026-05-30T15:30:00-07:00", "2026-05-30T15:30"},
                                           StartForm{1780180200, "2026-05-30T15:30"}, StartForm{1780180200000, "2026-05-30T15:30"},
                                           StartForm{15.5, nullptr}, StartForm{"15.5", nullptr}, StartForm{15, nullptr},
                                           StartForm{"afternoon", nullptr}, StartForm{true, nullptr}, StartForm{2570, nullptr}));

TEST(ObserveRecord, AnEndBeforeTheStartIsTheNextDay) {
  const Observed record = Row({{"date", "2026-05-30"}, {"start", "22:00"}, {"end", "01:00"}});
  EXPECT_THAT(Values(record, "end"), ElementsAre("2026-05-31T01:00"));
}

TEST(ObserveRecord, SaysNothingThatMayNotBeRead) {
  RecordStoreConfig store = Dispatch();
  store.store.access["crew"] = {.read = false, .write = false, .is_private = false, .notifies = false};
  store.store.access["code"] = {.read = false, .write = false, .is_private = false, .notifies = false};
  const Observed record = Row({{"crew", "Ana"}, {"code", "S2FJLN"}, {"start", "15:30"}}, store);
  EXPECT_THAT(Values(record, "crew"), IsEmpty());
  EXPECT_FALSE(Has(record, "code", "S2FJLN"));
  EXPECT_THAT(Values(record, "start"), ElementsAre("15:30"));
}

TEST(ObserveEvent, ClaimsInTheFleetsZone) {
  Event event;
  event.uid = "0f3b";
  event.summary = "Delacroix";
  event.zone = "UTC";
  event.status = "CONFIRMED";
  event.start = LocalDateTime{ParseDate("2027-06-13"), 60};
  event.end = LocalDateTime{ParseDate("2027-06-13"), 240};
  event.extensions["X-JADA-BOOKING"] = "qmtdkzh";
  StoreConfig store;
  store.name = "calendar";
  const Observed observed = ObserveEvent(Fleet(), store, event, Zones());
  EXPECT_THAT(Values(observed, "start"), ElementsAre("2027-06-12T18:00"));
  EXPECT_THAT(Values(observed, "end"), ElementsAre("2027-06-12T21:00"));
  EXPECT_THAT(Values(observed, "date"), ElementsAre("2027-06-12"));
  EXPECT_THAT(Values(observed, "status"), ElementsAre("confirmed"));
  EXPECT_TRUE(Has(observed, "booking", "qmtdkzh"));
  event.recurring = true;
  EXPECT_THAT(ObserveEvent(Fleet(), store, event, Zones()).claims, IsEmpty());
}

TEST(ObserveCard, ATaskToMoveClaimsAStartUntilItIsDone) {
  BoardConfig board;
  board.store.name = "kanban";
  board.store.settings = Json::object();
  Card card;
  card.id = card.booking = "xhqgmdh";
  card.lane = "needs-you";
  card.title = "move to 3:30";
  card.slug = "2026-05-30-jonathan-sunset";
  const Observed open = ObserveCard(Fleet(), board, card, Zones());
  EXPECT_THAT(Values(open, "start"), ElementsAre("15:30"));
  EXPECT_TRUE(Has(open, "page", "pages:g/2026-05-30-jonathan-sunset.html"));
  EXPECT_TRUE(Has(open, "booking", "xhqgmdh"));
  card.lane = "done";
  EXPECT_THAT(ObserveCard(Fleet(), board, card, Zones()).claims, IsEmpty());
}

TEST(ObserveListing, ClaimsItsAttributes) {
  StoreConfig store;
  store.name = "boatsetter";
  ListingEntry entry;
  entry.id = "jonathan-crew-booking";
  entry.attributes = {{"id", "jonathan-crew-booking"}, {"date", "2026-05-30"}, {"start", "16:30"}, {"end", "19:30"}, {"title", "Jonathan: sunset sail"}};
  const Observed observed = ObserveListing(Fleet(), store, entry, Zones());
  EXPECT_THAT(Values(observed, "start"), ElementsAre("16:30"));
  EXPECT_THAT(Values(observed, "end"), ElementsAre("19:30"));
  EXPECT_TRUE(Has(observed, "listing", "jonathan-crew-booking"));
}

TEST(ObservePage, WhatCannotBeReadCarriesItsProblem) {
  ObjectInfo info;
  info.key = "g/2026-05-30-jonathan-sunset.html";
  const FleetConfig fleet = Fleet();
  const Observed page = ObservePage(fleet, fleet.pages[0], info, std::string("\xFF\xFEh\0t\0m\0l\0", 10), Zones());
  EXPECT_EQ(page.problem.code(), Code::kInvalidArgument);
  EXPECT_EQ(page.problem.resource(), "pages:g/2026-05-30-jonathan-sunset.html");
  EXPECT_THAT(page.claims, IsEmpty());
  EXPECT_TRUE(Has(page, "date", "2026-05-30"));
}

TEST(ObservePage, AnEmptiedPageIsNotRead) {
  ObjectInfo info;
  info.key = "g/2026-05-30-jonathan-sunset.html";
  const FleetConfig fleet = Fleet();
  EXPECT_EQ(ObservePage(fleet, fleet.pages[0], info, " \r\n", Zones()).problem.code(), Code::kInvalidArgument);
  EXPECT_TRUE(ObservePage(fleet, fleet.pages[0], info, "x", Zones()).problem.ok());
}

TEST(ObserveRecord, AStartThatHoldsADateStatesItToo) {
  EXPECT_THAT(Values(Row({{"date", "2027-06-12"}, {"start", "2027-06-14T22:30:00Z"}}), "date"), ElementsAre("2027-06-12", "2027-06-14"));
  EXPECT_THAT(Values(Row({{"date", "2027-06-12"}, {"start", 1813012200}}), "date"), ElementsAre("2027-06-12", "2027-06-14"));
  EXPECT_THAT(Values(Row({{"date", "2027-06-14"}, {"start", "2027-06-14T22:30:00Z"}}), "date"), ElementsAre("2027-06-14"));
  const Observed without = Row({{"start", "2027-06-14T22:30:00Z"}, {"end", "18:30"}});
  EXPECT_THAT(Values(without, "date"), ElementsAre("2027-06-14"));
  EXPECT_THAT(Values(without, "end"), ElementsAre("2027-06-14T18:30"));
}

TEST(ObserveRecord, AnEndAtTheStartsClockIsInDoubt) {
  const Observed record = Row({{"date", "2027-06-12"}, {"start", "16:30"}, {"end", "16:30"}});
  EXPECT_THAT(Values(record, "end"), IsEmpty());
  ASSERT_EQ(record.doubts.size(), 1u);
  EXPECT_EQ(record.doubts[0].field, "end");
  EXPECT_THAT(Values(Row({{"start", "2027-06-12T16:30"}, {"end", "2027-06-13T16:30"}}), "end"), ElementsAre("2027-06-13T16:30"));
}

// A page that the store itself leads on says nothing, whatever its bytes are; most have none.
TEST(Claims, APageThatTheStoreLeadsOnIsARedirect) {
  const FleetConfig fleet = Fleet();
  for (const char* bytes : {"", "<html><body><p>May 30, 2026, 4:30 PM</p></body></html>"}) {
    ObjectInfo info;
    info.key = "g/2026-05-30-jonathan-afternoon.html";
    info.redirect_to = "/g/2026-05-30-jonathan-sunset.html";
    const Observed page = ObservePage(fleet, fleet.pages[0], info, bytes, Zones());
    EXPECT_TRUE(page.problem.ok()) << page.problem.ToString();
    ASSERT_TRUE(page.page);
    EXPECT_EQ(page.page->reading.redirect_to, info.redirect_to);
    EXPECT_THAT(Values(page, "start"), IsEmpty());
    EXPECT_TRUE(Has(page, "page", "pages:g/2026-05-30-jonathan-sunset.html"));
  }
}

}  // namespace
}  // namespace evenkeel
