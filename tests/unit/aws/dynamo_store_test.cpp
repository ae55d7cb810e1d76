#include "aws/dynamo_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "evenkeel/aws/aws.h"
#include "evenkeel/examined.h"
#include "evenkeel/json.h"
#include "evenkeel/memory_stores.h"
#include "scripted_transport.h"

namespace evenkeel::aws {
namespace {

constexpr char kTable[] = R"({"Table":{"TableStatus":"ACTIVE","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
  "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"TableSizeBytes":12000000}})";

std::string OperationOf(const HttpRequest& request) {
  const std::string target = HeaderOf(request, "x-amz-target");
  return target.substr(target.find('.') + 1);
}
HttpResponse Said(const Json& json) { return Reply(200, {}, DumpJson(json)); }
HttpResponse Refused(const std::string& code, int status = 400, const Json& item = {}) {
  Json body = {{"__type", "com.amazonaws.dynamodb.v20120810#" + code}, {"message", "planted-secret"}};
  if (!item.is_null()) body["Item"] = item;
  return Reply(status, {}, DumpJson(body));
}

class DynamoStoreTest : public testing::Test {
 protected:
  DynamoStoreTest() {
    parts.settings = {"tbl", "us-east-1", "", "records"};
    parts.naming.store = "records";
    parts.naming.mapped = {"v", "page"};
    parts.transport = transport;
    parts.credentials = MakeStaticCredentials({"AKIDEXAMPLE", "planted-secret", "planted-token", {}});
    parts.environment = &environment;
  }
  RecordStore& Store() {
    if (store == nullptr) store = MakeDynamoStore(parts);
    return *store;
  }
  // Whatever is not answered here is the table.
  void Answer(const std::function<HttpResponse(const std::string& operation, const Json& body)>& answers) {
    transport->answers = [answers](const HttpRequest& request) -> StatusOr<HttpResponse> {
      const std::string operation = OperationOf(request);
      return operation == "DescribeTable" ? Reply(200, {}, kTable) : answers(operation, Json::parse(request.body));
    };
  }
  // Updates "a" while it is {"v": 1}; UpdateItem is answered by `written`.
  StatusOr<Record> UpdateAgainst(const std::function<StatusOr<HttpResponse>()>& written) {
    transport->requests.clear();
    transport->answers = [written](const HttpRequest& request) -> StatusOr<HttpResponse> {
      if (OperationOf(request) == "UpdateItem") return written();
      return OperationOf(request) == "DescribeTable" ? Reply(200, {}, kTable) : Said({{"Item", kItem}});
    };
    const auto now = Store().Get("a");
    EXPECT_TRUE(now.ok()) << now.status().ToString();
    return Store().Update("a", {{"v", 2}}, {{"v", 1}}, now->version, {"op", WriteStamp::Fence{"b", 1}});
  }
  std::size_t Sent(std::string_view operation) const {
    return static_cast<std::size_t>(std::count_if(transport->requests.begin(), transport->requests.end(), [&](const auto& one) { return OperationOf(one) == operation; }));
  }

  inline static const Json kItem = {{"pk", {{"S", "a"}}}, {"v", {{"N", "1"}}}};
  std::shared_ptr<Scripted> transport = std::make_shared<Scripted>();
  MemoryEnvironment environment;
  DynamoParts parts;
  std::unique_ptr<RecordStore> store;
};

// Headers and body as awscli and the JavaScript SDK send them for the same calls.
TEST_F(DynamoStoreTest, RequestsAreThoseOfTheOfficialClients) {
  const std::filesystem::path folder = std::filesystem::path(EVENKEEL_SOURCE_DIR) / "../shared/aws/recordings";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the recordings are not there";
  ASSERT_EQ(UpdateAgainst([] { return Said({{"Attributes", kItem}}); }).code(), Code::kOk);
  const auto ours = [&](const std::string& target) {
    return *std::find_if(transport->requests.begin(), transport->requests.end(), [&](const auto& one) { return HeaderOf(one, "x-amz-target") == target; });
  };
  int compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line);) {
      const Json recorded = Json::parse(line);
      HttpRequest theirs;
      for (const Json& header : recorded["headers"]) theirs.headers.push_back({header[0], header[1]});
      const std::string target = HeaderOf(theirs, "x-amz-target");
      if (!target.ends_with("GetItem") && !target.ends_with("UpdateItem")) continue;
      const HttpRequest request = ours(target);
      EXPECT_EQ(request.method, recorded["method"]);
      EXPECT_EQ(request.path, recorded["url"]);
      EXPECT_EQ(HeaderOf(request, "content-type"), HeaderOf(theirs, "content-type"));
      const Json body = Json::parse(request.body), recorded_body = Json::parse(recorded["body"].get<std::string>());
      if (target.ends_with("GetItem")) {
        EXPECT_EQ(body, recorded_body);
      }
      for (const auto& [name, value] : recorded_body.items()) {
        ASSERT_TRUE(body.contains(name)) << name;
        EXPECT_EQ(body[name].type(), value.type()) << name;
      }
      ++compared;
    }
  }
  EXPECT_EQ(compared, 8);
}

