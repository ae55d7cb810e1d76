#include "read/rewrite.h"

#include <algorithm>
#include <cstdio>

#include "read/bytes.h"
#include "read/resolve.h"

namespace evenkeel {
namespace {

constexpr int kDay = 24 * 60;
constexpr int kNoon = 12 * 60;

int OnDay(int minutes) { return ((minutes % kDay) + kDay) % kDay; }
Meridiem HalfOf(int minutes) { return minutes < kNoon ? Meridiem::kAm : Meridiem::kPm; }
int TwelveHour(int minutes) { return (minutes / 60 + 11) % 12 + 1; }

std::string Number(long long value, std::size_t width) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*lld", static_cast<int>(width), value);
  return text;
}

std::string MeridiemLike(std::string_view sample, Meridiem half) {
  std::string text(sample);
  const bool upper = !text.empty() && text[0] >= 'A' && text[0] <= 'Z';
  if (!text.empty()) text[0] = half == Meridiem::kAm ? (upper ? 'A' : 'a') : (upper ? 'P' : 'p');
  return text;
}

// The bytes without markup in them.
std::string WithoutTags(std::string_view bytes) {
  std::string out;
  bool tag = false;
  for (const char c : bytes) {
    if (c == '<') tag = true;
    if (!tag) out.push_back(c);
    if (c == '>') tag = false;
  }
  return out;
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
      const bool unpadded = endpoint.as_24 || hour->text.size() == 1;
      text = Number(minutes / 60, clock.form == ClockForm::kCompact || !unpadded ? 2 : 1);
    } else {
      const int value = TwelveHour(minutes);
      const bool padded = hour->text[0] == '0' || (hour->text.size() == 2 && style_.pads_twelve_hour);
      text = Number(value, padded ? 2 : 1);
    }
    ReplacePart(bytes_, *hour, text, &rewrite_.edits);
    Minute(number, clock, *hour, minutes % 60);
    if (!of_24) Half(number, endpoint, minutes);
  }

  void Minute(int number, const Clock& clock, const Part& hour, int minute) {
    if (const Part* part = Find(PartKind::kMinute, number)) {
      ReplacePart(bytes_, *part, Number(minute, 2), &rewrite_.edits);
      return;
    }
    if (minute == clock.minute) return;
    const std::size_t after = clock.last - clock.first;
    if (clock.meridiem_at.empty() && after > 1) return Fail("these words say no minutes");
    Insert(hour.glyphs.back().end, ":" + Number(minute, 2));
  }

  // ---- meridiem ----

  void Half(int number, const evenkeel::Endpoint& endpoint, int minutes) {
    const Meridiem half = HalfOf(minutes);
    if (const Part* own = Find(PartKind::kMeridiem, number)) {
      ReplacePart(bytes_, *own, MeridiemLike(own->text, half), &rewrite_.edits);
      return;
    }
    if (endpoint.clock.day_part && half != endpoint.clock.meridiem) Fail("the words for the part of the day would be wrong");
    if (endpoint.clock.day_part) return;
    if (MustGrow(number, endpoint, minutes)) Grow(number, half);
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
    const std::size_t at = last.glyphs.back().end;
    const std::string text = gap + MeridiemLike(sample, half);
    if (!rewrite_.edits.empty() && rewrite_.edits.back().span == Span{at, at}) {
      rewrite_.edits.back().replacement += text;
    } else {
      Insert(at, text);
    }
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
      if (minutes % 60 != 0) text += ":" + Number(minutes % 60, 2);
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
      head = QuarterHead(minutes % 60, phrase->text[0]);
      named_next = minutes % 60 == 45;
      if (head.empty()) return Fail("these words cannot say " + FormatMinutes(minutes));
    }
    const int hour = TwelveHour(OnDay(minutes + (named_next ? 60 : 0)));
    ReplacePart(bytes_, *phrase, head + HourLike(sample, hour), &rewrite_.edits);
    if (Find(PartKind::kMeridiem, number) != nullptr || endpoint.clock.day_part) Half(number, endpoint, minutes);
    CheckOpen(number, endpoint, minutes);
  }

  static std::string QuarterHead(int minute, char first) {
    std::string head = minute == 15 ? "quarter past " : minute == 30 ? "half past " : minute == 45 ? "quarter to " : "";
    if (!head.empty() && first >= 'A' && first <= 'Z') head[0] = static_cast<char>(head[0] - 32);
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

  // PDT becomes PST where the new time lies on the other side of a change.
  void Zone(const MentionGoal& goal) {
    const Part* part = Find(PartKind::kZone, 0);
    if (part == nullptr || options_.zones == nullptr || !goal.start->date || !mention_.ref.date || mention_.zone_shift != 0) return;
    const auto before = AbbreviationAt({mention_.ref.date, mention_.start.minutes.value_or(0)});
    const auto after = AbbreviationAt(*goal.start);
    if (!before || !after || *before == *after || !EqualsFolded(part->text, *before)) return;
    std::string text = *after;
    if (part->text[0] >= 'a' && part->text[0] <= 'z') text = ToLower(text);
    ReplacePart(bytes_, *part, text, &rewrite_.edits);
  }

  std::optional<std::string> AbbreviationAt(const LocalDateTime& time) const {
    const LocalSeconds local(date::local_days(*time.date).time_since_epoch() + std::chrono::minutes(time.minutes));
    const StatusOr<LocalResolution> instant = options_.zones->ToInstant(options_.zone, local);
    if (!instant.ok()) return std::nullopt;
    const StatusOr<ZonedTime> zoned = options_.zones->ToLocal(options_.zone, instant->instant);
    if (!zoned.ok()) return std::nullopt;
    return zoned->abbreviation;
  }

  std::string_view bytes_;
  const Mention& mention_;
  const PageStyle& style_;
  const ReadOptions& options_;
  int start_ = 0;
  int end_ = 0;
  Rewrite rewrite_;
};

