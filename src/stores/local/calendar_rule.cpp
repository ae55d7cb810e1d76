#include "stores/local/calendar_rule.h"

#include <libical/ical.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <set>

#include "stores/local/calendar_library.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr std::size_t kRuleWork = 100;
constexpr std::size_t kNeverWork = 20'000;  // of a rule that comes to no day any more: libical looks for one through some 18,000 years
constexpr std::size_t kRuleBytes = 4096;    // every day of a year in one BYYEARDAY has fewer
constexpr char kNever[] = "repeats by a rule that never comes to a day";
constexpr char kTooOften[] = "repeats too often, or since too long ago";

bool IsSet(const short* list) { return list[0] != ICAL_RECURRENCE_ARRAY_MAX; }

template <std::size_t kSize>
std::vector<short> ListOf(const short (&list)[kSize]) {
  return {list, std::find(list, list + kSize, static_cast<short>(ICAL_RECURRENCE_ARRAY_MAX))};
}

icaltimetype TimeOf(const ComponentTime& time) {
  icaltimetype raw = icaltime_null_time();
  raw.year = static_cast<int>(time.time.date->year());
  raw.month = static_cast<int>(static_cast<unsigned>(time.time.date->month()));
  raw.day = static_cast<int>(static_cast<unsigned>(time.time.date->day()));
  raw.hour = time.time.minutes / 60;
  raw.minute = time.time.minutes % 60;
  raw.is_date = time.is_date ? 1 : 0;
  return raw;
}

// Conditions of a rule that are looked at here: libical would go on alone to the next day that meets them, and to the end of its calendar
// where there is none.
class Conditions {
 public:
  static Conditions TakenFrom(icalrecurrencetype& rule) {
    Conditions taken;
    if (rule.freq != ICAL_YEARLY_RECURRENCE) {  // there months add days
      for (const short month : ListOf(rule.by_month)) taken.months_.insert(static_cast<unsigned>(icalrecurrencetype_month_month(month)));
      rule.by_month[0] = ICAL_RECURRENCE_ARRAY_MAX;
    }
    if (rule.freq == ICAL_DAILY_RECURRENCE || IsSet(rule.by_month_day)) {  // elsewhere weekdays add days
      for (const short day : ListOf(rule.by_day)) taken.weekdays_.insert(static_cast<unsigned>(icalrecurrencetype_day_day_of_week(day)) - 1);  // from Sunday
      rule.by_day[0] = ICAL_RECURRENCE_ARRAY_MAX;
    }
    if (taken.IsEmpty()) return taken;
    taken.count_ = rule.count;
    rule.count = 0;
    return taken;
  }
  bool IsMetOn(const Date& day) const {
    const date::weekday weekday{date::sys_days(day)};
    return (months_.empty() || months_.contains(static_cast<unsigned>(day.month()))) && (weekdays_.empty() || weekdays_.contains(weekday.c_encoding()));
  }
  // COUNT, where it is not left to libical.
  bool IsOver(int met) const { return count_ > 0 && met >= count_; }

 private:
  bool IsEmpty() const { return months_.empty() && weekdays_.empty(); }

  std::set<unsigned> months_, weekdays_;
  int count_ = 0;
};

int GreatestOf(const std::vector<short>& list) {
  int greatest = 0;
  for (const short one : list) greatest = std::max(greatest, std::abs(one));
  return greatest;
}

// The N of "NMO", without its sign; 0: none has one.
int GreatestOrdinal(const icalrecurrencetype& rule) {
  int greatest = 0;
  for (const short day : ListOf(rule.by_day)) greatest = std::max(greatest, std::abs(icalrecurrencetype_day_position(day)));
  return greatest;
}

// How many days a month or a year of the rule has at least from which BYSETPOS chooses.
int FewestDays(const icalrecurrencetype& rule) {
  const std::vector<short> days = ListOf(rule.by_day), months = ListOf(rule.by_month);
  const int weekdays = static_cast<int>(std::set<short>(days.begin(), days.end()).size());
  if (rule.freq == ICAL_MONTHLY_RECURRENCE) return 4 * weekdays;
  return weekdays * (months.empty() ? 52 : 4 * static_cast<int>(std::set<short>(months.begin(), months.end()).size()));
}

