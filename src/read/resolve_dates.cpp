// Dates: the years that are not written, days counted from another, and weekdays that contradict their date.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "read/carriers.h"
#include "read/relative_dates.h"
#include "read/resolve.h"

namespace evenkeel {
namespace {

constexpr const char* kWeekdayNames[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

Date MakeDate(int year, unsigned month, unsigned day) { return {date::year(year), date::month(month), date::day(day)}; }

long DaysBetween(const Date& from, const Date& to) { return (date::sys_days(to) - date::sys_days(from)).count(); }

// The year that brings month and day nearest to `near`.
int NearestYear(const Date& near, unsigned month, unsigned day) {
  int best = 0;
  long best_distance = 0;
  for (int year = static_cast<int>(near.year()) - 1; year <= static_cast<int>(near.year()) + 1; ++year) {
    if (!IsCalendarDay(year, month, day == 0 ? 1 : day)) continue;
    const long distance = std::labs(DaysBetween(near, MakeDate(year, month, day == 0 ? 1 : day)));
    if (best == 0 || distance < best_distance) {
      best = year;
      best_distance = distance;
    }
  }
  return best;
}

// Completes dates that leave their year, or their whole day, to the reader.
class DateCompleter {
 public:
  DateCompleter(const ReadOptions& options, Findings* findings) : options_(options), findings_(*findings) {}

  void Complete() {
    CollectYears();
    for (DateMention& date : findings_.dates) {
      if (date.relative != RelativeDay::kNone) {
        CountFromBooking(&date);
      } else if (date.ref.year == 0) {
        date.ref.year = YearOf(date);
      }
      CheckWeekday(&date);
    }
  }

 private:
  void CollectYears() {
    for (const DateMention& date : findings_.dates) {
      if (!date.year_written) continue;
      if (date.ref.day != 0) known_.emplace(std::make_pair(date.ref.month, date.ref.day), date.ref.year);
      if (date.label.role != Role::kUnrelated && date.ref.carrier != Carrier::kComment) by_source_.emplace(date.source, date.ref.year);
    }
    for (const Mention& mention : findings_.mentions) {
      if (mention.form == MentionForm::kClock || !mention.ref.date || mention.label.role == Role::kUnrelated) continue;
      const Date day = *mention.ref.date;
      known_.emplace(std::make_pair(static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())), static_cast<int>(day.year()));
    }
    for (const YearMention& year : findings_.years) by_source_.emplace(year.source, year.year);
  }

  // From the same day written elsewhere with its year, the booking's date, or the year that stands above it; where only
  // the page says, the weekday has the last word.
  int YearOf(const DateMention& date) const {
    const auto same = known_.find({date.ref.month, date.ref.day});
    if (same != known_.end()) return same->second;
    if (options_.date) return NearestYear(*options_.date, date.ref.month, date.ref.day);
    if (by_source_.empty()) return 0;
    auto above = by_source_.upper_bound(date.source);
    const int year = above == by_source_.begin() ? above->second : std::prev(above)->second;
    for (const int candidate : {year, year + 1, year - 1}) {
      if (!IsCalendarDay(candidate, date.ref.month, date.ref.day == 0 ? 1 : date.ref.day)) continue;
      if (!date.weekday || date.ref.day == 0 || WeekdayOfDate(MakeDate(candidate, date.ref.month, date.ref.day)) == *date.weekday) return candidate;
    }
    return year;
  }

  void CountFromBooking(DateMention* date) const {
    if (!options_.date) return;
    const Date day = CountRelativeDay(date->relative, date->weekday, *options_.date);
    date->ref.year = static_cast<int>(day.year());
    date->ref.month = static_cast<unsigned>(day.month());
    date->ref.day = static_cast<unsigned>(day.day());
    date->ref.why = "counted from the booking's date";
  }

  static void CheckWeekday(DateMention* date) {
    const std::optional<Date> day = DateOf(*date);
    if (!day || !date->weekday || WeekdayOfDate(*day) == *date->weekday) return;
    date->ref.why = std::string("the weekday beside it says ") + WeekdayName(*date->weekday) + ", but the date is a " + WeekdayName(WeekdayOfDate(*day));
  }

  const ReadOptions& options_;
  Findings& findings_;
  std::map<std::pair<unsigned, unsigned>, int> known_;  // written with their year, by month and day
  std::multimap<std::size_t, int> by_source_;           // years, by the text they stand in
};

}  // namespace

const char* WeekdayName(unsigned weekday) { return kWeekdayNames[weekday % 7]; }

std::optional<Date> DateOf(const DateMention& mention) {
  if (mention.ref.year == 0 || mention.ref.month == 0 || mention.ref.day == 0) return std::nullopt;
  const Date date = MakeDate(mention.ref.year, mention.ref.month, mention.ref.day);
  if (!date.ok()) return std::nullopt;
  return date;
}

void CompleteDates(const ReadOptions& options, Findings* findings) { DateCompleter(options, findings).Complete(); }

void ResolveFindings(const ReadOptions& options, Findings* findings) {
  ResolveInstants(options, findings);
  ResolveHours(options, findings);
  DoubtOffsets(options, findings);
  CompleteDates(options, findings);
  for (Mention& mention : findings->mentions) PlaceForeignZone(options, *findings, &mention);
  ResolveRoles(options, findings);
  DecideHourNumbers(findings);
  BindDates(options, findings);
  PlaceOnInstants(options, findings);
}

}  // namespace evenkeel
