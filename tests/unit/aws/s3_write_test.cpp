// What is written to a bucket: what a rewrite keeps, what a refusal means, what is left open.
#include "s3_test.h"

namespace evenkeel::aws {
namespace {

TEST_F(S3StoreTest, ARewriteKeepsWhatTheObjectCarries) {
  Answer([](const HttpRequest& request) {
    if (request.method == "PUT") return Reply(200, {{"ETag", "\"e2\""}});
    if (request.query == "tagging") return Reply(200, {}, "<Tagging><TagSet><Tag><Key>a b</Key><Value>1&amp;2</Value></Tag><Tag><Key>c</Key><Value/></Tag></TagSet></Tagging>");
    return Reply(200, {{"ETag", "\"e1\""}, {"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "max-age=60"}, {"X-Amz-Meta-Owner", "ann"},
                       {"x-amz-meta-evenkeel-operation", "old"}, {"x-amz-website-redirect-location", "/new"}, {"x-amz-storage-class", "STANDARD_IA"},
                       {"x-amz-tagging-count", "2"}, {"x-amz-server-side-encryption-bucket-key-enabled", "true"}, {"Server", "AmazonS3"}, {"x-amz-request-id", "1"}, {"Content-Length", "3"}});
  });
  settings.acl = "public-read";
  const auto written = Store().Replace("g/a.html", "<p>new</p>", "e1", {"plan/ü 1", {}});
  ASSERT_TRUE(written.ok()) << written.status().ToString();
  EXPECT_EQ(written->version, "e2");
  EXPECT_EQ(written->bytes, 10u);
  const HttpRequest& put = transport->requests.back();
  EXPECT_EQ(put.method, "PUT");
  EXPECT_FALSE(put.repeatable);
  EXPECT_EQ(put.body, "<p>new</p>");
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"if-match", "\"e1\""}, {"content-type", "text/html; charset=utf-8"}, {"cache-control", "max-age=60"}, {"x-amz-meta-owner", "ann"},
      {"x-amz-meta-evenkeel-operation", "plan%2F%C3%BC%201"}, {"x-amz-website-redirect-location", "/new"}, {"x-amz-storage-class", "STANDARD_IA"},
      {"x-amz-tagging", "a%20b=1%262&c="}, {"x-amz-server-side-encryption-bucket-key-enabled", "true"}, {"x-amz-acl", "public-read"}, {"server", ""}, {"x-amz-request-id", ""}, {"content-length", ""}};
  for (const auto& [name, value] : expected) EXPECT_EQ(HeaderOf(put, name), value) << name;
  EXPECT_EQ(std::count_if(put.headers.begin(), put.headers.end(), [](const auto& h) { return LowerHeaderName(h.name) == "x-amz-meta-evenkeel-operation"; }), 1);
}

// HEAD counts the tags for those alone who may read them.
TEST_F(S3StoreTest, NoTagIsLostForWantOfARight) {
  HttpResponse head = kThere, tags = kNoTags;
  Answer([&](const HttpRequest& request) { return request.method == "HEAD" ? head : request.method == "PUT" ? Reply(200, {{"ETag", "\"e2\""}}) : tags; });
  const auto replace = [&](const HttpResponse& answer, const char* counted = nullptr) {
    head = kThere;
    if (counted != nullptr) head.headers.push_back({"x-amz-tagging-count", counted});
    tags = answer;
    const auto before = Sent("PUT");
    const auto written = Store().Replace("k", "x", "e1", {"op", {}});
    EXPECT_EQ(Sent("PUT"), before + (written.ok() ? 1 : 0));
    return written.status();
  };
  const HttpResponse one = Reply(200, {}, "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>");
  const Status denied = replace(Refused(403, "AccessDenied"));
  EXPECT_EQ(denied.code(), Code::kPermissionDenied);
  EXPECT_NE(denied.message().find("s3:GetObjectTagging"), std::string::npos);
  EXPECT_TRUE(replace(one).ok());
  EXPECT_EQ(HeaderOf(transport->requests.back(), "x-amz-tagging"), "a=b");
  EXPECT_TRUE(replace(one, "1").ok());
  for (const char* other : {"2", "0", "many"}) EXPECT_EQ(replace(one, other).code(), Code::kUnavailable) << other;
  for (const char* body : {"", "<html/>", "<Other><TagSet/></Other>", "<Tagging/>"}) EXPECT_EQ(replace(Reply(200, {}, body)).code(), Code::kUnavailable) << body;
  EXPECT_TRUE(replace(Refused(404, "NoSuchTagSet")).ok());
  EXPECT_EQ(replace(Refused(404, "NoSuchTagSet"), "1").code(), Code::kUnavailable);
  EXPECT_EQ(replace(Refused(404, "NoSuchKey")).code(), Code::kNotFound);
  EXPECT_FALSE(replace(Reply(501)).ok()) << "AWS has tags";
  EXPECT_FALSE(replace(Reply(405)).ok());
}

TEST_F(S3StoreTest, WhatARewriteWouldLoseIsNotRewritten) {
  for (const HttpHeader& header : std::vector<HttpHeader>{{"x-amz-missing-meta", "1"}, {"x-amz-object-lock-mode", "GOVERNANCE"},
                                                          {"x-amz-object-lock-retain-until-date", "2027-01-01T00:00:00Z"}, {"x-amz-object-lock-legal-hold", "ON"}}) {
    HttpResponse head = kThere;
    head.headers.push_back(header);
    Answer([&](const HttpRequest& request) { return request.method == "HEAD" ? head : request.query == "tagging" ? kNoTags : Reply(200, {{"ETag", "\"e2\""}}); });
    EXPECT_EQ(Store().Replace("k", "x", "e1", {"op", {}}).code(), Code::kUnimplemented) << header.name;
    EXPECT_EQ(Sent("PUT"), 0u);
  }
  HttpResponse free = kThere;
  free.headers.push_back({"x-amz-missing-meta", "0"});
  free.headers.push_back({"x-amz-object-lock-legal-hold", "OFF"});
  Answer([&](const HttpRequest& request) { return request.method == "HEAD" ? free : request.query == "tagging" ? kNoTags : Reply(200, {{"ETag", "\"e2\""}}); });
  EXPECT_TRUE(Store().Replace("k", "x", "e1", {"op", {}}).ok());
}

TEST_F(S3StoreTest, TheOperationComesBack) {
  Answer([](const HttpRequest&) { return Reply(200, {{"ETag", "\"e1\""}, {"x-amz-meta-evenkeel-operation", "plan%2F%C3%BC%201"}, {"Last-Modified", "Sat, 30 May 2026 12:00:00 GMT"}}); });
  const auto head = Store().Head("k");
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->operation, "plan/ü 1");
  EXPECT_EQ(head->modified, ParseInstant("2026-05-30T12:00:00Z"));
}

