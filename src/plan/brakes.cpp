// Brakes: a plan that would take away too much does not apply until a person names what they override.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "decide/findings.h"
#include "plan/draft.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

struct Counts {
  std::uint64_t retired = 0, edited = 0, pages = 0;
};

Counts CountPages(const Snapshot& snapshot, const Plan& plan) {
  Counts counts;
  for (const Observed& observed : snapshot.resources) counts.pages += observed.resource.kind == ResourceKind::kPage ? 1 : 0;
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      counts.retired += action.verb == Verb::kRetirePage ? 1 : 0;
      counts.edited += action.verb == Verb::kEditPage ? 1 : 0;
    }
  }
  return counts;
}

std::string Percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g %%", share * 100);
  return text;
}

void CountBrake(const char* name, const char* doing, std::uint64_t count, const std::optional<std::uint64_t>& max, std::vector<Brake>& brakes) {
  if (!max || count <= *max) return;
  brakes.push_back({name, "the plan " + std::string(doing) + " " + std::to_string(count) + (count == 1 ? " page" : " pages") + "; the policy allows " + std::to_string(*max)});
}

// A share is never below one page: a fleet of three pages can still lose a duplicate.
void ShareBrake(const char* name, const char* doing, std::uint64_t count, std::uint64_t pages, const std::optional<double>& max,
                std::vector<Brake>& brakes) {
  if (!max) return;
  const auto allowed = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::floor(*max * static_cast<double>(pages) + 1e-9)));
  if (count <= allowed) return;
  brakes.push_back({name, "the plan " + std::string(doing) + " " + std::to_string(count) + " of " + std::to_string(pages) + " pages; the policy allows " +
                              Percent(*max) + ", which is " + std::to_string(allowed)});
}

// Pointers into a store, and how many of them lead nowhere.
struct Pointers {
  std::size_t all = 0, missing = 0;
};

// Nothing there at all, or nearly all that records point to is gone: a broken reader until shown otherwise.
bool LooksVanished(const StoreState& store, const Pointers& pointers) {
  constexpr std::size_t kFew = 4;
  if (!store.complete || !store.problem.ok() || pointers.missing == 0) return false;
  if (store.count == 0) return true;
  return pointers.all >= kFew && pointers.missing * 10 >= pointers.all * 9;
}

void VanishedBrake(const Snapshot& snapshot, const SnapshotIndex& index, std::vector<Brake>& brakes) {
  std::map<std::string, Pointers> pointers;
  for (const Observed& observed : snapshot.resources) {
    const std::optional<Resource> page = observed.record ? PointerOf(observed) : std::nullopt;
    if (!page) continue;
    ++pointers[page->store].all;
    pointers[page->store].missing += index.Find(*page) == nullptr ? 1 : 0;
  }
  for (const auto& [name, store] : index.stores) {
    const auto found = pointers.find(name);
    if (store->kind != ResourceKind::kPage || found == pointers.end() || !LooksVanished(*store, found->second)) continue;
    brakes.push_back({"vanished", name + " lists " + std::to_string(store->count) + " pages, and " + std::to_string(found->second.missing) + " of " +
                                      std::to_string(found->second.all) + " pages that records point to are not there; is it read from the right place?"});
  }
}

void IncompleteBrake(const SnapshotIndex& index, const Counts& counts, std::vector<Brake>& brakes) {
  if (counts.retired == 0) return;
  for (const auto& [name, store] : index.stores) {
    if (store->complete || (store->kind != ResourceKind::kPage && store->kind != ResourceKind::kRecord)) continue;
    brakes.push_back({"incomplete_listing", name + " was not listed completely (" + store->why_incomplete +
                                                "), so something unseen may still need a page that the plan retires"});
    return;
  }
}

std::set<std::string> FeaturesOf(const SnapshotIndex& index, const Resource& page) {
  std::set<std::string> names;
  const Observed* observed = index.Find(page);
  if (observed == nullptr || !observed->page) return names;
  for (const Feature& feature : observed->page->reading.features) {
    if (feature.complete) names.insert(feature.name);
  }
  return names;
}

// A page goes that can do what the page that stays cannot. The decision asks before it comes to that; this holds whatever was decided.
void FeatureBrake(const FleetConfig& fleet, const SnapshotIndex& index, const Plan& plan, std::vector<Brake>& brakes) {
  std::string lost;
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      const auto* retire = std::get_if<RetirePage>(&action.change);
      if (retire == nullptr) continue;
      const std::set<std::string> had = FeaturesOf(index, {ResourceKind::kPage, action.store, action.resource});
      const std::set<std::string> stays = FeaturesOf(index, retire->survivor);
      for (const std::string& feature : fleet.policy.protect) {
        if (had.count(feature) == 0 || stays.count(feature) > 0) continue;
        lost += (lost.empty() ? "" : "; ") + action.resource + " has " + feature + ", and " + retire->survivor.key + " has not";
      }
    }
  }
  if (!lost.empty()) brakes.push_back({"features", "the plan retires a page that has a protected feature which the one that stays lacks: " + lost});
  std::string left_without;
  for (const BookingPlan& booking : plan.bookings) {
    const bool changes = std::any_of(booking.actions.begin(), booking.actions.end(), [](const Action& action) { return action.approval != Approval::kManual; });
    if (booking.lost_features.empty() || !changes) continue;
    left_without += (left_without.empty() ? "" : "; ") + booking.booking + " without " + JoinWords(booking.lost_features);
  }
  if (left_without.empty()) return;
  brakes.push_back({"features", "the plan leaves a booking without a protected feature that its page had: " + left_without + "; put the page back first (its notes say how)"});
}

}  // namespace

std::vector<Brake> BrakesOf(const FleetConfig& fleet, const Snapshot& snapshot, const SnapshotIndex& index, const Plan& plan) {
  const Counts counts = CountPages(snapshot, plan);
  const Brakes& limits = fleet.policy.brakes;
  std::vector<Brake> brakes;
  CountBrake("retire_count", "retires", counts.retired, limits.retire_count_max, brakes);
  ShareBrake("retire_share", "retires", counts.retired, counts.pages, limits.retire_share_max, brakes);
  CountBrake("edit_count", "edits", counts.edited, limits.edit_count_max, brakes);
  ShareBrake("edit_share", "edits", counts.edited, counts.pages, limits.edit_share_max, brakes);
  if (plan.CanChangeAnything()) VanishedBrake(snapshot, index, brakes);
  IncompleteBrake(index, counts, brakes);
  FeatureBrake(fleet, index, plan, brakes);
  return brakes;
}

}  // namespace evenkeel
