// What the program does, one function a mode. Each prints its figures and returns an exit code: 0 where everything is as it should be.
#pragma once

#include <cstdint>
#include <string>

#include "simulation/explore.h"

namespace evenkeel::simulation {

// `jobs`: 2 and more: retired by deletion and retired by redirect at the same time.
int RunExhaustive(const Bounds& bounds, int agents, int jobs);
int RunHistories(std::uint64_t histories, std::uint64_t seed, int jobs);
int Replay(std::uint64_t seed);
// `table`: a file to be written; `check`: one that must list the same bugs; empty: none. `only`: the number of one bug; 0: all.
int RunBugs(const std::string& table, const std::string& check, int only, int jobs);

}  // namespace evenkeel::simulation
