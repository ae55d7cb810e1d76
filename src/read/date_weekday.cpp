#include "read/date_weekday.h"

namespace evenkeel {
namespace {

// "Sat · May 30", "May 30 | Saturday": the weekday is the date's where it is that day's.
bool IsItsWeekday(const TokenView& view, std::size_t i, const std::optional<Date>& known, const DateMatch& match) {
  const int year = match.year != 0 ? match.year : known ? static_cast<int>(known->year()) : 0;
  const std::optional<unsigned> weekday = WeekdayOf(view.Fold(i));
  if (!weekday || year == 0 || match.day == 0 || !IsCalendarDay(year, match.month, match.day)) return false;
  return *weekday == WeekdayOfDate(Date(date::year(year), date::month(match.month), date::day(match.day)));
}

bool IsLooseMark(const TokenView& view, std::size_t i) { return view.IsMark(i, kSymbolGlyph) || view.IsMark(i, '|') || view.IsMark(i, '-') || view.IsMark(i, '('); }

void TakeWeekdayBefore(const TokenView& view, const std::optional<Date>& known, DateMatch* match) {
  std::size_t at = match->first;
  while (at > 0 && (view.IsMark(at - 1, ',') || view.IsMark(at - 1, '.') || view.IsAnyOf(at - 1, {"the"}))) --at;
  if (at > 1 && IsLooseMark(view, at - 1) && IsItsWeekday(view, at - 2, known, *match)) --at;
  if (at == 0 || !view.IsWord(at - 1)) return;
  match->weekday = WeekdayOf(view.Fold(at - 1));
  if (!match->weekday || IsPluralWeekday(view.Fold(at - 1))) {
    match->weekday.reset();
    return;
  }
  match->weekday_at = {view[at - 1].begin, view[at - 1].end};
  match->first = at - 1;
}

void TakeWeekdayAfter(const TokenView& view, const std::optional<Date>& known, DateMatch* match) {
  if (match->weekday) return;
  const bool loose = IsLooseMark(view, match->last) || view.IsMark(match->last, ',');
  const std::size_t word = match->last + (loose && view.IsAnyOf(match->last + 1, {"a"}) ? 2 : 1);  // "May 30, a Saturday"
  const bool ends = !view.Has(word + 1) || view[word + 1].newline || view[word + 1].kind == TokenKind::kMark;
  if (loose && ends && !view.IsMark(match->last, '(') && IsItsWeekday(view, word, known, *match)) {
    match->weekday = WeekdayOf(view.Fold(word));
    match->weekday_at = {view[word].begin, view[word].end};
    match->last = word + 1;
    return;
  }
  const bool parenthesis = view.IsMark(match->last, '(') && view.IsMark(match->last + 2, ')');
  if (!parenthesis) return;
  match->weekday = WeekdayOf(view.Fold(match->last + 1));
  if (!match->weekday) return;
  match->weekday_at = {view[match->last + 1].begin, view[match->last + 1].end};
  match->last += 3;
}

}  // namespace

void TakeWeekday(const TokenView& view, const std::optional<Date>& known, DateMatch* match) {
  TakeWeekdayBefore(view, known, match);
  TakeWeekdayAfter(view, known, match);
}

}  // namespace evenkeel
