// A wall-clock mention taken to new values, in the manner it is written.
#include "read/bytes.h"
#include "read/placing.h"
#include "read/resolve.h"
#include "read/rewrite.h"

namespace evenkeel {
namespace {

constexpr int kDay = 24 * 60;
constexpr int kNoon = 12 * 60;

int OnDay(int minutes) { return ((minutes % kDay) + kDay) % kDay; }
Meridiem HalfOf(int minutes) { return minutes < kNoon ? Meridiem::kAm : Meridiem::kPm; }
int TwelveHour(int minutes) { return (minutes / 60 + 11) % 12 + 1; }

std::string MeridiemLike(std::string_view sample, Meridiem half) {
  std::string text(sample);
  const bool upper = !text.empty() && text[0] >= 'A' && text[0] <= 'Z';
  if (!text.empty()) text[0] = half == Meridiem::kAm ? (upper ? 'A' : 'a') : (upper ? 'P' : 'p');
  return text;
}

constexpr std::string_view kHourWords[] = {"twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"};

class ClockRewriter {
 public:
  ClockRewriter(std::string_view bytes, const Mention& mention, const PageStyle& style, const ReadOptions& options)
      : bytes_(bytes), mention_(mention), style_(style), options_(options) {}

  Rewrite Run(const MentionGoal& goal) {
    start_ = OnDay(goal.start->minutes + mention_.zone_shift);
    if (goal.end) end_ = OnDay(goal.end->minutes + mention_.zone_shift);
    Endpoint(0, mention_.start, start_);
    if (mention_.end && goal.end) Endpoint(1, *mention_.end, end_);
    Weekday(goal.day_delta);
    Zone(goal);
    return std::move(rewrite_);
  }

 private:
  const Part* Find(PartKind kind, int endpoint) const {
    for (const Part& part : mention_.parts) {
      if (part.kind == kind && part.endpoint == endpoint) return &part;
    }
    return nullptr;
  }
  void Fail(std::string problem) {
    if (rewrite_.problem.empty()) rewrite_.problem = std::move(problem);
  }
  void Insert(std::size_t at, std::string text) { rewrite_.edits.push_back({{at, at}, std::move(text)}); }

  void Endpoint(int number, const evenkeel::Endpoint& endpoint, int minutes) {
    if (endpoint.minutes && OnDay(*endpoint.minutes + mention_.zone_shift) == minutes && !MustGrow(number, endpoint, minutes)) return;
    if (!IsInDayPart(endpoint.clock.beside, minutes)) return Fail("the words for the part of the day would be wrong");
    switch (endpoint.clock.form) {
      case ClockForm::kDigits:
      case ClockForm::kCompact: Digits(number, endpoint, minutes); break;
      case ClockForm::kWord: Word(number, minutes); break;
      case ClockForm::kPhrase: Phrase(number, endpoint, minutes); break;
      case ClockForm::kSpelled: Spelled(number, endpoint, minutes); break;
    }
  }

  // ---- digits ----

  void Digits(int number, const evenkeel::Endpoint& endpoint, int minutes) {
    const Clock& clock = endpoint.clock;
    const Part* hour = Find(PartKind::kHour, number);
    if (hour == nullptr) return Fail("its digits cannot be found");
    const bool of_24 = (clock.sure_24 || endpoint.as_24) && clock.meridiem == Meridiem::kNone;
    std::string text;
    if (of_24) {
      text = PaddedNumber(minutes / 60, clock.form == ClockForm::kCompact || Pads24Hour(*hour) ? 2 : 1);
    } else {
      const int value = TwelveHour(minutes);
      const bool padded = hour->text[0] == '0' || (hour->text.size() == 2 && style_.pads_twelve_hour);
      text = PaddedNumber(value, padded ? 2 : 1);
    }
    ReplacePart(bytes_, *hour, text, &rewrite_.edits);
    Minute(number, clock, *hour, minutes % 60);
    if (!of_24) Half(number, endpoint, minutes);
  }

  // "10:30" does not say whether the page writes 09:30 or 9:30: other clocks do, and with none of them the zero stays, for
  // it is what tells a 24-hour clock.
  bool Pads24Hour(const Part& hour) const {
    if (hour.text.size() == 1) return false;
    return hour.text[0] == '0' || style_.pads_24_hour.value_or(true);
  }

