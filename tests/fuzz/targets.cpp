#include "fuzz/targets.h"

#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "property/feed_laws.h"
#include "property/shift_laws.h"
#include "unit/fleet/adapters.h"

namespace evenkeel::fuzz {
namespace {

const ZoneSource& Zones() {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  return *zones;
}

ReadOptions PacificBooking() {
  ReadOptions options;
  options.zone = "America/Los_Angeles";
  options.zones = &Zones();
  options.date = ParseDate("2026-05-30");
  return options;
}

void RequireLaws(const std::string& page, std::span<const int> shifts) {
  const property::Outcome outcome = property::CheckLaws(page, PacificBooking(), shifts);
  Require(outcome.broken.empty(), outcome.broken.empty() ? "" : outcome.broken.front());
}

}  // namespace

void ReadAnyPage(std::string_view bytes) {
  const ReadOptions options = PacificBooking();
  const std::string broken = property::CheckFeeds(bytes, options).broken;
  Require(broken.empty(), "whatever reads the markup, it says the same: " + broken);
  const auto reading = ReadPage(bytes, options);
  if (!reading.ok()) {
    Require(reading.code() == Code::kLimitExceeded || reading.code() == Code::kInvalidArgument, reading.status().ToString());
    return;
  }
  Require(reading->bytes == bytes.size(), "all bytes are counted");
  const auto again = ReadPage(bytes, options);
  Require(again.ok() && *again == *reading, "one page has one reading");
  for (const Feature& feature : reading->features) {
    for (const Span span : feature.spans) Require(span.begin <= span.end && span.end <= bytes.size(), feature.name + " lies in the page");
  }
  for (const PageIdentifier& identifier : reading->identifiers) Require(identifier.span.end <= bytes.size(), identifier.value + " lies in the page");
  for (const Statement& statement : reading->statements) Require(statement.span.end <= bytes.size(), statement.text + " lies in the page");
  DumpJson(ReadingToJson(*reading));
}

void ShiftAnyPage(std::string_view bytes) {
  if (bytes.empty()) return;
  constexpr int kMinutes[] = {60, -60, 45, -90, 390, -720, 1440, -1};
  const auto first = static_cast<unsigned char>(bytes[0]);
  const int shifts[] = {kMinutes[first % 8], kMinutes[first / 8 % 8]};
  RequireLaws(std::string(bytes.substr(1)), shifts);
}

void ParseAnyFleet(std::string_view bytes) {
  static const AdapterRegistry adapters = NamedAdapters();
  const auto fleet = ParseFleet(bytes, "fleet.json", adapters, Zones());
  if (!fleet.ok()) Require(!fleet.status().message().empty(), "an error has words");
}

void ParseAnyPlan(std::string_view bytes) {
  auto json = ParseJson(bytes, "plan");
  if (!json.ok() || !json->is_object()) return;
  json->erase("plan");
  const Json made_at = json->contains("made_at") ? (*json)["made_at"] : Json("2026-05-22T00:00:00Z");
  json->erase("made_at");
  (*json)["plan"] = "sha256:" + Sha256Hex(DumpJson(*json));
  (*json)["made_at"] = made_at;
  const auto plan = PlanFromJson(*json);
  if (!plan.ok()) return;
  const auto again = PlanFromJson(Json(PlanToJson([&] {
    Plan resigned = *plan;
    resigned.hash = HashOfPlan(resigned);
    return resigned;
  }())));
  Require(again.ok(), again.ok() ? "" : "what was written is read: " + again.status().ToString());
  Require(DumpJson(PlanToJson(*again)) == DumpJson(PlanToJson(*PlanFromJson(PlanToJson(*again)))), "there and back is the same");
}

}  // namespace evenkeel::fuzz
