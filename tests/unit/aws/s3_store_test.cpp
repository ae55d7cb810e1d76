#include "aws/s3_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "aws/uri.h"
#include "digest/sha256.h"
#include "evenkeel/aws/aws.h"
#include "evenkeel/json.h"
#include "evenkeel/memory_stores.h"
#include "scripted_transport.h"

namespace evenkeel::aws {
namespace {

HttpResponse Refused(int status, const std::string& code) { return Reply(status, {}, "<Error><Code>" + code + "</Code><Message>planted-secret</Message></Error>"); }
const HttpResponse kNoTags = Reply(200, {}, "<Tagging><TagSet/></Tagging>");
const HttpResponse kThere = Reply(200, {{"ETag", "\"e1\""}, {"Content-Length", "0"}});

class S3StoreTest : public testing::Test {
 protected:
  S3StoreTest() {
    settings.bucket = "bkt";
    settings.region = "us-west-2";
    settings.store = "pages";
  }
  ObjectStore& Store() {
    if (store == nullptr) store = MakeS3Store({settings, limits, transport, MakeStaticCredentials({"AKIDEXAMPLE", "planted-secret", "planted-token", {}}), &environment});
    return *store;
  }
  void Answer(Answers answers) { transport->answers = std::move(answers); }
  std::size_t Sent(std::string_view method) const {
    return static_cast<std::size_t>(std::count_if(transport->requests.begin(), transport->requests.end(), [&](const auto& one) { return one.method == method; }));
  }

