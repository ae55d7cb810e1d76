// The adapters of evenkeel::aws under every contract, on real servers. tests/run.sh --full starts them and says where they are
// (EVENKEEL_S3_ENDPOINT); without them there is nothing to test here.
#include <unistd.h>

#include <cstdlib>

#include "aws/client.h"
#include "aws/s3_bucket.h"
#include "contract/scratch.h"
#include "contract/worlds.h"
#include "evenkeel/aws/aws.h"

namespace evenkeel::contract {
namespace {

// One bucket of its own.
class S3 final : public ObjectWorld {
 public:
  S3() { EXPECT_EQ(Send("PUT", "", {}).status / 100, 2); }
  ~S3() override {
    auto listing = Open()->List("", "");
    if (!listing.ok()) return;
    for (const ObjectInfo& info : listing->objects) DeleteForeign(info.key);
    static_cast<void>(Send("DELETE", "", {}));
  }
  std::unique_ptr<ObjectStore> Open() override {
    AdapterRegistry adapters;  // one for each handle: connections are not shared by processes
    aws::RegisterAwsAdapters(adapters, {nullptr, Keys()});
    return MakeStore(adapters.pages, "s3", scratch_.Context("pages"),
                     {{"bucket", settings_.bucket}, {"region", settings_.region}, {"endpoint", settings_.endpoint}, {"deletes", "checked"}});
  }
  bool OutlivesProcess() const override { return true; }
  bool MayLeaveOpen() const override { return true; }  // radosgw answers 500 to some of the writes that lose
  void PutForeign(std::string_view key, std::string_view bytes) override { EXPECT_EQ(Send("PUT", key, bytes).status, 200); }
  void DeleteForeign(std::string_view key) override { static_cast<void>(Send("DELETE", key, {})); }

 private:
  static std::shared_ptr<aws::CredentialsProvider> Keys() { return aws::MakeStaticCredentials({"RGWTESTKEY", "RGWTESTSECRET", {}, {}}); }
  static aws::S3Settings Settings() {
    static std::atomic<int> count = 0;
    aws::S3Settings settings;
    settings.bucket = "ek-" + std::to_string(getpid()) + "-" + std::to_string(++count);
    settings.region = "us-east-1";
    settings.endpoint = std::getenv("EVENKEEL_S3_ENDPOINT");
    settings.path_style = true;
    return settings;
  }
  aws::HttpResponse Send(const char* method, std::string_view key, std::string_view bytes) {
    const auto transport = aws::MakeCurlTransport({});
    const auto keys = Keys();
    aws::Client client(settings_.region, "s3", *transport, *keys, scratch_.environment());
    aws::HttpRequest request = aws::S3Bucket(settings_, client).Request(method, key);
    request.body = bytes;
    auto response = client.Send(request);
    EXPECT_OK(response);
    return response.ok() ? *response : aws::HttpResponse{};
  }

  Scratch scratch_;
  const aws::S3Settings settings_ = Settings();
};

std::vector<Case<ObjectWorld>> S3Cases() {
  if (std::getenv("EVENKEEL_S3_ENDPOINT") == nullptr) return {};
  return {{"S3", [] { return std::make_unique<S3>(); }}};
}

INSTANTIATE_TEST_SUITE_P(Aws, ObjectStoreContract, testing::ValuesIn(S3Cases()), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
