// Endpoints that are not AWS's, and what they are trusted with.
#include "digest/sha256.h"
#include "s3_test.h"

namespace evenkeel::aws {
namespace {

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

}  // namespace
}  // namespace evenkeel::aws
