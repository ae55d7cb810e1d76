#include "read/clock_grammar.h"

#include <algorithm>

#include "read/bytes.h"
#include "read/clock_parts.h"

namespace evenkeel {
namespace {

// What may follow a lone number that is meant as a time. Anything else ("4 guests", "12 Main St") makes it something else.
bool EndsBareHour(const TokenView& view, std::size_t i) {
  if (!view.Has(i) || view[i].newline) return true;
  if (view[i].kind == TokenKind::kMark) {
    const char mark = view.text().fold[view[i].begin];
    if (mark == '.' || mark == ',') return !(view.IsNumber(i + 1) && view.IsAdjacent(i + 1));
    return mark == ';' || mark == '!' || mark == '?' || mark == ')' || mark == ']' || mark == '"' || mark == '|' || mark == '-' ||
           mark == '(' || mark == '\'' || mark == kSymbolGlyph;
  }
  if (view.IsNumber(i)) return false;
  const std::string_view word = view.Fold(i);
  return WeekdayOf(word).has_value() || MonthOf(word).has_value() ||
         view.IsAnyOf(i, {"and", "or", "on", "sharp", "for", "with", "today", "tonight", "tomorrow", "in", "this", "if", "so", "when", "we",
                          "you", "but", "please", "at", "the", "as", "until", "till", "next", "then", "instead", "local", "daily", "from",
                          "to", "each", "every", "prompt", "promptly", "everyone", "she", "he", "they", "there"});
}

bool BeginsBareHour(const TokenView& view, std::size_t i) {
  if (i == 0) return false;
  const std::size_t before = i - 1;
  if (view.IsMark(before, '@')) return view[before].spaced;
  if (view.IsAnyOf(before, {"until", "till", "til", "'til", "from", "between"})) {
    return !(before > 0 && view.IsAnyOf(before - 1, {"ages", "aged", "age", "children", "kids", "pages", "sizes", "groups"}));
  }
  if (view.IsAnyOf(before, {"at"})) {
    return !(before > 0 && view.IsAnyOf(before - 1, {"look", "looks", "looking", "priced", "valued", "rated", "capped", "limited", "seats",
                                                     "stands", "max", "sits", "located", "live", "lives", "i'm", "m", "is", "are", "start",
                                                     "starting", "remain", "remains", "maximum", "stay", "lives", "photos", "numbers"})) ||
           (before > 0 && view.IsAnyOf(before - 1, {"start", "starting"}) && !(before > 1 && view.IsAnyOf(before - 2, {"prices", "price", "fares", "rates", "from"})));
  }
  if (view.IsAnyOf(before, {"by"})) {
    return before == 0 || view.IsAnyOf(before - 1, {"arrive", "be", "back", "reply", "respond", "rsvp", "upload", "here", "there", "dock", "return",
                                                    "home", "done", "us", "board", "aboard", "in", "know", "please", "harbor", "returning",
                                                    "arriving", "confirm", "submit", "up", "marina", "replies", "rsvps", "uploads", "boarded"});
  }
  return false;
}

// Reads one mention at token i; nullopt when there is none.
class MatchReader {
 public:
  MatchReader(const TokenView& view, const std::vector<char>& taken) : view_(view), taken_(taken) {}

  std::optional<ClockMatch> ReadAt(std::size_t i) const {
    std::optional<Clock> start = Read(i);
    if (!start) return std::nullopt;
    ClockMatch match;
    match.first = start->first;
    match.last = start->last;
    match.start = *start;
    ReadDayPart(&match.start, &match.last);
    std::size_t after_zone = match.last;
    GlyphRange zone = ReadZone(view_, &after_zone, match.start.meridiem != Meridiem::kNone);
    if (!ReadEnd(&match, zone.empty() ? match.last : after_zone)) {
      if (match.start.bare && !IsBareAllowed(match.start)) return std::nullopt;
      if (!zone.empty()) {
        match.zone_at = zone;
        match.last = after_zone;
      }
    }
    AddBefore(&match);
    AddAfter(&match);
    return match;
  }

 private:
  bool IsTaken(std::size_t i) const { return i < taken_.size() && taken_[i] != 0; }

  std::optional<Clock> Read(std::size_t i, bool range_end = false) const {
    std::optional<Clock> clock = ReadClock(view_, i, range_end);
    if (!clock) return std::nullopt;
    for (std::size_t t = clock->first; t < clock->last; ++t) {
      if (IsTaken(t)) return std::nullopt;
    }
    return clock;
  }

  bool IsBareAllowed(const Clock& clock) const {
    if (clock.day_part) return true;
    const std::size_t after = clock.last;
    return BeginsBareHour(view_, clock.first) && EndsBareHour(view_, after);
  }

  void ReadDayPart(Clock* clock, std::size_t* last) const {
    if (clock->meridiem != Meridiem::kNone || clock->sure_24 || clock->form == ClockForm::kWord) return;
    std::size_t at = *last;
    const std::optional<Meridiem> part = ReadDayPartWords(view_, &at, clock->hour);
    if (!part) return;
    clock->meridiem = *part;
    clock->day_part = true;
    *last = at;
  }

