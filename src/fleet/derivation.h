// Derivation: how the policy makes one time of the booking out of another, as "derive" of the fleet file writes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace evenkeel {

// "keep", "end", "start-30m", "end+1h30m".
struct Derivation {
  bool keep = false;
  std::string base;  // start, or a member below
  int minutes = 0;   // from the base, by wall clock
};
// The times that hang on the start and may be derived.
inline constexpr const char* kDerivable[] = {"end", "arrival", "cutoff", "switch"};

// nullopt: not of that form, or of no time of the booking.
std::optional<Derivation> ParseDerivation(std::string_view text);

}  // namespace evenkeel
