// Faults: decorators around every store interface that make calls go wrong as networks and disks do.
//
//   FaultyObjectStore store(memory, [&](std::string_view call, std::string_view resource) {
//     return ++calls == 7 ? Fault::kReplyLost : Fault::kNone;
//   });
//
// The plan is asked once before every call, and may itself write to the contents behind it: that is a foreign writer who comes in between.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/calendar.h"
#include "evenkeel/edge_cache.h"
#include "evenkeel/listing.h"
#include "evenkeel/object_store.h"
#include "evenkeel/record_store.h"
#include "evenkeel/state_store.h"
#include "evenkeel/task_board.h"

namespace evenkeel::contract {

enum class Fault {
  kNone,
  kErrorBefore,  // kUnavailable, nothing was done
  kReplyLost,    // done, and kUnknownOutcome comes back; of a read: kUnavailable
  kConflict,     // kPreconditionFailed, nothing was done; of a read: as kNone
  kCutListing,   // the second half is missing and `complete` says so; elsewhere as kNone
};

// call: "Replace", "Update", …; resource: the key, or what stands for it.
using FaultPlan = std::function<Fault(std::string_view call, std::string_view resource)>;

// While one lives, the call is the store's own business: memory that fails by plan fails outside of it only.
struct InStore {
  InStore() { ++Depth(); }
  ~InStore() { --Depth(); }
  InStore(const InStore&) = delete;
  InStore& operator=(const InStore&) = delete;
  static int& Depth() {
    static thread_local int depth = 0;
    return depth;
  }
};

class Faults {
 public:
  explicit Faults(FaultPlan plan) : plan_(std::move(plan)) {}

  template <typename Call>
  auto Write(std::string_view name, std::string_view resource, Call call) -> decltype(call()) {
    const InStore scope;
    const Fault fault = plan_(name, resource);
    if (fault == Fault::kErrorBefore) return Status(Code::kUnavailable, "injected: nothing was done", std::string(resource));
    if (fault == Fault::kConflict) return Status(Code::kPreconditionFailed, "injected: somebody else was first", std::string(resource));
    auto reply = call();
    if (fault != Fault::kReplyLost) return reply;
    return Status(Code::kUnknownOutcome, "injected: the reply was lost", std::string(resource));
  }

  template <typename Call>
  auto Read(std::string_view name, std::string_view resource, Call call) -> decltype(call()) {
    const InStore scope;
    const Fault fault = plan_(name, resource);
    if (fault != Fault::kErrorBefore && fault != Fault::kReplyLost) return call();
    return Status(Code::kUnavailable, "injected: no answer", std::string(resource));
  }

  // `entries` names the member that holds the listing.
  template <typename Call, typename Member>
  auto List(std::string_view resource, Call call, Member entries) -> decltype(call()) {
    const InStore scope;
    const Fault fault = plan_("List", resource);
    if (fault == Fault::kErrorBefore || fault == Fault::kReplyLost) {
      return Status(Code::kUnavailable, "injected: no answer", std::string(resource));
    }
    auto reply = call();
    if (fault != Fault::kCutListing || !reply.ok()) return reply;
    auto& list = (*reply).*entries;
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2), list.end());
    reply->complete = false;
    reply->why_incomplete = "injected: the listing broke off";
    return reply;
  }

 private:
  FaultPlan plan_;
};

// Each borrows the store it stands before.
class FaultyObjectStore final : public ObjectStore {
 public:
  FaultyObjectStore(ObjectStore& store, FaultPlan plan) : store_(store), faults_(std::move(plan)) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override {
    auto reply = faults_.List(prefix, [&] { return store_.List(prefix, cursor); }, &ObjectListing::objects);
    if (reply.ok() && !reply->complete) reply->cursor.clear();
    return reply;
  }
  StatusOr<ObjectInfo> Head(std::string_view key) override {
    return faults_.Read("Head", key, [&] { return store_.Head(key); });
  }
  StatusOr<Object> Get(std::string_view key) override {
    return faults_.Read("Get", key, [&] { return store_.Get(key); });
  }
  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override {
    return faults_.Write("Replace", key, [&] { return store_.Replace(key, bytes, expected, stamp); });
  }
  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view content_type,
                              const WriteStamp& stamp) override {
    return faults_.Write("Create", key, [&] { return store_.Create(key, bytes, content_type, stamp); });
  }
  Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) override {
    return faults_.Write("Delete", key, [&] { return store_.Delete(key, expected, stamp); });
  }

 private:
  ObjectStore& store_;
  Faults faults_;
};

class FaultyRecordStore final : public RecordStore {
 public:
  FaultyRecordStore(RecordStore& store, FaultPlan plan) : store_(store), faults_(std::move(plan)) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<RecordListing> List(std::string_view cursor) override {
    auto reply = faults_.List("", [&] { return store_.List(cursor); }, &RecordListing::records);
    if (reply.ok() && !reply->complete) reply->cursor.clear();
    return reply;
  }
  StatusOr<Record> Get(std::string_view key) override {
    return faults_.Read("Get", key, [&] { return store_.Get(key); });
  }
  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected,
                          const WriteStamp& stamp) override {
    return faults_.Write("Update", key, [&] { return store_.Update(key, set, expected_attributes, expected, stamp); });
  }

 private:
  RecordStore& store_;
  Faults faults_;
};

