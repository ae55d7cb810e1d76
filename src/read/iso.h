// Machine-written times: ISO 8601, iCalendar and epoch forms, matched on folded text.
#pragma once

#include <optional>
#include <string_view>

#include "evenkeel/zone.h"
#include "read/words.h"

namespace evenkeel {

struct IsoMatch {
  GlyphRange whole;
  GlyphRange year_at, month_at, day_at, hour_at, minute_at, second_at, offset_at;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;  // 0: not written
  int hour = -1;     // -1: a date only
  int minute = 0;
  int second = 0;
  bool basic = false;                 // 20260530T163000
  bool ordinal = false;               // 2026-150: day_at is the day of the year, month_at is empty
  std::optional<int> offset_minutes;  // 0 for Z
  bool has_date() const { return year != 0; }
  bool has_time() const { return hour >= 0; }
};

// The longest ISO or iCalendar form that begins at glyph `at` of `fold` and is not part of a longer word or number.
// `space` lets one space stand for the T. `parted`: an element boundary stands in front of it. A date alone comes back with hour -1; "18:00:00" alone only with `clock`.
std::optional<IsoMatch> MatchIso(std::string_view fold, std::size_t at, bool space, bool clock, bool parted = false);
// The whole text is one such form. `ordinal`: it may be a year and a day of it.
std::optional<IsoMatch> MatchIsoWhole(std::string_view fold, bool ordinal = false);

}  // namespace evenkeel
