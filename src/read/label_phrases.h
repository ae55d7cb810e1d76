// The table of labels: words near a time, and what they say it is for.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "read/labels.h"

namespace evenkeel {

struct LabelPhrase {
  std::string_view words;  // separated by spaces; a trailing '*' takes any ending
  Role role;
  LabelStrength strength;
  std::string_view shown = {};  // how `words` are shown where letters outside ASCII stand in them
};

// Longer phrases win over shorter ones at the same place. A role of kStartEnd is a label that names the booking's time
// without saying which end ("Time", "When").
std::array<std::span<const LabelPhrase>, 3> LabelPhrases();  // of the booking, of other things, in other languages
// Words of a request that has an hour by which it is to be answered: "order", "confirm", "let us know".
bool IsRequestVerb(std::string_view word);

}  // namespace evenkeel
