// How a fleet file maps fields: aliases, forms, the store's own words, and parts of an item that are written back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/snapshot.h"
#include "observe/item_path.h"
#include "observe/mapped_attribute.h"

namespace evenkeel {
namespace {

const ZoneSource& Zones() {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  return *zones;
}
constexpr const char* kZone = "America/Los_Angeles";

FleetConfig Fleet() {
  FleetConfig fleet;
  fleet.zone = kZone;
  fleet.fields = FieldRegistry::BuiltIn();
  return fleet;
}

// What the record says of the field; "?" for a doubt, "" for silence.
std::string Said(const std::string& field, const FieldMapping& mapping, Attributes attributes) {
  RecordStoreConfig store;
  store.store.name = "dispatch";
  store.fields[field] = mapping;
  const Observed observed = ObserveRecord(Fleet(), store, {"R1", std::move(attributes), "1", ""}, Zones());
  for (const Claim& claim : observed.claims) {
    if (claim.field == field) return FormatValue(claim.value);
  }
  return observed.doubts.empty() ? "" : "?";
}

FieldMapping Formed(const char* form) {
  FieldMapping mapping("at");
  mapping.form = form;
  return mapping;
}

struct FormCase {
  const char* form;
  const char* field;
  Json stands;
  const char* means;    // "?": refused
  const char* becomes;  // a canonical value
  Json written;
};
class Forms : public ::testing::TestWithParam<FormCase> {};
TEST_P(Forms, AreReadAndWrittenBack) {
  const FormCase& one = GetParam();
  const FieldMapping mapping = Formed(one.form);
  EXPECT_EQ(Said(one.field, mapping, {{"at", one.stands}}), one.means);
  if (std::string(one.means) == "?") return;
  const FieldRegistry fields = FieldRegistry::BuiltIn();
  const FieldDefinition& field = *fields.Find(one.field);
  const StatusOr<Json> written = WriteMapped(mapping, one.stands, field, *ParseValue(field, one.becomes), *ParseDate("2026-05-30"), kZone, Zones());
  ASSERT_TRUE(written.ok()) << written.status().ToString();
  EXPECT_EQ(*written, one.written);
}
INSTANTIATE_TEST_SUITE_P(Table, Forms,
                         ::testing::Values(FormCase{"minutes", "start", 930, "15:30", "14:30", 870}, FormCase{"minutes", "start", "930", "15:30", "14:30", "870"},
                                           FormCase{"HHMM", "start", 930, "09:30", "15:30", 1530}, FormCase{"HHMM", "start", "0045", "00:45", "15:30", "1530"},
                                           FormCase{"HHMM", "start", 45, "00:45", "00:05", 5}, FormCase{"HHMM", "start", 975, "?", "", nullptr},
                                           FormCase{"12h", "start", "3:30 PM", "15:30", "14:30", "2:30 PM"}, FormCase{"12h", "start", "15:30", "?", "", nullptr},
                                           FormCase{"HH:MM", "start", "15:30", "15:30", "09:30", "09:30"}, FormCase{"HH:MM", "start", "1530", "?", "", nullptr},
                                           FormCase{"epoch", "start", 1780180200, "2026-05-30T15:30", "2026-05-30T14:30", 1780176600},
                                           FormCase{"epoch_ms", "start", "1780180200000", "2026-05-30T15:30", "2026-05-30T14:30", "1780176600000"},
                                           FormCase{"epoch", "updated", 86400, "1970-01-02T00:00:00Z", "1970-01-03T00:00:00Z", 172800},
                                           FormCase{"iso", "start", "2026-05-30T22:30:00Z", "2026-05-30T15:30", "2026-05-30T14:30", "2026-05-30T21:30:00Z"},
                                           FormCase{"iso", "start", "15:30", "?", "", nullptr},
                                           FormCase{"DD/MM/YYYY", "date", "05/06/2026", "2026-06-05", "2026-06-07", "07/06/2026"},
                                           FormCase{"MM/DD/YYYY", "date", "05/06/2026", "2026-05-06", "2026-05-07", "05/07/2026"},
                                           FormCase{"MM/DD/YYYY", "date", "30/05/2026", "?", "", nullptr},
                                           FormCase{"YYYYMMDD", "date", 20260530, "2026-05-30", "2026-05-31", 20260531}));

TEST(Mapping, AliasesAreTriedWhereNothingIsSaid) {
  FieldMapping mapping("start");
  mapping.aliases = {"trip.start", "old_start"};
  EXPECT_EQ(Said("start", mapping, {{"start", "15:30"}, {"old_start", "16:30"}}), "15:30");
  EXPECT_EQ(Said("start", mapping, {{"start", nullptr}, {"old_start", "16:30"}}), "16:30");
  EXPECT_EQ(Said("start", mapping, {{"trip", R"({"start": "14:30"})"}, {"old_start", "16:30"}}), "14:30");
  EXPECT_EQ(Said("start", mapping, {{"start", " "}}), "");
  EXPECT_EQ(Said("start", mapping, {}), "");
}

TEST(Mapping, TheStoresOwnWords) {
  FieldMapping mapping("state");
  mapping.values = {{"CXL", "cancelled"}, {"OK", "confirmed"}, {"-", ""}, {"3", "completed"}};
  EXPECT_EQ(Said("status", mapping, {{"state", "CXL"}}), "cancelled");
  EXPECT_EQ(Said("status", mapping, {{"state", 3}}), "completed");
  EXPECT_EQ(Said("status", mapping, {{"state", "-"}}), "");
  EXPECT_EQ(Said("status", mapping, {{"state", "confirmed"}}), "confirmed") << "a word that is not listed means itself";
  const FieldRegistry fields = FieldRegistry::BuiltIn();
  const auto write = [&](const Json& old, const char* value) {
    return WriteMapped(mapping, old, *fields.Find("status"), Value(std::string(value)), Date{}, kZone, Zones());
  };
  EXPECT_EQ(*write("OK", "cancelled"), "CXL");
  EXPECT_EQ(*write("confirmed", "cancelled"), "cancelled");
  EXPECT_EQ(write("OK", "postponed").code(), Code::kInvalidArgument) << "its own language has no word for it";
  FieldMapping crew("crew");
  crew.values = {{"c1", "Gene"}, {"c2", "Ana"}};
  EXPECT_EQ(Said("crew", crew, {{"crew", Json::array({"c1", "c2"})}}), "Ana, Gene");
}

TEST(ItemPath, WritesOneValueAndKeepsTheRest) {
  const std::string text = "{ \"name\" : \"x\",\n  \"crew\": [ {\"role\":\"mate\", \"name\":\"Ana\"}, { \"role\" : \"captain\", \"name\" :\"Gene\" } ] }";
  const Attributes attributes = {{"trip", text}, {"item", Json::parse(text)}, {"plain", "x"}, {"list", "[1, 2,3]"}};
  std::string expected = text;
  expected.replace(expected.find("Gene"), 4, "Rosa \\\"R\\\"");
  EXPECT_EQ(*WriteItemPath(attributes, "trip.crew[role=captain].name", "Rosa \"R\""), expected);
  EXPECT_EQ(*WriteItemPath(attributes, "list[1]", 20), "[1, 20,3]");
  const Json item = *WriteItemPath(attributes, "item.crew[role=captain].name", "Rosa");
  EXPECT_EQ(item["crew"][1]["name"], "Rosa");
  EXPECT_EQ(item["crew"][0]["name"], "Ana");
  EXPECT_EQ(*WriteItemPath(attributes, "plain", "y"), "y");
  EXPECT_EQ(AttributeOfPath(attributes, "trip.crew[0].name"), "trip");
  EXPECT_EQ(WriteItemPath(attributes, "trip.crew[role=cook].name", "x").code(), Code::kNotFound);
  EXPECT_EQ(WriteItemPath(attributes, "plain.x", "x").code(), Code::kNotFound);
  const Attributes twins = {{"crew", Json::parse(R"([{"role":"mate","name":"A"},{"role":"mate","name":"B"}])")}};
  EXPECT_EQ(WriteItemPath(twins, "crew[role=mate].name", "x").code(), Code::kInvalidArgument) << "which of the two is nobody's guess";
}

}  // namespace
}  // namespace evenkeel