// What a monthly or yearly rule may combine, so that libical needs no more than some years from one day to the next, and means by it what
// RFC 5545 does: it takes the days of a year's months for those of one month, and weeks by their number for others in some years.
bool IsKnownShape(const icalrecurrencetype& rule) {
  const bool monthly = rule.freq == ICAL_MONTHLY_RECURRENCE, by_month = IsSet(rule.by_month);
  const bool by_day = IsSet(rule.by_day), by_month_day = IsSet(rule.by_month_day), by_year_day = IsSet(rule.by_year_day);
  if (IsSet(rule.by_week_no) || (by_year_day && (monthly || by_month || by_month_day || by_day))) return false;
  if (by_month_day && !monthly && !by_month) return false;
  const int ordinal = GreatestOrdinal(rule);
  if (ordinal != 0 && (by_month_day || ordinal > (monthly || by_month ? 5 : 53))) return false;
  if (!IsSet(rule.by_set_pos)) return true;
  return by_day && ordinal == 0 && !by_month_day && GreatestOf(ListOf(rule.by_set_pos)) <= FewestDays(rule);
}

// Whether some month of the rule has its day, as the 30th of February is none.
bool HasItsDay(const icalrecurrencetype& rule, const ComponentTime& start) {
  if (IsSet(rule.by_day) || IsSet(rule.by_year_day)) return true;
  std::vector<short> days = ListOf(rule.by_month_day), months = ListOf(rule.by_month);
  if (days.empty()) days = {static_cast<short>(static_cast<unsigned>(start.time.date->day()))};
  const int first = static_cast<int>(static_cast<unsigned>(start.time.date->month())) - 1;
  if (rule.freq == ICAL_MONTHLY_RECURRENCE) {
    months.clear();
    for (int i = 0; i < 12; ++i) months.push_back(static_cast<short>((first + i * rule.interval) % 12 + 1));
  } else if (months.empty()) {
    months = {static_cast<short>(first + 1)};
  }
  constexpr int kLengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return std::any_of(months.begin(), months.end(), [&](short month) {
    const int length = kLengths[(icalrecurrencetype_month_month(month) + 11) % 12];
    return std::any_of(days.begin(), days.end(), [&](short day) { return std::abs(day) <= length; });
  });
}

// Otherwise it is open which week is the first: RFC 5545 leaves it so, and libical takes the one before where the rule names Sunday.
bool BeginsOnItsDay(const icalrecurrencetype& rule, const ComponentTime& start) {
  const auto weekday = static_cast<int>(date::weekday(date::sys_days(*start.time.date)).c_encoding()) + 1;  // from Sunday
  const std::vector<short> days = ListOf(rule.by_day);
  return days.empty() || std::any_of(days.begin(), days.end(), [&](short day) { return icalrecurrencetype_day_day_of_week(day) == weekday; });
}

// What libical would look for through centuries, second by second or day by day, and what no booking needs.
Status CheckRule(const icalrecurrencetype& rule, const ComponentTime& start) {
  const bool within_day = rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE || rule.freq == ICAL_HOURLY_RECURRENCE ||
                          IsSet(rule.by_hour) || IsSet(rule.by_minute) || IsSet(rule.by_second);
  if (within_day) return {Code::kUnimplemented, "repeats more than once a day, which is not read"};
  const std::vector<short> days = ListOf(rule.by_day);
  if (std::set<short>(days.begin(), days.end()).size() != days.size()) return {Code::kInvalidArgument, "repeats by a rule that names one weekday twice"};
  const bool by_short = rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE;
  if (by_short && (IsSet(rule.by_month_day) || IsSet(rule.by_year_day) || IsSet(rule.by_week_no) || IsSet(rule.by_set_pos) || GreatestOrdinal(rule) != 0)) {
    return {Code::kUnimplemented, "repeats daily or weekly on some days of the month or the year, which is not read; a monthly or yearly rule can say the same"};
  }
  if (rule.freq == ICAL_WEEKLY_RECURRENCE && rule.interval > 1 && !BeginsOnItsDay(rule, start)) {
    return {Code::kUnimplemented, "repeats every few weeks by a rule that does not name the weekday on which it begins, which is not read"};
  }
  if (rule.freq != ICAL_MONTHLY_RECURRENCE && rule.freq != ICAL_YEARLY_RECURRENCE) return OkStatus();
  if (!IsKnownShape(rule)) return {Code::kUnimplemented, "repeats on days that a rule seldom combines so or that no month has, which is not read"};
  if (!HasItsDay(rule, start)) return {Code::kInvalidArgument, kNever};
  return OkStatus();
}