class FaultyEdgeCache final : public EdgeCache {
 public:
  FaultyEdgeCache(EdgeCache& store, FaultPlan plan) : store_(store), faults_(std::move(plan)) {}
  StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) override {
    return faults_.Write("Invalidate", reference, [&] { return store_.Invalidate(paths, reference); });
  }
  StatusOr<bool> WasAccepted(std::string_view reference) override {
    return faults_.Read("WasAccepted", reference, [&] { return store_.WasAccepted(reference); });
  }

 private:
  EdgeCache& store_;
  Faults faults_;
};

class FaultyCalendar final : public Calendar {
 public:
  FaultyCalendar(Calendar& store, FaultPlan plan) : store_(store), faults_(std::move(plan)) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<EventListing> List() override {
    return faults_.List("", [&] { return store_.List(); }, &EventListing::events);
  }
  StatusOr<Event> Get(std::string_view uid) override {
    return faults_.Read("Get", uid, [&] { return store_.Get(uid); });
  }
  StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) override {
    return faults_.Write("Update", uid, [&] { return store_.Update(uid, change, expected, stamp); });
  }

 private:
  Calendar& store_;
  Faults faults_;
};

class FaultyListing final : public Listing {
 public:
  FaultyListing(Listing& store, FaultPlan plan) : store_(store), faults_(std::move(plan)) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<ListingPage> List() override {
    return faults_.List("", [&] { return store_.List(); }, &ListingPage::entries);
  }
  StatusOr<ListingEntry> Get(std::string_view id) override {
    return faults_.Read("Get", id, [&] { return store_.Get(id); });
  }
  StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes& set, const Version& expected,
                                        const WriteStamp& stamp) override {
    return faults_.Write("RecordAttested", id, [&] { return store_.RecordAttested(id, set, expected, stamp); });
  }

 private:
  Listing& store_;
  Faults faults_;
};

class FaultyTaskBoard final : public TaskBoard {
 public:
  FaultyTaskBoard(TaskBoard& store, FaultPlan plan) : store_(store), faults_(std::move(plan)) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  std::string DoneLane() const override { return store_.DoneLane(); }
  StatusOr<CardListing> List() override {
    return faults_.List("", [&] { return store_.List(); }, &CardListing::cards);
  }
  StatusOr<Card> Get(std::string_view id) override {
    return faults_.Read("Get", id, [&] { return store_.Get(id); });
  }
  StatusOr<Card> Move(std::string_view id, std::string_view lane, const Version& expected, const WriteStamp& stamp) override {
    return faults_.Write("Move", id, [&] { return store_.Move(id, lane, expected, stamp); });
  }

 private:
  TaskBoard& store_;
  Faults faults_;
};

// Resources are "kind/id", the blob's name, the run.
class FaultyStateStore final : public StateStore {
 public:
  FaultyStateStore(StateStore& store, FaultPlan plan) : store_(store), faults_(std::move(plan)) {}
  StatusOr<StateDocument> GetDocument(std::string_view kind, std::string_view id) override {
    return faults_.Read("GetDocument", Name(kind, id), [&] { return store_.GetDocument(kind, id); });
  }
  StatusOr<StateDocument> PutDocument(std::string_view kind, std::string_view id, const Json& value,
                                      const std::optional<Version>& expected) override {
    return faults_.Write("PutDocument", Name(kind, id), [&] { return store_.PutDocument(kind, id, value, expected); });
  }
  Status DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) override {
    return faults_.Write("DeleteDocument", Name(kind, id), [&] { return store_.DeleteDocument(kind, id, expected); });
  }
  StatusOr<std::vector<StateDocument>> ListDocuments(std::string_view kind) override {
    return faults_.Read("ListDocuments", kind, [&] { return store_.ListDocuments(kind); });
  }
  Status PutBlob(std::string_view name, std::string_view bytes) override {
    return faults_.Write("PutBlob", name, [&] { return store_.PutBlob(name, bytes); });
  }
  StatusOr<std::string> GetBlob(std::string_view name) override {
    return faults_.Read("GetBlob", name, [&] { return store_.GetBlob(name); });
  }
  Status RemoveBlob(std::string_view name) override {
    return faults_.Write("RemoveBlob", name, [&] { return store_.RemoveBlob(name); });
  }
  std::string BlobLocation(std::string_view name) const override { return store_.BlobLocation(name); }
  Status AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) override {
    return faults_.Write("AppendJournal", run, [&] { return store_.AppendJournal(run, sequence, line); });
  }
  StatusOr<JournalLines> ReadJournal(std::string_view run) override {
    return faults_.Read("ReadJournal", run, [&] { return store_.ReadJournal(run); });
  }
  StatusOr<std::vector<std::string>> ListJournals() override {
    return faults_.Read("ListJournals", "", [&] { return store_.ListJournals(); });
  }
  Status RemoveJournal(std::string_view run) override {
    return faults_.Write("RemoveJournal", run, [&] { return store_.RemoveJournal(run); });
  }

 private:
  static std::string Name(std::string_view kind, std::string_view id) { return std::string(kind) + "/" + std::string(id); }

  StateStore& store_;
  Faults faults_;
};

}  // namespace evenkeel::contract
