// Where a wall clock lies in time: once on most days, twice in the hour that is repeated when the clocks go back.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/reading.h"

namespace evenkeel {

struct Placing {
  Instant instant;
  std::chrono::seconds offset{};
  std::string abbreviation;  // "PDT"
  bool skipped = false;      // the clocks skip it
};

// The earlier one first. Empty: no such zone.
std::vector<Placing> PlacingsOf(const ZoneSource& zones, std::string_view zone, LocalSeconds local);

}  // namespace evenkeel
