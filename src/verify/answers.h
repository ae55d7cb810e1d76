// Answers to questions: given with --decide, checked against what is asked, and kept in the state store with name and time.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/evenkeel.h"

namespace evenkeel {

// Those of the snapshot.
Answers AnswersOf(const Snapshot& snapshot);
// kInvalidArgument: nobody asks this question, or it has no such option; both are listed. Touches no store.
Status CheckAnswers(const Fleet& fleet, const Snapshot& snapshot, const std::vector<Booking>& bookings, const Answers& kept,
                    const Answers& given);
// Sets what is given among the snapshot's own; comes back with those that are new, other than before, or now have a name.
std::vector<KeptAnswer> TakeAnswers(Snapshot& snapshot, const Answers& given, const std::string& by);
Status KeepAnswers(Fleet& fleet, const std::vector<KeptAnswer>& answers);

}  // namespace evenkeel
