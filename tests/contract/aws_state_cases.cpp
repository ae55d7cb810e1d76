// The adapter "aws" under the contract of the state: documents on the DynamoDB server of the tests (EVENKEEL_DYNAMODB_ENDPOINT), journals and
// backups on our fake of S3, and on a real server where there is one (EVENKEEL_S3_ENDPOINT).
#include <cstdlib>

#include "aws/fake_aws.h"
#include "aws/s3_bucket.h"
#include "contract/aws_table.h"
#include "contract/scratch.h"
#include "contract/worlds.h"
#include "evenkeel/aws/aws.h"

namespace evenkeel::contract {
namespace {

Json Attribute(const char* name) { return {{"AttributeName", name}, {"AttributeType", "S"}}; }
Json Part(const char* name, const char* kind) { return {{"AttributeName", name}, {"KeyType", kind}}; }
const Json kDocuments = {{"AttributeDefinitions", {Attribute("kind"), Attribute("id")}}, {"KeySchema", {Part("kind", "HASH"), Part("id", "RANGE")}}};

class StateOnAws final : public StateWorld {
 public:
  StateOnAws(std::string endpoint, std::shared_ptr<aws::CredentialsProvider> keys) : endpoint_(std::move(endpoint)), keys_(std::move(keys)) {
    const auto transport = MakeCurlTransport({});
    aws::Client client("us-east-1", "s3", *transport, *keys_, scratch_.environment());
    aws::S3Settings settings;
    settings.bucket = bucket();
    settings.region = "us-east-1";
    settings.endpoint = endpoint_;
    settings.path_style = true;
    const auto made = client.Send(aws::S3Bucket(settings, client).Request("PUT", ""));
    EXPECT_OK(made);
    EXPECT_EQ(made.ok() ? made->status : 0, 200);
  }
  std::unique_ptr<StateStore> Open() override {
    return MakeStore(Adapters().states, "aws", scratch_.Context("state"),
                     {{"table", table_.name()}, {"bucket", bucket()}, {"region", "us-east-1"}, {"table_endpoint", Table::Endpoint()}, {"bucket_endpoint", endpoint_}});
  }
  bool OutlivesProcess() const override { return true; }
  // No upload comes in half; another program could leave such an object.
  void TearJournal(std::string_view run, std::string_view bytes) override {
    auto objects = Objects();
    const auto first = objects->Head("evenkeel/runs/" + std::string(run));
    ASSERT_OK(first);
    const std::string folder = "evenkeel/journals/" + std::string(run) + "/" + first->operation + "/";
    char number[16];
    std::snprintf(number, sizeof number, "%010zu", objects->List(folder, "")->objects.size() + 1);
    ASSERT_OK(objects->Create(folder + number, bytes, "", {"another", {}}));
  }
  std::unique_ptr<ObjectStore> Objects() {
    return MakeStore(Adapters().pages, "s3", scratch_.Context("objects"), {{"bucket", bucket()}, {"region", "us-east-1"}, {"endpoint", endpoint_}, {"deletes", "checked"}});
  }
  Table& table() { return table_; }

