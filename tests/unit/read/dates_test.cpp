// Dates in text, the dates that times belong to, and the lengths that confirm an end.
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

using Dates = ReadingTest;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Days(const Reading& reading) {
  std::vector<std::string> days;
  for (const DateReference& date : reading.dates) days.push_back(date.text + " = " + FormatDate(Date(date::year(date.year), date::month(date.month), date::day(date.day))));
  return days;
}

std::string DayOf(const TimeReference& time) { return time.date ? FormatDate(*time.date) : ""; }

TEST_F(Dates, ShortNumbersAreDatesWhereSomethingSaysSo) {
  EXPECT_THAT(Days(ReadLine("Reply by 5/28")), ElementsAre("5/28 = 2026-05-28"));
  EXPECT_THAT(Days(ReadLine("5/28 at 4:30 PM")), ElementsAre("5/28 = 2026-05-28"));
  EXPECT_THAT(Days(ReadLine("4:30 PM, 5/28")), ElementsAre("5/28 = 2026-05-28"));
  EXPECT_THAT(Days(ReadLine("Your 5/30 sail")), ElementsAre("5/30 = 2026-05-30")) << "the booking's own day";
  for (const char* text : {"3/4 cup of ice", "open 24/7", "rated 4/5", "a 1/2 hour", "cut it by 1/2 the price", "$5/28", "5/28/1/2", "13/40"}) {
    EXPECT_THAT(Days(ReadLine(text)), ElementsAre()) << text;
  }
  options_.day_first = true;
  EXPECT_THAT(Days(ReadLine("Reply by 5/6")), ElementsAre("5/6 = 2026-06-05"));
  EXPECT_THAT(Days(ReadLine("open 24/7")), ElementsAre());
}

TEST_F(Dates, RunIntoClocks) {
  for (const char* text : {"05/31/2026.14:15", "05/31/2026:14:15", "05/31/2026-14:15", "31/May/2026:14:15:02"}) {
    const Reading reading = ReadLine(text);
    ASSERT_EQ(reading.times.size(), 1u) << text;
    EXPECT_EQ(reading.times[0].start, 14 * 60 + 15) << text;
    EXPECT_EQ(DayOf(reading.times[0]), "2026-05-31") << text;
  }
}

TEST_F(Dates, OfTheYearStandInMachineReadableAttributes) {
  EXPECT_THAT(Days(Read("<time datetime=\"2026-150\">our day</time>")), ElementsAre("2026-150 = 2026-05-30"));
  EXPECT_THAT(Days(Read("<p data-part=\"2026-150\">2026-150</p>")), ElementsAre());
  EXPECT_EQ(Shift("<p>May 30, 2026, 11:30 PM</p><time datetime=\"2026-150\">our day</time>", 60), "<p>May 31, 2026, 12:30 AM</p><time datetime=\"2026-151\">our day</time>");
}

TEST_F(Dates, CountedFromTheBookings) {
  const Reading tomorrow = ReadLine("See you tomorrow at 4:30 PM");
  EXPECT_THAT(Days(tomorrow), ElementsAre("tomorrow = 2026-05-31"));
  EXPECT_EQ(DayOf(tomorrow.times.at(0)), "2026-05-31");
  EXPECT_TRUE(tomorrow.times[0].date_relative);
  EXPECT_THAT(Days(ReadLine("The sail is next Friday, 4 PM")), ElementsAre("next Friday = 2026-06-05"));
  EXPECT_THAT(Days(ReadLine("4:30 PM Friday of next week")), ElementsAre("Friday of next week = 2026-06-05"));
  EXPECT_THAT(Days(ReadLine("this Saturday, May 30, at 4 PM")), ElementsAre("Saturday, May 30 = 2026-05-30"));
  EXPECT_THAT(Days(ReadLine("Book today! Sail 4:30 PM")), ElementsAre()) << "no time touches it";
  options_.date.reset();
  EXPECT_THAT(Days(ReadLine("See you tomorrow at 4:30 PM")), ElementsAre()) << "nothing to count from";
}

TEST_F(Dates, AWeekdayThatContradictsIsReported) {
  EXPECT_THAT(ReadLine("Friday, May 30, 2026").dates.at(0).why, HasSubstr("the date is a Saturday"));
  const Reading reading = ReadLine("Sunday 4:30 PM, May 30, 2026");
  EXPECT_THAT(reading.times.at(0).why, HasSubstr("says Sunday, but its date is a Saturday"));
  EXPECT_EQ(ReadLine("Saturday, May 30, 2026").dates.at(0).why, "");
}

