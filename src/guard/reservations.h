// Reservations: one state document for each date, with everybody's list in it, so that one conditional write decides between two.
#pragma once

#include <vector>

#include "evenkeel/evenkeel.h"

namespace evenkeel {

inline constexpr std::string_view kReservationKind = "reservation";

// May two reservations of one date be of one booking? Identifiers tell, where both have one; else guests; else nobody knows.
bool MayBeOne(const Reservation& a, const Reservation& b);
// Nobody else may create the page yet.
bool IsInForce(const Reservation& one, Instant now);
// All that were ever made and not yet removed, by date. One store call.
StatusOr<std::vector<Reservation>> ListReservations(StateStore& state);
// Those in force that may be of what is asked for. One store call, where there is a date to ask by.
StatusOr<std::vector<Reservation>> ReservationsFor(Fleet& fleet, const FindQuery& query);

}  // namespace evenkeel
