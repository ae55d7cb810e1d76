// What the future of a simulation hangs on, as a number.
#include <map>
#include <set>

#include "apply/journal.h"
#include "evenkeel/json.h"
#include "observe/state_documents.h"
#include "simulation/simulation.h"

namespace evenkeel::simulation {

std::uint64_t Simulation::JournalDigest() const {
  std::map<std::string, std::uint64_t> actions;
  std::set<std::string> settled;
  std::uint64_t order = 0, authors = 0;
  bool is_contested = false;
  for (const Line& line : lines_) {
    // The two ways of an action have states of their own; of the lines about the whole run each kind counts.
    const bool is_undo = line.kind == entry::kUndoIntent || line.kind == entry::kUndoOutcome;
    std::uint64_t& action = actions[line.action.empty() ? line.kind : line.action + (is_undo ? "/undo" : "")];
    const std::uint64_t before = line.kind == entry::kOutcome || line.kind == entry::kUndoOutcome ? Mix(action, line.facts) : DigestOf(line.expected);
    action = Mix(DigestOf(line.kind), Mix(Mix(DigestOf(line.outcome), DigestOf(line.version)), before));
    is_contested |= line.kind == "outcome" && !settled.insert(line.action).second;
    order = Mix(order, Mix(DigestOf(line.action), DigestOf(line.outcome)));
    authors = Mix(authors, static_cast<std::uint64_t>(line.agent));
  }
  // Where several write, what each has passed over hangs on the order of the lines; and where an action has two outcomes, on who knew
  // of which.
  if (processes_.size() == 1) order = 0;
  if (is_contested && processes_.size() > 1) order = Mix(order, authors);
  if (!lines_.empty()) order = Mix(order, Mix(DigestOf(lines_.back().kind), Mix(DigestOf(lines_.back().action), lines_.back().finished ? 1 : 0)));
  for (const auto& [action, digest] : actions) order = Mix(order, Mix(DigestOf(action), digest));
  return Mix(order, unsynced_ ? lines_.size() - *unsynced_ + 1 : 0);
}

std::uint64_t Simulation::StateDigest() const {
  std::uint64_t digest = JournalDigest();
  world_->state.Look([&](const MemoryStateStore::Contents& state) {
    for (const auto& [name, bytes] : state.blobs) digest = Mix(digest, Mix(DigestOf(name), DigestOf(bytes)));
    for (const auto& [id, document] : state.documents) {
      digest = Mix(digest, Mix(DigestOf(id.first), DigestOf(id.second)));
      if (id.first == kLeaseKind) digest = Mix(digest, DigestOf(DumpJson(document.value)));
      if (id.first == kHeadKind) digest = Mix(digest, lines_.size() - document.value["count"].get<std::uint64_t>());
    }
    for (const auto& [run, bytes] : state.journals) digest = Mix(digest, bytes.empty() || bytes.back() == '\n' ? 1 : 2);
  });
  return Mix(digest, (damaged_ ? 1U : 0U) + (flipped_ ? 2U : 0U) + (was_cut_ ? 4U : 0U) + (taker_ ? 8U << *taker_ : 0U));
}

namespace {

std::uint64_t DigestOfColumns(const Attributes& item) {
  std::uint64_t all = 0;
  for (const auto& [name, value] : item) all = Mix(all, DigestOf(value.get_ref<const std::string&>()));
  return all;
}
std::uint64_t DigestOfPage(const MemoryPage& page) { return DigestOf(page.bytes); }
std::uint64_t DigestOfEvent(const Event& event) { return static_cast<std::uint64_t>(event.start->minutes); }
std::uint64_t DigestOfListing(const Attributes& item) { return DigestOf(item.at("start").get_ref<const std::string&>()); }
std::uint64_t DigestOfCard(const Card& card) { return DigestOf(card.lane); }

}  // namespace

std::uint64_t Simulation::ContentsDigest() const {
  auto digest = static_cast<std::uint64_t>(world_->environment.Now().time_since_epoch().count());
  const auto add_store = [&digest](const auto& store, auto text) {
    store.Look([&](const auto& contents) {
      for (const auto& [key, entry] : contents.entries) digest = Mix(digest, Mix(DigestOf(key), text(entry.item)));
    });
  };
  add_store(world_->pages, DigestOfPage);
  add_store(world_->records, DigestOfColumns);
  add_store(world_->calendar, DigestOfEvent);
  add_store(world_->listing, DigestOfListing);
  add_store(world_->board, DigestOfCard);
  world_->state.Look([&digest](const MemoryStateStore::Contents& state) {
    for (const auto& [id, document] : state.documents) {
      // Leases and journals say who may write, not what is true.
      if (id.first == kLeaseKind || id.first == kHeadKind) continue;
      digest = Mix(digest, Mix(Mix(DigestOf(id.first), DigestOf(id.second)), DigestOf(DumpJson(document.value))));
    }
  });
  return digest;
}

std::uint64_t Simulation::Digest() const {
  std::uint64_t digest = Mix(StateDigest(), laws_.Digest());
  digest = Mix(digest, static_cast<std::uint64_t>(world_->environment.Now().time_since_epoch().count()));
  digest = Mix(digest, static_cast<std::uint64_t>(newest_.time_since_epoch().count()));
  const auto add = [&digest](const auto& contents, auto text) {
    for (const auto& [key, entry] : contents.entries) {
      digest = Mix(digest, Mix(DigestOf(key), DigestOf(entry.version)));
      digest = Mix(digest, Mix(DigestOf(entry.operation), text(entry.item)));
    }
  };
  const auto add_store = [&add](const auto& store, auto text) { store.Look([&](const auto& contents) { add(contents, text); }); };
  add_store(world_->pages, DigestOfPage);
  add_store(world_->records, DigestOfColumns);
  add(records_before_, DigestOfColumns);
  add_store(world_->calendar, DigestOfEvent);
  add_store(world_->listing, DigestOfListing);
  add_store(world_->board, DigestOfCard);
  for (const MemoryEdgeCache::Batch& batch : world_->edge.Batches()) digest = Mix(digest, DigestOf(batch.reference));
  for (const Delayed& delayed : delayed_) {
    digest = Mix(digest, delayed.digest);
    if (delayed.resource.starts_with("journal:")) digest = Mix(digest, lines_.size());
  }
  for (const Process& process : processes_) {
    digest = Mix(digest, Mix(Mix(process.trace, process.leases), laws_.DigestOf({"", process.seen})));
    digest = Mix(digest, Mix(process.machine == nullptr ? 1 : 2, (process.at_rest ? 64U : 0U) + static_cast<unsigned>(process.fruitless)));
  }
  return digest;
}

}  // namespace evenkeel::simulation
