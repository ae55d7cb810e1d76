#include "read/clock_grammar.h"

#include <algorithm>

#include "read/clock_context.h"
#include "read/clock_parts.h"

namespace evenkeel {
namespace {

// Reads one mention at token i; nullopt when there is none.
class MatchReader {
 public:
  MatchReader(const TokenView& view, const std::vector<char>& taken, const std::vector<DurationMatch>& durations)
      : view_(view), taken_(taken), durations_(durations) {}

  std::optional<ClockMatch> ReadAt(std::size_t i) const {
    std::optional<Clock> start = Read(i, IsPartedFromDate(i));
    if (!start) return std::nullopt;
    ClockMatch match;
    match.first = start->first;
    match.last = start->last;
    match.start = *start;
    ReadDayPart(&match.start, &match.last);
    std::size_t after_zone = match.last;
    const GlyphRange zone = ReadZone(view_, &after_zone, match.start);
    if (!ReadEnd(&match, zone.empty() ? match.last : after_zone)) {
      if (!zone.empty()) {
        match.zone_at = zone;
        match.last = after_zone;
        ReadDayPart(&match.start, &match.last);  // "8:30 PT tonight"
      }
      if (match.start.bare && (!IsBareAllowed(match) || IsCount(match))) return std::nullopt;
      ReadLength(&match);
    }
    match.doubt = DoubtOf(view_, match);
    AddBefore(&match);
    AddAfter(&match);
    return match;
  }

 private:
  bool IsTaken(std::size_t i) const { return i < taken_.size() && taken_[i] != 0; }

  // "05/31/2024.14:15": the mark in front parts the clock from a date.
  bool IsPartedFromDate(std::size_t i) const {
    if (i < 2 || view_[i].spaced || view_[i - 1].spaced || view_[i - 1].kind != TokenKind::kMark) return false;
    return IsTaken(i - 2) && !IsTaken(i - 1);
  }

  std::optional<Clock> Read(std::size_t i, bool parted) const {
    std::optional<Clock> clock = ReadClock(view_, i, parted);
    if (!clock) return std::nullopt;
    for (std::size_t t = clock->first; t < clock->last; ++t) {
      if (IsTaken(t)) return std::nullopt;
    }
    return clock;
  }

  bool IsBareAllowed(const ClockMatch& match) const {
    const Clock& clock = match.start;
    if (clock.day_part) return true;
    if (clock.last > clock.first + 1 && clock.minute_at.empty() && view_.IsAdjacent(clock.last - 1)) return !clock.unit || EndsBareHour(view_, match.last) || IsTaken(match.last);  // 11ish, 16h
    std::size_t part = clock.first;
    if (!BeginsBareHour(view_, clock.first) && !ReadDayPartBefore(view_, &part, clock.hour)) return false;
    return EndsBareHour(view_, match.last) || IsTaken(match.last) || (clock.sure_24 && !clock.minute_at.empty());
  }

  // "from 2 to 6 guests": a range of numbers whose end counts something.
  bool IsCount(const ClockMatch& match) const {
    const std::optional<RangeSign> sign = ReadRangeSign(view_, match.last, OpenerOf(match.start).kind);
    if (match.start.day_part || !sign) return false;
    const std::optional<Clock> end = ReadClock(view_, sign->next, sign->dash);
    return end && end->bare && view_.IsWord(end->last) && !view_[end->last].newline && !EndsBareHour(view_, end->last);
  }

  void ReadDayPart(Clock* clock, std::size_t* last) const {
    if (clock->beside != DayPart::kNone) return;
    std::size_t at = *last;
    const std::optional<DayPartRead> part = ReadDayPartAfter(view_, &at, clock->hour);
    if (!part || IsTaken(at - 1)) return;
    TakeDayPart(*part, clock);
    *last = at;
  }

  static void TakeDayPart(const DayPartRead& part, Clock* clock) {
    clock->beside = part.part;
    if (clock->meridiem != Meridiem::kNone || clock->sure_24 || clock->form == ClockForm::kWord) return;
    clock->meridiem = part.meridiem;
    clock->day_part = true;
  }

  OpenerRead OpenerOf(const Clock& clock) const {
    const OpenerRead opener = ReadOpener(view_, clock.first);
    return opener.kind != RangeOpener::kNone && IsTaken(opener.first) ? OpenerRead{} : opener;
  }

