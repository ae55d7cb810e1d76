// Roles: from labels first, then from what the page says elsewhere.
#include <map>
#include <set>

#include "read/resolve.h"

namespace evenkeel {
namespace {

constexpr int kDay = 24 * 60;
constexpr int kSailMin = 45;  // minutes
constexpr std::string_view kArrives = "“arr";

bool IsProse(const Mention& mention) {
  const Carrier carrier = mention.ref.carrier;
  return carrier == Carrier::kText || carrier == Carrier::kAttribute || carrier == Carrier::kMeta;
}

bool IsRange(const Mention& mention) { return mention.end.has_value() || mention.partner != kNone || mention.lasts.has_value(); }

// Times that labels or structure tie to the booking.
struct Anchors {
  std::set<int> starts, ends, arrivals, cutoffs;
  std::set<int> visible_starts, visible_ends;
  std::set<Date> days;  // of the starts

  bool empty() const { return starts.empty() && ends.empty(); }
};

class RoleResolver {
 public:
  RoleResolver(const ReadOptions& options, Findings* findings) : options_(options), findings_(*findings) {
    for (const DateMention& told : findings->dates) told_.insert({told.ref.month, told.ref.day});
  }

  void Resolve() {
    for (Mention& mention : findings_.mentions) FromLabel(&mention);
    for (const Mention& mention : findings_.mentions) FromPartner(mention);
    CollectAnchors();
    ResolveRanges();
    CollectAnchors();
    ResolveWeak();
    CollectAnchors();
    ResolveSingles();
    CollectAnchors();
    ResolveArrivals();
    ResolveAsides();
    for (Mention& mention : findings_.mentions) SplitPartners(&mention);
  }

 private:
  static void Set(Mention* mention, Role role, const std::string& why) {
    mention->ref.role = role;
    mention->ref.why = mention->ref.why.empty() ? why : why + "; " + mention->ref.why;
  }

  // What a label settles alone. Others stay kUnknown for the steps that compare.
  void FromLabel(Mention* mention) {
    const Label& label = mention->label;
    mention->ref.role = Role::kUnknown;
    if (mention->ref.carrier == Carrier::kComment) return Set(mention, Role::kUnrelated, "it stands in a comment");
    if (!mention->doubt.empty()) return Set(mention, Role::kUnknown, std::string(mention->doubt));
    if (mention->weekday_range) return Set(mention, Role::kUnrelated, "it recurs on several weekdays");
    if (!mention->start.minutes) return Set(mention, label.role == Role::kUnrelated ? Role::kUnrelated : Role::kUnknown, "without a zone source its wall clock is not known");
    if (label.strength != LabelStrength::kStrong) {
      if (label.role == Role::kUnrelated && label.found()) Set(mention, Role::kUnrelated, label.why);
      return;
    }
    if (label.role == Role::kCutoff && IsRange(*mention)) {  // "reply between 9 and 5"
      mention->doubt = "a deadline is no range";
      return Set(mention, Role::kUnknown, label.why + ", but " + std::string(mention->doubt));
    }
    switch (label.role) {
      case Role::kArrival: case Role::kCutoff: case Role::kSwitch: case Role::kUnrelated: Set(mention, label.role, label.why); break;
      case Role::kStart: case Role::kEnd: case Role::kStartEnd:
        if (IsRange(*mention)) {
          Set(mention, Role::kStartEnd, label.why);
        } else {
          Set(mention, label.role == Role::kStartEnd ? Role::kStart : label.role, label.why);
        }
        break;
      case Role::kUnknown: break;
    }
  }

  // The label of one half of a range is the other's, too.
  void FromPartner(const Mention& mention) {
    if (mention.partner == kNone || mention.ref.role != Role::kStartEnd) return;
    Mention& other = findings_.mentions[mention.partner];
    if (other.ref.role == Role::kUnknown && other.doubt.empty() && other.start.minutes) Set(&other, Role::kStartEnd, mention.label.why + ", the other half of the range");
  }

