#include "read/clock_parts.h"

#include "read/bytes.h"

namespace evenkeel {
namespace {

GlyphRange RangeOf(const Token& token) { return {token.begin, token.end}; }

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
  return before == '-' || before == '/' ? IsDigit(further) : IsAlnum(further) && !view.text().BreakBefore(at);
}

// The same behind the last token.
bool IsGluedAfter(const TokenView& view, std::size_t last, bool has_meridiem) {
  if (!view.Has(last) || view[last].spaced) return false;
  const std::size_t at = view[last].begin;
  const char c = view.text().fold[at];
  const bool digit_next = at + 1 < view.text().size() && IsDigit(view.text().fold[at + 1]);
  if (IsDigit(c) || IsAlpha(c) || c == kLetterGlyph) return !view.text().BreakBefore(at);
  if (c == '%' || c == '_') return true;
  if (c == ':' || c == '.' || c == '/' || (c == ',' && !has_meridiem)) return digit_next;
  return false;
}

struct MeridiemRead {
  Meridiem kind = Meridiem::kNone;
  GlyphRange at;
  std::size_t last = 0;
};

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
  if (word != "a" && word != "p") return read;
  std::size_t at = i + 1;
  const bool dotted = view.IsMark(at, '.') && view.IsAdjacent(at);
  if (dotted) ++at;
  if (view.IsAnyOf(at, {"m"})) {
    std::size_t last = at + 1;
    if (dotted && view.IsMark(last, '.') && view.IsAdjacent(last)) ++last;
    return {kind, {view[i].begin, view[last - 1].end}, last};
  }
  if (short_form && view.IsAdjacent(i)) return {kind, RangeOf(view[i]), i + 1};
  return read;
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

bool IsVerseBook(std::string_view word) {
  return Contains({"john", "genesis", "exodus", "leviticus", "deuteronomy", "joshua", "kings", "samuel", "chronicles", "job", "psalm", "psalms",
                   "proverbs", "ecclesiastes", "isaiah", "jeremiah", "ezekiel", "daniel", "hosea", "joel", "amos", "jonah", "micah", "matthew",
                   "mark", "luke", "acts", "romans", "corinthians", "galatians", "ephesians", "philippians", "colossians", "thessalonians",
                   "timothy", "titus", "hebrews", "james", "peter", "jude", "revelation", "verse", "chapter", "surah", "quran"},
                  word);
}

// "16:9 ratio", "score 3:10", "runtime 1:45", "John 3:16".
bool IsOtherColonNumber(const TokenView& view, const Clock& clock) {
  if (clock.meridiem != Meridiem::kNone) return false;
  if (clock.first > 0) {
    std::size_t before = clock.first - 1;
    if (view.IsAnyOf(before, {"of", "is", "was"}) && before > 0) --before;
    if (view.IsMark(before, ':') && before > 0) --before;
    if (view.IsAnyOf(before, {"ratio", "ratios", "scale", "aspect", "odds", "score", "scored", "mix", "mixed", "version", "ver", "runtime", "duration",
                              "length", "lasts", "takes", "video", "track", "clip", "cropped", "diluted", "dilution", "pace", "split", "gear"})) {
      return true;
    }
    if (IsVerseBook(view.Fold(before)) && clock.hour < 13) return true;
  }
  if (view.IsAnyOf(clock.last, {"ratio", "scale", "aspect", "odds", "mix", "min", "mins", "minutes", "minute", "long", "video", "runtime", "crop",
                                "dilution", "split", "pace", "sec", "seconds"})) {
    return true;
  }
  return view.IsAnyOf(clock.last, {"hours", "hrs", "hr", "hour", "h"}) && clock.hour < 6 && view.Digits(clock.first) < 2;
}

bool IsValidClock(const Clock& clock) {
  if (clock.minute > 59) return false;
  if (clock.meridiem != Meridiem::kNone) return clock.hour >= 1 && clock.hour <= 12;
  return clock.hour <= 23 || (clock.hour == 24 && clock.minute == 0);
}

void SetSure(const TokenView& view, Clock* clock) {
  if (clock->meridiem != Meridiem::kNone) return;
  clock->sure_24 = clock->hour > 12 || clock->hour == 0 || view.text().fold[clock->hour_at.begin] == '0' ||
                   (clock->seconds && clock->form == ClockForm::kDigits);
}

// 4:30, 16:30:07, 4.30 pm, 16h30
std::optional<Clock> ReadHourAndMinute(const TokenView& view, std::size_t i) {
  if (view.Digits(i) > 2) return std::nullopt;
  const bool colon = view.IsMark(i + 1, ':');
  const bool dot = view.IsMark(i + 1, '.');
  const bool french = view.IsAnyOf(i + 1, {"h"});
  if (!(colon || dot || french) || !view.IsAdjacent(i + 1) || view.Digits(i + 2) != 2 || !view.IsAdjacent(i + 2)) return std::nullopt;
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
  }
  TakeMeridiem(view, &clock, true);
  if (!IsValidClock(clock) || IsGluedAfter(view, clock.last, clock.meridiem != Meridiem::kNone)) return std::nullopt;
  SetSure(view, &clock);
  if (french) clock.sure_24 = true;
  if (dot && clock.meridiem == Meridiem::kNone) {  // 12.30 is a time only where one is announced
    if (i == 0 || !view.IsAnyOf(i - 1, {"at", "from", "until", "till", "between"}) || view.IsAnyOf(clock.last, {"kilograms", "kg", "points", "percent", "per", "each"})) return std::nullopt;
    if (view.Digits(i) != 2) return std::nullopt;
  }
  if (colon && IsOtherColonNumber(view, clock)) return std::nullopt;
  return clock;
}

