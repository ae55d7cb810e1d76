#include "aws/client.h"

#include <gtest/gtest.h>

#include <deque>

#include "http/xml.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::aws {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Instant kNow = *ParseInstant("2026-05-30T12:00:00Z");

HttpResponse Reply(int status, std::string body = {}, std::vector<HttpHeader> headers = {}) { return {status, std::move(headers), std::move(body)}; }
HttpResponse Xml(int status, const std::string& code) { return Reply(status, "<?xml version=\"1.0\"?>\n<Error><Code>" + code + "</Code><Message>words</Message></Error>"); }
HttpResponse JsonError(int status, const std::string& code) { return Reply(status, R"({"__type":"com.amazonaws.dynamodb.v20120810#)" + code + R"(","message":"words"})"); }

// Answers from a list; the last one again and again.
class ListTransport final : public HttpTransport {
 public:
  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    requests.push_back(request);
    StatusOr<HttpResponse> next = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return next;
  }
  std::deque<StatusOr<HttpResponse>> answers;
  std::vector<HttpRequest> requests;
};

// A clock that stands still but for sleeping, which it counts, and a dice that always shows the most.
class StillEnvironment final : public Environment {
 public:
  Instant Now() override { return now; }
  void Sleep(milliseconds duration) override { slept.push_back(duration); }
  std::uint64_t Random() override { return random; }
  Files& files() override { return memory_.files(); }
  Instant now = kNow;
  std::vector<milliseconds> slept;
  std::uint64_t random = 0;

 private:
  MemoryEnvironment memory_;
};

class ClientTest : public testing::Test {
 protected:
  StatusOr<HttpResponse> Send(std::deque<StatusOr<HttpResponse>> answers, bool repeatable, RetryPolicy policy = {}) {
    transport.answers = std::move(answers);
    transport.requests.clear();
    client = std::make_unique<Client>("us-west-2", "s3", transport, *credentials, environment, policy);
    return Again(repeatable);
  }
  StatusOr<HttpResponse> Again(bool repeatable) {
    HttpRequest request;
    request.authority = "b.example";
    request.method = repeatable ? "GET" : "PUT";
    request.repeatable = repeatable;
    return client->Send(request);
  }
  std::size_t Attempts() const { return transport.requests.size(); }

  ListTransport transport;
  StillEnvironment environment;
  std::unique_ptr<CredentialsProvider> credentials = MakeStaticCredentials({"AKIDEXAMPLE", "planted-secret", "planted-token", {}});
  std::unique_ptr<Client> client;
};

TEST_F(ClientTest, AnAnswerIsTheServicesOwn) {
  for (const int status : {200, 204, 304, 400, 403, 404, 409, 412}) {
    const auto answer = Send({Reply(status, "<a/>")}, true);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->status, status);
    EXPECT_EQ(Attempts(), 1u) << status;
  }
  EXPECT_NE(transport.requests[0].headers.back().value.find("/20260530/us-west-2/s3/aws4_request"), std::string::npos);
}

TEST_F(ClientTest, AReadIsTriedAgain) {
  for (const auto& fault : std::vector<StatusOr<HttpResponse>>{
           Reply(500), Reply(502), Reply(503), Reply(504), Reply(429), Xml(503, "SlowDown"), Xml(400, "RequestTimeout"), Xml(500, "InternalError"),
           JsonError(400, "ProvisionedThroughputExceededException"), JsonError(400, "ThrottlingException"), Status(Code::kUnavailable, "refused"),
           Status(Code::kUnknownOutcome, "cut off")}) {
    const auto answer = Send({fault, fault, Reply(200, "x")}, true);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->body, "x");
    EXPECT_EQ(Attempts(), 3u);
  }
}

TEST_F(ClientTest, AWriteIsNot) {
  for (const auto& fault : std::vector<StatusOr<HttpResponse>>{Reply(500), Xml(503, "SlowDown"), JsonError(400, "ThrottlingException")}) {
    const auto answer = Send({fault, Reply(200)}, false);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->status, fault->status);
    EXPECT_EQ(Attempts(), 1u);
  }
  EXPECT_EQ(Send({Status(Code::kUnknownOutcome, "cut off"), Reply(200)}, false).code(), Code::kUnknownOutcome);
  EXPECT_EQ(Attempts(), 1u);
  EXPECT_EQ(Send({Status(Code::kUnavailable, "refused"), Reply(200)}, false).code(), Code::kUnavailable);
  EXPECT_EQ(Attempts(), 1u);
  EXPECT_TRUE(environment.slept.empty());
}

