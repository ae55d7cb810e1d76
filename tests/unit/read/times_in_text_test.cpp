// The grammar of times: what is one, where it begins and ends, what it says; and what only looks like one.
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

struct Case {
  const char* text;
  const char* quoted;  // the whole mention
  const char* start;
  const char* end = "";
};

constexpr Case kTimes[] = {
    {"Sail 4:30 PM.", "4:30 PM", "16:30"},
    {"Sail 4:30pm", "4:30pm", "16:30"},
    {"Sail 4.30 p.m.", "4.30 p.m.", "16:30"},
    {"Sail 4:30p", "4:30p", "16:30"},
    {"Sail 4 p. m.", "4 p. m.", "16:00"},
    {"Sail 16:30", "16:30", "16:30"},
    {"Sail 16h30", "16h30", "16:30"},
    {"Sail 1630 hrs", "1630 hrs", "16:30"},
    {"Sail 340pm", "340pm", "15:40"},
    {"Sail 4 o'clock", "4 o'clock", "16:00"},
    {"Sail 4 o’clock", "4 o’clock", "16:00"},
    {"Sail at four o'clock", "four o'clock", "16:00"},
    {"Sail at half past four", "half past four", "16:30"},
    {"Sail at quarter to five", "quarter to five", "16:45"},
    {"Sail at ten past 9", "ten past 9", "09:10"},
    {"Sail at noon", "noon", "12:00"},
    {"Sail at 12 midnight", "12 midnight", "00:00"},
    {"Sail at 4", "4", "16:00"},
    {"Sail tonight at 8", "tonight at 8", "20:00"},
    {"Sail 8 in the morning", "8 in the morning", "08:00"},
    {"Sail 4:30 PM PT", "4:30 PM PT", "16:30"},
    {"Sail 4:30 PM (PDT)", "4:30 PM (PDT)", "16:30"},
    {"Sail 4:30 PM Pacific Time", "4:30 PM Pacific Time", "16:30"},
    {"Sail Saturday at 4:30 PM", "Saturday at 4:30 PM", "16:30"},
    {"Sail 4:30 PM on Saturday", "4:30 PM on Saturday", "16:30"},
    {"Sail 7:30 PM ET", "7:30 PM ET", "16:30"},
    {"4:30–7:30 PM", "4:30–7:30 PM", "16:30", "19:30"},
    {"4:30-7:30pm", "4:30-7:30pm", "16:30", "19:30"},
    {"4:30 PM – 7:30 PM", "4:30 PM – 7:30 PM", "16:30", "19:30"},
    {"11–2 pm", "11–2 pm", "11:00", "14:00"},
    {"11:30 AM to 2:30", "11:30 AM to 2:30", "11:30", "14:30"},
    {"1:00pm-2:30", "1:00pm-2:30", "13:00", "14:30"},
    {"from 4 to 7", "from 4 to 7", "16:00", "19:00"},
    {"between 4 and 7 pm", "between 4 and 7 pm", "16:00", "19:00"},
    {"Time: 9–5", "9–5", "09:00", "17:00"},
    {"16:30 – 19:30", "16:30 – 19:30", "16:30", "19:30"},
    {"1630–1930 hrs", "1630–1930 hrs", "16:30", "19:30"},
    {"noon – 3 PM", "noon – 3 PM", "12:00", "15:00"},
    {"10 PM–1 AM", "10 PM–1 AM", "22:00", "01:00"},
    {"Sail 4:30 p", "4:30 p", "16:30"},
    {"Sail at 16h", "16h", "16:00"},
    {"Sail 16:30 hrs", "16:30 hrs", "16:30"},
    {"Sail T12:34:20", "T12:34:20", "12:34"},
    {"Sail 12:00 noon", "12:00 noon", "12:00"},
    {"Sail at 11ish", "11ish", "11:00"},
    {"Sail at noonish", "noonish", "12:00"},
    {"Sail at four-thirty", "four-thirty", "16:30"},
    {"Sail seven oh five pm", "seven oh five pm", "19:05"},
    {"Sail at ten to four", "ten to four", "15:50"},
    {"Sail at half four", "half four", "16:30"},
    {"Sail at half past seven o'clock", "half past seven o'clock", "07:30"},
    {"Sail at 4.30", "4.30", "16:30"},
    {"Sail Saturday evening at 6", "Saturday evening at 6", "18:00"},
    {"Sail this afternoon at 3", "this afternoon at 3", "15:00"},
    {"Sail tonight at 8 PM", "tonight at 8 PM", "20:00"},
    {"Sail 8:30 PM at night", "8:30 PM at night", "20:30"},
    {"Sail in the night five thirty", "in the night five thirty", "05:30"},
    {"May 30, 2026 16:30:00-07:00", "16:30:00-07:00", "16:30"},
    {"16:30:00-19:30:00", "16:30:00-19:30:00", "16:30", "19:30"},
    {"Meet around 7:30ish", "7:30ish", "07:30"},
    {"Sail 1630", "1630", "16:30"},
    {"back 1930", "1930", "", "19:30"},
    {"4:30 pm till late", "4:30 pm", "16:30"},
    {"Sail 23:30Z", "23:30Z", "16:30"},
    {"Sail at half 4", "half 4", "16:30"},
    {"twelve thirty to three thirty", "twelve thirty to three thirty", "12:30", "15:30"},
    {"tonight, 8–11", "tonight, 8–11", "20:00", "23:00"},
    {"Lunchtime 12 o'clock", "Lunchtime 12 o'clock", "12:00"},
    {"Be there no later than 4", "4", "16:00"},
    {"Sail at about 4 for a swim", "4", "16:00"},
    {"Sail 4.30–7.30 pm", "4.30–7.30 pm", "16:30", "19:30"},
    {"Sail 16.30–19.30 hrs", "16.30–19.30 hrs", "16:30", "19:30"},
    {"Saturday 1630-1930", "Saturday 1630-1930", "16:30", "19:30"},
    {"Sail 16h30–19h", "16h30–19h", "16:30", "19:00"},
    {"Sail from 2 pm for 2 hours", "from 2 pm for 2 hours", "14:00", "16:00"},
    {"Sail for 2.5 hours from 9", "for 2.5 hours from 9", "09:00", "11:30"},
    {"May 30, 2026, 4-7", "4-7", "16:00", "19:00"},
    {"4:30\xE2\x80\xAFPM\xE2\x80\x93" "7:30\xE2\x80\xAFPM", "4:30\xE2\x80\xAFPM\xE2\x80\x93" "7:30\xE2\x80\xAFPM", "16:30", "19:30"},
};