  S3Settings settings;
  Limits limits;
  MemoryEnvironment environment;
  std::shared_ptr<Scripted> transport = std::make_shared<Scripted>();
  std::unique_ptr<ObjectStore> store;
};

TEST_F(S3StoreTest, TheBucketStandsInTheHostsName) {
  Answer([](const HttpRequest&) { return kThere; });
  ASSERT_TRUE(Store().Head("g/../a b.html").ok());
  EXPECT_EQ(transport->requests[0].Url(), "https://bkt.s3.us-west-2.amazonaws.com/g/../a%20b.html");
  EXPECT_NE(HeaderOf(transport->requests[0], "authorization").find("/us-west-2/s3/aws4_request"), std::string::npos);
}

TEST_F(S3StoreTest, OrInThePathWhereItMust) {
  Answer([](const HttpRequest&) { return kThere; });
  const auto url = [&](auto change) {
    S3Settings before = settings;
    change(settings);
    store = nullptr;
    EXPECT_TRUE(Store().Head("k").ok());
    settings = before;
    return transport->requests.back().Url();
  };
  EXPECT_EQ(url([](S3Settings& s) { s.bucket = "www.example.com"; }), "https://s3.us-west-2.amazonaws.com/www.example.com/k");
  EXPECT_EQ(url([](S3Settings& s) { s.region = "cn-north-1"; }), "https://bkt.s3.cn-north-1.amazonaws.com.cn/k");
  EXPECT_EQ(url([](S3Settings& s) { s.endpoint = "http://127.0.0.1:7480/"; s.path_style = true; }), "http://127.0.0.1:7480/bkt/k");
  EXPECT_EQ(url([](S3Settings& s) { s.requester_pays = true; }), "https://bkt.s3.us-west-2.amazonaws.com/k");
  EXPECT_EQ(HeaderOf(transport->requests.back(), "x-amz-request-payer"), "requester");
}

// Path, method and conditions as awscli and the JavaScript SDK send them for the same calls.
TEST_F(S3StoreTest, RequestsAreThoseOfTheOfficialClients) {
  const std::filesystem::path folder = std::filesystem::path(EVENKEEL_SOURCE_DIR) / "../shared/aws/recordings";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the recordings are not there";
  settings.endpoint = "http://127.0.0.1:5900";
  settings.path_style = true;
  Answer([](const HttpRequest&) { return kThere; });
  ASSERT_TRUE(Store().Head("a b+c/ü%~'()*!&=;:@,?#.txt").ok());
  ASSERT_TRUE(Store().Get("dir//double/./dot/../x").ok());
  std::set<std::string> ours;
  for (const HttpRequest& request : transport->requests) ours.insert(request.method + " " + request.path);
  ASSERT_FALSE(Store().List("a b/ü+", "a+/=").ok());
  const HttpRequest list = transport->requests.back();
  int compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line);) {
      const Json recorded = Json::parse(line);
      const std::string url = recorded["url"], path = url.substr(0, url.find('?')), method = recorded["method"];
      if (url.find("list-type=2") != std::string::npos) {
        for (const char* parameter : {"list-type=2", "prefix=a%20b%2F%C3%BC%2B"}) {
          EXPECT_NE(url.find(parameter), std::string::npos) << url;
          EXPECT_NE(list.query.find(parameter), std::string::npos) << list.query;
        }
        EXPECT_TRUE(url.find("continuation-token") == std::string::npos || list.query.find("continuation-token=a%2B%2F%3D") != std::string::npos) << list.query;
      } else if (path.starts_with("/bkt/a%20b%2Bc") || path.starts_with("/bkt/dir")) {
        EXPECT_TRUE(ours.contains(method + " " + path)) << url;
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 8);
}

TEST_F(S3StoreTest, AListingHasPagesAndOddKeys) {
  Answer([](const HttpRequest& request) {
    const bool first = request.query.find("continuation-token") == std::string::npos;
    return Reply(200, {}, std::string("<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><EncodingType>url</EncodingType>") +
                          (first ? "<IsTruncated>true</IsTruncated><NextContinuationToken>a+/=</NextContinuationToken>"
                                   "<Contents><Key>g/a+b%2Bc%26%C3%BC%0A.html</Key><LastModified>2026-05-30T12:00:00.123Z</LastModified><ETag>&quot;e1&quot;</ETag><Size>7</Size></Contents>"
                                 : "<IsTruncated>false</IsTruncated><Contents><Key>g/z</Key><ETag>\"e2\"</ETag><Size>0</Size></Contents>") +
                          "</ListBucketResult>");
  });
  const auto first = Store().List("g/", "");
  ASSERT_TRUE(first.ok()) << first.status().ToString();
  ASSERT_EQ(first->objects.size(), 1u);
  EXPECT_EQ(first->objects[0].key, "g/a b+c&ü\n.html");
  EXPECT_EQ(first->objects[0].version, "e1");
  EXPECT_EQ(first->objects[0].bytes, 7u);
  EXPECT_EQ(first->objects[0].modified, ParseInstant("2026-05-30T12:00:00Z"));
  EXPECT_EQ(first->cursor, "a+/=");
  const auto second = Store().List("g/", first->cursor);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->objects.at(0).key, "g/z");
  EXPECT_EQ(second->cursor, "");
  EXPECT_TRUE(second->complete);
  EXPECT_NE(transport->requests.back().query.find("&prefix=g%2F&continuation-token=a%2B%2F%3D"), std::string::npos);
}

TEST_F(S3StoreTest, WhatIsNoListingProvesNothing) {
  for (const char* body : {"", "<html/>", "{}", "<!DOCTYPE a><ListBucketResult/>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
                           "<ListBucketResult><Contents><ETag>a</ETag></Contents></ListBucketResult>"}) {
    Answer([&](const HttpRequest&) { return Reply(200, {}, body); });
    EXPECT_EQ(Store().List("", "").code(), Code::kUnavailable) << body;
  }
}

