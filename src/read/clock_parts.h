// The parts of a clock time in tokens: one clock, its meridiem, a day part, a zone.
#pragma once

#include <optional>

#include "read/clock_grammar.h"

namespace evenkeel {

// One clock that begins at token i. A lone number comes back as `bare`; its caller asks the neighbours. `parted`: the mark
// directly in front of it parts it from what stands there (the dash of a range, the dot behind a date).
std::optional<Clock> ReadClock(const TokenView& view, std::size_t i, bool parted = false);
// The same for digits alone.
std::optional<Clock> ReadNumberClock(const TokenView& view, std::size_t i, bool parted = false);
// Hour and minute in one number: "1630 hrs", "1630-1930", "340pm", "430-730pm".
std::optional<Clock> ReadCompactClock(const TokenView& view, std::size_t i);
bool IsValidClock(const Clock& clock);
// Whether what stands directly at token `last` makes the number before it part of something else.
bool IsGluedAfter(const TokenView& view, std::size_t last, bool has_meridiem);
// "hrs", "h", "Uhr": says that a clock runs to 24.
bool IsHourUnit(const TokenView& view, std::size_t i);
// "PM", "p. m." behind the clock; "p" alone where `short_form` allows it.
void TakeMeridiem(const TokenView& view, Clock* clock, bool short_form);

// What announces a range in front of its start, and where it begins: "from", "between", "de", "desde las".
enum class RangeOpener : std::uint8_t { kNone, kFrom, kBetween };
struct OpenerRead {
  RangeOpener kind = RangeOpener::kNone;
  std::size_t first = 0;
};
OpenerRead ReadOpener(const TokenView& view, std::size_t first);
// What joins the two ends of a range at token `at`.
struct RangeSign {
  std::size_t next = 0;  // where the end begins
  bool dash = false;     // a mark, and no word
  bool loose = false;    // a mark that joins no lone numbers: "=>", "…"
};
std::optional<RangeSign> ReadRangeSign(const TokenView& view, std::size_t at, RangeOpener opener);

// What a day part says of a clock.
struct DayPartRead {
  DayPart part = DayPart::kNone;
  Meridiem meridiem = Meridiem::kNone;  // of a clock at that hour
};
// "in the afternoon", "tonight" at *at; moves *at behind it.
std::optional<DayPartRead> ReadDayPartAfter(const TokenView& view, std::size_t* at, int hour);
// A day part in front of token *at ("tonight at 8", "Saturday evening, 6"); moves *at to its first token.
std::optional<DayPartRead> ReadDayPartBefore(const TokenView& view, std::size_t* at, int hour);

// "PT", "(PDT)", "Pacific Time", "UTC+02:00" behind the clock at *at; empty when there is none.
GlyphRange ReadZone(const TokenView& view, std::size_t* at, const Clock& clock);

// Why nobody can tell what the match says: something in its own words, or joined to it, was not read. Empty: nothing; a literal.
std::string_view DoubtOf(const TokenView& view, const ClockMatch& match);

}  // namespace evenkeel
