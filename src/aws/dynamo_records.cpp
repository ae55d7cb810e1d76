#include "aws/dynamo_records.h"

#include <algorithm>
#include <atomic>
#include <set>

#include "aws/parallel.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace evenkeel::aws {
namespace {

// A segment for every so many bytes of the table, and so many at once at most: each holds one page (1 MiB) at a time.
constexpr std::uint64_t kSegmentBytes = 4u << 20;
constexpr std::uint64_t kSegmentsMax = 8;

bool SameNames(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a.size() == b.size() && std::set<std::string>(a.begin(), a.end()) == std::set<std::string>(b.begin(), b.end());
}

Json Only(const Json& attributes, const std::vector<std::string>& names) {
  Json some = Json::object();
  for (const std::string& name : names) {
    if (attributes.contains(name)) some[name] = attributes[name];
  }
  return some;
}

}  // namespace

DynamoRecords::DynamoRecords(DynamoTable& table, DynamoNaming naming, std::string index)
    : table_(table), naming_(std::move(naming)), index_(std::move(index)) {}

Status DynamoRecords::NotFound(std::string_view key) const {
  return {Code::kNotFound, "the table \"" + table_.settings().table + "\" has no such item", table_.ResourceOf(key)};
}

Status DynamoRecords::NoSuchKey(const DynamoSchema& schema) const {
  std::string indexes;
  for (const auto& [name, key] : schema.indexes) indexes += (indexes.empty() ? "" : ", ") + name + " (" + JoinWords(key) + ")";
  return {Code::kInvalidArgument,
          "\"key\" is " + JoinWords(naming_.key) + ", but the key of the table \"" + table_.settings().table + "\" is " + JoinWords(schema.key) +
              (indexes.empty() ? ", and it has no index" : "; its indexes: " + indexes) + ". Correct \"key\", or name in \"index\" one with that key",
          table_.settings().store};
}

StatusOr<DynamoRecords::Plan> DynamoRecords::PlanFor(DynamoSchema schema) const {
  Plan plan{std::move(schema), naming_, Way::kItem};
  std::vector<std::string>& key = plan.naming.key;
  if (key.empty()) key = plan.schema.key;
  if (!index_.empty()) {
    const auto index = plan.schema.indexes.find(index_);
    if (index == plan.schema.indexes.end()) {
      std::vector<std::string> known;
      for (const auto& [name, unused] : plan.schema.indexes) known.push_back(name);
      const std::string nearest = NearestName(index_, known);
      return Status(Code::kInvalidArgument, "the table \"" + table_.settings().table + "\" has no index \"" + index_ + "\"" +
                                                (nearest.empty() ? known.empty() ? "; it has none" : "; there are: " + JoinWords(known) : "; did you mean \"" + nearest + "\"?"),
                    table_.settings().store);
    }
    if (!SameNames(key, index->second) && key != std::vector(1, index->second.front())) return NoSuchKey(plan.schema);
    plan.way = Way::kIndex;
  } else if (!SameNames(key, plan.schema.key)) {
    if (key != std::vector(1, plan.schema.key.front())) return NoSuchKey(plan.schema);
    plan.way = Way::kPart;
  }
  for (const std::string& name : key) {
    if (const std::string type = plan.schema.types[name]; type != "S" && type != "N") {
      return Status(Code::kInvalidArgument, "the key attribute \"" + name + "\" of the table \"" + table_.settings().table + "\" is of DynamoDB's type " + type +
                                                ", and records are named by texts and numbers alone", table_.settings().store);
    }
  }
  return plan;
}

StatusOr<DynamoRecords::Plan> DynamoRecords::Look() {
  EVENKEEL_ASSIGN_OR_RETURN(DynamoSchema schema, table_.Schema());
  return PlanFor(std::move(schema));
}

StatusOr<DynamoNaming> DynamoRecords::Naming() {
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, Look());
  return std::move(plan.naming);
}

StatusOr<std::string> DynamoRecords::Describe() {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, Look());
  const std::string words = "records are found by " + JoinWords(plan.naming.key);
  if (plan.way == Way::kIndex) return words + ", the key of the index \"" + index_ + "\"";
  return words + (plan.way == Way::kPart ? ", a part of the table's key (" + JoinWords(plan.schema.key) + ")" : ", the table's key");
}

Status DynamoRecords::TryToWrite() {
  EVENKEEL_ASSIGN_OR_RETURN(DynamoSchema schema, table_.Schema());
  Json key = Json::object();
  for (const std::string& name : schema.key) {
    const std::string type = schema.types[name];
    key[name] = {{type, type == "N" ? "0" : "ZXZlbmtlZWw="}};  // a text, and bytes in base64
  }
  const auto answer = table_.Send("UpdateItem",
                                  {{"Key", std::move(key)},
                                   {"UpdateExpression", "REMOVE #1"},
                                   {"ConditionExpression", "attribute_exists(#0) AND attribute_not_exists(#0)"},
                                   {"ExpressionAttributeNames", {{"#0", schema.key.front()}, {"#1", kNoteAttribute}}}},
                                  "");
  if (answer.code() == Code::kPreconditionFailed) return OkStatus();
  return answer.ok() ? Status(Code::kUnimplemented, "the endpoint ignores conditions on writes: nothing may be written to it", table_.settings().store) : answer.status();
}

StatusOr<Json> DynamoRecords::PrimaryKey(const DynamoItem& item) {
  EVENKEEL_ASSIGN_OR_RETURN(const DynamoSchema schema, table_.Schema());
  return Only(item.attributes, schema.key);
}