TEST_F(S3StoreTest, EveryRefusalHasItsMeaning) {
  struct Row {
    HttpResponse answer;
    Code read, write;
  };
  const std::vector<Row> rows = {
      {Refused(403, "AccessDenied"), Code::kPermissionDenied, Code::kPermissionDenied},
      {Refused(400, "ExpiredToken"), Code::kPermissionDenied, Code::kPermissionDenied},
      {Refused(403, "SignatureDoesNotMatch"), Code::kPermissionDenied, Code::kPermissionDenied},
      {Refused(404, "NoSuchKey"), Code::kNotFound, Code::kNotFound},
      {Refused(404, "NoSuchBucket"), Code::kInvalidArgument, Code::kInvalidArgument},
      {Refused(301, "PermanentRedirect"), Code::kInvalidArgument, Code::kInvalidArgument},
      {Reply(307, {{"Location", "https://elsewhere.example/"}}), Code::kInvalidArgument, Code::kInvalidArgument},
      {Refused(400, "AuthorizationHeaderMalformed"), Code::kInvalidArgument, Code::kInvalidArgument},
      {Refused(412, "PreconditionFailed"), Code::kPreconditionFailed, Code::kPreconditionFailed},
      {Refused(409, "ConditionalRequestConflict"), Code::kUnavailable, Code::kPreconditionFailed},
      {Refused(409, "OperationAborted"), Code::kUnavailable, Code::kUnavailable},
      {Reply(202), Code::kUnavailable, Code::kUnknownOutcome},
      {Refused(503, "SlowDown"), Code::kUnavailable, Code::kUnavailable},
      {Refused(500, "InternalError"), Code::kUnavailable, Code::kUnknownOutcome},
      {Reply(502), Code::kUnavailable, Code::kUnknownOutcome},
      {Refused(400, "SomethingNew"), Code::kInvalidArgument, Code::kInvalidArgument},
  };
  for (const Row& row : rows) {
    Answer([&](const HttpRequest& request) { return request.method == "HEAD" ? kThere : request.query == "tagging" ? kNoTags : row.answer; });
    const auto read = Store().Get("k");
    EXPECT_EQ(read.code(), row.read) << read.status().ToString();
    const auto before = Sent("PUT"), deletes = Sent("DELETE");
    const auto written = Store().Replace("k", "x", "e1", {"op", {}});
    EXPECT_EQ(written.code(), row.write) << row.answer.status << " " << row.answer.body << ": " << written.status().ToString();
    EXPECT_EQ(Sent("PUT"), before + 1) << "a write is sent once";
    const Status deleted = Store().Delete("k", "e1", {"op", {}});
    EXPECT_EQ(deleted.code(), row.write) << deleted.ToString();
    EXPECT_EQ(Sent("DELETE"), deletes + 1);
    for (const Status& status : {read.status(), written.status(), deleted}) EXPECT_EQ(status.ToString().find("planted"), std::string::npos) << status.ToString();
  }
  Answer([](const HttpRequest&) { return Refused(412, "PreconditionFailed"); });
  EXPECT_EQ(Store().Create("k", "x", "text/html", {"op", {}}).code(), Code::kAlreadyExists);
  EXPECT_EQ(HeaderOf(transport->requests.back(), "if-none-match"), "*");
  for (const std::string& words : {std::string("planted secret"), std::string("planted\r\nX: y"), "planted" + std::string(60, 'd')}) {
    Answer([&](const HttpRequest&) { return Refused(403, words); });
    EXPECT_EQ(Store().Get("k").status().message().find("planted"), std::string::npos);
    Answer([&](const HttpRequest&) { return Reply(301, {{"x-amz-bucket-region", words}}); });
    EXPECT_EQ(Store().Get("k").status().message().find("planted"), std::string::npos);
    Answer([&](const HttpRequest&) { return Reply(400, {{"x-amz-bucket-region", words}}); });
    EXPECT_EQ(Store().Get("k").status().message().find("planted"), std::string::npos);
  }
  Answer([](const HttpRequest&) { return Refused(403, "InvalidAccessKeyId"); });
  EXPECT_NE(Store().List("", "").status().message().find("correct them"), std::string::npos);
  Answer([](const HttpRequest&) { return Refused(403, "AccessDenied"); });
  EXPECT_NE(Store().List("", "").status().message().find("it needs s3:ListBucket on bucket \"bkt\""), std::string::npos);
  Answer([](const HttpRequest&) { return Reply(301, {{"x-amz-bucket-region", "eu-west-1"}}); });
  EXPECT_NE(Store().Get("k").status().message().find("but in \"eu-west-1\""), std::string::npos);
}

