// The adapters by their names in a fleet file.
#include "evenkeel/aws/aws.h"

#include <gtest/gtest.h>

#include "evenkeel/json.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::aws {
namespace {

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
  EXPECT_TRUE(code({{"bucket", "b"}, {"region", "x"}, {"endpoint", "http://localhost:1"}, {"deletes", "checked"}, {"profile", "p"}, {"requester_pays", true}, {"website", true}}).ok());
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
