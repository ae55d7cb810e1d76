#include "decide/distance.h"

#include <algorithm>
#include <cstdlib>

namespace evenkeel {
namespace {

constexpr int kDay = 24 * 60;

using Pointers = std::vector<const Claim*>;

// Carriers are told apart on pages alone; of anything else a property comes before words in a longer text.
std::string CarrierOf(const Observed& observed, const Claim& claim) {
  if (observed.resource.kind != ResourceKind::kPage) return claim.evidence.span ? "text" : "";
  return claim.evidence.visible ? "" : claim.evidence.carrier;
}

// The field's claims in its first carrier: what is visible, else the carriers by name.
Pointers FirstCarrier(const Observed& observed, std::string_view field, std::string& carrier) {
  Pointers claims;
  for (const Claim& claim : observed.claims) {
    if (claim.field != field || !std::holds_alternative<LocalDateTime>(claim.value)) continue;
    const std::string stands_in = CarrierOf(observed, claim);
    if (claims.empty() || stands_in < carrier) {
      claims.clear();
      carrier = stands_in;
    }
    if (stands_in == carrier) claims.push_back(&claim);
  }
  return claims;
}

std::size_t Position(const Claim& claim) { return claim.evidence.span ? claim.evidence.span->begin : 0; }

const Claim* NearestTo(const Claim& claim, const Pointers& starts) {
  const Claim* nearest = nullptr;
  const auto gap = [&](const Claim& other) {
    return std::max(Position(claim), Position(other)) - std::min(Position(claim), Position(other));
  };
  for (const Claim* start : starts) {
    if (nearest == nullptr || gap(*start) < gap(*nearest)) nearest = start;
  }
  return nearest;
}

// Starts to pair with: those of the same carrier, else those of the start's own first carrier.
Pointers StartsFor(const Observed& observed, const std::string& carrier) {
  Pointers same;
  for (const Claim& claim : observed.claims) {
    const bool is_start = claim.field == "start" && std::holds_alternative<LocalDateTime>(claim.value);
    if (is_start && CarrierOf(observed, claim) == carrier) same.push_back(&claim);
  }
  std::string first;
  return same.empty() ? FirstCarrier(observed, "start", first) : same;
}

const LocalDateTime& TimeOf(const Claim& claim) { return std::get<LocalDateTime>(claim.value); }

}  // namespace

int MinutesFromStart(std::string_view field, const LocalDateTime& start, const LocalDateTime& time) {
  const bool dated = start.date && time.date;
  int minutes = dated ? MinutesBetween(start, time).value_or(0) : time.minutes - start.minutes;
  if (field == "end" && minutes <= 0 && minutes > -kDay) return minutes + kDay;
  if (dated || field == "end") return minutes;
  if (minutes > kDay / 2) minutes -= kDay;
  if (minutes <= -kDay / 2) minutes += kDay;
  return minutes;
}

std::vector<Distance> DistancesOf(const Observed& observed, std::string_view field) {
  std::string carrier;
  const Pointers members = FirstCarrier(observed, field, carrier);
  const Pointers starts = StartsFor(observed, carrier);
  std::vector<Distance> distances;
  for (const Claim* member : members) {
    const Claim* start = NearestTo(*member, starts);
    if (start == nullptr) continue;
    const int minutes = MinutesFromStart(field, TimeOf(*start), TimeOf(*member));
    const bool known = std::any_of(distances.begin(), distances.end(), [&](const Distance& d) { return d.minutes == minutes; });
    if (!known) distances.push_back({minutes, *start, *member});
  }
  return distances;
}

LocalDateTime FromStart(const LocalDateTime& start, const Distance& distance) {
  const std::string& field = distance.member.field;
  const LocalDateTime &own_start = TimeOf(distance.start), &own = TimeOf(distance.member);
  // A member with a day of its own beside a start without one: both move by the same stretch of wall clock.
  if (own.date && !own_start.date) return AddMinutes(own, start.minutes - own_start.minutes);
  const bool day_is_known = field == "end" || field == "arrival" || own.date.has_value();
  LocalDateTime moved = AddMinutes(start, distance.minutes);
  if (!day_is_known) moved.date.reset();
  return moved;
}

Value TargetOf(const Observed& observed, const Claim& claim, const LocalDateTime& start, const Value& verdict) {
  if (claim.field == "start" || !std::holds_alternative<LocalDateTime>(claim.value)) return verdict;
  const std::vector<Distance> own = DistancesOf(observed, claim.field);
  if (own.size() < 2) return verdict;
  const std::string carrier = CarrierOf(observed, claim);
  const Claim* nearest = NearestTo(claim, StartsFor(observed, carrier));
  if (nearest == nullptr) return verdict;
  const int minutes = MinutesFromStart(claim.field, TimeOf(*nearest), TimeOf(claim));
  for (const Distance& distance : own) {
    if (distance.minutes == minutes) return FromStart(start, {minutes, *nearest, claim});
  }
  return verdict;
}

Value TargetOfClaim(const Decision& decision, const Observed& observed, const Claim& claim, const Value& verdict) {
  const Verdict* start = decision.Find("start");
  if (start == nullptr || !start->value || !std::holds_alternative<LocalDateTime>(verdict)) return verdict;
  return TargetOf(observed, claim, std::get<LocalDateTime>(*start->value), verdict);
}

}  // namespace evenkeel
