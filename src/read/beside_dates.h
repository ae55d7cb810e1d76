// Which date of its own text a time belongs to.
#pragma once

#include <cstddef>
#include <vector>

#include "read/mention.h"
#include "read/words.h"

namespace evenkeel {

// Where a mention or a date stands among the tokens of one text.
struct Placed {
  std::size_t index = 0;  // of findings.mentions or findings.dates
  std::size_t first = 0;  // tokens [first, last)
  std::size_t last = 0;
};

// Sets Mention::date and date_beside for the times of one text. A date that touches a time with nothing but "at", "on", a
// comma or the like between them binds it; else the one in front of it does.
void BindBeside(const TokenView& view, const std::vector<Placed>& times, const std::vector<Placed>& dates, Findings* findings);

}  // namespace evenkeel
