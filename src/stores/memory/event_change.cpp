#include "stores/memory/event_change.h"

namespace evenkeel {
namespace {

LocalSeconds ToLocalSeconds(const LocalDateTime& time) {
  return date::local_days(*time.date) + std::chrono::minutes(time.minutes);
}

LocalDateTime FromLocalSeconds(LocalSeconds time) {
  const auto day = date::floor<date::days>(time);
  return {Date(day), static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(time - day).count())};
}

// One endpoint. `own` is what the event has now: it lends its date.
StatusOr<LocalDateTime> ChangedTime(const std::optional<LocalDateTime>& own, LocalDateTime wanted, const Event& event,
                                    const EventChange& change, const std::string& fleet_zone, const ZoneSource* zones) {
  if (event.all_day && wanted.minutes != 0) {
    return Status(Code::kInvalidArgument, "it is an all-day event and cannot hold a time of day; make it a timed event first",
                  event.uid);
  }
  const std::string zone = event.all_day ? change.zone : event.zone;  // dates of all-day events belong to no zone
  if (!wanted.date && own && own->date) {
    EVENKEEL_ASSIGN_OR_RETURN(const LocalDateTime here, MoveToZone(*own, zone, change.zone, fleet_zone, zones));
    wanted.date = here.date;
  }
  if (!wanted.date) return Status(Code::kInvalidArgument, "it has no date and the change gives none", event.uid);
  return MoveToZone(wanted, change.zone, zone, fleet_zone, zones);
}

Status CheckOrder(const Event& event) {
  if (!event.start || !event.end || !event.start->date || !event.end->date) return OkStatus();
  if (ToLocalSeconds(*event.start) <= ToLocalSeconds(*event.end)) return OkStatus();
  return {Code::kInvalidArgument, "it would end before it starts; change both times", event.uid};
}

}  // namespace

StatusOr<LocalDateTime> MoveToZone(const LocalDateTime& time, const std::string& from, const std::string& to,
                                   const std::string& fleet_zone, const ZoneSource* zones) {
  const std::string& source = from.empty() ? fleet_zone : from;
  const std::string& target = to.empty() ? fleet_zone : to;
  if (source == target) return time;
  if (!time.date) return Status(Code::kInvalidArgument, "a time without a date cannot go from " + source + " to " + target);
  if (zones == nullptr) return Status(Code::kInvalidArgument, "no zone rules here to go from " + source + " to " + target);
  EVENKEEL_ASSIGN_OR_RETURN(const LocalResolution resolved, zones->ToInstant(source, ToLocalSeconds(time)));
  EVENKEEL_ASSIGN_OR_RETURN(const ZonedTime there, zones->ToLocal(target, resolved.instant));
  return FromLocalSeconds(there.local);
}

StatusOr<Event> ChangedEvent(const Event& event, const EventChange& change, const std::string& fleet_zone, const ZoneSource* zones) {
  if (event.recurring && (change.start || change.end)) {
    return Status(Code::kInvalidArgument, "it repeats: moving it would move every occasion; change this one in the calendar by hand",
                  event.uid);
  }
  Event after = event;
  if (change.start) {
    EVENKEEL_ASSIGN_OR_RETURN(after.start, ChangedTime(event.start, *change.start, event, change, fleet_zone, zones));
  }
  if (change.end) {
    const auto& own = event.end ? event.end : event.start;
    EVENKEEL_ASSIGN_OR_RETURN(after.end, ChangedTime(own, *change.end, event, change, fleet_zone, zones));
  }
  if (change.summary) after.summary = *change.summary;
  if (change.description) after.description = *change.description;
  if (change.status) after.status = *change.status;
  EVENKEEL_RETURN_IF_ERROR(CheckOrder(after));
  return after;
}

}  // namespace evenkeel
