// Bookings out of cores and followers.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "evenkeel/booking.h"
#include "match/cores.h"
#include "match/followers.h"
#include "match/rules.h"
#include "match/weak.h"

namespace evenkeel {
namespace {

double WeightOfKind(const std::string& kind) {
  if (kind == "booking") return weight::kBookingId;
  if (kind == "code") return weight::kCode;
  if (kind == "listing") return weight::kListing;
  return weight::kOtherId;
}

const Observed& ObservedOf(const Cores& cores, std::size_t node) { return *cores.nodes()[node].observed; }

// How many nodes of the core state each identifier: one that a single resource states ties nothing.
using Counts = std::map<std::pair<std::string, std::string>, std::size_t>;

Counts CountIds(const Cores& cores, const Core& core) {
  Counts counts;
  for (const std::size_t node : core.nodes) {
    for (const auto& [kind, values] : cores.nodes()[node].ids) {
      for (const std::string& value : values) ++counts[{kind, value}];
    }
  }
  return counts;
}

void LinkByIds(const Cores& cores, std::size_t node, const Counts& counts, std::vector<Link>& links) {
  const Observed& observed = ObservedOf(cores, node);
  for (const Identifier& identifier : observed.identifiers) {
    const auto count = counts.find({identifier.kind, identifier.value});
    if (count == counts.end() || count->second < 2 || !cores.nodes()[node].ids.contains(identifier.kind)) continue;
    links.push_back({observed.resource, identifier.kind + " " + identifier.value + " (" + identifier.where + ")", WeightOfKind(identifier.kind)});
  }
}

// A record's pointer, as the page's reason to be here.
void LinkByPointers(const Cores& cores, const Core& core, std::vector<Link>& links) {
  for (const std::size_t node : core.nodes) {
    const Observed& observed = ObservedOf(cores, node);
    if (!observed.record) continue;
    for (const Identifier& identifier : observed.identifiers) {
      if (identifier.kind != "page") continue;
      const auto page = cores.PageNode(identifier.value);
      if (!page || cores.RootOf(*page) != cores.RootOf(node)) continue;
      links.push_back({ObservedOf(cores, *page).resource, "page pointer of " + observed.resource.ToString() + " (" + identifier.where + ")", weight::kPointer});
    }
  }
}

void SortLinks(std::vector<Link>& links) {
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return std::tie(b.weight, a.resource, a.evidence) < std::tie(a.weight, b.resource, b.evidence);
  });
  links.erase(std::unique(links.begin(), links.end()), links.end());
}

// Records say the date and the guest's name; where there is none, pages do, and slugs last.
void NameOccasion(const Cores& cores, const Core& core, Booking& booking) {
  std::vector<std::tuple<bool, bool, std::string, Resource>> guests;
  std::vector<std::tuple<bool, Date, Resource>> dates;
  for (const std::size_t node : core.nodes) {
    const Observed& observed = ObservedOf(cores, node);
    for (const Identifier& identifier : observed.identifiers) {
      const bool is_page = observed.resource.kind == ResourceKind::kPage;
      if (identifier.kind == "guest") guests.emplace_back(is_page, identifier.where == "slug", identifier.value, observed.resource);
      const auto date = identifier.kind == "date" ? ParseDate(identifier.value) : std::nullopt;
      if (date) dates.emplace_back(is_page, *date, observed.resource);
    }
  }
  if (!guests.empty()) booking.guest = std::get<2>(*std::min_element(guests.begin(), guests.end()));
  if (!dates.empty()) booking.date = std::get<1>(*std::min_element(dates.begin(), dates.end()));
}

std::string KeyOf(const Booking& booking) {
  for (const char* kind : {"booking", "code"}) {
    if (const auto found = booking.identifiers.find(kind); found != booking.identifiers.end()) return *found->second.begin();
  }
  for (const ResourceKind kind : {ResourceKind::kRecord, ResourceKind::kPage}) {
    for (const Resource& member : booking.members) {
      if (member.kind == kind) return member.ToString();
    }
  }
  return booking.members.front().ToString();
}

Booking MakeBooking(const FleetConfig& fleet, const Cores& cores, std::size_t root) {
  const Core& core = cores.At(root);
  Booking booking;
  booking.zone = fleet.zone;
  booking.identifiers = core.ids;
  const Counts counts = CountIds(cores, core);
  for (const std::size_t node : core.nodes) {
    const Observed& observed = ObservedOf(cores, node);
    booking.members.push_back(observed.resource);
    LinkByIds(cores, node, counts, booking.links);
    if (!observed.page) continue;
    booking.identifiers["slug"].insert(observed.page->slug);
    booking.identifiers["page"].insert(observed.resource.ToString());
  }
  LinkByPointers(cores, core, booking.links);
  std::sort(booking.members.begin(), booking.members.end());
  NameOccasion(cores, core, booking);
  return booking;
}

class Gathering {
 public:
  Gathering(const FleetConfig& fleet, const Cores& cores) : fleet_(fleet), cores_(cores) {
    for (const std::size_t root : cores.Roots()) bookings_.emplace(root, MakeBooking(fleet, cores, root));
  }

