#include "stores/local/calendar_events.h"

#include <span>

#include "stores/local/windows_zones.h"
#include "stores/memory/event_change.h"

namespace evenkeel {
namespace {

constexpr std::size_t kZoneParts = 3;  // America/Argentina/Buenos_Aires

// Where it ends, by the wall clock of its start.
Status SetEnd(const CalendarPage& page, const EventComponent& component, const CalendarReading& reading, KnownEvent& known) {
  Event& event = known.event;
  if (component.end) {
    known.end_zone = ZoneOfTime(*component.end, page.text, reading.zones);
    event.end = component.end->time;
    if (event.all_day || component.end->is_date) return OkStatus();
    EVENKEEL_ASSIGN_OR_RETURN(event.end, MoveToZone(*event.end, known.end_zone, event.zone, reading.zone, reading.zones));
  } else if (component.duration_minutes) {
    event.end = AddMinutes(*event.start, *component.duration_minutes);
  }
  return OkStatus();
}

void SetTexts(const EventText& text, const EventComponent& component, Event& event) {
  const auto value = [&](const char* name) { return text.Find(name) == nullptr ? std::string() : UnescapeText(text.Find(name)->value); };
  event.summary = value("SUMMARY");
  event.description = value("DESCRIPTION");
  event.location = value("LOCATION");
  event.status = value("STATUS");
  event.modified = component.modified;
  for (const ContentLine& line : text.lines) {
    if (line.name.starts_with("X-")) event.extensions[line.name] = UnescapeText(line.value);
    if (line.name == "RRULE" || line.name == "RDATE" || line.name == "EXRULE" || line.name == "RECURRENCE-ID") event.recurring = true;
  }
}

// What libical is asked for, and what is used as it stands.
constexpr const char* kUnderstood[] = {"UID", "DTSTART", "DTEND", "DURATION", "LAST-MODIFIED", "DTSTAMP"};
constexpr const char* kTexts[] = {"SUMMARY", "DESCRIPTION", "LOCATION", "STATUS"};

bool IsLong(const ContentLine& line, const Limits& limits) { return line.head.size() > limits.text_bytes || line.value.size() > limits.text_bytes; }

const char* LongLineOf(const EventText& event, const Limits& limits) {
  for (const auto& names : {std::span<const char* const>(kUnderstood), std::span<const char* const>(kTexts)}) {
    for (const char* name : names) {
      const ContentLine* line = event.Find(name);
      if (line != nullptr && IsLong(*line, limits)) return name;
    }
  }
  return nullptr;
}

std::string ExcerptOf(const CalendarText& text, const Limits& limits) {
  std::string excerpt = "BEGIN:VCALENDAR\n";
  for (const EventText& event : text.events) {
    excerpt += "BEGIN:VEVENT\n";
    for (const char* name : kUnderstood) {
      const ContentLine* line = event.Find(name);
      if (line != nullptr && !IsLong(*line, limits)) excerpt += line->head + ":" + line->value + "\n";
    }
    excerpt += "END:VEVENT\n";
  }
  return excerpt + "END:VCALENDAR\n";
}

// What libical is given of the text: all of it, or the excerpt.
enum class Extent { kWhole, kExcerpt };

StatusOr<CalendarPage> ReadPage(std::string bytes, const CalendarReading& reading, Extent extent) {
  CalendarPage page;
  page.bytes = std::move(bytes);
  const auto in_place = [&](const Status& status) { return Status(status.code(), reading.place + ": " + status.message(), reading.store); };
  auto text = ReadCalendarText(page.bytes);
  if (!text.ok()) return in_place(text.status());
  page.text = *std::move(text);
  const std::size_t most = reading.limits.calendar_events;
  if (page.text.events.size() > most) {
    return in_place(Status(Code::kLimitExceeded, "it has more than " + std::to_string(most) + " events (limit calendar_events)"));
  }
  auto components = ReadComponents(extent == Extent::kWhole ? page.bytes : ExcerptOf(page.text, reading.limits));
  if (!components.ok()) return in_place(components.status());
  page.components = *std::move(components);
  if (page.components.size() == page.text.events.size()) return page;
  return in_place(Status(Code::kInvalidArgument, "libical finds " + std::to_string(page.components.size()) + " events in it, and there are " +
                                                     std::to_string(page.text.events.size()) + "; correct the file"));
}

}  // namespace

StatusOr<CalendarPage> ReadCalendarPage(std::string bytes, const CalendarReading& reading) { return ReadPage(std::move(bytes), reading, Extent::kWhole); }

StatusOr<CalendarPage> ReadForeignPage(std::string bytes, const CalendarReading& reading) { return ReadPage(std::move(bytes), reading, Extent::kExcerpt); }

KnownEvent KnowEvent(const CalendarPage& page, std::size_t index, const CalendarReading& reading) {
  const EventText& text = page.text.events[index];
  const EventComponent& component = page.components[index];
  KnownEvent known;
  known.text = &text;
  Event& event = known.event;
  event.uid = component.uid;
  const auto refuse = [&](const std::string& why) {
    known.problem = Status(Code::kInvalidArgument, reading.place + ": the event at line " + std::to_string(text.line) + " " + why, reading.store);
    return known;
  };
  if (const char* name = LongLineOf(text, reading.limits); name != nullptr) {
    return refuse(std::string("has a ") + name + " of more than " + std::to_string(reading.limits.text_bytes) + " bytes (limit text_bytes)");
  }
  const ContentLine* uid = text.Find("UID");
  if (uid == nullptr || event.uid.empty()) return refuse("has no UID; give it one");
  SetTexts(text, component, event);
  if (!component.start) return refuse("has a DTSTART that cannot be read, or none");
  event.all_day = component.start->is_date;
  event.zone = ZoneOfTime(*component.start, page.text, reading.zones);
  event.start = component.start->time;
  if (text.Find("DTEND") != nullptr && !component.end) return refuse("has a DTEND that cannot be read");
  if (text.Find("DURATION") != nullptr && !component.end && !component.duration_minutes) return refuse("has a DURATION that cannot be read");
  if (const Status end = SetEnd(page, component, reading, known); !end.ok()) return refuse("ends in a zone that is not known: " + end.message());
  return known;
}

std::string ZoneOfTime(const ComponentTime& time, const CalendarText& text, const ZoneSource* zones) {
  if (time.is_utc) return "UTC";
  if (time.tzid.empty() || zones == nullptr || zones->Has(time.tzid)) return time.tzid;
  const auto said = text.zones.find(time.tzid);
  if (said != text.zones.end() && zones->Has(said->second)) return said->second;
  if (const std::string windows(ZoneOfWindowsName(time.tzid)); !windows.empty() && zones->Has(windows)) return windows;
  std::vector<std::size_t> slashes;  // from the last
  for (std::size_t at = time.tzid.rfind('/'); at != std::string::npos && slashes.size() < kZoneParts; at = at == 0 ? std::string::npos : time.tzid.rfind('/', at - 1)) slashes.push_back(at);
  for (; !slashes.empty(); slashes.pop_back()) {
    if (zones->Has(time.tzid.substr(slashes.back() + 1))) return time.tzid.substr(slashes.back() + 1);
  }
  return time.tzid;
}

}  // namespace evenkeel