TEST_F(S3StoreTest, ALostReplyIsLeftOpen) {
  Answer([](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.method == "HEAD") return kThere;
    if (request.query == "tagging") return kNoTags;
    return Status(Code::kUnknownOutcome, "no whole answer", "host");
  });
  EXPECT_EQ(Store().Replace("k", "x", "e1", {"op", {}}).code(), Code::kUnknownOutcome);
  EXPECT_EQ(Store().Create("k", "x", "text/html", {"op", {}}).code(), Code::kUnknownOutcome);
  EXPECT_EQ(Store().Delete("k", "e1", {"op", {}}).code(), Code::kUnknownOutcome);
  EXPECT_EQ(Sent("PUT"), 2u);
  EXPECT_EQ(Sent("DELETE"), 1u);
  EXPECT_EQ(Store().Get("k").code(), Code::kUnavailable);
  EXPECT_EQ(Sent("GET"), 4u) << "the tags, and three for the page";
  // An answer that is too large, or that names no ETag, came after the effect, perhaps.
  Answer([](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.method == "HEAD") return kThere;
    if (request.query == "tagging") return kNoTags;
    return Status(Code::kLimitExceeded, "too large", "host");
  });
  EXPECT_EQ(Store().Replace("k", "x", "e1", {"op", {}}).code(), Code::kUnknownOutcome);
  Answer([](const HttpRequest& request) { return request.method == "HEAD" ? kThere : request.query == "tagging" ? kNoTags : Reply(200); });
  EXPECT_EQ(Store().Replace("k", "x", "e1", {"op", {}}).code(), Code::kUnknownOutcome);
}

