#include "match/cores.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "match/rules.h"
#include "text/tokens.h"

namespace evenkeel {
namespace {

// Redirects that lead to redirects: more than this is a circle.
constexpr int kMostRedirects = 8;
// Comparing each with each is for few; more are compared by their first name.
constexpr std::size_t kFew = 8;
// A thing that many bookings share ties nobody, and asking about each pair would help no one.
constexpr std::size_t kMostAsked = 4;

bool Disjoint(const Core& a, const Core& b, const std::string& kind) {
  const auto x = a.ids.find(kind), y = b.ids.find(kind);
  if (x == a.ids.end() || y == b.ids.end()) return false;
  return std::none_of(x->second.begin(), x->second.end(), [&](const std::string& value) { return y->second.contains(value); });
}

bool BothHave(const Core& a, const Core& b, const std::string& kind) { return a.ids.contains(kind) && b.ids.contains(kind); }

std::string NameOf(const Core& core) {
  for (const char* kind : {"booking", "code"}) {
    if (const auto found = core.ids.find(kind); found != core.ids.end()) return *found->second.begin();
  }
  return {};
}

}  // namespace

bool TiesByValue(const FleetConfig& fleet, const std::string& kind) {
  if (kind == "booking" || kind == "code" || kind == "listing" || kind == "card") return true;
  const FieldDefinition* field = fleet.fields.Find(kind);
  return field != nullptr && field->identifies && field->type == FieldType::kCode;
}

Cores::Cores(const Snapshot& snapshot, const FleetConfig& fleet) {
  std::vector<const Observed*> sorted;
  for (const Observed& observed : snapshot.resources) sorted.push_back(&observed);
  std::sort(sorted.begin(), sorted.end(), [](const Observed* a, const Observed* b) {
    return std::tie(a->resource, a->version) < std::tie(b->resource, b->version);
  });
  for (const Observed* observed : sorted) AddNode(*observed, fleet);
  parents_.resize(nodes_.size());
  cores_.resize(nodes_.size());
  std::set<std::string> others;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    parents_[i] = i;
    cores_[i] = {{i}, nodes_[i].ids, nodes_[i].observed->resource.kind == ResourceKind::kRecord};
    for (const auto& [kind, values] : nodes_[i].ids) {
      others.insert(kind);
      for (const std::string& value : values) holders_[{kind, value}].push_back(i);
    }
  }
  JoinByValue("booking");
  JoinByPointer();
  JoinByTombstone(snapshot);
  JoinByFormerPointer(snapshot);
  for (const char* kind : {"code", "listing"}) JoinByValue(kind);
  for (const char* kind : {"booking", "code", "listing"}) others.erase(kind);
  for (const std::string& kind : others) JoinByValue(kind);
}

void Cores::AddNode(const Observed& observed, const FleetConfig& fleet) {
  const ResourceKind kind = observed.resource.kind;
  if (kind != ResourceKind::kPage && kind != ResourceKind::kRecord) return;
  if (observed.page && !observed.page->reading.redirect_to.empty()) {
    std::string target;
    for (const Identifier& identifier : observed.identifiers) {
      if (identifier.kind == "page") target = identifier.value;
    }
    alias_targets_[observed.resource.ToString()] = target;
    aliases_[&observed] = target;
    return;
  }
  Node node;
  node.observed = &observed;
  const StoreConfig* store = fleet.FindStore(observed.resource.store);
  node.keeps_guest = store != nullptr && store->AccessOf("guest").is_private;
  for (const Identifier& identifier : observed.identifiers) {
    if (identifier.kind == "date") {
      if (const auto date = ParseDate(identifier.value)) node.dates.insert(*date);
    } else if (identifier.kind == "guest") {
      // A name that is written out says more than the one in the slug.
      if (node.guest.empty() || identifier.where != "slug") node.guest = WordsOfName(identifier.value);
    } else if (TiesByValue(fleet, identifier.kind)) {
      node.ids[identifier.kind].insert(identifier.value);
    }
  }
  for (auto it = node.ids.begin(); it != node.ids.end();) {
    // A page that states two booking ids says of neither that it is its own.
    if (it->second.size() > 1) node.contradicting.insert(it->first);
    it = it->second.size() > 1 ? node.ids.erase(it) : std::next(it);
  }
  for (const Claim& claim : observed.claims) {
    if (claim.field != "start") continue;
    if (const auto* time = std::get_if<LocalDateTime>(&claim.value)) node.starts.insert(time->minutes);
  }
  if (kind == ResourceKind::kPage) pages_.emplace(observed.resource.ToString(), nodes_.size());
  nodes_.push_back(std::move(node));
}

std::size_t Cores::RootOf(std::size_t node) const {
  while (parents_[node] != node) node = parents_[node] = parents_[parents_[node]];
  return node;
}

std::vector<std::size_t> Cores::Roots() const {
  std::vector<std::size_t> roots;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (RootOf(i) == i) roots.push_back(i);
  }
  return roots;
}

std::optional<std::size_t> Cores::PageNode(std::string_view page) const {
  std::string at(page);
  for (int i = 0; i < kMostRedirects; ++i) {
    if (const auto found = pages_.find(at); found != pages_.end()) return found->second;
    const auto alias = alias_targets_.find(at);
    if (alias == alias_targets_.end()) return std::nullopt;
    at = alias->second;
  }
  return std::nullopt;
}

