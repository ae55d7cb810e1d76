// What is read of a bucket.
#include <filesystem>
#include <fstream>
#include <set>

#include "evenkeel/json.h"
#include "s3_test.h"

namespace evenkeel::aws {
namespace {

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

TEST_F(S3StoreTest, AListingThatLeadsToWhereItWasIsAnError) {
  Answer([](const HttpRequest&) {
    return Reply(200, {}, "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>");
  });
  ASSERT_EQ(Store().List("g/", "")->cursor, "t");
  const Status round = Store().List("g/", "t").status();
  EXPECT_EQ(round.code(), Code::kUnavailable);
  EXPECT_NE(round.message().find("leads to where it was"), std::string::npos);
}

TEST_F(S3StoreTest, AVersionOfTheBucketIsNamed) {
  const auto kept = [&](const char* id) {
    Answer([id](const HttpRequest&) { return Reply(200, {{"ETag", "\"e1\""}, {"Content-Length", "0"}, {"x-amz-version-id", id}}); });
    EXPECT_EQ(Store().Get("k")->info.kept_as, Store().Head("k")->kept_as);
    return Store().Head("k")->kept_as;
  };
  EXPECT_EQ(kept("3HL4kqtJlcpXroDTDmjVBH40Nrjfkd"), "3HL4kqtJlcpXroDTDmjVBH40Nrjfkd");
  EXPECT_EQ(kept("null"), "") << "of before the bucket kept versions";
}

TEST_F(S3StoreTest, AWebsitesRedirectIsReadWhereTheBucketServesOne) {
  Answer([](const HttpRequest&) { return Reply(200, {{"ETag", "\"e1\""}, {"Content-Length", "0"}, {"x-amz-website-redirect-location", "/g/y.html"}}); });
  EXPECT_EQ(Store().Get("k")->info.redirect_to, "");
  settings.website = true;
  store = nullptr;
  EXPECT_EQ(Store().Get("k")->info.redirect_to, "/g/y.html");
  EXPECT_EQ(Store().Head("k")->redirect_to, "/g/y.html");
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

}  // namespace
}  // namespace evenkeel::aws
