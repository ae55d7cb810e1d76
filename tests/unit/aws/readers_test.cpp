// A bucket read by many threads at once, through the client they share. For the thread sanitizer, too.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "evenkeel/aws/aws.h"
#include "evenkeel/evenkeel.h"
#include "evenkeel/memory_stores.h"
#include "memory_state.h"

namespace evenkeel::aws {
namespace {

constexpr int kPagesOfBucket = 300;

std::string KeyOf(int number) { return "g/2026-05-" + std::to_string(number % 20 + 10) + "-guest" + std::to_string(number) + ".html"; }

// It answers from many threads at once; every ninth page is refused the first time it is asked for.
class Bucket final : public HttpTransport {
 public:
  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    const std::size_t now = ++at_once_;
    for (std::size_t most = at_once_most; now > most && !at_once_most.compare_exchange_weak(most, now);) {
    }
    auto answer = Answer(request);
    --at_once_;
    return answer;
  }
  std::atomic<std::size_t> at_once_most{0};

 private:
  StatusOr<HttpResponse> Answer(const HttpRequest& request) {
    if (request.query.starts_with("list-type=2")) return Listing();
    std::this_thread::sleep_for(std::chrono::microseconds(300));
    if (IsRefused(request.path)) return HttpResponse{503, {}, "<Error><Code>SlowDown</Code></Error>"};
    const std::string body = "<p>" + request.path + " 4:30 PM to 7:30 PM</p>";
    return HttpResponse{200, {{"ETag", "\"e\""}, {"Content-Length", std::to_string(body.size())}, {"Content-Type", "text/html"}}, body};
  }
  bool IsRefused(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return std::hash<std::string>()(path) % 9 == 0 && asked_.insert(path).second;
  }
  static HttpResponse Listing() {
    std::string body = "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>";
    for (int i = 0; i < kPagesOfBucket; ++i) body += "<Contents><Key>" + KeyOf(i) + "</Key><ETag>\"e\"</ETag><Size>60</Size></Contents>";
    return {200, {}, body + "</ListBucketResult>"};
  }

  std::atomic<std::size_t> at_once_{0};
  std::mutex mutex_;
  std::set<std::string> asked_;
};

StatusOr<Snapshot> Read(int readers, const std::shared_ptr<Bucket>& bucket) {
  MemoryEnvironment environment(*ParseInstant("2026-05-21T00:00:00Z"));
  const auto zones = MakeSystemZoneSource();
  AdapterRegistry registry;
  RegisterAwsAdapters(registry, {bucket, MakeStaticCredentials({"AKIDEXAMPLE", "secret", "token", {}})});
  registry.states["memory"] = MemoryState();
  const std::string text = R"({"schema": "evenkeel.fleet/1", "zone": "America/Los_Angeles", "state": {"adapter": "memory"}, "policy": {"single_host": true}, "pages":
                              [{"name": "pages", "adapter": "s3", "bucket": "b", "region": "us-west-2", "prefix": "g/", "slug": "{date}-{guest}", "readers": )" + std::to_string(readers) + "}]}";
  auto fleet = OpenFleetText(text, "fleet.json", registry, environment, *zones);
  if (!fleet.ok()) return fleet.status();
  return Observe(*fleet);
}

TEST(ReadersOfABucket, SeeWhatOneSees) {
  const auto one_bucket = std::make_shared<Bucket>(), many_bucket = std::make_shared<Bucket>();
  const auto one = Read(1, one_bucket), many = Read(24, many_bucket);
  ASSERT_TRUE(one.ok()) << one.status().ToString();
  ASSERT_TRUE(many.ok()) << many.status().ToString();
  ASSERT_EQ(one->resources.size(), static_cast<std::size_t>(kPagesOfBucket));
  ASSERT_EQ(many->resources.size(), one->resources.size());
  for (std::size_t i = 0; i < one->resources.size(); ++i) {
    EXPECT_EQ(many->resources[i].resource, one->resources[i].resource);
    EXPECT_EQ(many->resources[i].claims, one->resources[i].claims);
    EXPECT_EQ(many->resources[i].problem, one->resources[i].problem);
  }
  EXPECT_EQ(one_bucket->at_once_most, 1u);
  EXPECT_GT(many_bucket->at_once_most, 1u);
  EXPECT_LE(many_bucket->at_once_most, 25u);
}

}  // namespace
}  // namespace evenkeel::aws
