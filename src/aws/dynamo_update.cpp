#include "aws/dynamo_update.h"

#include <map>
#include <vector>

#include "aws/dynamo_value.h"
#include "evenkeel/json.h"

namespace evenkeel::aws {
namespace {

// DynamoDB's limits of one expression (AWS, "DynamoDB service quotas", "Expression parameters"): what must be compared may take all of it,
// everything else leaves some room.
constexpr std::size_t kBytesMax = 4096, kBytesOfOthers = 3584;
constexpr int kOperatorsMax = 300, kOperatorsOfOthers = 280;

// The placeholders and the condition of one request: "#0" for a name, ":0" for a value.
class Expression {
 public:
  std::string Name(const std::string& name) {
    const auto [at, added] = known_.try_emplace(name, "#" + std::to_string(known_.size()));
    if (added) names_.push_back(name);
    return at->second;
  }
  std::string Value(Json value) {
    values_.push_back(std::move(value));
    return ":" + std::to_string(values_.size() - 1);
  }
  void Require(const std::string& term, int operators = 1) {
    operators_ += operators + (condition_.empty() ? 0 : 1);
    condition_ += (condition_.empty() ? "" : " AND ") + term;
  }
  // Adds what `add` requires, or nothing of it where that is more than so many bytes and operators.
  template <typename Add>
  bool Fits(std::size_t bytes, int operators, Add add) {
    const std::size_t names = names_.size(), values = values_.size(), length = condition_.size();
    const int counted = operators_;
    add();
    if (condition_.size() <= bytes && operators_ <= operators) return true;
    for (std::size_t i = names; i < names_.size(); ++i) known_.erase(names_[i]);
    names_.resize(names);
    values_.resize(values);
    condition_.resize(length);
    operators_ = counted;
    return false;
  }
  // Lists and maps part by part: not every server that speaks like AWS compares them whole.
  void RequireParts(const std::string& path, const Json& value) {
    const std::string type = TypeOfValue(value);
    if (type != "L" && type != "M") return RequireWhole(path, value);
    Require("size(" + path + ") = " + Value({{"N", std::to_string(value.begin()->size())}}), 2);
    if (value.begin()->empty()) Require("attribute_type(" + path + ", " + Value({{"S", type}}) + ")");
    std::size_t i = 0;
    for (const auto& [name, element] : value.begin()->items()) {
      if (condition_.size() > kBytesMax) return;  // it is not taken anyway
      RequireParts(type == "L" ? path + "[" + std::to_string(i++) + "]" : path + "." + Name(name), element);
    }
  }
  void RequireWhole(const std::string& path, const Json& value) { Require(path + " = " + Value(value)); }
  const std::string& condition() const { return condition_; }
  void PutInto(Json& body) const {
    for (std::size_t i = 0; i < names_.size(); ++i) body["ExpressionAttributeNames"]["#" + std::to_string(i)] = names_[i];
    for (std::size_t i = 0; i < values_.size(); ++i) body["ExpressionAttributeValues"][":" + std::to_string(i)] = values_[i];
  }

 private:
  std::map<std::string, std::string> known_;
  std::vector<std::string> names_;
  std::vector<Json> values_;
  std::string condition_;
  int operators_ = 0;
};

// False: it does not fit in.
bool RequireAsRead(Expression& expression, const Json& attributes, const std::string& name, std::size_t bytes, int operators) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) return expression.Fits(bytes, operators, [&] { expression.Require("attribute_not_exists(" + expression.Name(name) + ")"); });
  return expression.Fits(bytes, operators, [&] { expression.RequireParts(expression.Name(name), *found); }) ||
         expression.Fits(bytes, operators, [&] { expression.RequireWhole(expression.Name(name), *found); });
}

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

StatusOr<Json> UpdateBody(const Json& primary_key, const DynamoItem& item, const DynamoChange& change, const std::set<std::string>& compared,
                          const std::string& resource) {
  Expression expression;
  for (const auto& [name, value] : primary_key.items()) expression.RequireWhole(expression.Name(name), value);
  if (item.note_value.is_null()) {
    expression.Require("attribute_not_exists(" + expression.Name(kNoteAttribute) + ")");
  } else {
    expression.RequireWhole(expression.Name(kNoteAttribute), item.note_value);
  }
  for (const std::string& name : compared) {
    if (primary_key.contains(name) || RequireAsRead(expression, item.attributes, name, kBytesMax, kOperatorsMax)) continue;
    return Status(Code::kLimitExceeded, "the fleet file maps more of its attributes than DynamoDB compares in one condition (4 KB, 300 operators); map fewer", resource);
  }
  for (const auto& [name, unused] : item.attributes.items()) {
    if (!primary_key.contains(name) && !compared.contains(name)) RequireAsRead(expression, item.attributes, name, kBytesOfOthers, kOperatorsOfOthers);
  }
  Json body = {{"Key", primary_key}, {"ReturnValues", "ALL_NEW"}, {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}};
  body["UpdateExpression"] = UpdateExpression(change, expression);
  body["ConditionExpression"] = expression.condition();
  expression.PutInto(body);
  return body;
}

}  // namespace evenkeel::aws
