// The adapters of evenkeel::aws under every contract: on our fake of AWS's services, and on real servers where tests/run.sh --full has started
// them and says where they are (EVENKEEL_S3_ENDPOINT).
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <set>

#include "aws/client.h"
#include "aws/fake_aws.h"
#include "aws/parallel.h"
#include "aws/s3_bucket.h"
#include "contract/scratch.h"
#include "contract/worlds.h"
#include "evenkeel/aws/aws.h"

namespace evenkeel::contract {
namespace {

struct S3Host {
  std::string endpoint;
  std::shared_ptr<aws::CredentialsProvider> keys;
  bool honours_deletes = true;
  bool may_leave_open = false;
};
// radosgw ignores conditions on deletes, and answers 500 to some of the writes that lose.
S3Host Radosgw() { return {std::getenv("EVENKEEL_S3_ENDPOINT"), aws::MakeStaticCredentials({"RGWTESTKEY", "RGWTESTSECRET", {}, {}}), false, true}; }
S3Host Fake() { return {aws::FakeAws::Shared().endpoint(), aws::FakeAws::Keys()}; }

// One bucket of its own.
class S3 final : public ObjectWorld {
 public:
  explicit S3(S3Host host) : host_(std::move(host)) { EXPECT_EQ(Send("PUT", "", {}).status / 100, 2); }
  ~S3() override {
    auto listing = Open()->List("", "");
    if (!listing.ok()) return;
    for (const ObjectInfo& info : listing->objects) DeleteForeign(info.key);  // a bucket that is not empty stays until its server goes
    static_cast<void>(Send("DELETE", "", {}));
  }
  std::unique_ptr<ObjectStore> Open() override { return Open(Json::object()); }
  std::unique_ptr<ObjectStore> Open(const Json& more) {
    AdapterRegistry adapters;  // one for each handle: connections are not shared by processes
    aws::RegisterAwsAdapters(adapters, {nullptr, host_.keys});
    Json settings = {{"bucket", settings_.bucket}, {"region", settings_.region}, {"endpoint", settings_.endpoint}};
    if (!host_.honours_deletes) settings["deletes"] = "checked";
    settings.update(more);
    return MakeStore(adapters.pages, "s3", scratch_.Context("pages"), settings);
  }
  bool OutlivesProcess() const override { return true; }
  bool MayLeaveOpen() const override { return host_.may_leave_open; }
  void PutForeign(std::string_view key, std::string_view bytes) override { PutForeign(key, bytes, {}); }
  void PutForeign(std::string_view key, std::string_view bytes, std::vector<HttpHeader> headers) {
    EXPECT_EQ(Send("PUT", key, bytes, std::move(headers)).status, 200);
  }
  void DeleteForeign(std::string_view key) override { static_cast<void>(Send("DELETE", key, {})); }

  // As a stranger, past every condition.
  HttpResponse Send(const char* method, std::string_view key, std::string_view bytes, std::vector<HttpHeader> headers = {}, std::string query = {}) {
    const auto transport = MakeCurlTransport({});
    aws::Client client(settings_.region, "s3", *transport, *host_.keys, scratch_.environment());
    HttpRequest request = aws::S3Bucket(settings_, client).Request(method, key);
    request.body = bytes;
    request.headers = std::move(headers);
    request.query = std::move(query);
    auto response = client.Send(request);
    EXPECT_OK(response);
    return response.ok() ? *response : HttpResponse{};
  }