std::set<std::size_t> Cores::Find(const std::string& kind, const std::string& value) const {
  std::set<std::size_t> roots;
  const auto found = holders_.find({kind, value});
  if (found == holders_.end()) return roots;
  for (const std::size_t node : found->second) roots.insert(RootOf(node));
  return roots;
}

void Cores::Union(std::size_t a, std::size_t b) {
  a = RootOf(a);
  b = RootOf(b);
  if (a == b) return;
  if (cores_[a].nodes.size() < cores_[b].nodes.size() || (cores_[a].nodes.size() == cores_[b].nodes.size() && b < a)) std::swap(a, b);
  parents_[b] = a;
  cores_[a].nodes.insert(cores_[a].nodes.end(), cores_[b].nodes.begin(), cores_[b].nodes.end());
  for (const auto& [kind, values] : cores_[b].ids) cores_[a].ids[kind].insert(values.begin(), values.end());
  cores_[a].has_record = cores_[a].has_record || cores_[b].has_record;
  cores_[b] = {};
}

bool Cores::Contradict(std::size_t root_a, std::size_t root_b) const {
  const Core& a = cores_[root_a];
  const Core& b = cores_[root_b];
  if (BothHave(a, b, "booking")) return Disjoint(a, b, "booking");
  return Disjoint(a, b, "code");
}

bool Cores::AnyContradict(const std::vector<std::size_t>& roots) const {
  if (roots.size() <= kFew) {
    for (std::size_t i = 0; i < roots.size(); ++i) {
      for (std::size_t j = i + 1; j < roots.size(); ++j) {
        if (Contradict(roots[i], roots[j])) return true;
      }
    }
    return false;
  }
  std::set<std::string> names;
  for (const std::size_t root : roots) {
    if (const std::string name = NameOf(cores_[root]); !name.empty()) names.insert(name);
  }
  return names.size() > 1;
}

void Cores::NoteShared(const std::vector<std::size_t>& roots, const std::string& what) {
  std::vector<std::size_t> named, blank;
  for (const std::size_t root : roots) (NameOf(cores_[root]).empty() ? blank : named).push_back(root);
  if (named.size() > kMostAsked || blank.size() > kMostAsked) return;
  for (const std::size_t node : blank) {
    for (const std::size_t core : named) AddDoubtful(node, core, what + ", which several bookings share", weight::kSharedId);
  }
}

void Cores::JoinHolders(const std::vector<std::size_t>& holders, const std::string& what) {
  std::set<std::size_t> distinct;
  for (const std::size_t holder : holders) distinct.insert(RootOf(holder));
  const std::vector<std::size_t> roots(distinct.begin(), distinct.end());
  if (roots.size() < 2) return;
  if (AnyContradict(roots)) return NoteShared(roots, what);
  for (const std::size_t root : roots) Union(roots.front(), root);
}

void Cores::JoinByValue(const std::string& kind) {
  for (auto it = holders_.lower_bound({kind, ""}); it != holders_.end() && it->first.first == kind; ++it) {
    JoinHolders(it->second, kind + " " + it->first.second);
  }
}

void Cores::JoinByPointer() {
  std::map<std::size_t, std::vector<std::size_t>> pointing;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].observed->resource.kind != ResourceKind::kRecord) continue;
    for (const Identifier& identifier : nodes_[i].observed->identifiers) {
      if (identifier.kind != "page") continue;
      if (const auto page = PageNode(identifier.value)) pointing[*page].push_back(i);
    }
  }
  for (auto& [page, holders] : pointing) {
    for (const std::size_t record : holders) {
      if (!Contradict(RootOf(page), RootOf(record))) continue;
      AddDoubtful(page, record, "page pointer of " + nodes_[record].observed->resource.ToString() + ", though the page names another booking",
                  weight::kSharedId);
    }
    holders.push_back(page);
    JoinHolders(holders, "page pointer to " + nodes_[page].observed->resource.ToString());
  }
}

void Cores::JoinByTombstone(const Snapshot& snapshot) {
  std::vector<std::pair<std::string, std::string>> retired;
  for (const Tombstone& tombstone : snapshot.tombstones) retired.emplace_back(tombstone.page.ToString(), tombstone.survivor.ToString());
  std::sort(retired.begin(), retired.end());
  for (const auto& [page, survivor] : retired) {
    const auto a = PageNode(page), b = PageNode(survivor);
    if (!a || !b || RootOf(*a) == RootOf(*b) || Contradict(RootOf(*a), RootOf(*b))) continue;
    Join(*a, *b, "it was retired in favour of " + survivor, weight::kTombstone);
  }
}

// A page that only a pointer tied to its booking stays that booking's when we re-point the record.
void Cores::JoinByFormerPointer(const Snapshot& snapshot) {
  std::set<std::tuple<Resource, Resource, std::string>> pointers;
  for (const FormerWords& words : snapshot.former_words) {
    for (const auto& [record, page] : words.pointers) pointers.emplace(page, record, words.run);
  }
  std::map<Resource, std::size_t> records;
  for (std::size_t i = 0; i < nodes_.size() && !pointers.empty(); ++i) records.emplace(nodes_[i].observed->resource, i);
  for (const auto& [page, record, run] : pointers) {
    const auto page_node = PageNode(page.ToString());
    const auto record_node = records.find(record);
    if (!page_node || record_node == records.end() || !cores_[RootOf(*page_node)].IsBlank()) continue;
    Join(*page_node, record_node->second, record.ToString() + " pointed to it until " + run + " re-pointed it", weight::kFormerPointer);
  }
}

}  // namespace evenkeel
