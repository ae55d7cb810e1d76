#include "store_documents.h"

#include <utility>

#include "json/pieces.h"

namespace evenkeel::capi {
namespace {

// Reads one item: what may be left out is empty where it is, and the schema is right where it stands.
class ItemReader {
 public:
  ItemReader(const Json& json, const std::string& path, const char* schema, Status& status) : json_(json), reader_(json, path, status) {
    if (json.is_object() && Stands("schema") && json.at("schema") != schema) reader_.Fail("schema", std::string("\"") + schema + "\"");
  }

  // Under NAME_base64 where it is not UTF-8.
  std::string Key(const char* name) {
    std::string key = reader_.Bytes(name);
    if (key.empty()) reader_.Fail(name, "a text that is not empty");
    return key;
  }
  std::string Text(const char* name) { return Stands(name) ? reader_.Text(name) : std::string(); }
  bool Flag(const char* name) { return Stands(name) && reader_.Flag(name); }
  std::uint64_t Count(const char* name) { return Stands(name) ? reader_.Count(name) : 0; }
  std::optional<Instant> InstantAt(const char* name) { return Stands(name) ? reader_.InstantAt(name) : std::nullopt; }
  std::optional<LocalDateTime> LocalAt(const char* name) { return Stands(name) ? reader_.LocalAt(name) : std::nullopt; }
  ObjectReader& reader() { return reader_; }
  bool Stands(const char* name) const {
    const auto found = json_.is_object() ? json_.find(name) : json_.end();
    return json_.is_object() && found != json_.end() && !found->is_null();
  }

 private:
  const Json& json_;
  ObjectReader reader_;
};

}  // namespace

ObjectInfo ObjectFrom(const Json& json, const std::string& path, Status& status) {
  ItemReader item(json, path, "evenkeel.object/1", status);
  ObjectInfo info;
  info.key = item.Key("key");
  info.version = item.Key("version");
  info.bytes = item.Count("bytes");
  info.modified = item.InstantAt("modified");
  info.content_type = item.Text("content_type");
  info.cache_control = item.Text("cache_control");
  info.operation = item.Text("operation");
  return info;
}

Record RecordFrom(const Json& json, const std::string& path, Status& status) {
  ItemReader item(json, path, "evenkeel.record/1", status);
  Record record;
  record.key = item.Key("key");
  record.version = item.Text("version");
  record.attributes = item.reader().AttributesAt("attributes");
  record.operation = item.Text("operation");
  return record;
}

Event EventFrom(const Json& json, const std::string& path, Status& status) {
  ItemReader item(json, path, "evenkeel.event/1", status);
  Event event;
  event.uid = item.Key("uid");
  event.version = item.Text("version");
  event.summary = item.Text("summary");
  event.description = item.Text("description");
  event.location = item.Text("location");
  event.status = item.Text("status");
  event.zone = item.Text("zone");
  event.all_day = item.Flag("all_day");
  event.start = item.LocalAt("start");
  event.end = item.LocalAt("end");
  event.recurring = item.Flag("recurring");
  event.modified = item.InstantAt("modified");
  if (!item.Stands("extensions")) return event;
  const Json& extensions = item.reader().Object("extensions");
  ObjectReader texts(extensions, item.reader().PathOf("extensions"), status);
  for (const auto& [name, value] : extensions.items()) event.extensions[name] = texts.Text(name.c_str());
  return event;
}

ListingEntry EntryFrom(const Json& json, const std::string& path, Status& status) {
  ItemReader item(json, path, "evenkeel.listing/1", status);
  ListingEntry entry;
  entry.id = item.Key("id");
  entry.version = item.Text("version");
  entry.attributes = item.reader().AttributesAt("attributes");
  return entry;
}

Card CardFrom(const Json& json, const std::string& path, Status& status) {
  ItemReader item(json, path, "evenkeel.card/1", status);
  Card card;
  card.id = item.Key("id");
  card.version = item.Text("version");
  card.lane = item.Text("lane");
  card.title = item.Text("title");
  card.booking = item.Text("booking");
  card.slug = item.Text("slug");
  return card;
}

StateDocument DocumentFrom(const Json& json, const std::string& path, Status& status) {
  ItemReader item(json, path, "evenkeel.document/1", status);
  StateDocument document;
  document.id = item.reader().Bytes("id");
  document.version = item.Key("version");
  if (json.is_object() && json.contains("value")) {
    document.value = json.at("value");
  } else {
    item.reader().Fail("value", "there");
  }
  return document;
}

StoreTraits TraitsFrom(const Json& json, const std::string& path, Status& status) {
  StoreTraits traits;
  if (!json.is_object() || !json.contains("traits")) return traits;
  ItemReader item(json.at("traits"), path + "traits", "", status);
  traits.unique_versions = item.Flag("unique_versions");
  traits.checks_fences = item.Flag("checks_fences");
  traits.keeps_operations = item.Flag("keeps_operations");
  traits.writable = !item.Flag("read_only");
  return traits;
}

std::vector<Check> ChecksFrom(const Json& json, const std::string& store, Status& status) {
  std::vector<Check> checks;
  if (!json.is_array()) status = Status(Code::kInvalidArgument, "must be an array", "checks");
  for (std::size_t i = 0; i < json.size() && status.ok(); ++i) {
    ItemReader item(json[i], "checks[" + std::to_string(i) + "]", "", status);
    checks.push_back({store, item.Key("what"), item.reader().Flag("passed"), item.Text("detail")});
  }
  return checks;
}

Json ChangeOfEvent(const EventChange& change) { return ChangeToJson(UpdateEvent{{}, change}).at("to"); }

Json ObjectOf(const Attributes& attributes) {
  Json json = Json::object();
  for (const auto& [name, value] : attributes) json[name] = value;
  return json;
}

Listed ListedFrom(const Json& json, const char* name, Status& status) {
  const std::string schema = std::string("evenkeel.") + name + "/1";
  ItemReader item(json, "", schema.c_str(), status);
  Listed listed;
  if (item.Stands("complete")) listed.complete = item.Flag("complete");
  listed.why_incomplete = item.Text("why_incomplete");
  listed.cursor = item.Text("cursor");
  return listed;
}

}  // namespace evenkeel::capi
