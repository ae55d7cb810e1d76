// The seeded bugs: EVENKEEL_BUG(number, "what is wrong") in the source, found there by number.
#pragma once

#include <map>
#include <string>

namespace evenkeel::simulation {

struct SeededBug {
  std::string what;
  std::string file;  // below src/
};
// By number. Read from the source itself, so that there is no second list.
std::map<int, SeededBug> ReadSeededBugs();

}  // namespace evenkeel::simulation