TEST_F(S3StoreTest, AListingIsWholeOnlyWhereItSaysSo) {
  const std::string token = "<NextContinuationToken>t</NextContinuationToken>";
  for (const std::string& end : {std::string("<IsTruncated>true</IsTruncated>"), std::string(), token, "<IsTruncated>false</IsTruncated>" + token,
                                 "<IsTruncated>maybe</IsTruncated>" + token, std::string("<IsTruncated/>")}) {
    Answer([&](const HttpRequest&) { return Reply(200, {}, "<ListBucketResult>" + end + "</ListBucketResult>"); });
    const auto listing = Store().List("", "");
    ASSERT_TRUE(listing.ok()) << end;
    EXPECT_FALSE(listing->complete) << end;
    EXPECT_FALSE(listing->why_incomplete.empty()) << end;
    EXPECT_EQ(listing->cursor, "") << end;
  }
}

TEST_F(S3StoreTest, AbsenceIsWhatS3Says) {
  const auto reads = [&](const HttpResponse& got) {
    Answer([&](const HttpRequest& request) { return request.method == "HEAD" ? Reply(404, {{"x-amz-request-id", "1"}}) : got; });
    const auto read = Store().Get("k");
    if (got.status != 200) {
      EXPECT_EQ(read.code(), Store().Head("k").code());
    }
    return Store().Head("k").status();
  };
  EXPECT_EQ(reads(Refused(404, "NoSuchKey")).code(), Code::kNotFound);
  EXPECT_EQ(reads(Refused(404, "NoSuchBucket")).code(), Code::kInvalidArgument);
  EXPECT_EQ(reads(Refused(403, "AccessDenied")).code(), Code::kPermissionDenied);
  EXPECT_EQ(reads(Reply(200, {{"ETag", "\"e\""}, {"Content-Length", "0"}})).code(), Code::kUnavailable) << "it came in between";
  for (const HttpResponse& other : {Reply(404), Reply(404, {}, "<html>nothing here</html>"), Refused(404, "Other")}) {
    const Status status = reads(other);
    EXPECT_EQ(status.code(), Code::kUnavailable);
    EXPECT_NE(status.message().find("the 404 is not from S3; check endpoint and bucket"), std::string::npos) << status.ToString();
    Answer([&](const HttpRequest& request) { return request.method == "HEAD" ? kThere : request.query == "tagging" ? kNoTags : other; });
    EXPECT_EQ(Store().Replace("k", "x", "e1", {"op", {}}).code(), Code::kUnavailable);
    EXPECT_EQ(Store().Delete("k", "e1", {"op", {}}).code(), Code::kUnavailable);
  }
}

TEST_F(S3StoreTest, APageIsReadWholeOrNotAtAll) {
  for (const char* length : {"4", "2", "", "three", "-3", "99999999999999999999"}) {
    Answer([&](const HttpRequest&) { return Reply(200, {{"ETag", "\"e1\""}, {"Content-Length", length}}, "abc"); });
    const auto read = Store().Get("k");
    EXPECT_EQ(read.code(), Code::kUnavailable) << length;
    EXPECT_NE(read.status().message().find("not the whole page came"), std::string::npos);
  }
  Answer([](const HttpRequest&) { return Reply(200, {{"ETag", "\"e1\""}}, "abc"); });
  EXPECT_EQ(Store().Get("k").code(), Code::kUnavailable);
  Answer([](const HttpRequest&) { return Reply(206, {{"ETag", "\"e1\""}, {"Content-Length", "3"}}, "abc"); });
  EXPECT_EQ(Store().Get("k").code(), Code::kUnavailable);
  Answer([](const HttpRequest&) { return Reply(200, {{"ETag", "\"e1\""}, {"Content-Length", "3"}}, "abc"); });
  EXPECT_EQ(Store().Get("k")->bytes, "abc");
}

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

