// The parts of a clock time in tokens: one clock, a day part, a zone.
#pragma once

#include <optional>

#include "read/clock_grammar.h"

namespace evenkeel {

// One clock that begins at token i. A lone number comes back as `bare`; its caller asks the neighbours. `range_end`: a dash
// directly in front of it is the range's.
std::optional<Clock> ReadClock(const TokenView& view, std::size_t i, bool range_end = false);
// "in the afternoon", "tonight" at *at; moves *at behind it.
std::optional<Meridiem> ReadDayPartWords(const TokenView& view, std::size_t* at, int hour);
// Whether what stands at token i lets a number before it be a time.
bool EndsLikeTime(const TokenView& view, std::size_t i);
// A day part in front of token *at ("tonight at 8"); moves *at to its first token.
std::optional<Meridiem> ReadDayPartBefore(const TokenView& view, std::size_t* at, int hour);
// "PT", "(PDT)", "Pacific Time", "UTC+02:00" at *at; empty when there is none.
GlyphRange ReadZone(const TokenView& view, std::size_t* at, bool after_meridiem);

}  // namespace evenkeel