using TimesInText = ReadingTest;

TEST_F(TimesInText, AreQuotedAndValued) {
  for (const Case& c : kTimes) {
    const Reading reading = ReadLine(c.text);
    ASSERT_EQ(reading.times.size(), 1u) << c.text;
    const TimeReference& time = reading.times[0];
    EXPECT_EQ(time.text, c.quoted) << c.text;
    EXPECT_EQ(time.span.In(c.text), c.quoted);
    EXPECT_EQ(time.start ? FormatMinutes(*time.start) : "", c.start) << c.text;
    EXPECT_EQ(time.end ? FormatMinutes(*time.end) : "", c.end) << c.text;
  }
}

TEST_F(TimesInText, OtherNumbersAreNone) {
  for (const char* text : {"John 3:16", "Psalm 23:4", "an aspect ratio of 16:10", "16:9 video", "version 4.30.2", "build 20260509-1630", "$4.30 each",
                           "call 619-555-0130", "at 4 Harbor Drive", "at 12 guests", "Dock 4", "6 guests", "in 2026", "80-32-89-89", "1-2-3", "25:12",
                           "14PM", "I'm at 10.1", "at 6.5 kilograms", "2012-1400", "do I have the money", "1:30 minutes", "10.0.0.16:30801", "a4:30b",
                           "look at 4 photos", "12.53%", "priced at 1.6714", "ages from 2 to 5", "prints at 4×6", "fe80::4:30", "Track 3 (4:30)",
                           "finished in 4:30:12", "3 hours, 6 guests", "Rom 3:16", "tickets at 4.30 each", "2019-2024", "part 1200-1500", "T-shirt 12", "sailing since 1930", "sail 2026", "from 2 to 6 guests", "between 4 and 6 guests", "04:30:12:ab:cd", "3:00:00 duration",
                           "4 guests at 3 tables", "a 9:16 crop", "7-730", "3 to 5 business days", "15 minutes before"}) {
    EXPECT_THAT(Describe(ReadLine(text)), testing::ElementsAre()) << text;
  }
}