  void CollectAnchors() {
    anchors_ = Anchors();
    for (const Mention& mention : findings_.mentions) {
      if (!mention.start.minutes) continue;
      const bool visible = IsProse(mention) && !mention.ref.hidden;
      const int start = *mention.start.minutes;
      const bool second = mention.second_half;
      if (mention.ref.role == Role::kCutoff) anchors_.cutoffs.insert(start);
      if (mention.ref.role == Role::kArrival) anchors_.arrivals.insert(start);
      if (mention.ref.role == Role::kStart || (mention.ref.role == Role::kStartEnd && !second)) AddStart(start, visible);
      if (mention.ref.role == Role::kEnd || (mention.ref.role == Role::kStartEnd && second)) AddEnd(start, visible);
      if (const std::optional<Date> day = DayOf(mention); day && (mention.ref.role == Role::kStart || mention.ref.role == Role::kStartEnd)) anchors_.days.insert(*day);
      const bool own_end = mention.lasts || (mention.end && mention.end->minutes);
      if (mention.ref.role == Role::kStartEnd && own_end) AddEnd(EndOf(mention), visible);
    }
  }
  void AddStart(int minutes, bool visible) {
    anchors_.starts.insert(minutes);
    if (visible) anchors_.visible_starts.insert(minutes);
  }
  void AddEnd(int minutes, bool visible) {
    anchors_.ends.insert(minutes);
    if (visible) anchors_.visible_ends.insert(minutes);
  }

  int EndOf(const Mention& mention) const {
    if (mention.end) return mention.end->minutes.value_or(-1);
    if (mention.lasts) return (mention.start.minutes.value_or(0) + *mention.lasts) % kDay;
    return mention.partner == kNone ? -1 : findings_.mentions[mention.partner].start.minutes.value_or(-1);
  }

  // Ranges without a label: the booking's, when the page has one such range or it agrees with what is known.
  void ResolveRanges() {
    std::set<std::pair<int, int>> values, neutral;
    for (const Mention& mention : findings_.mentions) {
      if (!IsOpenRange(mention)) continue;
      values.insert({*mention.start.minutes, EndOf(mention)});
      if (mention.label.strength >= LabelStrength::kNeutral) neutral.insert({*mention.start.minutes, EndOf(mention)});
    }
    for (Mention& mention : findings_.mentions) {
      if (!IsOpenRange(mention)) continue;
      const int start = *mention.start.minutes;
      const int end = EndOf(mention);
      const bool same = anchors_.starts.count(start) != 0 || (anchors_.ends.count(end) != 0 && end >= 0);
      const bool agrees = same && !IsOfAnotherDay(mention);
      const bool labelled = mention.label.strength >= LabelStrength::kNeutral;
      const bool contradicts = !anchors_.visible_starts.empty() && anchors_.starts.count(start) == 0 && anchors_.arrivals.count(start) == 0;
      Role role = Role::kUnknown;
      std::string why = "several ranges on the page, and nothing says which is the booking's";
      if (labelled) {
        role = Role::kStartEnd;
        why = mention.label.why;
      } else if (contradicts) {
        why = "nothing says what it is for, and the booking starts at another time";
      } else if (agrees) {
        role = Role::kStartEnd;
        why = "it agrees with the booking's time elsewhere on the page";
      } else if (values.size() == 1 || (neutral.size() == 1 && neutral.count({start, end}) != 0)) {
        role = Role::kStartEnd;
        why = "the only range on the page";
      }
      SetRange(&mention, role, why);
    }
  }
  static bool IsOpenRange(const Mention& mention) {
    return mention.ref.role == Role::kUnknown && IsRange(mention) && mention.doubt.empty() && !mention.second_half && mention.start.minutes.has_value();
  }
  void SetRange(Mention* mention, Role role, const std::string& why) {
    Set(mention, role, why);
    if (mention->partner != kNone) Set(&findings_.mentions[mention->partner], role, why);
  }

