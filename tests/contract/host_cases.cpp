// Stores that a host implements in C, under every contract: the reference implementations behind callback tables, so that what goes over
// the border comes back as it was.
#include "contract/memory_worlds.h"
#include "evenkeel/json.h"
#include "host_stores.h"
#include "json/pieces.h"
#include "store_documents.h"

namespace evenkeel::contract {
namespace {

using capi::TextOf;
using capi::ViewOf;

void Answer(ek_reply* reply, const Status& status) {
  if (status.ok()) {
    ek_reply_done(reply);
  } else {
    ek_reply_fail(reply, static_cast<ek_code>(status.code()), ViewOf(status.message()));
  }
}
void AnswerJson(ek_reply* reply, const Json& json) { ek_reply_json(reply, ViewOf(DumpJson(json))); }

Json InstantOf(const std::optional<Instant>& instant) { return instant ? Json(FormatInstant(*instant)) : Json(); }
Json LocalOf(const std::optional<LocalDateTime>& time) {
  if (!time) return {};
  return (time->date ? FormatDate(*time->date) + "T" : "") + FormatMinutes(time->minutes);
}
Json ToJson(const std::string& text) { return text; }
Json ToJson(bool flag) { return flag; }
Json ToJson(const ObjectInfo& info) {
  Json json = {{"version", info.version}, {"bytes", info.bytes}, {"modified", InstantOf(info.modified)}, {"content_type", info.content_type},
               {"cache_control", info.cache_control}, {"operation", info.operation}};
  PutBytes(json, "key", info.key);
  return json;
}
Json ToJson(const Record& record) {
  return {{"key", record.key}, {"version", record.version}, {"attributes", capi::ObjectOf(record.attributes)}, {"operation", record.operation}};
}
Json ToJson(const Event& event) {
  return {{"uid", event.uid}, {"version", event.version}, {"summary", event.summary}, {"description", event.description},
          {"location", event.location}, {"status", event.status}, {"zone", event.zone}, {"all_day", event.all_day}, {"start", LocalOf(event.start)},
          {"end", LocalOf(event.end)}, {"recurring", event.recurring}, {"modified", InstantOf(event.modified)}, {"extensions", event.extensions}};
}
Json ToJson(const ListingEntry& entry) { return {{"id", entry.id}, {"version", entry.version}, {"attributes", capi::ObjectOf(entry.attributes)}}; }
Json ToJson(const Card& card) {
  return {{"id", card.id}, {"version", card.version}, {"lane", card.lane}, {"title", card.title}, {"booking", card.booking}, {"slug", card.slug}};
}
Json ToJson(const StateDocument& document) {
  Json json = {{"version", document.version}, {"value", document.value}};
  PutBytes(json, "id", document.id);
  return json;
}

template <typename Item>
Json ArrayOf(const std::vector<Item>& items) {
  Json array = Json::array();
  for (const Item& item : items) array.push_back(ToJson(item));
  return array;
}
Json ToJson(const ObjectListing& all) {
  return {{"objects", ArrayOf(all.objects)}, {"complete", all.complete}, {"why_incomplete", all.why_incomplete}, {"cursor", all.cursor}};
}
Json ToJson(const RecordListing& all) {
  return {{"records", ArrayOf(all.records)}, {"complete", all.complete}, {"why_incomplete", all.why_incomplete}, {"cursor", all.cursor}};
}
Json ToJson(const EventListing& all) { return {{"events", ArrayOf(all.events)}, {"complete", all.complete}}; }
Json ToJson(const ListingPage& all) { return {{"listings", ArrayOf(all.entries)}, {"complete", all.complete}}; }
Json ToJson(const CardListing& all) { return {{"cards", ArrayOf(all.cards)}, {"complete", all.complete}}; }
Json ToJson(const std::vector<StateDocument>& all) { return {{"documents", ArrayOf(all)}}; }
Json ToJson(const std::vector<std::string>& runs) { return runs; }

template <typename Item>
void Answer(ek_reply* reply, const StatusOr<Item>& item) {
  if (item.ok()) {
    AnswerJson(reply, ToJson(*item));
  } else {
    Answer(reply, item.status());
  }
}

WriteStamp StampIn(const ek_stamp* stamp) {
  WriteStamp into{std::string(TextOf(stamp->operation)), std::nullopt};
  if (stamp->fence_booking.size > 0) into.fence = WriteStamp::Fence{std::string(TextOf(stamp->fence_booking)), stamp->fence_number};
  return into;
}
Attributes AttributesIn(ek_view json) {
  const Json parsed = Json::parse(TextOf(json));
  return parsed.get<Attributes>();
}
std::string Text(ek_view view) { return std::string(TextOf(view)); }

std::uint32_t PromisesOf(const StoreTraits& traits) {
  std::uint32_t promises = 0;
  if (traits.unique_versions) promises |= EK_UNIQUE_VERSIONS;
  if (traits.checks_fences) promises |= EK_CHECKS_FENCES;
  if (traits.keeps_operations) promises |= EK_KEEPS_OPERATIONS;
  if (!traits.writable) promises |= EK_READ_ONLY;
  return promises;
}

ek_object_store TableOf(MemoryObjectStore& of) {
  ek_object_store t{};
  t.promises = PromisesOf(of.Traits());
  t.list = [](void* s, ek_view prefix, ek_view cursor, ek_reply* r) { Answer(r, static_cast<MemoryObjectStore*>(s)->List(TextOf(prefix), TextOf(cursor))); };
  t.head = [](void* s, ek_view key, ek_reply* r) { Answer(r, static_cast<MemoryObjectStore*>(s)->Head(TextOf(key))); };
  t.get = [](void* s, ek_view key, ek_reply* r) {
    const auto object = static_cast<MemoryObjectStore*>(s)->Get(TextOf(key));
    if (!object.ok()) return Answer(r, object.status());
    AnswerJson(r, ToJson(object->info));
    ek_reply_bytes(r, ViewOf(object->bytes));
  };
  t.replace = [](void* s, ek_view key, ek_view bytes, ek_view expected, const ek_stamp* stamp, ek_reply* r) {
    Answer(r, static_cast<MemoryObjectStore*>(s)->Replace(TextOf(key), TextOf(bytes), Text(expected), StampIn(stamp)));
  };
  t.create = [](void* s, ek_view key, ek_view bytes, ek_view type, const ek_stamp* stamp, ek_reply* r) {
    Answer(r, static_cast<MemoryObjectStore*>(s)->Create(TextOf(key), TextOf(bytes), TextOf(type), StampIn(stamp)));
  };
  t.remove = [](void* s, ek_view key, ek_view expected, const ek_stamp* stamp, ek_reply* r) {
    Answer(r, static_cast<MemoryObjectStore*>(s)->Delete(TextOf(key), Text(expected), StampIn(stamp)));
  };
  return t;
}
// And with the call for many at once.
ek_object_store TableWithMany(MemoryObjectStore& of) {
  ek_object_store t = TableOf(of);
  t.get_many = [](void* s, ek_views keys, ek_reply* const* replies) {
    for (std::size_t i = 0; i < keys.count; ++i) TableOf(*static_cast<MemoryObjectStore*>(s)).get(s, keys.items[i], replies[i]);
  };
  return t;
}

ek_record_store TableOf(MemoryRecordStore& of) {
  ek_record_store t{};
  t.promises = PromisesOf(of.Traits());
  t.list = [](void* s, ek_view cursor, ek_reply* r) { Answer(r, static_cast<MemoryRecordStore*>(s)->List(TextOf(cursor))); };
  t.get = [](void* s, ek_view key, ek_reply* r) { Answer(r, static_cast<MemoryRecordStore*>(s)->Get(TextOf(key))); };
  t.update = [](void* s, ek_view key, ek_view set, ek_view old, ek_view expected, const ek_stamp* stamp, ek_reply* r) {
    Answer(r, static_cast<MemoryRecordStore*>(s)->Update(TextOf(key), AttributesIn(set), AttributesIn(old), Text(expected), StampIn(stamp)));
  };
  t.get_many = [](void* s, ek_views keys, ek_reply* const* replies) {
    for (std::size_t i = 0; i < keys.count; ++i) Answer(replies[i], static_cast<MemoryRecordStore*>(s)->Get(TextOf(keys.items[i])));
  };
  return t;
}

ek_edge_cache TableOf(MemoryEdgeCache&) {
  ek_edge_cache t{};
  t.invalidate = [](void* s, ek_views paths, ek_view reference, ek_reply* r) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < paths.count; ++i) texts.push_back(Text(paths.items[i]));
    Answer(r, static_cast<MemoryEdgeCache*>(s)->Invalidate(texts, TextOf(reference)));
  };
  t.was_accepted = [](void* s, ek_view reference, ek_reply* r) { Answer(r, static_cast<MemoryEdgeCache*>(s)->WasAccepted(TextOf(reference))); };
  return t;
}

