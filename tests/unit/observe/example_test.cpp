// The pages of the example fleet, from their bytes to their claims.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "evenkeel/snapshot.h"
#include "read_file.h"

namespace evenkeel {
namespace {

using ::testing::ElementsAre;

Observed Read(const std::string& slug) {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  FleetConfig fleet;
  fleet.zone = "America/Los_Angeles";
  fleet.fields = FieldRegistry::BuiltIn();
  PageStoreConfig pages;
  pages.store.name = "pages";
  pages.prefix = "g/";
  pages.slug = "{date}-{guest}-{label}";
  pages.public_forms = {"https://queenofsandiego.com/g/{slug}", "https://queenofsandiego.com/g/{slug}.html"};
  fleet.pages = {pages};
  ObjectInfo info;
  info.key = "g/" + slug + ".html";
  return ObservePage(fleet, pages, info, ReadFile(std::string(EVENKEEL_SOURCE_DIR) + "/examples/incident/fleet/site/" + info.key), *zones);
}

std::set<std::string> Values(const Observed& observed, const std::string& field) {
  std::set<std::string> values;
  for (const Claim& claim : observed.claims) {
    if (claim.field != field) continue;
    const auto* time = std::get_if<LocalDateTime>(&claim.value);
    values.insert(time != nullptr ? FormatMinutes(time->minutes) : FormatValue(claim.value));
    EXPECT_TRUE(claim.evidence.span && claim.evidence.line > 0 && !claim.evidence.carrier.empty());
  }
  return values;
}

bool Has(const Observed& observed, const std::string& kind, const std::string& value) {
  for (const Identifier& identifier : observed.identifiers) {
    if (identifier.kind == kind && identifier.value == value) return true;
  }
  return false;
}

TEST(ExamplePages, TheSunsetPageClaimsEveryTimeOfTheBookingAndNoOther) {
  const Observed page = Read("2026-05-30-jonathan-sunset");
  ASSERT_TRUE(page.problem.ok()) << page.problem.ToString();
  EXPECT_THAT(Values(page, "start"), ElementsAre("16:30"));
  EXPECT_THAT(Values(page, "end"), ElementsAre("19:30"));
  EXPECT_THAT(Values(page, "arrival"), ElementsAre("16:00"));
  EXPECT_THAT(Values(page, "cutoff"), ElementsAre("20:00"));
  EXPECT_THAT(Values(page, "switch"), ElementsAre("19:30"));
  EXPECT_THAT(Values(page, "date"), ElementsAre("2026-05-30"));
  EXPECT_TRUE(Has(page, "booking", "xhqgmdh"));
  EXPECT_TRUE(Has(page, "code", "S2FJLN"));
  EXPECT_TRUE(Has(page, "guest", "jonathan"));
}

TEST(ExamplePages, TheMoreauPageContradictsItself) {
  EXPECT_THAT(Values(Read("2026-08-15-moreau-anniversary"), "start"), ElementsAre("17:30", "18:30"));
}

TEST(ExamplePages, TheAfternoonPageIsKnownByItsCode) {
  const Observed page = Read("2026-05-30-jonathan-afternoon");
  EXPECT_TRUE(Has(page, "code", "S2FJLN"));
  EXPECT_THAT(Values(page, "start"), ElementsAre("16:30"));
}

}  // namespace
}  // namespace evenkeel
