// The memory stores of the smaller nouns: edge cache, calendar, listing, task board.
#include "stores/memory/event_change.h"
#include "stores/memory/table.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// Versions that may repeat are hashes of what a person would see of the entry.
std::string ContentOf(const Event& event) {
  std::string content = event.summary + '\n' + event.description + '\n' + event.location + '\n' + event.status + '\n' + event.zone;
  for (const auto& time : {event.start, event.end}) {
    content += '\n';
    if (time && time->date) content += std::to_string(date::local_days(*time->date).time_since_epoch().count()) + ' ';
    if (time) content += std::to_string(time->minutes);
  }
  return content;
}
std::string ContentOf(const Attributes& attributes) { return Json(attributes).dump(-1, ' ', false, Json::error_handler_t::replace); }
std::string ContentOf(const Card& card) { return card.lane + '\n' + card.title + '\n' + card.booking + '\n' + card.slug; }

StoreTraits TraitsOf(const MemoryOptions& options) { return {options.unique_versions, options.checks_fences, false, options.writable}; }

// The item as it is given out: with its version.
Event Stamped(const std::string&, const MemoryContents<Event>::Entry& entry) {
  Event event = entry.item;
  event.version = entry.version;
  return event;
}
Card Stamped(const std::string&, const MemoryContents<Card>::Entry& entry) {
  Card card = entry.item;
  card.version = entry.version;
  return card;
}
ListingEntry Stamped(const std::string& id, const MemoryContents<Attributes>::Entry& entry) { return {id, entry.item, entry.version}; }

}  // namespace

MemoryEdgeCache::MemoryEdgeCache() : world_(std::make_shared<MemoryWorld<std::vector<Batch>>>()) {}
std::unique_ptr<MemoryEdgeCache> MemoryEdgeCache::Share() const { return std::make_unique<MemoryEdgeCache>(*this); }
std::vector<MemoryEdgeCache::Batch> MemoryEdgeCache::Batches() const {
  return world_->With([](std::vector<Batch>& batches) { return batches; });
}

StatusOr<std::string> MemoryEdgeCache::Invalidate(const std::vector<std::string>& paths, std::string_view reference) {
  if (reference.empty()) return Status(Code::kInvalidArgument, "an invalidation needs a reference");
  return world_->With([&](std::vector<Batch>& batches) -> StatusOr<std::string> {
    for (std::size_t i = 0; i < batches.size(); ++i) {
      if (EVENKEEL_BUG(49, "the cache takes the same reference twice") || batches[i].reference != reference) continue;
      if (batches[i].paths == paths) return "I" + std::to_string(i + 1);
      return Status(Code::kAlreadyExists, "the reference stands for other paths already; use a new one", std::string(reference));
    }
    batches.push_back({std::string(reference), paths});
    return "I" + std::to_string(batches.size());
  });
}

StatusOr<bool> MemoryEdgeCache::WasAccepted(std::string_view reference) {
  return world_->With([&](std::vector<Batch>& batches) -> StatusOr<bool> {
    for (const Batch& batch : batches) {
      if (batch.reference == reference) return true;
    }
    return false;
  });
}

MemoryCalendar::MemoryCalendar(MemoryOptions options, const ZoneSource* zones, std::string zone)
    : options_(std::move(options)), zones_(zones), zone_(std::move(zone)), world_(std::make_shared<MemoryWorld<Contents>>()) {}
std::unique_ptr<MemoryCalendar> MemoryCalendar::Share() const { return std::make_unique<MemoryCalendar>(*this); }
MemoryCalendar::Contents MemoryCalendar::Snapshot() const {
  return world_->With([](Contents& contents) { return contents; });
}
void MemoryCalendar::Restore(Contents contents) {
  world_->With([&](Contents& now) { now = std::move(contents); });
}
void MemoryCalendar::PutForeign(Event event) {
  const std::string uid = event.uid, content = ContentOf(event);
  world_->With([&](Contents& contents) { memory::PutForeign(contents, options_, uid, std::move(event), content); });
}
void MemoryCalendar::DeleteForeign(std::string_view uid) {
  world_->With([&](Contents& contents) { contents.entries.erase(std::string(uid)); });
}
StoreTraits MemoryCalendar::Traits() const { return TraitsOf(options_); }

StatusOr<EventListing> MemoryCalendar::List() {
  return world_->With([](Contents& contents) -> StatusOr<EventListing> {
    EventListing listing;
    for (const auto& [uid, entry] : contents.entries) listing.events.push_back(Stamped(uid, entry));
    return listing;
  });
}

StatusOr<Event> MemoryCalendar::Get(std::string_view uid) {
  return world_->With([&](Contents& contents) -> StatusOr<Event> {
    EVENKEEL_ASSIGN_OR_RETURN(Contents::Entry entry, memory::Find(contents, options_, uid));
    return Stamped(std::string(uid), entry);
  });
}

StatusOr<Event> MemoryCalendar::Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) {
  return world_->With([&](Contents& contents) -> StatusOr<Event> {
    if (!EVENKEEL_BUG(61, "an event is written whatever its version")) EVENKEEL_RETURN_IF_ERROR(memory::CheckWrite(contents, options_, uid, expected, stamp));
    EVENKEEL_ASSIGN_OR_RETURN(Event event, ChangedEvent(contents.entries[std::string(uid)].item, change, zone_, zones_));
    const std::string content = ContentOf(event);
    return Stamped(std::string(uid), memory::Put(contents, options_, uid, std::move(event), content, stamp));
  });
}

