#include <gtest/gtest.h>

#include "evenkeel/zone.h"

namespace evenkeel {
namespace {

constexpr std::string_view kZone = "America/Los_Angeles";

LocalSeconds Local(const char* day, int minutes) {
  return LocalSeconds(date::sys_days(*ParseDate(day)).time_since_epoch() + std::chrono::minutes(minutes));
}

TEST(SystemZones, PlacesInstantsOnTheWallClock) {
  const auto zones = MakeSystemZoneSource();
  const auto local = zones->ToLocal(kZone, *ParseInstant("2026-05-30T22:30:00Z"));
  ASSERT_TRUE(local.ok());
  EXPECT_EQ(local->local, Local("2026-05-30", 15 * 60 + 30));
  EXPECT_EQ(local->abbreviation, "PDT");
  EXPECT_EQ(local->offset, std::chrono::hours(-7));
}

TEST(SystemZones, NamesGapsAndOverlaps) {
  const auto zones = MakeSystemZoneSource();
  const auto gap = zones->ToInstant(kZone, Local("2026-03-08", 2 * 60 + 30));
  ASSERT_TRUE(gap.ok());
  EXPECT_EQ(gap->kind, LocalResolution::Kind::kGap);
  EXPECT_EQ(FormatInstant(gap->instant), "2026-03-08T10:30:00Z") << "the clock ran on: 03:30 PDT";
  EXPECT_EQ(gap->offset, std::chrono::hours(-7));
  const auto twice = zones->ToInstant(kZone, Local("2026-11-01", 90));
  ASSERT_TRUE(twice.ok());
  EXPECT_EQ(twice->kind, LocalResolution::Kind::kAmbiguous);
  EXPECT_EQ(FormatInstant(twice->instant), "2026-11-01T08:30:00Z") << "the earlier of the two";
}

TEST(SystemZones, KnowsOnlyTheDatabaseNames) {
  const auto zones = MakeSystemZoneSource();
  EXPECT_TRUE(zones->Has("UTC"));
  for (const char* name : {"", "Mars/Olympus", "../../etc/passwd", "america/los_angeles", "PT", "/etc/localtime"}) {
    EXPECT_FALSE(zones->Has(name)) << name;
    EXPECT_EQ(zones->ToLocal(name, Instant{}).code(), Code::kInvalidArgument) << name;
  }
}

TEST(SystemZones, SaysWhichDatabaseItReads) {
  const std::string version = MakeSystemZoneSource()->DatabaseVersion();
  EXPECT_TRUE(version == "unknown" || (version.size() >= 5 && version.rfind("20", 0) == 0)) << version;
}

}  // namespace
}  // namespace evenkeel