// 1630 hrs, 1630-1930 hrs, 340pm
std::optional<Clock> ReadCompact(const TokenView& view, std::size_t i) {
  const std::size_t digits = view.Digits(i);
  if (digits != 3 && digits != 4) return std::nullopt;
  Clock clock;
  clock.form = ClockForm::kCompact;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = view.Number(i) / 100;
  clock.minute = view.Number(i) % 100;
  clock.hour_at = {view[i].begin, view[i].end - 2};
  clock.minute_at = {view[i].end - 2, view[i].end};
  TakeMeridiem(view, &clock, false);
  if (!IsValidClock(clock) || clock.hour == 24) return std::nullopt;
  if (clock.meridiem != Meridiem::kNone) return IsGluedAfter(view, clock.last, true) ? std::nullopt : std::optional(clock);
  if (digits != 4) return std::nullopt;
  clock.sure_24 = true;
  std::size_t after = i + 1;
  if (view.IsMark(after, '-') || view.IsAnyOf(after, {"to", "until"})) {
    if (view.Digits(after + 1) == 4) after += 2;
  }
  const bool unit = view.IsAnyOf(after, {"hrs", "hours", "hr", "h"});
  const bool year_like = clock.hour == 19 || clock.hour == 20 || clock.hour == 21;
  const bool announced = i > 0 && !year_like && EndsLikeTime(view, i + 1) &&
                         (view.IsAnyOf(i - 1, {"at", "by", "from", "until", "till"}) || view.IsMark(i - 1, '@'));
  const bool second = i > 1 && view.Digits(i - 2) == 4 && unit;
  if (!unit && !announced && !second) return std::nullopt;
  if (unit && after == i + 1) clock.last = i + 2;
  return clock;
}

