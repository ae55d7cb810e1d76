// What differs and is accepted for now (`accept`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "decide/booking_view.h"

namespace evenkeel {

// What a system says of these fields hangs together, and is accepted as a whole or not at all: its date and times; of any other field its own
// name.
std::string HangsWith(const FieldRegistry& fields, std::string_view field);

// What differs of a field, accepted or not, as it would be accepted: sorted, each as often as it is said. The field is decided.
std::vector<Acceptance::Words> WordsAgainst(const SnapshotIndex& index, const Decision& decision, const Verdict& verdict);

// Moves the claims that are accepted from `against` to `accepted`. Where a system says more that differs than was accepted of what hangs
// together, none of that is accepted: what is half moved agrees with nothing.
void SetAcceptedApart(const BookingView& view, Decision& decision);

}  // namespace evenkeel
