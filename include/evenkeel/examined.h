// Examined: a store of any kind that can tell `doctor` more of itself than its interface shows. What a store is made of derives from it
// besides its interface; a store that does not is looked at through its interface alone.
#pragma once

#include <vector>

#include "evenkeel/check.h"

namespace evenkeel {

class Examined {
 public:
  virtual ~Examined() = default;
  // For people: what is there, and what the credentials may do. Changes nothing of an operator's; a store of Evenkeel's own may be
  // tried with something that is taken away again. Safe to call from several threads.
  virtual std::vector<Check> Examine() = 0;
};

}  // namespace evenkeel
