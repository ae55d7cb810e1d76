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
// "PM", "p. m." behind the clock; "p" alone where `short_form` allows it.
void TakeMeridiem(const TokenView& view, Clock* clock, bool short_form);

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
