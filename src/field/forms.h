// Forms: the names a fleet file has for the ways in which a store writes a value, for values that do not tell it themselves: 930 may be
// half past nine, or half past three in minutes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/field.h"

namespace evenkeel {

namespace form {
inline constexpr std::string_view kClock = "HH:MM";         // "15:30", "9:30"
inline constexpr std::string_view kTwelveHours = "12h";     // "3:30 PM", "3pm"
inline constexpr std::string_view kDigits = "HHMM";         // 1530, "0930", 45 for 0:45
inline constexpr std::string_view kMinutes = "minutes";     // since midnight: 930
inline constexpr std::string_view kEpoch = "epoch";         // seconds since 1970-01-01T00:00:00Z, small ones, too
inline constexpr std::string_view kEpochMs = "epoch_ms";    // milliseconds
inline constexpr std::string_view kIso = "iso";             // "2026-05-30T15:30:00-07:00", "20260530T153000Z"
inline constexpr std::string_view kDate = "YYYY-MM-DD";
inline constexpr std::string_view kBasicDate = "YYYYMMDD";
inline constexpr std::string_view kMonthFirst = "MM/DD/YYYY";
inline constexpr std::string_view kDayFirst = "DD/MM/YYYY";
}  // namespace form

// Those that a field of the type may have. Empty: it has none.
std::vector<std::string> FormsOf(FieldType type);

}  // namespace evenkeel