TEST_F(S3StoreTest, KeysAndPagesHaveTheirBounds) {
  Answer([](const HttpRequest& request) -> StatusOr<HttpResponse> {
    EXPECT_EQ(request.reply_bytes, 1000u);
    return Status(Code::kLimitExceeded, "more", "host");
  });
  limits.page_bytes = 1000;
  const auto large = Store().Get("k");
  EXPECT_EQ(large.code(), Code::kLimitExceeded);
  EXPECT_EQ(large.status().ToString(), "pages:k: the page has more than 1000 bytes (limit page_bytes)");
  Answer([](const HttpRequest&) { return kThere; });
  transport->requests.clear();
  for (const std::string& key : {std::string(), std::string(1025, 'k'), std::string("a\0b", 3)}) {
    EXPECT_EQ(Store().Get(key).code(), Code::kInvalidArgument);
    EXPECT_EQ(Store().Create(key, "", "", {"op", {}}).code(), Code::kInvalidArgument);
    EXPECT_EQ(Store().Delete(key, "e1", {"op", {}}).code(), Code::kInvalidArgument);
  }
  EXPECT_TRUE(transport->requests.empty());
  EXPECT_TRUE(Store().Head(std::string(1024, 'k')).ok());
}

// What answers but a listing or a page has no need to be long.
TEST_F(S3StoreTest, AnswersHaveTheirBounds) {
  Answer([](const HttpRequest& request) {
    const bool is_page = request.method == "GET" && request.query.empty();
    EXPECT_EQ(request.reply_bytes, is_page ? 5000u : 65536u) << request.method << " " << request.query;
    return request.method == "HEAD" ? kThere : request.query == "tagging" ? kNoTags : Reply(request.method == "DELETE" ? 204 : 200, {{"ETag", "\"e2\""}, {"Content-Length", "0"}});
  });
  limits.page_bytes = 5000;
  EXPECT_TRUE(Store().Get("k").ok());
  EXPECT_TRUE(Store().Replace("k", "x", "e1", {"op", {}}).ok());
  EXPECT_TRUE(Store().Create("k", "x", "", {"op", {}}).ok());
  EXPECT_TRUE(Store().Delete("k", "e1", {"op", {}}).ok());
}

TEST_F(S3StoreTest, ManyAreReadAtOnce) {
  Answer([](const HttpRequest& request) { return request.path == "/k7" ? Refused(404, "NoSuchKey") : Reply(200, {{"ETag", "\"e\""}, {"Content-Length", std::to_string(request.path.size())}}, request.path); });
  std::vector<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.push_back("k" + std::to_string(i));
  const auto answers = Store().GetMany(keys);
  ASSERT_EQ(answers.size(), 100u);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(answers[i].ok() ? answers[i]->bytes : "", i == 7 ? "" : "/k" + std::to_string(i));
  EXPECT_EQ(answers[7].code(), Code::kNotFound);
}

// A server that keeps the conditions it is told to keep, and overwrites and deletes without a word otherwise.
struct Endpoint {
  bool writes = true, deletes = true, quoted = true, unique = false;
  int refuses_with = 412;
  int writes_seen = 0;
  std::map<std::string, std::string> objects;  // path → bytes

  HttpResponse operator()(const HttpRequest& request) {
    const auto found = objects.find(request.path);
    const std::string etag = found == objects.end() ? "" : EtagOf(found->second);
    const std::string match = HeaderOf(request, "if-match"), none = HeaderOf(request, "if-none-match");
    const bool heeds = request.method == "PUT" ? writes : request.method == "DELETE" && deletes;
    if (heeds && ((!none.empty() && found != objects.end()) || (!match.empty() && match != (quoted ? "\"" + etag + "\"" : etag)))) return Reply(refuses_with);
    if (request.method == "DELETE") return objects.erase(request.path), Reply(204);
    if (request.method == "PUT") {
      objects[request.path] = request.body;
      ++writes_seen;
      return Reply(200, {{"ETag", "\"" + EtagOf(request.body) + "\""}});
    }
    if (found == objects.end()) return request.method == "HEAD" ? Reply(404) : Refused(404, "NoSuchKey");
    if (request.query == "tagging") return Reply(501);
    return Reply(200, {{"ETag", "\"" + etag + "\""}, {"Content-Length", std::to_string(found->second.size())}}, request.method == "GET" ? found->second : "");
  }

