#include "verify/booking_lookup.h"

#include <algorithm>

#include "observe/state_documents.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace evenkeel {
namespace {

void AddPageNames(const FleetConfig& fleet, const Resource& page, std::vector<std::string>& names) {
  names.push_back(page.key);
  names.push_back(page.ToString());
  const PageStoreConfig* store = fleet.FindPages(page.store);
  if (store == nullptr) return;
  const auto slug = SlugOfKey(*store, page.key);
  if (!slug) return;
  names.push_back(*slug);
  names.push_back(*slug + ".html");
  for (const std::string& path : PublicPaths(*store, *slug)) names.push_back(path);
  for (std::string url : store->public_forms) {
    const std::size_t at = url.find("{slug}");
    if (at != std::string::npos) names.push_back(url.replace(at, 6, *slug));
  }
}

bool IsMember(const Decision& decision, const Resource& resource) {
  const auto& members = decision.booking.members;
  return std::find(members.begin(), members.end(), resource) != members.end();
}

std::vector<std::string> SomeKeys(const std::vector<Decision>& decisions) {
  constexpr std::size_t kShown = 12;
  std::vector<std::string> keys;
  for (const Decision& decision : decisions) {
    keys.push_back(keys.size() == kShown ? "…" : decision.booking.key);
    if (keys.size() > kShown) break;
  }
  return keys;
}

Status NobodyHas(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Decision>& decisions,
                 const std::string& asked) {
  const std::string nobody = "no booking has this key or identifier";
  for (const StoreState& store : snapshot.stores) {
    if (store.problem.ok()) continue;
    return Status(Code::kUnavailable,
                  nobody + ", but " + store.name + " could not be read (" + store.problem.ToString() + "); run evenkeel doctor",
                  asked);
  }
  std::vector<std::string> names;
  for (const Decision& decision : decisions) {
    const std::vector<std::string> more = NamesOf(fleet, snapshot, decision);
    names.insert(names.end(), more.begin(), more.end());
  }
  const std::string nearest = NearestName(asked, names);
  if (!nearest.empty()) return Status(Code::kNotFound, nobody + "; did you mean " + nearest + "?", asked);
  if (decisions.empty()) return Status(Code::kNotFound, nobody + ": the fleet has no bookings at all", asked);
  return Status(Code::kNotFound, nobody + "; there are: " + JoinWords(SomeKeys(decisions)), asked);
}

}  // namespace

std::vector<std::string> NamesOf(const FleetConfig& fleet, const Snapshot& snapshot, const Decision& decision) {
  const Booking& booking = decision.booking;
  std::vector<std::string> names = {booking.key};
  for (const auto& [kind, values] : booking.identifiers) {
    // A date and a guest's name are shared by many bookings.
    if (kind == "date" || kind == "guest") continue;
    names.insert(names.end(), values.begin(), values.end());
  }
  for (const Resource& member : booking.members) {
    if (member.kind == ResourceKind::kPage) {
      AddPageNames(fleet, member, names);
    } else {
      names.push_back(member.key);
      names.push_back(member.ToString());
    }
  }
  for (const Tombstone& tombstone : snapshot.tombstones) {
    if (tombstone.booking == booking.key || IsMember(decision, SurvivorOf(snapshot.tombstones, tombstone.page))) AddPageNames(fleet, tombstone.page, names);
  }
  return names;
}

std::vector<std::size_t> FindByName(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Decision>& decisions,
                                    const std::string& asked) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (decisions[i].booking.key == asked) return {i};
    const std::vector<std::string> names = NamesOf(fleet, snapshot, decisions[i]);
    if (std::find(names.begin(), names.end(), asked) != names.end()) found.push_back(i);
  }
  return found;
}

StatusOr<std::size_t> FindOne(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Decision>& decisions,
                              const std::string& asked) {
  const std::vector<std::size_t> found = FindByName(fleet, snapshot, decisions, asked);
  if (found.size() == 1) return found[0];
  if (found.empty()) return NobodyHas(fleet, snapshot, decisions, asked);
  std::vector<std::string> keys;
  for (const std::size_t i : found) keys.push_back(decisions[i].booking.key);
  return Status(Code::kInvalidArgument, "several bookings have this identifier; name one by its key: " + JoinWords(keys), asked);
}

}  // namespace evenkeel
