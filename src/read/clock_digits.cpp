// Clocks in digits: 4:30 PM, 16:30, 4.30 p.m., 16h30, and the lone number that only its neighbours make a time.
#include "read/bytes.h"
#include "read/clock_context.h"
#include "read/clock_parts.h"

namespace evenkeel {
namespace {

GlyphRange RangeOf(const Token& token) { return {token.begin, token.end}; }

// "4:30" at token i, in one piece.
bool IsColonClockAt(const TokenView& view, std::size_t i) {
  return view.IsNumber(i) && view.Digits(i) <= 2 && view.IsMark(i + 1, ':') && view.IsAdjacent(i + 1) && view.Digits(i + 2) == 2 && view.IsAdjacent(i + 2);
}

// Whether what stands directly before glyph `at` makes a number there part of something else: a price, a version, a
// phone number, a path, a decimal.
bool IsGluedBefore(const TokenView& view, std::size_t i) {
  const std::size_t at = view[i].begin;
  if (at == 0 || view[i].spaced) return false;
  const char before = view.text().fold[at - 1];
  if (IsAlpha(before) || before == kLetterGlyph) return !view.text().BreakBefore(at);
  if (before == '$' || before == '#' || before == '+' || before == '=' || before == '&' || before == '_' || before == '%' ||
      before == '\\' || before == '^') {
    return true;
  }
  if (before != '.' && before != ',' && before != ':' && before != '/' && before != '-') return false;
  if (at < 2) return false;
  const char further = view.text().fold[at - 2];
  if (before == ':' && further == ':') return true;  // fe80::4:30
  if (before == '/' && i > 3 && IsColonClockAt(view, i - 4)) return false;  // 4:30/7:30 PM
  if (before == ':' && i > 1 && view.IsWord(i - 2) && view.Fold(i - 2).size() > 3 && IsColonClockAt(view, i)) return false;  // Time:4:30 PM
  return before == '-' || before == '/' ? IsDigit(further) : IsAlnum(further) && !view.text().BreakBefore(at);
}

}  // namespace

bool IsGluedAfter(const TokenView& view, std::size_t last, bool has_meridiem) {
  if (!view.Has(last) || view[last].spaced) return false;
  const std::size_t at = view[last].begin;
  const char c = view.text().fold[at];
  const bool digit_next = at + 1 < view.text().size() && IsDigit(view.text().fold[at + 1]);
  const bool word_next = at + 1 < view.text().size() && IsAlnum(view.text().fold[at + 1]);
  if (c == 'z' && !word_next && !has_meridiem) return false;  // 23:30Z
  if (IsDigit(c) || IsAlpha(c) || c == kLetterGlyph) return !view.text().BreakBefore(at);
  if (c == '%' || c == '_') return true;
  if (c == '/' && (has_meridiem || IsColonClockAt(view, last + 1))) return false;
  if (c == ':' || c == '.' || c == '/' || (c == ',' && !has_meridiem)) return digit_next;
  return false;
}

namespace {

struct MeridiemRead {
  Meridiem kind = Meridiem::kNone;
  GlyphRange at;
  std::size_t last = 0;
};

// "4:30 p - 7:30 p": a letter with nothing behind it that it could be an article of.
bool IsLoneLetter(const TokenView& view, std::size_t i) {
  return i >= 2 && view.Digits(i - 1) == 2 && view.IsMark(i - 2, ':') && (!view.Has(i + 1) || view[i + 1].newline || view[i + 1].kind == TokenKind::kMark);
}

// "PM", "p.m.", "p. m.", "p m", and "p" alone where `short_form` allows it.
MeridiemRead ReadMeridiem(const TokenView& view, std::size_t i, bool short_form) {
  MeridiemRead read;
  read.last = i;
  if (!view.IsWord(i)) return read;
  const std::string_view word = view.Fold(i);
  const Meridiem kind = word[0] == 'a' ? Meridiem::kAm : word[0] == 'p' ? Meridiem::kPm : Meridiem::kNone;
  if (kind == Meridiem::kNone) return read;
  if (word == "am" || word == "pm") {
    return {kind, RangeOf(view[i]), i + 1};
  }
  if (word == "am's" || word == "pm's") return {kind, {view[i].begin, view[i].begin + 2}, i + 1};  // the 4:30 PM's guests
  if (word != "a" && word != "p") return read;
  std::size_t at = i + 1;
  const bool dotted = view.IsMark(at, '.') && view.IsAdjacent(at);
  if (dotted) ++at;
  if (view.IsAnyOf(at, {"m"})) {
    std::size_t last = at + 1;
    if (dotted && view.IsMark(last, '.') && view.IsAdjacent(last)) ++last;
    return {kind, {view[i].begin, view[last - 1].end}, last};
  }
  if (short_form && (view.IsAdjacent(i) || IsLoneLetter(view, i))) return {kind, RangeOf(view[i]), i + 1};
  return read;
}

}  // namespace

bool IsValidClock(const Clock& clock) {
  if (clock.minute > 59) return false;
  if (clock.meridiem != Meridiem::kNone) return clock.hour >= 1 && clock.hour <= 12;
  return clock.hour <= 23 || (clock.hour == 24 && clock.minute == 0);
}

void TakeMeridiem(const TokenView& view, Clock* clock, bool short_form) {
  std::size_t at = clock->last;
  if (view.IsMark(at, '.') && view.IsAdjacent(at) && view.IsAdjacent(at + 1) && view.IsAnyOf(at + 1, {"am", "pm"})) ++at;  // "9.am"
  const MeridiemRead read = ReadMeridiem(view, at, short_form);
  if (read.kind == Meridiem::kNone) return;
  clock->meridiem = read.kind;
  clock->meridiem_at = read.at;
  clock->last = read.last;
}

namespace {

// "16:9 ratio", "score 3:10", "runtime 1:45", "John 3:16".
bool IsOtherColonNumber(const TokenView& view, const Clock& clock) {
  if (clock.meridiem != Meridiem::kNone) return false;
  if (clock.first > 0) {
    std::size_t before = clock.first - 1;
    if (view.IsMark(before, '(') && before > 0) --before;
    if (view.IsNumber(before) && before > 0 && before < clock.first - 1) --before;  // "Track 3 (4:30)"
    if (view.IsAnyOf(before, {"of", "is", "was"}) && before > 0) --before;
    if ((view.IsMark(before, ':') || view.IsMark(before, '.')) && before > 0) --before;
    if (view.IsAnyOf(before, {"ratio", "ratios", "scale", "aspect", "odds", "score", "scored", "mix", "mixed", "version", "ver", "runtime", "duration",
                              "length", "lasts", "takes", "video", "track", "clip", "cropped", "diluted", "dilution", "pace", "split", "gear", "song", "timecode", "lap", "elapsed"})) {
      return true;
    }
    if (IsVerseBook(view.Fold(before)) && clock.hour < 13) return true;
  }
  if (view.IsAnyOf(clock.last, {"ratio", "scale", "aspect", "odds", "mix", "min", "mins", "minutes", "minute", "long", "video", "runtime", "crop",
                                "dilution", "split", "pace", "per", "sec", "seconds", "timecode", "duration"})) {
    return true;
  }
  return view.IsAnyOf(clock.last, {"hours", "hrs", "hr", "hour", "h"}) && clock.hour < 6 && view.Digits(clock.first) < 2;
}

void SetSure(const TokenView& view, Clock* clock) {
  if (clock->meridiem != Meridiem::kNone) return;
  clock->sure_24 = clock->hour > 12 || clock->hour == 0 || view.text().fold[clock->hour_at.begin] == '0' ||
                   (clock->seconds && clock->form == ClockForm::kDigits);
}

// Behind "ish" or "-ish" at i; i itself where there is none.
std::size_t SkipIsh(const TokenView& view, std::size_t i) {
  const std::size_t ish = view.IsMark(i, '-') ? i + 1 : i;
  return view.IsAnyOf(ish, {"ish"}) && view.IsAdjacent(ish) && view.IsAdjacent(i) ? ish + 1 : i;
}

// A unit that makes a decimal a quantity.
bool IsMeasure(const TokenView& view, std::size_t i) {
  return view.IsMark(i, '%') || view.IsAnyOf(i, {"kilograms", "kg", "points", "percent", "per", "each", "usd", "dollars", "miles", "mi", "km", "knots", "kn",
                                                "feet", "ft", "meters", "m", "stars", "lbs", "gallons", "inches", "in"});
}

bool IsPadded(const TokenView& view, std::size_t i) { return view.text().fold[view[i].begin] == '0'; }

// "durée : 8 h 30", "lasts 8h"
bool IsBehindLengthWord(const TokenView& view, std::size_t i) {
  std::size_t before = i;
  while (before > 0 && i - before < 2 && (view.IsMark(before - 1, ':') || view.IsAnyOf(before - 1, {"de", "about", "environ"}))) --before;
  return before > 0 && view.IsAnyOf(before - 1, {"dur\x01" "e", "duration", "dauer", "duraci\x01n", "durata", "lasts", "lasting", "for", "in", "pendant", "dure", "trajet", "length"});
}

// "16h30", "16 h 30"; "2 h 30" is a length.
bool IsFrenchClock(const TokenView& view, std::size_t i) {
  if (!view.IsAnyOf(i + 1, {"h"}) || view.Digits(i + 2) != 2 || view.IsAdjacent(i + 1) != view.IsAdjacent(i + 2)) return false;
  if (view.IsAdjacent(i + 1)) return !IsBehindLengthWord(view, i) && (view.Number(i) >= 6 || IsPadded(view, i) || view.IsAnyOf(i + 3, {"am", "pm"}));
  const bool hour = view.Number(i) >= 6 || IsPadded(view, i);
  return hour && !IsBehindLengthWord(view, i) && !view.IsAnyOf(i + 3, {"min", "mn", "minutes"});
}

// 4:30, 16:30:07, 4.30 pm, 16h30
std::optional<Clock> ReadHourAndMinute(const TokenView& view, std::size_t i) {
  if (view.Digits(i) > 2) return std::nullopt;
  const bool colon = view.IsMark(i + 1, ':');
  const bool dot = view.IsMark(i + 1, '.');
  const bool french = IsFrenchClock(view, i);
  if (!french && (!(colon || dot) || !view.IsAdjacent(i + 1) || view.Digits(i + 2) != 2 || !view.IsAdjacent(i + 2))) return std::nullopt;
  Clock clock;
  clock.first = i;
  clock.last = i + 3;
  clock.hour = view.Number(i);
  clock.minute = view.Number(i + 2);
  clock.hour_at = RangeOf(view[i]);
  clock.minute_at = RangeOf(view[i + 2]);
  if (colon && view.IsMark(i + 3, ':') && view.IsAdjacent(i + 3) && view.Digits(i + 4) == 2 && view.IsAdjacent(i + 4) && view.Number(i + 4) < 60) {
    clock.second_at = RangeOf(view[i + 4]);
    clock.seconds = true;
    clock.last = i + 5;
    if (view.IsMark(i + 5, '.') && view.IsAdjacent(i + 5) && view.IsNumber(i + 6) && view.IsAdjacent(i + 6)) clock.last = i + 7;
    if (view.IsMark(i + 5, ':') && view.IsAdjacent(i + 5) && view.IsAdjacent(i + 6)) return std::nullopt;  // an address: 04:30:12:ab
    if (i > 0 && view.IsAnyOf(i - 1, {"in", "took", "within"})) return std::nullopt;  // a length: "finished in 4:30:12"
  }
  TakeMeridiem(view, &clock, true);
  if (colon) clock.last = SkipIsh(view, clock.last);
  const bool unit = clock.meridiem == Meridiem::kNone && IsHourUnit(view, clock.last);
  if (!IsValidClock(clock) || IsGluedAfter(view, clock.last + (unit ? 1 : 0), clock.meridiem != Meridiem::kNone)) return std::nullopt;
  SetSure(view, &clock);
  clock.unit = french || unit;
  if (clock.unit) clock.sure_24 = true;
  if (dot && clock.meridiem == Meridiem::kNone) {  // a decimal, unless the neighbours say that it is a time
    if (clock.minute % 5 != 0 || IsMeasure(view, clock.last)) return std::nullopt;
    clock.bare = true;
  }
  if (colon && IsOtherColonNumber(view, clock)) return std::nullopt;
  if (unit) {
    ++clock.last;
    clock.bare = false;
  }
  if (clock.hour == 12 && clock.minute == 0 && view.IsAnyOf(clock.last, {"noon", "midnight", "midday"})) {  // 12:00 noon
    clock.form = ClockForm::kWord;
    clock.meridiem = view.Fold(clock.last) == "midnight" ? Meridiem::kAm : Meridiem::kPm;
    clock.phrase_at = {view[i].begin, view[clock.last].end};
    ++clock.last;
  }
  return clock;
}

// 16 Uhr, 4 o'clock, 12 noon, 11ish
bool TakeHourWord(const TokenView& view, Clock* clock) {
  const std::size_t i = clock->first;
  if (view.IsAnyOf(i + 1, {"o'clock", "oclock"}) || (view.IsAnyOf(i + 1, {"o"}) && view.IsAnyOf(i + 2, {"clock"}))) {
    clock->last = i + (view.IsAnyOf(i + 1, {"o"}) ? 3 : 2);
    TakeMeridiem(view, clock, false);
    return clock->hour > 0;
  }
  if (clock->hour == 12 && view.IsAnyOf(i + 1, {"noon", "midnight", "midday"})) {
    clock->form = ClockForm::kWord;
    clock->meridiem = view.Fold(i + 1) == "midnight" ? Meridiem::kAm : Meridiem::kPm;
    clock->last = i + 2;
    clock->phrase_at = {view[i].begin, view[i + 1].end};
    return true;
  }
  if (view.IsAnyOf(i + 1, {"uhr", "uur"})) {
    clock->last = i + 2;
    clock->sure_24 = clock->unit = clock->hour > 6;
    return true;
  }
  if (clock->hour >= 1 && clock->hour <= 12) {
    clock->last = SkipIsh(view, i + 1);
    if (clock->last == i + 1) return false;
    TakeMeridiem(view, clock, false);
    return true;
  }
  return false;
}

}  // namespace

std::optional<Clock> ReadNumberClock(const TokenView& view, std::size_t i, bool parted) {
  if (!parted && IsGluedBefore(view, i)) return std::nullopt;
  if (std::optional<Clock> clock = ReadHourAndMinute(view, i)) return clock;
  if (std::optional<Clock> clock = ReadCompactClock(view, i)) return clock;
  if (view.Digits(i) > 2) return std::nullopt;
  Clock clock;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = view.Number(i);
  clock.hour_at = RangeOf(view[i]);
  if (TakeHourWord(view, &clock)) return IsValidClock(clock) ? std::optional(clock) : std::nullopt;
  TakeMeridiem(view, &clock, view.IsAnyOf(i + 1, {"p"}) || IsMorningLetter(view, i));
  if (clock.meridiem != Meridiem::kNone) {
    return IsValidClock(clock) && !IsGluedAfter(view, clock.last, true) ? std::optional(clock) : std::nullopt;
  }
  clock.bare = true;
  clock.sure_24 = clock.hour > 12;
  if (view.IsAnyOf(i + 1, {"h"}) && (clock.hour >= 6 || IsPadded(view, i)) && clock.hour <= 23 && !IsBehindLengthWord(view, i) && !view.IsNumber(i + 2)) {  // 16h
    clock.last = i + 2;
    clock.sure_24 = clock.unit = true;
  }
  if (clock.hour > 23 || IsGluedAfter(view, clock.last, false)) return std::nullopt;
  if (view.IsMark(i + 1, ':') && view.IsAdjacent(i + 1) && view.IsNumber(i + 2) && view.IsAdjacent(i + 2)) return std::nullopt;
  return clock;
}

}  // namespace evenkeel
