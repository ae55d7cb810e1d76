// Timestamp: a date with a clock time in one text, as records write it ("2026-05-30T15:30:00-07:00"), and the same style again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/zone.h"
#include "field/clock.h"

namespace evenkeel {

struct Timestamp {
  Date date{};
  WrittenClock clock;
  bool basic_date = false;          // "20260530"
  std::string separator = "T";      // between date and clock
  std::string fraction;             // ".000"; only zeros
  std::string offset;               // as written: "Z", "-07:00", "-0700", "+00"; empty: wall clock
  std::optional<int> offset_minutes;
};

// "YYYY-MM-DD" or "YYYYMMDD", 'T' or blanks, a clock, and perhaps an offset. nullopt for anything else.
std::optional<Timestamp> ReadTimestamp(std::string_view text);
// The same style with another date and clock; `offset_minutes` matters only where the style has an offset that is not "Z".
std::string WriteTimestamp(const Timestamp& style, const Date& date, int minutes, int offset_minutes);

// "2026-05-30", "20260530", "May 30, 2026", "30 May 2026", with or without a weekday; "5/30/2026" where only one order gives a date.
std::optional<Date> ReadDateWords(std::string_view text);

}  // namespace evenkeel
