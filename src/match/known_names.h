// KnownNames: every identifier of every core, to be looked for as a whole token in the texts of events and cards.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/cores.h"
#include "match/followers.h"

namespace evenkeel {

class KnownNames {
 public:
  explicit KnownNames(const Cores& cores);

  // Adds a naming for every known identifier in the text. `where` is "summary"; `labelled` when the place itself names bookings (an
  // X- property, a UID). Identifiers that could be words or numbers count only where `dates` has a date of the booking.
  void FindIn(std::string_view text, const std::string& where, bool labelled, const std::optional<Date>& day, const Cores& cores,
              std::vector<Naming>& namings) const;

 private:
  struct Name {
    std::string kind;
    std::size_t node;
  };
  std::unordered_map<std::string, std::vector<Name>> names_;
};

}  // namespace evenkeel