std::optional<Clock> ReadNumberClock(const TokenView& view, std::size_t i, bool range_end = false) {
  const bool dash = range_end && view[i].begin > 0 && view.text().fold[view[i].begin - 1] == '-';
  if (!dash && IsGluedBefore(view, i)) return std::nullopt;
  if (std::optional<Clock> clock = ReadHourAndMinute(view, i)) return clock;
  if (std::optional<Clock> clock = ReadCompact(view, i)) return clock;
  if (view.Digits(i) > 2) return std::nullopt;
  Clock clock;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = view.Number(i);
  clock.hour_at = RangeOf(view[i]);
  if (view.IsAnyOf(i + 1, {"o'clock", "oclock"}) || (view.IsAnyOf(i + 1, {"o"}) && view.IsAnyOf(i + 2, {"clock"}))) {
    clock.last = i + (view.IsAnyOf(i + 1, {"o"}) ? 3 : 2);
    return IsValidClock(clock) && clock.hour > 0 ? std::optional(clock) : std::nullopt;
  }
  if (clock.hour == 12 && view.IsAnyOf(i + 1, {"noon", "midnight", "midday"})) {
    clock.form = ClockForm::kWord;
    clock.meridiem = view.Fold(i + 1) == "midnight" ? Meridiem::kAm : Meridiem::kPm;
    clock.last = i + 2;
    clock.phrase_at = {view[i].begin, view[i + 1].end};
    return clock;
  }
  const bool announced = i > 0 && view.IsAnyOf(i - 1, {"at", "by", "until", "till"});
  const bool letter = view.IsAnyOf(i + 1, {"p"}) || (announced && view.IsAnyOf(i + 1, {"a"}));
  TakeMeridiem(view, &clock, letter);
  if (clock.meridiem != Meridiem::kNone) {
    return IsValidClock(clock) && !IsGluedAfter(view, clock.last, true) ? std::optional(clock) : std::nullopt;
  }
  if (clock.hour > 23 || IsGluedAfter(view, i + 1, false)) return std::nullopt;
  if (view.IsMark(i + 1, ':') && view.IsAdjacent(i + 1) && view.IsNumber(i + 2) && view.IsAdjacent(i + 2)) return std::nullopt;
  clock.bare = true;
  clock.sure_24 = clock.hour > 12;
  return clock;
}

// "four", "seven thirty", "half past": hour words stand alone only where a time is announced.
std::optional<Clock> ReadSpelled(const TokenView& view, std::size_t i) {
  const std::optional<int> hour = HourWordOf(view.Fold(i));
  if (!hour) return std::nullopt;
  Clock clock;
  clock.form = ClockForm::kSpelled;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = *hour;
  if (const std::optional<int> minute = MinuteWordOf(view.Fold(i + 1)); minute && (*minute >= 10 || *minute == 5)) {
    clock.minute = *minute;
    ++clock.last;
    if (view.IsMark(clock.last, '-')) ++clock.last;
    if (const std::optional<int> ones = HourWordOf(view.Fold(clock.last)); ones && *ones < 10 && *minute >= 20) {
      clock.minute += *ones;
      ++clock.last;
    } else if (view.IsMark(clock.last - 1, '-')) {
      --clock.last;
    }
  }
  clock.phrase_at = {view[i].begin, view[clock.last - 1].end};
  if (view.IsAnyOf(clock.last, {"o'clock", "oclock"})) {
    ++clock.last;
    return clock;
  }
  TakeMeridiem(view, &clock, false);
  if (clock.meridiem == Meridiem::kNone) clock.bare = true;
  return clock;
}

std::optional<Clock> ReadPhrase(const TokenView& view, std::size_t i) {
  std::size_t at = i;
  if (view.IsAnyOf(at, {"a"})) ++at;
  int amount = -1;
  if (view.IsAnyOf(at, {"half"}) && at == i) {
    amount = 30;
    ++at;
  } else if (view.IsAnyOf(at, {"three"}) && view.IsAnyOf(at + 1, {"quarters"}) && at == i) {
    amount = 45;
    at += 2;
  } else if (view.IsAnyOf(at, {"quarter"})) {
    amount = 15;
    ++at;
  } else if (at == i && (view.IsNumber(at) || MinuteWordOf(view.Fold(at)))) {
    amount = view.IsNumber(at) ? view.Number(at) : *MinuteWordOf(view.Fold(at));
    ++at;
    if (amount >= 20 && HourWordOf(view.Fold(at)) && *HourWordOf(view.Fold(at)) < 10) amount += *HourWordOf(view.Fold(at++));
    const bool unit = view.IsAnyOf(at, {"min", "mins", "minute", "minutes"});
    if (unit) ++at;
    // "10 to 4" is a range as often as a time; with a unit, or past, it is none.
    if (!unit && !view.IsAnyOf(at, {"past"})) return std::nullopt;
  } else {
    return std::nullopt;
  }
  if (amount < 1 || amount > 59) return std::nullopt;
  const bool past = view.IsAnyOf(at, {"past", "after"});
  const bool to = view.IsAnyOf(at, {"to", "till", "before", "of"}) && amount != 30 && amount != 45;
  if (!past && !to) return std::nullopt;
  ++at;
  std::optional<Clock> hour;
  if (view.IsNumber(at) && view.Digits(at) <= 2) {
    hour = ReadNumberClock(view, at);
    if (hour && (!hour->minute_at.empty() || hour->hour < 1 || hour->hour > 12)) return std::nullopt;
  } else {
    hour = ReadSpelled(view, at);
  }
  if (!hour || hour->form == ClockForm::kWord) return std::nullopt;
  Clock clock = *hour;
  clock.form = ClockForm::kPhrase;
  clock.first = i;
  clock.phrase_at = {view[i].begin, hour->hour_at.empty() ? hour->phrase_at.end : hour->hour_at.end};
  clock.hour_at = clock.minute_at = {};
  clock.bare = false;
  const int total = hour->hour * 60 + hour->minute + (past ? amount : -amount);
  clock.hour = (total / 60 + 11) % 12 + 1;
  clock.minute = total % 60;
  return clock;
}

