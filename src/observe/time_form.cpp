#include "observe/time_form.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "field/forms.h"
#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// Epochs of the years 1973 to 5138 in seconds, and of 1973 to 2286 in milliseconds; nothing smaller is taken for one.
constexpr std::int64_t kLeastEpoch = 100'000'000;
constexpr std::int64_t kLeastEpochMilliseconds = 100'000'000'000;
constexpr std::int64_t kMostEpochMilliseconds = 10'000'000'000'000;

std::optional<TimeForm> EpochForm(std::int64_t number, bool is_number) {
  if (number < kLeastEpoch || number >= kMostEpochMilliseconds) return std::nullopt;
  TimeForm form;
  form.is_number = is_number;
  const bool milliseconds = number >= kLeastEpochMilliseconds;
  form.kind = milliseconds ? TimeForm::Kind::kEpochMilliseconds : TimeForm::Kind::kEpochSeconds;
  form.instant = Instant(std::chrono::seconds(milliseconds ? number / 1000 : number));
  return form;
}

std::optional<TimeForm> FormOfNumber(std::int64_t number) {
  if (auto epoch = EpochForm(number, true)) return epoch;
  // 1530 is 15:30; below 100 nobody can tell hours from minutes.
  if (number < 100 || number > 2359 || number % 100 > 59) return std::nullopt;
  TimeForm form;
  form.is_number = true;
  form.clock.minutes = static_cast<int>(number / 100 * 60 + number % 100);
  return form;
}

LocalSeconds LocalSecondsOf(const Date& date, int minutes) {
  return LocalSeconds(date::local_days(date)) + std::chrono::minutes(minutes);
}

LocalDateTime FromLocalSeconds(LocalSeconds local) {
  const auto day = date::floor<date::days>(local);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  return {Date(day), static_cast<int>(minutes)};
}

StatusOr<LocalDateTime> InZone(Instant instant, std::string_view zone, const ZoneSource& zones) {
  EVENKEEL_ASSIGN_OR_RETURN(const ZonedTime zoned, zones.ToLocal(zone, instant));
  return FromLocalSeconds(zoned.local);
}

int MinutesOf(std::chrono::seconds offset) { return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(offset).count()); }

// The wall clock and offset in which the timestamp states the instant: its own fixed offset, or the zone's where it used that.
StatusOr<std::pair<LocalDateTime, int>> OffsetStyle(const Timestamp& stamp, const LocalResolution& now, std::string_view zone,
                                                    const ZoneSource& zones) {
  int offset = *stamp.offset_minutes;
  const Instant before = Instant(LocalSecondsOf(stamp.date, stamp.clock.minutes).time_since_epoch()) - std::chrono::minutes(offset);
  EVENKEEL_ASSIGN_OR_RETURN(const ZonedTime then, zones.ToLocal(zone, before));
  const bool is_utc = stamp.offset == "Z" || stamp.offset == "z";
  if (!is_utc && MinutesOf(then.offset) == offset) offset = MinutesOf(now.offset);
  const LocalSeconds local(now.instant.time_since_epoch() + std::chrono::minutes(offset));
  return std::pair(FromLocalSeconds(local), offset);
}

// A whole number, as a number or as digits.
std::optional<std::int64_t> WholeNumber(const Json& attribute) {
  constexpr std::size_t kDigitsMax = 15;
  if (attribute.is_number_integer()) return attribute.get<std::int64_t>();
  if (!attribute.is_string()) return std::nullopt;
  const std::string_view text = TrimSpace(attribute.get_ref<const std::string&>());
  if (!IsDigits(text) || text.size() > kDigitsMax) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

std::optional<TimeForm> NumberForm(const Json& attribute, std::string_view name) {
  const std::optional<std::int64_t> number = WholeNumber(attribute);
  if (!number || *number < 0 || *number >= kMostEpochMilliseconds) return std::nullopt;
  TimeForm form;
  form.is_number = attribute.is_number();
  if (name == form::kEpoch || name == form::kEpochMs) {
    const bool milliseconds = name == form::kEpochMs;
    form.kind = milliseconds ? TimeForm::Kind::kEpochMilliseconds : TimeForm::Kind::kEpochSeconds;
    form.instant = Instant(std::chrono::seconds(milliseconds ? *number / 1000 : *number));
    return form;
  }
  const bool is_minutes = name == form::kMinutes;
  const std::int64_t minutes = is_minutes ? *number : *number / 100 * 60 + *number % 100;
  if (minutes >= 24 * 60 || (!is_minutes && *number % 100 > 59)) return std::nullopt;
  form.kind = is_minutes ? TimeForm::Kind::kMinutes : TimeForm::Kind::kClock;
  form.clock.minutes = static_cast<int>(minutes);
  form.clock.style.separator = "";
  form.clock.style.padded_hour = attribute.is_string() && TrimSpace(attribute.get_ref<const std::string&>()).size() == 4;
  return form;
}

}  // namespace

std::optional<TimeForm> ReadTimeForm(const Json& attribute, std::string_view name) {
  if (name.empty()) return ReadTimeForm(attribute);
  if (name != form::kClock && name != form::kTwelveHours && name != form::kIso) return NumberForm(attribute, name);
  auto form = ReadTimeForm(attribute);
  if (!form || form->is_number) return std::nullopt;
  const bool is_clock = form->kind == TimeForm::Kind::kClock;
  if (name == form::kIso) return form->kind == TimeForm::Kind::kTimestamp ? form : std::nullopt;
  const bool is_packed = is_clock && !form->clock.style.twelve_hour && form->clock.style.separator.empty();
  return is_clock && !is_packed && form->clock.style.twelve_hour == (name == form::kTwelveHours) ? form : std::nullopt;
}

