// Carriers that machines write: base64 calendars, event handlers, pieces of scripts, value classes, ordinal and all-day dates.
#include <algorithm>

#include "json/base64.h"
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

using testing::ElementsAre;

constexpr const char* kCalendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260530T233000Z\r\nDTEND:20260531T023000Z\r\n"
                                  "SUMMARY:Sail, 4:30 PM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

class MachineCarriers : public ReadingTest {
 protected:
  static std::string Replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
    return text;
  }
  static std::string Link(const std::string& base64) { return "<a href=\"data:text/calendar;charset=utf-8;base64," + base64 + "\">Add</a>"; }

  static std::size_t DifferentBytes(const std::string& a, const std::string& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) count += a[i] != b[i];
    return count;
  }
};

TEST_F(MachineCarriers, Base64CalendarsAreShiftedInPlace) {
  const std::string before = Link(EncodeBase64(kCalendar));
  const std::string shifted = Replaced(Replaced(Replaced(kCalendar, "T233000Z", "T223000Z"), "T023000Z", "T013000Z"), "4:30 PM", "3:30 PM");
  const std::string after = Shift(before, -60);
  EXPECT_EQ(after, Link(EncodeBase64(shifted)));
  EXPECT_LE(DifferentBytes(before, after), 6u) << "three characters, each within two symbols";
  EXPECT_EQ(Shift(after, 60), before);
}

TEST_F(MachineCarriers, Base64CalendarsKeepTheirSpelling) {
  // Ten o'clock is a character longer: the rest is spelled anew, breaks, padding and percent signs in the page's manner.
  const std::string longer = Replaced(Replaced(Replaced(kCalendar, "20260530T233000Z", "20260531T053000Z"), "T023000Z", "T083000Z"), "4:30 PM", "10:30 PM");
  EXPECT_EQ(Shift(Link(EncodeBase64(kCalendar)), 360), Link(EncodeBase64(longer)));
  std::string bare = EncodeBase64(std::string(kCalendar) + "?");
  while (bare.back() == '=') bare.pop_back();
  EXPECT_EQ(Shift(Link(bare), 360).find('='), Link(bare).find('=')) << "no padding where the page has none";
  const std::string percent = Replaced(EncodeBase64(std::string(kCalendar) + "xx"), "=", "%3D");
  EXPECT_EQ(Shift(Shift(Link(percent), 360), -360), Link(percent));
  std::string url = EncodeBase64(std::string(kCalendar) + ">>>>~~~?~?");
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  EXPECT_EQ(Shift(Shift(Link(url), 45), -45), Link(url));
  std::string wrapped = EncodeBase64(kCalendar);
  wrapped.insert(76, "\r\n");
  EXPECT_EQ(Shift(Shift(Link(wrapped), -60), 60), Link(wrapped));
}

TEST_F(MachineCarriers, EventHandlersAreScripts) {
  const std::string page = "<p>Sail starts 4:30 PM</p><button onclick=\"book(&quot;2026-05-30T16:30:00-07:00&quot;, '16:30')\">x</button>";
  EXPECT_THAT(Describe(Read(page)), ElementsAre("4:30 PM | start 16:30", "2026-05-30T16:30:00-07:00 | start 16:30", "16:30 | start 16:30"));
  EXPECT_EQ(Read(page).times[1].carrier, Carrier::kScript);
  EXPECT_EQ(Shift(page, 60), "<p>Sail starts 5:30 PM</p><button onclick=\"book(&quot;2026-05-30T17:30:00-07:00&quot;, '17:30')\">x</button>");
}

TEST_F(MachineCarriers, PiecesOfTimesAreLeftAlone) {
  for (const char* script : {"const start = day + \"T16:30:00\";", "const start = \"2026-05-30T16:30\" + \":00Z\";", "const start = `${h}:30 PM`;", "const start = `${day}T16:30:00-07:00`;",
                             "const start = \"4:30\" + meridiem;", "const start = \"4:30 \" + \"PM\";"}) {
    const std::string page = "<p>Sail</p><script>" + std::string(script) + "</script>";
    EXPECT_EQ(Shift(page, 60), page) << script;
    for (const TimeReference& time : Read(page).times) EXPECT_EQ(time.role, Role::kUnknown) << script << " " << time.text;
  }
  EXPECT_EQ(Shift("<script>const t = `Sail starts 4:30 PM`;</script>", 60), "<script>const t = `Sail starts 5:30 PM`;</script>");
  EXPECT_EQ(Shift("<script>const t = `Sail starts 4:30 PM, ${name}`;</script>", 60), "<script>const t = `Sail starts 5:30 PM, ${name}`;</script>");
  EXPECT_EQ(Shift("<script>const t = 'Sail starts at 4:30 PM' + note;</script>", 60), "<script>const t = 'Sail starts at 5:30 PM' + note;</script>");
  EXPECT_EQ(Shift("<script>const t = `${a ? `${b}` : '}'} starts 4:30 PM`, s = 1;</script>", 60), "<script>const t = `${a ? `${b}` : '}'} starts 5:30 PM`, s = 1;</script>");
}

TEST_F(MachineCarriers, DateArgumentsWithoutAnHourAreDates) {
  const std::string page = "<p>Saturday, May 30, 2026, 11:30 PM</p><script>const day = new Date(2026, 4, 30), start = new Date(2026, 4, 30, 23, 30);</script>";
  ASSERT_EQ(Read(page).dates.size(), 2u);
  EXPECT_EQ(Shift(page, 60), "<p>Sunday, May 31, 2026, 12:30 AM</p><script>const day = new Date(2026, 4, 31), start = new Date(2026, 4, 31, 0, 30);</script>");
}

TEST_F(MachineCarriers, OrdinalAndAllDayDates) {
  const Reading reading = Read("<time class=dt-end datetime=2026-150>x</time><a href=\"https://outlook.live.com/c?allday=true&startdt=2026-05-30T00%3A00%3A00&enddt=2026-05-31T00%3A00%3A00\">o</a>");
  EXPECT_TRUE(reading.times.empty());
  ASSERT_EQ(reading.dates.size(), 3u);
  EXPECT_EQ(reading.dates[0].text, "2026-150");
  EXPECT_EQ(reading.dates[0].month, 5u);
  EXPECT_EQ(reading.dates[0].day, 30u);
  EXPECT_EQ(reading.dates[1].text, "2026-05-30T00%3A00%3A00");
}

TEST_F(MachineCarriers, ValueClassClocksHaveTheirOffset) {
  const std::string page = "<div class=vevent><p class=dtstart><span class=value>2026-05-30</span> from <b class=value>19:30-04:00</b></p></div>";
  const Reading reading = Read(page);
  ASSERT_EQ(reading.times.size(), 1u);
  EXPECT_EQ(reading.times[0].text, "19:30-04:00");
  EXPECT_EQ(reading.times[0].role, Role::kStart);
  EXPECT_EQ(reading.times[0].carrier, Carrier::kMicroformat);
}

TEST_F(MachineCarriers, PaddingFollowsThePage) {
  EXPECT_EQ(Shift(Shift("<p>Sail 9:30 – 16:30, lunch 8:15</p>", 60), -60), "<p>Sail 9:30 – 16:30, lunch 8:15</p>");
  EXPECT_EQ(Shift(Shift("<p>Sail 09:30 – 16:30</p>", 60), -60), "<p>Sail 09:30 – 16:30</p>");
  EXPECT_EQ(Shift("<p>Sail 9:30 – 13:00</p>", -60), "<p>Sail 8:30 – 12:00</p>");
}

}  // namespace
}  // namespace evenkeel