// The days of a rule that libical has read, without `conditions`.
Status Walk(const icalrecurrencetype& rule, const Conditions& conditions, const ComponentTime& start, const RuleWindow& window, std::size_t& work_left,
            std::vector<LocalDateTime>& times) {
  const std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> at(icalrecur_iterator_new(rule, TimeOf(start)), icalrecur_iterator_free);
  icalerror_clear_errno();
  const auto charge_for_never = [&] { work_left -= std::min(work_left, kNeverWork); };
  if (at == nullptr) {
    charge_for_never();
    return {Code::kInvalidArgument, kNever};
  }
  std::size_t work = std::min(window.work, work_left);
  for (int met = 0; !conditions.IsOver(met);) {
    const icaltimetype raw = icalrecur_iterator_next(at.get());
    if (icaltime_is_null_time(raw)) {
      if (rule.count == 0 && icaltime_is_null_time(rule.until)) charge_for_never();
      break;
    }
    const auto time = ComponentTimeOf(raw);
    if (!time || *time->time.date > window.to) break;
    if (work == 0) return {Code::kLimitExceeded, kTooOften};
    --work;
    --work_left;
    if (!conditions.IsMetOn(*time->time.date)) continue;
    ++met;
    if (*time->time.date >= window.from) times.push_back(time->time);
  }
  return OkStatus();
}

}  // namespace

StatusOr<RuleOccasions> ExpandRule(const std::string& rule, const ComponentTime& start, const RuleWindow& window, std::size_t& work_left) {
  if (rule.size() > kRuleBytes) return Status(Code::kInvalidArgument, "repeats by a rule that cannot be read, of more than " + std::to_string(kRuleBytes) + " bytes");
  if (work_left < kRuleWork) return Status(Code::kLimitExceeded, kTooOften);
  work_left -= kRuleWork;
  if (FoldCase(rule).find("rscale") != std::string::npos) return Status(Code::kUnimplemented, "repeats by another calendar (RSCALE), which is not read");
  const std::lock_guard<std::mutex> lock(CalendarLibraryMutex());
  icalerror_set_errors_are_fatal(0);
  icalrecurrencetype read = icalrecurrencetype_from_string(rule.c_str());
  icalerror_clear_errno();
  if (read.freq == ICAL_NO_RECURRENCE) return Status(Code::kInvalidArgument, "repeats by a rule that cannot be read");
  EVENKEEL_RETURN_IF_ERROR(CheckRule(read, start));
  const Conditions conditions = Conditions::TakenFrom(read);
  RuleOccasions occasions;
  if (icaltime_is_utc(read.until) && !start.is_utc) {
    occasions.until = ComponentTimeOf(read.until);
    read.until = icaltime_null_time();
  }
  EVENKEEL_RETURN_IF_ERROR(Walk(read, conditions, start, window, work_left, occasions.times));
  return occasions;
}

std::optional<ComponentTime> ReadTime(const std::string& value) {
  const std::lock_guard<std::mutex> lock(CalendarLibraryMutex());
  icalerror_set_errors_are_fatal(0);
  auto time = ComponentTimeOf(icaltime_from_string(value.c_str()));
  icalerror_clear_errno();
  return time;
}

}  // namespace evenkeel
