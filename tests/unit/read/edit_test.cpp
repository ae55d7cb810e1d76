// Edits: fewest bytes, each reference in its own style, nothing else.
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

using Editing = ReadingTest;

TEST_F(Editing, KeepsEachStyle) {
  struct Case {
    const char* before;
    int minutes;
    const char* after;
  };
  for (const Case& c : {
           Case{"<p>4:30–7:30 PM</p>", -60, "<p>3:30–6:30 PM</p>"},
           Case{"<p>4:30–7:30 PM</p>", 300, "<p>9:30 PM–12:30 AM</p>"},
           Case{"<p>8–10&thinsp;pm</p>", 180, "<p>11&thinsp;pm–1&thinsp;am</p>"},
           Case{"<p>4:30&nbsp;<b>PM</b></p>", 480, "<p>12:30&nbsp;<b>AM</b></p>"},
           Case{"<p>16:30 – 19:30</p>", -60, "<p>15:30 – 18:30</p>"},
           Case{"<p>1630–1930 hrs</p>", 60, "<p>1730–2030 hrs</p>"},
           Case{"<p>Sail at half past four</p>", -60, "<p>Sail at half past three</p>"},
           Case{"<p>We cast off at half past four.</p>", 480, "<p>We cast off at half past four.</p>"},  // “half past twelve” would be noon
           Case{"<p>Sail at four o'clock</p>", 60, "<p>Sail at five o'clock</p>"},
           Case{"<p>Sail 4 o'clock to 7 PM</p>", 300, "<p>Sail 9 o'clock PM to 12 AM</p>"},
           Case{"<p>We sail at 7 o'clock p.m. sharp</p>", 300, "<p>We sail at 12 o'clock a.m. sharp</p>"},
           Case{"<p>We sail at seven o'clock pm</p>", 300, "<p>We sail at twelve o'clock am</p>"},
           Case{"<p>noon – 3 PM</p>", -60, "<p>11 AM – 2 PM</p>"},
           Case{"<p>Saturday 11:30 PM</p>", 60, "<p>Sunday 12:30 AM</p>"},
           Case{"<p>Sat, May 30, 2026 · 11:30 PM</p>", 60, "<p>Sun, May 31, 2026 · 12:30 AM</p>"},
           Case{"<p>4 PM</p>", 30, "<p>4:30 PM</p>"},
           Case{"<a href=\"?dates=20260530T233000Z%2F20260531T023000Z\">x</a>", -60, "<a href=\"?dates=20260530T223000Z%2F20260531T013000Z\">x</a>"},
           Case{"<script>var start = new Date(2026, 4, 30, 16, 30);</script>", 45, "<script>var start = new Date(2026, 4, 30, 17, 15);</script>"},
           Case{"<script>var start = 1780183800;</script>", -60, "<script>var start = 1780180200;</script>"},
           Case{"<p>Sunset 7:48 PM</p><p>Office hours 9 AM – 5 PM</p>", 60, "<p>Sunset 7:48 PM</p><p>Office hours 9 AM – 5 PM</p>"},
       }) {
    EXPECT_EQ(Shift(c.before, c.minutes), c.after);
  }
}

TEST_F(Editing, MovesByWallClockAcrossDst) {
  options_.date = ParseDate("2026-10-31");
  const std::string page = "<p>Starts Saturday, October 31, 2026, 4:30 PM PDT</p><script>const START = \"2026-10-31T23:30:00Z\";</script>"
                           "<script type=application/ld+json>{\"startDate\":\"2026-10-31T16:30:00-07:00\"}</script>";
  const std::string after = Shift(page, 24 * 60);  // the clocks go back in the night
  EXPECT_EQ(after, "<p>Starts Sunday, November 1, 2026, 4:30 PM PST</p><script>const START = \"2026-11-02T00:30:00Z\";</script>"
                   "<script type=application/ld+json>{\"startDate\":\"2026-11-01T16:30:00-08:00\"}</script>");
  EXPECT_EQ(Shift(after, -24 * 60), page);
}

