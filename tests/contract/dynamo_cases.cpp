// The adapter "dynamodb" under the contract of records, on a real server, by itself and behind our fake of AWS, which verifies signatures and
// fails on demand. tests/run.sh --full starts the server and says where it is (EVENKEEL_DYNAMODB_ENDPOINT); without it there is nothing to test here.
#include <cstdlib>

#include "aws/fake_aws.h"
#include "contract/aws_table.h"
#include "contract/scratch.h"
#include "contract/worlds.h"
#include "evenkeel/aws/aws.h"

namespace evenkeel::contract {
namespace {

struct DynamoHost {
  std::string endpoint;
  std::shared_ptr<aws::CredentialsProvider> keys;
};
DynamoHost Alone() { return {Table::Endpoint(), Table::Keys()}; }
aws::FakeAws& Fake() {
  static aws::FakeAws fake({"--dynamodb", Table::Endpoint()});
  return fake;
}
DynamoHost BehindFake() { return {Fake().endpoint(), aws::FakeAws::Keys()}; }

// One table of its own. A stranger writes past the fake.
class Dynamo : public RecordWorld {
 public:
  // `table`: what CreateTable is told of it. `settings`: what the fleet file says besides its address.
  Dynamo(Json table, Json settings, DynamoHost host = Alone()) : host_(std::move(host)), table_(std::move(table)), settings_(std::move(settings)) {
    mapping_.fields = {{"code", "id"}, {"start", "start"}, {"page", "page"}, {"crew", "crew[role=mate].name"}};
  }
  std::unique_ptr<RecordStore> Open() override {
    AdapterRegistry adapters;  // one for each handle: connections are not shared by processes
    aws::RegisterAwsAdapters(adapters, {nullptr, host_.keys});
    AdapterContext context = scratch_.Context("records");
    context.records = &mapping_;
    Json settings = settings_;
    settings.update({{"table", table_.name()}, {"region", "us-east-1"}, {"endpoint", host_.endpoint}});
    return MakeStore(adapters.records, "dynamodb", context, settings);
  }
  bool OutlivesProcess() const override { return true; }
  // A whole item takes the place of another, without what we have noted in it.
  bool LeavesOurNotes() const override { return false; }
  void PutForeign(std::string_view key, std::string_view start, std::string_view page, int count) override {
    Put({{"id", {{"S", key}}}, {"start", {{"S", start}}}, {"page", {{"S", page}}}, {"count", {{"N", std::to_string(count)}}}});
  }
  void Put(Json item) {
    item["place"] = {{"S", "dock"}};  // a sort key where the table has one
    table_.Send("PutItem", {{"Item", std::move(item)}});
  }
  Json Item(Json key) { return table_.Send("GetItem", {{"Key", std::move(key)}, {"ConsistentRead", true}}).value("Item", Json()); }