 private:
  const std::string& bucket() const { return table_.name(); }
  AdapterRegistry Adapters() const {
    AdapterRegistry adapters;  // one for each handle: connections are not shared by processes
    aws::RegisterAwsAdapters(adapters, {nullptr, keys_});
    return adapters;
  }
  const std::string endpoint_;
  const std::shared_ptr<aws::CredentialsProvider> keys_;
  Scratch scratch_;
  Table table_{kDocuments};
};

std::unique_ptr<StateOnAws> OnFake() { return std::make_unique<StateOnAws>(aws::FakeAws::Shared().endpoint(), aws::FakeAws::Keys()); }

std::vector<Case<StateWorld>> StateCases() {
  std::vector<Case<StateWorld>> cases;
  if (!Table::HasServer()) return cases;
  cases.push_back({"dynamodb_and_the_fake", OnFake});
  if (const char* endpoint = std::getenv("EVENKEEL_S3_ENDPOINT")) {
    cases.push_back({"dynamodb_and_s3", [endpoint] { return std::make_unique<StateOnAws>(endpoint, Table::Keys()); }});
  }
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Aws, StateStoreContract, testing::ValuesIn(StateCases()), NameOfCase());

class StateServer : public testing::Test {
 protected:
  void SetUp() override {
    if (!Table::HasServer()) GTEST_SKIP() << "there is no server (EVENKEEL_DYNAMODB_ENDPOINT)";
    world = OnFake();
    store = world->Open();
  }
  std::unique_ptr<StateOnAws> world;
  std::unique_ptr<StateStore> store;
};

TEST_F(StateServer, AJournalHasAsManyLinesAsItNeeds) {
  for (std::uint64_t i = 0; i < 1'050; ++i) ASSERT_OK(store->AppendJournal("run", i, std::to_string(i)));
  const auto journal = world->Open()->ReadJournal("run");
  ASSERT_OK(journal);
  ASSERT_EQ(journal->lines.size(), 1'050u);
  EXPECT_EQ(journal->lines[1'049], "1049");
}

// Whatever a removal that was cut off has left: it is no journal, it is in nobody's way, and it goes with the next removal.
TEST_F(StateServer, WhatIsLeftOfAJournalIsNone) {
  for (std::uint64_t i = 0; i < 3; ++i) ASSERT_OK(store->AppendJournal("run", i, "old"));
  auto objects = world->Objects();
  const auto remove = [&](const std::string& key) { EXPECT_OK(objects->Delete(key, objects->Head(key)->version, {"op", {}})); };
  remove("evenkeel/runs/run");
  EXPECT_TRUE(world->Open()->ListJournals()->empty());
  EXPECT_EQ(world->Open()->ReadJournal("run").code(), Code::kNotFound);
  EXPECT_EQ(world->Open()->AppendJournal("run", 3, "x").code(), Code::kPreconditionFailed);
  EXPECT_OK(world->Open()->RemoveJournal("run"));
  EXPECT_TRUE(objects->List("evenkeel/journals/", "")->objects.empty());
  ASSERT_OK(store->AppendJournal("run", 0, "new"));
  ASSERT_OK(store->AppendJournal("run", 1, "new"));
  EXPECT_EQ(world->Open()->ReadJournal("run")->lines, (std::vector<std::string>{"new", "new"}));
}

TEST_F(StateServer, AMissingLineIsDamage) {
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_OK(store->AppendJournal("run", i, "line"));
  auto objects = world->Objects();
  const std::string key = objects->List("evenkeel/journals/run/", "")->objects.at(1).key;
  EXPECT_OK(objects->Delete(key, objects->Head(key)->version, {"op", {}}));
  const auto read = world->Open()->ReadJournal("run");
  EXPECT_EQ(read.code(), Code::kInvalidArgument);
  EXPECT_NE(read.status().message().find("line 3 is missing"), std::string::npos) << read.status().message();
}

TEST_F(StateServer, ADocumentTooLargeForATableIsRefused) {
  const auto put = store->PutDocument("handoff", "b", std::string(500'000, 'x'), std::nullopt);
  EXPECT_EQ(put.code(), Code::kLimitExceeded);
  ASSERT_OK(store->PutDocument("handoff", "b", std::string(380'000, 'x'), std::nullopt));
  ASSERT_OK(store->PutDocument("handoff", "c", std::string(380'000, 'y'), std::nullopt));
  ASSERT_OK(store->PutDocument("handoff", "d", std::string(380'000, 'z'), std::nullopt));
  EXPECT_EQ(store->ListDocuments("handoff")->size(), 3u) << "more than one answer holds";
}

TEST_F(StateServer, DamageIsNamed) {
  world->table().Send("PutItem", {{"Item", {{"kind", {{"S", "evenkeel/lease"}}}, {"id", {{"S", "=b"}}}, {"version", {{"S", "v"}}}, {"value", {{"S", "{"}}}}}});
  const auto read = store->GetDocument("lease", "b");
  EXPECT_EQ(read.code(), Code::kInvalidArgument);
  EXPECT_EQ(read.status().resource(), "lease/b");
  EXPECT_EQ(store->ListDocuments("lease").code(), Code::kInvalidArgument);
}

TEST_F(StateServer, BackupsAreFoundByPeople) {
  ASSERT_OK(store->PutBlob("run-1/guest-pages/g/2026-05-30 ü.html", "x"));
  const std::string location = store->BlobLocation("run-1/guest-pages/g/2026-05-30 ü.html");
  EXPECT_TRUE(location.starts_with("s3://ek-")) << location;
  EXPECT_TRUE(location.ends_with("/evenkeel/backups/run-1/guest-pages/g/2026-05-30%20%C3%BC.html")) << location;
  EXPECT_EQ(world->Objects()->Get(location.substr(location.find("evenkeel/")))->bytes, "x");
}

}  // namespace
}  // namespace evenkeel::contract