  void AddFollower(const Follower& follower) {
    const bool one = follower.cores.size() == 1;
    if (one && !IsContested(follower)) {
      Booking& booking = bookings_.at(follower.cores.front());
      booking.members.push_back(follower.observed->resource);
      for (const Naming& naming : follower.namings) booking.links.push_back({follower.observed->resource, naming.evidence, naming.weight});
      for (const Identifier& identifier : follower.observed->identifiers) {
        if (TiesByValue(fleet_, identifier.kind)) booking.identifiers[identifier.kind].insert(identifier.value);
      }
      return;
    }
    for (const Naming& naming : follower.namings) {
      const std::string evidence = naming.evidence + (one ? "; it states another booking, too" : "; it names " + std::to_string(follower.cores.size()) + " bookings") +
                                   " and joins none by itself";
      AddCandidate(follower.observed->resource, cores_.RootOf(naming.node), evidence, weight::kNamesTwo);
    }
  }

  // Booking ids that only followers state. Of several for one core, none can be believed.
  void NoteStated(const Follower& follower) {
    if (follower.cores.size() != 1 || cores_.At(follower.cores.front()).ids.contains("booking")) return;
    for (const Identifier& identifier : follower.observed->identifiers) {
      if (identifier.kind == "booking") stated_[follower.cores.front()].insert(identifier.value);
    }
  }

  void AddJoined(const Cores::Joined& joined) {
    bookings_.at(cores_.RootOf(joined.node)).links.push_back({ObservedOf(cores_, joined.node).resource, joined.evidence, joined.weight});
  }

  void AddAlias(const Observed& alias, const std::string& target) {
    const auto page = cores_.PageNode(target);
    if (!page) return;
    Booking& booking = bookings_.at(cores_.RootOf(*page));
    booking.members.push_back(alias.resource);
    booking.links.push_back({alias.resource, "redirects to " + target, weight::kRedirect});
    if (alias.page) booking.identifiers["slug"].insert(alias.page->slug);
  }

  void AddCandidate(const Resource& resource, std::size_t root, const std::string& evidence, double weight) {
    bookings_.at(root).candidates.push_back({resource, evidence, weight});
  }

  std::vector<Booking> Finish() {
    std::vector<Booking> bookings;
    std::map<std::string, std::size_t> keys;
    for (auto& [root, booking] : bookings_) {
      Settle(booking);
      ++keys[booking.key];
      bookings.push_back(std::move(booking));
    }
    for (Booking& booking : bookings) {
      // Two bookings that only share a code are told apart by what they hold.
      if (keys[booking.key] > 1) booking.key = booking.members.front().ToString();
    }
    std::sort(bookings.begin(), bookings.end(), [](const Booking& a, const Booking& b) { return std::tie(a.key, a.members) < std::tie(b.key, b.members); });
    return bookings;
  }

 private:
  bool IsContested(const Follower& follower) const {
    const std::size_t core = follower.cores.front();
    if (StatesAnotherBooking(*follower.observed, cores_.At(core))) return true;
    const auto stated = stated_.find(core);
    if (stated == stated_.end() || stated->second.size() < 2) return false;
    const auto& identifiers = follower.observed->identifiers;
    return std::any_of(identifiers.begin(), identifiers.end(), [](const Identifier& identifier) { return identifier.kind == "booking"; });
  }

  void Settle(Booking& booking) {
    std::sort(booking.members.begin(), booking.members.end());
    booking.key = KeyOf(booking);
    std::set<Resource> linked;
    for (const Link& link : booking.links) linked.insert(link.resource);
    for (const Resource& member : booking.members) {
      if (!linked.contains(member)) booking.links.push_back({member, "the booking is named after it", weight::kOwn});
    }
    SortLinks(booking.links);
    SortLinks(booking.candidates);
    // One line for each candidate: its strongest.
    std::set<Resource> seen(booking.members.begin(), booking.members.end());
    std::vector<Link> candidates;
    for (Link& link : booking.candidates) {
      if (seen.insert(link.resource).second) candidates.push_back(std::move(link));
    }
    booking.candidates = std::move(candidates);
  }

  const FleetConfig& fleet_;
  const Cores& cores_;
  std::map<std::size_t, Booking> bookings_;
  std::map<std::size_t, std::set<std::string>> stated_;  // by core
};

}  // namespace

std::vector<Booking> Match(const FleetConfig& fleet, const Snapshot& snapshot) {
  Cores cores(snapshot, fleet);
  std::vector<Follower> followers = Follow(fleet, snapshot, cores);
  DoubtBlankPages(fleet, Occasions(cores), cores);
  std::vector<DoubtfulFollower> doubtful;
  FollowByDateAndGuest(fleet, cores, followers, doubtful);
  Gathering gathering(fleet, cores);
  for (const Follower& follower : followers) gathering.NoteStated(follower);
  for (const Follower& follower : followers) gathering.AddFollower(follower);
  for (const Cores::Joined& joined : cores.joined()) gathering.AddJoined(joined);
  for (const auto& [alias, target] : cores.aliases()) gathering.AddAlias(*alias, target);
  for (const Cores::Doubtful& doubt : cores.doubtful()) {
    if (cores.RootOf(doubt.node) == cores.RootOf(doubt.core)) continue;
    gathering.AddCandidate(ObservedOf(cores, doubt.node).resource, cores.RootOf(doubt.core), doubt.evidence, doubt.weight);
  }
  for (const DoubtfulFollower& doubt : doubtful) {
    gathering.AddCandidate(doubt.observed->resource, cores.RootOf(doubt.naming.node), doubt.naming.evidence, doubt.naming.weight);
  }
  return gathering.Finish();
}

}  // namespace evenkeel
