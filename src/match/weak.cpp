#include "match/weak.h"

#include <algorithm>

#include "match/followers.h"
#include "match/rules.h"
#include "text/fold.h"
#include "text/tokens.h"

namespace evenkeel {
namespace {

// More bookings than this of one guest on one day are a busy name, and nobody wants to be asked about each.
constexpr std::size_t kMostFits = 6;

std::string Named(const Node& node, const Date& date) {
  std::string named = "date " + FormatDate(date) + " and " + (node.keeps_guest ? "the guest's name" : "guest");
  for (const std::string& word : node.guest) named += node.keeps_guest ? "" : " " + word;
  return named;
}

// Records of another store that share no kind of name with the core: they may describe the same booking.
bool IsLooseRecord(const Cores& cores, std::size_t root, std::size_t other) {
  const Core& core = cores.At(root);
  std::set<std::string> stores;
  for (const std::size_t node : cores.At(other).nodes) stores.insert(cores.nodes()[node].observed->resource.store);
  for (const std::size_t node : core.nodes) {
    const Resource& resource = cores.nodes()[node].observed->resource;
    if (resource.kind != ResourceKind::kRecord || stores.contains(resource.store)) return false;
  }
  return std::none_of(core.ids.begin(), core.ids.end(), [&](const auto& id) { return cores.At(other).ids.contains(id.first); });
}

void DoubtOne(const Occasions& occasions, Cores& cores, std::size_t root) {
  std::set<std::tuple<std::size_t, std::size_t>> asked;
  for (const std::size_t node_index : std::vector<std::size_t>(cores.At(root).nodes)) {
    const Node& node = cores.nodes()[node_index];
    if (node.guest.empty()) continue;
    for (const Date& date : node.dates) {
      const std::set<std::size_t>& fits = occasions.Find(date, node.guest.front());
      if (fits.size() > kMostFits) continue;
      for (const std::size_t other : fits) {
        if (other == root || (!cores.At(root).IsBlank() && !IsLooseRecord(cores, root, other))) continue;
        if (!asked.insert({node_index, other}).second) continue;
        const bool agree = Meet(node.starts, StartsOf(cores, other));
        cores.AddDoubtful(node_index, other, Named(node, date) + (agree ? ", and the starts agree" : ", and no start agrees"),
                          agree ? weight::kDateGuestAndTime : weight::kDateAndGuest);
      }
    }
  }
}

void DoubtCanonicalLinks(Cores& cores) {
  for (std::size_t i = 0; i < cores.nodes().size(); ++i) {
    const Core& core = cores.At(cores.RootOf(i));
    if (!core.IsBlank()) continue;
    for (const Identifier& identifier : cores.nodes()[i].observed->identifiers) {
      const auto page = identifier.kind == "canonical" ? cores.PageNode(identifier.value) : std::nullopt;
      if (!page || cores.RootOf(*page) == cores.RootOf(i)) continue;
      cores.AddDoubtful(i, *page, "canonical link to " + identifier.value + " (" + identifier.where + ")", weight::kCanonicalLink);
    }
  }
}

std::vector<std::string> WordsOfFollower(const Observed& observed) {
  if (observed.event) return WordsOfName(observed.event->summary);
  std::vector<std::string> words;
  if (!observed.listing) return words;
  for (const char* attribute : {"guest", "title"}) {
    const auto found = observed.listing->attributes.find(attribute);
    if (found == observed.listing->attributes.end() || !found->second.is_string()) continue;
    for (std::string& word : WordsOfName(found->second.get<std::string>())) words.push_back(std::move(word));
  }
  return words;
}

std::set<int> StartsOf(const Observed& observed) {
  std::set<int> starts;
  for (const Claim& claim : observed.claims) {
    if (claim.field != "start") continue;
    if (const auto* time = std::get_if<LocalDateTime>(&claim.value)) starts.insert(time->minutes);
  }
  return starts;
}

// What a follower states itself may not be another booking than the core.
bool StatesAnother(const FleetConfig& fleet, const Observed& observed, const Core& core) {
  for (const Identifier& identifier : observed.identifiers) {
    if (!TiesByValue(fleet, identifier.kind)) continue;
    const auto own = core.ids.find(identifier.kind);
    if (own != core.ids.end() && !own->second.contains(identifier.value)) return true;
  }
  return false;
}

}  // namespace

Occasions::Occasions(const Cores& cores) {
  for (std::size_t i = 0; i < cores.nodes().size(); ++i) {
    const Node& node = cores.nodes()[i];
    if (node.guest.empty()) continue;
    for (const Date& date : node.dates) {
      by_first_[{date, node.guest.front()}].insert(cores.RootOf(i));
      for (const std::string* word : {&node.guest.front(), &node.guest.back()}) {
        if (word->size() >= 2) by_any_[{date, *word}].insert(cores.RootOf(i));
      }
    }
  }
}

const std::set<std::size_t>& Occasions::Find(const Date& date, const std::string& first_word) const {
  const auto found = by_first_.find({date, first_word});
  return found == by_first_.end() ? none_ : found->second;
}

std::set<std::size_t> Occasions::FindNamed(const Date& date, const std::vector<std::string>& words) const {
  std::set<std::size_t> fits;
  for (const std::string& word : words) {
    const auto found = by_any_.find({date, word});
    if (found == by_any_.end()) continue;
    for (const std::size_t core : found->second) {
      fits.insert(core);
      if (fits.size() > kMostFits) return fits;
    }
  }
  return fits;
}

std::set<int> StartsOf(const Cores& cores, std::size_t root) {
  std::set<int> starts;
  for (const std::size_t node : cores.At(root).nodes) starts.insert(cores.nodes()[node].starts.begin(), cores.nodes()[node].starts.end());
  return starts;
}

bool Meet(const std::set<int>& a, const std::set<int>& b) {
  return std::any_of(a.begin(), a.end(), [&](int minutes) { return b.contains(minutes); });
}

// A page that states two booking ids belongs to none of them by that.
void DoubtContradictions(const FleetConfig& fleet, Cores& cores) {
  for (std::size_t i = 0; i < cores.nodes().size(); ++i) {
    const Node& node = cores.nodes()[i];
    if (node.contradicting.empty() || !cores.At(cores.RootOf(i)).IsBlank()) continue;
    for (const Identifier& identifier : node.observed->identifiers) {
      if (!TiesByValue(fleet, identifier.kind) || !node.contradicting.contains(identifier.kind)) continue;
      for (const std::size_t core : cores.Find(identifier.kind, identifier.value)) {
        const std::string evidence = identifier.kind + " " + identifier.value + " (" + identifier.where + "), and it states another one, too";
        if (core != cores.RootOf(i)) cores.AddDoubtful(i, core, evidence, weight::kNamesTwo);
      }
    }
  }
}

void DoubtBlankPages(const FleetConfig& fleet, const Occasions& occasions, Cores& cores) {
  DoubtContradictions(fleet, cores);
  for (const std::size_t root : cores.Roots()) DoubtOne(occasions, cores, root);
  DoubtCanonicalLinks(cores);
}

void FollowByDateAndGuest(const FleetConfig& fleet, const Cores& cores, std::vector<Follower>& followers, std::vector<DoubtfulFollower>& doubtful) {
  const Occasions occasions(cores);
  std::set<std::pair<std::size_t, std::string>> served;  // cores that have something of this store already
  for (const Follower& follower : followers) {
    if (follower.cores.size() == 1) served.emplace(follower.cores.front(), follower.observed->resource.store);
  }
  struct Choice {
    Follower* follower;
    std::size_t core;
    Naming naming;
  };
  std::vector<Choice> choices;
  std::map<std::pair<std::size_t, std::string>, std::size_t> wanted;
  for (Follower& follower : followers) {
    if (!follower.cores.empty() || follower.observed->card) continue;
    const auto day = std::find_if(follower.observed->identifiers.begin(), follower.observed->identifiers.end(),
                                  [](const Identifier& identifier) { return identifier.kind == "date"; });
    const auto date = day == follower.observed->identifiers.end() ? std::nullopt : ParseDate(day->value);
    if (!date) continue;
    std::vector<std::size_t> fits, agreeing;
    const std::set<int> starts = StartsOf(*follower.observed);
    const std::set<std::size_t> named = occasions.FindNamed(*date, WordsOfFollower(*follower.observed));
    if (named.size() > kMostFits) continue;
    for (const std::size_t core : named) {
      if (StatesAnother(fleet, *follower.observed, cores.At(core)) || served.contains({core, follower.observed->resource.store})) continue;
      fits.push_back(core);
      if (Meet(starts, StartsOf(cores, core))) agreeing.push_back(core);
    }
    const std::string evidence = "date " + FormatDate(*date) + " and the guest's name";
    // Of several that fit, the one whose time it has, then the one that is more than a page nobody names.
    std::vector<std::size_t> best = fits.size() > 1 && agreeing.size() == 1 ? agreeing : fits;
    if (best.size() > 1) {
      std::vector<std::size_t> with_names;
      std::copy_if(best.begin(), best.end(), std::back_inserter(with_names), [&](std::size_t core) { return !cores.At(core).IsBlank(); });
      if (with_names.size() == 1) best = with_names;
    }
    if (best.size() == 1) {
      choices.push_back({&follower, best.front(), {best.front(), evidence + ", and no other booking fits", weight::kDateAndGuestAlone}});
      ++wanted[{best.front(), follower.observed->resource.store}];
    }
    for (std::size_t i = 0; best.size() > 1 && i < best.size(); ++i) {
      doubtful.push_back({follower.observed, {best[i], evidence + ", and another booking fits as well", weight::kDateAndGuest}});
    }
  }
  for (Choice& choice : choices) {
    // Two events of one calendar that both want to be the booking's: neither is, until somebody says which.
    if (wanted[{choice.core, choice.follower->observed->resource.store}] > 1) {
      choice.naming.weight = weight::kDateAndGuest;
      choice.naming.evidence = "date and the guest's name, and another one of the same store fits as well";
      doubtful.push_back({choice.follower->observed, choice.naming});
      continue;
    }
    choice.follower->namings.push_back(choice.naming);
    choice.follower->cores = {choice.core};
  }
}

}  // namespace evenkeel