TEST_F(TimesInText, EntitiesAndTagsInsideATime) {
  EXPECT_EQ(Read("<p>Sail 4:30&nbsp;<b>PM</b> sharp</p>").times.at(0).text, "4:30&nbsp;<b>PM</b>");
  const Reading split = Read("<p><span>4:30</span>&ndash;<span>7:30 PM</span></p>");
  EXPECT_THAT(Describe(split), testing::ElementsAre("4:30 | start 16:30", "7:30 PM | end -19:30")) << "endpoints in elements of their own are two";
  EXPECT_EQ(Read("<p>8–10&thinsp;pm</p>").times.at(0).end, 22 * 60);
}

TEST_F(TimesInText, DatesHaveTheirOwnEntry) {
  const Reading reading = ReadLine("Sunday, May 31, 2026 · 11:30 PM – 1:00 AM");
  ASSERT_EQ(reading.dates.size(), 1u);
  EXPECT_EQ(reading.dates[0].text, "Sunday, May 31, 2026");
  ASSERT_EQ(reading.times.size(), 1u);
  EXPECT_EQ(FormatDate(*reading.times[0].date), "2026-05-31");
  EXPECT_EQ(FormatDate(*reading.times[0].end_date), "2026-06-01");
  EXPECT_NE(ReadLine("Friday, May 30, 2026").dates.at(0).why, "") << "30 May 2026 is a Saturday";
  EXPECT_EQ(ReadLine("5/30/2026").dates.at(0).month, 5u);
  options_.day_first = true;
  EXPECT_EQ(ReadLine("5/6/2026").dates.at(0).month, 6u);
}

TEST_F(TimesInText, CodePagesReadAsBytes) {
  const std::string page = "<p>4:30\x96" "7:30\xA0PM</p>";  // windows-1252 dash and no-break space
  const Reading reading = Read(page);
  ASSERT_EQ(reading.times.size(), 1u);
  EXPECT_EQ(reading.times[0].end, 19 * 60 + 30);
  EXPECT_EQ(Shift(page, -60), "<p>3:30\x96" "6:30\xA0PM</p>");
}

TEST_F(TimesInText, RangesWithOtherConnectors) {
  for (const char* text : {"4:30 PM --> 7:30 PM", "4:30 PM -> 7:30 PM", "4:30 PM => 7:30 PM", "4:30 PM » 7:30 PM", "4:30 PM … 7:30 PM", "4:30 PM ... 7:30 PM", "4:30 PM > 7:30 PM",
                           "4:30 PM ➜ 7:30 PM", "4:30 PM up to 7:30 PM", "4:30 PM through to 7:30 PM", "4:30 PM 'til 7:30 PM", "16:30 bis 19:30 Uhr", "16.30–19.30 Uhr", "de 16h30 à 19h30",
                           "de 16 h 30 à 19 h 30", "desde las 16:30 hasta las 19:30", "entre 16h30 et 19h30", "dalle 16:30 alle 19:30", "430-730pm", "Sat 30 May 1630–1930", "1630-1930 Uhr"}) {
    const Reading reading = ReadLine(text);
    ASSERT_EQ(reading.times.size(), 1u) << text;
    EXPECT_EQ(reading.times[0].role, Role::kStartEnd) << text;
    EXPECT_EQ(FormatMinutes(*reading.times[0].start) + FormatMinutes(*reading.times[0].end), "16:3019:30") << text;
  }
  for (const char* text : {"16-19h", "16h–19h", "16 h – 19 h", "16–19 Uhr", "16 bis 19 Uhr", "de 16 h à 19 h"}) {
    const Reading reading = ReadLine(text);
    ASSERT_EQ(reading.times.size(), 1u) << text;
    EXPECT_EQ(FormatMinutes(*reading.times[0].start) + FormatMinutes(*reading.times[0].end), "16:0019:00") << text;
  }
}

