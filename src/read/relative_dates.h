// Days counted from another one: today, tomorrow, next Friday.
#pragma once

#include <optional>

#include "read/date_grammar.h"

namespace evenkeel {

std::optional<DateMatch> ReadRelativeDay(const TokenView& view, std::size_t i);
// The day meant, counted from `from`. Weeks begin on Monday: "next Friday" is the Friday of the week after.
Date CountRelativeDay(RelativeDay day, std::optional<unsigned> weekday, const Date& from);

}  // namespace evenkeel
