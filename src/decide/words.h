// Words: values, places and distances as an operator says them, for `why`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evenkeel/snapshot.h"

namespace evenkeel {

// "3:30 PM".
std::string WordsOfClock(int minutes);
// "3:30 PM", "3:30 PM on 2026-06-01" where the date is not the booking's, "2026-05-30", "Ana, Gene", "6".
std::string WordsOfValue(const Value& value, const std::optional<Date>& booking_date);
// "3 h", "30 min", "1 h 30 min"; without a sign.
std::string WordsOfDistance(int minutes);
// "3 h after the start", "30 min before the start", "at the start".
std::string WordsOfOffset(int minutes);
// "crew-dispatch (column start_time)", "guest-pages g/x.html (line 42)".
std::string WordsOfPlace(const Claim& claim);
// The stores of the claims, each once, in order: "guest-pages, internal-calendar and boatsetter".
std::string WordsOfStores(const std::vector<Claim>& claims);

}  // namespace evenkeel
