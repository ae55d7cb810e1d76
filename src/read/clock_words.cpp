// Clocks in words: noon, four o'clock, seven thirty pm, half past four, ten minutes to five.
#include "read/bytes.h"
#include "read/clock_context.h"
#include "read/clock_parts.h"

namespace evenkeel {
namespace {

bool IsOClock(const TokenView& view, std::size_t i) { return view.IsAnyOf(i, {"o'clock", "oclock"}); }

// "thirty", "thirty-five", "oh five" at *at: minutes behind an hour word; moves *at behind them.
std::optional<int> ReadSpelledMinutes(const TokenView& view, std::size_t* at) {
  std::size_t i = *at;
  if (view.IsMark(i, '-') && view.IsAdjacent(i) && view.IsAdjacent(i + 1)) ++i;  // four-thirty
  if (view.IsAnyOf(i, {"oh", "o"}) && HourWordOf(view.Fold(i + 1)) && *HourWordOf(view.Fold(i + 1)) < 10) {
    *at = i + 2;
    return HourWordOf(view.Fold(i + 1));
  }
  const std::optional<int> tens = MinuteWordOf(view.Fold(i));
  if (!tens || (*tens < 10 && *tens != 5)) return std::nullopt;
  *at = ++i;
  if (*tens < 20) return tens;
  if (view.IsMark(i, '-')) ++i;
  const std::optional<int> ones = HourWordOf(view.Fold(i));
  if (!ones || *ones > 9) return tens;
  *at = i + 1;
  return *tens + *ones;
}

// "four", "seven thirty": hour words stand alone only where a time is announced.
std::optional<Clock> ReadSpelled(const TokenView& view, std::size_t i) {
  const std::optional<int> hour = HourWordOf(view.Fold(i));
  if (!hour) return std::nullopt;
  Clock clock;
  clock.form = ClockForm::kSpelled;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = *hour;
  if (const std::optional<int> minute = ReadSpelledMinutes(view, &clock.last)) clock.minute = *minute;
  clock.phrase_at = {view[i].begin, view[clock.last - 1].end};
  if (IsOClock(view, clock.last)) {
    ++clock.last;
    TakeMeridiem(view, &clock, false);
    return clock;
  }
  TakeMeridiem(view, &clock, false);
  if (clock.meridiem == Meridiem::kNone) clock.bare = true;
  return clock;
}

// How far before or after the hour: "half", "a quarter", "three quarters", "20 minutes", "ten".
struct Amount {
  int minutes = -1;
  bool half_of = false;   // "half", "three quarters": never counted backwards
  bool counted = false;   // in minutes: "15 minutes before 5" is a distance
  bool open = false;      // a plain number: "10 to 4" is a range as often as a time
  std::size_t last = 0;
};

std::optional<Amount> ReadPlainAmount(const TokenView& view, std::size_t at) {
  Amount amount;
  const std::optional<int> word = view.IsNumber(at) ? view.Number(at) : MinuteWordOf(view.Fold(at));
  if (!word) return std::nullopt;
  amount.minutes = *word;
  ++at;
  const std::size_t ones = view.IsMark(at, '-') ? at + 1 : at;
  if (amount.minutes >= 20 && HourWordOf(view.Fold(ones)) && *HourWordOf(view.Fold(ones)) < 10) {
    amount.minutes += *HourWordOf(view.Fold(ones));
    at = ones + 1;
  }
  amount.open = !view.IsAnyOf(at, {"min", "mins", "minute", "minutes"});
  amount.counted = !amount.open;
  amount.last = amount.open ? at : at + 1;
  return amount.minutes >= 1 && amount.minutes <= 59 ? std::optional(amount) : std::nullopt;
}

std::optional<Amount> ReadAmount(const TokenView& view, std::size_t i) {
  const std::size_t at = view.IsAnyOf(i, {"a"}) ? i + 1 : i;
  if (view.IsAnyOf(at, {"half"}) && at == i) return Amount{30, true, false, false, at + 1};
  if (view.IsAnyOf(at, {"three"}) && view.IsAnyOf(at + 1, {"quarters"}) && at == i) return Amount{45, true, false, false, at + 2};
  if (view.IsAnyOf(at, {"quarter"})) return Amount{15, false, false, false, at + 1};
  return at == i ? ReadPlainAmount(view, at) : std::nullopt;
}

// The hour of a phrase, in digits or words.
std::optional<Clock> ReadPhraseHour(const TokenView& view, std::size_t at) {
  if (!view.IsNumber(at)) return ReadSpelled(view, at);
  if (view.Digits(at) > 2) return std::nullopt;
  std::optional<Clock> hour = ReadNumberClock(view, at);
  if (hour && (!hour->minute_at.empty() || hour->hour < 1 || hour->hour > 12)) return std::nullopt;
  return hour;
}

// "half four": only where a time is announced.
bool IsHalfHour(const TokenView& view, std::size_t i) {
  return view.IsAnyOf(i, {"half"}) && i > 0 && view.IsAnyOf(i - 1, {"at", "by", "until", "till"}) &&
         (HourWordOf(view.Fold(i + 1)) || (view.Digits(i + 1) == 1 && view[i + 1].spaced)) && EndsBareHour(view, i + 2);
}

std::optional<Clock> ReadPhrase(const TokenView& view, std::size_t i) {
  const std::optional<Amount> amount = ReadAmount(view, i);
  if (!amount) return std::nullopt;
  std::size_t at = amount->last;
  if (view.IsMark(at, '-') && view.IsAdjacent(at) && view.IsAdjacent(at + 1) && view.IsAnyOf(at + 1, {"past", "after"})) ++at;  // half-past four
  const bool past = view.IsAnyOf(at, {"past", "after"}) && !(amount->open && view.Fold(at) == "after");
  const bool to = !amount->half_of && (view.IsAnyOf(at, {"to", "till", "of", "til"}) || (amount->minutes == 15 && !amount->counted && view.IsAnyOf(at, {"before"})));
  const bool half_hour = IsHalfHour(view, i);
  if (!past && !to && !half_hour) return std::nullopt;
  if (to && amount->open) {
    const bool announced = i > 0 && view.IsAnyOf(i - 1, {"at", "by", "it's", "before", "after", "around", "is"});
    if (!announced || amount->minutes % 5 != 0 || view.Fold(at) != "to") return std::nullopt;
  }
  if (!half_hour) ++at;
  std::optional<Clock> hour = ReadPhraseHour(view, at);
  if (!hour || hour->form == ClockForm::kWord) return std::nullopt;
  if (to && amount->open && hour->meridiem == Meridiem::kNone && hour->bare && !EndsBareHour(view, hour->last)) return std::nullopt;
  Clock clock = *hour;
  clock.form = ClockForm::kPhrase;
  clock.first = i;
  clock.phrase_at = {view[i].begin, hour->hour_at.empty() ? hour->phrase_at.end : hour->hour_at.end};
  clock.hour_at = clock.minute_at = {};
  clock.bare = false;
  if (IsOClock(view, clock.last)) ++clock.last;
  const int total = hour->hour * 60 + hour->minute + (to ? -amount->minutes : amount->minutes);
  clock.hour = (total / 60 + 11) % 12 + 1;
  clock.minute = total % 60;
  return clock;
}

// noon, midday, mid-night, noonish
std::optional<Clock> ReadWord(const TokenView& view, std::size_t i) {
  Clock clock;
  clock.form = ClockForm::kWord;
  clock.first = i;
  clock.last = i + 1;
  clock.hour = 12;
  const bool split = view.IsAnyOf(i, {"mid"}) && view.IsAnyOf(i + (view.IsMark(i + 1, '-') ? 2 : 1), {"night", "day"});
  if (split) clock.last = i + (view.IsMark(i + 1, '-') ? 3 : 2);
  const std::string_view word = view.Fold(clock.last - 1);
  const bool ish = Contains({"noonish", "midnightish"}, word);
  if (!split && !ish && !Contains({"noon", "midday", "midnight"}, word)) return std::nullopt;
  clock.meridiem = word.find("night") != std::string_view::npos ? Meridiem::kAm : Meridiem::kPm;
  if (!ish) clock.phrase_at = {view[i].begin, view[clock.last - 1].end};  // "noonish" has no other hours
  return clock;
}

// T12:34:20
std::optional<Clock> ReadMarkedClock(const TokenView& view, std::size_t i) {
  if (view.Ascii(i) != "T" || view.Digits(i + 1) != 2 || !view.IsAdjacent(i + 1) || (view.IsAdjacent(i) && view.IsNumber(i - 1))) return std::nullopt;
  std::optional<Clock> clock = ReadNumberClock(view, i + 1, true);
  if (!clock || clock->minute_at.empty() || clock->meridiem != Meridiem::kNone) return std::nullopt;
  clock->first = i;
  clock->sure_24 = true;
  return clock;
}

}  // namespace

bool IsCountedBack(std::string_view phrase) {
  for (const std::string_view word : {" to ", " till ", " til ", " before ", " of "}) {
    if (phrase.find(word) != std::string_view::npos) return true;
  }
  return false;
}

std::optional<Clock> ReadClock(const TokenView& view, std::size_t i, bool parted) {
  if (!view.Has(i)) return std::nullopt;
  if (std::optional<Clock> clock = ReadPhrase(view, i)) return clock;
  if (view.IsNumber(i)) return ReadNumberClock(view, i, parted);
  if (!view.IsWord(i)) return std::nullopt;
  if (std::optional<Clock> clock = ReadWord(view, i)) return clock;
  if (std::optional<Clock> clock = ReadMarkedClock(view, i)) return clock;
  return ReadSpelled(view, i);
}

}  // namespace evenkeel