ek_calendar TableOf(MemoryCalendar& of) {
  ek_calendar t{};
  t.promises = PromisesOf(of.Traits());
  t.list = [](void* s, ek_reply* r) { Answer(r, static_cast<MemoryCalendar*>(s)->List()); };
  t.get = [](void* s, ek_view uid, ek_reply* r) { Answer(r, static_cast<MemoryCalendar*>(s)->Get(TextOf(uid))); };
  t.update = [](void* s, ek_view uid, ek_view change, ek_view expected, const ek_stamp* stamp, ek_reply* r) {
    Json json = Json::parse(TextOf(change));
    json["uid"] = "any";
    Status status;
    const Event read = capi::EventFrom(json, "change", status);
    EventChange into{read.start, read.end, read.zone, std::nullopt, std::nullopt, std::nullopt};
    if (json.at("summary").is_string()) into.summary = read.summary;
    if (json.at("description").is_string()) into.description = read.description;
    if (json.at("status").is_string()) into.status = read.status;
    Answer(r, static_cast<MemoryCalendar*>(s)->Update(TextOf(uid), into, Text(expected), StampIn(stamp)));
  };
  return t;
}

ek_listing TableOf(MemoryListing& of) {
  ek_listing t{};
  t.promises = PromisesOf(of.Traits());
  t.list = [](void* s, ek_reply* r) { Answer(r, static_cast<MemoryListing*>(s)->List()); };
  t.get = [](void* s, ek_view id, ek_reply* r) { Answer(r, static_cast<MemoryListing*>(s)->Get(TextOf(id))); };
  t.record_attested = [](void* s, ek_view id, ek_view set, ek_view expected, const ek_stamp* stamp, ek_reply* r) {
    Answer(r, static_cast<MemoryListing*>(s)->RecordAttested(TextOf(id), AttributesIn(set), Text(expected), StampIn(stamp)));
  };
  return t;
}

