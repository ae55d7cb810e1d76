// One page from the command line, for `read` and `shift`.
#pragma once

#include "program.h"

namespace evenkeel::program {

struct Page {
  std::unique_ptr<ZoneSource> zones;
  ReadOptions options;  // borrows `zones`
  std::string bytes;
  Reading reading;
};
StatusOr<Page> ReadPageFrom(const Arguments& arguments);

}  // namespace evenkeel::program
