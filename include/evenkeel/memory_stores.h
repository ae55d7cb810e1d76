// In-memory stores: the reference implementations of every store interface, simple enough to be right by reading.
//
// A handle is cheap; Share() gives another one on the same contents, as a second process would have. What a store holds is a
// plain value: a simulator copies it, compares it and puts it back. Every handle may be used from several threads at once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/calendar.h"
#include "evenkeel/edge_cache.h"
#include "evenkeel/environment.h"
#include "evenkeel/listing.h"
#include "evenkeel/object_store.h"
#include "evenkeel/record_store.h"
#include "evenkeel/state_store.h"
#include "evenkeel/task_board.h"

namespace evenkeel {

// What a memory store promises; the defaults are the strongest store there is.
struct MemoryOptions {
  std::string name = "memory";    // of the store, for messages
  // false: a version is a hash of the content and comes back with it, like an S3 ETag; of a record with the number of our own last write, so
  // that only others bring one back, like an item in DynamoDB.
  bool unique_versions = true;
  bool checks_fences = true;
  bool keeps_operations = true;   // pages and records only: the other nouns have no place for one
  bool writable = true;           // false: writes fail with kPermissionDenied
  std::size_t listing_page = 1000;  // entries in one answer of List, where the interface has a cursor

  friend bool operator==(const MemoryOptions&, const MemoryOptions&) = default;
};

// The contents of one store, by key.
template <typename Item>
struct MemoryContents {
  struct Entry {
    Item item;
    Version version;
    std::string operation;
  };
  std::map<std::string, Entry> entries;
  std::map<std::string, std::uint64_t> fences;  // booking → highest number seen
  std::uint64_t writes = 0;                     // unique versions are made from it; never goes back
};

// A value that several handles share, with its lock.
template <typename T>
class MemoryWorld {
 public:
  template <typename Function>
  auto With(Function function) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return function(value_);
  }

 private:
  std::mutex mutex_;
  T value_;
};

struct MemoryPage {
  std::string bytes;
  std::string content_type;
  std::string cache_control;
  std::optional<Instant> modified;
};

class MemoryObjectStore final : public ObjectStore {
 public:
  using Contents = MemoryContents<MemoryPage>;

  // `environment` (may be null) gives the time of `modified`; it must outlive the store.
  explicit MemoryObjectStore(MemoryOptions options = {}, Environment* environment = nullptr);
  std::unique_ptr<MemoryObjectStore> Share() const;
  Contents Snapshot() const;
  // The same without a copy: `function(const Contents&)` is called under the store's lock, and must not call the store.
  template <typename Function>
  auto Look(Function function) const {
    return world_->With([&](const Contents& contents) { return function(contents); });
  }
  void Restore(Contents contents);
  // What somebody else does: no condition, no operation, a new version.
  void PutForeign(std::string_view key, std::string_view bytes, std::string_view content_type = "text/html");
  void DeleteForeign(std::string_view key);

  StoreTraits Traits() const override;
  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override;
  StatusOr<ObjectInfo> Head(std::string_view key) override;
  StatusOr<Object> Get(std::string_view key) override;
  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override;
  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view content_type,
                              const WriteStamp& stamp) override;
  Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) override;

 private:
  MemoryOptions options_;
  Environment* environment_;
  std::shared_ptr<MemoryWorld<Contents>> world_;
};

class MemoryRecordStore final : public RecordStore {
 public:
  using Contents = MemoryContents<Attributes>;

  // `columns` (may be empty: any) are the attributes that an Update may set.
  explicit MemoryRecordStore(MemoryOptions options = {}, std::vector<std::string> columns = {});
  std::unique_ptr<MemoryRecordStore> Share() const;
  Contents Snapshot() const;
  // The same without a copy: `function(const Contents&)` is called under the store's lock, and must not call the store.
  template <typename Function>
  auto Look(Function function) const {
    return world_->With([&](const Contents& contents) { return function(contents); });
  }
  void Restore(Contents contents);
  void PutForeign(std::string_view key, Attributes attributes);
  void DeleteForeign(std::string_view key);