  void Minute(int number, const Clock& clock, const Part& hour, int minute) {
    if (const Part* part = Find(PartKind::kMinute, number)) {
      ReplacePart(bytes_, *part, PaddedNumber(minute, 2), &rewrite_.edits);
      return;
    }
    if (minute == clock.minute) return;
    const std::size_t after = clock.last - clock.first;
    if (clock.meridiem_at.empty() && after > 1 && !clock.unit) return Fail("these words say no minutes");
    const std::size_t at = hour.glyphs.back().end;
    if (IsHourLetter(at)) return Insert(at + 1, PaddedNumber(minute, 2));  // 16h
    const Part* other = number == 0 ? Find(PartKind::kHour, 1) : nullptr;
    const bool shared = other != nullptr && mention_.end->clock.unit && IsHourLetter(other->glyphs.back().end);  // 16-19h
    Insert(at, (shared ? "h" : ":") + PaddedNumber(minute, 2));
  }

  bool IsHourLetter(std::size_t at) const { return at < bytes_.size() && (bytes_[at] == 'h' || bytes_[at] == 'H') && (at + 1 == bytes_.size() || !IsAlpha(bytes_[at + 1])); }

  // ---- meridiem ----

  void Half(int number, const evenkeel::Endpoint& endpoint, int minutes) {
    const Meridiem half = HalfOf(minutes);
    if (const Part* own = Find(PartKind::kMeridiem, number)) {
      ReplacePart(bytes_, *own, MeridiemLike(own->text, half), &rewrite_.edits);
      return;
    }
    if (endpoint.clock.day_part && half != endpoint.clock.meridiem) Fail("the words for the part of the day would be wrong");
    if (endpoint.clock.day_part) return;
    if (!MustGrow(number, endpoint, minutes)) return;
    // Written down the guess would be a fact.
    if (endpoint.open) return Fail("nothing on the page says which half of the day it means");
    Grow(number, half);
  }

  // Whether a clock without its own meridiem would be read as another time.
  bool MustGrow(int number, const evenkeel::Endpoint& endpoint, int minutes) const {
    const Clock& clock = endpoint.clock;
    if (clock.meridiem != Meridiem::kNone || clock.sure_24 || endpoint.as_24) return false;
    if (number == 0 && mention_.end && mention_.end->clock.meridiem != Meridiem::kNone && mention_.end->clock.form != ClockForm::kWord) {
      const bool same = HalfOf(minutes) == HalfOf(end_);
      const bool was_same = HalfOf(*mention_.start.minutes) == HalfOf(*mention_.end->minutes);
      if (same) return minutes >= end_;
      return was_same || minutes < end_ - kNoon || (minutes + kNoon) % kDay < end_;
    }
    if (number == 1 && (mention_.start.clock.meridiem != Meridiem::kNone || mention_.start.clock.sure_24)) {
      const int wait = OnDay(minutes - start_);
      return wait == 0 || wait > kNoon;
    }
    if (mention_.partner != kNone) return HalfOf(minutes) != HalfOf(*endpoint.minutes);
    if (number == 1) {
      const int wait = OnDay(minutes - start_);
      return wait == 0 || wait > kNoon || !InSailingHours(start_);
    }
    return endpoint.open && !InSailingHours(minutes);
  }

  bool InSailingHours(int minutes) const { return OnDay(minutes - options_.sailing_begin) < kNoon; }

  void Grow(int number, Meridiem half) {
    const Part* minute = Find(PartKind::kMinute, number);
    const Part* hour = Find(PartKind::kHour, number);
    if (minute == nullptr && hour == nullptr) return Fail("without a meridiem these words would be read as another time");
    const Part& last = minute != nullptr ? *minute : *hour;
    std::string gap = style_.meridiem_gap;
    std::string sample = style_.meridiem;
    if (const Part* other = Find(PartKind::kMeridiem, 1 - number)) {
      const Part* other_minute = Find(PartKind::kMinute, 1 - number);
      const Part* other_hour = Find(PartKind::kHour, 1 - number);
      const Part* digits = other_minute != nullptr ? other_minute : other_hour;
      if (digits != nullptr) gap = WithoutTags(bytes_.substr(digits->glyphs.back().end, other->glyphs.front().begin - digits->glyphs.back().end));
      sample = WithoutTags(bytes_.substr(other->glyphs.front().begin, other->glyphs.back().end - other->glyphs.front().begin));
    }
    // One insertion at one place: join it with a minute that was inserted there.
    const std::size_t at = EndOfClock(number, last.glyphs.back().end);
    const std::string text = gap + MeridiemLike(sample, half);
    if (!rewrite_.edits.empty() && rewrite_.edits.back().span == Span{at, at}) {
      rewrite_.edits.back().replacement += text;
    } else {
      Insert(at, text);
    }
  }