TEST_F(DynamoStoreTest, AWriteHoldsOnlyForWhatWasRead) {
  ASSERT_EQ(UpdateAgainst([] { return Said({{"Attributes", kItem}}); }).code(), Code::kOk);
  const HttpRequest& request = transport->requests.back();
  EXPECT_FALSE(request.repeatable);
  EXPECT_EQ(request.Url(), "https://dynamodb.us-east-1.amazonaws.com/");
  const Json body = Json::parse(request.body);
  EXPECT_EQ(body["Key"], (Json{{"pk", {{"S", "a"}}}}));
  EXPECT_EQ(body["ConditionExpression"], "#0 = :0 AND attribute_not_exists(#1) AND attribute_not_exists(#2) AND #3 = :1");
  EXPECT_EQ(body["ExpressionAttributeNames"], (Json{{"#0", "pk"}, {"#1", "evenkeel_operations"}, {"#2", "page"}, {"#3", "v"}}));
  EXPECT_EQ(body["UpdateExpression"], "SET #1 = :2, #3 = :3");
  EXPECT_EQ(body["ExpressionAttributeValues"][":3"], (Json{{"N", "2"}}));
  const Json note = Json::parse(body["ExpressionAttributeValues"][":2"]["S"].get<std::string>());
  EXPECT_EQ(note["operation"], "op");
  EXPECT_EQ(note["fences"], (Json{{"b", 1}}));
  EXPECT_EQ(body["ReturnValuesOnConditionCheckFailure"], "ALL_OLD");
}

