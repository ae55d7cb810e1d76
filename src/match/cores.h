// Cores: records and pages grouped by what identifies them. Events, listings and cards follow later and never merge two cores
// that have names of their own.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/booking.h"

namespace evenkeel {

// One record or page.
struct Node {
  const Observed* observed = nullptr;
  std::map<std::string, std::set<std::string>> ids;  // by kind; a kind with contradicting values is left out
  std::set<std::string> contradicting;               // kinds of which it states several values
  std::set<Date> dates;
  std::vector<std::string> guest;                    // words of the guest's name
  bool keeps_guest = false;                          // its store keeps the name to itself
  std::set<int> starts;                              // minutes
};

// One group. Only those that are their own root count.
struct Core {
  std::vector<std::size_t> nodes;
  std::map<std::string, std::set<std::string>> ids;
  bool has_record = false;
  // A page that nothing names: it may join a booking by a card's slug, and is asked about by date and guest.
  bool IsBlank() const { return !has_record && ids.empty(); }
};

class Cores {
 public:
  explicit Cores(const Snapshot& snapshot, const FleetConfig& fleet);

  std::size_t RootOf(std::size_t node) const;
  const Core& At(std::size_t root) const { return cores_[root]; }
  std::vector<std::size_t> Roots() const;
  const std::vector<Node>& nodes() const { return nodes_; }
  // The node of a page, redirects followed; nullopt when there is none.
  std::optional<std::size_t> PageNode(std::string_view page) const;
  // The cores that state the identifier.
  std::set<std::size_t> Find(const std::string& kind, const std::string& value) const;
  void Union(std::size_t a, std::size_t b);
  // Whether the two cannot be one booking: their booking ids differ, or, where one has none, their codes.
  bool Contradict(std::size_t root_a, std::size_t root_b) const;
  // Redirect pages and where they lead.
  const std::map<const Observed*, std::string>& aliases() const { return aliases_; }
  // Blank or doubtful resources and the cores they may belong to.
  struct Doubtful {
    std::size_t node;
    std::size_t core;  // any node of it
    std::string evidence;
    double weight;
  };
  const std::vector<Doubtful>& doubtful() const { return doubtful_; }
  // Nodes that joined by something that neither states: why.
  struct Joined {
    std::size_t node;
    std::string evidence;
    double weight;
  };
  const std::vector<Joined>& joined() const { return joined_; }
  void Join(std::size_t node, std::size_t core, std::string evidence, double weight) {
    Union(node, core);
    joined_.push_back({node, std::move(evidence), weight});
  }
  void AddDoubtful(std::size_t node, std::size_t core, std::string evidence, double weight) {
    doubtful_.push_back({node, core, std::move(evidence), weight});
  }

 private:
  void AddNode(const Observed& observed, const FleetConfig& fleet);
  void JoinByValue(const std::string& kind);
  void JoinByPointer();
  void JoinByTombstone(const Snapshot& snapshot);
  void JoinByFormerPointer(const Snapshot& snapshot);
  // One shared thing and who has it. All join when nothing among them contradicts; else nothing does, and the blank ones are asked about.
  void JoinHolders(const std::vector<std::size_t>& holders, const std::string& what);
  bool AnyContradict(const std::vector<std::size_t>& roots) const;
  void NoteShared(const std::vector<std::size_t>& roots, const std::string& what);

  std::vector<Node> nodes_;
  mutable std::vector<std::size_t> parents_;
  std::vector<Core> cores_;
  std::map<std::string, std::size_t, std::less<>> pages_;  // "STORE:KEY" → node
  std::map<const Observed*, std::string> aliases_;
  std::map<std::string, std::string, std::less<>> alias_targets_;
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> holders_;  // kind, value → nodes
  std::vector<Doubtful> doubtful_;
  std::vector<Joined> joined_;
};

// Kinds that tie by their value: booking, code, listing, card, and the identifying code fields of the fleet.
bool TiesByValue(const FleetConfig& fleet, const std::string& kind);

}  // namespace evenkeel
