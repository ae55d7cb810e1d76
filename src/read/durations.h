// Durations in running text: "3 hours", "2.5 hrs", "90 minutes", "three-hour", "an hour and a half".
#pragma once

#include <vector>

#include "read/words.h"

namespace evenkeel {

struct DurationMatch {
  std::size_t first = 0;  // tokens [first, last)
  std::size_t last = 0;
  int minutes = 0;
};

// Stretches of time that may be an outing's length: under a day, and not a distance to something ("2 hours before").
std::vector<DurationMatch> FindDurations(const TokenView& view);

}  // namespace evenkeel
