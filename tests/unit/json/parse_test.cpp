#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/json.h"

namespace evenkeel {
namespace {

using ::testing::HasSubstr;

struct Refusal {
  const char* text;
  Code code;
  const char* says;
};

class ParseJsonRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(ParseJsonRefuses, WithPositionAndReason) {
  const StatusOr<Json> json = ParseJson(GetParam().text, "fleet.json");
  ASSERT_FALSE(json.ok());
  EXPECT_EQ(json.code(), GetParam().code);
  EXPECT_EQ(json.status().resource(), "fleet.json");
  EXPECT_THAT(json.status().message(), HasSubstr(GetParam().says));
  EXPECT_EQ(json.status().message().find("json.exception"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ParseJsonRefuses,
    ::testing::Values(Refusal{"{\"a\": 1,\n \"a\": 2}", Code::kInvalidArgument, "the key \"a\" stands twice in one object"},
                      Refusal{"{\"a\": 1,\n \"a\": 2}", Code::kInvalidArgument, "line 2, column 4"},
                      Refusal{"{\"x\": {\"k\": 1, \"k\": 1}}", Code::kInvalidArgument, "\"k\" stands twice"},
                      Refusal{"{\n  \"a\": ,\n}", Code::kInvalidArgument, "line 2, column 8: unexpected ','"},
                      Refusal{"{\"a\": 1,}", Code::kInvalidArgument, "not valid JSON at line 1, column 9"},
                      Refusal{"", Code::kInvalidArgument, "line 1"}, Refusal{"{} {}", Code::kInvalidArgument, "unexpected '{'"},
                      Refusal{"{\"a\": NaN}", Code::kInvalidArgument, "invalid literal"},
                      Refusal{"[\"\xff\"]", Code::kInvalidArgument, "UTF-8"},
                      Refusal{"// no\n{}", Code::kInvalidArgument, "invalid literal"},
                      Refusal{"[1e999]", Code::kInvalidArgument, "number overflow"}));

TEST(ParseJson, LimitsDepthAndSize) {
  const Limits limits{.json_bytes = 40, .json_depth = 3};
  EXPECT_TRUE(ParseJson("[[[1]]]", "x", limits).ok());
  const StatusOr<Json> deep = ParseJson("[[[[1]]]]", "x", limits);
  EXPECT_EQ(deep.code(), Code::kLimitExceeded);
  EXPECT_THAT(deep.status().message(), HasSubstr("json_depth"));
  const StatusOr<Json> large = ParseJson(std::string(41, ' '), "x", limits);
  EXPECT_EQ(large.code(), Code::kLimitExceeded);
  EXPECT_THAT(large.status().message(), HasSubstr("json_bytes"));
}

TEST(ParseJson, SurvivesMillionsOfBrackets) {
  EXPECT_EQ(ParseJson(std::string(1 << 20, '['), "x").code(), Code::kLimitExceeded);
}

TEST(ParseJson, BuildsTheSameDocumentAsTheLibrary) {
  const std::string text = R"({"b":[1,-2,3.5,true,null,"x\u00e9\n",[],{}],"a":{"c":{"d":[[1],[2,{"e":18446744073709551615}]]}},"":0})";
  const StatusOr<Json> json = ParseJson(text, "x");
  ASSERT_TRUE(json.ok()) << json.status().ToString();
  EXPECT_EQ(*json, Json::parse(text));
}

TEST(ParseJson, EqualKeysOfDifferentObjectsAreFine) { EXPECT_TRUE(ParseJson(R"([{"a":1},{"a":2},{"a":{"a":3}}])", "x").ok()); }

TEST(DumpJson, SortsKeysAndReplacesBadBytes) {
  EXPECT_EQ(DumpJson(Json{{"b", 1}, {"a", "\xff"}}), "{\"a\":\"\xEF\xBF\xBD\",\"b\":1}");
  EXPECT_EQ(DumpJsonPretty(Json{{"a", 1}}), "{\n  \"a\": 1\n}");
}

}  // namespace
}  // namespace evenkeel
