// Weights of the match table. The order is the order in which evidence is used.
#pragma once

namespace evenkeel::weight {

inline constexpr double kBookingId = 1.0;
inline constexpr double kOwn = 1.0;
inline constexpr double kPointer = 0.98;
inline constexpr double kCode = 0.97;
inline constexpr double kListing = 0.96;
inline constexpr double kOtherId = 0.95;
inline constexpr double kRedirect = 0.95;
inline constexpr double kTombstone = 0.95;
inline constexpr double kFormerPointer = 0.95;
inline constexpr double kNamedInText = 0.95;
inline constexpr double kCodeInText = 0.93;
inline constexpr double kWordInText = 0.91;
inline constexpr double kDateAndGuestAlone = 0.9;
inline constexpr double kSharedId = 0.6;
inline constexpr double kNamesTwo = 0.5;
inline constexpr double kCanonicalLink = 0.5;
inline constexpr double kDateGuestAndTime = 0.5;
inline constexpr double kDateAndGuest = 0.4;

}  // namespace evenkeel::weight