TEST_F(S3StoreTest, AStaleVersionIsRefusedBeforeAnythingIsSent) {
  Answer([](const HttpRequest&) { return kThere; });
  EXPECT_EQ(Store().Replace("k", "x", "e0", {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(Store().Delete("k", "e0", {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(Sent("HEAD"), transport->requests.size());
}

constexpr char kLeadsOn[] = "<!DOCTYPE html><html><head><meta http-equiv=\"refresh\" content=\"0; url=https://x.org/g/y\"></head><body><a href=\"https://x.org/g/y\">here</a></body></html>";
constexpr char kPage[] = "<html><body><p>4:30 PM</p></body></html>";

// The header is what the bytes say, whatever it was before.
TEST_F(S3StoreTest, ARedirectOfAWebsiteHasItsHeaderAndAPageHasNone) {
  std::string had;
  Answer([&](const HttpRequest& request) {
    if (request.query == "tagging") return kNoTags;
    std::vector<HttpHeader> headers = {{"ETag", "\"e1\""}, {"Content-Length", "0"}};
    if (!had.empty()) headers.push_back({"x-amz-website-redirect-location", had});
    return Reply(200, std::move(headers));
  });
  const auto replaced = [&](const char* bytes) {
    store = nullptr;
    EXPECT_TRUE(Store().Replace("k", bytes, "e1", {"op", {}}).ok());
    return HeaderOf(transport->requests.back(), "x-amz-website-redirect-location");
  };
  EXPECT_EQ(replaced(kLeadsOn), "") << "it serves no website";
  had = "/old";
  EXPECT_EQ(replaced(kPage), "/old") << "and what it had is kept";
  settings.website = true;
  EXPECT_EQ(replaced(kLeadsOn), "https://x.org/g/y");
  EXPECT_EQ(replaced(kPage), "") << "a page that was brought back is shown again";
  had = "";
  EXPECT_EQ(replaced(kLeadsOn), "https://x.org/g/y");
  EXPECT_EQ(replaced("<meta http-equiv=\"refresh\" content=\"0; url=y.html\">"), "") << "S3 takes a path or an address";
  store = nullptr;
  ASSERT_TRUE(Store().Create("m", kLeadsOn, "text/html", {"op", {}}).ok());
  EXPECT_EQ(HeaderOf(transport->requests.back(), "x-amz-website-redirect-location"), "https://x.org/g/y");
}

}  // namespace
}  // namespace evenkeel::aws
