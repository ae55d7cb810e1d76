// Written forms of civil time: whole-string parses that refuse what does not exist, and their inverses.
#include <array>
#include <cstdio>

#include "evenkeel/zone.h"

namespace evenkeel {
namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr int kFirstYear = 1583;  // the first whole year of the Gregorian calendar
constexpr int kLastYear = 2200;
constexpr int kOffsetMinutesMax = 14 * 60;

// Reads exactly `count` digits at `*at`; -1 when they are not there.
int TakeDigits(std::string_view text, std::size_t* at, std::size_t count) {
  if (*at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const char c = text[*at + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  *at += count;
  return value;
}

bool TakeChar(std::string_view text, std::size_t* at, char wanted) {
  if (*at >= text.size() || text[*at] != wanted) return false;
  ++*at;
  return true;
}

std::optional<int> TakeOffsetMinutes(std::string_view text, std::size_t* at) {
  if (TakeChar(text, at, 'Z') || TakeChar(text, at, 'z')) return 0;
  int sign = 1;
  if (TakeChar(text, at, '-')) {
    sign = -1;
  } else if (!TakeChar(text, at, '+')) {
    return std::nullopt;
  }
  const int hours = TakeDigits(text, at, 2);
  if (hours < 0 || !TakeChar(text, at, ':')) return std::nullopt;
  const int minutes = TakeDigits(text, at, 2);
  if (minutes < 0 || minutes > 59 || hours * 60 + minutes > kOffsetMinutesMax) return std::nullopt;
  return sign * (hours * 60 + minutes);
}

}  // namespace

std::string FormatMinutes(int minutes) {
  const int day = ((minutes % kDayMinutes) + kDayMinutes) % kDayMinutes;
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", day / 60, day % 60);
  return text.data();
}

std::string FormatDate(const Date& date) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text.data();
}

std::string FormatInstant(Instant instant) {
  const auto day = date::floor<date::days>(instant);
  const auto clock = date::hh_mm_ss<std::chrono::seconds>(instant - day);
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return FormatDate(Date(day)) + text.data();
}

std::optional<int> ParseMinutes(std::string_view text) {
  std::size_t at = 0;
  const int hour = TakeDigits(text, &at, text.size() == 4 ? 1 : 2);
  if (hour < 0 || hour > 23 || !TakeChar(text, &at, ':')) return std::nullopt;
  const int minute = TakeDigits(text, &at, 2);
  if (minute < 0 || minute > 59 || at != text.size()) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<Date> ParseDate(std::string_view text) {
  std::size_t at = 0;
  const int year = TakeDigits(text, &at, 4);
  if (year < kFirstYear || year > kLastYear || !TakeChar(text, &at, '-')) return std::nullopt;
  const int month = TakeDigits(text, &at, 2);
  if (month < 1 || !TakeChar(text, &at, '-')) return std::nullopt;
  const int day = TakeDigits(text, &at, 2);
  if (day < 1 || at != text.size()) return std::nullopt;
  const Date date{date::year(year), date::month(static_cast<unsigned>(month)), date::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<Instant> ParseInstant(std::string_view text) {
  const std::optional<Date> date = ParseDate(text.substr(0, 10));
  if (!date || text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  std::size_t at = 11;
  const int hour = TakeDigits(text, &at, 2);
  if (hour < 0 || hour > 23 || !TakeChar(text, &at, ':')) return std::nullopt;
  const int minute = TakeDigits(text, &at, 2);
  if (minute < 0 || minute > 59 || !TakeChar(text, &at, ':')) return std::nullopt;
  const int second = TakeDigits(text, &at, 2);
  if (second < 0 || second > 59) return std::nullopt;
  if (TakeChar(text, &at, '.')) {  // fractions are cut: instants are whole seconds here
    const std::size_t first = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first) return std::nullopt;
  }
  const std::optional<int> offset = TakeOffsetMinutes(text, &at);
  if (!offset || at != text.size()) return std::nullopt;
  return date::sys_days(*date) + std::chrono::hours(hour) + std::chrono::minutes(minute - *offset) + std::chrono::seconds(second);
}

LocalDateTime AddMinutes(const LocalDateTime& time, int delta) {
  const long long total = static_cast<long long>(time.minutes) + delta;
  long long days = total / kDayMinutes;
  long long minutes = total % kDayMinutes;
  if (minutes < 0) {
    minutes += kDayMinutes;
    --days;
  }
  LocalDateTime result;
  result.minutes = static_cast<int>(minutes);
  if (time.date) result.date = Date(date::sys_days(*time.date) + date::days(days));
  return result;
}

std::optional<int> MinutesBetween(const LocalDateTime& from, const LocalDateTime& to) {
  if (from.date.has_value() != to.date.has_value()) return std::nullopt;
  int days = 0;
  if (from.date) days = static_cast<int>((date::sys_days(*to.date) - date::sys_days(*from.date)).count());
  return days * kDayMinutes + to.minutes - from.minutes;
}

}  // namespace evenkeel