  StoreTraits Traits() const override;
  StatusOr<RecordListing> List(std::string_view cursor) override;
  StatusOr<Record> Get(std::string_view key) override;
  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected,
                          const WriteStamp& stamp) override;

 private:
  MemoryOptions options_;
  std::vector<std::string> columns_;
  std::shared_ptr<MemoryWorld<Contents>> world_;
};

class MemoryEdgeCache final : public EdgeCache {
 public:
  struct Batch {
    std::string reference;
    std::vector<std::string> paths;

    friend bool operator==(const Batch&, const Batch&) = default;
  };

  MemoryEdgeCache();
  std::unique_ptr<MemoryEdgeCache> Share() const;
  std::vector<Batch> Batches() const;  // in the order of acceptance

  StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) override;
  StatusOr<bool> WasAccepted(std::string_view reference) override;

 private:
  std::shared_ptr<MemoryWorld<std::vector<Batch>>> world_;
};

class MemoryCalendar final : public Calendar {
 public:
  using Contents = MemoryContents<Event>;

  // `zones` (may be null) is needed where a change is stated in another zone than the event's; it must outlive the store.
  // `zone`: of floating events.
  explicit MemoryCalendar(MemoryOptions options = {}, const ZoneSource* zones = nullptr, std::string zone = "UTC");
  std::unique_ptr<MemoryCalendar> Share() const;
  Contents Snapshot() const;
  // The same without a copy: `function(const Contents&)` is called under the store's lock, and must not call the store.
  template <typename Function>
  auto Look(Function function) const {
    return world_->With([&](const Contents& contents) { return function(contents); });
  }
  void Restore(Contents contents);
  void PutForeign(Event event);
  void DeleteForeign(std::string_view uid);

  StoreTraits Traits() const override;
  StatusOr<EventListing> List() override;
  StatusOr<Event> Get(std::string_view uid) override;
  StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) override;

 private:
  MemoryOptions options_;
  const ZoneSource* zones_;
  std::string zone_;
  std::shared_ptr<MemoryWorld<Contents>> world_;
};

class MemoryListing final : public Listing {
 public:
  using Contents = MemoryContents<Attributes>;

  explicit MemoryListing(MemoryOptions options = {});
  std::unique_ptr<MemoryListing> Share() const;
  Contents Snapshot() const;
  // The same without a copy: `function(const Contents&)` is called under the store's lock, and must not call the store.
  template <typename Function>
  auto Look(Function function) const {
    return world_->With([&](const Contents& contents) { return function(contents); });
  }
  void Restore(Contents contents);
  void PutForeign(std::string_view id, Attributes attributes);
  void DeleteForeign(std::string_view id);

  StoreTraits Traits() const override;
  StatusOr<ListingPage> List() override;
  StatusOr<ListingEntry> Get(std::string_view id) override;
  StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes& set, const Version& expected,
                                        const WriteStamp& stamp) override;

 private:
  MemoryOptions options_;
  std::shared_ptr<MemoryWorld<Contents>> world_;
};

class MemoryTaskBoard final : public TaskBoard {
 public:
  using Contents = MemoryContents<Card>;

  explicit MemoryTaskBoard(MemoryOptions options = {}, std::string done_lane = "done");
  std::unique_ptr<MemoryTaskBoard> Share() const;
  Contents Snapshot() const;
  // The same without a copy: `function(const Contents&)` is called under the store's lock, and must not call the store.
  template <typename Function>
  auto Look(Function function) const {
    return world_->With([&](const Contents& contents) { return function(contents); });
  }
  void Restore(Contents contents);
  void PutForeign(Card card);
  void DeleteForeign(std::string_view id);

  StoreTraits Traits() const override;
  std::string DoneLane() const override;
  StatusOr<CardListing> List() override;
  StatusOr<Card> Get(std::string_view id) override;
  StatusOr<Card> Move(std::string_view id, std::string_view lane, const Version& expected, const WriteStamp& stamp) override;

 private:
  MemoryOptions options_;
  std::string done_lane_;
  std::shared_ptr<MemoryWorld<Contents>> world_;
};

