#include "aws/dynamo_store.h"

#include <algorithm>
#include <cstdio>

#include "aws/dynamo_records.h"
#include "aws/dynamo_update.h"
#include "aws/dynamo_value.h"
#include "aws/parallel.h"
#include "evenkeel/examined.h"
#include "evenkeel/json.h"
#include "text/nearest.h"
#include "text/reasons.h"

namespace evenkeel::aws {
namespace {

constexpr std::size_t kReadersMax = 16;

class DynamoStore final : public RecordStore, public Examined {
 public:
  explicit DynamoStore(DynamoParts parts)
      : parts_(std::move(parts)), client_(parts_.settings.region, "dynamodb", *parts_.transport, *parts_.credentials, *parts_.environment, kDynamoRetries),
        table_(parts_.settings, client_), records_(table_, parts_.naming, parts_.index) {}

  StoreTraits Traits() const override { return {.unique_versions = false, .checks_fences = true, .keeps_operations = true, .writable = true}; }

  StatusOr<RecordListing> List(std::string_view cursor) override {
    if (!cursor.empty()) return Status(Code::kInvalidArgument, "this store lists everything at once and gives no cursor", parts_.settings.store);
    EVENKEEL_ASSIGN_OR_RETURN(const DynamoNaming naming, records_.Naming());
    RecordListing listing;
    const auto miss = [&](const std::string& why) {
      listing.complete = false;
      AddReason(listing.why_incomplete, why);
    };
    EVENKEEL_RETURN_IF_ERROR(records_.Scan([&](const DynamoItem& item) {
      auto record = RecordOf(item, naming);
      if (!record.ok()) return miss(record.status().ToString()), true;
      if (listing.records.size() == naming.limits.listing_entries) {
        return miss("more than " + std::to_string(naming.limits.listing_entries) + " items (limit listing_entries)"), false;
      }
      listing.records.push_back(*std::move(record));
      return true;
    }));
    EVENKEEL_RETURN_IF_ERROR(Sort(listing.records));
    return listing;
  }

  StatusOr<Record> Get(std::string_view key) override {
    EVENKEEL_ASSIGN_OR_RETURN(const DynamoNaming naming, records_.Naming());
    EVENKEEL_ASSIGN_OR_RETURN(const DynamoItem item, records_.Find(key));
    return RecordOf(item, naming);
  }

  std::vector<StatusOr<Record>> GetMany(std::span<const std::string> keys) override {
    std::vector<StatusOr<Record>> answers(keys.size(), Status(Code::kInternal, "not read", parts_.settings.store));
    ForEachAtOnce(keys.size(), kReadersMax, [&](std::size_t i) { answers[i] = Get(keys[i]); });
    return answers;
  }

  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected,
                          const WriteStamp& stamp) override {
    EVENKEEL_ASSIGN_OR_RETURN(const DynamoNaming naming, records_.Naming());
    EVENKEEL_ASSIGN_OR_RETURN(const DynamoItem item, records_.Find(key));
    EVENKEEL_ASSIGN_OR_RETURN(const Record record, RecordOf(item, naming));
    EVENKEEL_ASSIGN_OR_RETURN(const Json primary_key, records_.PrimaryKey(item));
    EVENKEEL_RETURN_IF_ERROR(CheckNames(item, naming, primary_key, set, expected_attributes, record.key));
    EVENKEEL_RETURN_IF_ERROR(CheckValues(record, expected_attributes));
    if (record.version != expected) {
      return Status(Code::kPreconditionFailed, "the item is not the one the plan was made from: somebody else changed it; plan again", ResourceOf(key));
    }
    if (item.note_is_foreign) {
      return Status(Code::kInvalidArgument, std::string("its attribute \"") + kNoteAttribute + "\" is not as Evenkeel writes it; take it away by hand", ResourceOf(key));
    }
    EVENKEEL_ASSIGN_OR_RETURN(DynamoChange change, ChangeOf(item, set, ResourceOf(key)));
    EVENKEEL_RETURN_IF_ERROR(PassFence(stamp, change.note, record.key));
    if (set.empty() && change.note.fences == item.note.fences) return record;
    if (!set.empty()) Stamp(stamp, item, change);
    std::set<std::string> compared = naming.mapped;
    for (const Attributes* named : {&set, &expected_attributes}) {
      for (const auto& [name, unused] : *named) compared.insert(name);
    }
    EVENKEEL_ASSIGN_OR_RETURN(Json body, UpdateBody(primary_key, item, change, compared, ResourceOf(key)));
    return Write(std::move(body), record, naming);
  }

  std::vector<Check> Examine() override {
    const std::string& store = parts_.settings.store;
    const auto words = records_.Describe();
    if (!words.ok()) return {{store, "key", false, words.status().ToString()}};
    const Status writes = records_.TryToWrite();
    if (writes.code() == Code::kPermissionDenied) return {{store, "key", true, *words}, {store, "rights", true, "read alone, which is enough until apply: " + writes.message()}};
    return {{store, "key", true, *words}, {store, "rights", writes.ok(), writes.ok() ? "items may be read and changed" : writes.ToString()}};
  }

