// Clock: one wall-clock time as a system's attribute writes it, and the same style again for another time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evenkeel {

// How a clock time is written. Everything that is needed to write another one the same way.
struct ClockStyle {
  bool twelve_hour = false;
  bool padded_hour = false;    // "03:30"
  bool minutes = true;         // false: "3 PM"
  bool seconds = false;        // "15:30:00"
  std::string separator = ":"; // "", ".", "h"
  std::string gap;             // between the digits and the meridiem
  enum class Meridiem : std::uint8_t { kUpper, kLower, kUpperDotted, kLowerDotted, kUpperLetter, kLowerLetter } meridiem = Meridiem::kUpper;

  friend bool operator==(const ClockStyle&, const ClockStyle&) = default;
};

struct WrittenClock {
  int minutes = 0;  // from midnight
  ClockStyle style;
};

// The whole text must be one time: "15:30", "15:30:00", "3:30 PM", "3pm", "3:30 p.m.", "1530", "930", "15h30", "noon". A bare hour
// ("3", "15"), a decimal ("15.5") and seconds other than zero are refused: what they mean is a guess.
std::optional<WrittenClock> ReadClock(std::string_view text);
// A time in the style; minutes that the style leaves out are written where they are not zero.
std::string WriteClock(const ClockStyle& style, int minutes);

}  // namespace evenkeel