 private:
  const DynamoHost host_;
  Table table_;
  const Json settings_;
  RecordStoreConfig mapping_;
  Scratch scratch_;
};

Json Attribute(const char* name) { return {{"AttributeName", name}, {"AttributeType", "S"}}; }
Json Part(const char* name, const char* kind) { return {{"AttributeName", name}, {"KeyType", kind}}; }

const Json kPlain = {{"AttributeDefinitions", {Attribute("id")}}, {"KeySchema", {Part("id", "HASH")}}};
const Json kSorted = {{"AttributeDefinitions", {Attribute("id"), Attribute("place")}}, {"KeySchema", {Part("id", "HASH"), Part("place", "RANGE")}}};
const Json kIndexed = {{"AttributeDefinitions", {Attribute("page"), Attribute("place"), Attribute("id")}},
                       {"KeySchema", {Part("place", "HASH"), Part("page", "RANGE")}},
                       {"GlobalSecondaryIndexes", {{{"IndexName", "by-id"}, {"KeySchema", {Part("id", "HASH")}}, {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}}}}};

std::vector<Case<RecordWorld>> DynamoCases() {
  if (!Table::HasServer()) return {};
  return {{"dynamodb", [] { return std::make_unique<Dynamo>(kPlain, Json{{"key", {"id"}}}); }},
          {"dynamodb_signed", [] { return std::make_unique<Dynamo>(kPlain, Json{{"key", {"id"}}}, BehindFake()); }},
          {"dynamodb_hash_of_two", [] { return std::make_unique<Dynamo>(kSorted, Json{{"key", {"id"}}}); }}};
}

INSTANTIATE_TEST_SUITE_P(Aws, RecordStoreContract, testing::ValuesIn(DynamoCases()), NameOfCase());

class DynamoServer : public testing::Test {
 protected:
  void SetUp() override {
    if (!Table::HasServer()) GTEST_SKIP() << "there is no server (EVENKEEL_DYNAMODB_ENDPOINT)";
  }
  void Begin(Json table, Json settings, DynamoHost host = Alone()) {
    world = std::make_unique<Dynamo>(std::move(table), std::move(settings), std::move(host));
    store = world->Open();
  }
  std::unique_ptr<Dynamo> world;
  std::unique_ptr<RecordStore> store;
};

// Whatever an item holds is compared before a write and stays as it is, to the last digit.
TEST_F(DynamoServer, TypesThatNobodyKnowsSurvive) {
  Begin(kPlain, {{"key", {"id"}}});
  const Json item = {{"id", {{"S", "k"}}}, {"place", {{"S", "dock"}}}, {"start", {{"N", "1530"}}}, {"exact", {{"N", "12345678901234567890.123456789"}}},
                     {"bytes", {{"B", "AAH/"}}}, {"more", {{"BS", {"AA==", "/w=="}}}}, {"names", {{"SS", {"b", "a"}}}}, {"numbers", {{"NS", {"3", "1.5"}}}},
                     {"none", {{"NULL", true}}}, {"yes", {{"BOOL", true}}}, {"empty", {{"M", Json::object()}}}, {"list", {{"L", {{{"B", "AA=="}}, {{"N", "0.1"}}}}}},
                     {"crew", {{"L", {{{"M", {{"role", {{"S", "mate"}}}, {"name", {{"S", "Tom"}}}, {"badge", {{"B", "AAEC"}}}, {"pay", {{"N", "0.3000000000000000000001"}}}}}}}}}}};
  world->Put(item);
  auto record = store->Get("k");
  ASSERT_OK(record);
  EXPECT_EQ(record->attributes.at("exact"), Json("12345678901234567890.123456789"));
  EXPECT_EQ(record->attributes.at("names"), Json({"a", "b"}));
  EXPECT_EQ(record->attributes.at("none"), Json());
  EXPECT_FALSE(record->attributes.contains("bytes"));
  EXPECT_FALSE(record->attributes.contains("list"));
  Json crew = record->attributes.at("crew");
  EXPECT_EQ(crew[0], Json({{"role", "mate"}, {"name", "Tom"}, {"pay", "0.3000000000000000000001"}}));
  crew[0]["name"] = "Ana";
  auto after = store->Update("k", {{"start", 1630}, {"crew", crew}, {"names", {"c", "a"}}, {"exact", "12345678901234567890.2"}},
                             {{"start", 1530}, {"none", Json()}, {"page", Json()}}, record->version, {"op", WriteStamp::Fence{"b", 1}});
  ASSERT_OK(after);
  EXPECT_EQ(after->operation, "op");
  Json now = world->Item({{"id", {{"S", "k"}}}});
  EXPECT_TRUE(now.contains("evenkeel_operations"));
  now.erase("evenkeel_operations");
  Json wanted = item;
  wanted["start"]["N"] = "1630";
  wanted["exact"]["N"] = "12345678901234567890.2";
  wanted["names"]["SS"] = {"c", "a"};
  wanted["crew"]["L"][0]["M"]["name"]["S"] = "Ana";
  for (Json* both : {&now, &wanted}) {
    for (const char* set : {"names", "numbers", "more"}) {
      Json& elements = *(*both)[set].begin();
      std::sort(elements.begin(), elements.end());
    }
  }
  EXPECT_EQ(now, wanted);
}

// Taken back, the item is as it was.
TEST_F(DynamoServer, WhatWasNotThereIsNotThereAgain) {
  Begin(kPlain, {{"key", {"id"}}});
  world->Put({{"id", {{"S", "k"}}}, {"start", {{"NULL", true}}}});
  const Record before = *store->Get("k");
  auto set = store->Update("k", {{"page", "p"}, {"start", "15:30"}}, {{"page", Json()}, {"start", Json()}}, before.version, {"op", {}});
  ASSERT_OK(set);
  auto back = world->Open()->Update("k", {{"page", Json()}, {"start", Json()}}, {{"page", "p"}, {"start", "15:30"}}, set->version, {"undo", {}});
  ASSERT_OK(back);
  EXPECT_EQ(back->attributes, before.attributes);
  EXPECT_EQ(back->operation, "undo");
  EXPECT_FALSE(world->Item({{"id", {{"S", "k"}}}}).contains("page"));
}

TEST_F(DynamoServer, RecordsOfOneIndexAreNamedByItsKey) {
  Begin(kIndexed, {{"key", {"id"}}, {"index", "by-id"}});
  world->PutForeign("xhqgmdh", "15:30", "p", 1);
  auto record = store->Get("xhqgmdh");
  ASSERT_OK(record);
  EXPECT_EQ(record->attributes.at("start"), Json("15:30"));
  ASSERT_OK(store->Update("xhqgmdh", {{"start", "16:30"}}, {{"start", "15:30"}}, record->version, {"op", {}}));
  EXPECT_EQ(store->List("")->records.at(0).key, "xhqgmdh");
  EXPECT_EQ(store->Get("none").code(), Code::kNotFound);
  EXPECT_EQ(store->Update("xhqgmdh", {{"page", "q"}}, {}, store->Get("xhqgmdh")->version, {"op", {}}).code(), Code::kInvalidArgument) << "it is a key of the table";
  world->PutForeign("xhqgmdh", "15:30", "q", 1);
  EXPECT_EQ(world->Open()->Get("xhqgmdh").code(), Code::kInvalidArgument) << "two have it";
  EXPECT_EQ(store->List("").code(), Code::kInvalidArgument);
}

TEST_F(DynamoServer, NumbersAndSeveralAttributesAreKeys) {
  Begin({{"AttributeDefinitions", {Json{{"AttributeName", "n"}, {"AttributeType", "N"}}, Attribute("place")}}, {"KeySchema", {Part("n", "HASH"), Part("place", "RANGE")}}},
        {{"key", {"place", "n"}}});
  world->Put({{"n", {{"N", "1530"}}}, {"start", {{"S", "15:30"}}}});
  const std::string key = "[\"dock\",1530]";
  EXPECT_EQ(store->List("")->records.at(0).key, key);
  auto record = store->Get(key);
  ASSERT_OK(record);
  ASSERT_OK(store->Update(key, {{"start", "16:30"}}, {}, record->version, {"op", {}}));
  for (const char* other : {"[\"dock\",1530.0]", "[\"dock\",\"1530\"]", "[\"dock\",\"x\"]", "[\"dock\"]", "[\"\",1530]", "dock", ""}) {
    EXPECT_EQ(store->Get(other).code(), Code::kNotFound) << other;
  }
}

TEST_F(DynamoServer, AScanHasAsManyPagesAsItNeeds) {
  Begin(kPlain, {{"key", {"id"}}});
  const std::string text(30'000, 'x');
  for (int i = 0; i < 80; ++i) world->Put({{"id", {{"S", std::to_string(1000 + i)}}}, {"text", {{"S", text}}}});
  const auto listing = store->List("");
  ASSERT_OK(listing);
  ASSERT_EQ(listing->records.size(), 80u);
  EXPECT_EQ(listing->records[79].key, "1079");
}

TEST_F(DynamoServer, WhatTheFleetFileSaysOfTheTableMustBeSo) {
  const auto says = [&](Json table, Json settings) {
    Begin(std::move(table), std::move(settings));
    const auto listing = store->List("");
    EXPECT_EQ(listing.code(), Code::kInvalidArgument);
    EXPECT_EQ(store->Get("k").code(), Code::kInvalidArgument);
    return listing.status().message();
  };
  EXPECT_EQ(says(kPlain, {{"key", {"code"}}}).substr(0, 40), "\"key\" is code, but the key of the table ");
  EXPECT_NE(says(kIndexed, {{"key", {"id"}}}).find("its indexes: by-id (id)"), std::string::npos);
  EXPECT_NE(says(kIndexed, {{"key", {"id"}}, {"index", "by_id"}}).find("did you mean \"by-id\"?"), std::string::npos);
  EXPECT_NE(says(kPlain, {{"key", {"id"}}, {"index", "by-id"}}).find("has no index \"by-id\"; it has none"), std::string::npos);
  EXPECT_NE(says(kIndexed, {{"key", {"page"}}, {"index", "by-id"}}).find("Correct \"key\""), std::string::npos);
}

class DynamoFaults : public DynamoServer {
 protected:
  void SetUp() override {
    DynamoServer::SetUp();
    if (IsSkipped()) return;
    Begin(kPlain, {{"key", {"id"}}}, BehindFake());
    world->PutForeign("k", "15:30", "p", 1);
  }
  void TearDown() override {
    if (!IsSkipped()) Fake().Tell({{"forget", true}});
  }
  static void Fail(Json fault) { Fake().Tell({{"faults", {std::move(fault)}}}); }
  // Of one update under this fault; then what a look shows of it.
  std::pair<Code, bool> UpdateUnder(Json fault) {
    const Record before = *store->Get("k");
    const std::string operation = "op-" + std::to_string(++count_);
    fault["operation"] = "UpdateItem";
    Fail(std::move(fault));
    const Code code = store->Update("k", {{"start", "16:30"}}, {}, before.version, {operation, {}}).code();
    Fake().Tell({{"faults", Json::array()}});
    return {code, store->Get("k")->operation == operation};
  }

 private:
  int count_ = 0;
};

TEST_F(DynamoFaults, AWriteWhoseAnswerIsLostIsFoundByALook) {
  EXPECT_EQ(UpdateUnder({{"kind", "lost_reply"}}), std::pair(Code::kUnknownOutcome, true));
  EXPECT_EQ(UpdateUnder({{"kind", "short_body"}}), std::pair(Code::kUnknownOutcome, true));
  EXPECT_EQ(UpdateUnder({{"kind", "cut_off"}}), std::pair(Code::kUnknownOutcome, false));
  EXPECT_EQ(UpdateUnder({{"kind", "error"}, {"status", 500}, {"code", "InternalServerError"}}), std::pair(Code::kUnknownOutcome, false));
  EXPECT_EQ(UpdateUnder({{"kind", "error"}, {"status", 400}, {"code", "ProvisionedThroughputExceededException"}}), std::pair(Code::kUnavailable, false));
  EXPECT_EQ(UpdateUnder({{"kind", "error"}, {"status", 400}, {"code", "AccessDeniedException"}}), std::pair(Code::kPermissionDenied, false));
  EXPECT_EQ(UpdateUnder({{"kind", "slow"}, {"delay_s", 0.1}}), std::pair(Code::kOk, true));
}

TEST_F(DynamoFaults, ReadsGoThroughWhatPasses) {
  for (const char* operation : {"GetItem", "Scan"}) {
    for (Json fault : {Json{{"kind", "cut_off"}}, Json{{"kind", "short_body"}}, Json{{"kind", "error"}, {"status", 400}, {"code", "ThrottlingException"}}, Json{{"kind", "error"}, {"status", 503}, {"code", "X"}}}) {
      fault.update({{"operation", operation}, {"times", 2}});
      Fail(fault);
      EXPECT_OK(store->Get("k"));
      EXPECT_OK(store->List(""));
    }
  }
}

TEST_F(DynamoFaults, AClockThatIsOffIsLearned) {
  Fake().Tell({{"settings", {{"clock_offset_s", 1200}}}});
  EXPECT_EQ(UpdateUnder(Json::object({{"kind", "slow"}, {"delay_s", 0}})), std::pair(Code::kOk, true));
  Fake().Tell({{"settings", {{"clock_offset_s", 0}}}});
  EXPECT_OK(store->Get("k"));
}

}  // namespace
}  // namespace evenkeel::contract