  bool IsWordBefore(const Clock& clock, std::initializer_list<std::string_view> words) const {
    return clock.first > 0 && !IsTaken(clock.first - 1) && view_.IsAnyOf(clock.first - 1, words);
  }

  // "moved from 3:30 PM to 4:30 PM": what was and what is, and no range.
  bool IsChange(std::size_t first) const {
    const std::size_t verb = first >= 3 && view_.IsAnyOf(first - 2, {"up", "back"}) ? first - 3 : first - 2;
    return first >= 2 && view_.IsAnyOf(verb, {"moved", "changed", "rescheduled", "pushed", "shifted", "bumped", "delayed", "updated"});
  }

  // "Time changed: 5:00 PM → 4:30 PM"
  static bool IsEarlier(const Clock& a, const Clock& b) {
    const bool same_half = a.meridiem == b.meridiem && (a.meridiem != Meridiem::kNone || (a.sure_24 && b.sure_24));
    return same_half && a.hour % (a.sure_24 ? 24 : 12) * 60 + a.minute < b.hour % (b.sure_24 ? 24 : 12) * 60 + b.minute;
  }

  // The range's other end, when there is one.
  bool ReadEnd(ClockMatch* match, std::size_t at) const {
    const RangeOpener opener = OpenerOf(match->start).kind;
    const bool worded = opener != RangeOpener::kNone;
    if (IsTaken(at) || (worded && IsChange(match->start.first))) return false;
    const std::optional<RangeSign> sign = ReadRangeSign(view_, at, opener);
    if (!sign || (sign->loose && match->start.bare)) return false;
    std::optional<Clock> end = Read(sign->next, sign->dash && view_.IsAdjacent(sign->next));
    if (!end || end->first != sign->next) return false;
    std::size_t last = end->last;
    ReadDayPart(&*end, &last);
    std::size_t after_zone = last;
    const GlyphRange zone = ReadZone(view_, &after_zone, *end);
    if (!IsRange(*match, *end, worded, sign->dash, last)) return false;
    if (IsChangedAt(view_, match->start.first) && IsEarlier(*end, match->start)) return false;
    if (match->start.bare && end->unit) match->start.sure_24 = true;
    match->end = end;
    match->last = zone.empty() ? last : after_zone;
    match->zone_at = zone;
    ReadDayPart(&*match->end, &match->last);
    return true;
  }

  // "from 2 pm for 2 hours", "for 2 hours from 2 pm"
  void ReadLength(ClockMatch* match) const {
    if (!IsWordBefore(match->start, {"from"})) return;
    const std::size_t from = match->start.first - 1;
    const auto next = std::partition_point(durations_.begin(), durations_.end(), [&](const DurationMatch& duration) { return duration.last < from; });
    if (next != durations_.end() && next->last == from && next->first > 0 && view_.IsAnyOf(next->first - 1, {"for"})) {
      match->lasts = next->minutes;
      match->first = next->first - 1;
      return;
    }
    if (!view_.IsAnyOf(match->last, {"for"})) return;
    const auto behind = std::partition_point(durations_.begin(), durations_.end(), [&](const DurationMatch& duration) { return duration.first <= match->last; });
    if (behind == durations_.end() || behind->first != match->last + 1) return;
    match->lasts = behind->minutes;
    match->first = from;
    match->last = behind->last;
  }

  bool IsRange(const ClockMatch& match, const Clock& end, bool worded, bool dash, std::size_t last) const {
    const Clock& start = match.start;
    if (end.unit && IsUnitRange(start, end)) return true;
    if (IsNameOfTrip(start, end, last)) return dash;
    if (end.bare && !end.day_part && !EndsBareHour(view_, last) && !IsTaken(last)) return false;
    if (!start.bare) return true;
    if (IsPlaceNumber(view_, start.first)) return false;
    if (!start.minute_at.empty() && !end.minute_at.empty()) return !IsPriced(view_, start.first);  // 16.30-19.30 hrs
    if (start.form == ClockForm::kSpelled && end.form == ClockForm::kSpelled && start.minute != 0 && end.minute != 0) return true;  // twelve thirty to three thirty
    if (!end.bare || end.day_part) {  // "4-7 PM"; a lone number and 24 hours do not go together ("3 - 16:30")
      return end.meridiem != Meridiem::kNone || end.form != ClockForm::kDigits || worded || !dash || view_[start.first].newline;
    }
    if (worded) return BeginsBareHour(view_, start.first);
    if (start.hour < 1 || start.hour > 12 || end.hour < 1 || end.hour > 12) return false;
    const std::size_t before = start.first > 0 && view_.IsMark(start.first - 1, ',') ? start.first - 1 : start.first;
    std::size_t part = start.first;
    if (ReadDayPartBefore(view_, &part, start.hour)) return true;  // "tonight, 8-11"
    return HasTimeLabelBefore(view_, start.first) || (before > 0 && IsTaken(before - 1));
  }

