#include "aws/server_clock.h"

#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel::aws {

std::optional<Instant> ParseHttpDate(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
  const std::size_t month = kMonths.find(text.substr(8, 3));
  const std::string digits = std::string(text.substr(5, 2)) + std::string(text.substr(12, 4)) + std::string(text.substr(17, 2)) +
                             std::string(text.substr(20, 2)) + std::string(text.substr(23, 2));
  if (month == std::string_view::npos || month % 3 != 0 || !IsDigits(digits)) return std::nullopt;
  return ParseInstant(digits.substr(2, 4) + "-" + TwoDigits(static_cast<int>(month / 3) + 1) + "-" + digits.substr(0, 2) + "T" +
                      digits.substr(6, 2) + ":" + digits.substr(8, 2) + ":" + digits.substr(10, 2) + "Z");
}

std::optional<Instant> ParseXmlTime(std::string_view text) {
  const std::size_t dot = text.find('.');
  return ParseInstant(dot == std::string_view::npos ? std::string(text) : std::string(text.substr(0, dot)) + "Z");
}

bool ServerClock::Learn(std::string_view http_date, Instant signed_at) {
  const auto theirs = ParseHttpDate(http_date);
  if (!theirs) return false;
  const std::chrono::seconds apart = *theirs - signed_at;
  if (apart <= std::chrono::minutes(4) && apart >= -std::chrono::minutes(4)) return false;
  offset_s_ = (*theirs - environment_.Now()).count();
  return true;
}

}  // namespace evenkeel::aws