// ---- machine-written forms ----

std::string OffsetLike(std::string_view sample, std::chrono::seconds offset) {
  const long long total = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  const long long size = total < 0 ? -total : total;
  std::string text(1, total < 0 ? '-' : '+');
  text += Number(size / 60, 2);
  if (sample.find(':') != std::string_view::npos) text += ":";
  if (sample.size() > 3) text += Number(size % 60, 2);
  return text;
}

class InstantRewriter {
 public:
  InstantRewriter(std::string_view bytes, const Mention& mention, const ReadOptions& options) : bytes_(bytes), mention_(mention), options_(options) {}

  Rewrite Run(const MentionGoal& goal) {
    if (mention_.base64) {
      rewrite_.problem = "it stands in base64";
      return rewrite_;
    }
    LocalDateTime target = *goal.start;
    if (!mention_.written) {  // a clock alone
      Fields(date::local_days(Date(date::year(2000), date::month(1), date::day(1))) + std::chrono::minutes(target.minutes));
      return rewrite_;
    }
    if (!target.date) target.date = mention_.ref.date;
    const LocalSeconds local(date::local_days(*target.date).time_since_epoch() + std::chrono::minutes(target.minutes) + std::chrono::seconds(mention_.second));
    if (!mention_.utc) {
      Fields(local);
      return rewrite_;
    }
    const std::optional<LocalResolution> there = Place(local);
    if (!there) {
      rewrite_.problem = "without a zone source its instant cannot be placed";
      return rewrite_;
    }
    Instants(*there);
    return rewrite_;
  }

 private:
  std::optional<LocalResolution> Place(LocalSeconds local) const {
    if (options_.zones == nullptr) {
      if (options_.zone != "UTC") return std::nullopt;
      return LocalResolution{LocalResolution::Kind::kUnique, Instant(local.time_since_epoch()), std::chrono::seconds(0)};
    }
    const StatusOr<LocalResolution> there = options_.zones->ToInstant(options_.zone, local);
    if (!there.ok()) return std::nullopt;
    return *there;
  }

  void Instants(const LocalResolution& there) {
    if (mention_.form == MentionForm::kEpochSeconds || mention_.form == MentionForm::kEpochMillis) return Epoch(there.instant);
    std::chrono::seconds offset = std::chrono::minutes(*mention_.offset_minutes);
    const Part* written = Find(PartKind::kOffset);
    const bool z = written == nullptr || ToLower(written->text) == "z";
    if (!z && OffsetBefore() == offset && there.offset != offset) {  // the zone's own offset follows its rules
      offset = there.offset;
      if ((offset.count() < 0) != (written->text[0] == '-') && written->glyphs[0].size() != 1) rewrite_.problem = "the offset's sign is escaped";
      ReplacePart(bytes_, *written, OffsetLike(written->text, offset), &rewrite_.edits);
    }
    Fields(LocalSeconds(there.instant.time_since_epoch() + offset));
  }

