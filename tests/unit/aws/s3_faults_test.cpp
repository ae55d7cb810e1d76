// Pages in a bucket when S3 misbehaves as no server of ours can be made to: by the fake, over the real transport.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "aws/fake_aws.h"
#include "evenkeel/aws/aws.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::aws {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class S3FaultsTest : public testing::Test {
 protected:
  S3FaultsTest() : fake_(FakeAws::Shared()) {
    fake_.Tell({{"forget", true}});
    store_ = Open(FakeAws::Keys());
    fake_.Tell({{"buckets", {{"bkt", Json::object()}}}});
    auto made = store_->Create("g/x", "old", "text/html", {"op/0", {}});  // the endpoint is tried before it
    EXPECT_TRUE(made.ok()) << made.status().ToString();
    if (made.ok()) version_ = made->version;
    fake_.Tell({{"forget", true}});
  }
  ~S3FaultsTest() override { fake_.Tell({{"forget", true}, {"buckets", Json::object()}}); }

  std::unique_ptr<ObjectStore> Open(std::shared_ptr<CredentialsProvider> keys) {
    AdapterRegistry adapters;
    RegisterAwsAdapters(adapters, {nullptr, std::move(keys)});
    AdapterContext context;
    context.name = "pages";
    context.environment = &environment_;
    auto store = adapters.pages.at("s3").make(context, {{"bucket", "bkt"}, {"region", "us-east-1"}, {"endpoint", fake_.endpoint()}});
    EXPECT_TRUE(store.ok()) << store.status().ToString();
    return store.ok() ? *std::move(store) : nullptr;
  }
  void Fault(Json fault) {
    fault["service"] = "s3";
    fault["path"] = "/bkt/g/x";
    fake_.Tell({{"faults", {fault}}});
  }
  Status Replace() { return store_->Replace("g/x", "new", version_, {"op/1", {}}).status(); }
  std::string Bytes() {
    fake_.Tell({{"faults", Json::array()}});
    auto object = store_->Get("g/x");
    return object.ok() ? object->bytes : object.status().ToString();
  }

  FakeAws& fake_;
  MemoryEnvironment environment_{Instant(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()))};
  std::unique_ptr<ObjectStore> store_;
  Version version_;
};

TEST_F(S3FaultsTest, ALostReplyIsNotRepeatedAndCanBeLookedUp) {
  Fault({{"operation", "PutObject"}, {"kind", "lost_reply"}});
  EXPECT_EQ(Replace().code(), Code::kUnknownOutcome);
  EXPECT_EQ(fake_.Requests("PutObject").size(), 1u);
  EXPECT_EQ(store_->Head("g/x")->operation, "op/1");
  EXPECT_EQ(Bytes(), "new");
}

TEST_F(S3FaultsTest, SoIsARequestThatNeverArrived) {
  Fault({{"operation", "PutObject"}, {"kind", "cut_off"}});
  EXPECT_EQ(Replace().code(), Code::kUnknownOutcome);
  EXPECT_EQ(fake_.Requests("PutObject").size(), 1u);
  EXPECT_EQ(store_->Head("g/x")->operation, "op/0");
  EXPECT_EQ(Bytes(), "old");
}

TEST_F(S3FaultsTest, ADeleteWhoseReplyIsLost) {
  Fault({{"operation", "DeleteObject"}, {"kind", "lost_reply"}});
  EXPECT_EQ(store_->Delete("g/x", version_, {"op/1", {}}).code(), Code::kUnknownOutcome);
  EXPECT_EQ(store_->Head("g/x").code(), Code::kNotFound);
}

TEST_F(S3FaultsTest, AWriteBesideAnotherOneIsAConflict) {
  Fault({{"operation", "PutObject"}, {"kind", "error"}, {"status", 409}, {"code", "ConditionalRequestConflict"}});
  const Status status = Replace();
  EXPECT_EQ(status.code(), Code::kPreconditionFailed);
  EXPECT_THAT(status.ToString(), AllOf(HasSubstr("pages:g/x"), HasSubstr("look at the page again")));
  EXPECT_EQ(fake_.Requests("PutObject").size(), 1u);
  EXPECT_EQ(Bytes(), "old");
}