TEST_F(Dates, BesideTheirTimes) {
  const Reading behind = ReadLine("4:30 PM on May 30, 2026 and 5:00 PM on June 6, 2026");
  EXPECT_EQ(DayOf(behind.times.at(0)), "2026-05-30");
  EXPECT_EQ(DayOf(behind.times.at(1)), "2026-06-06");
  const Reading front = ReadLine("May 30: 4:30 PM, June 6: 5:00 PM");
  EXPECT_EQ(DayOf(front.times.at(0)), "2026-05-30");
  EXPECT_EQ(DayOf(front.times.at(1)), "2026-06-06");
  const Reading posted = ReadLine("Posted May 1, 2026. We sail 4:30 PM.");
  EXPECT_EQ(DayOf(posted.times.at(0)), "2026-05-30") << "the day it was posted is not the sail's";
}

TEST_F(Dates, OfTheNextSentenceBindNoTimeBeforeIt) {
  const std::string may_30 = "2026-05-30";
  for (const char* text : {"Sail 4:30 PM. Cancel before 5:00 PM on May 28", "Sail 4:30 PM, cancel before 5:00 PM on May 28.", "4:30 PM departure. Questions? Reply by Monday, May 25, 8 PM",
                           "We sail at 4:30 PM; the deposit is due by 5 PM on May 20.", "Sail 4:30 PM. The fireworks begin at 9 PM on July 4."}) {
    const Reading reading = ReadLine(text);
    ASSERT_EQ(reading.times.size(), 2u) << text;
    EXPECT_EQ(FormatDate(*reading.times[0].date), may_30) << text;
    ASSERT_TRUE(reading.times[1].date) << text;
    EXPECT_NE(FormatDate(*reading.times[1].date), may_30) << text;
  }
  const Reading reading = ReadLine("We sail at 4:30 PM. See you on Sunday, May 31!");
  EXPECT_EQ(FormatDate(*reading.times.at(0).date), "2026-05-31") << "a date that no other time touches";
}

TEST_F(Dates, FromTheStructureAroundThem) {
  options_.date.reset();
  const auto days = [&](std::string_view page) {
    std::vector<std::string> found;
    for (const TimeReference& time : Read(page).times) found.push_back(DayOf(time));
    return found;
  };
  EXPECT_THAT(days("<table><tr><td>May 30, 2026</td><td>Dock</td><td>4:30 PM</td></tr><tr><td>June 6, 2026</td><td>Dock</td><td>5 PM</td></tr></table>"),
              ElementsAre("2026-05-30", "2026-06-06"));
  EXPECT_THAT(days("<table><tr><td>4:30 PM</td><td>May 30, 2026</td></tr><tr><td>5 PM</td><td>June 6, 2026</td></tr></table>"), ElementsAre("2026-05-30", "2026-06-06"));
  EXPECT_THAT(days("<table><tr><th></th><th>May 30, 2026</th><th>May 31, 2026</th></tr><tr><td>Sail</td><td>4:30 PM</td><td>5 PM</td></tr></table>"),
              ElementsAre("2026-05-30", "2026-05-31"));
  EXPECT_THAT(days("<h2>May 30, 2026</h2><p>Welcome</p><p>4:30 PM</p><h2>June 6, 2026</h2><p>5 PM</p>"), ElementsAre("2026-05-30", "2026-06-06"));
  EXPECT_THAT(days("<ul><li><b>4:30 PM</b><div>Sail</div><div>May 30, 2026</div></li><li><b>5 PM</b><div>Sail</div><div>June 6, 2026</div></li></ul>"),
              ElementsAre("2026-05-30", "2026-06-06"));
  EXPECT_THAT(days("<div><p>4:30 PM</p><p>May 30, 2026</p><p>5 PM</p><p>June 6, 2026</p></div>"), ElementsAre("2026-05-30", "2026-06-06"));
}

TEST_F(Dates, AWeekdayCountsFromThePagesOwnDay) {
  options_.date.reset();
  const Reading reading = Read("<p>Saturday, May 30, 2026</p><p>Sail 4:30 PM</p><p>Reply by Monday 8:00 PM</p>");
  EXPECT_EQ(DayOf(reading.times.at(1)), "2026-05-25");
  const Reading two = Read("<p>May 30, 2026: sail 4:30 PM</p><p>June 6, 2026: sail 5 PM</p><p>Reply by Monday 8:00 PM</p>");
  EXPECT_EQ(DayOf(two.times.at(2)), "") << "of two days neither is the booking's";
}

TEST_F(Dates, InElementsSideBySide) {
  const Reading reading = Read("<p><span>Jun</span><span>3</span><span>6:00 pm</span></p>");
  EXPECT_THAT(Days(reading), ElementsAre("Jun</span><span>3</span> = 2026-06-03"));
  EXPECT_EQ(reading.times.at(0).text, "6:00 pm");
  EXPECT_EQ(DayOf(reading.times[0]), "2026-06-03");
  EXPECT_EQ(Read("<p>1<b>6</b>:30</p>").times.at(0).start, 16 * 60 + 30) << "a tag inside a number parts nothing";
}