TEST_F(TimesInText, SmallWritings) {
  EXPECT_THAT(Describe(ReadLine("Time:4:30PM")), testing::ElementsAre("4:30PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Be there around 4-ish PM")), testing::ElementsAre("4-ish PM | arrival 16:00"));
  EXPECT_THAT(Describe(ReadLine("We sail at half-past four")), testing::ElementsAre("half-past four | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Sat. 4:30 PM – 7:30 PM")), testing::ElementsAre("Sat. 4:30 PM – 7:30 PM | start_end 16:30-19:30"));
  EXPECT_THAT(Describe(ReadLine("4:00 check-in / 4:30 departure / 7:30 return")), testing::ElementsAre("4:00 | arrival 16:00", "4:30 | start 16:30", "7:30 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Boarding 16.00, Departure 16.30, Return 19.30")), testing::ElementsAre("16.00 | arrival 16:00", "16.30 | start 16:30", "19.30 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Boarding time 1600 Departure time 1630 Return time 1930")), testing::ElementsAre("1600 | arrival 16:00", "1630 | start 16:30", "1930 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Arr. 4:00 PM Dep. 4:30 PM Ret. 7:30 PM")), testing::ElementsAre("4:00 PM | arrival 16:00", "4:30 PM | start 16:30", "7:30 PM | end -19:30"));
  for (const char* text : {"Monday–Friday: 9:00–17:00", "Lun–Ven 9h–18h", "Wind 10-15 kt from 4 to 7 pm"}) EXPECT_EQ(ReadLine(text).times.at(0).role, Role::kUnrelated) << text;
  for (const char* text : {"The tank holds 16h of fuel", "Balade de 2h30", "€16.30–19.30", "4:30 per person"}) EXPECT_THAT(ReadLine(text).times, testing::IsEmpty()) << text;
}

TEST_F(TimesInText, OffsetsBehindATime) {
  struct Line {
    const char* text;
    const char* described;
  };
  for (const Line& line : {Line{"Sail 1:30 AM -08:00", "1:30 AM -08:00 | start 02:30"}, Line{"Sail 4:30 PM -07:00", "4:30 PM -07:00 | start 16:30"}, Line{"Sail 4:30 PM -0700", "4:30 PM -0700 | start 16:30"},
                           Line{"Sail 16:30 -07:00", "16:30 -07:00 | start 16:30"}, Line{"Sail 16:30-07:00", "16:30-07:00 | start 16:30"}, Line{"Sail 4:30 PM +02:00", "4:30 PM +02:00 | start 07:30"},
                           // of another place, or of none, or too early to tell
                           Line{"Sail 4:30 PM -05:00", "4:30 PM -05:00 | unknown 14:30"}, Line{"Sail 16:30-05:00", "16:30-05:00 | unknown 14:30"}, Line{"Sail 22:00-07:00", "22:00-07:00 | unknown 22:00-07:00"},
                           Line{"Sail 05:30 -07:00", "05:30 -07:00 | unknown 05:30-07:00"},
                           // ranges
                           Line{"Sail 4:30 - 7:30", "4:30 - 7:30 | start_end 16:30-19:30"}, Line{"Sail 4:30 -7:30", "4:30 -7:30 | start_end 16:30-19:30"}, Line{"Sail 10:00 -12:00", "10:00 -12:00 | start_end 10:00-12:00"},
                           Line{"Sail 4:30 PM -07:30 PM", "4:30 PM -07:30 PM | start_end 16:30-19:30"}, Line{"Sail 09:00-12:00", "09:00-12:00 | start_end 09:00-12:00"},
                           Line{"Sail 20:00-01:00", "20:00-01:00 | start_end 20:00-01:00"}, Line{"Sail 16:30 - 07:00", "16:30 - 07:00 | start_end 16:30-07:00"}}) {
    EXPECT_THAT(Describe(ReadLine(line.text)), testing::ElementsAre(line.described));
  }
  EXPECT_EQ(Shift("<p>Sail 4:30 PM -07:00</p>", 60), "<p>Sail 5:30 PM -07:00</p>");
  EXPECT_EQ(Shift("<p>Sail 4:30 PM -05:00</p>", 60), "<p>Sail 4:30 PM -05:00</p>");
}