TEST_F(DynamoStoreTest, AnItemOfManyAttributesStaysWithinDynamoDbsLimits) {
  Json item = kItem;
  for (int i = 0; i < 1'000; ++i) item["attribute-" + std::to_string(i)] = {{"M", {{"a", {{"N", "1"}}}, {"b", {{"L", {{{"S", "x"}}, {{"S", "y"}}}}}}}}};
  Answer([&](const std::string& operation, const Json&) { return Said({{operation == "UpdateItem" ? "Attributes" : "Item", item}}); });
  ASSERT_TRUE(Store().Update("a", {{"v", 2}}, {{"v", 1}}, Store().Get("a")->version, {"op", {}}).ok());
  const Json body = Json::parse(transport->requests.back().body);
  const std::string condition = body["ConditionExpression"];
  EXPECT_LT(condition.size(), 4'096u);
  EXPECT_LT(body["UpdateExpression"].get<std::string>().size(), 4'096u);
  EXPECT_LT(std::count(condition.begin(), condition.end(), '='), 300);
  EXPECT_GT(std::count(condition.begin(), condition.end(), '='), 50) << "as many are compared as fit";
}

int OperatorsIn(const std::string& condition) {
  int operators = 0;
  for (const std::string_view operation : {" = ", " AND ", "size(", "attribute_not_exists(", "attribute_type("}) {
    for (std::size_t at = condition.find(operation); at != std::string::npos; at = condition.find(operation, at + 1)) ++operators;
  }
  return operators;
}

TEST_F(DynamoStoreTest, AnAttributeThatWouldGoOverTheLimitsIsComparedWhole) {
  Json large = Json::array(), item = kItem;
  for (int i = 0; i < 19; ++i) large.push_back({{"M", {{"member", {{"S", "x"}}}}}});
  for (int i = 0; i < 14; ++i) item["a" + std::to_string(i)] = {{"L", large}};
  for (int i = 0; i < 20; ++i) item["z" + std::to_string(i)] = {{"N", "1"}};
  Json pages = Json::array();
  for (int i = 0; i < 500; ++i) pages.push_back({{"S", "a page"}});
  item["page"] = {{"L", pages}};
  Answer([&](const std::string& operation, const Json&) { return Said({{operation == "UpdateItem" ? "Attributes" : "Item", item}}); });
  ASSERT_TRUE(Store().Update("a", {{"v", 2}}, {{"v", 1}}, Store().Get("a")->version, {"op", {}}).ok());
  const Json body = Json::parse(transport->requests.back().body);
  const std::string condition = body["ConditionExpression"];
  EXPECT_LE(condition.size(), 4'096u);
  EXPECT_LE(OperatorsIn(condition), 300) << condition;
  std::set<std::string> named;
  for (const auto& [placeholder, name] : body["ExpressionAttributeNames"].items()) {
    named.insert(name);
    EXPECT_NE((condition + body["UpdateExpression"].get<std::string>()).find(placeholder), std::string::npos) << "DynamoDB refuses a placeholder that is not used";
  }
  for (const auto& [name, unused] : item.items()) EXPECT_TRUE(named.contains(name)) << name;
}

TEST_F(DynamoStoreTest, WhatTheFleetFileMapsIsComparedOrNothingIsWritten) {
  for (int i = 0; i < 200; ++i) parts.naming.mapped.insert("field-" + std::to_string(i));
  Answer([&](const std::string&, const Json&) { return Said({{"Item", kItem}}); });
  const Status refused = Store().Update("a", {{"v", 2}}, {{"v", 1}}, Store().Get("a")->version, {"op", {}}).status();
  EXPECT_EQ(refused.code(), Code::kLimitExceeded);
  EXPECT_NE(refused.ToString().find("records:a: the fleet file maps more of its attributes than DynamoDB compares"), std::string::npos) << refused.ToString();
  EXPECT_EQ(Sent("UpdateItem"), 0u);
}

TEST_F(DynamoStoreTest, WhatBecomesOfAWrite) {
  const auto becomes = [&](const HttpResponse& response) { return UpdateAgainst([&] { return response; }).status(); };
  EXPECT_EQ(becomes(Refused("ConditionalCheckFailedException")).code(), Code::kPreconditionFailed);
  const Status changed = becomes(Refused("ConditionalCheckFailedException", 400, {{"pk", {{"S", "a"}}}, {"v", {{"N", "7"}}}}));
  EXPECT_EQ(changed.code(), Code::kPreconditionFailed);
  EXPECT_EQ(changed.message(), "v is 7, not 1: somebody else changed it; plan again");
  for (const char* throttle : {"ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "TransactionConflictException"}) {
    const Status status = becomes(Refused(throttle));
    EXPECT_EQ(status.code(), Code::kUnavailable) << throttle;
    EXPECT_NE(status.message().find("nothing was done"), std::string::npos) << status.message();
    EXPECT_EQ(Sent("UpdateItem"), 1u) << "a write is never repeated here";
  }
  for (const HttpResponse& open : {Refused("InternalServerError", 500), Refused("ServiceUnavailable", 503), Reply(502), Reply(200, {}, "{\"Attri"), Reply(200, {}, "[]"), Reply(200, {}, "{}")}) {
    EXPECT_EQ(becomes(open).code(), Code::kUnknownOutcome) << open.body;
    EXPECT_EQ(Sent("UpdateItem"), 1u);
  }
  EXPECT_EQ(UpdateAgainst([] { return Status(Code::kUnknownOutcome, "the answer was cut off"); }).code(), Code::kUnknownOutcome);
  EXPECT_EQ(UpdateAgainst([] { return Status(Code::kLimitExceeded, "too long"); }).code(), Code::kUnknownOutcome);
  EXPECT_EQ(UpdateAgainst([] { return Status(Code::kUnavailable, "refused"); }).code(), Code::kUnavailable);
}

TEST_F(DynamoStoreTest, RefusalsNameTheTableAndTheNextStep) {
  const auto says = [&](const HttpResponse& response, Code code) {
    Answer([&](const std::string&, const Json&) { return response; });
    const Status status = Store().Get("a").status();
    EXPECT_EQ(status.code(), code) << status.ToString();
    EXPECT_EQ(status.ToString().find("planted"), std::string::npos) << status.ToString();
    return status.ToString();
  };
  EXPECT_EQ(says(Refused("AccessDeniedException"), Code::kPermissionDenied),
            "records:a: the credentials may not do this (400 AccessDeniedException); it needs dynamodb:GetItem on table \"tbl\"");
  EXPECT_NE(says(Refused("ResourceNotFoundException"), Code::kInvalidArgument).find("there is no table \"tbl\" in region \"us-east-1\"; correct \"table\""), std::string::npos);
  says(Refused("ExpiredTokenException"), Code::kPermissionDenied);
  says(Refused("UnrecognizedClientException"), Code::kPermissionDenied);
  says(Refused("ValidationException"), Code::kInvalidArgument);
  says(Reply(404, {}, "<html/>"), Code::kUnavailable);
  says(Reply(301), Code::kUnavailable);
  says(Reply(200, {}, "{\"Item\":"), Code::kUnavailable);
  says(Reply(200, {}, "{\"Item\":7}"), Code::kUnavailable);
  EXPECT_EQ(says(Reply(200, {}, "{}"), Code::kNotFound), "records:a: the table \"tbl\" has no such item");
}

TEST_F(DynamoStoreTest, ThrottledReadsAreTriedAgain) {
  int left = 3;
  Answer([&](const std::string&, const Json&) { return left-- > 0 ? Refused("ProvisionedThroughputExceededException") : Said({{"Item", kItem}}); });
  const Instant begin = environment.Now();
  EXPECT_TRUE(Store().Get("a").ok());
  EXPECT_EQ(Sent("GetItem"), 4u);
  EXPECT_GT(environment.Now(), begin) << "with a wait";
  left = 100;
  EXPECT_EQ(Store().List("").code(), Code::kUnavailable);
}

TEST_F(DynamoStoreTest, AScanIsWholeOrAnError) {
  std::mutex mutex;
  std::set<std::size_t> segments;
  const auto item = [](std::size_t id) { return Json{{"pk", {{"S", std::to_string(100 + id)}}}}; };
  Answer([&](const std::string&, const Json& body) {
    const std::lock_guard lock(mutex);
    const std::size_t segment = body["Segment"];
    EXPECT_EQ(body["TotalSegments"], 3) << "of a table with 12 MB";
    EXPECT_EQ(body["ConsistentRead"], true);
    segments.insert(segment);
    if (!body.contains("ExclusiveStartKey")) return Said({{"Items", {item(segment)}}, {"LastEvaluatedKey", item(segment)}});
    EXPECT_EQ(body["ExclusiveStartKey"], item(segment));
    return Said({{"Items", {item(segment + 10)}}});
  });
  const auto listing = Store().List("");
  ASSERT_TRUE(listing.ok());
  EXPECT_TRUE(listing->complete);
  ASSERT_EQ(listing->records.size(), 6u);
  EXPECT_EQ(listing->records[3].key, "110");
  EXPECT_EQ(segments, (std::set<std::size_t>{0, 1, 2}));
  for (const HttpResponse& bad : {Reply(200, {}, "{}"), Reply(200, {}, "{\"Items\":{}}"), Reply(200, {}, "{\"Items\":[7]}"), Reply(200, {}, R"({"Items":[],"LastEvaluatedKey":null})"),
                                 Reply(200, {}, R"({"Items":[],"LastEvaluatedKey":{"pk":{"S":"the same again"}}})"), Refused("AccessDeniedException"), Reply(503)}) {
    Answer([&](const std::string&, const Json& body) { return body["Segment"] == 1 ? bad : Said({{"Items", Json::array()}}); });
    EXPECT_FALSE(Store().List("").ok()) << bad.body;
  }
}

TEST_F(DynamoStoreTest, AScanThatGoesRoundIsAnError) {
  Answer([](const std::string&, const Json& body) {
    const bool at_a = body.contains("ExclusiveStartKey") && body["ExclusiveStartKey"]["pk"]["S"] == "a";
    return Said({{"Items", Json::array()}, {"LastEvaluatedKey", {{"pk", {{"S", at_a ? "b" : "a"}}}}}});
  });
  const Status status = Store().List("").status();
  EXPECT_EQ(status.code(), Code::kUnavailable);
  EXPECT_LE(Sent("Scan"), 3u * 4u);
}

TEST_F(DynamoStoreTest, AListingHasALimitAndNamesWhatCannotBeRead) {
  parts.naming.limits.listing_entries = 2;
  parts.naming.limits.text_bytes = 10;
  Answer([&](const std::string&, const Json& body) {
    if (body["Segment"] != 0) return Said({{"Items", Json::array()}});
    return Said({{"Items", {{{"pk", {{"S", "a"}}}, {"page", {{"S", "longer than ten"}}}}, {{"pk", {{"S", "b"}}}, {"v", {{"B", "AA=="}}}}, {{"v", {{"S", "x"}}}}, {{"pk", {{"S", "c"}}}}}}});
  });
  const auto listing = Store().List("");
  ASSERT_TRUE(listing.ok());
  EXPECT_FALSE(listing->complete);
  ASSERT_EQ(listing->records.size(), 1u);
  for (const char* why : {"records:a: attribute \"page\" is longer than 10 bytes", "records:b: attribute \"v\" is of DynamoDB's type B", "an item has nothing in its key attribute \"pk\""}) {
    EXPECT_NE(listing->why_incomplete.find(why), std::string::npos) << listing->why_incomplete;
  }
  Answer([&](const std::string&, const Json& body) { return Said({{"Items", {{{"pk", {{"S", "a" + DumpJson(body["Segment"])}}}}}}}); });
  const auto long_listing = Store().List("");
  ASSERT_TRUE(long_listing.ok());
  EXPECT_EQ(long_listing->records.size(), 2u);
  EXPECT_NE(long_listing->why_incomplete.find("more than 2 items (limit listing_entries)"), std::string::npos);
}

TEST_F(DynamoStoreTest, SomebodyElsesAttributeOfOurNameStays) {
  Answer([&](const std::string&, const Json&) {
    Json item = kItem;
    item["evenkeel_operations"] = {{"S", "mine"}};
    return Said({{"Item", item}});
  });
  const auto record = Store().Get("a");
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(Store().Update("a", {{"v", 2}}, {}, record->version, {"op", {}}).code(), Code::kInvalidArgument);
  EXPECT_EQ(Sent("UpdateItem"), 0u);
}

TEST_F(DynamoStoreTest, KeysAreNeverSetAndTypesNeverChanged) {
  Answer([&](const std::string&, const Json&) { return Said({{"Item", kItem}}); });
  const Version version = Store().Get("a")->version;
  const auto says = [&](const Attributes& set) {
    const Status status = Store().Update("a", set, {}, version, {"op", {}}).status();
    EXPECT_EQ(status.code(), Code::kInvalidArgument);
    return status.message();
  };
  EXPECT_EQ(says({{"pk", "b"}}), "the key attribute \"pk\" is never set");
  EXPECT_EQ(says({{"v", "two"}}), "attribute \"v\": it is of DynamoDB's type N and cannot hold \"two\"");
  EXPECT_EQ(says({{"evenkeel_operations", "x"}}), "the item has no attribute \"evenkeel_operations\"");
  EXPECT_EQ(Sent("UpdateItem"), 0u);
}

TEST_F(DynamoStoreTest, DoctorSaysWhatTheCredentialsMayDoAndChangesNothing) {
  const auto says = [&](const HttpResponse& write) {
    store = nullptr;
    Answer([&](const std::string& operation, const Json& body) {
      EXPECT_EQ(operation, "UpdateItem");
      EXPECT_EQ(body["ConditionExpression"], "attribute_exists(#0) AND attribute_not_exists(#0)") << "which nothing meets";
      EXPECT_EQ(body["UpdateExpression"], "REMOVE #1");
      return write;
    });
    std::string out;
    for (const Check& check : dynamic_cast<Examined&>(Store()).Examine()) out += (check.passed ? "+ " : "- ") + check.what + ": " + check.detail + "\n";
    return out;
  };
  EXPECT_EQ(says(Refused("ConditionalCheckFailedException")), "+ key: records are found by pk, the table's key\n+ rights: items may be read and changed\n");
  EXPECT_EQ(says(Refused("AccessDeniedException")),
            "+ key: records are found by pk, the table's key\n+ rights: read alone, which is enough until apply: the credentials may not do this "
            "(400 AccessDeniedException); it needs dynamodb:UpdateItem on table \"tbl\"\n");
  EXPECT_NE(says(Refused("ThrottlingException")).find("- rights: records: it is asked too much"), std::string::npos);
  EXPECT_NE(says(Said(Json::object())).find("- rights: records: the endpoint ignores conditions on writes"), std::string::npos);
  parts.naming.key = {"code"};
  EXPECT_NE(says(Reply(500)).find("- key: records: \"key\" is code, but the key of the table \"tbl\" is pk, and it has no index. Correct \"key\""), std::string::npos);
}

TEST_F(DynamoStoreTest, TheTableIsLookedAtOnce) {
  Answer([&](const std::string&, const Json&) { return Said({{"Item", kItem}}); });
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Store().Get("a").ok());
  EXPECT_EQ(Sent("DescribeTable"), 1u);
  store = nullptr;
  transport->answers = [](const HttpRequest&) { return Reply(200, {}, R"({"Table":{"TableStatus":"CREATING"}})"); };
  EXPECT_EQ(Store().Get("a").code(), Code::kUnavailable);
  transport->answers = [](const HttpRequest&) { return Reply(200, {}, R"({"Table":{"TableStatus":"ACTIVE","KeySchema":[],"AttributeDefinitions":[]}})"); };
  EXPECT_EQ(Store().Get("a").code(), Code::kUnavailable);
}

}  // namespace
}  // namespace evenkeel::aws
