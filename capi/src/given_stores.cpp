#include "given_stores.h"

#include <optional>
#include <utility>
#include <vector>

#include "evenkeel/memory_stores.h"
#include "store_documents.h"

namespace evenkeel::capi {
namespace {

Status ReadOnly(const std::string& name) {
  return Status(Code::kPermissionDenied, "was given to be read alone; open the fleet with stores to change anything", name);
}

// Items of one store by key, and what their listing said.
template <typename Item>
class Contents {
 public:
  explicit Contents(std::string name) : name_(std::move(name)) {}

  template <typename KeyOf>
  Status Take(const Json& listing, const char* list, Item (*from)(const Json&, const std::string&, Status&), KeyOf key_of) {
    Status status;
    const Listed listed = ListedFrom(listing, list, status);
    const StoreTraits traits = TraitsFrom(listing, "", status);
    std::map<std::string, Item> items;
    for (Item& item : ItemsFrom(listing, list, from, status)) {
      std::string key = key_of(item);
      if (!items.emplace(key, std::move(item)).second && status.ok()) status = Status(Code::kInvalidArgument, "stands there twice: " + key, list);
    }
    if (!status.ok()) return Status(status.code(), status.message(), name_ + ": " + status.resource());
    traits_ = traits;
    listed_ = listed;
    items_ = std::move(items);
    return OkStatus();
  }
  Status Dark() const {
    return listed_ ? OkStatus() : Status(Code::kUnavailable, "nothing was given of this store; hand its contents over with ek_give", name_);
  }
  StatusOr<Item> Get(std::string_view key) const {
    EVENKEEL_RETURN_IF_ERROR(Dark());
    const auto found = items_.find(std::string(key));
    if (found == items_.end()) return Status(Code::kNotFound, "was not given", name_ + ":" + std::string(key));
    return found->second;
  }
  // Into whatever listing has `complete` and `why_incomplete`.
  template <typename Listing>
  StatusOr<Listing> All(std::vector<Item> Listing::* items) const {
    EVENKEEL_RETURN_IF_ERROR(Dark());
    Listing listing;
    for (const auto& [key, item] : items_) (listing.*items).push_back(item);
    listing.complete = listed_->complete;
    listing.why_incomplete = listed_->why_incomplete;
    return listing;
  }
  void Put(const std::string& key, Item item) {
    if (!listed_) listed_ = Listed();
    items_[key] = std::move(item);
  }
  const std::string& name() const { return name_; }
  const StoreTraits& traits() const { return traits_; }

 private:
  std::string name_;
  StoreTraits traits_;
  std::optional<Listed> listed_;
  std::map<std::string, Item> items_;
};

class GivenPages final : public ObjectStore, public GivenStore {
 public:
  explicit GivenPages(const std::string& name) : contents_(name) {}

  Status Take(const Json& listing) override {
    return contents_.Take(listing, "objects", ObjectFrom, [](const ObjectInfo& info) { return info.key; });
  }
  Status TakePage(const Json& object, std::string bytes) override {
    Status status;
    ObjectInfo info = ObjectFrom(object, "", status);
    EVENKEEL_RETURN_IF_ERROR(status);
    info.bytes = bytes.size();
    bytes_[info.key] = {info.version, std::move(bytes)};
    contents_.Put(info.key, info);
    return OkStatus();
  }

  StoreTraits Traits() const override { return contents_.traits(); }
  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view) override {
    EVENKEEL_ASSIGN_OR_RETURN(ObjectListing listing, contents_.All(&ObjectListing::objects));
    std::erase_if(listing.objects, [&](const ObjectInfo& info) { return !info.key.starts_with(prefix); });
    return listing;
  }
  StatusOr<ObjectInfo> Head(std::string_view key) override { return contents_.Get(key); }
  StatusOr<Object> Get(std::string_view key) override {
    EVENKEEL_ASSIGN_OR_RETURN(ObjectInfo info, contents_.Get(key));
    const auto found = bytes_.find(info.key);
    if (found == bytes_.end() || found->second.first != info.version) {
      return Status(Code::kUnavailable, "its bytes were not given; hand them over with ek_give_page", contents_.name() + ":" + info.key);
    }
    return Object{std::move(info), found->second.second};
  }
  StatusOr<ObjectInfo> Replace(std::string_view, std::string_view, const Version&, const WriteStamp&) override { return ReadOnly(contents_.name()); }
  StatusOr<ObjectInfo> Create(std::string_view, std::string_view, std::string_view, const WriteStamp&) override { return ReadOnly(contents_.name()); }
  Status Delete(std::string_view, const Version&, const WriteStamp&) override { return ReadOnly(contents_.name()); }

 private:
  Contents<ObjectInfo> contents_;
  std::map<std::string, std::pair<Version, std::string>> bytes_;
};

class GivenRecords final : public RecordStore, public GivenStore {
 public:
  explicit GivenRecords(const std::string& name) : contents_(name) {}