 private:
  std::string ResourceOf(std::string_view key) const { return table_.ResourceOf(key); }

  Status Sort(std::vector<Record>& records) const {
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.key < b.key; });
    const auto twice = std::adjacent_find(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.key == b.key; });
    if (twice == records.end()) return OkStatus();
    return {Code::kInvalidArgument, "two items of \"" + parts_.settings.table + "\" have the key " + twice->key + "; name more attributes in \"key\" of the fleet file",
            parts_.settings.store};
  }

  // An item may have any attribute: those that it has and those that the fleet file maps are meant, another is misspelt.
  Status CheckNames(const DynamoItem& item, const DynamoNaming& naming, const Json& primary_key, const Attributes& set, const Attributes& expected,
                    const std::string& key) const {
    std::vector<std::string> known(naming.mapped.begin(), naming.mapped.end());
    for (const auto& [name, unused] : item.attributes.items()) known.push_back(name);
    for (const Attributes* named : {&set, &expected}) {
      for (const auto& [name, unused] : *named) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string nearest = NearestName(name, known);
        return {Code::kInvalidArgument, "the item has no attribute \"" + name + "\"" + (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"), ResourceOf(key)};
      }
    }
    for (const auto& [name, unused] : set) {
      const bool is_key = primary_key.contains(name) || std::find(naming.key.begin(), naming.key.end(), name) != naming.key.end();
      if (is_key) return {Code::kInvalidArgument, "the key attribute \"" + name + "\" is never set", ResourceOf(key)};
    }
    return OkStatus();
  }

  Status CheckValues(const Record& record, const Attributes& expected) const {
    for (const auto& [name, value] : expected) {
      const auto now = record.attributes.find(name);
      if (now == record.attributes.end() ? value.is_null() : now->second == value) continue;
      const std::string stands = now == record.attributes.end() ? "not there" : DumpJson(now->second);
      return {Code::kPreconditionFailed, name + " is " + stands + ", not " + DumpJson(value) + ": somebody else changed it; plan again", ResourceOf(record.key)};
    }
    return OkStatus();
  }

  Status PassFence(const WriteStamp& stamp, DynamoNote& note, const std::string& key) const {
    if (!stamp.fence) return OkStatus();
    std::uint64_t& seen = note.fences[stamp.fence->booking];
    if (stamp.fence->number >= seen) return seen = stamp.fence->number, OkStatus();
    return {Code::kPreconditionFailed, "fence " + std::to_string(stamp.fence->number) + " of booking " + stamp.fence->booking + " is older than " +
                                           std::to_string(seen) + ": somebody else has taken the lease; plan again", ResourceOf(key)};
  }

  // What the item will be after this write, and that this write was it.
  void Stamp(const WriteStamp& stamp, const DynamoItem& item, DynamoChange& change) {
    Json after = item.attributes;
    after.update(change.set);
    for (const std::string& name : change.remove) after.erase(name);
    change.note.operation = stamp.operation;
    change.note.content = ReadItem(std::move(after)).content;
    char drawn[20];
    std::snprintf(drawn, sizeof drawn, "%016llx", static_cast<unsigned long long>(parts_.environment->Random()));
    change.note.drawn = drawn;
  }

  StatusOr<Record> Write(Json body, const Record& before, const DynamoNaming& naming) {
    Json refused;
    auto answer = table_.Send("UpdateItem", std::move(body), before.key, &refused);
    if (answer.code() == Code::kPreconditionFailed) return Refused(answer.status(), refused, before, naming);
    EVENKEEL_RETURN_IF_ERROR(answer.status());
    const auto after = answer->find("Attributes");
    if (after == answer->end() || !after->is_object()) {
      return Status(Code::kUnknownOutcome, "its answer does not show the item as it is now; look before it is repeated", ResourceOf(before.key));
    }
    auto record = RecordOf(ReadItem(std::move(*after)), naming);
    if (!record.ok()) return Status(Code::kUnknownOutcome, record.status().message(), ResourceOf(before.key));
    return record;
  }

  // Says what somebody changed between our look and our write, where the answer shows it.
  Status Refused(const Status& status, const Json& now, const Record& before, const DynamoNaming& naming) const {
    if (!now.is_object()) return status;
    const auto record = RecordOf(ReadItem(now), naming);
    if (!record.ok()) return status;
    const Status changed = CheckValues(*record, before.attributes);
    return changed.ok() ? status : changed;
  }

  const DynamoParts parts_;
  Client client_;
  DynamoTable table_;
  DynamoRecords records_;
};

}  // namespace

std::unique_ptr<RecordStore> MakeDynamoStore(DynamoParts parts) { return std::make_unique<DynamoStore>(std::move(parts)); }

}  // namespace evenkeel::aws
