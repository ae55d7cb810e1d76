// What a card claims.
#include <array>
#include <string>
#include <utility>

#include "evenkeel/snapshot.h"
#include "observe/claims.h"
#include "observe/pointer.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

bool IsDone(const BoardConfig& board, const Card& card) {
  const auto lane = board.store.settings.find("done_lane");
  return card.lane == (lane != board.store.settings.end() && lane->is_string() ? lane->get<std::string>() : "done");
}

// "move to 3:30", "push back to 4": the one time in a task to move something is the start that is wanted.
bool AsksToMove(std::string_view title) {
  static constexpr std::array<std::string_view, 8> kWords = {"move", "change", "shift", "resched", "start", "push", "now at", "new time"};
  const std::string folded = FoldCase(title);
  for (const std::string_view word : kWords) {
    if (folded.find(word) != std::string::npos) return true;
  }
  return false;
}

void ClaimTitle(Claimant& claimant, const Card& card) {
  StatusOr<Reading> reading = ReadText(card.title, OptionsFor(claimant.fleet(), claimant.zones(), std::nullopt));
  if (!reading.ok()) return;
  for (TimeReference& time : reading->times) {
    if (time.role == Role::kUnknown && reading->times.size() == 1 && AsksToMove(card.title)) time.role = time.end ? Role::kStartEnd : Role::kStart;
  }
  claimant.Reading(*reading, "title");
}

}  // namespace

Observed ObserveCard(const FleetConfig& fleet, const BoardConfig& store, Card card, const ZoneSource& zones) {
  Observed observed;
  observed.resource = {ResourceKind::kCard, store.store.name, card.id};
  observed.version = card.version;
  Claimant claimant(fleet, store.store, observed, zones);
  claimant.Identify("card", card.id, "id");
  claimant.Identify("booking", card.booking, "booking");
  if (!card.slug.empty()) {
    for (const PageStoreConfig& pages : fleet.pages) {
      if (const auto slug = SlugOfPointer(pages, card.slug)) claimant.Identify("page", pages.store.name + ":" + KeyOfSlug(pages, *slug), "slug");
    }
  }
  // A finished task is history: what it said was true once.
  if (!IsDone(store, card)) ClaimTitle(claimant, card);
  observed.card = std::move(card);
  SortObserved(observed);
  return observed;
}

}  // namespace evenkeel
