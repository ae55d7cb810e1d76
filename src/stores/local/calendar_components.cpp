#include "stores/local/calendar_components.h"

#include <libical/ical.h>

#include <memory>
#include <mutex>

#include "stores/local/calendar_library.h"

namespace evenkeel {
namespace {

std::string TextOf(const char* text) { return text == nullptr ? std::string() : std::string(text); }

std::optional<ComponentTime> TimeOf(icalcomponent* event, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(event, kind);
  if (property == nullptr) return std::nullopt;
  const icaltimetype raw = kind == ICAL_DTSTART_PROPERTY ? icalproperty_get_dtstart(property) : icalproperty_get_dtend(property);
  std::optional<ComponentTime> time = ComponentTimeOf(raw);
  if (!time) return std::nullopt;
  icalparameter* tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  if (tzid != nullptr && !time->is_utc && !time->is_date) time->tzid = TextOf(icalparameter_get_tzid(tzid));
  return time;
}

std::optional<Instant> ModifiedOf(icalcomponent* event) {
  for (const icalproperty_kind kind : {ICAL_LASTMODIFIED_PROPERTY, ICAL_DTSTAMP_PROPERTY}) {
    icalproperty* property = icalcomponent_get_first_property(event, kind);
    if (property == nullptr) continue;
    const icaltimetype raw = kind == ICAL_DTSTAMP_PROPERTY ? icalproperty_get_dtstamp(property) : icalproperty_get_lastmodified(property);
    const Date day(date::year(raw.year), date::month(static_cast<unsigned>(raw.month)), date::day(static_cast<unsigned>(raw.day)));
    if (icaltime_is_null_time(raw) || !day.ok()) continue;
    return Instant(date::sys_days(day)) + std::chrono::hours(raw.hour) + std::chrono::minutes(raw.minute) + std::chrono::seconds(raw.second);
  }
  return std::nullopt;
}

EventComponent ComponentOf(icalcomponent* event) {
  EventComponent result;
  result.uid = TextOf(icalcomponent_get_uid(event));
  result.summary = TextOf(icalcomponent_get_summary(event));
  result.description = TextOf(icalcomponent_get_description(event));
  if (icalproperty* status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY)) {
    result.status = TextOf(icalproperty_get_value_as_string(status));
  }
  result.start = TimeOf(event, ICAL_DTSTART_PROPERTY);
  result.end = TimeOf(event, ICAL_DTEND_PROPERTY);
  if (icalproperty* duration = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY)) {
    const icaldurationtype raw = icalproperty_get_duration(duration);
    if (!icaldurationtype_is_bad_duration(raw)) result.duration_minutes = icaldurationtype_as_int(raw) / 60;
  }
  result.modified = ModifiedOf(event);
  return result;
}

void Collect(icalcomponent* component, std::vector<EventComponent>& events) {
  for (icalcomponent* child = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); child != nullptr;
       child = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
    if (icalcomponent_isa(child) == ICAL_VEVENT_COMPONENT) events.push_back(ComponentOf(child));
    if (icalcomponent_isa(child) == ICAL_VCALENDAR_COMPONENT) Collect(child, events);
  }
}

}  // namespace

std::mutex& CalendarLibraryMutex() {
  static std::mutex mutex;
  return mutex;
}

std::optional<ComponentTime> ComponentTimeOf(const icaltimetype& raw) {
  const Date day(date::year(raw.year), date::month(static_cast<unsigned>(raw.month)), date::day(static_cast<unsigned>(raw.day)));
  if (icaltime_is_null_time(raw) || !day.ok() || raw.year < 1583 || raw.year > 2200) return std::nullopt;
  if (raw.hour < 0 || raw.hour > 23 || raw.minute < 0 || raw.minute > 59) return std::nullopt;
  ComponentTime time;
  time.time = {day, raw.is_date ? 0 : raw.hour * 60 + raw.minute};
  time.is_date = raw.is_date != 0;
  time.is_utc = icaltime_is_utc(raw) != 0;
  return time;
}

StatusOr<std::vector<EventComponent>> ReadComponents(const std::string& text) {
  const std::lock_guard<std::mutex> lock(CalendarLibraryMutex());
  icalerror_set_errors_are_fatal(0);  // its default aborts the process
  const std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> root(icalparser_parse_string(text.c_str()), icalcomponent_free);
  icalerror_clear_errno();
  if (root == nullptr) return Status(Code::kInvalidArgument, "libical finds no calendar in it");
  std::vector<EventComponent> events;
  if (icalcomponent_isa(root.get()) == ICAL_VEVENT_COMPONENT) events.push_back(ComponentOf(root.get()));
  Collect(root.get(), events);
  return events;
}

}  // namespace evenkeel
