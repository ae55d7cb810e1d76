// Dates: years that are not written, weekdays, and which date a time belongs to.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "read/resolve.h"

namespace evenkeel {
namespace {

constexpr const char* kWeekdayNames[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

Date MakeDate(int year, unsigned month, unsigned day) { return {date::year(year), date::month(month), date::day(day)}; }

std::optional<Date> DateOf(const DateMention& mention) {
  if (mention.ref.year == 0 || mention.ref.month == 0 || mention.ref.day == 0) return std::nullopt;
  const Date date = MakeDate(mention.ref.year, mention.ref.month, mention.ref.day);
  if (!date.ok()) return std::nullopt;
  return date;
}

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

class DateResolver {
 public:
  DateResolver(const ReadOptions& options, Findings* findings) : options_(options), findings_(*findings) {}

  void Resolve() {
    CompleteYears();
    for (std::size_t i = 0; i < findings_.dates.size(); ++i) {
      CheckWeekday(&findings_.dates[i]);
      by_source_[findings_.dates[i].source].push_back(i);
      const DateMention& date = findings_.dates[i];
      const bool binds = date.flow != kNone && !date.hidden && date.ref.day != 0 && date.label.role != Role::kUnrelated && date.label.role != Role::kCutoff;
      if (binds) by_flow_[date.flow] = i;  // the last one of the flow
    }
    for (Mention& mention : findings_.mentions) Bind(&mention);
    for (Mention& mention : findings_.mentions) BindWeekday(&mention);
  }

 private:
  void CompleteYears() {
    std::map<std::pair<unsigned, unsigned>, int> known;
    for (const DateMention& date : findings_.dates) {
      if (date.year_written && date.ref.day) known.emplace(std::make_pair(date.ref.month, date.ref.day), date.ref.year);
    }
    for (DateMention& date : findings_.dates) {
      if (date.ref.year != 0) continue;
      const auto same = known.find({date.ref.month, date.ref.day});
      if (same != known.end()) {
        date.ref.year = same->second;
      } else if (options_.date) {
        date.ref.year = NearestYear(*options_.date, date.ref.month, date.ref.day);
      } else if (!known.empty()) {
        date.ref.year = known.begin()->second;
      }
    }
  }

  static void CheckWeekday(DateMention* date) {
    const std::optional<Date> day = DateOf(*date);
    if (!day || !date->weekday || WeekdayOfDate(*day) == *date->weekday) return;
    date->ref.why = std::string("the weekday beside it says ") + kWeekdayNames[*date->weekday] + ", but the date is a " + kWeekdayNames[WeekdayOfDate(*day)];
  }

  // The date beside the time in its own text: in front of it rather than behind.
  std::size_t Beside(const Mention& mention) const {
    const auto found = by_source_.find(mention.source);
    if (found == by_source_.end()) return kNone;
    std::size_t before = kNone;
    std::size_t after = kNone;
    for (const std::size_t i : found->second) {
      const DateMention& date = findings_.dates[i];
      if (date.ref.day == 0 || date.ref.carrier != mention.ref.carrier) continue;
      if (date.glyph_end <= mention.glyph_begin) before = i;
      if (after == kNone && date.glyph_begin >= mention.glyph_end) after = i;
    }
    constexpr std::size_t kReach = 60;
    const auto gap_before = before == kNone ? 0 : mention.glyph_begin - findings_.dates[before].glyph_end;
    const auto gap_after = after == kNone ? 0 : findings_.dates[after].glyph_begin - mention.glyph_end;
    constexpr std::size_t kTouching = 6;
    if (after != kNone && gap_after <= kTouching && (before == kNone || gap_before > kTouching)) return after;
    if (before != kNone) return before;
    return after != kNone && gap_after <= kReach ? after : kNone;
  }

  std::size_t Above(const Mention& mention) const {
    if (mention.flow == kNone) return kNone;
    auto found = by_flow_.lower_bound(mention.flow);
    if (found == by_flow_.begin()) return kNone;
    return std::prev(found)->second;
  }

  void Bind(Mention* mention) {
    if (mention->form != MentionForm::kClock) {
      if (mention->written || mention->ref.date) return;
      if (IsBookings(*mention)) mention->ref.date = options_.date;
      return;
    }
    mention->date = Beside(*mention);
    mention->date_beside = mention->date != kNone;
    if (!mention->date_beside && IsBookings(*mention) && !mention->weekday) mention->date = Above(*mention);
    if (mention->date != kNone) {
      const std::optional<Date> day = DateOf(findings_.dates[mention->date]);
      const bool fits = !mention->weekday || !day || WeekdayOfDate(*day) == *mention->weekday;
      if (day && fits) {
        mention->ref.date = day;
        return;
      }
      mention->date = kNone;
      mention->date_beside = false;
    }
    if (mention->weekday) return;
    if (IsBookings(*mention)) mention->ref.date = options_.date;
  }

  static bool IsBookings(const Mention& mention) {
    switch (mention.ref.role) {
      case Role::kStart: case Role::kEnd: case Role::kStartEnd: case Role::kArrival: case Role::kSwitch: return true;
      case Role::kCutoff: case Role::kUnrelated: case Role::kUnknown: return false;
    }
    return false;
  }

  // A weekday alone: the date of an instant on the page that says the same, else the nearest such day (of a cutoff, not
  // after the sail).
  void BindWeekday(Mention* mention) {
    if (!mention->weekday || mention->ref.date || mention->weekday_range || mention->ref.role == Role::kUnrelated) return;
    if (const std::optional<Date> same = SameOnPage(*mention)) {
      mention->ref.date = same;
      mention->ref.why += "; its date from the instant on the page that says the same";
      return;
    }
    if (!options_.date) return;
    const long ahead = (static_cast<long>(*mention->weekday) - static_cast<long>(WeekdayOfDate(*options_.date)) + 7) % 7;
    const bool not_after = mention->ref.role == Role::kCutoff;
    const long step = ahead == 0 ? 0 : not_after || ahead > 3 ? ahead - 7 : ahead;
    mention->ref.date = Date(date::sys_days(*options_.date) + date::days(step));
    mention->ref.why += not_after ? "; the last such weekday before the booking's date" : "; that weekday nearest to the booking's date";
  }

  std::optional<Date> SameOnPage(const Mention& mention) const {
    for (const Mention& other : findings_.mentions) {
      if (other.form == MentionForm::kClock || !other.ref.date || other.start.minutes != mention.start.minutes) continue;
      if (other.ref.role != mention.ref.role || WeekdayOfDate(*other.ref.date) != *mention.weekday) continue;
      return other.ref.date;
    }
    return std::nullopt;
  }

  const ReadOptions& options_;
  Findings& findings_;
  std::map<std::size_t, std::vector<std::size_t>> by_source_;
  std::map<std::size_t, std::size_t> by_flow_;
};

}  // namespace

void ResolveDates(const ReadOptions& options, Findings* findings) { DateResolver(options, findings).Resolve(); }

void ResolveFindings(const ReadOptions& options, Findings* findings) {
  ResolveInstants(options, findings);
  ResolveHours(options, findings);
  ResolveRoles(options, findings);
  ResolveDates(options, findings);
  for (Mention& mention : findings->mentions) PlaceForeignZone(options, &mention);
}

}  // namespace evenkeel
