// The weekday that stands beside a date.
#pragma once

#include "read/date_grammar.h"

namespace evenkeel {

// Takes it into `match`: "Saturday, May 30", "Sat · May 30", "May 30 (Saturday)", "May 30, a Saturday". `known` is the booking's date.
void TakeWeekday(const TokenView& view, const std::optional<Date>& known, DateMatch* match);

}  // namespace evenkeel
