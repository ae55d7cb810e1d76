// Check: one thing that `doctor` looked at.
#pragma once

#include <string>

namespace evenkeel {

struct Check {
  std::string store;
  std::string what;
  bool passed = false;
  std::string detail;  // what was found, and the next step when it failed
};

}  // namespace evenkeel
