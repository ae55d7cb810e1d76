// The reading of every store. Nothing here writes.
#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "evenkeel/snapshot.h"
#include "observe/feature_memory.h"
#include "observe/list_all.h"
#include "observe/read_pages.h"
#include "observe/state_documents.h"

namespace evenkeel {

namespace {

void ObserveRecords(Fleet& fleet, const RecordStoreConfig& config, Host& host, Snapshot& snapshot) {
  RecordStore& store = *fleet.records.at(config.store.name);
  StoreState state = StateOf(config.store.name, ResourceKind::kRecord, store.Traits());
  ListAll(state, fleet.config.limits, [&] { return host.WantsToStop(); }, [&](const std::string& cursor) { return store.List(cursor); }, [&](RecordListing& part) {
    for (Record& record : part.records) snapshot.resources.push_back(ObserveRecord(fleet.config, config, std::move(record), *fleet.zones));
    return part.records.size();
  });
  snapshot.stores.push_back(std::move(state));
}

// Calendars, listings and boards are listed in one call.
template <typename Store, typename Take>
void ObserveWhole(Fleet& fleet, const std::string& name, ResourceKind kind, Store& store, Take take, Host& host, Snapshot& snapshot) {
  if (host.WantsToStop()) return;
  StoreState state = StateOf(name, kind, store.Traits());
  auto listing = store.List();
  if (!listing.ok()) {
    Fail(state, listing.status());
  } else {
    NoteIncomplete(state, listing->complete, listing->why_incomplete);
    state.count = take(*listing);
    if (state.count > fleet.config.limits.listing_entries) Fail(state, OverLimit(fleet.config.limits, name));
  }
  snapshot.stores.push_back(std::move(state));
}

void ObserveCalendars(Fleet& fleet, Host& host, Snapshot& snapshot) {
  for (const StoreConfig& config : fleet.config.calendars) {
    ObserveWhole(fleet, config.name, ResourceKind::kEvent, *fleet.calendars.at(config.name), [&](EventListing& listing) {
      for (Event& event : listing.events) snapshot.resources.push_back(ObserveEvent(fleet.config, config, std::move(event), *fleet.zones));
      return listing.events.size();
    }, host, snapshot);
  }
}

void ObserveListings(Fleet& fleet, Host& host, Snapshot& snapshot) {
  for (const StoreConfig& config : fleet.config.listings) {
    ObserveWhole(fleet, config.name, ResourceKind::kListing, *fleet.listings.at(config.name), [&](ListingPage& page) {
      for (ListingEntry& entry : page.entries) snapshot.resources.push_back(ObserveListing(fleet.config, config, std::move(entry), *fleet.zones));
      return page.entries.size();
    }, host, snapshot);
  }
}

void ObserveBoards(Fleet& fleet, Host& host, Snapshot& snapshot) {
  for (const BoardConfig& config : fleet.config.boards) {
    ObserveWhole(fleet, config.store.name, ResourceKind::kCard, *fleet.boards.at(config.store.name), [&](CardListing& listing) {
      for (Card& card : listing.cards) snapshot.resources.push_back(ObserveCard(fleet.config, config, std::move(card), *fleet.zones));
      return listing.cards.size();
    }, host, snapshot);
  }
}

}  // namespace

StatusOr<Snapshot> Observe(Fleet& fleet, const ObserveOptions& options) {
  Host host(options);
  Snapshot snapshot;
  snapshot.taken_at = fleet.environment->Now();
  snapshot.tz_version = fleet.zones->DatabaseVersion();
  for (const PageStoreConfig& config : fleet.config.pages) ReadPages(fleet, config, host, snapshot);
  for (const RecordStoreConfig& config : fleet.config.records) ObserveRecords(fleet, config, host, snapshot);
  ObserveCalendars(fleet, host, snapshot);
  ObserveListings(fleet, host, snapshot);
  ObserveBoards(fleet, host, snapshot);
  if (host.WantsToStop()) return Status(Code::kUnavailable, "the host stopped it before everything was read; nothing was done", fleet.config.path);
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.instructions, ListInstructions(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.answers, ListAnswers(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.acceptances, ListAcceptances(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.tombstones, ListTombstones(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.former_words, ListFormerWords(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.remembered, ListRememberedFeatures(*fleet.state));
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.handoffs, ListHandoffs(*fleet.state));
  std::sort(snapshot.stores.begin(), snapshot.stores.end(),
            [](const StoreState& a, const StoreState& b) { return std::tie(a.kind, a.name) < std::tie(b.kind, b.name); });
  std::stable_sort(snapshot.resources.begin(), snapshot.resources.end(),
                   [](const Observed& a, const Observed& b) { return a.resource < b.resource; });
  return snapshot;
}

}  // namespace evenkeel