 private:
  aws::S3Settings Settings() const {
    static std::atomic<int> count = 0;
    aws::S3Settings settings;
    settings.bucket = "ek-" + std::to_string(getpid()) + "-" + std::to_string(++count);
    settings.region = "us-east-1";
    settings.endpoint = host_.endpoint;
    settings.path_style = true;
    return settings;
  }
  Scratch scratch_;
  const S3Host host_;
  const aws::S3Settings settings_ = Settings();
};

std::vector<Case<ObjectWorld>> S3Cases() {
  std::vector<Case<ObjectWorld>> cases = {{"S3Fake", [] { return std::make_unique<S3>(Fake()); }}};
  if (std::getenv("EVENKEEL_S3_ENDPOINT") != nullptr) cases.push_back({"S3", [] { return std::make_unique<S3>(Radosgw()); }});
  return cases;
}

// What only a server shows: pages of a listing past a thousand keys, and keys that a careless client spells otherwise.
class S3Server : public testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("EVENKEEL_S3_ENDPOINT") == nullptr) GTEST_SKIP() << "there is no server (EVENKEEL_S3_ENDPOINT)";
    world = std::make_unique<S3>(Radosgw());
    store = world->Open();
  }
  std::set<std::string> ListAll() {
    std::set<std::string> keys;
    std::string cursor;
    do {
      auto page = store->List("", cursor);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const ObjectInfo& info : page->objects) EXPECT_TRUE(keys.insert(info.key).second) << info.key;
      cursor = page->cursor;
    } while (!cursor.empty());
    return keys;
  }
  std::unique_ptr<S3> world;
  std::unique_ptr<ObjectStore> store;
};