MemoryListing::MemoryListing(MemoryOptions options)
    : options_(std::move(options)), world_(std::make_shared<MemoryWorld<Contents>>()) {}
std::unique_ptr<MemoryListing> MemoryListing::Share() const { return std::make_unique<MemoryListing>(*this); }
MemoryListing::Contents MemoryListing::Snapshot() const {
  return world_->With([](Contents& contents) { return contents; });
}
void MemoryListing::Restore(Contents contents) {
  world_->With([&](Contents& now) { now = std::move(contents); });
}
void MemoryListing::PutForeign(std::string_view id, Attributes attributes) {
  const std::string content = ContentOf(attributes);
  world_->With([&](Contents& contents) { memory::PutForeign(contents, options_, id, std::move(attributes), content); });
}
void MemoryListing::DeleteForeign(std::string_view id) {
  world_->With([&](Contents& contents) { contents.entries.erase(std::string(id)); });
}
StoreTraits MemoryListing::Traits() const { return TraitsOf(options_); }

StatusOr<ListingPage> MemoryListing::List() {
  return world_->With([](Contents& contents) -> StatusOr<ListingPage> {
    ListingPage page;
    for (const auto& [id, entry] : contents.entries) page.entries.push_back(Stamped(id, entry));
    return page;
  });
}

StatusOr<ListingEntry> MemoryListing::Get(std::string_view id) {
  return world_->With([&](Contents& contents) -> StatusOr<ListingEntry> {
    EVENKEEL_ASSIGN_OR_RETURN(Contents::Entry entry, memory::Find(contents, options_, id));
    return Stamped(std::string(id), entry);
  });
}

StatusOr<ListingEntry> MemoryListing::RecordAttested(std::string_view id, const Attributes& set, const Version& expected,
                                                     const WriteStamp& stamp) {
  if (set.contains("id")) return Status(Code::kInvalidArgument, "the id of a listing is never set", options_.name + ":" + std::string(id));
  return world_->With([&](Contents& contents) -> StatusOr<ListingEntry> {
    EVENKEEL_RETURN_IF_ERROR(memory::CheckWrite(contents, options_, id, expected, stamp));
    Attributes attributes = contents.entries[std::string(id)].item;
    for (const auto& [name, value] : set) attributes[name] = value;
    const std::string content = ContentOf(attributes);
    return Stamped(std::string(id), memory::Put(contents, options_, id, std::move(attributes), content, stamp));
  });
}

MemoryTaskBoard::MemoryTaskBoard(MemoryOptions options, std::string done_lane)
    : options_(std::move(options)), done_lane_(std::move(done_lane)), world_(std::make_shared<MemoryWorld<Contents>>()) {}
std::unique_ptr<MemoryTaskBoard> MemoryTaskBoard::Share() const { return std::make_unique<MemoryTaskBoard>(*this); }
MemoryTaskBoard::Contents MemoryTaskBoard::Snapshot() const {
  return world_->With([](Contents& contents) { return contents; });
}
void MemoryTaskBoard::Restore(Contents contents) {
  world_->With([&](Contents& now) { now = std::move(contents); });
}
void MemoryTaskBoard::PutForeign(Card card) {
  const std::string id = card.id, content = ContentOf(card);
  world_->With([&](Contents& contents) { memory::PutForeign(contents, options_, id, std::move(card), content); });
}
void MemoryTaskBoard::DeleteForeign(std::string_view id) {
  world_->With([&](Contents& contents) { contents.entries.erase(std::string(id)); });
}
StoreTraits MemoryTaskBoard::Traits() const { return TraitsOf(options_); }
std::string MemoryTaskBoard::DoneLane() const { return done_lane_; }

StatusOr<CardListing> MemoryTaskBoard::List() {
  return world_->With([](Contents& contents) -> StatusOr<CardListing> {
    CardListing listing;
    for (const auto& [id, entry] : contents.entries) listing.cards.push_back(Stamped(id, entry));
    return listing;
  });
}

StatusOr<Card> MemoryTaskBoard::Get(std::string_view id) {
  return world_->With([&](Contents& contents) -> StatusOr<Card> {
    EVENKEEL_ASSIGN_OR_RETURN(Contents::Entry entry, memory::Find(contents, options_, id));
    return Stamped(std::string(id), entry);
  });
}

StatusOr<Card> MemoryTaskBoard::Move(std::string_view id, std::string_view lane, const Version& expected, const WriteStamp& stamp) {
  if (lane.empty()) return Status(Code::kInvalidArgument, "a card needs a lane", options_.name + ":" + std::string(id));
  return world_->With([&](Contents& contents) -> StatusOr<Card> {
    if (!EVENKEEL_BUG(62, "a card is moved whatever its version")) EVENKEEL_RETURN_IF_ERROR(memory::CheckWrite(contents, options_, id, expected, stamp));
    Card card = contents.entries[std::string(id)].item;
    card.lane = lane;
    const std::string content = ContentOf(card);
    return Stamped(std::string(id), memory::Put(contents, options_, id, std::move(card), content, stamp));
  });
}

}  // namespace evenkeel
