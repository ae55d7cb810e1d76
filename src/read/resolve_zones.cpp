// Zones and offsets that are written beside a clock: what they make of it on the booking's wall, and as an instant.
#include "read/bytes.h"
#include "read/placing.h"
#include "read/resolve.h"

namespace evenkeel {
namespace {

constexpr int kDay = 24 * 60;

struct ZoneName {
  std::string_view abbreviation;
  std::string_view zone;
};

// Abbreviations as people use them: the season is taken from the date, not from the letters.
constexpr ZoneName kZoneNames[] = {
    {"pt", "America/Los_Angeles"}, {"pst", "America/Los_Angeles"}, {"pdt", "America/Los_Angeles"}, {"pacific", "America/Los_Angeles"},
    {"mt", "America/Denver"}, {"mst", "America/Denver"}, {"mdt", "America/Denver"}, {"mountain", "America/Denver"},
    {"ct", "America/Chicago"}, {"cst", "America/Chicago"}, {"cdt", "America/Chicago"}, {"central", "America/Chicago"},
    {"et", "America/New_York"}, {"est", "America/New_York"}, {"edt", "America/New_York"}, {"eastern", "America/New_York"},
    {"akst", "America/Anchorage"}, {"akdt", "America/Anchorage"}, {"alaska", "America/Anchorage"}, {"hst", "Pacific/Honolulu"},
    {"hawaii", "Pacific/Honolulu"}, {"bst", "Europe/London"}, {"cet", "Europe/Paris"}, {"cest", "Europe/Paris"},
    {"eet", "Europe/Athens"}, {"eest", "Europe/Athens"}, {"jst", "Asia/Tokyo"}, {"aest", "Australia/Sydney"},
    {"aedt", "Australia/Sydney"}, {"nzst", "Pacific/Auckland"}, {"nzdt", "Pacific/Auckland"}, {"utc", "UTC"}, {"gmt", "UTC"}, {"z", "UTC"},
};

std::string_view ZoneOf(std::string_view written) {
  const std::string lower = ToLower(written);
  const std::string first = lower.substr(0, lower.find(' '));
  for (const ZoneName& name : kZoneNames) {
    if (first == name.abbreviation) return name.zone;
  }
  return {};
}

std::optional<std::chrono::seconds> WrittenOffset(std::string_view zone) {
  const std::size_t sign = zone.find_first_of("+-");
  if (sign == std::string_view::npos) return std::nullopt;
  int digits[4] = {0, 0, 0, 0};
  int count = 0;
  for (const char c : zone.substr(sign + 1)) {
    if (IsDigit(c) && count < 4) digits[count++] = c - '0';
  }
  int hours = 0;
  int minutes = 0;
  if (count <= 2) {
    hours = count == 2 ? digits[0] * 10 + digits[1] : digits[0];
  } else {
    hours = count == 4 ? digits[0] * 10 + digits[1] : digits[0];
    minutes = digits[count - 2] * 10 + digits[count - 1];
  }
  const int total = hours * 60 + minutes;
  return std::chrono::minutes(zone[sign] == '-' ? -total : total);
}

// How far the written zone is from UTC when its wall shows `local`.
std::optional<std::chrono::seconds> OffsetAt(const ReadOptions& options, std::string_view written, LocalSeconds local) {
  if (const auto offset = WrittenOffset(written)) return offset;
  const std::string_view zone = ZoneOf(written);
  if (zone.empty()) return std::nullopt;
  const std::vector<Placing> placings = PlacingsOf(*options.zones, zone, local);
  for (const Placing& placing : placings) {  // 1:30 AM PST, of the hour that PDT has too
    if (EqualsFolded(placing.abbreviation, written)) return placing.offset;
  }
  return placings.empty() ? std::nullopt : std::optional(placings.front().offset);
}

// Whether the booking's zone has that offset in winter or in summer.
bool IsOfZone(const ReadOptions& options, std::chrono::seconds offset) {
  if (options.zones == nullptr) return false;
  const date::year year = options.date ? options.date->year() : date::year{2026};
  for (const date::month month : {date::January, date::July}) {
    for (const Placing& placing : PlacingsOf(*options.zones, options.zone, date::local_days(year / month / 15))) {
      if (placing.offset == offset) return true;
    }
  }
  return false;
}

}  // namespace

void DoubtOffsets(const ReadOptions& options, Findings* findings) {
  for (Mention& mention : findings->mentions) {
    if (!mention.doubt.empty() || mention.form != MentionForm::kClock || mention.ref.zone.empty() || mention.ref.zone[0] != '-') continue;
    const auto offset = WrittenOffset(mention.ref.zone);
    if (offset && !IsOfZone(options, *offset)) mention.doubt = kRangeOrOffset;
  }
}

// A clock in another zone than the booking's: moves it onto the booking's wall. Needs the date.
void PlaceForeignZone(const ReadOptions& options, const Findings& findings, Mention* mention) {
  if (mention->form != MentionForm::kClock || mention->ref.zone.empty() || options.zones == nullptr || !mention->start.minutes) return;
  const std::optional<Date> beside = mention->date == kNone ? std::nullopt : DateOf(findings.dates[mention->date]);
  const std::optional<Date> date = beside ? beside : options.date;
  if (!date) return;
  if (!WrittenOffset(mention->ref.zone) && ZoneOf(mention->ref.zone) == options.zone) return;
  const LocalSeconds local(date::local_days(*date).time_since_epoch() + std::chrono::minutes(*mention->start.minutes));
  const std::optional<std::chrono::seconds> offset = OffsetAt(options, mention->ref.zone, local);
  if (!offset) return;
  const std::optional<LocalSeconds> here = OnBookingClock(options, Instant(local.time_since_epoch() - *offset));
  if (!here) return;
  mention->zone_shift = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - *here).count());
  if (mention->zone_shift == 0) return;
  mention->zone_days = static_cast<int>((date::floor<date::days>(*here) - date::floor<date::days>(local)).count());
  const auto move = [&](Endpoint* endpoint) { endpoint->minutes = ((*endpoint->minutes - mention->zone_shift) % kDay + kDay) % kDay; };
  move(&mention->start);
  if (mention->end && mention->end->minutes) move(&*mention->end);
}

void PlaceOnInstants(const ReadOptions& options, Findings* findings) {
  if (options.zones == nullptr) return;
  for (Mention& mention : findings->mentions) {
    const bool open = mention.start.open || mention.form != MentionForm::kClock || !mention.start.minutes;
    if (open || mention.ref.zone.empty() || !mention.doubt.empty() || mention.date == kNone || !mention.date_beside) continue;
    const DateMention& date = findings->dates[mention.date];
    const std::optional<Date> day = date.year_written && date.relative == RelativeDay::kNone ? DateOf(date) : std::nullopt;
    if (!day) continue;
    const LocalSeconds written(date::local_days(*day).time_since_epoch() + std::chrono::minutes((*mention.start.minutes + mention.zone_shift + kDay) % kDay));
    if (const auto offset = OffsetAt(options, mention.ref.zone, written)) mention.ref.instant = Instant(written.time_since_epoch() - *offset);
  }
}

}  // namespace evenkeel
