#include "aws/dynamo_update.h"

#include <map>

#include "aws/dynamo_value.h"
#include "evenkeel/json.h"

namespace evenkeel::aws {
namespace {

// Half of DynamoDB's limits for one expression: what must be compared comes first and may take more.
constexpr std::size_t kConditionBytes = 2048;
constexpr int kConditionTerms = 120;
// A list or map with more parts is compared as one value.
constexpr int kPartsMax = 40;

int PartsOf(const Json& value) {
  const std::string type = TypeOfValue(value);
  if (type != "L" && type != "M") return 1;
  int parts = 1;
  for (const Json& element : *value.begin()) parts += PartsOf(element);
  return parts;
}

// An expression's placeholders: "#0" for a name, ":0" for a value.
class Expression {
 public:
  explicit Expression(Json& body) : names_(body["ExpressionAttributeNames"]), values_(body["ExpressionAttributeValues"]) {}

  std::string Name(const std::string& name) {
    const auto [at, added] = known_.try_emplace(name, "#" + std::to_string(known_.size()));
    if (added) names_[at->second] = name;
    return at->second;
  }
  std::string Value(const Json& value) {
    const std::string placeholder = ":" + std::to_string(values_.size());
    values_[placeholder] = value;
    return placeholder;
  }
  void Require(const std::string& term) {
    condition_ += (condition_.empty() ? "" : " AND ") + term;
    ++terms_;
  }
  // Lists and maps part by part: not every server that speaks like AWS compares them whole.
  void RequireEqual(const std::string& path, const Json& value) {
    const std::string type = TypeOfValue(value);
    if ((type != "L" && type != "M") || PartsOf(value) > kPartsMax) return Require(path + " = " + Value(value));
    Require("size(" + path + ") = " + Value({{"N", std::to_string(value.begin()->size())}}));
    if (value.begin()->empty()) Require("attribute_type(" + path + ", " + Value({{"S", type}}) + ")");
    std::size_t i = 0;
    for (const auto& [name, element] : value.begin()->items()) {
      RequireEqual(type == "L" ? path + "[" + std::to_string(i++) + "]" : path + "." + Name(name), element);
    }
  }
  void RequireAsRead(const Json& attributes, const std::string& name) {
    const auto found = attributes.find(name);
    if (found == attributes.end()) return Require("attribute_not_exists(" + Name(name) + ")");
    RequireEqual(Name(name), *found);
  }
  bool HasRoom() const { return condition_.size() < kConditionBytes && terms_ < kConditionTerms; }
  const std::string& condition() const { return condition_; }

 private:
  Json& names_;
  Json& values_;
  std::map<std::string, std::string> known_;
  std::string condition_;
  int terms_ = 0;
};

std::string UpdateExpression(const DynamoChange& change, Expression& expression) {
  std::string set = "SET " + expression.Name(kNoteAttribute) + " = " + expression.Value(EncodeNote(change.note)), remove;
  for (const auto& [name, value] : change.set.items()) set += ", " + expression.Name(name) + " = " + expression.Value(value);
  for (const std::string& name : change.remove) remove += (remove.empty() ? " REMOVE " : ", ") + expression.Name(name);
  return set + remove;
}

}  // namespace

StatusOr<DynamoChange> ChangeOf(const DynamoItem& item, const Attributes& set, const std::string& resource) {
  DynamoChange change;
  change.note = item.note;
  for (const auto& [name, value] : set) {
    const auto old = item.attributes.find(name);
    const bool is_there = old != item.attributes.end();
    if (value.is_null() && (!is_there || change.note.added.contains(name))) {
      if (is_there) change.remove.insert(name);
      change.note.added.erase(name);
      continue;
    }
    auto encoded = EncodeValue(value, is_there ? &*old : nullptr);
    if (!encoded.ok()) return Status(encoded.code(), "attribute \"" + name + "\": " + encoded.status().message(), resource);
    change.set[name] = *std::move(encoded);
    if (!is_there) change.note.added.insert(name);
  }
  return change;
}

Json UpdateBody(const Json& primary_key, const DynamoItem& item, const DynamoChange& change, const std::set<std::string>& compared) {
  Json body = {{"Key", primary_key}, {"ReturnValues", "ALL_NEW"}, {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}};
  Expression expression(body);
  for (const auto& [name, value] : primary_key.items()) expression.RequireEqual(expression.Name(name), value);
  if (item.note_value.is_null()) {
    expression.Require("attribute_not_exists(" + expression.Name(kNoteAttribute) + ")");
  } else {
    expression.RequireEqual(expression.Name(kNoteAttribute), item.note_value);
  }
  for (const std::string& name : compared) {
    if (!primary_key.contains(name)) expression.RequireAsRead(item.attributes, name);
  }
  for (const auto& [name, value] : item.attributes.items()) {
    if (expression.HasRoom() && !primary_key.contains(name) && !compared.contains(name)) expression.RequireEqual(expression.Name(name), value);
  }
  body["UpdateExpression"] = UpdateExpression(change, expression);
  body["ConditionExpression"] = expression.condition();
  return body;
}

}  // namespace evenkeel::aws