  // "your 1-4 sail"
  bool IsNameOfTrip(const Clock& start, const Clock& end, std::size_t last) const {
    const bool hours = start.bare && end.bare && start.hour >= 1 && start.hour <= 12 && end.hour >= 1 && end.hour <= 12 && start.hour != end.hour;
    return hours && start.first > 0 && view_.IsAnyOf(start.first - 1, {"a", "an", "the", "your", "our", "this", "my"}) &&
           view_.IsAnyOf(last, {"sail", "charter", "cruise", "trip", "tour", "sailing"});
  }

  // "16-19h", "16–19 Uhr", "16h–19h": the unit behind the end is of both. "6-8h" is a length.
  bool IsUnitRange(const Clock& start, const Clock& end) const {
    if (IsPlaceNumber(view_, start.first) || (end.bare && !EndsBareHour(view_, end.last) && !IsTaken(end.last))) return false;
    const bool padded = view_.text().fold[start.hour_at.begin] == '0';
    const bool clock = padded || end.hour > 12 || !end.minute_at.empty() || view_.IsAnyOf(end.last - 1, {"uhr", "uur"}) || (start.unit && start.hour < end.hour);
    return clock && (start.hour > 5 || padded || !start.bare);
  }

  // "from", "between", a day part ("tonight at 8") and a weekday in front belong to the mention.
  void AddBefore(ClockMatch* match) const {
    std::size_t at = match->first;
    if (const OpenerRead opener = OpenerOf(match->start); match->end && at == match->start.first && opener.kind != RangeOpener::kNone) match->first = at = opener.first;
    std::size_t part_at = at;
    if (match->start.beside == DayPart::kNone) {
      const std::optional<DayPartRead> part = ReadDayPartBefore(view_, &part_at, match->start.hour);
      if (part && !IsTaken(part_at)) {
        TakeDayPart(*part, &match->start);
        match->first = at = part_at;
      }
    }
    std::size_t day = at;
    if (day > 0 && (view_.IsMark(day - 1, ',') || view_.IsMark(day - 1, '@') || view_.IsAnyOf(day - 1, {"at", "from", "by", "before"}))) --day;
    if (day > 0 && day < at && view_.IsMark(day - 1, ',')) --day;
    if (day > 1 && view_.IsMark(day - 1, '.') && view_.IsAdjacent(day - 1) && view_.Fold(day - 2).size() < 6) --day;  // Sat. 4:30 PM
    NoteWeekdaysAbove(match, day);
    if (day == 0 || IsTaken(day - 1)) return;
    const std::optional<unsigned> weekday = WeekdayOf(view_.Fold(day - 1));
    if (!weekday || !view_.IsWord(day - 1)) return;
    match->weekday = weekday;
    match->weekday_at = {view_[day - 1].begin, view_[day - 1].end};
    match->first = day - 1;
    NoteWeekdayRange(match, day - 1);
  }

  // "Monday–Friday: 9:00–17:00", "Lun–Ven 9h–18h"
  void NoteWeekdaysAbove(ClockMatch* match, std::size_t at) const {
    const auto is_day = [&](std::size_t i) {
      return WeekdayOf(view_.Fold(i)).has_value() || view_.IsAnyOf(i, {"lun", "lunes", "lundi", "lunedi", "mo", "montag", "mar", "mardi", "ven", "vendredi", "vie", "viernes", "fr", "freitag",
                                                                       "sam", "samedi", "sab", "sa", "samstag", "dom", "domingo", "domenica", "dim", "dimanche", "so", "sonntag"});
    };
    if (at > 0 && view_.IsMark(at - 1, ':')) --at;
    if (at < 3 || !is_day(at - 1) || !is_day(at - 3)) return;
    if (view_.IsMark(at - 2, '-') || view_.IsAnyOf(at - 2, {"to", "through", "thru", "bis", "au", "a"})) match->weekday_range = true;
  }

