// Which date a time belongs to.
#include <algorithm>
#include <map>
#include <tuple>

#include "read/resolve.h"

namespace evenkeel {
namespace {

class DateBinder {
 public:
  DateBinder(const ReadOptions& options, Findings* findings) : options_(options), findings_(*findings) {}

  void Bind() {
    for (Mention& mention : findings_.mentions) BindDate(&mention);
    day_ = options_.date ? options_.date : OnlyStart();
    CollectInstants();
    for (Mention& mention : findings_.mentions) BindWeekday(&mention);
    CollectStarts();
    for (Mention& mention : findings_.mentions) PlaceEnd(&mention);
  }

 private:
  static bool IsBookings(const Mention& mention) {
    switch (mention.ref.role) {
      case Role::kStart: case Role::kEnd: case Role::kStartEnd: case Role::kArrival: case Role::kSwitch: return true;
      case Role::kCutoff: case Role::kUnrelated: case Role::kUnknown: return false;
    }
    return false;
  }

  void BindDate(Mention* mention) {
    if (mention->form != MentionForm::kClock) {
      if (!mention->written && !mention->ref.date && IsBookings(*mention)) mention->ref.date = options_.date;
      return;
    }
    if (!mention->date_beside) mention->date = Near(*mention);
    const bool loose = mention->ref.role == Role::kArrival ? !mention->date_joined : !mention->date_beside && !mention->near_date_close;  // guests board on the day
    if (loose && IsOfOtherDay(*mention)) mention->date = kNone;
    if (mention->date != kNone && TakeDate(mention)) return;
    if (!mention->weekday && IsBookings(*mention)) mention->ref.date = options_.date;
  }

  // A reply is due on a day of its own: only a date close by is its.
  static std::size_t Near(const Mention& mention) {
    const bool own = mention.ref.role == Role::kCutoff || mention.ref.role == Role::kUnrelated;
    return own && !mention.near_date_close ? kNone : mention.near_date;
  }

  // A date somewhere above that is not the booking's, on a page that has the booking's: it is of something else.
  bool IsOfOtherDay(const Mention& mention) {
    if (mention.date == kNone || !options_.date || !IsBookings(mention)) return false;
    const std::optional<Date> day = DateOf(findings_.dates[mention.date]);
    return day && *day != *options_.date && HasBookingsDay();
  }

  bool HasBookingsDay() {
    if (has_day_) return *has_day_;
    const auto is_day = [&](const auto& date) { return DateOf(date) == options_.date; };
    const auto says_day = [&](const Mention& mention) { return mention.form != MentionForm::kClock && mention.ref.date == options_.date && mention.ref.role != Role::kUnrelated; };
    has_day_ = std::any_of(findings_.dates.begin(), findings_.dates.end(), is_day) || std::any_of(findings_.mentions.begin(), findings_.mentions.end(), says_day);
    return *has_day_;
  }

  // Takes the date it was given, unless its own weekday names another day.
  bool TakeDate(Mention* mention) {
    const DateMention& date = findings_.dates[mention->date];
    const std::optional<Date> day = DateOf(date);
    const bool fits = !mention->weekday || !day || WeekdayOfDate(*day) == *mention->weekday;
    if (day && !fits && mention->date_joined) {
      mention->ref.why += std::string("; the weekday beside it says ") + WeekdayName(*mention->weekday) + ", but its date is a " + WeekdayName(WeekdayOfDate(*day));
    }
    if (day && (fits || mention->date_joined)) {
      mention->ref.date = Date(date::sys_days(*day) + date::days(mention->zone_days));
      mention->ref.date_relative = date.relative != RelativeDay::kNone;
      return true;
    }
    mention->date = kNone;
    mention->date_beside = mention->date_joined = false;
    return false;
  }

  // The day of the page's only dated start.
  std::optional<Date> OnlyStart() const {
    std::optional<Date> day;
    for (const Mention& mention : findings_.mentions) {
      const bool start = mention.ref.role == Role::kStart || mention.ref.role == Role::kStartEnd;
      if (!start || !mention.ref.date || mention.ref.date_relative) continue;
      if (day && *day != *mention.ref.date) return std::nullopt;
      day = mention.ref.date;
    }
    return day;
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
    if (!day_) return;
    const long ahead = (static_cast<long>(*mention->weekday) - static_cast<long>(WeekdayOfDate(*day_)) + 7) % 7;
    const bool not_after = mention->ref.role == Role::kCutoff;
    const long step = ahead == 0 ? 0 : not_after || ahead > 3 ? ahead - 7 : ahead;
    mention->ref.date = Date(date::sys_days(*day_) + date::days(step));
    mention->ref.why += not_after ? "; the last such weekday before the booking's date" : "; that weekday nearest to the booking's date";
  }

  using Said = std::tuple<Role, unsigned, std::optional<int>>;  // role, weekday, minutes from midnight

  void CollectInstants() {
    for (const Mention& mention : findings_.mentions) {
      if (mention.form == MentionForm::kClock || !mention.ref.date) continue;
      instants_.try_emplace(Said(mention.ref.role, WeekdayOfDate(*mention.ref.date), mention.start.minutes), *mention.ref.date);
    }
  }

  std::optional<Date> SameOnPage(const Mention& mention) const {
    const auto found = instants_.find(Said(mention.ref.role, *mention.weekday, mention.start.minutes));
    return found == instants_.end() ? std::nullopt : std::optional(found->second);
  }

  void CollectStarts() {
    for (const Mention& mention : findings_.mentions) {
      const bool start = mention.ref.role == Role::kStart || mention.ref.role == Role::kStartEnd;
      if (!start || mention.second_half || !mention.ref.date || !mention.start.minutes) continue;
      const auto [first, fresh] = starts_.try_emplace(*mention.ref.date, *mention.start.minutes);
      if (!fresh && *mention.start.minutes < first->second) first->second = *mention.start.minutes;
    }
  }

  // An end alone that comes before the start on the clock is on the day after, though it stands under the start's date.
  void PlaceEnd(Mention* mention) const {
    if (mention->form != MentionForm::kClock || mention->ref.role != Role::kEnd || mention->end || mention->weekday) return;
    if (!mention->ref.date || !mention->start.minutes) return;
    const auto start = starts_.find(*mention->ref.date);
    if (start == starts_.end() || *mention->start.minutes >= start->second) return;
    mention->ref.end_date = Date(date::sys_days(*mention->ref.date) + date::days(1));
  }

  const ReadOptions& options_;
  Findings& findings_;
  std::optional<Date> day_;       // weekdays count from it
  std::optional<bool> has_day_;    // the page names the booking's day
  std::map<Said, Date> instants_;  // the first instant on the page that says so
  std::map<Date, int> starts_;     // the earliest start of a date, minutes from midnight
};

}  // namespace

void BindDates(const ReadOptions& options, Findings* findings) { DateBinder(options, findings).Bind(); }

}  // namespace evenkeel
