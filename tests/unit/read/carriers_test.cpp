// Times in every carrier a page has.
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

using Carriers = ReadingTest;
using testing::ElementsAre;

TEST_F(Carriers, JsonLdAtAnyDepth) {
  const Reading reading = Read(R"(<script type="application/ld+json">{"@graph":[{"x":{"@type":"Event","startDate":"2026-05-30T16:30:00-07:00",
    "endDate":"2026-05-30T19:30","doorTime":"2026-05-30T23:00:00Z","datePublished":"2026-05-01T08:00:00Z","openingHours":"Mo-Fr 09:00-17:00"}}]}</script>)");
  EXPECT_THAT(Describe(reading), ElementsAre("2026-05-30T16:30:00-07:00 | start 16:30", "2026-05-30T19:30 | end -19:30", "2026-05-30T23:00:00Z | arrival 16:00",
                                             "2026-05-01T08:00:00Z | unrelated 01:00", "09:00-17:00 | unrelated 09:00-17:00"));
  EXPECT_EQ(reading.times[0].carrier, Carrier::kJsonLd);
  EXPECT_EQ(FormatInstant(*reading.times[0].instant), "2026-05-30T23:30:00Z");
}

TEST_F(Carriers, CalendarLinks) {
  const Reading reading = Read(R"(<a href="https://calendar.google.com/calendar/render?action=TEMPLATE&amp;dates=20260530T233000Z%2F20260531T023000Z">g</a>
    <a href="https://outlook.live.com/calendar/0/deeplink/compose?startdt=2026-05-30T16%3A30%3A00&enddt=2026-05-30T19%3A30%3A00">o</a>
    <a href="data:text/calendar,BEGIN:VCALENDAR%0ADTSTART:20260530T233000Z%0ADTEND:20260531T023000Z%0ADTSTAMP:20260101T000000Z%0A">i</a>)");
  EXPECT_THAT(Describe(reading), ElementsAre("20260530T233000Z | start 16:30", "20260531T023000Z | end -19:30", "2026-05-30T16%3A30%3A00 | start 16:30",
                                             "2026-05-30T19%3A30%3A00 | end -19:30", "20260530T233000Z | start 16:30", "20260531T023000Z | end -19:30",
                                             "20260101T000000Z | unrelated 16:00"));
  EXPECT_EQ(reading.times[0].carrier, Carrier::kLink);
}

TEST_F(Carriers, Scripts) {
  const Reading reading = Read(R"(<script>
    const REPLY_CUTOFF_UTC = "2026-05-26T03:00:00Z"; // Monday 8:00 PM PT
    const FLIP_UTC = "2026-05-31T02:30:00Z"; // 7:30 PM
    const start = new Date(2026, 4, 30, 16, 30);
    const sailEnd = Date.UTC(2026, 4, 31, 2, 30), startMs = 1780183800000;
    const t = "2026-05-26T03:00:00Z"; // reply cutoff
    const boarding = { arrival: "16:00" };
  </script>)");
  EXPECT_THAT(Describe(reading), ElementsAre("2026-05-26T03:00:00Z | cutoff 20:00", "Monday 8:00 PM PT | unrelated 20:00", "2026-05-31T02:30:00Z | switch 19:30",
                                             "7:30 PM | unrelated 19:30", "2026, 4, 30, 16, 30 | start 16:30", "2026, 4, 31, 2, 30 | end -19:30",
                                             "1780183800000 | start 16:30", "2026-05-26T03:00:00Z | cutoff 20:00", "16:00 | arrival 16:00"));
}

TEST_F(Carriers, AttributesMetaAndTimeElements) {
  const Reading reading = Read(R"(<meta property="og:description" content="Sail 4:30&ndash;7:30 PM"><time datetime="2026-05-30T16:30">4:30 PM</time>
    <img alt="Sail starts 4:30 PM"><input name="start_time" value="16:30"><p data-arrival="16:00" class="x">x</p><!-- sails 5:30 PM -->)");
  EXPECT_THAT(Describe(reading), ElementsAre("4:30&ndash;7:30 PM | start_end 16:30-19:30", "2026-05-30T16:30 | start 16:30", "4:30 PM | start 16:30",
                                             "4:30 PM | start 16:30", "16:30 | start 16:30", "16:00 | arrival 16:00", "5:30 PM | unrelated 17:30"));
  EXPECT_EQ(reading.times[0].carrier, Carrier::kMeta);
  EXPECT_EQ(reading.times[1].carrier, Carrier::kTimeElement);
  EXPECT_EQ(reading.times[6].carrier, Carrier::kComment);
}

TEST_F(Carriers, MicroformatsAndMicrodata) {
  const Reading reading = Read(R"(<div class="h-event"><time class="dt-start" datetime="2026-05-30 16:30">x</time><span class="dt-end">2026-05-30T19:30</span></div>
    <meta itemprop="startDate" content="2026-05-30T16:30">)");
  ASSERT_EQ(reading.times.size(), 3u);
  EXPECT_EQ(reading.times[0].carrier, Carrier::kMicroformat);
  EXPECT_EQ(reading.times[1].carrier, Carrier::kMicroformat);
  EXPECT_EQ(reading.times[1].role, Role::kEnd);
  EXPECT_EQ(reading.times[2].carrier, Carrier::kMicrodata);
}

TEST_F(Carriers, RawCalendarText) {
  const Reading reading = Read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=America/Los_Angeles:20260530T163000\r\n"
                               "DTEND;TZID=America/Los_Angeles:20260530T193000\r\nSUMMARY:Sail\\, 4:30 PM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  EXPECT_THAT(Describe(reading), ElementsAre("20260101T000000Z | unrelated 16:00", "20260530T163000 | start 16:30", "20260530T193000 | end -19:30", "4:30 PM | start 16:30"));
  EXPECT_EQ(reading.times[0].zone, "Z");
  EXPECT_EQ(reading.times[1].zone, "America/Los_Angeles");
  EXPECT_EQ(reading.times[2].zone, "America/Los_Angeles");
  EXPECT_EQ(reading.times[1].instant, std::nullopt) << "a wall clock stays one";
}

// Another zone's wall clock is placed on the booking's; a name that is no IANA zone says nothing.
TEST_F(Carriers, CalendarTextOfAnotherZone) {
  const Reading reading = Read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=\"America/New_York\":20260530T193000\r\n"
                               "DTEND;VALUE=DATE-TIME;TZID=Customized Time Zone:20260530T193000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  EXPECT_THAT(Describe(reading), ElementsAre("20260530T193000 | start 16:30", "20260530T193000 | end -19:30"));
  EXPECT_EQ(reading.times[0].zone, "America/New_York");
  EXPECT_EQ(reading.times[0].instant, ParseInstant("2026-05-30T23:30:00Z"));
  EXPECT_EQ(reading.times[1].zone, "");
}

}  // namespace
}  // namespace evenkeel
