// Instants on the booking's wall clock, and the half of the day that a clock leaves open.
#include <algorithm>
#include <bitset>
#include <map>
#include <set>

#include "read/bytes.h"
#include "read/resolve.h"

namespace evenkeel {
namespace {

constexpr int kHalfDay = 12 * 60;
constexpr int kDay = 24 * 60;

bool IsDecided(const Clock& clock) { return clock.meridiem != Meridiem::kNone || clock.sure_24; }

int Decided(const Clock& clock) { return MinutesOf(clock, clock.meridiem); }

// Values that pages state beyond doubt, how long things last, and whether its clock runs to 24.
struct PageClock {
  std::set<int> sure;
  std::map<int, std::string> lengths;  // minutes, as written
  bool runs_to_24 = false;
  std::bitset<kDay> length_away;  // minutes that a time of the page lies one of its lengths before or after
  std::bitset<kDay> near_others;  // minutes that a time of the page lies within a few hours of
};

void MarkSurroundings(PageClock* page) {
  constexpr int kNear = 4 * 60;
  for (const int sure : page->sure) {
    for (int apart = -kNear; apart <= kNear; ++apart) page->near_others.set(static_cast<std::size_t>((sure + apart + kDay) % kDay));
    for (const auto& [length, text] : page->lengths) {
      page->length_away.set(static_cast<std::size_t>((sure + length) % kDay));
      page->length_away.set(static_cast<std::size_t>((sure - length + kDay) % kDay));
    }
  }
}

PageClock ReadPageClock(const Findings& findings) {
  PageClock page;
  for (const Duration& duration : findings.durations) page.lengths.emplace(duration.minutes, duration.text);
  bool meridiems = false;
  for (const Mention& mention : findings.mentions) {
    if (mention.ref.carrier == Carrier::kComment || mention.label.role == Role::kUnrelated) continue;
    if (mention.form != MentionForm::kClock) {
      if (mention.start.minutes) page.sure.insert(*mention.start.minutes);
      continue;
    }
    for (const Endpoint* endpoint : {&mention.start, mention.end ? &*mention.end : nullptr}) {
      if (endpoint == nullptr || !IsDecided(endpoint->clock)) continue;
      page.sure.insert(Decided(endpoint->clock));
      if (endpoint->clock.meridiem != Meridiem::kNone) meridiems = meridiems || endpoint->clock.form != ClockForm::kWord;
      const bool text = mention.ref.carrier == Carrier::kText || mention.ref.carrier == Carrier::kAttribute;
      if (endpoint->clock.sure_24 && text) page.runs_to_24 = true;
    }
  }
  page.runs_to_24 = page.runs_to_24 && !meridiems;
  MarkSurroundings(&page);
  return page;
}

int OpenHour(Endpoint* endpoint, const PageClock& page, const ReadOptions& options, std::string* why) {
  const Clock& clock = endpoint->clock;
  const int early = MinutesOf(clock, Meridiem::kAm);
  const int late = early + kHalfDay;
  const bool early_sure = page.sure.count(early) != 0;
  const bool late_sure = page.sure.count(late) != 0;
  if (page.runs_to_24 && !clock.bare && clock.form == ClockForm::kDigits) {
    *why = "the page uses a 24-hour clock";
    endpoint->as_24 = true;
    return clock.hour * 60 + clock.minute;
  }
  if (early_sure != late_sure) {
    *why = "another place on the page says which half of the day";
    return early_sure ? early : late;
  }
  const auto e = static_cast<std::size_t>(early);
  const auto l = static_cast<std::size_t>(late);
  if (page.length_away[e] != page.length_away[l]) {
    *why = "another time and a length on the page say which half of the day";
    return page.length_away[e] ? early : late;
  }
  if (page.near_others[e] != page.near_others[l]) {
    *why = "the half of the day that the page's other times lie in";
    return page.near_others[e] ? early : late;
  }
  endpoint->open = true;
  *why = "read into the sailing hours, nothing else decides";
  const int begin = ((options.sailing_begin % kDay) + kDay) % kDay;
  const int after = ((early - begin) % kDay + kDay) % kDay;
  return after < kHalfDay ? early : late;
}

// The first clock reading of `clock` after `from` (in minutes of one day).
int NextAfter(const Clock& clock, int from) {
  const int early = MinutesOf(clock, Meridiem::kAm);
  const int late = early + kHalfDay;
  const auto wait = [&](int candidate) { return candidate > from ? candidate - from : candidate - from + kDay; };
  return wait(early) <= wait(late) ? early : late;
}

// Singles whose half of the day only the sailing hours decided: what arrives does so before the start that the page states,
// and what ends does so after it.
void OrderAroundStart(Findings* findings) {
  std::set<int> starts;
  for (const Mention& mention : findings->mentions) {
    const bool start = mention.label.role == Role::kStart || mention.label.role == Role::kStartEnd;
    if (start && mention.form == MentionForm::kClock && !mention.second_half && mention.start.minutes) starts.insert(*mention.start.minutes);
  }
  if (starts.size() != 1) return;
  const int start = *starts.begin();
  for (Mention& mention : findings->mentions) {
    const bool single = mention.form == MentionForm::kClock && !mention.end && !mention.lasts && mention.partner == kNone;
    if (!single || !mention.start.open) continue;
    const bool end = mention.label.role == Role::kEnd;
    if (!end && mention.label.role != Role::kArrival) continue;
    const int after = NextAfter(mention.start.clock, start);
    mention.start.minutes = end || after == start ? after : (after + kHalfDay) % kDay;
    mention.start.open = false;
    mention.ref.why = end ? "the first such hour after the start" : "the last such hour before the start";
  }
}

// The length on the page that the range has; empty when there is none.
std::string LengthOf(const PageClock& page, int start, int end) {
  const auto found = page.lengths.find((end - start + kDay) % kDay);
  return found == page.lengths.end() ? "" : found->second;
}

void ResolveRange(Endpoint* start, Endpoint* end, const PageClock& page, const ReadOptions& options, std::string* why) {
  const bool start_decided = IsDecided(start->clock);
  const bool end_decided = IsDecided(end->clock);
  if (start_decided) start->minutes = Decided(start->clock);
  if (end_decided) end->minutes = Decided(end->clock);
  if (start_decided && end_decided) return;
  if (!start_decided && end_decided) {
    if (end->clock.meridiem == Meridiem::kNone) {  // 10:30 - 13:00
      const int plain = start->clock.hour * 60 + start->clock.minute;
      const bool bare_late = plain + kHalfDay < *end->minutes && start->clock.hour < 7 && start->clock.hour > 0;
      start->minutes = bare_late ? plain + kHalfDay : plain;
      start->as_24 = !bare_late;
      return;
    }
    // One meridiem for both, unless the start would come after the end: "11-2 pm".
    const int same = MinutesOf(start->clock, end->clock.meridiem);
    const int other = (same + kHalfDay) % kDay;
    start->minutes = same < *end->minutes ? same : other;
    *why = same < *end->minutes ? "both ends share the meridiem" : "the start lies in the other half of the day";
    return;
  }
  if (!start_decided) start->minutes = OpenHour(start, page, options, why);
  const bool as_written = page.runs_to_24 && !end->clock.bare;
  const int plain = end->clock.hour % 24 * 60 + end->clock.minute;
  end->minutes = as_written && plain > *start->minutes ? plain : NextAfter(end->clock, *start->minutes);
  const int later = (*end->minutes + kHalfDay) % kDay;
  if (LengthOf(page, *start->minutes, *end->minutes).empty() && !LengthOf(page, *start->minutes, later).empty()) end->minutes = later;
  end->open = start->open;
  end->as_24 = start->as_24 && *end->minutes == plain;
}

}  // namespace

int MinutesOf(const Clock& clock, Meridiem meridiem) {
  if (meridiem == Meridiem::kNone) return clock.hour % 24 * 60 + clock.minute;
  const int hour = clock.hour % 12 + (meridiem == Meridiem::kPm ? 12 : 0);
  return hour * 60 + clock.minute;
}

std::vector<const Duration*> DifferentLengths(const std::vector<Duration>& durations) {
  std::vector<const Duration*> lengths;
  std::set<int> known;
  for (const Duration& duration : durations) {
    if (known.insert(duration.minutes).second) lengths.push_back(&duration);
  }
  return lengths;
}

std::optional<LocalSeconds> OnBookingClock(const ReadOptions& options, Instant instant) {
  if (options.zones == nullptr) {
    if (options.zone == "UTC") return LocalSeconds(instant.time_since_epoch());
    return std::nullopt;
  }
  const StatusOr<ZonedTime> local = options.zones->ToLocal(options.zone, instant);
  if (!local.ok()) return std::nullopt;
  return local->local;
}

void ResolveInstants(const ReadOptions& options, Findings* findings) {
  for (Mention& mention : findings->mentions) {
    if (mention.form == MentionForm::kClock || !mention.written) continue;
    LocalSeconds local = *mention.written;
    if (mention.utc) {
      const Instant instant(mention.written->time_since_epoch() - std::chrono::minutes(mention.offset_minutes.value_or(0)));
      mention.ref.instant = instant;
      const std::optional<LocalSeconds> placed = OnBookingClock(options, instant);
      if (!placed) {
        mention.start.minutes.reset();
        continue;
      }
      local = *placed;
    }
    const auto day = date::floor<date::days>(local);
    mention.ref.date = Date(date::local_days(day));
    mention.start.minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count());
  }
}

void ResolveHours(const ReadOptions& options, Findings* findings) {
  const PageClock page = ReadPageClock(*findings);
  for (Mention& mention : findings->mentions) {
    if (mention.form != MentionForm::kClock || mention.second_half) continue;
    Endpoint* end = mention.end ? &*mention.end : mention.partner != kNone ? &findings->mentions[mention.partner].start : nullptr;
    std::string why;
    if (end != nullptr) {
      ResolveRange(&mention.start, end, page, options, &why);
      if (const std::string length = LengthOf(page, *mention.start.minutes, *end->minutes); !length.empty()) {
        why += (why.empty() ? "“" : "; “") + length + "” confirms the end";
      }
    } else if (IsDecided(mention.start.clock)) {
      mention.start.minutes = Decided(mention.start.clock);
    } else {
      mention.start.minutes = OpenHour(&mention.start, page, options, &why);
    }
    mention.ref.why = why;
  }
  OrderAroundStart(findings);
}

}  // namespace evenkeel