ek_task_board TableOf(MemoryTaskBoard& of) {
  ek_task_board t{};
  t.promises = PromisesOf(of.Traits());
  t.list = [](void* s, ek_reply* r) { Answer(r, static_cast<MemoryTaskBoard*>(s)->List()); };
  t.get = [](void* s, ek_view id, ek_reply* r) { Answer(r, static_cast<MemoryTaskBoard*>(s)->Get(TextOf(id))); };
  t.move = [](void* s, ek_view id, ek_view lane, ek_view expected, const ek_stamp* stamp, ek_reply* r) {
    Answer(r, static_cast<MemoryTaskBoard*>(s)->Move(TextOf(id), TextOf(lane), Text(expected), StampIn(stamp)));
  };
  return t;
}

void AddDocuments(ek_state_store& t) {
  t.get_document = [](void* s, ek_view kind, ek_view id, ek_reply* r) { Answer(r, static_cast<MemoryStateStore*>(s)->GetDocument(TextOf(kind), TextOf(id))); };
  t.put_document = [](void* s, ek_view kind, ek_view id, ek_view value, const ek_view* expected, ek_reply* r) {
    const std::optional<Version> version = expected != nullptr ? std::optional<Version>(Text(*expected)) : std::nullopt;
    Answer(r, static_cast<MemoryStateStore*>(s)->PutDocument(TextOf(kind), TextOf(id), Json::parse(TextOf(value)), version));
  };
  t.delete_document = [](void* s, ek_view kind, ek_view id, ek_view expected, ek_reply* r) {
    Answer(r, static_cast<MemoryStateStore*>(s)->DeleteDocument(TextOf(kind), TextOf(id), Text(expected)));
  };
  t.list_documents = [](void* s, ek_view kind, ek_reply* r) { Answer(r, static_cast<MemoryStateStore*>(s)->ListDocuments(TextOf(kind))); };
}
ek_state_store TableOf(MemoryStateStore&) {
  ek_state_store t{};
  AddDocuments(t);
  t.put_blob = [](void* s, ek_view name, ek_view bytes, ek_reply* r) { Answer(r, static_cast<MemoryStateStore*>(s)->PutBlob(TextOf(name), TextOf(bytes))); };
  t.get_blob = [](void* s, ek_view name, ek_reply* r) {
    const auto bytes = static_cast<MemoryStateStore*>(s)->GetBlob(TextOf(name));
    bytes.ok() ? static_cast<void>(ek_reply_bytes(r, ViewOf(*bytes))) : Answer(r, bytes.status());
  };
  t.remove_blob = [](void* s, ek_view name, ek_reply* r) { Answer(r, static_cast<MemoryStateStore*>(s)->RemoveBlob(TextOf(name))); };
  t.append_journal = [](void* s, ek_view run, uint64_t sequence, ek_view line, ek_reply* r) {
    Answer(r, static_cast<MemoryStateStore*>(s)->AppendJournal(TextOf(run), sequence, TextOf(line)));
  };
  t.read_journal = [](void* s, ek_view run, ek_reply* r) {
    const auto contents = static_cast<MemoryStateStore*>(s)->Snapshot();
    const auto found = contents.journals.find(Text(run));
    if (found == contents.journals.end()) return Answer(r, Status(Code::kNotFound, "no such journal"));
    ek_reply_bytes(r, ViewOf(found->second));
  };
  t.list_journals = [](void* s, ek_reply* r) { Answer(r, static_cast<MemoryStateStore*>(s)->ListJournals()); };
  t.remove_journal = [](void* s, ek_view run, ek_reply* r) { Answer(r, static_cast<MemoryStateStore*>(s)->RemoveJournal(TextOf(run))); };
  t.blob_location = [](void* s, ek_view name, ek_reply* r) { AnswerJson(r, static_cast<MemoryStateStore*>(s)->BlobLocation(TextOf(name))); };
  return t;
}

