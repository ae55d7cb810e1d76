// ShiftPage, SetPage and ApplyEdits: what each reference should say, as goals.
#include "evenkeel/edit.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "read/date_goals.h"

namespace evenkeel {
namespace {

constexpr int kShiftMax = 7 * 24 * 60;
constexpr int kDay = 24 * 60;

int DaysBetween(const Date& from, const Date& to) { return static_cast<int>((date::sys_days(to) - date::sys_days(from)).count()); }

// Turns wanted values into goals for every reference and date of a page.
class GoalMaker {
 public:
  GoalMaker(std::string_view bytes, const Reading& reading, const ReadOptions& options) : bytes_(bytes), reading_(reading), options_(options) {}

  Status Prepare() {
    EVENKEEL_RETURN_IF_ERROR(CheckWork());
    EVENKEEL_ASSIGN_OR_RETURN(understanding_, UnderstandAgain(bytes_, reading_, options_));
    bool same = understanding_.reading.times.size() == reading_.times.size() && understanding_.reading.dates.size() == reading_.dates.size() &&
                reading_.bytes == bytes_.size();
    for (std::size_t i = 0; same && i < reading_.times.size(); ++i) same = understanding_.reading.times[i].span == reading_.times[i].span;
    if (!same) return Status(Code::kInvalidArgument, "the reading was not made from these bytes with these options; read the page again");
    FindDay();
    return OkStatus();
  }

  StatusOr<Edits> Shift(int minutes) {
    for (std::size_t i = 0; i < reading_.times.size(); ++i) {
      const TimeReference& ref = reading_.times[i];
      if (!IsBookings(ref.role)) continue;
      const std::optional<int> single = ref.start ? ref.start : ref.end;
      if (!single || minutes == 0) continue;
      MentionGoal goal;
      goal.start = AddMinutes({DateOfSingle(ref), *single}, minutes);
      goal.day_delta = DayDelta(AddMinutes({std::nullopt, *single}, MentionOf(i).zone_shift).minutes, minutes);
      if (ref.start && ref.end) goal.end = AddMinutes({ref.end_date ? ref.end_date : ref.date, *ref.end}, minutes);
      Ask(i, std::move(goal), true);
    }
    return Plan();
  }

  StatusOr<Edits> Set(const PageTargets& targets) {
    request_.statements = targets.statements;
    for (std::size_t i = 0; i < reading_.times.size(); ++i) SetTime(i, targets);
    return Plan();
  }

 private:
  // A page is read again for its parts, once edited, and twice for the second opinion.
  Status CheckWork() const {
    if (reading_.work <= options_.limits.edit_work) return OkStatus();
    return Status(Code::kLimitExceeded, "the page can be read, but editing it is more work than " + std::to_string(options_.limits.edit_work) + " bytes of text (edit_work): it has " +
                                            std::to_string(bytes_.size()) + " bytes, and " + std::to_string(reading_.times.size() + reading_.dates.size()) +
                                            " times and dates; raise the limit only for a page you trust");
  }

  static bool IsBookings(Role role) {
    switch (role) {
      case Role::kStart: case Role::kEnd: case Role::kStartEnd: case Role::kArrival: case Role::kCutoff: case Role::kSwitch: return true;
      case Role::kUnrelated: case Role::kUnknown: return false;
    }
    return false;
  }

  // An end alone may be on the day after the one it stands under.
  static std::optional<Date> DateOfSingle(const TimeReference& ref) { return !ref.start && ref.end_date ? ref.end_date : ref.date; }

  // How many midnights lie between a time and the time `minutes` later.
  static int DayDelta(int from, int minutes) {
    const int total = from + minutes;
    return total >= 0 ? total / kDay : -((-total + kDay - 1) / kDay);
  }

  static std::optional<LocalDateTime> OwnOf(const TimeReference& ref, const PageTargets& targets) {
    const auto own = targets.moments.find(ref.span);
    return own == targets.moments.end() ? std::nullopt : std::optional(own->second);
  }
  static bool IsRange(const TimeReference& ref) { return ref.role == Role::kStartEnd && ref.start && ref.end; }

