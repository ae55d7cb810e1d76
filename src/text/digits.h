// Digits: small numbers to and from text, where the caller has checked that there are digits and few of them.
#pragma once

#include <string>
#include <string_view>

namespace evenkeel {

// Requires at most nine ASCII digits.
inline int NumberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

inline std::string TwoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace evenkeel
