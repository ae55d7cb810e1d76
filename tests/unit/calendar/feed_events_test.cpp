// What a feed's text says: single events, series as their occasions, and everything that is wrong with them.
#include "calendar/feed_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "contract/worlds.h"

namespace evenkeel {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Date Day(const char* text) { return *ParseDate(text); }

struct FeedEvents : testing::Test {
  StatusOr<EventListing> Read(const std::string& events) {
    return ReadFeedEvents("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n" + events + "END:VCALENDAR\r\n", reading, window);
  }
  // The uids and starts, "a 2026-05-30 16:30".
  std::vector<std::string> Starts(const std::string& events) {
    const auto listing = Read(events);
    EXPECT_TRUE(listing.ok()) << listing.status().ToString();
    std::vector<std::string> starts;
    if (!listing.ok()) return starts;
    why = listing->why_incomplete;
    EXPECT_EQ(listing->complete, why.empty());
    for (const Event& event : listing->events) {
      EXPECT_FALSE(event.recurring);
      EXPECT_FALSE(event.version.empty());
      starts.push_back(event.uid + " " + FormatDate(*event.start->date) + (event.all_day ? "" : " " + FormatMinutes(event.start->minutes)));
    }
    return starts;
  }
  static std::string One(const std::string& uid, const std::string& lines) { return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nSUMMARY:Sail\r\n" + lines + "END:VEVENT\r\n"; }
  static std::string Weekly(const std::string& more, const std::string& rule = "FREQ=WEEKLY") {
    return One("w", "DTSTART;TZID=America/Los_Angeles:20260502T163000\r\nDTEND;TZID=America/Los_Angeles:20260502T193000\r\nRRULE:" + rule + "\r\n" + more);
  }

  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  CalendarReading reading{"https://feed.example/…", "market", "America/Los_Angeles", zones.get(), {}};
  FeedWindow window{Day("2026-05-20"), Day("2026-06-20")};
  std::string why;
};

TEST_F(FeedEvents, SingleEventsAreReadWheneverTheyAre) {
  EXPECT_THAT(Starts(One("a", "DTSTART:20200101T163000\r\n") + One("b", "DTSTART;VALUE=DATE:20990530\r\n")),
              ElementsAre("a 2020-01-01 16:30", "b 2099-05-30"));
}

TEST_F(FeedEvents, ASeriesWithoutEndIsItsOccasionsWithinTheWindow) {
  EXPECT_THAT(Starts(Weekly("")), ElementsAre("w/2026-05-23T16:30 2026-05-23 16:30", "w/2026-05-30T16:30 2026-05-30 16:30", "w/2026-06-06T16:30 2026-06-06 16:30",
                                              "w/2026-06-13T16:30 2026-06-13 16:30", "w/2026-06-20T16:30 2026-06-20 16:30"));
  const auto listing = Read(Weekly(""));
  EXPECT_EQ(listing->events[1].end, (LocalDateTime{Day("2026-05-30"), 19 * 60 + 30}));
  EXPECT_EQ(listing->events[1].zone, "America/Los_Angeles");
  EXPECT_EQ(why, "");
}

TEST_F(FeedEvents, OccasionsKeepTheirWallClockWhenTheClocksChange) {
  window = {Day("2026-10-30"), Day("2026-11-08")};
  EXPECT_THAT(Starts(Weekly("")), ElementsAre("w/2026-10-31T16:30 2026-10-31 16:30", "w/2026-11-07T16:30 2026-11-07 16:30"));
}

TEST_F(FeedEvents, WhatIsLeftOutAddedAndChangedIsFollowed) {
  EXPECT_THAT(Starts(Weekly("EXDATE;TZID=America/Los_Angeles:20260523T163000\r\nEXDATE:20260613T233000Z\r\nEXDATE;VALUE=DATE:20260620\r\n"
                            "RDATE;TZID=America/New_York:20260601T130000\r\n") +
                     One("w", "RECURRENCE-ID:20260530T233000Z\r\nDTSTART;TZID=America/Los_Angeles:20260531T153000\r\n")),
              ElementsAre("w/2026-05-30T16:30 2026-05-31 15:30", "w/2026-06-01T10:00 2026-06-01 10:00", "w/2026-06-06T16:30 2026-06-06 16:30"));
  EXPECT_EQ(why, "");
}

TEST_F(FeedEvents, AnUntilInUtcIsMeantByTheZoneOfTheSeries) {
  EXPECT_THAT(Starts(Weekly("", "FREQ=WEEKLY;UNTIL=20260530T233000Z")).back(), "w/2026-05-30T16:30 2026-05-30 16:30");
  EXPECT_THAT(Starts(Weekly("", "FREQ=WEEKLY;UNTIL=20260530T232900Z")).back(), "w/2026-05-23T16:30 2026-05-23 16:30");
  EXPECT_THAT(Starts(Weekly("", "FREQ=WEEKLY;COUNT=4")).back(), "w/2026-05-23T16:30 2026-05-23 16:30");
  EXPECT_THAT(Starts(One("d", "DTSTART;VALUE=DATE:20260502\r\nRRULE:FREQ=WEEKLY;UNTIL=20260530\r\n")), ElementsAre("d/2026-05-23 2026-05-23", "d/2026-05-30 2026-05-30"));
}

TEST_F(FeedEvents, ConditionsOfARuleAreFollowed) {
  const auto days = [&](const std::string& rule) {
    std::string all;
    for (const std::string& one : Starts(One("d", "DTSTART;VALUE=DATE:20260501\r\nRRULE:" + rule + "\r\n"))) all += one.substr(one.size() - 5) + " ";
    EXPECT_EQ(why, "");
    return all;
  };
  EXPECT_EQ(days("FREQ=DAILY;BYDAY=SA,SU"), "05-23 05-24 05-30 05-31 06-06 06-07 06-13 06-14 06-20 ");
  EXPECT_EQ(days("FREQ=DAILY;BYMONTH=6;BYDAY=WE"), "06-03 06-10 06-17 ");
  EXPECT_EQ(days("FREQ=DAILY;BYDAY=SA;COUNT=5"), "05-23 05-30 ");
  EXPECT_EQ(days("FREQ=WEEKLY;BYMONTH=5;BYDAY=TU,TH"), "05-21 05-26 05-28 ");
  EXPECT_EQ(days("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=3"), "05-29 ");
  EXPECT_EQ(days("FREQ=MONTHLY;BYDAY=-1SA"), "05-30 ");
  EXPECT_EQ(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), "05-29 ");
  EXPECT_EQ(days("FREQ=MONTHLY;BYMONTH=6,7;BYMONTHDAY=1,15"), "06-01 06-15 ");
  EXPECT_EQ(days("FREQ=YEARLY;BYMONTH=6;BYDAY=1SU"), "06-07 ");
  EXPECT_EQ(days("FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=MO,FR"), "06-01 06-05 ");
  EXPECT_EQ(days("FREQ=MONTHLY;BYMONTHDAY=5;BYDAY=FR;COUNT=2"), "06-05 ");
  EXPECT_EQ(days("FREQ=YEARLY;BYMONTH=5,6;BYMONTHDAY=29,5;BYDAY=FR"), "05-29 06-05 ");
  EXPECT_EQ(days("FREQ=YEARLY;BYYEARDAY=150"), "05-30 ");
}

TEST_F(FeedEvents, AllDayAndFloatingTimesAreWhatTheyAre) {
  const auto listing = Read(One("a", "DTSTART;VALUE=DATE:20260530\r\nDTEND;VALUE=DATE:20260531\r\n") + One("f", "DTSTART:20260530T163000\r\n") + One("u", "DTSTART:20260530T233000Z\r\n"));
  ASSERT_TRUE(listing.ok());
  EXPECT_TRUE(listing->events[0].all_day);
  EXPECT_EQ(listing->events[1].zone, "");
  EXPECT_EQ(listing->events[2].zone, "UTC");
}

TEST_F(FeedEvents, WhatCannotBeReadIsLeftOutAndNamed) {
  const std::string good = One("ok", "DTSTART:20260530T163000\r\n");
  const auto named = [&](const std::string& events, const std::string& words) {
    EXPECT_THAT(Starts(events + good), ElementsAre("ok 2026-05-30 16:30")) << events;
    EXPECT_THAT(why, HasSubstr(words));
    EXPECT_THAT(why, HasSubstr("read"));
  };
  named("BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:20260530T163000\r\nEND:VEVENT\r\n", "the event at line 4 has no UID");
  named(One("a", "DTSTART:20260530T163000\r\n") + One("a", "DTSTART:20260531T163000\r\n"), "the events at lines 4 and 9 have the same UID a");
  named(One("a", "DTSTART:nonsense\r\n"), "DTSTART that cannot be read");
  named(Weekly("", "FREQ=HOURLY"), "(w) repeats more than once a day");
  named(Weekly("", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), "repeats more than once a day");
  named(Weekly("", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), "repeats daily or weekly on some days");
  named(Weekly("", "FREQ=WEEKLY;BYDAY=SA,SU;BYSETPOS=1"), "repeats daily or weekly on some days");
  named(Weekly("", "FREQ=DAILY;BYHOUR=1,2"), "more than once a day");
  named(Weekly("", "RSCALE=CHINESE;FREQ=YEARLY"), "another calendar");
  named(Weekly("", "often"), "a rule that cannot be read");
  named(Weekly("", "FREQ=WEEKLY;INTERVAL=0"), "a rule that cannot be read");
  named(Weekly("", "FREQ=DAILY;BYDAY=2SA"), "repeats daily or weekly on some days");
  named(Weekly("", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU"), "does not name the weekday on which it begins");
  named(Weekly("", "FREQ=WEEKLY;BYDAY=SA,SA;COUNT=2"), "names one weekday twice");
  named(Weekly("", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "never comes to a day");
  named(One("m", "DTSTART:20260131T163000\r\nRRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31\r\nRRULE:FREQ=MONTHLY;BYDAY=6SA\r\n"), "on days that a rule seldom combines so or that no month has");
  named(One("m", "DTSTART:20260428T163000\r\nRRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31\r\n"), "never comes to a day");
  for (const char* rule : {"FREQ=YEARLY;BYWEEKNO=22", "FREQ=YEARLY;BYMONTHDAY=30", "FREQ=YEARLY;BYYEARDAY=150;BYDAY=SA", "FREQ=MONTHLY;BYMONTHDAY=30;BYDAY=5SA",
                           "FREQ=MONTHLY;BYSETPOS=40", "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=5", "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2"}) {
    named(Weekly("", rule), "on days that a rule seldom combines so");
  }
  named(Weekly("", "FREQ=YEARLY;BYYEARDAY=1" + std::string(5000, ',')), "of more than 4096 bytes");
  named(One("a", "DTSTART:20260530T163000\r\nDURATION:long\r\n"), "DURATION that cannot be read");
  named(One(std::string(70'000, 'u'), "DTSTART:20260530T163000\r\n"), "has a UID of more than 65536 bytes");
  named(Weekly("EXRULE:FREQ=WEEKLY;INTERVAL=2\r\n"), "EXRULE");
  named(Weekly("EXDATE:never\r\n"), "has a EXDATE that cannot be read");
  named(Weekly("RDATE;VALUE=DATE:20260601\r\n"), "a day for a time");
  named(One("d", "DTSTART;VALUE=DATE:20260530\r\nRDATE:20260601T163000\r\n"), "a time for a day");
  named(Weekly("RDATE;VALUE=PERIOD:20260530T163000Z/PT1H\r\n"), "has a RDATE that cannot be read");
  named(Weekly("") + One("w", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260530T233000Z\r\nDTSTART:20260530T223000Z\r\n"), "THISANDFUTURE");
  named(Weekly("") + One("w", "RECURRENCE-ID:x\r\nDTSTART:20260530T223000Z\r\n"), "RECURRENCE-ID that cannot be read");
  named(One("z", "DTSTART;TZID=Mars/Olympus:20260502T163000\r\nRRULE:FREQ=WEEKLY;UNTIL=20260630T000000Z\r\n"), "(z) repeats by times in a zone that is not known");
}

TEST_F(FeedEvents, AnOccasionThatIsChangedTwiceOrUnreadablyIsNotReadAsTheSeriesSaysIt) {
  const std::string changed = "RECURRENCE-ID:20260530T233000Z\r\nDTSTART:20260530T223000Z\r\n";
  const auto without = ElementsAre(HasSubstr("05-23"), HasSubstr("06-06"), HasSubstr("06-13"), HasSubstr("06-20"));
  EXPECT_THAT(Starts(Weekly("") + One("w", changed) + One("w", changed)), without);
  EXPECT_THAT(why, HasSubstr("change the same occasion w/2026-05-30T16:30"));
  EXPECT_THAT(Starts(Weekly("") + One("w", "RECURRENCE-ID:20260530T233000Z\r\nDTSTART:soon\r\n")), without);
  EXPECT_THAT(why, HasSubstr("DTSTART that cannot be read"));
}

TEST_F(FeedEvents, AChangedOccasionMayBeNamedByItsDay) {
  EXPECT_THAT(Starts(Weekly("") + One("w", "RECURRENCE-ID;VALUE=DATE:20260530\r\nDTSTART;TZID=America/Los_Angeles:20260530T153000\r\n")),
              ElementsAre(HasSubstr("05-23"), "w/2026-05-30T16:30 2026-05-30 15:30", HasSubstr("06-06"), HasSubstr("06-13"), HasSubstr("06-20")));
  EXPECT_EQ(why, "");
}

TEST_F(FeedEvents, AnEventThatHasTheUidOfAnOccasionIsNotTakenForIt) {
  EXPECT_THAT(Starts(Weekly("") + One("w/2026-05-30T16:30", "DTSTART:20260530T100000\r\n")),
              ElementsAre(HasSubstr("05-23"), HasSubstr("06-06"), HasSubstr("06-13"), HasSubstr("06-20")));
  EXPECT_THAT(why, HasSubstr("an event has the UID of another one's occasion, w/2026-05-30T16:30; neither is read"));
}

TEST_F(FeedEvents, WordsShowForeignTextsShortAndWithoutControls) {
  const std::string uid = "a\x1b[31m" + std::string(5000, 'x');
  Starts(One(uid, "DTSTART:20260530T163000\r\n") + One(uid, "DTSTART:20260530T163000\r\n"));
  EXPECT_THAT(why, HasSubstr("UID a?[31mxxx"));
  EXPECT_THAT(why, Not(HasSubstr("\x1b")));
  EXPECT_LT(why.size(), 300u);
  Starts(One("z", "DTSTART;TZID=" + std::string(5000, 'Z') + ":20260530T163000\r\n") + One("y", "DTSTART;TZID=" + std::string(5000, 'Y') + ":20260530T163000\r\nRRULE:FREQ=DAILY;UNTIL=20270101T000000Z\r\n"));
  EXPECT_LT(why.size(), 800u);
}

TEST_F(FeedEvents, AnUnknownZoneStaysWithItsEvent) {
  const auto outlook = Read(One("a", "DTSTART;TZID=Pacific Standard Time:20260530T163000\r\n"));
  ASSERT_TRUE(outlook.ok());
  EXPECT_EQ(outlook->events.at(0).zone, "America/Los_Angeles") << "as Outlook calls it";
  const auto listing = Read(One("a", "DTSTART;TZID=Mars/Olympus:20260530T163000\r\n"));
  ASSERT_TRUE(listing.ok());
  EXPECT_EQ(listing->events.at(0).zone, "Mars/Olympus");
  EXPECT_THAT(listing->why_incomplete, HasSubstr("the event at line 4 (a) is in a zone that is not known (Mars/Olympus); its times are not read"));
  EXPECT_THAT(Starts(One("a", "DTSTART;TZID=Mars/Olympus:20260530T163000\r\nRRULE:FREQ=WEEKLY;COUNT=1\r\n")), ElementsAre(HasSubstr("16:30")));
}

TEST_F(FeedEvents, EverythingIsBounded) {
  // Rules that no day meets are looked for no further than the window.
  for (const char* rule : {"FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=3"}) {
    EXPECT_THAT(Starts(One("n", "DTSTART:20260523T163000\r\nRRULE:" + std::string(rule) + "\r\n")), ElementsAre("n/2026-05-23T16:30 2026-05-23 16:30")) << rule;
  }
  std::string rules;  // each takes some work, and all together too much
  for (int i = 0; i < 30; ++i) rules += One("r" + std::to_string(i), "DTSTART:20000102T163000\r\nRRULE:FREQ=DAILY;BYDAY=MO\r\n");
  ASSERT_TRUE(Read(rules).ok());
  EXPECT_THAT(Read(rules)->why_incomplete, HasSubstr("repeats too often"));
  Starts(One("d", "DTSTART:19000102T163000\r\nRRULE:FREQ=DAILY\r\n"));
  EXPECT_THAT(why, HasSubstr("repeats too often, or since too long ago"));

  window.series_bytes = 300;
  EXPECT_THAT(Starts(Weekly("")), IsEmpty());
  EXPECT_THAT(why, HasSubstr("300 bytes"));

  reading.limits.calendar_events = 3;
  window.series_bytes = 1u << 20;
  const auto many = Read(Weekly(""));
  EXPECT_EQ(many.code(), Code::kLimitExceeded);
  EXPECT_THAT(many.status().message(), HasSubstr("limit calendar_events"));
}

TEST_F(FeedEvents, VersionsAreOfTheEventAlone) {
  const auto before = Read(One("a", "DTSTART:20260530T163000\r\n") + One("b", "DTSTART:20260530T163000\r\n"));
  const auto after = Read(One("b", "DTSTART:20260530T173000\r\n") + One("a", "DTSTART:20260530T163000\r\n"));
  EXPECT_EQ(before->events[0].version, after->events[0].version);
  EXPECT_NE(before->events[1].version, after->events[1].version);
  // Many hosts write into DTSTAMP when they were asked.
  const auto stamped = [&](const char* stamp) { return Read(One("a", "DTSTART:20260530T163000\r\nDTSTAMP:" + std::string(stamp) + "\r\n"))->events.at(0).version; };
  EXPECT_EQ(stamped("20260530T163000Z"), stamped("20260531T163000Z"));
}

}  // namespace
}  // namespace evenkeel