  // A weak label ("until", "cruise") holds unless the page says otherwise in plain sight.
  void ResolveWeak() {
    for (Mention& mention : findings_.mentions) {
      if (mention.ref.role != Role::kUnknown || !mention.doubt.empty() || IsRange(mention) || mention.label.strength != LabelStrength::kWeak || !mention.start.minutes) continue;
      const int minutes = *mention.start.minutes;
      const bool start = mention.label.role == Role::kStart && (anchors_.visible_starts.empty() || anchors_.starts.count(minutes) != 0);
      const bool end = mention.label.role == Role::kEnd && (anchors_.visible_ends.empty() || anchors_.ends.count(minutes) != 0);
      const bool arrival = mention.label.role == Role::kArrival;
      if (start || end || arrival) Set(&mention, mention.label.role, mention.label.why);
    }
  }

  struct RoleByLength {
    Role role = Role::kUnknown;
    std::string why;
  };

  RoleByLength FindByLength(int minutes, const std::vector<const Duration*>& lengths, const std::set<int>& unlabelled) const {
    if (anchors_.starts.count(minutes) != 0 || anchors_.ends.count(minutes) != 0) return {};
    const bool pair = anchors_.empty() && unlabelled.size() == 2;
    for (const Duration* duration : lengths) {
      const int before = (minutes - duration->minutes + kDay) % kDay;
      const int after = (minutes + duration->minutes) % kDay;
      if (anchors_.starts.count(before) != 0 || (pair && unlabelled.count(before) != 0)) return {Role::kEnd, "“" + duration->text + "” after the start"};
      if ((anchors_.starts.empty() && anchors_.ends.count(after) != 0) || (pair && unlabelled.count(after) != 0)) {
        return {Role::kStart, "“" + duration->text + "” before the end"};
      }
    }
    return {};
  }

  // "4:30 PM, 7:30 PM, 3 hours": what is a length of the page apart is its start and end.
  void ResolveLengths(const std::set<int>& unlabelled) {
    const std::vector<const Duration*> lengths = DifferentLengths(findings_.durations);
    if (lengths.empty()) return;
    std::map<int, RoleByLength> found;
    for (Mention& mention : findings_.mentions) {
      if (!IsOpenSingle(mention) || IsOfAnotherDay(mention)) continue;
      const auto [role, fresh] = found.try_emplace(*mention.start.minutes);
      if (fresh) role->second = FindByLength(*mention.start.minutes, lengths, unlabelled);
      if (role->second.role != Role::kUnknown) Set(&mention, role->second.role, role->second.why);
    }
  }

  void ResolveSingles() {
    std::set<int> unlabelled;
    for (const Mention& mention : findings_.mentions) {
      if (IsOpenSingle(mention)) unlabelled.insert(*mention.start.minutes);
    }
    ResolveLengths(unlabelled);
    CollectAnchors();
    for (Mention& mention : findings_.mentions) {
      if (!IsOpenSingle(mention)) continue;
      const int minutes = *mention.start.minutes;
      if (IsOfAnotherDay(mention)) {
        const bool cutoff = anchors_.cutoffs.count(minutes) != 0;
        Set(&mention, cutoff ? Role::kCutoff : Role::kUnknown,
            cutoff ? "it equals the cutoff elsewhere on the page" : "no label, and its date is not the booking's");
      } else if (anchors_.starts.count(minutes) != 0) {
        Set(&mention, Role::kStart, "it equals the start elsewhere on the page");
      } else if (anchors_.ends.count(minutes) != 0) {
        Set(&mention, Role::kEnd, "it equals the end elsewhere on the page");
      } else if (anchors_.arrivals.count(minutes) != 0) {
        Set(&mention, Role::kArrival, "it equals the arrival elsewhere on the page");
      } else if (anchors_.starts.empty() && unlabelled.size() == 1 && (!mention.label.found() || mention.label.strength == LabelStrength::kNeutral)) {
        Set(&mention, Role::kStart, mention.label.found() ? mention.label.why : "a lone time without a label");
      } else if (mention.label.strength == LabelStrength::kNeutral && anchors_.visible_starts.empty() && IsProse(mention)) {
        Set(&mention, Role::kStart, mention.label.why);
      } else {
        Set(&mention, Role::kUnknown, mention.label.found() ? mention.label.why + " does not settle it" : "no label, and it equals no time of the booking");
      }
    }
  }
  // "Dep. 11:30 Arr. 14:30": of a page that says no other end, an arrival well after the start is the boat's.
  void ResolveArrivals() {
    if (anchors_.starts.size() != 1 || !anchors_.ends.empty()) return;
    for (Mention& mention : findings_.mentions) {
      if (mention.ref.role != Role::kArrival || IsRange(mention) || mention.label.why.compare(0, kArrives.size(), kArrives) != 0) continue;
      if (*mention.start.minutes >= *anchors_.starts.begin() + kSailMin) Set(&mention, Role::kEnd, "it is after the start");
    }
  }