  // Behind its digits, and behind what belongs to them: "4 o'clock", "4:30:00".
  std::size_t EndOfClock(int number, std::size_t digits_end) const {
    const Span own = number == 0 ? mention_.start.span : mention_.end->span;
    if (own.end <= digits_end) return digits_end;
    const std::string rest = WithoutTags(bytes_.substr(digits_end, own.end - digits_end));
    return TrimSpaces(rest).empty() ? digits_end : own.end;
  }

  // ---- words ----

  void Word(int number, int minutes) {
    const Part* phrase = Find(PartKind::kPhrase, number);
    if (phrase == nullptr) return Fail("its words say no other time");
    std::string text;
    if (minutes == kNoon || minutes == 0) {
      text = minutes == 0 ? "midnight" : "noon";
      if (phrase->text[0] >= 'A' && phrase->text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 32);
      if (IsDigit(phrase->text[0])) text = "12 " + ToLower(text);
    } else {
      text = std::to_string(TwelveHour(minutes));
      if (minutes % 60 != 0) text += ":" + PaddedNumber(minutes % 60, 2);
      std::string gap = style_.meridiem_gap;
      std::string sample = style_.meridiem;
      if (const Part* other = Find(PartKind::kMeridiem, 1 - number)) sample = other->text;
      text += gap + MeridiemLike(sample, HalfOf(minutes));
    }
    ReplacePart(bytes_, *phrase, text, &rewrite_.edits);
  }

  static std::string HourLike(std::string_view sample, int hour) {
    if (IsDigit(sample[0])) return std::to_string(hour);
    std::string word(kHourWords[static_cast<std::size_t>(hour % 12)]);
    if (sample[0] >= 'A' && sample[0] <= 'Z') word[0] = static_cast<char>(word[0] - 32);
    return word;
  }

  // "half past four": the hour is its last word.
  void Phrase(int number, const evenkeel::Endpoint& endpoint, int minutes) {
    const Part* phrase = Find(PartKind::kPhrase, number);
    if (phrase == nullptr) return Fail("its words cannot be found");
    std::size_t last = phrase->text.size();
    while (last > 0 && IsAlnum(phrase->text[last - 1])) --last;
    const bool to = IsCountedBack(ToLower(phrase->text));
    const std::string sample = phrase->text.substr(last);
    const int old = endpoint.clock.minute;
    std::string head = phrase->text.substr(0, last);
    bool named_next = to;
    if (minutes % 60 != old) {
      head = QuarterHead(minutes % 60, phrase->text);
      named_next = minutes % 60 == 45;
      if (head.empty()) return Fail("these words cannot say " + FormatMinutes(minutes));
    }
    const int hour = TwelveHour(OnDay(minutes + (named_next ? 60 : 0)));
    ReplacePart(bytes_, *phrase, head + HourLike(sample, hour), &rewrite_.edits);
    if (Find(PartKind::kMeridiem, number) != nullptr || endpoint.clock.day_part) Half(number, endpoint, minutes);
    CheckOpen(number, endpoint, minutes);
  }

  // "quarter of five" keeps its "of", and "half after four" its "after".
  static std::string QuarterHead(int minute, std::string_view sample) {
    const std::string lower = ToLower(sample);
    const bool american = lower.find(" after ") != std::string::npos || lower.find(" of ") != std::string::npos;
    std::string head = minute == 15 ? "quarter past " : minute == 30 ? "half past " : minute == 45 ? "quarter to " : "";
    if (american && !head.empty()) head = head.substr(0, head.find(' ') + 1) + (minute == 45 ? "of " : "after ");
    if (!head.empty() && sample[0] >= 'A' && sample[0] <= 'Z') head[0] = static_cast<char>(head[0] - 32);
    return head;
  }

