// Distances: how far from the start a system has another time of its own, by wall clock.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/verdict.h"

namespace evenkeel {

struct Distance {
  int minutes = 0;  // from the start to the member; negative: before it
  Claim start;      // the pair it was taken from
  Claim member;
};

// What a resource has, one for each of its moments that lie apart, in the order of its bytes. Visible text first; only where that is
// silent the other carriers, each paired with its own start if it states one. Empty: it does not state both.
std::vector<Distance> DistancesOf(const Observed& observed, std::string_view field);

// Minutes from `start` to `time`. Without dates on both the shorter way round the clock; an end always lies after its start.
int MinutesFromStart(std::string_view field, const LocalDateTime& start, const LocalDateTime& time);
// `start` moved by the distance. Undated members whose day nobody states (cutoff, switch) stay undated.
LocalDateTime FromStart(const LocalDateTime& start, const Distance& distance);

// What `claim` (a time of the group) should say, given the verdict for its field: the verdict itself, or, on a page that has several
// such moments in one carrier (two switches, before and after the sail), its own distance from the verdict's start.
Value TargetOf(const Observed& observed, const Claim& claim, const LocalDateTime& start, const Value& verdict);
// The same by what was decided, for a claim of any field.
Value TargetOfClaim(const Decision& decision, const Observed& observed, const Claim& claim, const Value& verdict);

}  // namespace evenkeel
