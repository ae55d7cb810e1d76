#include "calendar/feed_series.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "stores/memory/event_change.h"
#include "text/fold.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

constexpr std::size_t kTimeBytes = 40;  // a time has 16

// Starts in their order.
using Moment = std::pair<Date, int>;
Moment MomentOf(const LocalDateTime& time) { return {*time.date, time.minutes}; }

StatusOr<LocalDateTime> InZone(const LocalDateTime& time, const std::string& from, const std::string& to, const CalendarReading& reading) {
  auto moved = MoveToZone(time, from, to, reading.zone, reading.zones);
  if (moved.ok()) return moved;
  return Status(moved.code(), "repeats by times in a zone that is not known: " + ShowText(moved.status().ToString()));
}

// What comes after an UNTIL in UTC.
StatusOr<bool> IsPast(const LocalDateTime& time, const ComponentTime& until, const Event& event, const CalendarReading& reading) {
  if (event.all_day) return *time.date > *until.time.date;
  EVENKEEL_ASSIGN_OR_RETURN(const LocalDateTime utc, InZone(time, event.zone, "UTC", reading));
  return MomentOf(utc) > MomentOf(until.time);
}

// The starts of one RRULE.
Status AddRule(const ContentLine& line, const KnownEvent& series, const EventComponent& component, const CalendarReading& reading,
               const RuleWindow& window, std::size_t& work_left, std::map<Moment, LocalDateTime>& starts) {
  EVENKEEL_ASSIGN_OR_RETURN(const RuleOccasions occasions, ExpandRule(line.value, *component.start, window, work_left));
  for (const LocalDateTime& time : occasions.times) {
    if (occasions.until) {
      EVENKEEL_ASSIGN_OR_RETURN(const bool past, IsPast(time, *occasions.until, series.event, reading));
      if (past) continue;
    }
    starts.emplace(MomentOf(time), time);
  }
  return OkStatus();
}

}  // namespace

std::string UidOfOccasion(const Event& event, const LocalDateTime& start) {
  return event.uid + "/" + FormatDate(*start.date) + (event.all_day ? "" : "T" + FormatMinutes(start.minutes));
}

StatusOr<std::vector<ListedTime>> TimesOf(const ContentLine& line, const CalendarPage& page, const Event& event, const CalendarReading& reading,
                                          std::size_t& work_left) {
  const auto count = 1 + static_cast<std::size_t>(std::count(line.value.begin(), line.value.end(), ','));
  if (count > work_left) return Status(Code::kLimitExceeded, "has a " + line.name + " of too many times");
  work_left -= count;
  const std::string zone = ZoneOfTime({{}, false, false, line.Parameter("TZID")}, page.text, reading.zones);
  std::vector<ListedTime> times;
  for (const std::string& value : SplitTrimmed(line.value, ",")) {
    const auto read = value.find('/') == std::string::npos && value.size() <= kTimeBytes ? ReadTime(value) : std::nullopt;
    if (!read) return Status(Code::kInvalidArgument, "has a " + line.name + " that cannot be read");
    ListedTime listed{read->time, read->is_date};
    if (!read->is_date && !event.all_day) {
      EVENKEEL_ASSIGN_OR_RETURN(listed.time, InZone(read->time, read->is_utc ? "UTC" : zone, event.zone, reading));
    }
    times.push_back(listed);
  }
  return times;
}

StatusOr<std::vector<LocalDateTime>> ExpandSeries(const KnownEvent& series, const EventComponent& component, const CalendarPage& page,
                                                  const CalendarReading& reading, const RuleWindow& window, std::size_t& work_left) {
  const Event& event = series.event;
  std::map<Moment, LocalDateTime> starts = {{MomentOf(*event.start), *event.start}};
  for (const ContentLine& line : series.text->lines) {
    if (line.name == "EXRULE") return Status(Code::kUnimplemented, "has an EXRULE, which is not read");
    if (line.name == "RRULE") EVENKEEL_RETURN_IF_ERROR(AddRule(line, series, component, reading, window, work_left, starts));
    if (line.name != "RDATE") continue;
    EVENKEEL_ASSIGN_OR_RETURN(const auto added, TimesOf(line, page, event, reading, work_left));
    for (const ListedTime& one : added) {
      if (one.is_date != event.all_day) return Status(Code::kInvalidArgument, "has a RDATE that cannot be read: a day for a time, or a time for a day");
      starts.emplace(MomentOf(one.time), one.time);
    }
  }
  std::set<Date> days_off;
  for (const ContentLine& line : series.text->lines) {
    if (line.name != "EXDATE") continue;
    EVENKEEL_ASSIGN_OR_RETURN(const auto left_out, TimesOf(line, page, event, reading, work_left));
    for (const ListedTime& one : left_out) {
      if (one.is_date) days_off.insert(*one.time.date);
      else starts.erase(MomentOf(one.time));
    }
  }
  std::vector<LocalDateTime> occasions;
  for (const auto& [moment, start] : starts) {
    if (moment.first >= window.from && moment.first <= window.to && !days_off.contains(moment.first)) occasions.push_back(start);
  }
  return occasions;
}

Event OccasionAt(const Event& series, const LocalDateTime& start) {
  Event occasion = series;
  occasion.uid = UidOfOccasion(series, start);
  occasion.recurring = false;
  occasion.start = start;
  if (series.end) occasion.end = AddMinutes(start, MinutesBetween(*series.start, *series.end).value_or(0));
  return occasion;
}

}  // namespace evenkeel
