// Texts of eight MiB that somebody wrote to keep a reader busy: each is read or refused within moments, in bounded memory, and says why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>

#include "calendar/feed_events.h"
#include "contract/worlds.h"
#include "sanitized.h"

namespace evenkeel {
namespace {

using testing::HasSubstr;

constexpr std::size_t kBytes = 8u << 20;
// Of a text that libical sees whole: its parser asks for the rest's length at each line, and the sanitizer then reads all of it.
constexpr std::size_t kParsed = EVENKEEL_SANITIZED ? kBytes / 16 : kBytes;
constexpr std::chrono::seconds kMoments{60};  // under sanitizers, too; each takes about a second without them
const std::string kStart = "DTSTART;TZID=America/Los_Angeles:20260502T163000\n";

// What `part` makes of 0, 1, 2 …, until there are so many bytes.
std::string Flood(std::size_t bytes, const std::function<std::string(int)>& part) {
  std::string flood;
  for (int i = 0; flood.size() < bytes; ++i) flood += part(i);
  return flood;
}
std::string One(const std::string& uid, const std::string& lines) { return "BEGIN:VEVENT\nUID:" + uid + "\n" + lines + "END:VEVENT\n"; }
std::string Minute(int i) {
  char text[48];
  std::snprintf(text, sizeof text, ",2026%02d%02dT%02d%02d00", i / 40320 % 12 + 1, i / 1440 % 28 + 1, i / 60 % 24, i % 60);
  return text;
}

struct HostileFeed : testing::Test {
  // The words of what is missing, or of the refusal.
  std::string Read(const std::string& events) {
    const auto begun = std::chrono::steady_clock::now();
    const auto listing = ReadFeedEvents("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + events + "END:VCALENDAR\n", reading, window);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, kMoments);
    const std::string words = listing.ok() ? listing->why_incomplete : listing.status().ToString();
    EXPECT_LT(words.size(), 3000u);
    if (listing.ok()) count = listing->events.size();
    return words;
  }

  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  CalendarReading reading{"https://feed.example/…", "market", "America/Los_Angeles", zones.get(), {}};
  FeedWindow window{*ParseDate("2026-05-20"), *ParseDate("2026-06-20")};
  std::size_t count = 0;
};

TEST_F(HostileFeed, ALineOfEightMebibytes) {
  EXPECT_THAT(Read(One("a", kStart + "SUMMARY:" + std::string(kBytes, 'x') + "\n")), HasSubstr("SUMMARY of more than 65536 bytes"));
  EXPECT_THAT(Read(One(std::string(kBytes, 'u'), kStart)), HasSubstr("UID of more than 65536 bytes"));
  EXPECT_THAT(Read(One("a", "DTSTART;TZID=" + Flood(kBytes, [](int) { return "a/"; }) + ":20260502T163000\n")), HasSubstr("DTSTART of more than 65536 bytes"));
  EXPECT_EQ(Read(One("a", kStart + "ATTACH;ENCODING=BASE64:" + std::string(kBytes, 'A') + "\n")), "");
  EXPECT_EQ(count, 1u);
}

TEST_F(HostileFeed, FloodsOfLines) {
  EXPECT_EQ(Read(One("a", kStart + Flood(kBytes, [](int) { return "DTSTART:x\n"; }))), "");
  EXPECT_EQ(Read(One("a", kStart + Flood(kBytes, [](int) { return "BEGIN:VALARM\nEND:VALARM\n"; }))), "");
  EXPECT_EQ(count, 1u);
  EXPECT_THAT(Read(Flood(kBytes, [](int) { return "BEGIN:VEVENT\n"; })), HasSubstr("nested deeper than 16"));
  EXPECT_THAT(Read(Flood(kBytes, [](int i) { return One(std::to_string(i), ""); })), HasSubstr("limit calendar_events"));
}

TEST_F(HostileFeed, FloodsOfTimes) {
  const std::string times = Flood(kBytes / 2, Minute);
  EXPECT_THAT(Read(One("a", kStart + "RDATE:20260503T163000" + times + times + "\n")), HasSubstr("RDATE of too many times"));
  EXPECT_THAT(Read(One("a", kStart + "RDATE;X=" + std::string(kBytes / 2, 'x') + ";TZID=America/New_York:20260503T163000" + times + "\n")), HasSubstr("RDATE of too many times"));
  EXPECT_THAT(Read(One("a", kStart + "RDATE:20260503T163000\nEXDATE;VALUE=DATE:20270101" + Flood(kBytes, [](int) { return ",20270101"; }) + "\n")), HasSubstr("EXDATE of too many times"));
  // As many as may be, once as times and once as days that take them out; what is left of the year is too much to copy.
  window.from = *ParseDate("2026-01-01");
  const std::string most = "RDATE:20260503T163000" + Flood(1'500'000, Minute) + "\n";
  EXPECT_THAT(Read(One("a", kStart + most + "EXDATE;VALUE=DATE:20260530" + Flood(900'000, [](int) { return ",20260530"; }) + "\n")), HasSubstr("says too much too often"));
  EXPECT_EQ(Read(One("a", kStart + most + "EXDATE;VALUE=DATE:20260502,20260503" + Flood(900'000, [](int i) { return Minute(i * 1440).substr(0, 9); }) + "\n")), "");
  EXPECT_EQ(count, 0u);
}

TEST_F(HostileFeed, ThousandsOfZones) {
  EXPECT_THAT(Read(Flood(kParsed / 2, [](int i) { return "BEGIN:VTIMEZONE\nTZID:Z" + std::to_string(i) + "\nEND:VTIMEZONE\n"; }) +
                   Flood(kParsed / 2, [](int i) { return One(std::to_string(i), "DTSTART;TZID=Q" + std::to_string(i) + ":20260502T163000\n"); })),
              HasSubstr("in a zone that is not known (Q0)"));
}

TEST_F(HostileFeed, ThousandsOfRules) {
  const auto series = [](const std::string& rule) { return Flood(kParsed, [&](int i) { return One(std::to_string(i), kStart + "X-PAD:" + std::string(60, 'x') + "\nRRULE:" + rule + "\n"); }); };
  // Rules that fail spend what they took.
  EXPECT_THAT(Read(series("FREQ=MONTHLY;BYDAY=5MO;INTERVAL=336")), HasSubstr("repeats too often"));
  EXPECT_THAT(Read(series("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=4")), HasSubstr("never comes to a day"));
  EXPECT_THAT(Read(series("FREQ=DAILY;COUNT=2000000000")), HasSubstr("repeats too often"));
  EXPECT_THAT(Read(series("FREQ=SECONDLY;COUNT=2000000000")), HasSubstr("more than once a day"));
  EXPECT_THAT(Read(Flood(kParsed, [](int i) { return One(std::to_string(i), "DTSTART:19000102T163000\nX-PAD:" + std::string(60, 'x') + "\nRRULE:FREQ=DAILY\n"); })), HasSubstr("since too long ago"));
}

}  // namespace
}  // namespace evenkeel