  static std::optional<LocalDateTime> WantedFor(const TimeReference& ref, const PageTargets& targets) {
    if (const auto own = OwnOf(ref, targets); own && !IsRange(ref)) return own;
    switch (ref.role) {
      case Role::kStart: case Role::kStartEnd: return targets.start;
      case Role::kEnd: return targets.end;
      case Role::kArrival: return targets.arrival;
      case Role::kCutoff: return targets.cutoff;
      case Role::kSwitch: return targets.switch_over;
      case Role::kUnrelated: case Role::kUnknown: return std::nullopt;
    }
    return std::nullopt;
  }

  void SetTime(std::size_t i, const PageTargets& targets) {
    const TimeReference& ref = reading_.times[i];
    if (!IsBookings(ref.role)) return;
    const std::optional<LocalDateTime> wanted = WantedFor(ref, targets);
    const bool range = ref.start && ref.end;
    const std::optional<int> single = ref.start ? ref.start : ref.end;
    if (!single) return;
    const bool end_alone = IsRange(ref) && !wanted && (targets.end || OwnOf(ref, targets));
    if (!wanted && !end_alone) return;
    MentionGoal goal;
    goal.start = end_alone ? LocalDateTime{ref.date, *ref.start} : *wanted;
    const std::optional<Date> day = DateOfSingle(ref);
    if (!goal.start->date || ref.date_relative) goal.start->date = day;
    if (day && goal.start->date) goal.day_delta = DaysBetween(*OwnDay(MentionOf(i), {day, *single}), *OwnDay(MentionOf(i), *goal.start));
    if (range) goal.end = EndOf(ref, goal, targets);
    if (!ref.date && goal.start->date) {
      goal.day_delta = WeekdayDelta(i, *goal.start->date);
      if (Written(i)) goal.day_delta = 0;
    }
    Ask(i, std::move(goal));
  }

  LocalDateTime EndOf(const TimeReference& ref, const MentionGoal& goal, const PageTargets& targets) const {
    const std::optional<LocalDateTime> own = OwnOf(ref, targets);
    if (ref.role == Role::kStartEnd && (own || targets.end)) {
      LocalDateTime end = own ? *own : *targets.end;
      if (!end.date) end.date = goal.start->date;
      return end;
    }
    if (ref.role == Role::kStartEnd) return {ref.end_date ? ref.end_date : goal.start->date, *ref.end};  // not asked for: as it is
    return AddMinutes({goal.start->date, goal.start->minutes}, ((*ref.end - *ref.start) % kDay + kDay) % kDay);
  }

  const Mention& MentionOf(std::size_t i) const { return understanding_.findings.mentions[understanding_.mention_of_time[i]]; }
  bool Written(std::size_t i) const { return MentionOf(i).written.has_value(); }
  // A weekday word without a date goes to the weekday of the new date.
  int WeekdayDelta(std::size_t i, const Date& date) const {
    const Mention& mention = MentionOf(i);
    if (!mention.weekday) return 0;
    return (static_cast<int>(WeekdayOfDate(date)) - static_cast<int>(*mention.weekday) + 7) % 7;
  }

  void Ask(std::size_t i, MentionGoal goal, bool shifting = false) {
    if (IsOfAnotherSail(i) || (shifting && IsOfAnotherDay(i))) {
      request_.unsure[i] = "it is dated on another day than the booking's";
    } else if (shifting && ContradictsTheDay(i)) {
      request_.unsure[i] = "the page gives another start beside the booking's date";
    } else {
      request_.mentions[i] = std::move(goal);
    }
  }

  static bool IsStart(const TimeReference& ref) { return (ref.role == Role::kStart || ref.role == Role::kStartEnd) && ref.start; }

  // "Saturday, May 30: sail 4:30 PM. Also: Morning Sail 9:30 AM": two starts, and only one of them stands beside the date.
  bool ContradictsTheDay(std::size_t i) const {
    const TimeReference& ref = reading_.times[i];
    return IsStart(ref) && ref.carrier == Carrier::kText && !dated_starts_.empty() && !MentionOf(i).date_beside && dated_starts_.count(*ref.start) == 0;
  }

  // A time with a date of its own, on a page that has the booking's: "We sailed on May 2, 4:30 PM", a second event's data.
  bool IsOfAnotherSail(std::size_t i) const {
    const TimeReference& ref = reading_.times[i];
    if (!options_.date || !ref.date || ref.date_relative || *ref.date == *options_.date || ref.role == Role::kCutoff || ref.role == Role::kSwitch) return false;
    if (ref.role == Role::kEnd && DaysBetween(*options_.date, *ref.date) == 1) return false;  // past midnight
    if (ref.carrier == Carrier::kJsonLd) return day_in_data_;
    const Mention& mention = MentionOf(i);
    return day_in_text_ && mention.form == MentionForm::kClock && (mention.date_beside || mention.near_date_close);
  }

