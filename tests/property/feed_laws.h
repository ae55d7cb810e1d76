// The law of the feeds: whatever reads the markup of a page, its pieces, its reading and its errors are the same.
#pragma once

#include <string>
#include <string_view>

#include "evenkeel/reading.h"

namespace evenkeel::property {

struct FeedOutcome {
  std::string broken;   // what differs, in words; empty: nothing
  bool tokens = false;  // the tokens left no doubt
};

// Reads the page with both engines.
FeedOutcome CheckFeeds(std::string_view page, const ReadOptions& options);

// Markup from a seed: elements as the standard nests them and as it does not, entities, comments, raw texts, odd tags, cut off anywhere.
std::string MakeMarkup(std::uint64_t seed);

}  // namespace evenkeel::property
