// The reading of every store. Nothing here writes.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "evenkeel/snapshot.h"
#include "observe/feature_memory.h"
#include "observe/state_documents.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

// Pages asked for at once: enough to overlap requests, few enough to bound memory.
constexpr std::size_t kBatch = 64;

StoreState StateOf(const std::string& name, ResourceKind kind, const StoreTraits& traits) {
  StoreState state;
  state.name = name;
  state.kind = kind;
  state.traits = traits;
  return state;
}

void Fail(StoreState& state, const Status& problem) {
  state.problem = problem;
  state.complete = false;
  state.why_incomplete = problem.message();
}

void NoteIncomplete(StoreState& state, bool complete, const std::string& why) {
  if (complete) return;
  state.complete = false;
  AddReason(state.why_incomplete, why.empty() ? "the store did not list everything" : why);
}

Status OverLimit(const Limits& limits, const std::string& store) {
  return Status(Code::kLimitExceeded, "more entries than listing_entries allows (" + std::to_string(limits.listing_entries) + ")", store);
}

// Whether the host has had enough. Once it says so it is not asked again.
class Host {
 public:
  explicit Host(const std::function<bool()>& keep_going) : keep_going_(keep_going) {}
  bool WantsToStop() { return stopped_ = stopped_ || (keep_going_ && !keep_going_()); }

 private:
  const std::function<bool()>& keep_going_;
  bool stopped_ = false;
};

// Calls `list(cursor)` until there is no cursor, and `take` with each part. A cursor that does not move ends it, too.
template <typename List, typename Take>
void ListAll(StoreState& state, const Limits& limits, Host& host, List list, Take take) {
  std::string cursor;
  while (!host.WantsToStop()) {
    auto part = list(cursor);
    if (!part.ok()) return Fail(state, part.status());
    NoteIncomplete(state, part->complete, part->why_incomplete);
    state.count += take(*part);
    if (state.count > limits.listing_entries) return Fail(state, OverLimit(limits, state.name));
    if (part->cursor.empty()) return;
    if (part->cursor == cursor) return NoteIncomplete(state, false, "the store's listing came back to the same place");
    cursor = part->cursor;
  }
}

void ObserveBatch(const Fleet& fleet, const PageStoreConfig& config, ObjectStore& store, const std::vector<ObjectInfo>& infos, Host& host,
                  Snapshot& snapshot) {
  std::vector<std::string> keys;
  for (const ObjectInfo& info : infos) keys.push_back(info.key);
  std::vector<StatusOr<Object>> objects = store.GetMany(keys);
  for (std::size_t i = 0; i < infos.size() && !host.WantsToStop(); ++i) {
    const Status missing(Code::kInternal, "the store gave no answer for this key");
    const Status& status = i < objects.size() ? objects[i].status() : missing;
    if (status.ok()) {
      snapshot.resources.push_back(ObservePage(fleet.config, config, std::move(objects[i]->info), std::move(objects[i]->bytes), *fleet.zones));
    } else if (status.code() != Code::kNotFound) {  // gone since it was listed: it is not there
      snapshot.resources.push_back(UnreadPage(fleet.config, config, infos[i], status, *fleet.zones));
    }
  }
}

// "g/x.html" and "g/x/index.html" both own what is under "g/x/".
std::string FolderOf(const PageStoreConfig& config, const std::string& slug, const std::string& key) {
  const std::size_t slash = key.rfind('/');
  const bool is_index = slash != std::string::npos && key.substr(0, slash).ends_with(slug);
  return (is_index ? key.substr(0, slash) : config.prefix + slug) + "/";
}

void NoteObjectsBeneath(const PageStoreConfig& config, const std::set<std::string>& others, Snapshot& snapshot) {
  for (Observed& observed : snapshot.resources) {
    if (others.empty() || !observed.page || observed.resource.store != config.store.name) continue;
    const std::string folder = FolderOf(config, observed.page->slug, observed.resource.key);
    const auto first = others.lower_bound(folder);
    if (first == others.end() || !first->starts_with(folder)) continue;
    PageContent content = *observed.page;
    content.object_beneath = *first;
    observed.page = std::make_shared<const PageContent>(std::move(content));
  }
}

void ObservePages(Fleet& fleet, const PageStoreConfig& config, Host& host, Snapshot& snapshot) {
  ObjectStore& store = *fleet.pages.at(config.store.name);
  StoreState state = StateOf(config.store.name, ResourceKind::kPage, store.Traits());
  std::vector<ObjectInfo> wanted;
  std::set<std::string> others;
  const Limits& limits = fleet.config.limits;
  ListAll(state, limits, host, [&](const std::string& cursor) { return store.List(config.prefix, cursor); }, [&](ObjectListing& part) {
    std::size_t pages = 0;
    for (ObjectInfo& info : part.objects) {
      if (!SlugOfKey(config, info.key)) {
        others.insert(std::move(info.key));
        continue;
      }
      ++pages;
      if (info.bytes <= limits.page_bytes) {
        wanted.push_back(std::move(info));
        continue;
      }
      const Status large(Code::kLimitExceeded, std::to_string(info.bytes) + " bytes is more than page_bytes allows (" + std::to_string(limits.page_bytes) +
                                                  "); raise limits.page_bytes in the fleet file, or exclude the page");
      snapshot.resources.push_back(UnreadPage(fleet.config, config, info, large, *fleet.zones));
    }
    return pages;
  });
  for (std::size_t begin = 0; begin < wanted.size() && !host.WantsToStop(); begin += kBatch) {
    const std::size_t end = std::min(begin + kBatch, wanted.size());
    ObserveBatch(fleet, config, store, {wanted.begin() + static_cast<std::ptrdiff_t>(begin), wanted.begin() + static_cast<std::ptrdiff_t>(end)}, host, snapshot);
  }
  NoteObjectsBeneath(config, others, snapshot);
  snapshot.stores.push_back(std::move(state));
}

void ObserveRecords(Fleet& fleet, const RecordStoreConfig& config, Host& host, Snapshot& snapshot) {
  RecordStore& store = *fleet.records.at(config.store.name);
  StoreState state = StateOf(config.store.name, ResourceKind::kRecord, store.Traits());
  ListAll(state, fleet.config.limits, host, [&](const std::string& cursor) { return store.List(cursor); }, [&](RecordListing& part) {
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

StatusOr<Snapshot> Observe(Fleet& fleet, const std::function<bool()>& keep_going) {
  Host host(keep_going);
  Snapshot snapshot;
  snapshot.taken_at = fleet.environment->Now();
  snapshot.tz_version = fleet.zones->DatabaseVersion();
  for (const PageStoreConfig& config : fleet.config.pages) ObservePages(fleet, config, host, snapshot);
  for (const RecordStoreConfig& config : fleet.config.records) ObserveRecords(fleet, config, host, snapshot);
  ObserveCalendars(fleet, host, snapshot);
  ObserveListings(fleet, host, snapshot);
  ObserveBoards(fleet, host, snapshot);
  if (host.WantsToStop()) return Status(Code::kUnavailable, "the host stopped it before everything was read; nothing was done", fleet.config.path);
  EVENKEEL_ASSIGN_OR_RETURN(snapshot.instructions, ListInstructions(*fleet.state));
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