TEST_F(S3FaultsTest, AThrottledReadWaitsAndAThrottledWriteIsSaid) {
  for (const char* operation : {"GetObject", "HeadObject"}) {
    Fault({{"operation", operation}, {"kind", "error"}, {"status", 503}, {"code", "SlowDown"}, {"times", 2}});
    EXPECT_TRUE((std::string(operation) == "GetObject" ? store_->Get("g/x").status() : store_->Head("g/x").status()).ok()) << operation;
  }
  Fault({{"operation", "GetObject"}, {"kind", "error"}, {"status", 503}, {"code", "SlowDown"}, {"times", -1}});
  const Status status = store_->Get("g/x").status();
  EXPECT_EQ(status.code(), Code::kUnavailable);
  EXPECT_THAT(status.ToString(), AllOf(HasSubstr("503 SlowDown"), HasSubstr("3 attempts")));
  Fault({{"operation", "PutObject"}, {"kind", "error"}, {"status", 503}, {"code", "SlowDown"}});
  EXPECT_EQ(Replace().code(), Code::kUnavailable) << "nothing was done";
  EXPECT_EQ(fake_.Requests("PutObject").size(), 1u);
  EXPECT_EQ(Bytes(), "old");
}

TEST_F(S3FaultsTest, HalfAPageIsNoPage) {
  Fault({{"operation", "GetObject"}, {"kind", "short_body"}, {"times", -1}});
  EXPECT_EQ(store_->Get("g/x").code(), Code::kUnavailable);
  Fault({{"operation", "GetObject"}, {"kind", "short_body"}});
  EXPECT_EQ(store_->Get("g/x")->bytes, "old") << "asked for again";
}

TEST_F(S3FaultsTest, ASlowAnswerIsAnAnswer) {
  Fault({{"operation", "GetObject"}, {"kind", "slow"}, {"delay_s", 0.5}});
  EXPECT_EQ(store_->Get("g/x")->bytes, "old");
}

TEST_F(S3FaultsTest, AnErrorThatComesWith200IsNoSuccess) {
  Fault({{"operation", "PutObject"}, {"kind", "body"}, {"body", "<Error><Code>InternalError</Code></Error>"}});
  EXPECT_EQ(Replace().code(), Code::kUnknownOutcome);
  EXPECT_EQ(Bytes(), "old");
  fake_.Tell({{"faults", {{{"service", "s3"}, {"operation", "ListObjectsV2"}, {"kind", "body"}, {"body", "<Error><Code>InternalError</Code></Error>"}}}}});
  EXPECT_EQ(store_->List("", "").code(), Code::kUnavailable);
}

TEST_F(S3FaultsTest, AClockThatIsOffIsLearnedByReadsAndByWrites) {
  for (const int offset_s : {3'600, -7'200}) {
    fake_.Tell({{"settings", {{"clock_offset_s", offset_s}}}});
    for (const bool write : {false, true}) {
      store_ = Open(FakeAws::Keys());
      EXPECT_TRUE((write ? store_->Create("g/" + std::to_string(offset_s), "a", "text/html", {"op/2", {}}).status() : store_->Head("g/x").status()).ok()) << offset_s << write;
    }
  }
}

TEST_F(S3FaultsTest, CredentialsThatRanOutAreNamedAndNotTriedAgain) {
  fake_.Tell({{"keys", {{"ASIAOLD", {{"secret", "planted"}, {"token", "t"}, {"expired", true}}}}}});
  store_ = Open(MakeStaticCredentials({"ASIAOLD", "planted", "t", {}}));
  const Status status = store_->Get("g/x").status();
  EXPECT_EQ(status.code(), Code::kPermissionDenied);
  EXPECT_THAT(status.ToString(), AllOf(HasSubstr("not good any more"), HasSubstr("renew them")));
}

}  // namespace
}  // namespace evenkeel::aws
