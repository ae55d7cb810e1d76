#include "evenkeel/zone.h"

#include <gtest/gtest.h>

namespace evenkeel {
namespace {


TEST(Civil, FormatsAndParsesMinutes) {
  EXPECT_EQ(FormatMinutes(930), "15:30");
  EXPECT_EQ(FormatMinutes(0), "00:00");
  EXPECT_EQ(FormatMinutes(1440), "00:00") << "24:00 is never written";
  EXPECT_EQ(ParseMinutes("15:30"), 930);
  EXPECT_EQ(ParseMinutes("5:05"), 305);
  for (const char* bad : {"", "24:00", "5:5", "15:60", "15:30 ", " 5:30", "1530", "005:30", "15-30"}) {
    EXPECT_EQ(ParseMinutes(bad), std::nullopt) << bad;
  }
}

TEST(Civil, RefusesDatesThatDoNotExist) {
  ASSERT_TRUE(ParseDate("2026-05-30"));
  EXPECT_EQ(FormatDate(*ParseDate("2026-05-30")), "2026-05-30");
  EXPECT_TRUE(ParseDate("2024-02-29"));
  for (const char* bad : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-05-32", "1582-01-01", "2201-01-01", "2024-01-01x",
                          "2024-1-01", "20240101", ""}) {
    EXPECT_EQ(ParseDate(bad), std::nullopt) << bad;
  }
}

TEST(Civil, ParsesRfc3339Instants) {
  ASSERT_TRUE(ParseInstant("2026-05-30T16:30:00-07:00"));
  EXPECT_EQ(FormatInstant(*ParseInstant("2026-05-30T16:30:00-07:00")), "2026-05-30T23:30:00Z");
  EXPECT_EQ(FormatInstant(*ParseInstant("2026-12-31T23:30:00.250Z")), "2026-12-31T23:30:00Z");
  EXPECT_EQ(FormatInstant(*ParseInstant("2026-01-01T00:00:00+14:00")), "2025-12-31T10:00:00Z");
  for (const char* bad : {"2026-05-30T16:30:00", "2026-05-30T16:30:00+25:00", "2026-05-30T16:30:00+14:01", "2026-05-30T16:30:00Zx",
                          "2026-05-30 16:30:00Z", "2026-05-30T24:00:00Z", "2026-05-30T16:30:60Z"}) {
    EXPECT_EQ(ParseInstant(bad), std::nullopt) << bad;
  }
}

TEST(Civil, AddsAcrossMidnight) {
  const LocalDateTime late{ParseDate("2026-12-31"), 23 * 60 + 30};
  const LocalDateTime next = AddMinutes(late, 60);
  EXPECT_EQ(FormatDate(*next.date), "2027-01-01");
  EXPECT_EQ(next.minutes, 30);
  EXPECT_EQ(AddMinutes(next, -60), late);
  EXPECT_EQ(AddMinutes(LocalDateTime{std::nullopt, 10}, -20).minutes, 1430);
  EXPECT_EQ(MinutesBetween(late, next), 60);
  EXPECT_EQ(MinutesBetween(late, LocalDateTime{std::nullopt, 0}), std::nullopt);
  EXPECT_EQ(MinutesBetween(LocalDateTime{std::nullopt, 60}, LocalDateTime{std::nullopt, 30}), -30);
}

}  // namespace
}  // namespace evenkeel