 private:
  std::string EtagOf(const std::string& bytes) const { return Sha256Hex(bytes + (unique ? std::to_string(writes_seen) : "")).substr(0, 32); }
};

class S3EndpointTest : public S3StoreTest {
 protected:
  S3EndpointTest() {
    settings.endpoint = "http://127.0.0.1:1";
    settings.path_style = true;
    Answer([this](const HttpRequest& request) { return endpoint(request); });
    endpoint.objects["/bkt/k"] = "theirs";
  }
  Version Now() { return Store().Head("k")->version; }
  Endpoint endpoint;
};

TEST_F(S3EndpointTest, OneThatKeepsConditionsIsTriedOnceAndTrusted) {
  const auto replaced = Store().Replace("k", "ours", Now(), {"op", {}});
  ASSERT_TRUE(replaced.ok()) << replaced.status().ToString();
  auto tried = transport->requests.size();
  const auto again = Store().Replace("k", "ours again", replaced->version, {"op", {}});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(transport->requests.size(), tried + 3);
  const auto made = Store().Create("m", "new", "", {"op", {}});
  ASSERT_TRUE(made.ok());
  EXPECT_TRUE(Store().Delete("k", again->version, {"op", {}}).ok());
  tried = transport->requests.size();
  EXPECT_TRUE(Store().Delete("m", made->version, {"op", {}}).ok());
  EXPECT_EQ(transport->requests.size(), tried + 2);
  EXPECT_TRUE(endpoint.objects.empty()) << "the probe's objects are gone";
}

// Who never deletes needs no such right; the probe's object is taken away where it can be.
TEST_F(S3EndpointTest, DeletesAreTriedByADeleteAlone) {
  ASSERT_TRUE(Store().Replace("k", "ours", Now(), {"op", {}}).ok());
  for (const HttpRequest& request : transport->requests) EXPECT_TRUE(request.method != "DELETE" || HeaderOf(request, "if-match").empty());
  EXPECT_EQ(Sent("DELETE"), 1u);
  Answer([this](const HttpRequest& request) { return request.method == "DELETE" ? Refused(403, "AccessDenied") : endpoint(request); });
  store = nullptr;
  EXPECT_TRUE(Store().Replace("k", "ours again", Now(), {"op", {}}).ok());
  EXPECT_EQ(Store().Delete("k", Now(), {"op", {}}).code(), Code::kPermissionDenied);
}