TEST_F(Dates, YearsFromThePage) {
  options_.date.reset();
  EXPECT_THAT(Days(Read("<h1>2027 Schedule</h1><p>June 5, 4 PM</p>")), ElementsAre("June 5 = 2027-06-05"));
  EXPECT_THAT(Days(Read("<h1>2026 Schedule</h1><p>Saturday, January 2, 4 PM</p>")), ElementsAre("Saturday, January 2 = 2027-01-02")) << "2 January 2026 is a Friday";
  EXPECT_THAT(Days(Read("<p>June 5, 4 PM</p><p>&copy; 2026 Us</p>")), ElementsAre());
}

TEST_F(Dates, AnEndAloneAfterMidnight) {
  const Reading reading = ReadLine("Starts May 30, 2026, 9:30 PM, ends 12:30 AM");
  EXPECT_EQ(DayOf(reading.times.at(1)), "2026-05-30");
  EXPECT_EQ(FormatDate(*reading.times[1].end_date), "2026-05-31");
  EXPECT_EQ(Shift("<p>Starts May 30, 2026, 9:30 PM, ends 11:30 PM</p>", 60), "<p>Starts May 30, 2026, 10:30 PM, ends 12:30 AM</p>");
  EXPECT_EQ(Shift("<p>Starts May 30, 2026, 10:30 PM, ends 12:30 AM</p>", -60), "<p>Starts May 30, 2026, 9:30 PM, ends 11:30 PM</p>");
  EXPECT_EQ(Shift("<p>Starts May 30, 2026, 10:30 PM, ends 12:30 AM</p>", 120), "<p>Starts May 31, 2026, 12:30 AM, ends 2:30 AM</p>");
}

TEST_F(Dates, ARangeWhoseEndHasADayOfItsOwn) {
  const std::string page = "<p>Sail Sat, May 30, 9 PM – Sun, May 31, 1 AM</p>";
  EXPECT_THAT(Describe(Read(page)), ElementsAre("9 PM | start 21:00", "1 AM | end -01:00"));
  EXPECT_EQ(DayOf(Read(page).times[1]), "2026-05-31");
  EXPECT_EQ(Shift(page, 60), "<p>Sail Sat, May 30, 10 PM – Sun, May 31, 2 AM</p>");
}

TEST_F(Dates, WordsForADayStayRightOrAreUnsure) {
  EXPECT_EQ(Shift("<p>Sail this Saturday at 11:30 PM</p>", 60), "<p>Sail this Sunday at 12:30 AM</p>");
  EXPECT_EQ(Shift("<p>Sail tomorrow at 11:30 PM</p>", 60), "<p>Sail tomorrow at 11:30 PM</p>") << "unsure";
  EXPECT_EQ(Shift("<p>Sail tomorrow at 4:30 PM</p>", 60), "<p>Sail tomorrow at 5:30 PM</p>");
  EXPECT_EQ(Shift("<p>Sail tonight at 5 PM</p>", -120), "<p>Sail tonight at 5 PM</p>") << "3 PM is not tonight";
  EXPECT_EQ(Shift("<p>Sail at noonish</p>", 60), "<p>Sail at noonish</p>") << "it says no other time";
  EXPECT_EQ(Shift("<p>Sail at half past four</p>", 180), "<p>Sail at half past four</p>") << "half past seven would be read as the morning's";
  EXPECT_EQ(Shift("<p>Sail 4.30–7.30 pm</p>", 60), "<p>Sail 5.30–8.30 pm</p>");
  EXPECT_EQ(Shift("<p>Sail from 2 pm for 2 hours</p>", 60), "<p>Sail from 3 pm for 2 hours</p>");
  EXPECT_EQ(Shift("<p>Sail at 11ish</p>", 60), "<p>Sail at 12ish</p>");
  EXPECT_EQ(Shift("<p>05/30/2026.23:15</p>", 60), "<p>05/31/2026.00:15</p>");
}

TEST_F(Dates, LengthsConfirmAnEnd) {
  EXPECT_THAT(ReadLine("4:30–7:30 PM (3 hours)").times.at(0).why, HasSubstr("“3 hours” confirms the end"));
  EXPECT_EQ(ReadLine("A 13-hour trip, 9 AM – 10").times.at(0).end, 22 * 60);
  EXPECT_THAT(Describe(Read("<p>Sail starts 4:30 PM</p><p>A three-hour tour</p><p>7:30 PM</p>")), ElementsAre("4:30 PM | start 16:30", "7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(Read("<p>4:30 PM</p><p>3 hours</p><p>7:30 PM</p>")), ElementsAre("4:30 PM | start 16:30", "7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(Read("<p>Sail starts 4:30 PM</p><p>Book 3 hours ahead</p><p>7:30 PM</p>")), ElementsAre("4:30 PM | start 16:30", "7:30 PM | unknown 19:30"));
}

}  // namespace
}  // namespace evenkeel
