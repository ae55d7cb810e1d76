// Wall-clock times and the rules that tie them to instants.
//
// All zone arithmetic goes through a ZoneSource, so that the pure stages have no hidden input and a plan can record which
// tz database it was made with. Types are those of Howard Hinnant's date library, never std::chrono's calendar types.
#pragma once

#include <chrono>
#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <date/date.h>

#include "evenkeel/status.h"

namespace evenkeel {

using Date = date::year_month_day;
using Instant = date::sys_seconds;        // UTC, seconds
using LocalSeconds = date::local_seconds; // wall clock, no zone

// A wall-clock time of day, bound to a date where one is known. minutes counts from midnight, 0..1439.
struct LocalDateTime {
  std::optional<Date> date;
  int minutes = 0;

  friend bool operator==(const LocalDateTime&, const LocalDateTime&) = default;
};

// "15:30". "24:00" is never written.
std::string FormatMinutes(int minutes);
// "2026-05-30".
std::string FormatDate(const Date& date);
// "2026-05-30T22:30:00Z".
std::string FormatInstant(Instant instant);
// The whole string must match, and the date or time must exist; years 1583..2200. nullopt otherwise.
std::optional<int> ParseMinutes(std::string_view text);       // "HH:MM", "H:MM"
std::optional<Date> ParseDate(std::string_view text);         // "YYYY-MM-DD"
std::optional<Instant> ParseInstant(std::string_view text);   // RFC 3339 with Z or ±HH:MM up to 14:00
// The wall clock `delta` minutes later; the date follows past midnight where there is one.
LocalDateTime AddMinutes(const LocalDateTime& time, int delta);
// Minutes from `from` to `to` by wall clock; nullopt when just one of them has a date.
std::optional<int> MinutesBetween(const LocalDateTime& from, const LocalDateTime& to);

struct ZonedTime {
  LocalSeconds local;
  std::chrono::seconds offset{};  // local minus UTC
  std::string abbreviation;       // "PDT"
};

struct LocalResolution {
  enum class Kind : unsigned char { kUnique, kAmbiguous, kGap } kind = Kind::kUnique;
  // kAmbiguous: the earlier instant. kGap: the instant just after the gap, as if the clock had run on (wall clock moved
  // forward by the gap's length), which is what RFC 5545 section 3.3.5 prescribes.
  Instant instant;
  std::chrono::seconds offset{};
};

// The rules of civil time. Implementations must be pure functions of (zone, time) and safe to call from many threads.
class ZoneSource {
 public:
  virtual ~ZoneSource() = default;
  // kInvalidArgument: no such IANA zone in this database.
  virtual StatusOr<ZonedTime> ToLocal(std::string_view zone, Instant instant) const = 0;
  virtual StatusOr<LocalResolution> ToInstant(std::string_view zone, LocalSeconds local) const = 0;
  virtual bool Has(std::string_view zone) const = 0;
  // Version of the tz database, e.g. "2025b"; "unknown" where the system does not say.
  virtual std::string DatabaseVersion() const = 0;
};

// The operating system's tz database through the date library. Reads it from disk on first use of a zone.
std::unique_ptr<ZoneSource> MakeSystemZoneSource();

}  // namespace evenkeel