TEST_F(S3EndpointTest, OneWhoseVersionsNeverRepeatIsTrusted) {
  endpoint.unique = true;
  const auto created = Store().Create("new", "ours", "", {"op", {}});
  EXPECT_TRUE(created.ok()) << created.status().ToString();
  EXPECT_EQ(Store().Delete("k", "another", {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_TRUE(Store().Delete("k", Now(), {"op", {}}).ok());
}

TEST_F(S3EndpointTest, OneWithoutConditionsSaysSo) {
  endpoint.refuses_with = 501;
  EXPECT_EQ(Store().Create("new", "x", "", {"op", {}}).code(), Code::kUnimplemented);
  Answer([this](const HttpRequest& request) { return HeaderOf(request, "if-none-match").empty() ? endpoint(request) : Reply(501); });
  store = nullptr;
  EXPECT_EQ(Store().Replace("k", "x", Now(), {"op", {}}).code(), Code::kUnimplemented);
  endpoint.refuses_with = 412;
  Answer([this](const HttpRequest& request) { return request.method == "DELETE" && !HeaderOf(request, "if-match").empty() ? Reply(501) : endpoint(request); });
  store = nullptr;
  EXPECT_EQ(Store().Delete("k", Now(), {"op", {}}).code(), Code::kUnimplemented);
  EXPECT_EQ(endpoint.objects, (std::map<std::string, std::string>{{"/bkt/k", "theirs"}}));
}

// Bare ETags that are not compared at all are no condition.
TEST_F(S3EndpointTest, OneThatTakesAnyBareVersionIsNotWrittenTo) {
  Answer([this](HttpRequest request) {
    if (const std::string match = HeaderOf(request, "if-match"); match.starts_with('"')) return Reply(412);
    std::erase_if(request.headers, [](const HttpHeader& header) { return LowerHeaderName(header.name) == "if-match"; });
    return endpoint(request);
  });
  EXPECT_EQ(Store().Replace("k", "ours", Now(), {"op", {}}).code(), Code::kUnimplemented);
  EXPECT_EQ(endpoint.objects, (std::map<std::string, std::string>{{"/bkt/k", "theirs"}}));
}

TEST_F(S3EndpointTest, OneThatCannotBeReachedSaysWhy) {
  Answer([](const HttpRequest&) { return Status(Code::kUnavailable, "could not be reached: refused", "host"); });
  const auto refused = Store().Replace("k", "ours", "e1", {"op", {}});
  EXPECT_EQ(refused.code(), Code::kUnavailable);
  EXPECT_NE(refused.status().message().find("the endpoint could not be tried; nothing was written"), std::string::npos) << refused.status().ToString();
  EXPECT_NE(refused.status().message().find("could not be reached: refused"), std::string::npos) << refused.status().ToString();
}

// A run that is told of an unknown outcome, or of a page that is gone, looks at the page; this was the probe's object.
TEST_F(S3EndpointTest, OneThatCannotBeTriedHasDoneNothingToThePage) {
  for (const StatusOr<HttpResponse>& answer : std::vector<StatusOr<HttpResponse>>{Status(Code::kUnknownOutcome, "cut off", "host"), Status(Code::kLimitExceeded, "more", "host"),
                                                                                 Refused(404, "NoSuchKey"), Refused(409, "ConditionalRequestConflict"), Reply(500), Reply(412)}) {
    int puts = 0;
    for (const int broken : {1, 2, 3}) {
      puts = 0;
      store = nullptr;
      Answer([&](const HttpRequest& request) { return request.method == "PUT" && ++puts == broken ? answer : endpoint(request); });
      const auto refused = Store().Replace("k", "ours", Now(), {"op", {}});
      if (answer.ok() && answer->status == 412 && broken > 1) continue;  // that is what was asked
      EXPECT_EQ(refused.code(), Code::kUnavailable) << refused.status().ToString();
      EXPECT_NE(refused.status().message().find("the endpoint could not be tried; nothing was written"), std::string::npos) << refused.status().ToString();
      EXPECT_EQ(endpoint.objects, (std::map<std::string, std::string>{{"/bkt/k", "theirs"}}));
    }
  }
}

TEST_F(S3EndpointTest, OneWithoutQuotationMarksToo) {
  endpoint.quoted = false;
  const auto replaced = Store().Replace("k", "ours", Now(), {"op", {}});
  ASSERT_TRUE(replaced.ok()) << replaced.status().ToString();
  EXPECT_TRUE(Store().Delete("k", replaced->version, {"op", {}}).ok());
  EXPECT_TRUE(endpoint.objects.empty());
}

TEST_F(S3EndpointTest, OneThatOverwritesIsNotWrittenTo) {
  endpoint.writes = false;
  const auto refused = Store().Replace("k", "ours", Now(), {"op", {}});
  EXPECT_EQ(refused.code(), Code::kUnimplemented);
  EXPECT_NE(refused.status().message().find("ignores conditions on writes"), std::string::npos);
  EXPECT_EQ(Store().Create("new", "x", "", {"op", {}}).code(), Code::kUnimplemented);
  EXPECT_EQ(endpoint.objects, (std::map<std::string, std::string>{{"/bkt/k", "theirs"}}));
}

TEST_F(S3EndpointTest, WhatAPageCarriesIsReadJustBeforeTheWrite) {
  const Version before = Now();
  ASSERT_TRUE(Store().Replace("k", "ours", before, {"op", {}}).ok());
  std::vector<std::string> sent;
  for (auto one = transport->requests.end() - 3; one != transport->requests.end(); ++one) sent.push_back(one->method + " " + one->path + one->query);
  EXPECT_EQ(sent, (std::vector<std::string>{"HEAD /bkt/k", "GET /bkt/ktagging", "PUT /bkt/k"}));
}

TEST_F(S3EndpointTest, OneThatDeletesIsNotTrustedWithADelete) {
  endpoint.deletes = false;
  const auto refused = Store().Delete("k", Now(), {"op", {}});
  EXPECT_EQ(refused.code(), Code::kUnimplemented);
  EXPECT_NE(refused.message().find("\"deletes\": \"checked\""), std::string::npos);
  EXPECT_EQ(endpoint.objects.count("/bkt/k"), 1u);
  EXPECT_TRUE(Store().Replace("k", "ours", Now(), {"op", {}}).ok());
  settings.deletes_checked = true;
  store = nullptr;
  EXPECT_EQ(Store().Delete("k", "another", {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_TRUE(Store().Delete("k", Now(), {"op", {}}).ok());
  EXPECT_EQ(Store().Delete("k", "any", {"op", {}}).code(), Code::kNotFound);
}

TEST_F(S3EndpointTest, OneThatCannotBeTriedIsTriedAgainLater) {
  bool may = false;
  Answer([&](const HttpRequest& request) { return request.method == "PUT" && !may ? Refused(403, "AccessDenied") : endpoint(request); });
  EXPECT_EQ(Store().Replace("k", "ours", Now(), {"op", {}}).code(), Code::kPermissionDenied);
  may = true;
  EXPECT_TRUE(Store().Replace("k", "ours", Now(), {"op", {}}).ok());
}

TEST(AwsAdapters, SettingsAreChecked) {
  AdapterRegistry registry;
  RegisterAwsAdapters(registry);
  EXPECT_TRUE(registry.pages.at("s3").remote);
  MemoryEnvironment environment;
  AdapterContext context;
  context.name = "pages";
  context.environment = &environment;
  const auto code = [&](const Json& settings) { return registry.pages.at("s3").make(context, settings).status(); };
  EXPECT_TRUE(code({{"bucket", "b"}, {"region", "us-east-1"}}).ok());
  EXPECT_TRUE(code({{"bucket", "b"}, {"region", "x"}, {"endpoint", "http://localhost:1"}, {"deletes", "checked"}, {"profile", "p"}, {"requester_pays", true}}).ok());
  for (const Json& wrong : {Json{{"region", "x"}}, Json{{"bucket", 7}, {"region", "x"}}, Json{{"bucket", "s3://b"}, {"region", "x"}}, Json{{"bucket", "b"}, {"region", ""}},
                            Json{{"bucket", "b"}, {"region", "x"}, {"endpoint", "localhost"}}, Json{{"bucket", "b"}, {"region", "x"}, {"endpoint", "http://ann:planted@localhost"}},
                            Json{{"bucket", "b"}, {"region", "x"}, {"endpoint", "http://localhost/?a=planted"}}, Json{{"bucket", "b"}, {"region", "x"}, {"endpoint", "http://local host"}},
                            Json{{"bucket", "b"}, {"region", "x"}, {"endpoint", "http://localhost\n"}}, Json{{"bucket", "b"}, {"region", "x"}, {"endpoint", "http://localhost\x7f"}}, Json{{"bucket", "b"}, {"region", "x"}, {"deletes", "always"}},
                            Json{{"bucket", "b"}, {"region", "x"}, {"path_style", "yes"}}}) {
    const Status status = code(wrong);
    EXPECT_EQ(status.code(), Code::kInvalidArgument) << wrong;
    EXPECT_EQ(status.resource(), "pages");
    EXPECT_EQ(status.message().find("planted"), std::string::npos);
  }
}

}  // namespace
}  // namespace evenkeel::aws
