#include "match/followers.h"

#include <algorithm>
#include <tuple>

#include "match/known_names.h"
#include "match/rules.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

double WeightOf(const std::string& kind) {
  if (kind == "booking") return weight::kBookingId;
  if (kind == "code") return weight::kCode;
  if (kind == "listing") return weight::kListing;
  return weight::kOtherId;
}

void NameByIdentifiers(const FleetConfig& fleet, const Observed& observed, const Cores& cores, std::vector<Naming>& namings) {
  for (const Identifier& identifier : observed.identifiers) {
    const std::string evidence = identifier.kind + " " + identifier.value + " (" + identifier.where + ")";
    if (identifier.kind == "page") {
      if (const auto page = cores.PageNode(identifier.value)) namings.push_back({*page, evidence, weight::kPointer});
    } else if (TiesByValue(fleet, identifier.kind)) {
      for (const std::size_t core : cores.Find(identifier.kind, identifier.value)) namings.push_back({core, evidence, WeightOf(identifier.kind)});
    }
  }
}

std::optional<Date> DayOf(const Observed& observed) {
  for (const Identifier& identifier : observed.identifiers) {
    if (identifier.kind == "date") return ParseDate(identifier.value);
  }
  return std::nullopt;
}

void NameByEvent(const Event& event, const std::optional<Date>& day, const KnownNames& names, const Cores& cores, std::vector<Naming>& namings) {
  for (const auto& [property, value] : event.extensions) {
    const std::string folded = FoldCase(property);
    const bool labelled = folded.find("booking") != std::string::npos || folded.find("code") != std::string::npos ||
                          folded.find("listing") != std::string::npos || folded.find("reservation") != std::string::npos;
    names.FindIn(value, property, labelled, day, cores, namings);
  }
  names.FindIn(event.uid.substr(0, event.uid.find('@')), "UID", true, day, cores, namings);
  names.FindIn(event.summary, "summary", false, day, cores, namings);
  names.FindIn(event.description, "description", false, day, cores, namings);
}

void NameByCard(const Card& card, const KnownNames& names, const Cores& cores, std::vector<Naming>& namings) {
  // What the card says on purpose counts before its id and its title.
  if (!namings.empty()) return;
  if (!IsDigits(card.id)) names.FindIn(card.id, "id", true, std::nullopt, cores, namings);
  if (namings.empty()) names.FindIn(card.title, "title", false, std::nullopt, cores, namings);
}

void Settle(const Cores& cores, Follower& follower) {
  std::stable_sort(follower.namings.begin(), follower.namings.end(), [](const Naming& a, const Naming& b) {
    return std::tuple(-a.weight, std::string_view(a.evidence), a.node) < std::tuple(-b.weight, std::string_view(b.evidence), b.node);
  });
  std::set<std::size_t> roots;
  for (const Naming& naming : follower.namings) roots.insert(cores.RootOf(naming.node));
  follower.cores.assign(roots.begin(), roots.end());
}

// "booking xhqgmdh" and "slug 2026-05-30-x" on one card: a page that nothing else names belongs to that booking.
void JoinBlankPages(Cores& cores, const Follower& follower) {
  std::vector<std::size_t> named, blank;
  std::set<std::size_t> roots;
  // Earlier followers may have joined some of them by now.
  for (const std::size_t core : follower.cores) roots.insert(cores.RootOf(core));
  for (const std::size_t core : roots) (cores.At(core).IsBlank() ? blank : named).push_back(core);
  if (named.size() != 1 || StatesAnotherBooking(*follower.observed, cores.At(named.front()))) return;
  for (const Naming& naming : std::vector<Naming>(follower.namings)) {
    const std::size_t page = cores.RootOf(naming.node);
    if (std::find(blank.begin(), blank.end(), page) == blank.end()) continue;
    cores.Join(page, named.front(), follower.observed->resource.ToString() + " names it: " + naming.evidence, naming.weight);
  }
}

// Two followers that send one blank page to two bookings send it nowhere: such pages are left to be asked about.
std::set<std::size_t> ContestedPages(const Cores& cores, const std::vector<Follower>& followers) {
  std::map<std::size_t, std::size_t> claimed;
  std::set<std::size_t> contested;
  for (const Follower& follower : followers) {
    std::vector<std::size_t> named, blank;
    for (const std::size_t core : follower.cores) (cores.At(core).IsBlank() ? blank : named).push_back(core);
    if (named.size() != 1) continue;
    for (const std::size_t page : blank) {
      // The map keeps the first claim; any other makes the page contested.
      if (claimed.emplace(page, named.front()).first->second != named.front()) contested.insert(page);
    }
  }
  return contested;
}

}  // namespace

bool StatesAnotherBooking(const Observed& observed, const Core& core) {
  for (const char* kind : {"booking", "code"}) {
    const auto own = core.ids.find(kind);
    bool states = false, same = false;
    for (const Identifier& identifier : observed.identifiers) {
      if (identifier.kind != kind) continue;
      states = true;
      same = same || (own != core.ids.end() && own->second.contains(identifier.value));
    }
    // Booking ids on both sides decide; codes only where one side has none.
    if (states && own != core.ids.end()) return !same;
  }
  return false;
}

std::vector<Follower> Follow(const FleetConfig& fleet, const Snapshot& snapshot, Cores& cores) {
  std::vector<Follower> followers;
  const KnownNames names(cores);
  for (const Observed& observed : snapshot.resources) {
    const ResourceKind kind = observed.resource.kind;
    if (kind == ResourceKind::kPage || kind == ResourceKind::kRecord) continue;
    Follower follower;
    follower.observed = &observed;
    NameByIdentifiers(fleet, observed, cores, follower.namings);
    if (observed.event) NameByEvent(*observed.event, DayOf(observed), names, cores, follower.namings);
    if (observed.card) NameByCard(*observed.card, names, cores, follower.namings);
    Settle(cores, follower);
    followers.push_back(std::move(follower));
  }
  std::sort(followers.begin(), followers.end(), [](const Follower& a, const Follower& b) {
    return std::tie(a.observed->resource, a.observed->version) < std::tie(b.observed->resource, b.observed->version);
  });
  const std::set<std::size_t> contested = ContestedPages(cores, followers);
  for (const Follower& follower : followers) {
    const bool is_contested = std::any_of(follower.cores.begin(), follower.cores.end(), [&](std::size_t core) { return contested.contains(core); });
    if (!is_contested) JoinBlankPages(cores, follower);
  }
  for (Follower& follower : followers) Settle(cores, follower);
  return followers;
}

}  // namespace evenkeel
