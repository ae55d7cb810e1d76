#include "aws/dynamo_item.h"

#include "aws/dynamo_value.h"
#include "digest/sha256.h"
#include "evenkeel/json.h"

namespace evenkeel::aws {
namespace {

std::string ContentOf(const Json& attributes) {
  Json canonical = Json::object();
  for (const auto& [name, value] : attributes.items()) canonical[name] = CanonicalValue(value);
  return Sha256Hex(DumpJson(canonical)).substr(0, 32);
}

// False: it is not as we write it.
bool DecodeNote(const Json& value, DynamoNote& note) {
  if (TypeOfValue(value) != "S" || !value.begin()->is_string()) return false;
  const auto json = ParseJson(value.begin()->get_ref<const std::string&>(), kNoteAttribute);
  if (!json.ok()) return false;
  try {
    note.operation = json->at("operation");
    note.content = json->at("content");
    note.drawn = json->at("drawn");
    note.fences = json->at("fences").get<std::map<std::string, std::uint64_t>>();
    note.added = json->at("added").get<std::set<std::string>>();
  } catch (const Json::exception&) {
    return false;
  }
  return true;
}

}  // namespace

DynamoItem ReadItem(Json item) {
  DynamoItem read;
  if (const auto found = item.find(kNoteAttribute); found != item.end()) {
    read.note_value = *found;
    read.note_is_foreign = !DecodeNote(*found, read.note);
    if (read.note_is_foreign) read.note = {};
    item.erase(found);
  }
  read.content = ContentOf(item);
  read.attributes = std::move(item);
  return read;
}

Json EncodeNote(const DynamoNote& note) {
  const Json json = {{"operation", note.operation}, {"content", note.content}, {"drawn", note.drawn}, {"fences", note.fences}, {"added", note.added}};
  return {{"S", DumpJson(json)}};
}

StatusOr<std::string> KeyOfItem(const Json& attributes, const DynamoNaming& naming) {
  Json parts = Json::array();
  for (const std::string& name : naming.key) {
    const auto found = attributes.find(name);
    const std::string type = found == attributes.end() ? std::string() : TypeOfValue(*found);
    if (type != "S" && type != "N") {
      return Status(Code::kInvalidArgument, "an item has " + (type.empty() ? "nothing" : "a value of type " + type) + " in its key attribute \"" + name + "\": it cannot be named",
                    naming.store);
    }
    parts.push_back(*DecodeValue(*found));
  }
  if (parts.size() > 1) return DumpJson(parts);
  return parts[0].is_string() ? parts[0].get<std::string>() : DumpJson(parts[0]);
}

StatusOr<Record> RecordOf(const DynamoItem& item, const DynamoNaming& naming) {
  Record record;
  EVENKEEL_ASSIGN_OR_RETURN(record.key, KeyOfItem(item.attributes, naming));
  record.version = item.version();
  // The operation is remembered only while the item is as we left it.
  if (item.note.content == item.content) record.operation = item.note.operation;
  for (const auto& [name, value] : item.attributes.items()) {
    std::optional<Json> decoded = DecodeValue(value);
    const bool too_long = decoded && DumpJson(*decoded).size() > naming.limits.text_bytes + 2;
    if (decoded && !too_long) {
      record.attributes[name] = *std::move(decoded);
    } else if (naming.mapped.contains(name)) {
      const std::string why = too_long ? " is longer than " + std::to_string(naming.limits.text_bytes) + " bytes (limit text_bytes)"
                                       : " is of DynamoDB's type " + TypeOfValue(value) + ", which no field can be read from; map another attribute";
      return Status(too_long ? Code::kLimitExceeded : Code::kInvalidArgument, "attribute \"" + name + "\"" + why, naming.store + ":" + record.key);
    }
  }
  return record;
}

StatusOr<Json> KeyValues(std::string_view key, const DynamoNaming& naming, const std::map<std::string, std::string>& types) {
  const Status none(Code::kNotFound, "the table has no such item", naming.store + ":" + std::string(key));
  Json parts = Json::array({std::string(key)});
  if (naming.key.size() > 1) {
    auto parsed = ParseJson(key, naming.store + " key", naming.limits);
    if (!parsed.ok() || !parsed->is_array() || parsed->size() != naming.key.size()) return none;
    parts = *std::move(parsed);
  }
  Json values = Json::object();
  for (std::size_t i = 0; i < naming.key.size(); ++i) {
    const auto type = types.find(naming.key[i]);
    const std::string text = parts[i].is_string() ? parts[i].get<std::string>() : DumpJson(parts[i]);
    if (type == types.end() || text.empty() || (type->second == "N" && !IsNumberText(text))) return none;  // there is no empty key
    values[naming.key[i]] = {{type->second, text}};
  }
  return values;
}

}  // namespace evenkeel::aws
