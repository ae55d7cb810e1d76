// The laws of reading and shifting one page, for any page.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "evenkeel/edit.h"

namespace evenkeel::property {

// Every size that a shift has a reason to fail at: minutes, hours past noon and midnight, whole days.
inline constexpr int kShifts[] = {1, -1, 5, -10, 15, 30, -30, 45, -45, 60, -60, 75, 90, -90, 120, -180, 240, -300, 390, 480, -540, 720, -720, 1440, -1440};

// What broke, in words; empty: nothing. A shift that ends in an error, or that the second opinion refuses, breaks no law: nothing is written and
// it is said so, here in `refused`. `moved` and `unsure` count the mentions over all shifts, to see that there was something to look at.
struct Outcome {
  std::vector<std::string> broken;
  std::vector<std::string> refused;
  std::size_t shifts = 0;
  std::size_t moved = 0;
  std::size_t unsure = 0;
};

// Spans quote their text; zero changes nothing; and for each shift: bytes outside the reported spans stay, every moved time says the old
// one plus the shift, all else reads as it did, each time of the booking is in just one list, and back restores. Two shifts equal their sum.
Outcome CheckLaws(const std::string& page, const ReadOptions& options, std::span<const int> shifts = kShifts);

}  // namespace evenkeel::property
