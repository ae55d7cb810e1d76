#include "stores/local/calendar_edit.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <map>

#include "stores/memory/event_change.h"

namespace evenkeel {
namespace {

LocalSeconds SecondsOf(const LocalDateTime& time) { return date::local_days(*time.date) + std::chrono::minutes(time.minutes); }

std::string DateText(const Date& day) {
  char text[48];
  std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

// The value in the form the old one has: a date, UTC, or a wall clock.
std::string TimeText(const LocalDateTime& time, bool is_date, bool is_utc) {
  if (is_date) return DateText(*time.date);
  char clock[48];
  std::snprintf(clock, sizeof clock, "T%02d%02d00%s", time.minutes / 60, time.minutes % 60, is_utc ? "Z" : "");
  return DateText(*time.date) + clock;
}

std::string DurationText(std::chrono::minutes length, bool is_date) {
  const auto minutes = length.count();
  if (is_date || (minutes != 0 && minutes % (24 * 60) == 0)) return "P" + std::to_string(minutes / (24 * 60)) + "D";
  std::string text = "PT";
  if (minutes >= 60) text += std::to_string(minutes / 60) + "H";
  if (minutes % 60 != 0 || minutes == 0) text += std::to_string(minutes % 60) + "M";
  return text;
}

class Editor {
 public:
  Editor(const CalendarPage& page, const KnownEvent& known, const Event& wanted, const CalendarReading& reading, Instant now)
      : page_(page), known_(known), wanted_(wanted), reading_(reading), now_(now) {}

  // The event's text with what changes, and every other byte as it is.
  StatusOr<std::string> Run() {
    EVENKEEL_RETURN_IF_ERROR(SetValues());
    std::string result;
    std::size_t copied = known_.text->span.begin;
    const ContentLine* start = known_.text->Find("DTSTART");
    for (const ContentLine& line : known_.text->lines) {
      const auto found = values_.find(line.name);
      const bool first = known_.text->Find(line.name) == &line;
      if (found != values_.end() && first) {
        result += page_.bytes.substr(copied, line.span.begin - copied) + FoldLine(line.head, found->second, line.ending);
        copied = line.span.end;
      }
      if (&line != start) continue;
      result += page_.bytes.substr(copied, line.span.end - copied);
      copied = line.span.end;
      for (const auto& [name, value] : values_) {
        if (known_.text->Find(name) != nullptr) continue;
        result += FoldLine(name == "DTEND" ? "DTEND" + line.head.substr(std::string("DTSTART").size()) : name, value, line.ending);
      }
    }
    return result + page_.bytes.substr(copied, known_.text->span.end - copied);
  }

 private:
  static bool IsUtc(const ContentLine* line) { return line != nullptr && (line->value.ends_with('Z') || line->value.ends_with('z')); }

  // The new value of each property that changes; a property that is not there is put after DTSTART.
  Status SetValues() {
    const Event& now = known_.event;
    if (wanted_.start != now.start) values_["DTSTART"] = TimeText(*wanted_.start, now.all_day, IsUtc(known_.text->Find("DTSTART")));
    EVENKEEL_RETURN_IF_ERROR(SetEnd());
    if (wanted_.summary != now.summary) values_["SUMMARY"] = EscapeText(wanted_.summary);
    if (wanted_.description != now.description) values_["DESCRIPTION"] = EscapeText(wanted_.description);
    if (wanted_.status != now.status) values_["STATUS"] = EscapeText(wanted_.status);
    if (!values_.empty()) SetMarks();
    return OkStatus();
  }

  Status SetEnd() {
    const Event& now = known_.event;
    const ContentLine* end = known_.text->Find("DTEND");
    if (known_.text->Find("DURATION") != nullptr && end == nullptr) {
      const auto length = [](const Event& event) { return std::chrono::duration_cast<std::chrono::minutes>(SecondsOf(*event.end) - SecondsOf(*event.start)); };
      if (length(wanted_) != length(now)) values_["DURATION"] = DurationText(length(wanted_), now.all_day);
    } else if (wanted_.end != now.end) {
      const std::string zone = end == nullptr ? now.zone : known_.end_zone;
      LocalDateTime time = *wanted_.end;
      if (!now.all_day) {
        EVENKEEL_ASSIGN_OR_RETURN(time, MoveToZone(time, now.zone, zone, reading_.zone, reading_.zones));
      }
      values_["DTEND"] = TimeText(time, now.all_day, IsUtc(end == nullptr ? known_.text->Find("DTSTART") : end));
    }
    return OkStatus();
  }

  // That it was changed, and when.
  void SetMarks() {
    const auto day = date::floor<date::days>(now_);
    const date::hh_mm_ss clock(now_ - day);
    char text[64];
    std::snprintf(text, sizeof text, "T%02d%02d%02dZ", static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    for (const char* name : {"DTSTAMP", "LAST-MODIFIED"}) {
      if (known_.text->Find(name) != nullptr) values_[name] = DateText(Date(day)) + text;
    }
    const ContentLine* sequence = known_.text->Find("SEQUENCE");
    std::int32_t number = 0;
    if (sequence == nullptr) return;
    const char* end = sequence->value.data() + sequence->value.size();
    const auto read = std::from_chars(sequence->value.data(), end, number);
    const bool is_number = read.ec == std::errc() && read.ptr == end && number >= 0 && number < std::numeric_limits<std::int32_t>::max();
    if (is_number) values_["SEQUENCE"] = std::to_string(number + 1);
  }

  const CalendarPage& page_;
  const KnownEvent& known_;
  const Event& wanted_;
  const CalendarReading& reading_;
  Instant now_;
  std::map<std::string, std::string> values_;
};

// A second opinion: parsed anew by both parsers, the event must say what was planned.
bool ReadsAsWanted(const std::string& after, const Event& wanted, const CalendarReading& reading) {
  const auto page = ReadCalendarPage(after, reading);
  if (!page.ok()) return false;
  const auto known = FindKnown(KnowEvents(*page, reading), wanted.uid, reading);
  if (!known.ok() || !SaysAsWanted(known->event, wanted) || known->event.extensions != wanted.extensions) return false;
  return page->components[static_cast<std::size_t>(known->text - page->text.events.data())].summary == wanted.summary;
}

}  // namespace

std::vector<KnownEvent> KnowEvents(const CalendarPage& page, const CalendarReading& reading) {
  std::vector<KnownEvent> all;
  for (std::size_t i = 0; i < page.text.events.size(); ++i) all.push_back(KnowEvent(page, i, reading));
  const auto is_occasion = [](const KnownEvent& known) { return known.text->Find("RECURRENCE-ID") != nullptr; };
  std::stable_sort(all.begin(), all.end(), [&](const KnownEvent& a, const KnownEvent& b) {
    return a.event.uid != b.event.uid ? a.event.uid < b.event.uid : is_occasion(a) < is_occasion(b);
  });
  std::vector<KnownEvent> result;
  for (KnownEvent& known : all) {
    const bool again = !result.empty() && !known.event.uid.empty() && result.back().event.uid == known.event.uid;
    if (!again) {
      result.push_back(std::move(known));
    } else if (is_occasion(known)) {
      result.back().event.recurring = true;
    } else {
      result.back().problem = Status(Code::kInvalidArgument, reading.place + ": the events at lines " + std::to_string(result.back().text->line) + " and " +
                                                                 std::to_string(known.text->line) + " have the same UID " + known.event.uid +
                                                                 "; remove one of them", reading.store);
    }
  }
  return result;
}

StatusOr<KnownEvent> FindKnown(const std::vector<KnownEvent>& known, std::string_view uid, const CalendarReading& reading) {
  for (const KnownEvent& one : known) {
    if (one.event.uid != uid || uid.empty()) continue;
    if (!one.problem.ok()) return one.problem;
    return one;
  }
  return Status(Code::kNotFound, reading.place + " has no such event", reading.store + ":" + std::string(uid));
}

StatusOr<EditedEvent> EditEvent(const CalendarPage& page, const KnownEvent& known, const Event& wanted, const CalendarReading& reading, Instant now) {
  EditedEvent edited;
  EVENKEEL_ASSIGN_OR_RETURN(edited.event, Editor(page, known, wanted, reading, now).Run());
  const Span span = known.text->span;
  edited.after = page.bytes.substr(0, span.begin) + edited.event + page.bytes.substr(span.end);
  if (ReadsAsWanted(edited.after, wanted, reading)) return edited;
  return Status(Code::kInternal, "the edit of " + reading.place + " would not read as planned; nothing was written", reading.store + ":" + wanted.uid);
}

bool SaysAsWanted(const Event& event, const Event& wanted) {
  return event.start == wanted.start && event.end == wanted.end && event.summary == wanted.summary && event.zone == wanted.zone &&
         event.description == wanted.description && event.status == wanted.status;
}

}  // namespace evenkeel
