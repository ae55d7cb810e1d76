#include "field/clock.h"

#include <gtest/gtest.h>

#include "field/timestamp.h"

namespace evenkeel {
namespace {

TEST(Clock, WritesEveryStyleBack) {
  for (const char* text : {"15:30", "03:30", "3:30", "3:30 PM", "3:30pm", "3:30 p.m.", "03:30 PM", "3 PM", "3pm", "1530", "0330", "930",
                           "15h30", "15:30:00", "3.30 pm", "3:30 P", "12:00 AM", "12 pm", "330pm"}) {
    const auto clock = ReadClock(text);
    ASSERT_TRUE(clock) << text;
    EXPECT_EQ(WriteClock(clock->style, clock->minutes), text);
  }
}

TEST(Clock, EveryMinuteSurvivesEveryStyle) {
  for (const char* text : {"15:30", "3:30 PM", "3pm", "1530", "3.30 p.m.", "15:30:00"}) {
    const auto style = ReadClock(text)->style;
    for (int minutes = 0; minutes < 24 * 60; ++minutes) {
      const std::string written = WriteClock(style, minutes);
      const auto again = ReadClock(written);
      ASSERT_TRUE(again) << written;
      ASSERT_EQ(again->minutes, minutes) << written;
    }
  }
}

TEST(Clock, KeepsTheStyleForAnotherTime) {
  EXPECT_EQ(WriteClock(ReadClock("4:30 PM")->style, 930), "3:30 PM");
  EXPECT_EQ(WriteClock(ReadClock("4pm")->style, 930), "3:30pm");
  EXPECT_EQ(WriteClock(ReadClock("16:30")->style, 570), "09:30");
  EXPECT_EQ(WriteClock(ReadClock("noon")->style, 810), "1:30 PM");
}

TEST(Timestamp, WritesEveryStyleBack) {
  for (const char* text : {"2026-05-30T15:30", "2026-05-30 15:30:00", "2026-05-30T15:30:00Z", "2026-05-30T15:30:00.000Z",
                           "2026-05-30T15:30:00-07:00", "2026-05-30T15:30:00-0700", "2026-05-30T15:30+05:30", "20260530T153000",
                           "20260530T153000Z", "2026-05-30 3:30 PM"}) {
    const auto stamp = ReadTimestamp(text);
    ASSERT_TRUE(stamp) << text;
    EXPECT_EQ(WriteTimestamp(*stamp, stamp->date, stamp->clock.minutes, stamp->offset_minutes.value_or(0)), text);
  }
}

TEST(Timestamp, RefusesWhatIsNotOne) {
  for (const char* text : {"2026-05-30", "15:30", "2026-05-30T", "2026-13-01T10:00", "2026-05-30T25:00", "2026-05-30T15:30:00.5Z",
                           "2026-05-30T15:30+99:00", "20260530", "x"}) {
    EXPECT_FALSE(ReadTimestamp(text)) << text;
  }
}

}  // namespace
}  // namespace evenkeel
