#include "field/duration.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr std::int64_t kMostMinutes = 14 * 24 * 60;

// Minutes that one of the unit is; 0 for a word that is no unit.
std::int64_t MinutesOfUnit(std::string_view unit) {
  if (unit == "h" || unit == "hr" || unit == "hrs" || unit == "hour" || unit == "hours") return 60;
  if (unit == "m" || unit == "min" || unit == "mins" || unit == "minute" || unit == "minutes") return 1;
  return 0;
}

// "2.5" in hundredths, at most two decimals.
std::optional<std::int64_t> ReadHundredths(std::string_view text) {
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  std::string decimals = dot == std::string_view::npos ? "" : std::string(text.substr(dot + 1));
  if (!IsDigits(whole) || whole.size() > 6 || decimals.size() > 2 || (dot != std::string_view::npos && !IsDigits(decimals))) {
    return std::nullopt;
  }
  decimals.resize(2, '0');
  std::int64_t number = 0;
  for (const char c : std::string(whole) + decimals) number = number * 10 + (c - '0');
  return number;
}

}  // namespace

std::optional<std::int64_t> ReadDurationMinutes(std::string_view text) {
  std::string folded = FoldCase(FoldSpace(text));
  if (folded.starts_with("pt")) folded = folded.substr(2);
  if (const std::size_t colon = folded.find(':'); colon != std::string::npos) {
    const std::string_view hours = std::string_view(folded).substr(0, colon), minutes = std::string_view(folded).substr(colon + 1);
    if (!IsDigits(hours) || hours.size() > 3 || !IsDigits(minutes) || minutes.size() != 2 || minutes > "59") return std::nullopt;
    folded = std::string(hours) + "h" + std::string(minutes) + "m";
  }
  std::int64_t total = 0;
  std::size_t at = 0;
  while (at < folded.size()) {
    const std::size_t number_end = std::min(folded.find_first_not_of("0123456789.", at), folded.size());
    const auto hundredths = ReadHundredths(std::string_view(folded).substr(at, number_end - at));
    const std::size_t unit_at = std::min(folded.find_first_not_of(' ', number_end), folded.size());
    std::size_t unit_end = unit_at;
    while (unit_end < folded.size() && IsAsciiLetter(folded[unit_end])) ++unit_end;
    const std::int64_t unit = MinutesOfUnit(std::string_view(folded).substr(unit_at, unit_end - unit_at));
    if (!hundredths || unit == 0 || (*hundredths * unit) % 100 != 0) return std::nullopt;
    total += *hundredths * unit / 100;
    if (total > kMostMinutes) return std::nullopt;
    at = std::min(folded.find_first_not_of(" ,", unit_end), folded.size());
  }
  if (folded.empty()) return std::nullopt;
  return total;
}

}  // namespace evenkeel
