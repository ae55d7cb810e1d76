#include "aws/document_table.h"

#include <algorithm>
#include <cstdio>

#include "aws/uri.h"
#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "stores/memory/state_names.h"

namespace evenkeel::aws {
namespace {

constexpr std::size_t kIdBytes = 1000;           // of a sort key DynamoDB takes 1,024
constexpr std::size_t kValueBytes = 380u << 10;  // of an item 400 KB

std::string TextOf(const Json& item, const char* name) {
  const auto found = item.find(name);
  if (found == item.end() || !found->is_object()) return {};
  const Json text = found->value("S", Json());
  return text.is_string() ? text.get<std::string>() : std::string();
}

std::string NameOf(std::string_view kind, std::string_view id) { return std::string(kind) + "/" + std::string(id); }

}  // namespace

std::string DrawToken(Environment& environment) {
  char text[40];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(environment.Random()), static_cast<unsigned long long>(environment.Random()));
  return text;
}

Json DocumentTable::KeyOf(std::string_view kind, std::string_view id) const {
  const std::string encoded = EncodeUri(id);
  return {{"kind", {{"S", prefix_ + std::string(kind)}}}, {"id", {{"S", encoded.size() <= kIdBytes ? "=" + encoded : "#" + Sha256Hex(id)}}}};
}

StatusOr<StateDocument> DocumentTable::Read(const Json& item, std::string_view kind) const {
  std::string id = TextOf(item, "id");
  const bool is_hashed = id.starts_with('#');
  id = DecodeUri(is_hashed ? TextOf(item, "name") : id.substr(std::min<std::size_t>(1, id.size())));
  StateDocument document{id, Json(), TextOf(item, "version")};
  auto value = ParseJson(TextOf(item, "value"), NameOf(kind, id));
  if (document.version.empty() || !value.ok()) {
    return Status(Code::kInvalidArgument, "this document of Evenkeel's own is damaged; take it out of the table \"" + table_.settings().table +
                                              "\": what it remembers is forgotten then", NameOf(kind, id));
  }
  document.value = *std::move(value);
  return document;
}

Status DocumentTable::CheckSchema() {
  EVENKEEL_ASSIGN_OR_RETURN(DynamoSchema schema, table_.Schema());
  if (schema.key == std::vector<std::string>{"kind", "id"} && schema.types["kind"] == "S" && schema.types["id"] == "S") return OkStatus();
  return {Code::kInvalidArgument, "the table \"" + table_.settings().table + "\" has another key than a state's, which is \"kind\" (HASH) and \"id\" (RANGE), both of type S; "
                                  "name a table of its own", table_.settings().store};
}

StatusOr<StateDocument> DocumentTable::Get(std::string_view kind, std::string_view id) {
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
  EVENKEEL_RETURN_IF_ERROR(CheckSchema());
  EVENKEEL_ASSIGN_OR_RETURN(const Json answer, table_.Send("GetItem", {{"Key", KeyOf(kind, id)}, {"ConsistentRead", true}}, NameOf(kind, id)));
  const auto item = answer.find("Item");
  if (item == answer.end()) return NoSuchDocument(kind, id);
  return Read(*item, kind);
}

StatusOr<StateDocument> DocumentTable::Put(std::string_view kind, std::string_view id, const Json& value, const std::optional<Version>& expected) {
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
  EVENKEEL_RETURN_IF_ERROR(CheckSchema());
  const StateDocument document{std::string(id), value, DrawToken(environment_)};
  Json item = KeyOf(kind, id);
  if (item["id"]["S"].get_ref<const std::string&>().starts_with('#')) item["name"] = {{"S", EncodeUri(id)}};
  const std::string text = DumpJson(value);
  if (text.size() > kValueBytes) {
    return Status(Code::kLimitExceeded, "the state document has " + std::to_string(text.size()) + " bytes, and a table takes " + std::to_string(kValueBytes), NameOf(kind, id));
  }
  item["version"] = {{"S", document.version}};
  item["value"] = {{"S", text}};
  Json body = {{"Item", std::move(item)}, {"ExpressionAttributeNames", {{"#0", expected ? "version" : "kind"}}}};
  body["ConditionExpression"] = expected ? "#0 = :0" : "attribute_not_exists(#0)";
  if (expected) body["ExpressionAttributeValues"] = {{":0", {{"S", *expected}}}};
  const auto answer = table_.Send("PutItem", std::move(body), NameOf(kind, id));
  if (answer.ok()) return document;
  if (answer.code() != Code::kPreconditionFailed) return answer.status();
  return CheckDocumentVersion(kind, id, "another", expected);
}

Status DocumentTable::Delete(std::string_view kind, std::string_view id, const Version& expected) {
  EVENKEEL_ASSIGN_OR_RETURN(const StateDocument now, Get(kind, id));
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentVersion(kind, id, now.version, expected));
  const auto answer = table_.Send("DeleteItem",
                                  {{"Key", KeyOf(kind, id)},
                                   {"ConditionExpression", "#0 = :0"},
                                   {"ExpressionAttributeNames", {{"#0", "version"}}},
                                   {"ExpressionAttributeValues", {{":0", {{"S", expected}}}}}},
                                  NameOf(kind, id));
  return answer.code() == Code::kPreconditionFailed ? CheckDocumentVersion(kind, id, "another", expected) : answer.status();
}

StatusOr<std::vector<StateDocument>> DocumentTable::List(std::string_view kind) {
  EVENKEEL_RETURN_IF_ERROR(CheckDocumentKind(kind));
  EVENKEEL_RETURN_IF_ERROR(CheckSchema());
  Json body = {{"ConsistentRead", true},
               {"KeyConditionExpression", "#0 = :0"},
               {"ExpressionAttributeNames", {{"#0", "kind"}}},
               {"ExpressionAttributeValues", {{":0", {{"S", prefix_ + std::string(kind)}}}}}};
  std::vector<StateDocument> documents;
  std::set<std::string> seen;
  for (;;) {
    EVENKEEL_ASSIGN_OR_RETURN(Json answer, table_.Send("Query", body, ""));
    const auto items = answer.find("Items");
    if (items == answer.end() || !items->is_array()) return Status(Code::kUnavailable, "its answer is no list of items; try again", table_.settings().store);
    for (const Json& item : *items) {
      EVENKEEL_ASSIGN_OR_RETURN(StateDocument document, Read(item, kind));
      documents.push_back(std::move(document));
    }
    EVENKEEL_ASSIGN_OR_RETURN(const bool more, table_.GoOn(answer, body, seen));
    if (!more) break;
  }
  std::sort(documents.begin(), documents.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return documents;
}

}  // namespace evenkeel::aws
