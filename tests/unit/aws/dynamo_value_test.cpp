#include "aws/dynamo_value.h"

#include <gtest/gtest.h>

#include "evenkeel/json.h"

namespace evenkeel::aws {
namespace {

Json N(const char* digits) { return {{"N", digits}}; }
Json S(const char* text) { return {{"S", text}}; }

TEST(DynamoValue, NumbersKeepTheirDigits) {
  for (const char* digits : {"0", "-1", "1530", "1780180200000", "18446744073709551615", "-9223372036854775808", "0.1", "15.5", "-0.25"}) {
    const auto read = DecodeValue(N(digits));
    ASSERT_TRUE(read) << digits;
    EXPECT_TRUE(read->is_number()) << digits;
    EXPECT_EQ(DumpJson(*read), digits);
    EXPECT_EQ(*EncodeValue(*read, nullptr), N(digits));
  }
  for (const char* digits : {"18446744073709551616", "12345678901234567890.123456789", "0.1000000000000000055511151231257827", "10000000000000000000000000000000000000",
                             "99999999999999999999999999999999999999000000000000000000"}) {
    EXPECT_EQ(DecodeValue(N(digits)), Json(digits)) << "as a text, for no number of JSON's holds it";
    EXPECT_EQ(*EncodeValue(Json(digits), &static_cast<const Json&>(N("1"))), N(digits)) << "and stays a number";
  }
  EXPECT_EQ(*EncodeValue(15.0, &static_cast<const Json&>(N("15.5"))), N("15")) << "as DynamoDB writes it";
}

TEST(DynamoValue, AnAttributeKeepsItsType) {
  const Json text = S("15:30"), number = N("1530"), set = {{"SS", {"a"}}}, flag = {{"BOOL", true}}, none = {{"NULL", true}}, numbers = {{"NS", {"1"}}};
  EXPECT_EQ(EncodeValue(1530, &text).code(), Code::kInvalidArgument);
  EXPECT_EQ(EncodeValue("16:30", &number).code(), Code::kInvalidArgument);
  EXPECT_EQ(*EncodeValue("1630", &text), S("1630"));
  EXPECT_EQ(*EncodeValue(1630, &number), N("1630"));
  EXPECT_EQ(EncodeValue("a", &set).code(), Code::kInvalidArgument);
  EXPECT_EQ(EncodeValue(Json::array(), &set).code(), Code::kInvalidArgument) << "there is no empty set";
  EXPECT_EQ(EncodeValue({"a", "a"}, &set).code(), Code::kInvalidArgument);
  EXPECT_EQ(*EncodeValue({"b", "a"}, &set), (Json{{"SS", {"b", "a"}}}));
  EXPECT_EQ(*EncodeValue({2, 1.50}, &numbers), (Json{{"NS", {"2", "1.5"}}}));
  EXPECT_EQ(EncodeValue({"x"}, &numbers).code(), Code::kInvalidArgument);
  EXPECT_EQ(EncodeValue(1, &flag).code(), Code::kInvalidArgument);
  EXPECT_EQ(*EncodeValue(nullptr, &text), none);
  EXPECT_EQ(*EncodeValue("15:30", &none), text);
  EXPECT_EQ(*EncodeValue({{"a", {1, "b", true, nullptr}}}, nullptr),
            (Json{{"M", {{"a", {{"L", {N("1"), S("b"), {{"BOOL", true}}, none}}}}}}}));
  EXPECT_EQ(EncodeValue(1e300, nullptr).code(), Code::kInvalidArgument) << "it would come back in other digits";
}

TEST(DynamoValue, WhatNobodyCanReadStays) {
  EXPECT_FALSE(DecodeValue({{"B", "AA=="}}));
  EXPECT_FALSE(DecodeValue({{"BS", {"AA=="}}}));
  EXPECT_FALSE(DecodeValue({{"FUTURE", 1}}));
  EXPECT_FALSE(DecodeValue({{"S", 1}}));
  EXPECT_FALSE(DecodeValue({{"S", "a"}, {"N", "1"}}));
  EXPECT_FALSE(DecodeValue("a"));
  const Json crew = {{"L", {{{"M", {{"name", S("Tom")}, {"badge", {{"B", "AA=="}}}, {"pay", N("0.30000000000000000001")}}}}, {{"M", {{"name", S("Ana")}}}}}}};
  Json read = *DecodeValue(crew);
  EXPECT_EQ(read, Json::parse(R"([{"name":"Tom","pay":"0.30000000000000000001"},{"name":"Ana"}])"));
  read.erase(1);
  read.push_back({{"name", "Ida"}});
  const Json written = *EncodeValue(read, &crew);
  EXPECT_EQ(written["L"][0], crew["L"][0]);
  EXPECT_EQ(written["L"][1], (Json{{"M", {{"name", S("Ida")}}}}));
}

TEST(DynamoValue, SetsHaveNoOrder) {
  EXPECT_EQ(CanonicalValue({{"L", {{{"SS", {"b", "a"}}}}}}), CanonicalValue({{"L", {{{"SS", {"a", "b"}}}}}}));
  EXPECT_NE(CanonicalValue({{"L", {S("b"), S("a")}}}), CanonicalValue({{"L", {S("a"), S("b")}}}));
}

}  // namespace
}  // namespace evenkeel::aws
