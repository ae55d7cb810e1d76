// The plan as a document: there and back, and never changed by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet_world.h"
#include "json/base64.h"

namespace evenkeel {
namespace {

using ::testing::HasSubstr;

Plan SmallPlan() {
  FleetWorld world = IncidentWorld(std::string(kFullPage) + "<p>caf\xE9</p>", kBarePage);
  world.fleet.policy.retire = Retire::kRedirect;
  world.fleet.policy.authority["captain"] = {{kRecords, kListings}};
  world.records["S2FJLN"]["captain"] = "Gene, Ana";
  world.listings["jonathan-crew-booking"]["captain"] = "Bea";
  return world.Planned();
}

TEST(PlanDocument, ThereAndBack) {
  const Plan plan = SmallPlan();
  const Json json = PlanToJson(plan);
  const StatusOr<Plan> read = PlanFromJson(json);
  ASSERT_TRUE(read.ok()) << read.status().ToString();
  EXPECT_EQ(DumpJson(PlanToJson(*read)), DumpJson(json));
  EXPECT_EQ(HashOfPlan(*read), plan.hash);
  ASSERT_EQ(read->bookings.size(), plan.bookings.size());
  EXPECT_EQ(read->bookings[0].actions, plan.bookings[0].actions);
  EXPECT_EQ(read->bookings[0].verdicts.size(), plan.bookings[0].verdicts.size());
}

TEST(PlanDocument, MadeAtIsNotInTheHash) {
  Json json = PlanToJson(SmallPlan());
  json["made_at"] = "2026-05-22T00:00:00Z";
  EXPECT_TRUE(PlanFromJson(json).ok());
}

TEST(PlanDocument, ChangedByHandIsRefused) {
  const Json json = PlanToJson(SmallPlan());
  Json other_time = json, new_member = json, dropped = json;
  other_time["bookings"][0]["title"] = "somebody else";
  new_member["note"] = "harmless";
  dropped["bookings"][0]["actions"].erase(0);
  for (const Json& changed : {other_time, new_member, dropped}) {
    const StatusOr<Plan> read = PlanFromJson(changed);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.code(), Code::kInvalidArgument);
    EXPECT_THAT(read.status().message(), HasSubstr("evenkeel plan"));
  }
}

TEST(PlanDocument, WhatIsNoPlanIsNamed) {
  EXPECT_THAT(PlanFromJson(Json::array()).status().message(), HasSubstr("is no plan"));
  EXPECT_THAT(PlanFromJson({{"schema", "evenkeel.plan/2"}}).status().message(), HasSubstr("evenkeel.plan/2"));
  EXPECT_EQ(PlanFromJson({{"schema", "evenkeel.plan/1"}}).status().resource(), "plan");
}

TEST(PlanDocument, AMemberOfTheWrongTypeIsNamedByItsPath) {
  Json json = PlanToJson(SmallPlan());
  json["bookings"][0]["actions"][0]["needs"] = "all";
  json.erase("plan");
  Json unsigned_json = json;
  unsigned_json.erase("made_at");
  json["plan"] = "sha256:" + Sha256Hex(DumpJson(unsigned_json));
  EXPECT_EQ(PlanFromJson(json).status().resource(), "bookings[0].actions[0].needs");
}

TEST(Base64, ThereAndBack) {
  for (const std::string& bytes : {std::string(), std::string("f"), std::string("fo"), std::string("foo"), std::string("\0\xFF\xFE", 3)}) {
    EXPECT_EQ(DecodeBase64(EncodeBase64(bytes)), bytes);
  }
  EXPECT_EQ(EncodeBase64("foobar"), "Zm9vYmFy");  // RFC 4648, section 10
  for (const char* bad : {"Zg", "Zg=", "Z===", "Zh==", "Zm9v!mFy", "=Zm9"}) EXPECT_FALSE(DecodeBase64(bad)) << bad;
}

TEST(Utf8, WellFormedOrNot) {
  for (const char* good : {"", "a", "\xC3\xA9", "\xE2\x80\x93", "\xF0\x9F\x8C\x85"}) EXPECT_TRUE(IsUtf8(good)) << good;
  for (const char* bad : {"\xE9", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x80", "\x80"}) EXPECT_FALSE(IsUtf8(bad)) << bad;
}

}  // namespace
}  // namespace evenkeel