TEST_F(ClientTest, WhatStaysDownIsUnavailable) {
  const auto down = Send({Xml(503, "ServiceUnavailable")}, true);
  EXPECT_EQ(down.code(), Code::kUnavailable);
  EXPECT_EQ(down.status().message(), "it answers 503 ServiceUnavailable (3 attempts); try again later");
  EXPECT_EQ(Attempts(), 3u);
  EXPECT_EQ(Send({Status(Code::kUnknownOutcome, "cut off")}, true, kDynamoRetries).code(), Code::kUnavailable);
  EXPECT_EQ(Attempts(), 4u);
  EXPECT_EQ(Send({Status(Code::kInvalidArgument, "another host")}, true).code(), Code::kInvalidArgument);
  EXPECT_EQ(Attempts(), 1u);
}

TEST_F(ClientTest, WaitsAreDrawnBelowABoundThatDoubles) {
  RetryPolicy patient;
  patient.attempts_max = 12;
  const auto bounds = [&](const HttpResponse& fault) {
    environment.slept.clear();
    environment.random = 0;
    EXPECT_FALSE(Send({fault}, true, patient).ok());
    for (const milliseconds slept : environment.slept) EXPECT_EQ(slept.count(), 0);
    environment.slept.clear();
    environment.random = std::uint64_t{51} * 101 * 201 * 401 * 801 - 1;  // one less than a multiple of each: the most that can be drawn
    EXPECT_FALSE(Send({fault}, true, patient).ok());
    return environment.slept;
  };
  const auto slow = bounds(Reply(500));
  EXPECT_EQ(std::vector<milliseconds>(slow.begin(), slow.begin() + 5),
            (std::vector<milliseconds>{milliseconds(50), milliseconds(100), milliseconds(200), milliseconds(400), milliseconds(800)}));
  for (const milliseconds slept : slow) EXPECT_LE(slept, seconds(20));
  for (const milliseconds slept : bounds(Reply(429))) EXPECT_LE(slept, seconds(20));
}

TEST_F(ClientTest, TheServicesOwnWaitCounts) {
  ASSERT_TRUE(Send({Reply(503, "", {{"x-amz-retry-after", "3000"}}), Reply(200)}, true).ok());
  EXPECT_EQ(environment.slept, std::vector<milliseconds>{milliseconds(3000)});
  environment.slept.clear();
  ASSERT_TRUE(Send({Reply(503, "", {{"x-amz-retry-after", "900000"}}), Reply(200)}, true).ok());
  EXPECT_EQ(environment.slept, std::vector<milliseconds>{milliseconds(5000)});
  ASSERT_TRUE(Send({Reply(503, "", {{"x-amz-retry-after", "soon"}}), Reply(200)}, true).ok());
}

// 500 tokens, 14 for an attempt after a fault: 35 of them, then one attempt a call until something works again.
TEST_F(ClientTest, AServiceInTroubleIsNotAskedEverMore) {
  EXPECT_FALSE(Send({Reply(500)}, true).ok());
  for (int call = 1; call < 100; ++call) EXPECT_FALSE(Again(true).ok());
  EXPECT_EQ(Attempts(), 100u + 35u);
  transport.answers = {Reply(200)};
  for (int call = 0; call < 14; ++call) EXPECT_TRUE(Again(true).ok());
  transport.requests.clear();
  transport.answers = {Reply(500)};
  EXPECT_FALSE(Again(true).ok());
  EXPECT_EQ(Attempts(), 2u);
}

TEST_F(ClientTest, AClockThatIsOffIsCorrectedOnce) {
  const std::vector<HttpHeader> date = {{"date", "Sat, 30 May 2026 11:00:00 GMT"}};
  for (const bool repeatable : {true, false}) {
    HttpResponse skewed = Xml(403, "RequestTimeTooSkewed");
    skewed.headers = date;
    ASSERT_EQ(Send({skewed, Reply(200)}, repeatable)->status, 200);
    ASSERT_EQ(Attempts(), 2u);
    EXPECT_EQ(transport.requests[0].headers[0], (HttpHeader{"X-Amz-Date", "20260530T120000Z"}));
    EXPECT_EQ(transport.requests[1].headers[0], (HttpHeader{"X-Amz-Date", "20260530T110000Z"}));
    ASSERT_TRUE(Again(repeatable).ok());  // it is remembered
    EXPECT_EQ(transport.requests[2].headers[0].value, "20260530T110000Z");
    // A wrong key is no matter of the clock, whatever the service's words.
    EXPECT_EQ(Send({Xml(403, "SignatureDoesNotMatch")}, repeatable)->status, 403);
    EXPECT_EQ(Attempts(), 1u);
    EXPECT_EQ(Send({skewed}, repeatable)->status, 403);
    EXPECT_EQ(Attempts(), 2u);
    // HEAD has no words.
    ASSERT_EQ(Send({Reply(403, "", date), Reply(200)}, repeatable)->status, 200);
  }
}

