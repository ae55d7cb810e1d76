// Candidates: resources that may belong to a booking by date and guest alone. They are asked about; an answer joins or parts them.
#pragma once

#include <vector>

#include "evenkeel/verdict.h"

namespace evenkeel {

// The bookings after the answers "same" have joined what they name. Sorted by key.
std::vector<Booking> JoinAnswered(std::vector<Booking> bookings, const Answers& answers);

// The booking's candidates without those that an answer has joined or parted.
std::vector<Link> OpenCandidates(const Booking& booking, const Answers& answers);

// What still has to be asked of the booking. A pair of bookings that name each other is asked about once, in the first by key.
std::vector<Question> AskAboutCandidates(const Booking& booking, const std::vector<Booking>& all, const Answers& answers);

}  // namespace evenkeel
