// The grammar of calendar dates in running text.
#pragma once

#include <optional>
#include <vector>

#include "evenkeel/zone.h"
#include "read/words.h"

namespace evenkeel {

// A day counted from the booking's: today, tomorrow, next Friday.
enum class RelativeDay : std::uint8_t { kNone, kToday, kTomorrow, kYesterday, kDayAfterTomorrow, kThisWeekday, kNextWeekday, kLastWeekday };

struct DateMatch {
  RelativeDay relative = RelativeDay::kNone;  // then nothing but `weekday` is written
  std::size_t first = 0;  // tokens [first, last), weekday included
  std::size_t last = 0;
  int year = 0;           // 0: not written
  unsigned month = 0;
  unsigned day = 0;       // 0: not written
  std::optional<unsigned> weekday;
  GlyphRange weekday_at, month_at, day_at, ordinal_at, year_at;
  bool month_word = false;
  bool two_digit_year = false;
};

// `day_first`: 05/06 is 5 June. `known`: the booking's date; what might be a fraction ("5/30") is it where they agree.
// "1630-1930" at token i, behind a date, are two clocks; "2026-2030" are years.
bool IsClockPair(const TokenView& view, std::size_t i);
std::vector<DateMatch> FindDates(const TokenView& view, bool day_first, const std::optional<Date>& known);
// 0 = Sunday.
unsigned WeekdayOfDate(const Date& date);
// Whether that day exists; a year of 0 is taken as a leap year.
bool IsCalendarDay(int year, unsigned month, unsigned day);

}  // namespace evenkeel