  // The range's other end, when there is one.
  bool ReadEnd(ClockMatch* match, std::size_t at) const {
    const bool from = match->start.first > 0 && view_.IsAnyOf(match->start.first - 1, {"from"});
    const bool between = match->start.first > 0 && view_.IsAnyOf(match->start.first - 1, {"between"});
    bool dash = false;
    std::size_t next = at;
    if (!ReadRangeSign(&next, between, &dash)) return false;
    std::optional<Clock> end = Read(next, dash);
    if (!end) return false;
    if (end->first != next) return false;
    std::size_t last = end->last;
    ReadDayPart(&*end, &last);
    std::size_t after_zone = last;
    const GlyphRange zone = ReadZone(view_, &after_zone, end->meridiem != Meridiem::kNone);
    if (!IsRange(*match, *end, from || between, dash, last)) return false;
    match->end = end;
    match->last = zone.empty() ? last : after_zone;
    match->zone_at = zone;
    match->between = between;
    return true;
  }

  bool ReadRangeSign(std::size_t* at, bool between, bool* dash) const {
    if (view_.IsMark(*at, '-')) {
      *dash = true;
      ++*at;
      while (view_.IsMark(*at, '-')) ++*at;  // a doubled hyphen
      return true;
    }
    if (view_.IsAnyOf(*at, {"to", "until", "till", "til", "through", "thru", "'til"}) || (between && view_.IsAnyOf(*at, {"and", "&"}))) {
      ++*at;
      if (view_.IsAnyOf(*at, {"about", "around"})) ++*at;
      return true;
    }
    if (view_.IsMark(*at, '\'') && view_.IsAnyOf(*at + 1, {"til", "till"})) {
      *at += 2;
      return true;
    }
    return false;
  }

  bool IsRange(const ClockMatch& match, const Clock& end, bool worded, bool dash, std::size_t last) const {
    const Clock& start = match.start;
    if (end.bare && !end.day_part && !EndsBareHour(view_, last)) return false;
    if (!start.bare) return true;
    if (IsPlaceNumber(start.first)) return false;
    if (!end.bare || end.day_part) {  // "4-7 PM"; a lone number and 24 hours do not go together ("3 - 16:30")
      return end.meridiem != Meridiem::kNone || end.form != ClockForm::kDigits || worded || !dash || view_[start.first].newline;
    }
    if (worded) return BeginsBareHour(view_, start.first);
    return HasTimeLabelBefore(start.first);
  }

  // "Dock 4 - 7 PM": the 4 counts docks.
  bool IsPlaceNumber(std::size_t first) const {
    return first > 0 && (view_.IsAnyOf(first - 1, {"dock", "slip", "pier", "gate", "suite", "room", "level", "apt", "unit", "no", "number", "deck",
                                                   "berth", "terminal", "route", "bus", "lot", "floor", "step", "day", "chapter", "part",
                                                   "version", "page", "boat", "party", "party of", "of", "table", "cabin"}) ||
                         view_.IsMark(first - 1, '#') || view_.IsMark(first - 1, '$'));
  }

  bool HasTimeLabelBefore(std::size_t first) const {
    std::size_t i = first;
    if (i > 0 && view_.IsMark(i - 1, ':')) --i;
    if (i == 0) return false;
    if (view_.IsAnyOf(i - 1, {"time", "times", "when", "hours", "open", "sail", "sailing", "charter", "cruise", "daily", "weekdays", "weekends"})) return true;
    return WeekdayOf(view_.Fold(i - 1)).has_value();
  }

  // "from", "between", a day part ("tonight at 8") and a weekday in front belong to the mention.
  void AddBefore(ClockMatch* match) const {
    std::size_t at = match->first;
    if (match->end && at > 0 && view_.IsAnyOf(at - 1, {"from", "between"}) && !IsTaken(at - 1)) match->first = --at;
    std::size_t part_at = at;
    if (match->start.meridiem == Meridiem::kNone && !match->start.sure_24) {
      if (const std::optional<Meridiem> part = ReadDayPartBefore(view_, &part_at, match->start.hour)) {
        match->start.meridiem = *part;
        match->start.day_part = true;
        match->first = at = part_at;
      }
    }
    std::size_t day = at;
    if (day > 0 && (view_.IsMark(day - 1, ',') || view_.IsMark(day - 1, '@') || view_.IsAnyOf(day - 1, {"at", "from", "by", "before"}))) --day;
    if (day > 0 && day < at && view_.IsMark(day - 1, ',')) --day;
    if (day == 0 || IsTaken(day - 1)) return;
    const std::optional<unsigned> weekday = WeekdayOf(view_.Fold(day - 1));
    if (!weekday || !view_.IsWord(day - 1)) return;
    match->weekday = weekday;
    match->weekday_at = {view_[day - 1].begin, view_[day - 1].end};
    match->first = day - 1;
    NoteWeekdayRange(match, day - 1);
  }

  void NoteWeekdayRange(ClockMatch* match, std::size_t day) const {
    match->weekday_range = IsPluralWeekday(view_.Fold(day));
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
};

}  // namespace

std::vector<ClockMatch> FindClocks(const TokenView& view, const std::vector<char>& taken) {
  std::vector<ClockMatch> matches;
  const MatchReader reader(view, taken);
  std::size_t done = 0;
  for (std::size_t i = 0; i < view.size();) {
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

}  // namespace evenkeel
