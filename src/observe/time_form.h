// TimeForm: how an attribute states a time: a clock, a timestamp, or an epoch; as a text or as a number. Read once, so that what is
// read and what is written back are the same form by construction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/record_store.h"
#include "evenkeel/zone.h"
#include "field/timestamp.h"

namespace evenkeel {

struct TimeForm {
  enum class Kind : std::uint8_t { kClock, kMinutes, kTimestamp, kEpochSeconds, kEpochMilliseconds } kind = Kind::kClock;
  bool is_number = false;  // a JSON number; else a text
  WrittenClock clock;      // kClock; of a number: 1530. kMinutes: its minutes alone
  Timestamp stamp;         // kTimestamp
  Instant instant;         // epochs

  friend bool operator==(const TimeForm&, const TimeForm&) = delete;
};

// nullopt: not a time. Decimals are none: 15.5 may be 15:30 or 15:50.
std::optional<TimeForm> ReadTimeForm(const Json& attribute);
// In the form of this name (field/forms.h) and in no other; without a name as above.
std::optional<TimeForm> ReadTimeForm(const Json& attribute, std::string_view name);
// A date in one of the forms that hold nothing else. nullopt: not in it.
std::optional<Date> ReadDateForm(std::string_view text, std::string_view name);
// The wall clock in `zone`. A clock has no date.
StatusOr<LocalDateTime> LocalOf(const TimeForm& form, std::string_view zone, const ZoneSource& zones);
// The instant; a wall clock is taken in `zone`. kInvalidArgument for a clock without a date.
StatusOr<Instant> InstantOf(const TimeForm& form, std::string_view zone, const ZoneSource& zones);
// The attribute that states `minutes` of `date` (wall clock of `zone`) in the same form.
StatusOr<Json> WriteTimeForm(const TimeForm& form, const Date& date, int minutes, std::string_view zone, const ZoneSource& zones);

}  // namespace evenkeel
