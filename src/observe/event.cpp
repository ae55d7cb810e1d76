// What a calendar's event claims.
#include <optional>
#include <string>
#include <utility>

#include "evenkeel/snapshot.h"
#include "observe/claims.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// A wall clock of the event's zone in the fleet's.
StatusOr<LocalDateTime> InFleetZone(const LocalDateTime& time, const Event& event, const FleetConfig& fleet, const ZoneSource& zones) {
  if (!time.date || event.zone.empty() || event.zone == fleet.zone) return time;
  const LocalSeconds local = LocalSeconds(date::local_days(*time.date)) + std::chrono::minutes(time.minutes);
  EVENKEEL_ASSIGN_OR_RETURN(const LocalResolution resolution, zones.ToInstant(event.zone, local));
  EVENKEEL_ASSIGN_OR_RETURN(const ZonedTime zoned, zones.ToLocal(fleet.zone, resolution.instant));
  const auto day = date::floor<date::days>(zoned.local);
  return LocalDateTime{Date(day), static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(zoned.local - day).count())};
}

// The claim of DTSTART or DTEND; the wall clock in the fleet's zone.
std::optional<LocalDateTime> ClaimTime(Claimant& claimant, const Event& event, const std::optional<LocalDateTime>& time, const char* field,
                                       const char* property) {
  if (!time) return std::nullopt;
  Evidence evidence;
  evidence.text = FormatValue(*time) + (event.zone.empty() ? "" : " " + event.zone);
  evidence.attribute = property;
  const StatusOr<LocalDateTime> local = InFleetZone(*time, event, claimant.fleet(), claimant.zones());
  if (!local.ok()) {
    claimant.Doubt(field, std::move(evidence), local.status().message());
    return std::nullopt;
  }
  if (!event.all_day) claimant.Claim(field, *local, evidence);
  if (std::string_view(field) == "start" && local->date) claimant.Claim("date", *local->date, std::move(evidence));
  return *local;
}

// "X-JADA-BOOKING" names a booking, "X-GUEST-CODE" a code. Other properties are only looked at for identifiers that are known.
void IdentifyByExtensions(Claimant& claimant, const Event& event) {
  for (const auto& [property, value] : event.extensions) {
    const std::string name = FoldCase(property);
    for (const char* kind : {"booking", "listing", "card", "code"}) {
      if (name.find(kind) == std::string::npos) continue;
      claimant.Identify(kind, value, property);
      break;
    }
  }
}

}  // namespace

Observed ObserveEvent(const FleetConfig& fleet, const StoreConfig& store, Event event, const ZoneSource& zones) {
  Observed observed;
  observed.resource = {ResourceKind::kEvent, store.name, event.uid};
  observed.version = event.version;
  observed.modified = event.modified;
  Claimant claimant(fleet, store, observed, zones);
  IdentifyByExtensions(claimant, event);
  if (event.recurring) {
    // A series is not one occasion: whatever it says, it says of many days.
    Evidence evidence;
    evidence.attribute = "RRULE";
    claimant.Doubt("date", std::move(evidence), "a recurring event is not one booking; its times are left alone");
  } else {
    const auto start = ClaimTime(claimant, event, event.start, "start", "DTSTART");
    ClaimTime(claimant, event, event.end, "end", "DTEND");
    const std::optional<Date> day = start ? start->date : std::nullopt;
    if (day) claimant.Identify("date", FormatDate(*day), "DTSTART");
    claimant.Text(event.summary, "summary", day);
    claimant.Text(event.description, "description", day);
    if (!event.status.empty()) claimant.Attribute("status", Json(FoldCase(event.status)), "STATUS");
  }
  observed.event = std::move(event);
  SortObserved(observed);
  return observed;
}

}  // namespace evenkeel
