#include "decide/words.h"

#include <algorithm>
#include <cstdlib>

#include "text/fold.h"

namespace evenkeel {

std::string WordsOfClock(int minutes) {
  const int hour = minutes / 60 % 12 == 0 ? 12 : minutes / 60 % 12;
  const std::string padding = minutes % 60 < 10 ? "0" : "";
  return std::to_string(hour) + ":" + padding + std::to_string(minutes % 60) + (minutes < 12 * 60 ? " AM" : " PM");
}

std::string WordsOfValue(const Value& value, const std::optional<Date>& booking_date) {
  const auto* local = std::get_if<LocalDateTime>(&value);
  if (local == nullptr) return FormatValue(value);
  if (!local->date || local->date == booking_date) return WordsOfClock(local->minutes);
  return WordsOfClock(local->minutes) + " on " + FormatDate(*local->date);
}

std::string WordsOfDistance(int minutes) {
  minutes = std::abs(minutes);
  if (minutes % 60 == 0 && minutes != 0) return std::to_string(minutes / 60) + " h";
  if (minutes < 60) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::string WordsOfOffset(int minutes) {
  if (minutes == 0) return "at the start";
  return WordsOfDistance(minutes) + (minutes > 0 ? " after the start" : " before the start");
}

std::string WordsOfPlace(const Claim& claim) {
  const Evidence& evidence = claim.evidence;
  const Resource& resource = claim.resource;
  switch (resource.kind) {
    case ResourceKind::kPage:
      return resource.store + " " + resource.key + (evidence.line > 0 ? " (line " + std::to_string(evidence.line) + ")" : "");
    case ResourceKind::kRecord:
      return resource.store + (evidence.attribute.empty() ? "" : " (column " + evidence.attribute + ")");
    case ResourceKind::kEvent:
    case ResourceKind::kListing:
    case ResourceKind::kCard: return resource.store + (evidence.attribute.empty() ? "" : " (" + evidence.attribute + ")");
  }
  return resource.store;
}

std::string WordsOfStores(const std::vector<Claim>& claims) {
  std::vector<std::string> stores;
  for (const Claim& claim : claims) {
    if (std::find(stores.begin(), stores.end(), claim.resource.store) == stores.end()) stores.push_back(claim.resource.store);
  }
  return JoinWords(stores);
}

}  // namespace evenkeel