std::optional<Clock> ReadWord(const TokenView& view, std::size_t i) {
  Clock clock;
  clock.form = ClockForm::kWord;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = 12;
  const bool split = view.IsAnyOf(i, {"mid"}) && view.IsAnyOf(i + (view.IsMark(i + 1, '-') ? 2 : 1), {"night", "day"});
  if (split) clock.last = i + (view.IsMark(i + 1, '-') ? 3 : 2);
  const std::string_view word = view.Fold(clock.last - 1);
  if (!split && !Contains({"noon", "midday", "midnight"}, word)) return std::nullopt;
  clock.meridiem = word.back() == 't' ? Meridiem::kAm : Meridiem::kPm;
  clock.phrase_at = {view[i].begin, view[clock.last - 1].end};
  return clock;
}

}  // namespace

bool EndsLikeTime(const TokenView& view, std::size_t i) {
  if (!view.Has(i) || view[i].newline) return true;
  if (view[i].kind == TokenKind::kMark) return !view.IsMark(i, '-') || view.Digits(i + 1) == 4;
  return view.IsAnyOf(i, {"and", "or", "on", "sharp", "for", "with", "today", "tonight", "tomorrow", "if", "so", "when", "we", "you", "please", "local",
                          "until", "to", "then"}) ||
         WeekdayOf(view.Fold(i)).has_value();
}

std::optional<Clock> ReadClock(const TokenView& view, std::size_t i, bool range_end) {
  if (!view.Has(i)) return std::nullopt;
  if (std::optional<Clock> clock = ReadPhrase(view, i)) return clock;
  if (view.IsNumber(i)) return ReadNumberClock(view, i, range_end);
  if (!view.IsWord(i)) return std::nullopt;
  if (std::optional<Clock> clock = ReadWord(view, i)) return clock;
  return ReadSpelled(view, i);
}

namespace {

Meridiem MeridiemOfDayPart(std::string_view part, int hour) {
  if (part == "morning") return Meridiem::kAm;
  if (part == "afternoon" || part == "evening") return Meridiem::kPm;
  return hour >= 6 && hour < 12 ? Meridiem::kPm : Meridiem::kAm;  // night
}

}  // namespace

std::optional<Meridiem> ReadDayPartWords(const TokenView& view, std::size_t* at, int hour) {
  std::size_t i = *at;
  if (view.IsAnyOf(i, {"tonight"})) {
    *at = i + 1;
    return hour == 12 ? Meridiem::kAm : Meridiem::kPm;
  }
  if (view.IsAnyOf(i, {"in"}) && view.IsAnyOf(i + 1, {"the"})) {
    i += 2;
    if (view.IsAnyOf(i, {"early", "late"})) ++i;
  } else if (view.IsAnyOf(i, {"at", "this"})) {
    ++i;
    if (view.IsAnyOf(i - 1, {"at"}) && !view.IsAnyOf(i, {"night"})) return std::nullopt;
  }
  if (!view.IsAnyOf(i, {"morning", "afternoon", "evening", "night"})) return std::nullopt;
  if (i == *at && view.IsAnyOf(i, {"night"})) return std::nullopt;
  // "4 evening cruises"
  if (i == *at && view.IsWord(i + 1) && !view.IsAnyOf(i + 1, {"and", "to", "on", "until", "till", "for", "with", "at", "in"})) return std::nullopt;
  *at = i + 1;
  return MeridiemOfDayPart(view.Fold(i), hour);
}

