#include "host_stores.h"
#include "store_documents.h"

namespace evenkeel::capi {
namespace {

Record OneRecord(const Json& json, Status& status) { return RecordFrom(json, "record", status); }

class HostRecords final : public RecordStore {
 public:
  HostRecords(Host host, const ek_record_store& table) : host_(std::move(host)), table_(table) {}

  StoreTraits Traits() const override { return TraitsOf(table_.promises); }

  StatusOr<RecordListing> List(std::string_view cursor) override {
    return AskFor(host_, Effect::kReads, host_.name, [&](ek_reply* reply) { table_.list(host_.get(), ViewOf(cursor), reply); },
                  [](const Json& json, Status& status) {
                    const Listed listed = ListedFrom(json, "records", status);
                    return RecordListing{ItemsFrom(json, "records", RecordFrom, status), listed.complete, listed.why_incomplete, listed.cursor};
                  });
  }
  StatusOr<Record> Get(std::string_view key) override {
    return AskFor(host_, Effect::kReads, host_.Resource(key), [&](ek_reply* reply) { table_.get(host_.get(), ViewOf(key), reply); }, OneRecord);
  }
  std::vector<StatusOr<Record>> GetMany(std::span<const std::string> keys) override {
    if (table_.get_many == nullptr) return RecordStore::GetMany(keys);
    return AskForMany<Record>(
        keys, [&](ek_views views, ek_reply* const* replies) { table_.get_many(host_.get(), views, replies); },
        [&](const std::string& key, const ek_reply& reply) -> StatusOr<Record> {
          EVENKEEL_RETURN_IF_ERROR(StatusOf(host_, Effect::kReads, host_.Resource(key), reply));
          return Understood(host_, Effect::kReads, host_.Resource(key), reply, OneRecord);
        });
  }
  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected,
                          const WriteStamp& stamp) override {
    const std::string to_set = DumpJson(ObjectOf(set)), to_expect = DumpJson(ObjectOf(expected_attributes));
    const ek_stamp with = StampOf(stamp);
    const auto call = [&](ek_reply* reply) {
      table_.update(host_.get(), ViewOf(key), ViewOf(to_set), ViewOf(to_expect), ViewOf(expected), &with, reply);
    };
    return AskFor(host_, Effect::kWrites, host_.Resource(key), call, OneRecord);
  }

 private:
  Host host_;
  ek_record_store table_;
};

}  // namespace

std::unique_ptr<RecordStore> MakeHostStore(Host host, const ek_record_store& table) { return std::make_unique<HostRecords>(std::move(host), table); }

}  // namespace evenkeel::capi