  // What is set to values may be set to another day; what is only moved has to be on the booking's: "Every Tuesday 4:30 PM", the stamp of a post.
  bool IsOfAnotherDay(std::size_t i) const {
    const TimeReference& ref = reading_.times[i];
    if (!options_.date || !ref.date || ref.date_relative || ref.role == Role::kCutoff || ref.role == Role::kSwitch || ref.role == Role::kArrival) return false;
    if (std::abs(DaysBetween(*options_.date, *ref.date)) <= (ref.role == Role::kEnd ? 1 : 0)) return false;
    const Mention& mention = MentionOf(i);
    return (day_in_text_ || day_in_data_) && (mention.form != MentionForm::kClock || mention.weekday);
  }

  // Whether text, and data, have the booking's day.
  void FindDay() {
    for (const TimeReference& ref : reading_.times) {
      if ((ref.role != Role::kStart && ref.role != Role::kStartEnd) || !ref.date || ref.date != options_.date) continue;
      day_in_data_ = day_in_data_ || ref.carrier == Carrier::kJsonLd;
      day_in_text_ = day_in_text_ || ref.carrier == Carrier::kText;
    }
    for (std::size_t i = 0; i < reading_.times.size(); ++i) {
      const TimeReference& ref = reading_.times[i];
      if (IsStart(ref) && ref.carrier == Carrier::kText && ref.date == options_.date && MentionOf(i).date_beside) dated_starts_.insert(*ref.start);
    }
    for (const DateReference& date : reading_.dates) {
      if (date.carrier != Carrier::kText || date.day == 0 || !options_.date) continue;
      day_in_text_ = day_in_text_ || Date(date::year(date.year), date::month(date.month), date::day(date.day)) == *options_.date;
    }
  }

  StatusOr<Edits> Plan() {
    AskDates(reading_, understanding_, &request_);
    return PlanEdits(bytes_, reading_, understanding_, request_, options_);
  }

  std::string_view bytes_;
  const Reading& reading_;
  const ReadOptions& options_;
  Understanding understanding_;
  EditRequest request_;
  bool day_in_text_ = false;
  bool day_in_data_ = false;
  std::set<int> dated_starts_;  // in text beside the booking's date, minutes from midnight
};

}  // namespace

StatusOr<Edits> ShiftPage(std::string_view bytes, const Reading& reading, int minutes, const ReadOptions& options) {
  if (minutes > kShiftMax || minutes < -kShiftMax) return Status(Code::kInvalidArgument, "a shift is at most 7 days; set the times instead");
  GoalMaker maker(bytes, reading, options);
  EVENKEEL_RETURN_IF_ERROR(maker.Prepare());
  return maker.Shift(minutes);
}

StatusOr<Edits> SetPage(std::string_view bytes, const Reading& reading, const PageTargets& targets, const ReadOptions& options) {
  for (const auto* target : {&targets.start, &targets.end, &targets.arrival, &targets.cutoff, &targets.switch_over}) {
    if (*target && ((*target)->minutes < 0 || (*target)->minutes >= kDay)) {
      return Status(Code::kInvalidArgument, "a target time has to lie between 00:00 and 23:59");
    }
  }
  for (const auto& [span, target] : targets.moments) {
    if (target.minutes < 0 || target.minutes >= kDay) return Status(Code::kInvalidArgument, "a target time has to lie between 00:00 and 23:59");
  }
  GoalMaker maker(bytes, reading, options);
  EVENKEEL_RETURN_IF_ERROR(maker.Prepare());
  return maker.Set(targets);
}

StatusOr<std::string> ApplyEdits(std::string_view bytes, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.span.begin < at || edit.span.end < edit.span.begin || edit.span.end > bytes.size()) {
      return Status(Code::kInvalidArgument, "edits overlap, are out of order, or lie outside the page");
    }
    out.append(bytes.substr(at, edit.span.begin - at));
    out.append(edit.replacement);
    at = edit.span.end;
  }
  out.append(bytes.substr(at));
  return out;
}

}  // namespace evenkeel