StatusOr<DynamoItem> DynamoRecords::GetItem(const Json& primary_key, std::string_view key) {
  EVENKEEL_ASSIGN_OR_RETURN(Json answer, table_.Send("GetItem", {{"Key", primary_key}, {"ConsistentRead", true}}, key));
  if (!answer.contains("Item")) return NotFound(key);
  if (!answer["Item"].is_object()) return Status(Code::kUnavailable, "its answer is no item; try again", table_.ResourceOf(key));
  return ReadItem(std::move(answer["Item"]));
}

StatusOr<std::vector<Json>> DynamoRecords::Query(const Plan& plan, const Json& values, std::string_view key) {
  Json body = {{"Limit", 2}};  // two are too many
  std::string condition;
  for (const auto& [name, value] : values.items()) {
    const std::string number = std::to_string(body.contains("ExpressionAttributeNames") ? body["ExpressionAttributeNames"].size() : 0);
    body["ExpressionAttributeNames"]["#" + number] = name;
    body["ExpressionAttributeValues"][":" + number] = value;
    condition += (condition.empty() ? "#" : " AND #") + number + " = :" + number;
  }
  body["KeyConditionExpression"] = condition;
  if (plan.way == Way::kIndex) {
    body["IndexName"] = index_;
  } else {
    body["ConsistentRead"] = true;
  }
  EVENKEEL_ASSIGN_OR_RETURN(const Json answer, table_.Send("Query", std::move(body), key));
  const auto items = answer.find("Items");
  if (items == answer.end() || !items->is_array()) return Status(Code::kUnavailable, "its answer is no list of items; try again", table_.ResourceOf(key));
  if (items->size() <= 1) return items->get<std::vector<Json>>();
  return Status(Code::kInvalidArgument, "two items of \"" + table_.settings().table + "\" have this key; name more attributes in \"key\" of the fleet file",
                table_.ResourceOf(key));
}

StatusOr<DynamoItem> DynamoRecords::Find(std::string_view key) {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, Look());
  EVENKEEL_ASSIGN_OR_RETURN(const Json values, KeyValues(key, plan.naming, plan.schema.types));
  const auto has_key = [&](const StatusOr<DynamoItem>& item) {
    if (!item.ok()) return false;
    const auto its = KeyOfItem(item->attributes, plan.naming);
    return its.ok() && *its == key;
  };
  Json primary_key = values;
  if (plan.way == Way::kIndex) {
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(std::string(key));
    primary_key = place == places_.end() ? Json() : place->second;
  }
  if (plan.way != Way::kPart && !primary_key.is_null()) {
    auto item = GetItem(primary_key, key);
    if (has_key(item) || (!item.ok() && item.code() != Code::kNotFound)) return item;
    if (plan.way == Way::kItem) return NotFound(key);  // 7 is equal to 7.0 for the table, and is not the key that was asked for
  }
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Json> items, Query(plan, values, key));
  if (items.empty()) return NotFound(key);
  // An index may hold less than the item, and what was.
  auto item = plan.way == Way::kIndex ? GetItem(Only(items[0], plan.schema.key), key) : StatusOr<DynamoItem>(ReadItem(items[0]));
  if (!item.ok() || has_key(item)) return item;
  return NotFound(key);
}

Status DynamoRecords::ScanSegment(std::size_t segment, std::size_t segments, const std::function<bool(Json)>& take) {
  Json body = {{"ConsistentRead", true}};
  if (segments > 1) body.update({{"Segment", segment}, {"TotalSegments", segments}});
  std::set<std::string> seen;
  for (;;) {
    EVENKEEL_ASSIGN_OR_RETURN(Json answer, table_.Send("Scan", body, ""));
    const auto items = answer.find("Items");
    if (items == answer.end() || !items->is_array()) return {Code::kUnavailable, "its answer is no list of items; try again", table_.settings().store};
    for (Json& item : *items) {
      if (!item.is_object()) return {Code::kUnavailable, "its answer has an item that is none; try again", table_.settings().store};
      if (!take(std::move(item))) return OkStatus();
    }
    EVENKEEL_ASSIGN_OR_RETURN(const bool more, table_.GoOn(answer, body, seen));
    if (!more) return OkStatus();
  }
}

Status DynamoRecords::Scan(const std::function<bool(DynamoItem)>& take) {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, Look());
  const auto segments = static_cast<std::size_t>(std::min(kSegmentsMax, plan.schema.bytes / kSegmentBytes + 1));
  std::mutex mutex;
  Status first_fault;
  bool ended = false;
  const auto take_one = [&](Json json) {
    DynamoItem item = ReadItem(std::move(json));  // hashed by each segment for itself
    const std::lock_guard lock(mutex);
    if (ended) return false;
    if (plan.way == Way::kIndex) {
      const auto key = KeyOfItem(item.attributes, plan.naming);
      const std::lock_guard places_lock(mutex_);
      if (key.ok()) places_[*key] = Only(item.attributes, plan.schema.key);
    }
    ended = !take(std::move(item));
    return !ended;
  };
  ForEachAtOnce(segments, segments, [&](std::size_t segment) {
    const Status status = ScanSegment(segment, segments, take_one);
    const std::lock_guard lock(mutex);
    if (!status.ok() && first_fault.ok()) first_fault = status;
    ended = ended || !status.ok();
  });
  return first_fault;
}

}  // namespace evenkeel::aws