TEST_F(Editing, TheRepeatedHourIsTheOneThatIsWritten) {
  options_.date = ParseDate("2026-11-01");
  const std::string day = "<p>Sunday, November 1, 2026, ";
  struct Case {
    const char* before;
    int minutes;
    const char* after;
  };
  for (const Case& c : {Case{"1:30 AM PST</p>", 60, "2:30 AM PST</p>"}, Case{"1:30 AM PST</p>", -60, "12:30 AM PDT</p>"}, Case{"1:30 AM PST</p>", -30, "1:00 AM PST</p>"},
                        Case{"1:30 AM PDT</p>", 60, "2:30 AM PST</p>"}, Case{"1:30 AM PDT</p>", 15, "1:45 AM PDT</p>"}, Case{"2:30 AM PST</p>", -60, "1:30 AM PST</p>"},
                        Case{"1:30 AM UTC-08:00</p>", 60, "2:30 AM UTC-08:00</p>"}, Case{"1:30 AM UTC-07:00</p>", 90, "3:00 AM UTC-08:00</p>"}, Case{"3:30 AM UTC-08:00</p>", -180, "12:30 AM UTC-07:00</p>"}}) {
    EXPECT_EQ(Shift(day + c.before, c.minutes), day + c.after);
  }
  for (const Case& c : {Case{"2026-11-01T01:30:00-08:00", -30, "2026-11-01T01:00:00-08:00"}, Case{"2026-11-01T01:30:00-08:00", -60, "2026-11-01T00:30:00-07:00"},
                        Case{"2026-11-01T01:30:00-07:00", 15, "2026-11-01T01:45:00-07:00"}, Case{"2026-11-01T01:30:00-07:00", 60, "2026-11-01T02:30:00-08:00"},
                        Case{"2026-11-01T09:30:00Z", -30, "2026-11-01T09:00:00Z"}, Case{"2026-11-01T09:30:00Z", -60, "2026-11-01T07:30:00Z"},
                        Case{"2026-11-01T08:30:00Z", 15, "2026-11-01T08:45:00Z"}, Case{"2026-11-01T08:30:00Z", 60, "2026-11-01T10:30:00Z"}}) {
    const std::string head = "<script>const START = \"", tail = "\";</script>";
    EXPECT_EQ(Shift(head + c.before + tail, c.minutes), head + c.after + tail);
  }
  EXPECT_EQ(Shift("<script>const START = 1793525400;</script>", -30), "<script>const START = 1793523600;</script>");  // 1:30 AM PST
}

TEST_F(Editing, TheRepeatedHourInAnotherZone) {
  options_.date = ParseDate("2026-11-01");
  options_.zone = "America/New_York";
  EXPECT_THAT(Describe(Read("<p>Starts November 1, 2026, 1:30 AM PST</p>")), testing::ElementsAre("1:30 AM PST | start 04:30"));
  EXPECT_THAT(Describe(Read("<p>Starts November 1, 2026, 1:30 AM PDT</p>")), testing::ElementsAre("1:30 AM PDT | start 03:30"));
}

TEST_F(Editing, AcrossBothChangesOfTheClocks) {
  for (const auto& [date, day, iso, utc, after, days] : std::vector<std::tuple<const char*, const char*, const char*, const char*, std::vector<std::string>, int>>{
           {"2026-03-07", "Saturday, March 7, 2026, 4:30 PM PST", "2026-03-07T16:30:00-08:00", "2026-03-08T00:30:00Z",
            {"Sunday, March 8, 2026, 4:30 PM PDT", "2026-03-08T16:30:00-07:00", "2026-03-08T23:30:00Z", "1773012600"}, 1},
           {"2026-11-01", "Sunday, November 1, 2026, 4:30 PM PST", "2026-11-01T16:30:00-08:00", "2026-11-02T00:30:00Z",
            {"Saturday, October 31, 2026, 4:30 PM PDT", "2026-10-31T16:30:00-07:00", "2026-10-31T23:30:00Z", "1793489400"}, -1}}) {
    options_.date = ParseDate(date);
    const std::string epoch = std::to_string(ParseInstant(utc)->time_since_epoch().count());
    const auto page = [](const std::string& text, const std::string& local, const std::string& instant, const std::string& seconds) {
      return "<p>" + text + "</p><script type=application/ld+json>{\"startDate\":\"" + local + "\"}</script><script>const START = \"" + instant + "\", start = " + seconds + ";</script>";
    };
    const std::string before = page(day, iso, utc, epoch);
    const std::string moved = page(after[0], after[1], after[2], after[3]);
    EXPECT_EQ(Shift(before, days * 24 * 60), moved);
    EXPECT_EQ(Shift(moved, -days * 24 * 60), before);
  }
}

TEST_F(Editing, AnInstantIsNotMovedToATimeThatTheClocksSkip) {
  options_.date = ParseDate("2026-03-08");
  const std::string page = "<p>Sunday, March 8, 2026</p><script>const START = \"2026-03-08T10:30:00Z\";</script>";  // 3:30 AM; 2:30 AM does not exist
  const auto edits = ShiftPage(page, Read(page), -60, options_);
  ASSERT_TRUE(edits.ok()) << edits.status().ToString();
  EXPECT_TRUE(edits->edits.empty());
  ASSERT_EQ(edits->unsure.size(), 1u);
  EXPECT_EQ(edits->unsure[0].why, "02:30 does not exist on 2026-03-08: the clocks skip it");
}