TEST_F(TimesInText, AClockWithDateYearAndZoneIsAnInstant) {
  const auto instant = [&](std::string_view text) {
    const Reading reading = ReadLine(text);
    return reading.times.size() == 1 && reading.times[0].instant ? FormatInstant(*reading.times[0].instant) : std::string();
  };
  EXPECT_EQ(instant("Sail May 30, 2026, 4:30 PM PDT"), "2026-05-30T23:30:00Z");
  EXPECT_EQ(instant("Sail Saturday, May 30, 2026 at 7:30 PM ET"), "2026-05-30T23:30:00Z");
  EXPECT_EQ(instant("Sail May 30, 2026, 4:30 PM -07:00"), "2026-05-30T23:30:00Z");
  EXPECT_EQ(instant("Sail May 30, 2026, 4:30–7:30 PM PT"), "2026-05-30T23:30:00Z");
  EXPECT_EQ(instant("Sail May 31, 2026, 1:00 AM ET"), "2026-05-31T05:00:00Z") << "the evening before here";
  EXPECT_EQ(instant("Sail November 1, 2026, 1:30 AM PST"), "2026-11-01T09:30:00Z");
  EXPECT_EQ(instant("Sail November 1, 2026, 1:30 AM PDT"), "2026-11-01T08:30:00Z");
  for (const char* text : {"Sail May 30, 2026, 4:30 PM", "Sail 4:30 PM PDT", "Sail May 30, 4:30 PM PDT", "Sail tomorrow at 4:30 PM PDT"}) EXPECT_EQ(instant(text), "") << text;
}

TEST_F(TimesInText, UnitsThatAreNoClocks) {
  for (const char* text : {"A charter of 6-8h", "Durée : 8 h 30", "Prices 16.30 - 19.30", "The years 1630–1930", "May 30, 2026-2030", "30 May 1995-2010", "de 4 à 6 personnes", "Suite 1130-2pm",
                           "Call 555 1630-1930", "Total: 16.30 EUR", "4 bis 6 Personen", "up to 7 knots"}) {
    EXPECT_THAT(ReadLine(text).times, testing::IsEmpty()) << text;
  }
}

TEST_F(TimesInText, CompactBesideItsDayAndLabel) {
  EXPECT_THAT(Describe(ReadLine("Embark 1630 disembark 1930")), testing::ElementsAre("1630 | start 16:30", "1930 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Sat 30 May 1630, Dock 3")), testing::ElementsAre("1630 | start 16:30"));
  EXPECT_EQ(Shift("<p>Sat 30 May 1630–1930</p>", 480), "<p>Sun 31 May 0030–0330</p>");
  EXPECT_EQ(Shift("<p>430-730pm</p>", 330), "<p>1000pm-100am</p>");
  EXPECT_EQ(Shift("<p>de 16h30 à 19h30</p>", 60), "<p>de 17h30 à 20h30</p>");
}

}  // namespace
}  // namespace evenkeel