  void NoteWeekdayRange(ClockMatch* match, std::size_t day) const {
    match->weekday_range = match->weekday_range || IsPluralWeekday(view_.Fold(day));
    if (day < 2 || IsTaken(day - 2)) return;
    const bool joined = view_.IsMark(day - 1, '-') || view_.IsAnyOf(day - 1, {"to", "through", "thru", "and", "&"}) || view_.IsMark(day - 1, '&');
    if (!joined || !WeekdayOf(view_.Fold(day - 2))) return;
    match->weekday_range = true;
    match->first = day - 2;
  }

  void AddAfter(ClockMatch* match) const {
    if (match->weekday) return;
    std::size_t at = match->last;
    if (view_.IsMark(at, ',') || view_.IsAnyOf(at, {"on"})) ++at;
    if (!view_.IsWord(at) || IsTaken(at)) return;
    const std::optional<unsigned> weekday = WeekdayOf(view_.Fold(at));
    // A weekday that begins something of its own ("Sunday: 5 PM", "Saturday 3 PM") is not this time's.
    if (!weekday || view_.IsMark(at + 1, ':') || view_.IsNumber(at + 1) || view_[at].newline) return;
    if (at > match->last && view_.IsMark(match->last, ',') && (view_.IsMark(at + 1, ',') || view_.IsAnyOf(at + 1, {"at", "from"}))) return;
    match->weekday = weekday;
    match->weekday_at = {view_[at].begin, view_[at].end};
    match->last = at + 1;
    if (IsPluralWeekday(view_.Fold(at))) match->weekday_range = true;
    const bool joined = view_.IsMark(at + 1, '-') || view_.IsAnyOf(at + 1, {"to", "through", "thru"});
    if (joined && WeekdayOf(view_.Fold(at + 2)) && !IsTaken(at + 2)) {
      match->weekday_range = true;
      match->last = at + 3;
    }
  }

  const TokenView& view_;
  const std::vector<char>& taken_;
  const std::vector<DurationMatch>& durations_;
};

}  // namespace

std::vector<ClockMatch> FindClocks(const TokenView& view, const std::vector<char>& taken, const std::vector<DurationMatch>& durations, std::size_t most) {
  std::vector<ClockMatch> matches;
  const MatchReader reader(view, taken, durations);
  std::size_t done = 0;
  for (std::size_t i = 0; i < view.size() && matches.size() <= most;) {
    if (i < taken.size() && taken[i] != 0) {
      ++i;
      continue;
    }
    std::optional<ClockMatch> match = reader.ReadAt(i);
    if (!match) {
      ++i;
      continue;
    }
    match->first = std::max(match->first, done);
    done = match->last;
    i = match->last;
    matches.push_back(*match);
  }
  return matches;
}

bool IsOneList(const TokenView& view, std::size_t from, std::size_t to) {
  constexpr std::size_t kTokensMax = 8;
  bool sign = false;
  for (std::size_t i = from; i < to; ++i) {
    if (view[i].newline || view.IsMark(i, ';') || view.IsMark(i, '!') || view.IsMark(i, '?') || view.IsAnyOf(i, {"now", "new", "but"})) return false;
    if (view.IsMark(i, '.') && view.Has(i + 1) && view[i + 1].spaced) return false;
    sign = sign || view.IsMark(i, ',') || view.IsMark(i, '/') || view.IsAnyOf(i, {"and", "or"});
  }
  return sign && to - from <= kTokensMax && !view[to].newline;
}

bool IsDatedRange(const TokenView& view, const std::vector<char>& taken, const ClockMatch& from, const ClockMatch& to) {
  if (from.end || to.end || from.lasts || to.lasts) return false;
  std::size_t at = from.last;
  const bool sign = view.IsMark(at, '-') || view.IsAnyOf(at, {"to", "until", "till", "through", "thru"});
  if (!sign) return false;
  ++at;
  const bool dated = taken[at] != 0 || to.weekday;
  while (at < to.first && (taken[at] != 0 || view.IsMark(at, ',') || view.IsMark(at, '@') || view.IsAnyOf(at, {"at", "on"}))) ++at;
  return dated && at == to.first;
}

}  // namespace evenkeel
