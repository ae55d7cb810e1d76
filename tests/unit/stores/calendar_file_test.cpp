#include "contract/scratch.h"
#include "contract/worlds.h"
#include "stores/local/ledger.h"
#include "stores/local/windows_zones.h"

namespace evenkeel {
namespace {

using contract::LocalAdapters;
using contract::MakeStore;
using contract::Scratch;

constexpr char kHead[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n";
const Date kDay(date::year(2026), date::month(5), date::day(30));

struct CalendarFile : testing::Test {
  std::unique_ptr<Calendar> Open() {
    AdapterContext context = scratch.Context("calendar");
    context.zones = zones.get();
    return MakeStore(LocalAdapters().calendars, "ics", context, {{"path", "c.ics"}});
  }
  void Write(const std::string& events) { scratch.Write("c.ics", kHead + events + "END:VCALENDAR\r\n"); }
  StatusOr<Event> Move(int start, int end, const std::string& uid = "a") {
    auto store = Open();
    auto event = store->Get(uid);
    if (!event.ok()) return event.status();
    EventChange change;
    change.start = LocalDateTime{kDay, start};
    change.end = LocalDateTime{kDay, end};
    change.zone = "America/Los_Angeles";
    return store->Update(uid, change, event->version, {"op", {}});
  }
  Scratch scratch;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
};

TEST_F(CalendarFile, OnlyTheNamedPropertiesChange) {
  const std::string rest =
      "X-UNKNOWN;X-P=\"a:b;c\":kept\\, as it is\r\nDESCRIPTION:a line that is folded in an odd pla\r\n ce and stays so\r\n"
      "BEGIN:VALARM\r\nTRIGGER:-PT3H\r\nACTION:DISPLAY\r\nDESCRIPTION:alarm\r\nEND:VALARM\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\nUID:b\nDTSTAMP:20260509T164012Z\nDTSTART:20260601T100000Z\nEND:VEVENT\n";
  Write("BEGIN:VEVENT\r\nDTSTAMP:20260509T164012Z\r\nuid:a\r\nDTSTART;TZID=America/Los_Angeles;X-Q=1:20260530T163000\r\n"
        "DTEND;TZID=America/Los_Angeles:20260530T193000\r\nSEQUENCE:4\r\n" + rest);
  const std::string before = scratch.Read("c.ics");
  auto moved = Move(930, 1110);
  ASSERT_OK(moved);
  std::string expected = before;
  const auto swap = [&](const std::string& from, const std::string& to) { expected.replace(expected.find(from), from.size(), to); };
  swap("20260530T163000", "20260530T153000");
  swap("20260530T193000", "20260530T183000");
  swap("SEQUENCE:4", "SEQUENCE:5");
  const std::string after = scratch.Read("c.ics");
  const std::string stamp = after.substr(after.find("DTSTAMP:") + 8, 16);
  swap("20260509T164012Z", stamp);
  EXPECT_EQ(after, expected);
  EXPECT_GT(stamp, "20260509T164012Z");
  EXPECT_EQ(moved->extensions.at("X-UNKNOWN"), "kept, as it is");
  EXPECT_EQ(moved->version, Open()->Get("a")->version);
}

TEST_F(CalendarFile, EveryFormOfTimeKeepsItsForm) {
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260530T233000Z\r\nDTEND:20260531T023000Z\r\nEND:VEVENT\r\n");
  ASSERT_OK(Move(930, 1110));
  EXPECT_NE(scratch.Read("c.ics").find("DTSTART:20260530T223000Z\r\nDTEND:20260531T013000Z\r\n"), std::string::npos) << scratch.Read("c.ics");
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260530T163000\r\nDURATION:PT3H\r\nEND:VEVENT\r\n");
  EXPECT_EQ(Open()->Get("a")->end, (LocalDateTime{kDay, 1170}));
  EXPECT_EQ(Open()->Get("a")->zone, "");
  ASSERT_OK(Move(930, 1110));
  EXPECT_NE(scratch.Read("c.ics").find("DTSTART:20260530T153000\r\nDURATION:PT3H\r\n"), std::string::npos) << scratch.Read("c.ics");
  ASSERT_OK(Move(930, 1140));
  EXPECT_NE(scratch.Read("c.ics").find("DTSTART:20260530T153000\r\nDURATION:PT3H30M\r\n"), std::string::npos) << scratch.Read("c.ics");
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=America/Los_Angeles:20260530T163000\r\nEND:VEVENT\r\n");
  ASSERT_OK(Move(930, 1110));
  EXPECT_NE(scratch.Read("c.ics").find(":20260530T153000\r\nDTEND;TZID=America/Los_Angeles:20260530T183000\r\n"), std::string::npos) << scratch.Read("c.ics");
}

TEST_F(CalendarFile, OutlooksNameOfAZoneStaysAndIsKnown) {
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Pacific Standard Time:20260530T163000\r\nDTEND;TZID=\"Eastern Standard Time\":20260530T223000\r\nEND:VEVENT\r\n");
  const auto event = Open()->Get("a");
  ASSERT_OK(event);
  EXPECT_EQ(event->zone, "America/Los_Angeles");
  EXPECT_EQ(event->end, (LocalDateTime{kDay, 1170})) << "by the wall clock of the start";
  ASSERT_OK(Move(930, 1110));
  EXPECT_NE(scratch.Read("c.ics").find("DTSTART;TZID=Pacific Standard Time:20260530T153000\r\nDTEND;TZID=\"Eastern Standard Time\":20260530T213000\r\n"), std::string::npos) << scratch.Read("c.ics");
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Pacific Standard Time:20260530T163000\r\nEND:VEVENT\r\n");
  ASSERT_OK(Move(930, 1110));
  EXPECT_NE(scratch.Read("c.ics").find(":20260530T153000\r\nDTEND;TZID=Pacific Standard Time:20260530T183000\r\n"), std::string::npos) << scratch.Read("c.ics");
}

TEST(WindowsZones, EveryNameIsOfAZoneThatThereIs) {
  const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  for (const char* name : {"AUS Central Standard Time", "Central Standard Time (Mexico)", "Dateline Standard Time", "FLE Standard Time", "Hawaiian Standard Time", "Pacific Standard Time",
                           "Russia Time Zone 11", "US Mountain Standard Time", "UTC-11", "W. Europe Standard Time", "Yukon Standard Time"}) {
    EXPECT_TRUE(zones->Has(std::string(ZoneOfWindowsName(name)))) << name;
  }
  EXPECT_EQ(ZoneOfWindowsName("W. Europe Standard Time"), "Europe/Berlin");
  EXPECT_EQ(ZoneOfWindowsName("US Mountain Standard Time"), "America/Phoenix") << "which has no summer time";
  for (const char* name : {"", "Pacific", "Pacific Standard Tim", "pacific standard time", "Zulu", "Customized Time Zone"}) EXPECT_EQ(ZoneOfWindowsName(name), "") << name;
}

TEST_F(CalendarFile, AllDayAndRepeatedEventsAreNotGuessed) {
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20260530\r\nDTEND;VALUE=DATE:20260531\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:r\r\nDTSTART:20260530T163000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:r\r\nRECURRENCE-ID:20260531T163000Z\r\nDTSTART:20260531T183000Z\r\nEND:VEVENT\r\n");
  const std::string before = scratch.Read("c.ics");
  auto listing = Open()->List();
  ASSERT_OK(listing);
  EXPECT_TRUE(listing->complete) << listing->why_incomplete;
  ASSERT_EQ(listing->events.size(), 2u);
  EXPECT_TRUE(listing->events[0].all_day);
  EXPECT_TRUE(listing->events[1].recurring);
  EXPECT_EQ(Move(930, 1110, "a").code(), Code::kInvalidArgument);
  EXPECT_EQ(Move(930, 1110, "r").code(), Code::kInvalidArgument);
  EXPECT_EQ(scratch.Read("c.ics"), before);
}

// What a process leaves that is killed between its note and its write.
TEST_F(CalendarFile, AWriteThatNeverHappenedChangesNoVersion) {
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260509T164012Z\r\nDTSTART:20260530T233000Z\r\nDTEND:20260531T023000Z\r\nEND:VEVENT\r\n");
  const std::string before = scratch.Read("c.ics");
  const Version first = Open()->Get("a")->version;
  Ledger ledger(scratch.Context("calendar"));
  {
    const auto lock = ledger.Lock();
    ASSERT_OK(lock);
    ASSERT_OK(ledger.Announce("a", {"op", {}}, *scratch.environment().files().StatSettled(scratch / "c.ics")));
  }
  EXPECT_EQ(Open()->Get("a")->version, first);
  ASSERT_OK(Move(930, 1110));
  scratch.Write("c.ics", before);  // somebody takes it back
  EXPECT_NE(Open()->Get("a")->version, first);
}

// … and then another event of the same file is written.
TEST_F(CalendarFile, AWriteThatNeverHappenedIsForgottenWhenTheFileChanges) {
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260530T233000Z\r\nDTEND:20260531T023000Z\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20260530T233000Z\r\nDTEND:20260531T023000Z\r\nEND:VEVENT\r\n");
  const Version first = Open()->Get("b")->version;
  Ledger ledger(scratch.Context("calendar"));
  {
    const auto lock = ledger.Lock();
    ASSERT_OK(lock);
    ASSERT_OK(ledger.Announce("b", {"op", {}}, *scratch.environment().files().StatSettled(scratch / "c.ics")));
  }
  ASSERT_OK(Move(930, 1110, "a"));
  EXPECT_EQ(Open()->Get("b")->version, first) << "nobody has written it";
  ASSERT_OK(Move(930, 1110, "b"));
  EXPECT_NE(Open()->Get("b")->version, first);
}

TEST_F(CalendarFile, TextIsEscapedAndFolded) {
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260530T163000Z\r\nSUMMARY;LANGUAGE=en:old\r\nEND:VEVENT\r\n");
  EventChange change;
  change.zone = "UTC";
  change.summary = "Sail – " + std::string(60, 'x') + "; ünï,\nçödé \\ end";
  change.status = "CANCELLED";
  ASSERT_OK(Open()->Update("a", change, Open()->Get("a")->version, {"op", {}}));
  EXPECT_EQ(Open()->Get("a")->summary, *change.summary);
  EXPECT_EQ(Open()->Get("a")->status, "CANCELLED");
  const std::string text = scratch.Read("c.ics");
  EXPECT_NE(text.find("SUMMARY;LANGUAGE=en:Sail"), std::string::npos);
  for (std::size_t at = 0; at < text.size(); at = text.find("\r\n", at) + 2) EXPECT_LE(text.find("\r\n", at) - at, 75u);
}

TEST_F(CalendarFile, WhatIsNoCalendarIsSaidWithItsLine) {
  const auto says = [&](const std::string& text, const std::string& words) {
    scratch.Write("c.ics", text);
    auto listing = Open()->List();
    EXPECT_EQ(listing.code(), Code::kInvalidArgument) << text;
    EXPECT_NE(listing.status().ToString().find(words), std::string::npos) << listing.status().ToString();
    EXPECT_NE(listing.status().ToString().find("c.ics"), std::string::npos) << listing.status().ToString();
  };
  EXPECT_EQ(Open()->List().code(), Code::kNotFound);
  says("<!DOCTYPE html>\n<html></html>", "line 1");
  says("", "empty");
  says(std::string(kHead) + "BEGIN:VEVENT\r\nUID:a\r\nnonsense\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "line 6");
  says(std::string(kHead) + "BEGIN:VEVENT\r\nUID:a\r\n", "cut off");
  says(std::string(kHead) + "BEGIN:VEVENT\r\nEND:VALARM\r\n", "line 5");
}

TEST_F(CalendarFile, EventsThatCannotBeNamedMakeTheListingIncomplete) {
  Write("BEGIN:VEVENT\r\nDTSTART:20260530T163000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:ok\r\nDTSTART:20260530T163000Z\r\nEND:VEVENT\r\n");
  auto listing = Open()->List();
  ASSERT_OK(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_NE(listing->why_incomplete.find("line 4 has no UID"), std::string::npos) << listing->why_incomplete;
  EXPECT_EQ(listing->events.size(), 1u);
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260530T163000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260530T173000Z\r\nEND:VEVENT\r\n");
  listing = Open()->List();
  ASSERT_OK(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_NE(listing->why_incomplete.find("same UID a"), std::string::npos) << listing->why_incomplete;
  EXPECT_EQ(Open()->Get("a").code(), Code::kInvalidArgument);
  Write("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260530T163000Z\r\nDURATION:long\r\nEND:VEVENT\r\n");
  EXPECT_NE(Open()->Get("a").status().message().find("has a DURATION that cannot be read"), std::string::npos);
}

TEST_F(CalendarFile, TheExampleCalendarReads) {
  std::filesystem::copy_file(EVENKEEL_SOURCE_DIR "/examples/incident/fleet/calendar.ics", scratch / "c.ics");
  const auto before = scratch.Tree();
  auto listing = Open()->List();
  ASSERT_OK(listing);
  EXPECT_TRUE(listing->complete) << listing->why_incomplete;
  EXPECT_GT(listing->events.size(), 3u);
  EXPECT_EQ(scratch.Tree(), before);
}

}  // namespace
}  // namespace evenkeel
