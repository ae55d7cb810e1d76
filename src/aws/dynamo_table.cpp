#include "aws/dynamo_table.h"

#include <algorithm>
#include <array>

#include "evenkeel/json.h"
#include "http/address.h"

namespace evenkeel::aws {
namespace {

// A page of a scan has at most 1 MiB of items, which JSON's escapes may make six times as long.
constexpr std::size_t kAnswerBytes = 12u << 20;
constexpr std::size_t kAnswerDepth = 200;  // items nest 32 levels, and each is two of JSON
constexpr std::chrono::seconds kTimeout(20);

bool IsRead(std::string_view operation) {
  constexpr std::array<std::string_view, 4> kReads = {"DescribeTable", "GetItem", "Query", "Scan"};
  return std::find(kReads.begin(), kReads.end(), operation) != kReads.end();
}

HttpRequest BlankRequest(const DynamoSettings& settings) {
  const std::string domain = settings.region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
  const std::string endpoint = settings.endpoint.empty() ? "https://dynamodb." + settings.region + domain : settings.endpoint;
  HttpRequest blank = RequestTo(endpoint).value_or(HttpRequest{});  // what is no address is refused when it is sent
  blank.method = "POST";
  blank.reply_bytes = kAnswerBytes;
  blank.timeout = kTimeout;
  return blank;
}

StatusOr<Json> ParseAnswer(const HttpResponse& response, const std::string& resource) {
  Limits limits;
  limits.json_depth = kAnswerDepth;
  return ParseJson(response.body, resource, limits);
}

std::vector<std::string> KeyOf(const Json& schema) {
  std::vector<std::string> key;
  for (const char* kind : {"HASH", "RANGE"}) {
    for (const Json& part : schema) {
      if (part.at("KeyType") == kind) key.push_back(part.at("AttributeName").get<std::string>());
    }
  }
  return key;
}

// Throws where the answer has another shape.
DynamoSchema SchemaOf(const Json& table) {
  DynamoSchema schema;
  schema.key = KeyOf(table.at("KeySchema"));
  static_cast<void>(schema.key.at(0));
  for (const Json& one : table.at("AttributeDefinitions")) schema.types[one.at("AttributeName")] = one.at("AttributeType");
  for (const char* list : {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"}) {
    if (!table.contains(list)) continue;
    for (const Json& index : table.at(list)) {
      const std::vector<std::string> key = KeyOf(index.at("KeySchema"));
      if (!key.empty()) schema.indexes[index.at("IndexName")] = key;
    }
  }
  schema.bytes = table.value("TableSizeBytes", std::uint64_t{0});
  return schema;
}

}  // namespace

DynamoTable::DynamoTable(DynamoSettings settings, Client& client) : settings_(std::move(settings)), client_(client), blank_(BlankRequest(settings_)) {}

StatusOr<Json> DynamoTable::Send(std::string_view operation, Json body, std::string_view key, Json* refused) {
  HttpRequest request = blank_;
  request.repeatable = IsRead(operation);
  body["TableName"] = settings_.table;
  request.body = DumpJson(body);
  request.headers.push_back({"Content-Type", "application/x-amz-json-1.0"});
  request.headers.push_back({"X-Amz-Target", "DynamoDB_20120810." + std::string(operation)});
  const auto response = client_.Send(request);
  if (!response.ok()) {
    // A write whose answer is too large was done or not.
    const bool is_open = response.code() == Code::kLimitExceeded && !request.repeatable;
    const std::string where = response.status().resource().empty() ? "" : response.status().resource() + ": ";
    return Status(is_open ? Code::kUnknownOutcome : response.code(), where + response.status().message(), ResourceOf(key));
  }
  auto answer = ParseAnswer(*response, ResourceOf(key));
  const bool is_object = answer.ok() && answer->is_object();
  if (response->status == 200 && is_object) return answer;
  if (response->status == 200) {
    return Status(request.repeatable ? Code::kUnavailable : Code::kUnknownOutcome,
                  std::string("its answer is no JSON; ") + (request.repeatable ? "try again" : "look before it is repeated"), ResourceOf(key));
  }
  if (refused != nullptr) *refused = is_object && answer->contains("Item") ? (*answer)["Item"] : Json();
  return Refusal(*response, operation, key);
}

Status DynamoTable::Refusal(const HttpResponse& response, std::string_view operation, std::string_view key) const {
  const ServiceError error = ErrorOf(response);
  const std::string code = error.Name(response.status), table = "\"" + settings_.table + "\"", resource = ResourceOf(key);
  const bool is_write = !IsRead(operation);
  if (error.code == "ConditionalCheckFailedException") {
    return {Code::kPreconditionFailed, "the item is not the one the plan was made from: somebody else changed it; plan again", resource};
  }
  if (error.code == "ResourceNotFoundException") {
    return {Code::kInvalidArgument, "there is no table " + table + " in region \"" + settings_.region + "\"; correct \"table\", \"region\" or \"endpoint\" in the fleet file",
            settings_.store};
  }
  if (error.MeansExpired()) return {Code::kPermissionDenied, "the credentials are not good any more (" + code + "); renew them", resource};
  if (error.MeansWrongKey()) return {Code::kPermissionDenied, "the credentials are not known there (" + code + "); correct them, or the profile", resource};
  if (error.code == "AccessDeniedException" || response.status == 401 || response.status == 403) {
    return {Code::kPermissionDenied, "the credentials may not do this (" + code + "); it needs dynamodb:" + std::string(operation) + " on table " + table, resource};
  }
  if (error.code == "TransactionConflictException" || error.code == "ReplicatedWriteConflictException") {
    return {Code::kUnavailable, "another write to the item was under way (" + code + ") and nothing was done; try again", resource};
  }
  if (error.remedy == Remedy::kSlower) return {Code::kUnavailable, "it is asked too much (" + code + ") and nothing was done; try again later", resource};
  if (error.message.find("tem size") != std::string::npos) {
    return {Code::kLimitExceeded, "the item would have more than the 400 KB that DynamoDB takes; take something out of it by hand", resource};
  }
  if ((response.status >= 500 || response.status / 100 == 2) && is_write) return {Code::kUnknownOutcome, "it answers " + code + "; look before it is repeated", resource};
  if (response.status >= 500) return {Code::kUnavailable, "it answers " + code + "; try again later", resource};
  if (response.status / 100 != 4 || error.code.empty()) return {Code::kUnavailable, "the " + code + " is not from DynamoDB; check \"endpoint\" and \"region\"", resource};
  return {Code::kInvalidArgument, "it refuses the request (" + code + ")", resource};
}

StatusOr<bool> DynamoTable::GoOn(Json& answer, Json& body, std::set<std::string>& seen) const {
  const auto next = answer.find("LastEvaluatedKey");
  if (next == answer.end()) return false;
  if (!next->is_object() || next->empty() || !seen.insert(DumpJson(*next)).second) {
    return Status(Code::kUnavailable, "its list is cut off without saying where it goes on; try again", settings_.store);
  }
  body["ExclusiveStartKey"] = std::move(*next);
  return true;
}

StatusOr<DynamoSchema> DynamoTable::Schema() {
  const std::lock_guard lock(mutex_);
  if (schema_) return *schema_;
  EVENKEEL_ASSIGN_OR_RETURN(const Json answer, Send("DescribeTable", Json::object(), ""));
  try {
    const Json& table = answer.at("Table");
    const std::string status = table.at("TableStatus");
    if (status == "CREATING" || status == "DELETING") {
      return Status(Code::kUnavailable, "the table \"" + settings_.table + "\" is being " + (status == "CREATING" ? "made" : "deleted") + "; try again later", settings_.store);
    }
    schema_ = SchemaOf(table);
  } catch (const std::exception&) {
    return Status(Code::kUnavailable, "the answer does not say what the table \"" + settings_.table + "\" is like; try again", settings_.store);
  }
  return *schema_;
}

}  // namespace evenkeel::aws