// Two requests under way with the wrong time: the one that comes back second finds the clock corrected, and is signed again all the same.
TEST_F(ClientTest, AClockIsCorrectedForAllWhoWereUnderWay) {
  class Nested final : public HttpTransport {
   public:
    StatusOr<HttpResponse> Send(const HttpRequest& request) override {
      dates.push_back(request.headers[0].value);
      if (request.headers[0].value == "20260530T110000Z") return Reply(200);
      if (dates.size() == 1) {
        HttpRequest other;
        other.authority = "b.example";
        EXPECT_EQ(client->Send(other)->status, 200);
      }
      HttpResponse skewed = Xml(403, "RequestTimeTooSkewed");
      skewed.headers = {{"date", "Sat, 30 May 2026 11:00:00 GMT"}};
      return skewed;
    }
    Client* client = nullptr;
    std::vector<std::string> dates;
  } nested;
  Client both("us-west-2", "s3", nested, *credentials, environment);
  nested.client = &both;
  HttpRequest request;
  request.authority = "b.example";
  EXPECT_EQ(both.Send(request)->status, 200);
  EXPECT_EQ(nested.dates.size(), 4u);
}

TEST_F(ClientTest, NothingIsSentWithoutCredentials) {
  class None final : public CredentialsProvider {
    StatusOr<Credentials> Get() override { return Status(Code::kPermissionDenied, "none", "credentials"); }
  };
  credentials = std::make_unique<None>();
  EXPECT_EQ(Send({Reply(200)}, true).code(), Code::kPermissionDenied);
  EXPECT_EQ(Attempts(), 0u);
}

TEST(HttpDate, OnlyWhatRfc9110Writes) {
  EXPECT_EQ(ParseHttpDate("Sun, 22 Nov 2026 22:27:32 GMT"), *ParseInstant("2026-11-22T22:27:32Z"));
  for (const char* other : {"", "Sunday, 22-Nov-26 22:27:32 GMT", "Sun, 22 Nov 2026 22:27:32 PST", "Sun, 22 Nvo 2026 22:27:32 GMT", "Sun, 32 Nov 2026 22:27:32 GMT",
                            "Sun, 22 anF 2026 22:27:32 GMT", "Sun, 2x Nov 2026 22:27:32 GMT"}) {
    EXPECT_EQ(ParseHttpDate(other), std::nullopt) << other;
  }
}

TEST(Xml, ElementsAndTexts) {
  const auto root = ParseXml("<?xml version=\"1.0\"?>\n<a:Root xmlns:a=\"x\"><Key> </Key><Key>b &amp; &lt;c&gt; &#252;</Key><Empty/><C><![CDATA[<raw>]]></C></a:Root>", "x");
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(root->name, "Root");
  EXPECT_EQ(root->TextOf("Key"), " ");
  EXPECT_EQ(root->children.at(1).text, "b & <c> \xc3\xbc");
  EXPECT_EQ(root->TextOf("Empty"), "");
  EXPECT_EQ(root->TextOf("C"), "<raw>");
  EXPECT_EQ(root->Find("None"), nullptr);
}

TEST(Xml, WhatAwsNeverSendsIsRefused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (const std::string& text : std::vector<std::string>{"", "<a>", "no XML, planted-secret", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>", "<!DOCTYPE a><a/>", deep}) {
    const auto root = ParseXml(text, "list");
    EXPECT_EQ(root.code(), Code::kUnavailable);
    EXPECT_EQ(root.status().resource(), "list");
    EXPECT_EQ(root.status().message().find("planted"), std::string::npos);
  }
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(ParseXml(deep, "list").code(), Code::kUnavailable);
}

}  // namespace
}  // namespace evenkeel::aws