  Status Take(const Json& listing) override {
    return contents_.Take(listing, "records", RecordFrom, [](const Record& record) { return record.key; });
  }
  StoreTraits Traits() const override { return contents_.traits(); }
  StatusOr<RecordListing> List(std::string_view) override { return contents_.All(&RecordListing::records); }
  StatusOr<Record> Get(std::string_view key) override { return contents_.Get(key); }
  StatusOr<Record> Update(std::string_view, const Attributes&, const Attributes&, const Version&, const WriteStamp&) override {
    return ReadOnly(contents_.name());
  }

 private:
  Contents<Record> contents_;
};

class GivenCalendar final : public Calendar, public GivenStore {
 public:
  explicit GivenCalendar(const std::string& name) : contents_(name) {}

  Status Take(const Json& listing) override {
    return contents_.Take(listing, "events", EventFrom, [](const Event& event) { return event.uid; });
  }
  StoreTraits Traits() const override { return contents_.traits(); }
  StatusOr<EventListing> List() override { return contents_.All(&EventListing::events); }
  StatusOr<Event> Get(std::string_view uid) override { return contents_.Get(uid); }
  StatusOr<Event> Update(std::string_view, const EventChange&, const Version&, const WriteStamp&) override { return ReadOnly(contents_.name()); }

 private:
  Contents<Event> contents_;
};

class GivenListing final : public Listing, public GivenStore {
 public:
  explicit GivenListing(const std::string& name) : contents_(name) {}

  Status Take(const Json& listing) override {
    return contents_.Take(listing, "listings", EntryFrom, [](const ListingEntry& entry) { return entry.id; });
  }
  StoreTraits Traits() const override { return contents_.traits(); }
  StatusOr<ListingPage> List() override { return contents_.All(&ListingPage::entries); }
  StatusOr<ListingEntry> Get(std::string_view id) override { return contents_.Get(id); }
  StatusOr<ListingEntry> RecordAttested(std::string_view, const Attributes&, const Version&, const WriteStamp&) override {
    return ReadOnly(contents_.name());
  }

 private:
  Contents<ListingEntry> contents_;
};

class GivenBoard final : public TaskBoard, public GivenStore {
 public:
  explicit GivenBoard(const std::string& name) : contents_(name) {}

  Status Take(const Json& listing) override {
    const auto lane = listing.is_object() ? listing.find("done_lane") : listing.end();
    if (listing.is_object() && lane != listing.end() && lane->is_string()) done_lane_ = lane->get<std::string>();
    return contents_.Take(listing, "cards", CardFrom, [](const Card& card) { return card.id; });
  }
  StoreTraits Traits() const override { return contents_.traits(); }
  std::string DoneLane() const override { return done_lane_; }
  StatusOr<CardListing> List() override { return contents_.All(&CardListing::cards); }
  StatusOr<Card> Get(std::string_view id) override { return contents_.Get(id); }
  StatusOr<Card> Move(std::string_view, std::string_view, const Version&, const WriteStamp&) override { return ReadOnly(contents_.name()); }

 private:
  Contents<Card> contents_;
  std::string done_lane_ = "done";
};

class GivenEdge final : public EdgeCache {
 public:
  explicit GivenEdge(std::string name) : name_(std::move(name)) {}

  StatusOr<std::string> Invalidate(const std::vector<std::string>&, std::string_view) override { return ReadOnly(name_); }
  StatusOr<bool> WasAccepted(std::string_view) override { return false; }

 private:
  std::string name_;
};

template <typename Made, typename Store>
void UseFor(std::map<std::string, AdapterRegistry::Entry<Store>>& adapters, GivenContents& contents) {
  adapters["given"];
  for (auto& [name, entry] : adapters) {
    entry.remote = false;
    entry.make = [&contents](const AdapterContext& context, const Json&) -> StatusOr<std::unique_ptr<Store>> {
      auto made = std::make_unique<Made>(context.name);
      contents[context.name] = made.get();
      return std::unique_ptr<Store>(std::move(made));
    };
  }
}

}  // namespace

Status GivenStore::TakePage(const Json&, std::string) { return Status(Code::kInvalidArgument, "is no page store", "store"); }

void UseGivenStores(AdapterRegistry& registry, GivenContents& contents) {
  UseFor<GivenPages>(registry.pages, contents);
  UseFor<GivenRecords>(registry.records, contents);
  UseFor<GivenCalendar>(registry.calendars, contents);
  UseFor<GivenListing>(registry.listings, contents);
  UseFor<GivenBoard>(registry.boards, contents);
  registry.edge["given"];
  for (auto& [name, entry] : registry.edge) {
    entry.remote = false;
    entry.make = [](const AdapterContext& context, const Json&) -> StatusOr<std::unique_ptr<EdgeCache>> {
      return std::unique_ptr<EdgeCache>(std::make_unique<GivenEdge>(context.name));
    };
  }
  registry.states["given"];
  for (auto& [name, entry] : registry.states) {
    entry.remote = false;
    entry.make = [](const AdapterContext&, const Json&) -> StatusOr<std::unique_ptr<StateStore>> {
      return std::unique_ptr<StateStore>(std::make_unique<MemoryStateStore>());
    };
  }
}

}  // namespace evenkeel::capi