std::optional<Date> ReadDateForm(std::string_view text, std::string_view name) {
  text = TrimSpace(text);
  if (name == form::kDate) return ParseDate(text);
  if (name == form::kBasicDate && IsDigits(text) && text.size() == 8) {
    return ParseDate(std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6)));
  }
  if (name != form::kMonthFirst && name != form::kDayFirst) return std::nullopt;
  std::vector<std::string> parts = SplitTrimmed(text, "/");
  if (parts.size() != 3 || parts[2].size() != 4) return std::nullopt;
  for (const std::string& part : parts) {
    if (!IsDigits(part) || part.size() > 4) return std::nullopt;
  }
  if (name == form::kDayFirst) std::swap(parts[0], parts[1]);
  return ParseDate(parts[2] + "-" + TwoDigits(NumberOf(parts[0])) + "-" + TwoDigits(NumberOf(parts[1])));
}

std::optional<TimeForm> ReadTimeForm(const Json& attribute) {
  if (attribute.is_number_integer()) return FormOfNumber(attribute.get<std::int64_t>());
  if (!attribute.is_string()) return std::nullopt;
  const std::string_view text = TrimSpace(attribute.get_ref<const std::string&>());
  TimeForm form;
  if (const auto clock = ReadClock(text)) {
    form.clock = *clock;
    return form;
  }
  if (IsDigits(text) && text.size() >= 9 && text.size() <= 13) {
    std::int64_t number = 0;
    for (const char c : text) number = number * 10 + (c - '0');
    return EpochForm(number, false);
  }
  const auto stamp = ReadTimestamp(text);
  if (!stamp) return std::nullopt;
  form.kind = TimeForm::Kind::kTimestamp;
  form.stamp = *stamp;
  return form;
}

StatusOr<LocalDateTime> LocalOf(const TimeForm& form, std::string_view zone, const ZoneSource& zones) {
  switch (form.kind) {
    case TimeForm::Kind::kClock:
    case TimeForm::Kind::kMinutes: return LocalDateTime{std::nullopt, form.clock.minutes};
    case TimeForm::Kind::kTimestamp: {
      if (!form.stamp.offset_minutes) return LocalDateTime{form.stamp.date, form.stamp.clock.minutes};
      EVENKEEL_ASSIGN_OR_RETURN(const Instant instant, InstantOf(form, zone, zones));
      return InZone(instant, zone, zones);
    }
    case TimeForm::Kind::kEpochSeconds:
    case TimeForm::Kind::kEpochMilliseconds: return InZone(form.instant, zone, zones);
  }
  return Status(Code::kInternal, "a time form without a reader");
}

StatusOr<Instant> InstantOf(const TimeForm& form, std::string_view zone, const ZoneSource& zones) {
  switch (form.kind) {
    case TimeForm::Kind::kClock:
    case TimeForm::Kind::kMinutes: return Status(Code::kInvalidArgument, "a clock time without a date is no instant");
    case TimeForm::Kind::kTimestamp: {
      const LocalSeconds local = LocalSecondsOf(form.stamp.date, form.stamp.clock.minutes);
      if (form.stamp.offset_minutes) return Instant(local.time_since_epoch()) - std::chrono::minutes(*form.stamp.offset_minutes);
      EVENKEEL_ASSIGN_OR_RETURN(const LocalResolution resolution, zones.ToInstant(zone, local));
      return resolution.instant;
    }
    case TimeForm::Kind::kEpochSeconds:
    case TimeForm::Kind::kEpochMilliseconds: return form.instant;
  }
  return Status(Code::kInternal, "a time form without a reader");
}

StatusOr<Json> WriteTimeForm(const TimeForm& form, const Date& date, int minutes, std::string_view zone, const ZoneSource& zones) {
  if (form.kind == TimeForm::Kind::kClock) {
    if (form.is_number) return Json(minutes / 60 * 100 + minutes % 60);
    return Json(WriteClock(form.clock.style, minutes));
  }
  if (form.kind == TimeForm::Kind::kMinutes) return form.is_number ? Json(minutes) : Json(std::to_string(minutes));
  if (form.kind == TimeForm::Kind::kTimestamp && !form.stamp.offset_minutes) return Json(WriteTimestamp(form.stamp, date, minutes, 0));
  EVENKEEL_ASSIGN_OR_RETURN(const LocalResolution resolution, zones.ToInstant(zone, LocalSecondsOf(date, minutes)));
  if (form.kind == TimeForm::Kind::kTimestamp) {
    EVENKEEL_ASSIGN_OR_RETURN(const auto styled, OffsetStyle(form.stamp, resolution, zone, zones));
    return Json(WriteTimestamp(form.stamp, *styled.first.date, styled.first.minutes, styled.second));
  }
  std::int64_t epoch = resolution.instant.time_since_epoch().count();
  if (form.kind == TimeForm::Kind::kEpochMilliseconds) epoch *= 1000;
  return form.is_number ? Json(epoch) : Json(std::to_string(epoch));
}

}  // namespace evenkeel
