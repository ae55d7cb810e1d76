// Every placement of so many faults and foreign edits, depth first. A state that has been seen with as much left to go wrong is not gone
// into again. Nothing is left out that could end otherwise: what touches nothing that the engine looks at next is tried where it does.
#pragma once

#include <cstdint>
#include <string>

#include "simulation/history.h"

namespace evenkeel::simulation {

struct Explored {
  std::uint64_t states = 0;
  std::uint64_t steps = 0;
  std::uint64_t endings = 0;
  std::uint64_t excused = 0;   // see Laws::excused
  std::uint64_t violations = 0;
  std::string first;           // the law that was broken first
  std::string story;           // of it
};

// How often a process is left where it stands for another, at any step.
inline constexpr int kSwitchesMax = 2;

struct Bounds {
  int faults = 0, edits = 0;
  bool leases = false;    // who steals a lease, and clocks that jump, are among the foreign edits
  bool rollback = false;  // the run is taken back, at any step and at rest
};
// Stops at the first violation where `stops`.
Explored Explore(Theatre& theatre, const Bounds& bounds, bool stops);

}  // namespace evenkeel::simulation
