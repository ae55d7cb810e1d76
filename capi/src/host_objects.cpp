#include "host_stores.h"
#include "store_documents.h"

namespace evenkeel::capi {
namespace {

ObjectInfo Info(const Json& json, Status& status) { return ObjectFrom(json, "object", status); }

class HostObjects final : public ObjectStore {
 public:
  HostObjects(Host host, const ek_object_store& table) : host_(std::move(host)), table_(table) {}

  StoreTraits Traits() const override { return TraitsOf(table_.promises); }

  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override {
    return AskFor(host_, Effect::kReads, host_.name,
                  [&](ek_reply* reply) { table_.list(host_.get(), ViewOf(prefix), ViewOf(cursor), reply); },
                  [](const Json& json, Status& status) {
                    const Listed listed = ListedFrom(json, "objects", status);
                    return ObjectListing{ItemsFrom(json, "objects", ObjectFrom, status), listed.complete, listed.why_incomplete, listed.cursor};
                  });
  }
  StatusOr<ObjectInfo> Head(std::string_view key) override {
    return AskFor(host_, Effect::kReads, host_.Resource(key), [&](ek_reply* reply) { table_.head(host_.get(), ViewOf(key), reply); }, Info);
  }
  StatusOr<Object> Get(std::string_view key) override {
    ek_reply reply;
    const std::string resource = host_.Resource(key);
    EVENKEEL_RETURN_IF_ERROR(Ask(host_, Effect::kReads, resource, reply, [&](ek_reply* to) { table_.get(host_.get(), ViewOf(key), to); }));
    return ObjectIn(key, reply);
  }
  std::vector<StatusOr<Object>> GetMany(std::span<const std::string> keys) override {
    if (table_.get_many == nullptr) return ObjectStore::GetMany(keys);
    return AskForMany<Object>(
        keys, [&](ek_views views, ek_reply* const* replies) { table_.get_many(host_.get(), views, replies); },
        [&](const std::string& key, const ek_reply& reply) -> StatusOr<Object> {
          EVENKEEL_RETURN_IF_ERROR(StatusOf(host_, Effect::kReads, host_.Resource(key), reply));
          return ObjectIn(key, reply);
        });
  }
  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override {
    const ek_stamp with = StampOf(stamp);
    return AskFor(host_, Effect::kWrites, host_.Resource(key),
                  [&](ek_reply* reply) { table_.replace(host_.get(), ViewOf(key), ViewOf(bytes), ViewOf(expected), &with, reply); }, Info);
  }
  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view content_type, const WriteStamp& stamp) override {
    const ek_stamp with = StampOf(stamp);
    return AskFor(host_, Effect::kWrites, host_.Resource(key),
                  [&](ek_reply* reply) { table_.create(host_.get(), ViewOf(key), ViewOf(bytes), ViewOf(content_type), &with, reply); }, Info);
  }
  Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) override {
    const ek_stamp with = StampOf(stamp);
    ek_reply reply;
    return Ask(host_, Effect::kWrites, host_.Resource(key), reply,
               [&](ek_reply* to) { table_.remove(host_.get(), ViewOf(key), ViewOf(expected), &with, to); });
  }

 private:
  // A page under another key than asked for would be edited in the wrong place.
  StatusOr<Object> ObjectIn(std::string_view key, const ek_reply& reply) const {
    const std::string resource = host_.Resource(key);
    EVENKEEL_ASSIGN_OR_RETURN(ObjectInfo info, Understood(host_, Effect::kReads, resource, reply, Info));
    if (info.key != key) return NotUnderstood(host_, Effect::kReads, resource, Status(Code::kInvalidArgument, "is of another key: " + info.key, "object"));
    info.bytes = reply.bytes.size();
    return Object{std::move(info), reply.bytes};
  }

  Host host_;
  ek_object_store table_;
};

}  // namespace

std::unique_ptr<ObjectStore> MakeHostStore(Host host, const ek_object_store& table) { return std::make_unique<HostObjects>(std::move(host), table); }

}  // namespace evenkeel::capi
