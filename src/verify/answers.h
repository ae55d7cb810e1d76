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
// Keeps those that are new or other than before.
Status KeepAnswers(Fleet& fleet, const Answers& kept, const Answers& given, const std::string& by);

}  // namespace evenkeel