TEST_F(Editing, SettingTwiceChangesNothingMore) {
  const std::string page = "<p>Time: 4:30–7:30 PM</p><script type=application/ld+json>{\"startDate\":\"2026-05-30T15:30:00-07:00\"}</script><p>Captain: Gene</p>";
  PageTargets targets;
  targets.start = LocalDateTime{options_.date, 15 * 60 + 30};
  targets.end = LocalDateTime{options_.date, 18 * 60 + 30};
  targets.statements["captain"] = "Zoë & Co";
  const auto edits = SetPage(page, Read(page), targets, options_);
  ASSERT_TRUE(edits.ok());
  const auto after = ApplyEdits(page, edits->edits);
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(*after, "<p>Time: 3:30–6:30 PM</p><script type=application/ld+json>{\"startDate\":\"2026-05-30T15:30:00-07:00\"}</script><p>Captain: Zoë &amp; Co</p>");
  const auto again = SetPage(*after, Read(*after), targets, options_);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->edits.empty());
}

TEST_F(Editing, AnotherDayTakesItsDatesAlong) {
  const std::string page = "<h1>Saturday, May 30, 2026</h1><p>Starts 4:30 PM</p><p>Last updated May 9, 2026</p>";
  PageTargets targets;
  targets.start = LocalDateTime{ParseDate("2026-06-07"), 16 * 60 + 30};
  const auto edits = SetPage(page, Read(page), targets, options_);
  ASSERT_TRUE(edits.ok());
  EXPECT_EQ(*ApplyEdits(page, edits->edits), "<h1>Sunday, June 7, 2026</h1><p>Starts 4:30 PM</p><p>Last updated May 9, 2026</p>");
}

TEST_F(Editing, ADateGoesWithTheMidnightOfTheZoneItIsWrittenIn) {
  const auto shifted = [&](const std::string& page, int minutes) {
    const auto edits = ShiftPage(page, Read(page), minutes, options_);
    return edits.ok() ? *ApplyEdits(page, edits->edits) : edits.status().ToString();
  };
  EXPECT_EQ(shifted("2026-05-30 23:00 CET", 60), "2026-05-31 00:00 CET");
  EXPECT_EQ(shifted("Sunday, May 31, 2026 at 3 pm JST", 90), "Sunday, May 31, 2026 at 4:30 pm JST") << "midnight on the booking's wall";
  EXPECT_EQ(shifted("Saturday, May 30, 2026 at 23.00+14", -720), "Saturday, May 30, 2026 at 11.00+14");
  EXPECT_EQ(shifted("Sail Sat 11 PM ET", 60), "Sail Sun 12 AM ET");
  EXPECT_EQ(shifted("Sail Saturday, May 30, 2026, 11 PM ET", 60), "Sail Sunday, May 31, 2026, 12 AM ET");
}

TEST_F(Editing, UnknownTimesAreListedAndLeft) {
  const std::string page = "<p>Sail starts 4:30 PM</p><p>Cake 6:15 PM</p>";
  const auto edits = ShiftPage(page, Read(page), 60, options_);
  ASSERT_TRUE(edits.ok());
  ASSERT_EQ(edits->unsure.size(), 1u);
  EXPECT_EQ(edits->unsure[0].text, "6:15 PM");
  EXPECT_EQ(*ApplyEdits(page, edits->edits), "<p>Sail starts 5:30 PM</p><p>Cake 6:15 PM</p>");
}

TEST_F(Editing, RefusesWhatDoesNotFit) {
  const std::string page = "<p>4:30 PM</p>";
  EXPECT_EQ(ShiftPage(page, Read(page), 8 * 24 * 60, options_).code(), Code::kInvalidArgument);
  EXPECT_EQ(ShiftPage("<p>other</p>", Read(page), 60, options_).code(), Code::kInvalidArgument);
  EXPECT_EQ(ApplyEdits(page, {{{5, 9}, "x"}, {{7, 8}, "y"}}).code(), Code::kInvalidArgument);
  EXPECT_EQ(ApplyEdits(page, {{{5, 99}, "x"}}).code(), Code::kInvalidArgument);
  const auto edits = ShiftPage(page, Read(page), 60, options_);
  ASSERT_TRUE(edits.ok());
  EXPECT_EQ(CheckEdits(page, "<p>5:30 PM</p> ", *edits, options_).code(), Code::kInternal) << "a byte outside the edits";
}

TEST_F(Editing, QuartersKeepTheirWords) {
  for (const char* text : {"We sail at half after four", "We sail at quarter of five", "We sail at quarter after four", "We sail at half past four", "We sail at quarter to five"}) {
    const std::string page = "<p>" + std::string(text) + "</p>";
    EXPECT_EQ(Shift(Shift(page, 30), -30), page);
  }
  EXPECT_EQ(Shift("<p>We sail at quarter of five</p>", 30), "<p>We sail at quarter after five</p>");
  EXPECT_EQ(Shift("<p>We sail at half past four</p>", 15), "<p>We sail at quarter to five</p>");
}

}  // namespace
}  // namespace evenkeel