class MemoryStateStore final : public StateStore {
 public:
  struct Contents {
    struct Document {
      Json value;
      Version version;
    };
    std::map<std::pair<std::string, std::string>, Document> documents;  // by (kind, id)
    std::map<std::string, std::string> blobs;
    std::map<std::string, std::string> journals;  // raw bytes, so that a torn tail can be had
    std::uint64_t writes = 0;
  };

  MemoryStateStore();
  std::unique_ptr<MemoryStateStore> Share() const;
  Contents Snapshot() const;
  // The same without a copy: `function(const Contents&)` is called under the store's lock, and must not call the store.
  template <typename Function>
  auto Look(Function function) const {
    return world_->With([&](const Contents& contents) { return function(contents); });
  }
  void Restore(Contents contents);

  StatusOr<StateDocument> GetDocument(std::string_view kind, std::string_view id) override;
  StatusOr<StateDocument> PutDocument(std::string_view kind, std::string_view id, const Json& value,
                                      const std::optional<Version>& expected) override;
  Status DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) override;
  StatusOr<std::vector<StateDocument>> ListDocuments(std::string_view kind) override;
  Status PutBlob(std::string_view name, std::string_view bytes) override;
  StatusOr<std::string> GetBlob(std::string_view name) override;
  Status RemoveBlob(std::string_view name) override;
  std::string BlobLocation(std::string_view name) const override;
  Status AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) override;
  StatusOr<JournalLines> ReadJournal(std::string_view run) override;
  StatusOr<std::vector<std::string>> ListJournals() override;
  Status RemoveJournal(std::string_view run) override;

 private:
  std::shared_ptr<MemoryWorld<Contents>> world_;
};

// Files in memory: "/" exists, every other folder must be made. Locks are real between threads and handles.
class MemoryFiles final : public Files {
 public:
  struct Node {
    std::string bytes;
    FileState state;
  };
  struct Contents {
    std::map<std::string, Node> nodes;  // by path without a trailing slash
    std::uint64_t inodes = 1;
    std::int64_t clock_ns = 1;  // every change gets a later time than the one before
  };

  MemoryFiles();
  std::unique_ptr<MemoryFiles> Share() const;
  Contents Snapshot() const;
  void Restore(Contents contents);

  StatusOr<FileState> Stat(const std::string& path) override;
  StatusOr<std::string> Read(const std::string& path, std::uint64_t max_bytes) override;
  StatusOr<std::vector<std::string>> List(const std::string& path) override;
  StatusOr<std::string> Resolve(const std::string& path) override;  // there are no links here
  Status WriteAtomically(const std::string& path, std::string_view bytes, const std::string& temporary_folder,
                         const std::function<Status()>& just_before = {}) override;
  Status CreateExclusively(const std::string& path, std::string_view bytes, const std::string& temporary_folder) override;
  Status AppendAt(const std::string& path, std::uint64_t offset, std::string_view bytes) override;
  Status Remove(const std::string& path) override;
  Status MakeFolders(const std::string& path, bool is_private = false) override;
  StatusOr<std::unique_ptr<Lock>> LockExclusively(const std::string& path, std::chrono::milliseconds timeout) override;

 private:
  struct Locks;
  std::shared_ptr<MemoryWorld<Contents>> world_;
  std::shared_ptr<Locks> locks_;
};

// A world of its own: the clock stands until it is set or somebody sleeps, random numbers follow from the seed.
class MemoryEnvironment final : public Environment {
 public:
  explicit MemoryEnvironment(Instant now = {}, std::uint64_t seed = 1);
  // A second process in the same world: same clock, same files, its own random numbers.
  std::unique_ptr<MemoryEnvironment> Share(std::uint64_t seed) const;
  void SetNow(Instant now);

  Instant Now() override;
  void Sleep(std::chrono::milliseconds duration) override;
  std::uint64_t Random() override;
  Files& files() override;

 private:
  std::shared_ptr<MemoryWorld<std::chrono::milliseconds>> clock_;  // since the epoch
  std::mutex random_mutex_;
  std::uint64_t random_state_;
  std::unique_ptr<MemoryFiles> files_;
};

}  // namespace evenkeel
