#include "read/date_goals.h"

#include <algorithm>
#include <map>
#include <set>

namespace evenkeel {
namespace {

Date DateOfReference(const DateReference& ref) { return {date::year(ref.year), date::month(ref.month), date::day(ref.day)}; }

class DateAsker {
 public:
  DateAsker(const Reading& reading, const Understanding& understanding, EditRequest* request) : reading_(reading), understanding_(understanding), request_(*request) {
    for (std::size_t i = 0; i < understanding.date_of_date.size(); ++i) public_dates_[understanding.date_of_date[i]] = i;
  }

  // The times that touch a date say where it goes, and of them the start's word counts most; what then disagrees cannot be written.
  void Ask() {
    for (const bool joined : {true, false}) {
      for (const Role role : {Role::kStartEnd, Role::kStart, Role::kArrival, Role::kEnd, Role::kCutoff, Role::kSwitch}) AskFor(role, joined);
    }
    AskEndDates();
    AskLooseDates();
    for (const auto& [i, date] : wanted_) {
      if (DateOfReference(reading_.dates[i]) != date) request_.dates[i] = date;
    }
  }

 private:
  void AskFor(Role role, bool joined) {
    for (const auto& [i, goal] : request_.mentions) {
      const Mention& mention = understanding_.findings.mentions[understanding_.mention_of_time[i]];
      if (reading_.times[i].role != role || mention.date_joined != joined || !goal.start->date || mention.form != MentionForm::kClock || mention.date == kNone) continue;
      const auto found = public_dates_.find(mention.date);
      if (found != public_dates_.end()) AskOne(i, goal, mention, found->second);
    }
  }

  void AskOne(std::size_t i, const MentionGoal& goal, const Mention& mention, std::size_t date) {
    if (IsCounted(date)) {  // a weekday in it moves with the time's own
      if (goal.day_delta != 0 && !mention.weekday) request_.unsure[i] = "the word for its day would be wrong";
      return;
    }
    const Role role = reading_.times[i].role;
    const Date wanted = mention.date_joined ? *OwnDay(mention, *goal.start) : *goal.start->date;
    const auto [asked, fresh] = wanted_.try_emplace(date, wanted);
    if (fresh && role == Role::kEnd && mention.date_joined) of_ends_.insert(date);
    if (mention.zone_shift == 0 && (role == Role::kStart || role == Role::kStartEnd)) starts_.insert({date, goal.start->minutes});
    if (fresh || asked->second == wanted) return;
    const int days = static_cast<int>((date::sys_days(wanted) - date::sys_days(asked->second)).count());
    if (role == Role::kEnd && days == 1) return;                                                              // past midnight, as its clock says
    if (role != Role::kEnd && !mention.date_joined && of_ends_.count(date) != 0) return;                       // "May 30 8 PM – May 30 11 PM. Boarding 7:30 PM"
    if (mention.zone_shift != 0 && starts_.count({date, goal.start->minutes}) != 0) return;                   // "10 PM PT / 1 AM ET"
    if (mention.date_beside || goal.day_delta != 0) request_.unsure[i] = "the date it stands under goes to another day with the start";
  }

  // "tomorrow", "this Saturday"
  bool IsCounted(std::size_t date) const { return understanding_.findings.dates[understanding_.date_of_date[date]].relative != RelativeDay::kNone; }

  // "endDate" beside "endTime": it goes with the end past midnight, though the start stays on its day.
  void AskEndDates() {
    for (const auto& [i, goal] : request_.mentions) {
      const TimeReference& ref = reading_.times[i];
      const std::optional<Date> day = ref.end_date ? ref.end_date : ref.date;
      if (ref.role != Role::kEnd || ref.carrier == Carrier::kText || !day || !goal.start->date || *day == *goal.start->date) continue;
      for (std::size_t d = 0; d < reading_.dates.size(); ++d) {
        const DateMention& date = understanding_.findings.dates[understanding_.date_of_date[d]];
        const bool ends = date.label.role == Role::kEnd && date.label.strength == LabelStrength::kStrong && reading_.dates[d].carrier == ref.carrier;
        if (ends && reading_.dates[d].day != 0 && DateOfReference(reading_.dates[d]) == *day) wanted_.try_emplace(d, *goal.start->date);
      }
      return;
    }
  }

  // When the booking goes to another day, its date goes wherever the page states it, with a time or without.
  void AskLooseDates() {
    std::optional<Date> from, to;
    for (const auto& [i, goal] : request_.mentions) {
      const TimeReference& ref = reading_.times[i];
      if ((ref.role != Role::kStart && ref.role != Role::kStartEnd) || !ref.date || !goal.start->date) continue;
      if (from && *from != *ref.date) continue;
      from = ref.date;
      to = goal.start->date;
    }
    if (!from || !to || *from == *to) return;
    for (std::size_t i = 0; i < reading_.dates.size(); ++i) {
      const DateReference& ref = reading_.dates[i];
      const DateMention& date = understanding_.findings.dates[understanding_.date_of_date[i]];
      const bool same = ref.day != 0 && DateOfReference(ref) == *from;
      if (!same || IsCounted(i) || ref.carrier == Carrier::kComment || date.label.role == Role::kUnrelated || date.label.role == Role::kCutoff) continue;
      wanted_.try_emplace(i, *to);
    }
  }

  const Reading& reading_;
  const Understanding& understanding_;
  EditRequest& request_;
  std::map<std::size_t, Date> wanted_;                // by index in reading.dates, as those below
  std::set<std::size_t> of_ends_;                     // asked for by an end that touches them
  std::set<std::pair<std::size_t, int>> starts_;      // and the clocks of the starts under them, minutes from midnight
  std::map<std::size_t, std::size_t> public_dates_;  // index in reading.dates by index in the findings
};

}  // namespace

void AskDates(const Reading& reading, const Understanding& understanding, EditRequest* request) { DateAsker(reading, understanding, request).Ask(); }

std::optional<Date> OwnDay(const Mention& mention, const LocalDateTime& here) { return AddMinutes(here, mention.zone_shift).date; }

}  // namespace evenkeel