template <typename Store, typename Table>
auto Behind(const Store& stranger, Table (*table_of)(Store&)) {
  const std::shared_ptr<Store> shared = stranger.Share();
  return capi::MakeHostStore(capi::Host{shared, "mine", Limits{}, {}}, table_of(*shared));
}

// The same worlds as those of the reference implementations; only the way in goes over C.
template <typename Memory, typename Table>
class HostWorld final : public Memory {
 public:
  template <typename... Arguments>
  explicit HostWorld(Table table_of, Arguments... arguments) : Memory(arguments...), table_of_(table_of) {}
  decltype(std::declval<Memory>().Open()) Open() override { return Behind(this->stranger, table_of_); }

 private:
  Table table_of_;
};

template <typename World, typename Memory, typename Store, typename Table, typename... Arguments>
Case<World> CaseOf(const std::string& name, Table (*table_of)(Store&), Arguments... arguments) {
  return {name, [=] { return std::make_unique<HostWorld<Memory, Table (*)(Store&)>>(table_of, arguments...); }};
}

MemoryOptions Repeating() {
  MemoryOptions options;
  options.unique_versions = false;
  options.listing_page = 7;
  return options;
}

const std::vector<std::string> kColumns = {"id", "start", "page", "count"};
INSTANTIATE_TEST_SUITE_P(Host, ObjectStoreContract,
                         testing::Values(CaseOf<ObjectWorld, MemoryObjects, MemoryObjectStore, ek_object_store>("host", TableOf),
                                         CaseOf<ObjectWorld, MemoryObjects, MemoryObjectStore, ek_object_store>("host_repeating", TableWithMany, Repeating())),
                         NameOfCase());
INSTANTIATE_TEST_SUITE_P(Host, RecordStoreContract,
                         testing::Values(CaseOf<RecordWorld, MemoryRecords, MemoryRecordStore, ek_record_store>("host", TableOf, MemoryOptions{}, kColumns)),
                         NameOfCase());
INSTANTIATE_TEST_SUITE_P(Host, EdgeCacheContract,
                         testing::Values(CaseOf<EdgeWorld, MemoryEdges, MemoryEdgeCache, ek_edge_cache>("host", TableOf)), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Host, CalendarContract,
                         testing::Values(CaseOf<CalendarWorld, MemoryCalendars, MemoryCalendar, ek_calendar>("host", TableOf)), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Host, ListingContract,
                         testing::Values(CaseOf<ListingWorld, MemoryListings, MemoryListing, ek_listing>("host", TableOf)), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Host, TaskBoardContract,
                         testing::Values(CaseOf<BoardWorld, MemoryBoards, MemoryTaskBoard, ek_task_board>("host", TableOf)), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Host, StateStoreContract,
                         testing::Values(CaseOf<StateWorld, MemoryStates, MemoryStateStore, ek_state_store>("host", TableOf)), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
