// Followers: events, listings and cards, and the bookings that they name. They join one booking, or none.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "match/cores.h"

namespace evenkeel {

// One way in which a follower names a core.
struct Naming {
  std::size_t node = 0;  // any node of the core
  std::string evidence;
  double weight = 0;
};

struct Follower {
  const Observed* observed = nullptr;
  std::vector<Naming> namings;     // strongest first
  std::vector<std::size_t> cores;  // roots of the cores that it names by strong evidence, each once
};

// Events, listings and cards in the order of their resources, with what each names. Blank pages that a follower names beside one
// named core join that core. After this the cores stand.
std::vector<Follower> Follow(const FleetConfig& fleet, const Snapshot& snapshot, Cores& cores);

// Whether the follower states a booking id, or a code where one side has no booking id, that is not the core's.
bool StatesAnotherBooking(const Observed& observed, const Core& core);

// Evidence without identifiers, for followers that name nothing: date and guest. Fills namings and cores of those that one booking
// alone fits; the others become doubtful in `doubtful`.
struct DoubtfulFollower {
  const Observed* observed = nullptr;
  Naming naming;
};
void FollowByDateAndGuest(const FleetConfig& fleet, const Cores& cores, std::vector<Follower>& followers, std::vector<DoubtfulFollower>& doubtful);

}  // namespace evenkeel
