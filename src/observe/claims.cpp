#include "observe/claims.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "observe/attribute_value.h"
#include "observe/mapped_attribute.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// The fields that a time of this role states, and which endpoint each takes.
struct Endpoint {
  const char* field;
  bool takes_end;
};
std::vector<Endpoint> EndpointsOf(const TimeReference& time) {
  switch (time.role) {
    case Role::kStart:
    case Role::kStartEnd: return {{"start", false}, {"end", true}};
    case Role::kEnd:
      if (time.end) return {{"end", true}};
      return {{"end", false}};
    case Role::kArrival: return {{"arrival", false}};
    case Role::kCutoff: return {{"cutoff", false}};
    case Role::kSwitch: return {{"switch", false}};
    case Role::kUnrelated:
    case Role::kUnknown: return {};
  }
  return {};
}

bool IsWholeDate(const DateReference& date) { return date.month != 0 && date.day != 0; }

Date DateOf(const DateReference& reference) {
  return Date{date::year{reference.year}, date::month{reference.month}, date::day{reference.day}};
}

}  // namespace

ReadOptions OptionsFor(const FleetConfig& fleet, const ZoneSource& zones, const std::optional<Date>& date) {
  ReadOptions options;
  options.date = date;
  options.zone = fleet.zone;
  options.zones = &zones;
  options.extra_features = fleet.features;
  options.day_first = fleet.day_first;
  options.limits = fleet.limits;
  return options;
}

void Claimant::Claim(const std::string& field, Value value, Evidence evidence) {
  if (!MayRead(field)) return;
  observed_.claims.push_back({observed_.resource, observed_.version, field, std::move(value), std::move(evidence), observed_.modified});
}

void Claimant::Doubt(const std::string& field, Evidence evidence, std::string why) {
  if (MayRead(field)) observed_.doubts.push_back({field, std::move(evidence), std::move(why)});
}

void Claimant::Identify(const std::string& kind, const std::string& value, std::string where) {
  if (MayRead(kind) && !TrimSpace(value).empty()) observed_.identifiers.push_back({kind, std::string(TrimSpace(value)), std::move(where)});
}

std::optional<Value> Claimant::Attribute(const std::string& field, const Json& attribute, const std::string& name, const FieldMapping& mapping) {
  const FieldDefinition* definition = fleet_.fields.Find(field);
  const Json meaning = MeaningOf(mapping, attribute);
  if (definition == nullptr || !MayRead(field) || IsSilent(meaning)) return std::nullopt;
  Evidence evidence;
  evidence.text = TextOfAttribute(attribute);
  evidence.attribute = name;
  const bool has_own_word = meaning != attribute;
  StatusOr<Value> value = ReadAttribute(*definition, meaning, fleet_.zone, zones_, has_own_word ? std::string_view() : mapping.form);
  if (!value.ok()) {
    Doubt(field, std::move(evidence), value.status().message());
    return std::nullopt;
  }
  Claim(field, *value, std::move(evidence));
  return *std::move(value);
}

void Claimant::DateOfStart() {
  const auto states = [&](const Value& date) {
    return std::any_of(observed_.claims.begin(), observed_.claims.end(),
                       [&](const evenkeel::Claim& claim) { return claim.field == "date" && claim.value == date; });
  };
  for (const evenkeel::Claim& claim : std::vector<evenkeel::Claim>(observed_.claims)) {
    if (claim.field != "start") continue;
    const std::optional<Date>& date = std::get<LocalDateTime>(claim.value).date;
    if (date && !states(*date)) Claim("date", *date, claim.evidence);
  }
}

void Claimant::Time(const TimeReference& time, const std::string& attribute) {
  for (const Endpoint& endpoint : EndpointsOf(time)) {
    const std::optional<int>& minutes = endpoint.takes_end ? time.end : time.start;
    if (!minutes) continue;
    Evidence evidence;
    evidence.text = time.text;
    evidence.span = time.span;
    evidence.line = attribute.empty() ? time.line : 0;
    evidence.attribute = attribute;
    evidence.carrier = attribute.empty() ? std::string(CarrierName(time.carrier)) : "";
    evidence.visible = !time.hidden;
    LocalDateTime value{time.date_relative ? std::nullopt : time.date, *minutes};
    if (endpoint.takes_end && time.end_date && !time.date_relative) value.date = time.end_date;
    Claim(endpoint.field, value, std::move(evidence));
  }
}