  // "four o'clock", "seven thirty pm": the hour is its first word.
  void Spelled(int number, const evenkeel::Endpoint& endpoint, int minutes) {
    const Part* phrase = Find(PartKind::kPhrase, number);
    if (phrase == nullptr) return Fail("its words cannot be found");
    if (minutes % 60 != endpoint.clock.minute) return Fail("these words cannot say " + FormatMinutes(minutes));
    std::size_t end = 0;
    while (end < phrase->text.size() && IsAlpha(phrase->text[end])) ++end;
    ReplacePart(bytes_, *phrase, HourLike(phrase->text, TwelveHour(minutes)) + phrase->text.substr(end), &rewrite_.edits);
    if (Find(PartKind::kMeridiem, number) != nullptr || endpoint.clock.day_part) Half(number, endpoint, minutes);
    CheckOpen(number, endpoint, minutes);
  }

  void CheckOpen(int number, const evenkeel::Endpoint& endpoint, int minutes) {
    if (Find(PartKind::kHour, number) == nullptr && Find(PartKind::kMeridiem, number) == nullptr && !endpoint.clock.day_part && MustGrow(number, endpoint, minutes)) {
      Fail("without a meridiem these words would be read as another time");
    }
  }

  // ---- beside it ----

  void Weekday(int day_delta) {
    const Part* part = Find(PartKind::kWeekday, 0);
    if (part == nullptr || !mention_.weekday || day_delta % 7 == 0) return;
    const unsigned weekday = (*mention_.weekday + static_cast<unsigned>(day_delta % 7 + 7)) % 7;
    ReplacePart(bytes_, *part, WeekdayLike(part->text, weekday), &rewrite_.edits);
  }

  // PDT becomes PST where the new time lies on the other side of a change. In the hour that is repeated the letters say which one is meant.
  void Zone(const MentionGoal& goal) {
    const Part* part = Find(PartKind::kZone, 0);
    if (part == nullptr || options_.zones == nullptr || !goal.start->date || !mention_.ref.date || mention_.zone_shift != 0) return;
    const auto before = PlacedAs(part->text, {mention_.ref.date, mention_.start.minutes.value_or(0)});
    if (!before || !IsNamed(part->text, *before) || PlacedAs(part->text, *goal.start, true)) return;
    const auto after = PlacedAs(part->text, *goal.start);
    if (!after) return;
    std::string text = after->abbreviation;
    if (EndsInOffset(part->text)) text = part->text.substr(0, part->text.size() - kOffsetSize) + OffsetText(after->offset);
    if (part->text[0] >= 'a' && part->text[0] <= 'z') text = ToLower(text);
    ReplacePart(bytes_, *part, text, &rewrite_.edits);
  }

  // "-07:00", "UTC-07:00"
  static constexpr std::size_t kOffsetSize = 6;
  static bool EndsInOffset(std::string_view text) {
    if (text.size() < kOffsetSize) return false;
    const std::string_view offset = text.substr(text.size() - kOffsetSize);
    return (offset[0] == '-' || offset[0] == '+') && IsDigit(offset[1]) && IsDigit(offset[2]) && offset[3] == ':' && IsDigit(offset[4]) && IsDigit(offset[5]);
  }
  static std::string OffsetText(std::chrono::seconds offset) {
    const long long minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
    const long long size = minutes < 0 ? -minutes : minutes;
    return (minutes < 0 ? "-" : "+") + PaddedNumber(size / 60, 2) + ":" + PaddedNumber(size % 60, 2);
  }
  static bool IsNamed(std::string_view written, const Placing& placing) {
    if (EqualsFolded(written, placing.abbreviation)) return true;
    return EndsInOffset(written) && written.substr(written.size() - kOffsetSize) == OffsetText(placing.offset);
  }

  // The placing that is written so; without one the first, unless only one of that name will do.
  std::optional<Placing> PlacedAs(std::string_view written, const LocalDateTime& time, bool named = false) const {
    const LocalSeconds local(date::local_days(*time.date).time_since_epoch() + std::chrono::minutes(time.minutes));
    const std::vector<Placing> placings = PlacingsOf(*options_.zones, options_.zone, local);
    for (const Placing& placing : placings) {
      if (IsNamed(written, placing)) return placing;
    }
    return placings.empty() || named ? std::nullopt : std::optional(placings.front());
  }

  std::string_view bytes_;
  const Mention& mention_;
  const PageStyle& style_;
  const ReadOptions& options_;
  int start_ = 0;
  int end_ = 0;
  Rewrite rewrite_;
};

}  // namespace

Rewrite RewriteClock(std::string_view bytes, const Mention& mention, const MentionGoal& goal, const PageStyle& style, const ReadOptions& options) {
  return ClockRewriter(bytes, mention, style, options).Run(goal);
}

}  // namespace evenkeel
