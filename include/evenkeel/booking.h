// Booking: one occasion for one party, and everything in the fleet that speaks of it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evenkeel/snapshot.h"

namespace evenkeel {

// Why a resource belongs to a booking. Weights are shown to people; kStrongLink and more joins by itself.
inline constexpr double kStrongLink = 0.9;
struct Link {
  Resource resource;
  std::string evidence;  // "booking id xhqgmdh (line 42)"
  double weight = 0;

  friend bool operator==(const Link&, const Link&) = default;
};

struct Booking {
  std::string key;  // booking id, else code, else store:key
  std::map<std::string, std::set<std::string>> identifiers;  // kind → values
  std::optional<Date> date;
  std::string guest;
  std::string zone;
  std::vector<Resource> members;  // sorted
  std::vector<Link> links;        // why each member is one; strongest first
  // Resources that may belong to it by date and guest alone: asked about, never acted on.
  std::vector<Link> candidates;
};

// A rule of the match table, for documents and for `why`.
struct MatchRule {
  const char* evidence;
  double weight;
  const char* meaning;
};
const std::vector<MatchRule>& MatchRules();

// Groups the snapshot into bookings. Pure; sorted by key; the order of input does not matter.
std::vector<Booking> Match(const FleetConfig& fleet, const Snapshot& snapshot);

}  // namespace evenkeel