// A page names many dates. The booking's is the one that a start is bound to and that is written somewhere.
void Claimant::BoundDate(const TimeReference& time, const evenkeel::Reading& reading, const std::string& attribute) {
  if ((time.role != Role::kStart && time.role != Role::kStartEnd) || !time.date || time.date_relative) return;
  Evidence evidence;
  evidence.attribute = attribute;
  for (const DateReference& reference : reading.dates) {
    if (reference.carrier == Carrier::kComment || !IsWholeDate(reference) || DateOf(reference) != *time.date) continue;
    evidence.text = reference.text;
    evidence.span = reference.span;
    evidence.line = attribute.empty() ? reference.line : 0;
    evidence.carrier = attribute.empty() ? std::string(CarrierName(reference.carrier)) : "";
    evidence.visible = reference.carrier == Carrier::kText || reference.carrier == Carrier::kTimeElement;
    Claim("date", *time.date, evidence);
  }
  // An ISO instant holds its date itself.
  if (time.text.find(std::to_string(static_cast<int>(time.date->year()))) == std::string::npos) return;
  evidence.text = time.text;
  evidence.span = time.span;
  evidence.line = attribute.empty() ? time.line : 0;
  evidence.carrier = attribute.empty() ? std::string(CarrierName(time.carrier)) : "";
  evidence.visible = !time.hidden;
  Claim("date", *time.date, std::move(evidence));
}

void Claimant::Reading(const evenkeel::Reading& reading, const std::string& attribute) {
  for (const TimeReference& time : reading.times) {
    if (time.carrier == Carrier::kComment) continue;
    Time(time, attribute);
    BoundDate(time, reading, attribute);
  }
  for (const Statement& statement : reading.statements) {
    const FieldDefinition* field = fleet_.fields.Find(statement.field);
    if (field == nullptr || TrimSpace(statement.text).empty()) continue;
    Evidence evidence;
    evidence.text = statement.text;
    evidence.span = statement.span;
    evidence.line = attribute.empty() ? statement.line : 0;
    evidence.attribute = attribute;
    evidence.carrier = attribute.empty() ? std::string(CarrierName(statement.carrier)) : "";
    evidence.visible = statement.spelling == ValueSpelling::kMarkup;
    StatusOr<Value> value = ParseValue(*field, statement.text);
    if (!value.ok()) {
      Doubt(statement.field, std::move(evidence), value.status().message());
      continue;
    }
    Claim(statement.field, *std::move(value), std::move(evidence));
  }
}

void Claimant::Text(std::string_view text, const std::string& attribute, const std::optional<Date>& date) {
  if (TrimSpace(text).empty()) return;
  const StatusOr<evenkeel::Reading> reading = ReadText(text, OptionsFor(fleet_, zones_, date));
  if (!reading.ok()) {
    Evidence evidence;
    evidence.attribute = attribute;
    observed_.doubts.push_back({"", std::move(evidence), attribute + " could not be read: " + reading.status().message()});
    return;
  }
  Reading(*reading, attribute);
}

void SortObserved(Observed& observed) {
  const auto rank = [](const Claim& claim) {
    const Evidence& evidence = claim.evidence;
    return std::tuple(std::string_view(claim.field), std::string_view(evidence.attribute),
                      evidence.span ? evidence.span->begin : std::size_t{0}, evidence.span ? evidence.span->end : std::size_t{0});
  };
  std::stable_sort(observed.claims.begin(), observed.claims.end(), [&](const Claim& a, const Claim& b) { return rank(a) < rank(b); });
  observed.claims.erase(std::unique(observed.claims.begin(), observed.claims.end()), observed.claims.end());
  std::sort(observed.identifiers.begin(), observed.identifiers.end());
  observed.identifiers.erase(std::unique(observed.identifiers.begin(), observed.identifiers.end()), observed.identifiers.end());
}

}  // namespace evenkeel