TEST_F(S3Server, AListingHasAsManyPagesAsItNeeds) {
  std::vector<std::string> keys;
  for (int i = 0; i < 1'100; ++i) keys.push_back("g/" + std::to_string(i) + ".html");
  ASSERT_OK(store->Create(keys[0], keys[0], "text/html", {"op", {}}));  // the endpoint is tried once, before the rest
  std::atomic<int> failed = 0;
  aws::ForEachAtOnce(keys.size() - 1, 8, [&](std::size_t i) { failed += store->Create(keys[i + 1], keys[i + 1], "text/html", {"op", {}}).ok() ? 0 : 1; });
  EXPECT_EQ(failed, 0);
  const auto first = store->List("g/", "");
  ASSERT_OK(first);
  EXPECT_EQ(first->objects.size(), 1'000u);
  EXPECT_EQ(ListAll(), std::set<std::string>(keys.begin(), keys.end()));
  const auto objects = store->GetMany(keys);
  for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(objects[i].ok() ? objects[i]->bytes : "", keys[i]);
}

TEST_F(S3Server, OddKeysAreKeptAsTheyAre) {
  const std::set<std::string> keys = {"g/a b.html", "g/a+b.html", "g/100%.html", "g/%20.html", "g/\xc3\xbc\xe2\x82\xac.html", "g//double", "g/./dot", "g/x/../up",
                                      "g/'()*!~&=;:@,$.html", "g/?#[]{}|^`\\\"<>.html", " lead", "trail ", "g/tab\there", std::string(1024, 'k')};
  for (const std::string& key : keys) {
    SCOPED_TRACE(key);
    auto made = store->Create(key, key, "text/html", {"op/" + key, {}});
    ASSERT_OK(made);
    auto got = store->Get(key);
    ASSERT_OK(got);
    EXPECT_EQ(got->bytes, key);
    EXPECT_EQ(got->info.operation, "op/" + key);
    EXPECT_EQ(got->info.version, made->version);
    EXPECT_OK(store->Replace(key, key + "2", made->version, {"op2", {}}));
  }
  EXPECT_EQ(ListAll(), keys);
  for (const std::string& key : keys) EXPECT_OK(store->Delete(key, store->Head(key)->version, {"op3", {}}));
  EXPECT_TRUE(ListAll().empty());
}

TEST_F(S3Server, WhatAnObjectCarriesOutlivesARewrite) {
  world->PutForeign("k", "A", {{"Content-Type", "text/x-own"}, {"Cache-Control", "max-age=7"}, {"x-amz-meta-owner", "ann"}, {"x-amz-tagging", "a%20b=1%262"}});
  ASSERT_OK(store->Replace("k", "B", store->Head("k")->version, {"op", {}}));
  const HttpResponse head = world->Send("HEAD", "k", {});
  for (const auto& [name, value] : {std::pair("Content-Type", "text/x-own"), std::pair("Cache-Control", "max-age=7"), std::pair("x-amz-meta-owner", "ann")}) {
    ASSERT_NE(head.Find(name), nullptr) << name;
    EXPECT_EQ(*head.Find(name), value);
  }
  EXPECT_NE(world->Send("GET", "k", {}, {}, "tagging").body.find("<Key>a b</Key><Value>1&amp;2</Value>"), std::string::npos);
}

// radosgw 16.2 keeps no condition in such a bucket: it refuses every If-Match and takes every If-None-Match.
TEST_F(S3Server, AVersionOfTheBucketIsNamedAndCanBeHadByItsName) {
  world->PutForeign("k", "before the bucket kept versions");
  EXPECT_EQ(store->Get("k")->info.kept_as, "");
  const char* kEnabled = "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>Enabled</Status></VersioningConfiguration>";
  ASSERT_EQ(world->Send("PUT", "", kEnabled, {}, "versioning").status, 200);
  world->PutForeign("k", "first");
  const std::string first = store->Get("k")->info.kept_as;
  ASSERT_NE(first, "");
  world->PutForeign("k", "second");
  EXPECT_NE(store->Head("k")->kept_as, first);
  world->DeleteForeign("k");
  EXPECT_EQ(store->Get("k").code(), Code::kNotFound) << "a marker stands there";
  EXPECT_EQ(world->Send("GET", "k", {}, {}, "versionId=" + first).body, "first");
  EXPECT_EQ(store->Create("k", "ours", "text/html", {"op", {}}).code(), Code::kUnimplemented) << "it was tried, and is not written to";
  EXPECT_EQ(store->Get("k").code(), Code::kNotFound);
}

TEST_F(S3Server, AWebsitesRedirectComesBack) {
  world->PutForeign("k", "A", {{"x-amz-website-redirect-location", "/g/y"}});
  EXPECT_EQ(store->Get("k")->info.redirect_to, "") << "the fleet file does not say that it serves a website";
  const auto site = world->Open({{"website", true}});
  EXPECT_EQ(site->Get("k")->info.redirect_to, "/g/y");
  ASSERT_OK(site->Replace("k", "<html><body>a page</body></html>", site->Head("k")->version, {"op", {}}));
  EXPECT_EQ(site->Get("k")->info.redirect_to, "");
  ASSERT_OK(site->Replace("k", "<meta http-equiv=\"refresh\" content=\"0; url=https://x.org/z\">", site->Head("k")->version, {"op", {}}));
  EXPECT_EQ(site->Get("k")->info.redirect_to, "https://x.org/z");
}

// A distribution of its own, on the fake: there is no server for CloudFront.
class CloudFront final : public EdgeWorld {
 public:
  CloudFront() { aws::FakeAws::Shared().Tell({{"distributions", {{{"id", id_}}}}}); }
  std::unique_ptr<EdgeCache> Open() override {
    AdapterRegistry adapters;
    aws::RegisterAwsAdapters(adapters, {nullptr, aws::FakeAws::Keys()});
    return MakeStore(adapters.edge, "cloudfront", scratch_.Context("edge"), {{"distribution", id_}, {"endpoint", aws::FakeAws::Shared().endpoint()}});
  }
  bool OutlivesProcess() const override { return true; }

 private:
  static std::string NextId() {
    static std::atomic<int> count = 0;
    return "E" + std::to_string(++count);
  }
  Scratch scratch_;
  const std::string id_ = NextId();
};

INSTANTIATE_TEST_SUITE_P(CloudFront, EdgeCacheContract, testing::Values(Case<EdgeWorld>{"CloudFront", [] { return std::make_unique<CloudFront>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Aws, ObjectStoreContract, testing::ValuesIn(S3Cases()), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
