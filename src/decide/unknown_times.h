// Times on a page whose role nobody could tell. One that a guest sees and that equals an old time of the booking is asked about; the
// others are notes of the plan.
#pragma once

#include "decide/booking_view.h"

namespace evenkeel {

// Adds the questions to `decision`, and the answered ones to its roles. `decision` has its verdicts.
void AskAboutUnknownTimes(const BookingView& view, Decision& decision);

}  // namespace evenkeel
