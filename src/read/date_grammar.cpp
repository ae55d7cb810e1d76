#include "read/date_grammar.h"

#include "read/bytes.h"
#include "read/date_weekday.h"
#include "read/relative_dates.h"

namespace evenkeel {
namespace {

constexpr int kFirstYear = 1583;
constexpr int kLastYear = 2200;

GlyphRange RangeOf(const Token& token) { return {token.begin, token.end}; }

}  // namespace

bool IsClockPair(const TokenView& view, std::size_t i) {
  if (view.Digits(i) != 4 || !(view.IsMark(i + 1, '-') || view.IsAnyOf(i + 1, {"to", "until", "till"})) || view.Digits(i + 2) != 4) return false;
  const int from = view.Number(i);
  const int to = view.Number(i + 2);
  constexpr int kYearsMost = 20;  // "2026-2030"
  const bool clocks = from < 2400 && to < 2400 && from % 100 < 60 && to % 100 < 60 && from % 5 == 0 && to % 5 == 0;
  return clocks && (from < kFirstYear || to < from || to - from > kYearsMost);
}

namespace {

bool IsYear(const TokenView& view, std::size_t i) {
  if (view.Digits(i) != 4 || IsClockPair(view, i)) return false;
  const int year = view.Number(i);
  if (year < kFirstYear || year > kLastYear) return false;
  const bool clock = view.IsMark(i + 1, ':') && view.IsNumber(i + 2) && view.IsAdjacent(i + 2);
  return !clock && !view.IsAnyOf(i + 1, {"hrs", "hours", "hr"});
}

// The number at i is the hour of a time: "May 4:30 PM", "June 5 pm".
bool IsHour(const TokenView& view, std::size_t i) {
  if (view.IsMark(i + 1, ':') && view.IsAdjacent(i + 1) && view.IsNumber(i + 2) && view.IsAdjacent(i + 2)) return true;
  if (view.IsAnyOf(i + 1, {"am", "pm"})) return true;
  return view.IsAnyOf(i + 1, {"a", "p"}) && view.IsMark(i + 2, '.') && view.IsAnyOf(i + 3, {"m"});
}

std::size_t SkipOrdinal(const TokenView& view, std::size_t i, DateMatch* match) {
  if (view.IsAdjacent(i) && view.IsAnyOf(i, {"st", "nd", "rd", "th"})) {
    match->ordinal_at = RangeOf(view[i]);
    return i + 1;
  }
  return i;
}

bool TakeDay(const TokenView& view, std::size_t i, DateMatch* match) {
  const int day = view.Number(i);
  if (view.Digits(i) > 2 || day < 1 || day > 31 || IsHour(view, i)) return false;
  match->day = static_cast<unsigned>(day);
  match->day_at = RangeOf(view[i]);
  return true;
}

// ", 2026" or " 2026" at i.
std::size_t TakeYear(const TokenView& view, std::size_t i, DateMatch* match) {
  const std::size_t at = view.IsMark(i, ',') ? i + 1 : i;
  if (!IsYear(view, at) || IsHour(view, at)) return i;
  match->year = view.Number(at);
  match->year_at = RangeOf(view[at]);
  return at + 1;
}

// A year in a log's stamp may run into its clock.
bool IsLoggedYear(const TokenView& view, std::size_t i) {
  return view.Digits(i) == 4 && view.Number(i) >= kFirstYear && view.Number(i) <= kLastYear;
}

// May 30, 2026; May 30th; May 2026
std::optional<DateMatch> ReadMonthFirst(const TokenView& view, std::size_t i) {
  const std::optional<unsigned> month = view.IsWord(i) ? MonthOf(view.Fold(i)) : std::nullopt;
  if (!month) return std::nullopt;
  DateMatch match;
  match.first = i;
  match.month = *month;
  match.month_word = true;
  match.month_at = RangeOf(view[i]);
  std::size_t at = i + 1;
  if (view.IsMark(at, '.')) ++at;
  if (view.IsAnyOf(at, {"the"})) ++at;
  if (IsYear(view, at)) {
    match.last = TakeYear(view, at, &match);
    return match;
  }
  if (!view.IsNumber(at) || !TakeDay(view, at, &match)) return std::nullopt;
  match.last = TakeYear(view, SkipOrdinal(view, at + 1, &match), &match);
  return match;
}

// 30 May 2026, 30th of May, 15SEP
std::optional<DateMatch> ReadDayFirst(const TokenView& view, std::size_t i) {
  if (!view.IsNumber(i)) return std::nullopt;
  DateMatch match;
  match.first = i;
  if (!TakeDay(view, i, &match)) return std::nullopt;
  std::size_t at = SkipOrdinal(view, i + 1, &match);
  if (view.IsAnyOf(at, {"of"})) ++at;
  const bool joined = (view.IsMark(at, '-') || view.IsMark(at, '/')) && view.IsAdjacent(at);
  if (joined) ++at;
  const std::optional<unsigned> month = view.IsWord(at) ? MonthOf(view.Fold(at)) : std::nullopt;
  if (!month) return std::nullopt;
  match.month = *month;
  match.month_word = true;
  match.month_at = RangeOf(view[at]);
  ++at;
  if (view.IsMark(at, '.') && IsYear(view, at + 1)) ++at;
  if (joined && (view.IsMark(at, '-') || view.IsMark(at, '/')) && view.IsAdjacent(at) && IsLoggedYear(view, at + 1)) ++at;
  if (joined && IsLoggedYear(view, at)) {  // 06/Nov/2023:06:36:02
    match.year = view.Number(at);
    match.year_at = RangeOf(view[at]);
    match.last = at + 1;
    return match;
  }
  match.last = TakeYear(view, at, &match);
  return match;
}

// Whether a clock with a colon begins at token i.
bool IsColonClock(const TokenView& view, std::size_t i) {
  return view.IsNumber(i) && view.Digits(i) <= 2 && view.IsMark(i + 1, ':') && view.IsAdjacent(i + 1) && view.Digits(i + 2) == 2 && view.IsAdjacent(i + 2);
}

bool IsGlued(const TokenView& view, std::size_t first, std::size_t last) {
  const std::string& fold = view.text().fold;
  if (!view[first].spaced && view[first].begin > 0) {
    const char before = fold[view[first].begin - 1];
    if (IsAlnum(before) || before == '-' || before == '/' || before == '.' || before == '_' || before == '$') return true;
    if (before == ':' && view[first].begin > 1 && IsDigit(fold[view[first].begin - 2])) return true;  // 4:30/7:30 PM
  }
  if (!view.Has(last) || view[last].spaced) return false;
  const char after = fold[view[last].begin];
  const bool digit_next = view[last].begin + 1 < fold.size() && IsDigit(fold[view[last].begin + 1]) && !IsColonClock(view, last + 1);
  return after == '_' || (IsAlpha(after) && after != 't') || ((after == '-' || after == '/') && digit_next);
}

// Whether a clock stands at token i behind "at", a comma or the like, or in front of it.
bool HasClockBeside(const TokenView& view, std::size_t first, std::size_t last) {
  std::size_t after = last;
  while (view.IsMark(after, ',') || view.IsMark(after, '-') || view.IsMark(after, ':') || view.IsMark(after, '@') || view.IsMark(after, '|') ||
         view.IsMark(after, '(') || view.IsMark(after, kSymbolGlyph) || view.IsAnyOf(after, {"at", "from", "between"})) {
    ++after;
  }
  if (IsColonClock(view, after)) return true;
  if (view.IsNumber(after) && view.IsAnyOf(after + 1, {"am", "pm", "a", "p"}) && after > last) return true;
  if (view.IsNumber(after) && view.IsAnyOf(after + 1, {"am", "pm"})) return true;
  if (view.IsAnyOf(after, {"noon", "midnight"})) return true;
  std::size_t before = first;
  while (before > 0 && (view.IsMark(before - 1, ',') || view.IsMark(before - 1, '(') || view.IsMark(before - 1, '-') || view.IsAnyOf(before - 1, {"on"}))) --before;
  if (before == 0) return false;
  if (view.IsAnyOf(before - 1, {"am", "pm", "noon", "midnight"})) return true;
  return before >= 3 && view.Digits(before - 1) == 2 && IsColonClock(view, before - 3);
}

// What makes "5/30" a date and no fraction: its weekday, a preposition of time, a clock beside it, or that it is the day that is known.
bool IsDateContext(const TokenView& view, std::size_t i, const DateMatch& match, const std::optional<Date>& known) {
  const std::size_t before = i > 1 && (view.IsMark(i - 1, ',') || view.IsMark(i - 1, ':') || view.IsMark(i - 1, '.') || view.IsMark(i - 1, '(')) ? i - 2 : i - 1;
  if (i > 0 && WeekdayOf(view.Fold(before))) return true;
  if (view.IsAnyOf(i + 3, {"hour", "hours", "mile", "miles", "cup", "cups", "inch", "inches", "stars", "star", "of", "off", "price", "full", "pound", "lb", "size",
                           "mi", "the", "points", "done", "complete", "time"})) {
    return false;
  }
  if (i > 0 && view.IsAnyOf(before, {"on", "by", "until", "till", "before", "after", "through", "date", "dated", "since", "from", "when"})) return true;
  if (HasClockBeside(view, i, i + 3)) return true;
  return known && match.month == static_cast<unsigned>(known->month()) && match.day == static_cast<unsigned>(known->day());
}

// 5/30
std::optional<DateMatch> ReadShort(const TokenView& view, std::size_t i, bool day_first, const std::optional<Date>& known) {
  if (view.Digits(i) > 2 || view.Digits(i + 2) > 2 || IsGlued(view, i, i + 3)) return std::nullopt;
  if (view.Number(i) == 24 && view.Number(i + 2) == 7) return std::nullopt;
  DateMatch match;
  match.first = i;
  match.last = i + 3;
  const bool swapped = view.Number(day_first ? i + 2 : i) > 12;  // 30/05 can only be one way round
  const std::size_t month = day_first != swapped ? i + 2 : i;
  const std::size_t day = day_first != swapped ? i : i + 2;
  match.month = static_cast<unsigned>(view.Number(month));
  match.month_at = RangeOf(view[month]);
  if (match.month < 1 || match.month > 12 || !TakeDay(view, day, &match)) return std::nullopt;
  return IsDateContext(view, i, match, known) ? std::optional(match) : std::nullopt;
}

// 2026-05-30, 5/30/2026, 30.05.2026, 05/30/26
std::optional<DateMatch> ReadNumeric(const TokenView& view, std::size_t i, bool day_first, const std::optional<Date>& known) {
  if (!view.IsNumber(i) || !view.IsAdjacent(i + 1) || !view.Has(i + 1) || view[i + 1].kind != TokenKind::kMark) return std::nullopt;
  const char sign = view.text().fold[view[i + 1].begin];
  if ((sign != '-' && sign != '/' && sign != '.') || !view.IsNumber(i + 2) || !view.IsAdjacent(i + 2)) return std::nullopt;
  DateMatch match;
  match.first = i;
  if (!view.IsMark(i + 3, sign) || !view.IsAdjacent(i + 3) || !view.IsNumber(i + 4) || !view.IsAdjacent(i + 4)) {
    if (sign != '/') return std::nullopt;
    return ReadShort(view, i, day_first, known);
  }
  match.last = i + 5;
  if (IsGlued(view, i, i + 5)) return std::nullopt;
  std::size_t year = i + 4;
  std::size_t month = day_first ? i + 2 : i;
  std::size_t day = day_first ? i : i + 2;
  if (view.Digits(i) == 4) {
    year = i;
    month = i + 2;
    day = i + 4;
  } else if (sign == '.') {  // a dotted date is day first wherever dots are used
    month = i + 2;
    day = i;
  }
  if (view.Digits(year) == 2 && sign == '/') {
    match.two_digit_year = true;
    match.year = 2000 + view.Number(year);
  } else if (view.Digits(year) == 4) {
    match.year = view.Number(year);
  }
  if (match.year < kFirstYear || match.year > kLastYear) return std::nullopt;
  if (view.Number(month) > 12 && view.Number(day) <= 12 && year != i) std::swap(month, day);
  if (view.Digits(month) > 2 || view.Digits(day) > 2 || view.Number(month) < 1 || view.Number(month) > 12) return std::nullopt;
  match.month = static_cast<unsigned>(view.Number(month));
  match.month_at = RangeOf(view[month]);
  match.year_at = RangeOf(view[year]);
  match.day = static_cast<unsigned>(view.Number(day));
  match.day_at = RangeOf(view[day]);
  return match;
}

// "Sat 30 May 1630" on the day that is known: an hour, and no year of long ago.
void DropClock(const TokenView& view, const std::optional<Date>& known, DateMatch* match) {
  constexpr int kLongAgo = 1950;
  const bool is_known = known && match->month == static_cast<unsigned>(known->month()) && match->day == static_cast<unsigned>(known->day());
  if (!is_known || match->year == 0 || match->year >= kLongAgo || match->year % 5 != 0 || match->year % 100 > 59 || !match->month_word) return;
  if (match->year_at.begin != view[match->last - 1].begin) return;
  match->year = 0;
  match->year_at = {};
  match->last -= view.IsMark(match->last - 2, ',') ? 2 : 1;
}

}  // namespace

unsigned WeekdayOfDate(const Date& date) { return date::weekday(date::sys_days(date)).c_encoding(); }

bool IsCalendarDay(int year, unsigned month, unsigned day) {
  return Date(date::year(year == 0 ? 2024 : year), date::month(month), date::day(day)).ok();
}

std::vector<DateMatch> FindDates(const TokenView& view, bool day_first, const std::optional<Date>& known) {
  std::vector<DateMatch> matches;
  std::size_t done = 0;
  for (std::size_t i = 0; i < view.size();) {
    std::optional<DateMatch> match = ReadNumeric(view, i, day_first, known);
    if (!match) match = ReadDayFirst(view, i);
    if (!match) match = ReadMonthFirst(view, i);
    if (match) DropClock(view, known, &*match);
    if (match && match->day != 0 && !IsCalendarDay(match->year, match->month, match->day)) {
      i = match->last > i ? match->last : i + 1;
      continue;
    }
    if (match) {
      TakeWeekday(view, known, &*match);
    } else {
      match = ReadRelativeDay(view, i);
    }
    if (!match) {
      ++i;
      continue;
    }
    // "this Saturday, May 30": the weekday is the date's.
    if (match->first < done && matches.back().relative != RelativeDay::kNone && matches.back().weekday) {
      matches.pop_back();
      done = matches.empty() ? 0 : matches.back().last;
    }
    if (match->first < done) match->first = done;
    done = match->last;
    i = match->last;
    matches.push_back(*match);
  }
  return matches;
}

}  // namespace evenkeel