  // A footer's "4:30 PM departure" is the booking's where the page says the same in its own words.
  void ResolveAsides() {
    for (Mention& mention : findings_.mentions) {
      if (!mention.aside || mention.ref.role != Role::kUnknown || mention.label.strength != LabelStrength::kStrong || !mention.start.minutes) continue;
      const int start = *mention.start.minutes;
      const Role role = mention.label.role;
      const bool range = IsRange(mention) && !mention.second_half && anchors_.starts.count(start) != 0 && anchors_.ends.count(EndOf(mention)) != 0;
      const bool single = !IsRange(mention) && ((role == Role::kStart && anchors_.starts.count(start) != 0) || (role == Role::kEnd && anchors_.ends.count(start) != 0) ||
                                                (role == Role::kArrival && anchors_.arrivals.count(start) != 0) || (role == Role::kCutoff && anchors_.cutoffs.count(start) != 0));
      if (range) SetRange(&mention, Role::kStartEnd, mention.label.why);
      if (single) Set(&mention, role, mention.label.why + ", and the page says the same elsewhere");
    }
  }
  // The day that the page gives it so far.
  std::optional<Date> DayOf(const Mention& mention) const {
    const std::size_t date = mention.date != kNone ? mention.date : mention.near_date;
    return mention.form != MentionForm::kClock ? mention.ref.date : date != kNone ? evenkeel::DateOf(findings_.dates[date]) : std::nullopt;
  }
  // A clock that touches a date on which no start of the page is.
  bool IsClockOfAnotherDay(const Mention& mention) const {
    const std::optional<Date> day = mention.date_joined ? DayOf(mention) : std::nullopt;
    if (!day || anchors_.days.empty() || anchors_.days.count(*day) != 0) return false;
    const bool past_midnight = anchors_.days.count(Date(date::sys_days(*day) - date::days(1))) != 0 && anchors_.ends.count(*mention.start.minutes) != 0;
    return !past_midnight || anchors_.starts.count(*mention.start.minutes) != 0;
  }
  // An instant on a day of its own: that its clock equals the start's says nothing.
  bool IsOfAnotherDay(const Mention& mention) const {
    if (mention.form == MentionForm::kClock) return IsClockOfAnotherDay(mention);
    if (!mention.ref.date || !options_.date) return false;
    const Date day = *mention.ref.date;
    const Date eve = Date(date::sys_days(day) - date::days(1));  // a sail may end after midnight
    return day != *options_.date && eve != *options_.date && told_.count({static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())}) == 0;
  }
  static bool IsOpenSingle(const Mention& mention) {
    return mention.ref.role == Role::kUnknown && !IsRange(mention) && mention.doubt.empty() && mention.start.minutes.has_value();
  }

  // The two halves of a range in separate elements are two references.
  static void SplitPartners(Mention* mention) {
    if (mention->partner == kNone || mention->ref.role != Role::kStartEnd) return;
    mention->ref.role = mention->second_half ? Role::kEnd : Role::kStart;
  }

  const ReadOptions& options_;
  Findings& findings_;
  std::set<std::pair<unsigned, unsigned>> told_;  // month and day of the page's dates
  Anchors anchors_;
};

}  // namespace

void ResolveRoles(const ReadOptions& options, Findings* findings) { RoleResolver(options, findings).Resolve(); }

}  // namespace evenkeel