  // The zone's offset at the instant as it is written now.
  std::optional<std::chrono::seconds> OffsetBefore() const {
    if (options_.zones == nullptr || !mention_.ref.instant) return std::nullopt;
    const StatusOr<ZonedTime> zoned = options_.zones->ToLocal(options_.zone, *mention_.ref.instant);
    if (!zoned.ok()) return std::nullopt;
    return zoned->offset;
  }

  void Epoch(Instant instant) {
    const Part* part = Find(PartKind::kEpoch);
    const long long seconds = instant.time_since_epoch().count();
    std::string text = std::to_string(seconds);
    if (mention_.form == MentionForm::kEpochMillis) text += part->text.substr(part->text.size() - 3);
    // Seconds inside the minute stay.
    ReplacePart(bytes_, *part, text, &rewrite_.edits);
  }

  const Part* Find(PartKind kind) const {
    for (const Part& part : mention_.parts) {
      if (part.kind == kind) return &part;
    }
    return nullptr;
  }

  void Fields(LocalSeconds local) {
    const auto day = date::floor<date::days>(local);
    const Date calendar{date::local_days(day)};
    const auto clock = date::hh_mm_ss<std::chrono::seconds>(local - day);
    const bool minute_written = Find(PartKind::kMinute) != nullptr;
    for (const Part& part : mention_.parts) {
      const bool arguments = mention_.form == MentionForm::kArguments;
      const std::size_t width = arguments && part.text[0] != '0' ? 1 : part.text.size();
      switch (part.kind) {
        case PartKind::kYear: Set(part, static_cast<int>(calendar.year()), width); break;
        case PartKind::kMonth: Set(part, static_cast<int>(static_cast<unsigned>(calendar.month())) - (mention_.month_from_zero ? 1 : 0), arguments && part.text == "0" ? 1 : width); break;
        case PartKind::kDay: Set(part, static_cast<int>(static_cast<unsigned>(calendar.day())), width); break;
        case PartKind::kHour:
          Set(part, clock.hours().count(), arguments && part.text == "0" ? 1 : width);
          if (!minute_written && clock.minutes().count() != 0) rewrite_.edits.push_back({{part.glyphs.back().end, part.glyphs.back().end}, ", " + std::to_string(clock.minutes().count())});
          break;
        case PartKind::kMinute: Set(part, clock.minutes().count(), arguments && part.text == "0" ? 1 : width); break;
        case PartKind::kSecond: case PartKind::kWeekday: case PartKind::kOrdinal: case PartKind::kMeridiem: case PartKind::kPhrase: case PartKind::kOffset:
        case PartKind::kZone: case PartKind::kEpoch: break;
      }
    }
  }

  void Set(const Part& part, long long value, std::size_t width) { ReplacePart(bytes_, part, Number(value, width), &rewrite_.edits); }

  std::string_view bytes_;
  const Mention& mention_;
  const ReadOptions& options_;
  Rewrite rewrite_;
};

}  // namespace

PageStyle ReadPageStyle(std::string_view bytes, const Findings& findings) {
  PageStyle style;
  bool found = false;
  bool unpadded = false;
  for (const Mention& mention : findings.mentions) {
    if (mention.form != MentionForm::kClock || mention.ref.carrier == Carrier::kComment) continue;
    const Part* digits = nullptr;
    for (const Part& part : mention.parts) {
      if (part.kind == PartKind::kHour || part.kind == PartKind::kMinute) digits = &part;
      if (part.kind != PartKind::kMeridiem) continue;
      if (!found && digits != nullptr && digits->endpoint == part.endpoint && mention.ref.carrier == Carrier::kText) {
        style.meridiem_gap = WithoutTags(bytes.substr(digits->glyphs.back().end, part.glyphs.front().begin - digits->glyphs.back().end));
        style.meridiem = part.text;
        found = true;
      }
    }
    for (const Part& part : mention.parts) {
      if (part.kind != PartKind::kHour || mention.start.clock.meridiem == Meridiem::kNone) continue;
      style.pads_twelve_hour = style.pads_twelve_hour || part.text[0] == '0';
      unpadded = unpadded || part.text.size() == 1;
    }
  }
  style.pads_twelve_hour = style.pads_twelve_hour && !unpadded;
  return style;
}

Rewrite RewriteMention(std::string_view bytes, const Mention& mention, const MentionGoal& goal, const PageStyle& style, const ReadOptions& options) {
  if (mention.form == MentionForm::kClock) return ClockRewriter(bytes, mention, style, options).Run(goal);
  return InstantRewriter(bytes, mention, options).Run(goal);
}

}  // namespace evenkeel