std::optional<Meridiem> ReadDayPartBefore(const TokenView& view, std::size_t* at, int hour) {
  std::size_t i = *at;
  if (i > 0 && (view.IsAnyOf(i - 1, {"at", "from"}) || view.IsMark(i - 1, '@'))) --i;
  if (i == 0 || !view.IsAnyOf(i - 1, {"morning", "afternoon", "evening", "night", "tonight"})) return std::nullopt;
  --i;
  const std::string_view part = view.Fold(i);
  if (i > 1 && view.IsAnyOf(i - 1, {"the"}) && view.IsAnyOf(i - 2, {"in"})) {
    i -= 2;
  } else if (i > 0 && view.IsAnyOf(i - 1, {"this"})) {
    --i;
  } else if (part == "night") {
    return std::nullopt;
  }
  *at = i;
  if (part == "tonight") return hour == 12 ? Meridiem::kAm : Meridiem::kPm;
  return MeridiemOfDayPart(part, hour);
}

namespace {

bool IsZoneAbbreviation(std::string_view word, std::string_view written, bool after_meridiem) {
  if (Contains({"pt", "et", "ct", "mt"}, word)) return written[0] <= 'Z' || after_meridiem;
  return Contains({"pst", "pdt", "est", "edt", "cst", "cdt", "mst", "mdt", "akst", "akdt", "hst", "utc", "gmt", "bst", "cet", "cest", "eet", "eest",
                   "wet", "west", "jst", "ist", "aest", "aedt", "nzst", "nzdt", "ast", "adt"},
                  word) &&
         !(Contains({"west", "wet", "est"}, word) && written[0] > 'Z');
}

// "+02:00", "-8", "+0900" behind UTC or GMT, or directly behind a 24-hour clock.
std::size_t SkipOffset(const TokenView& view, std::size_t i, bool named) {
  const bool sign = view.IsMark(i, '+') || view.IsMark(i, '-');
  if (!sign || !view.IsNumber(i + 1) || !view.IsAdjacent(i + 1)) return i;
  const std::size_t digits = view.Digits(i + 1);
  if (!named && (view.IsMark(i, '-') || digits < 2)) return i;  // a bare minus is a dash: "4:30-7:30"
  if (view.IsMark(i + 2, ':') && view.Digits(i + 3) == 2 && digits <= 2 && view.IsAdjacent(i + 3)) return i + 4;
  const int hours = digits > 2 ? view.Number(i + 1) / 100 : view.Number(i + 1);
  return digits <= 4 && hours <= 14 ? i + 2 : i;
}

}  // namespace

GlyphRange ReadZone(const TokenView& view, std::size_t* at, bool after_meridiem) {
  std::size_t i = *at;
  const bool parenthesis = view.IsMark(i, '(');
  if (parenthesis) ++i;
  if (!view.Has(i) || view[i].newline) return {};
  const std::size_t first = i;
  if (view.IsWord(i) && IsZoneAbbreviation(view.Fold(i), view.Ascii(i), after_meridiem)) {
    ++i;
    if (view.IsAnyOf(i - 1, {"utc", "gmt"})) i = SkipOffset(view, i, true);
  } else if (view.IsAnyOf(i, {"z"}) && view.IsAdjacent(i)) {
    ++i;
  } else if (view.IsAnyOf(i, {"pacific", "eastern", "central", "mountain", "hawaii", "alaska"}) && view.Ascii(i)[0] <= 'Z') {
    ++i;
    if (view.IsAnyOf(i, {"standard", "daylight"}) && view.IsAnyOf(i + 1, {"time"})) ++i;
    if (view.IsAnyOf(i, {"time"})) {
      ++i;
    } else if (view.IsWord(i) && !view.IsAnyOf(i, {"on", "and", "or", "so", "for", "to"}) && !view[i].newline) {
      return {};  // "4 PM Pacific Beach"
    }
  } else {
    i = SkipOffset(view, i, false);
  }
  if (i == first || (parenthesis && !view.IsMark(i, ')'))) return {};
  *at = i + (parenthesis ? 1 : 0);
  return {view[first].begin, view[i - 1].end};
}

}  // namespace evenkeel
