#include <gmock/gmock.h>
#include <gtest/gtest.h>


#include "evenkeel/fleet.h"
#include "evenkeel/json.h"
#include "read_file.h"
#include "unit/fleet/adapters.h"

namespace evenkeel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

StatusOr<FleetConfig> Parse(const std::string& text) {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  return ParseFleet(text, "fleet.json", NamedAdapters(), *zones);
}

Json Valid() {
  return Json::parse(R"({
    "schema": "evenkeel.fleet/1", "zone": "America/Los_Angeles", "state": "state",
    "pages": [ { "name": "guest-pages", "adapter": "directory", "path": "site", "prefix": "g/", "slug": "{date}-{guest}-{label}",
                 "public": [ "https://queenofsandiego.com/g/{slug}", "https://queenofsandiego.com/g/{slug}.html" ] } ],
    "records": [ { "name": "crew-dispatch", "adapter": "sqlite", "path": "dispatch.sqlite", "table": "jada-crew-dispatch",
                   "key": [ "guest_code" ], "fields": { "booking": "booking_id", "start": "start_time", "page": "page_slug" } } ],
    "edge": [ { "name": "cloudfront", "adapter": "log", "path": "invalidations.jsonl" } ],
    "calendars": [ { "name": "internal-calendar", "adapter": "ics", "path": "calendar.ics" } ],
    "listings": [ { "name": "boatsetter", "adapter": "manual", "path": "boatsetter.json" } ],
    "boards": [ { "name": "kanban", "adapter": "json", "path": "state.json", "done_lane": "done" } ],
    "policy": { "authority": { "*": [ "crew-dispatch", "internal-calendar" ], "guest_count": [ [ "crew-dispatch", "internal-calendar" ] ] },
                "protect": [ "photo-upload" ], "retire": "redirect", "brakes": { "retire_count_max": 3, "edit_share_max": 0.5 } } })");
}

TEST(ParseFleet, ReadsTheExample) {
  const StatusOr<FleetConfig> fleet = Parse(ReadFile(std::string(EVENKEEL_SOURCE_DIR) + "/examples/incident/fleet/fleet.json"));
  ASSERT_TRUE(fleet.ok()) << fleet.status().ToString();
  EXPECT_EQ(fleet->pages.at(0).store.name, "guest-pages");
  EXPECT_EQ(fleet->records.at(0).fields.at("start"), "start_time");
  EXPECT_EQ(fleet->policy.authority.at("guest_count").at(0).size(), 2u);
}

TEST(ParseFleet, AMappingMaySayMoreThanAPath) {
  Json file = Valid();
  file["records"][0]["fields"]["start"] = Json::parse(R"({"path":"trip.start","aliases":["start_time"],"form":"minutes","values":{"-":""}})");
  const StatusOr<FleetConfig> fleet = Parse(file.dump());
  ASSERT_TRUE(fleet.ok()) << fleet.status().ToString();
  const FieldMapping& start = fleet->records[0].fields.at("start");
  EXPECT_EQ(start.path, "trip.start");
  EXPECT_EQ(start.aliases, std::vector<std::string>{"start_time"});
  EXPECT_EQ(start.form, "minutes");
  EXPECT_EQ(start.values, (std::map<std::string, std::string>{{"-", ""}}));
  EXPECT_EQ(fleet->records[0].fields.at("booking"), FieldMapping("booking_id"));
}

TEST(ParseFleet, KeepsEveryPart) {
  const StatusOr<FleetConfig> fleet = Parse(Valid().dump());
  ASSERT_TRUE(fleet.ok()) << fleet.status().ToString();
  EXPECT_EQ(fleet->zone, "America/Los_Angeles");
  EXPECT_EQ(fleet->state.adapter, "directory");
  EXPECT_EQ(fleet->state.settings, Json({{"path", "state"}}));
  EXPECT_EQ(fleet->pages[0].store.settings, Json({{"path", "site"}}));
  EXPECT_EQ(fleet->records[0].store.settings,
            Json({{"path", "dispatch.sqlite"}, {"table", "jada-crew-dispatch"}, {"key", Json::array({"guest_code"})}}));
  EXPECT_EQ(fleet->records[0].pages, "guest-pages");  // the only one
  EXPECT_EQ(fleet->edge[0].pages, "guest-pages");
  EXPECT_EQ(fleet->boards[0].store.settings.at("done_lane"), "done");
  EXPECT_EQ(fleet->policy.retire, Retire::kRedirect);
  EXPECT_EQ(fleet->policy.brakes.retire_count_max, 3u);
  EXPECT_EQ(fleet->policy.brakes.retire_share_max, 0.1);
  EXPECT_EQ(fleet->policy.brakes.edit_share_max, 0.5);
  EXPECT_THAT(fleet->policy.authority.at("*"), ElementsAre(ElementsAre("crew-dispatch"), ElementsAre("internal-calendar")));
  EXPECT_NE(fleet->FindStore("kanban"), nullptr);
  EXPECT_EQ(fleet->FindStore("nobody"), nullptr);
}

TEST(ParseFleet, TheFingerprintKnowsContentAndNotLayout) {
  const std::string compact = Parse(Valid().dump())->fingerprint;
  EXPECT_EQ(compact.substr(0, 7), "sha256:");
  EXPECT_EQ(compact.size(), 7u + 64u);
  EXPECT_EQ(compact, Parse(Valid().dump(4))->fingerprint);
  Json other = Valid();
  other["policy"]["retire"] = "delete";
  EXPECT_NE(compact, Parse(other.dump())->fingerprint);
}

TEST(ParseFleet, TakesFieldsAndFeaturesOfTheFleet) {
  Json json = Valid();
  json["fields"] = Json::parse(R"([{"name":"dock","type":"place","label":"dock"},{"name":"paid","type":"text","same":[["yes","y"],["no","n"]]}])");
  json["features"] = Json::parse(
      R"([{"name":"tip-jar","evidence":[{"kind":"element","element":"a","attribute":"href","value":"/tip","anchor":true},{"kind":"script_token","value":"tipJar"}]}])");
  json["records"][0]["fields"]["dock"] = "dock_name";
  json["policy"]["protect"].push_back("tip-jar");
  json["limits"] = {{"page_bytes", 1000}};
  json["day_first"] = true;
  const StatusOr<FleetConfig> fleet = Parse(json.dump());
  ASSERT_TRUE(fleet.ok()) << fleet.status().ToString();
  EXPECT_EQ(fleet->fields.Find("dock")->type, FieldType::kPlace);
  EXPECT_TRUE(SameValue(*fleet->fields.Find("paid"), Value(std::string("Y")), Value(std::string("yes"))));
  ASSERT_EQ(fleet->features.size(), 1u);
  EXPECT_TRUE(fleet->features[0].evidence[0].anchor);
  EXPECT_EQ(fleet->limits.page_bytes, 1000u);
  EXPECT_TRUE(fleet->day_first);
}

TEST(ParseFleet, ReadsRights) {
  Json json = Valid();
  json["records"][0]["access"] = Json::parse(R"({"captain":["read"],"guest":["private"],"start":["read","write","notifies"],"crew":[]})");
  const StatusOr<FleetConfig> fleet = Parse(json.dump());
  ASSERT_TRUE(fleet.ok()) << fleet.status().ToString();
  const StoreConfig& store = fleet->records[0].store;
  EXPECT_EQ(store.AccessOf("captain"), (FieldAccess{.read = true, .write = false, .is_private = false, .notifies = false}));
  EXPECT_EQ(store.AccessOf("guest"), (FieldAccess{.read = true, .write = true, .is_private = true, .notifies = false}));
  EXPECT_EQ(store.AccessOf("start"), (FieldAccess{.read = true, .write = true, .is_private = false, .notifies = true}));
  EXPECT_EQ(store.AccessOf("crew"), (FieldAccess{.read = false, .write = false, .is_private = false, .notifies = false}));
  EXPECT_EQ(store.AccessOf("end"), FieldAccess{});
}

TEST(ParseFleet, ARemoteStoreNeedsARemoteStateOrASingleHost) {
  Json json = Valid();
  json["pages"][0] = {{"name", "guest-pages"}, {"adapter", "s3"}, {"bucket", "b"}, {"prefix", "g/"}};
  const StatusOr<FleetConfig> refused = Parse(json.dump());
  EXPECT_THAT(refused.status().message(), HasSubstr("\"guest-pages\" is a remote store (s3)"));
  EXPECT_THAT(refused.status().message(), HasSubstr("single_host"));
  Json accepted = json;
  accepted["policy"]["single_host"] = true;
  EXPECT_TRUE(Parse(accepted.dump()).ok());
  Json remote = json;
  remote["state"] = {{"adapter", "dynamodb"}, {"table", "evenkeel"}};
  ASSERT_TRUE(Parse(remote.dump()).ok());
  EXPECT_EQ(Parse(remote.dump())->state.settings, Json({{"table", "evenkeel"}}));
}

// A change of the valid file (a JSON pointer and what stands there; "remove" takes it away), and what is said of it.
struct BadFile {
  const char* pointer;
  const char* value;
  std::vector<const char*> says;
};
class BadFleet : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadFleet, IsRefusedInOneClearLine) {
  Json json = Valid();
  const Json::json_pointer pointer(GetParam().pointer);
  if (std::string(GetParam().value) == "remove") {
    json.at(pointer.parent_pointer()).erase(pointer.back());
  } else {
    json[pointer] = Json::parse(GetParam().value);
  }
  const StatusOr<FleetConfig> fleet = Parse(json.dump());
  ASSERT_FALSE(fleet.ok());
  EXPECT_EQ(fleet.code(), Code::kInvalidArgument);
  EXPECT_EQ(fleet.status().resource(), "fleet.json");
  for (const char* says : GetParam().says) EXPECT_THAT(fleet.status().message(), HasSubstr(says));
  EXPECT_EQ(fleet.status().message().find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadFleet,
    ::testing::Values(
        BadFile{"/schema", "remove", {"\"schema\" is missing", "evenkeel.fleet/1"}},
        BadFile{"/schema", "\"evenkeel.fleet/2\"", {"\"evenkeel.fleet/2\"", "reads \"evenkeel.fleet/1\""}},
        BadFile{"/schema", "1", {"schema is 1"}}, BadFile{"/zone", "remove", {"\"zone\" is missing"}},
        BadFile{"/zone", "\"America/Los_Angles\"", {"has no \"America/Los_Angles\"", "IANA"}}, BadFile{"/zone", "7", {"zone must be a text, not a number"}},
        BadFile{"/zoen", "\"UTC\"", {"unknown key \"zoen\"", "did you mean \"zone\"?"}},
        BadFile{"/pages/0/prefx", "\"g/\"", {"pages[0]: unknown key \"prefx\"", "\"prefix\""}},
        BadFile{"/pages/0/table", "\"t\"", {"pages[0]: unknown key \"table\"", "known: access, adapter"}},
        BadFile{"/pages/0/adapter", "\"directry\"", {"pages[0].adapter: unknown adapter", "\"directry\"", "\"directory\"", "directory and s3"}},
        BadFile{"/records/0/adapter", "\"oracle\"", {"records[0].adapter", "known: dynamodb and sqlite"}},
        BadFile{"/pages/0/name", "remove", {"pages[0]: \"name\" is missing"}}, BadFile{"/pages/0/name", "\"\"", {"pages[0].name must not be empty"}},
        BadFile{"/pages/0/name", "\"a:b\"", {"pages[0].name must not have ':'"}},
        BadFile{"/pages/0/adapter", "remove", {"pages[0]: \"adapter\" is missing"}},
        BadFile{"/pages", "{}", {"pages must be a list of objects"}}, BadFile{"/pages/0", "7", {"pages[0] must be an object, not a number"}},
        BadFile{"/pages/0/public", "[7]", {"pages[0].public[0] must be a text"}},
        BadFile{"/pages/0/public/1", "\"https://x/{slog}\"", {"pages[0].public[1]: unknown part \"slog\"", "\"slug\""}},
        BadFile{"/pages/0/slug", "\"{date\"", {"pages[0].slug must be a template"}},
        BadFile{"/pages/0/key", "\"guests/{gest}.html\"", {"pages[0].key"}},
        BadFile{"/calendars/0/name", "\"guest-pages\"", {"two stores are named \"guest-pages\""}},
        BadFile{"/calendars/0/from", "\"boatseter\"", {"internal-calendar.from: unknown store \"boatseter\"", "\"boatsetter\""}},
        BadFile{"/calendars/0/from", "\"internal-calendar\"", {"copy of itself"}},
        BadFile{"/records/0/pages", "\"guest-page\"", {"records[0].pages: unknown page store \"guest-page\"", "\"guest-pages\""}},
        BadFile{"/records/0/fields/strat", "\"x\"", {"records[0].fields: unknown key \"strat\"", "\"start\""}},
        BadFile{"/records/0/fields/start", "7", {"records[0].fields.start must be a text"}},
        BadFile{"/records/0/fields/start", R"({"pth":"x"})", {"records[0].fields.start: unknown key \"pth\"", "\"path\""}},
        BadFile{"/records/0/fields/start", R"({"path":"x","form":"12hr"})", {"records[0].fields.start.form: unknown form \"12hr\"", "\"12h\""}},
        BadFile{"/records/0/fields/booking", R"({"path":"x","form":"12h"})", {"records[0].fields.booking.form: code fields have no forms"}},
        BadFile{"/records/0/fields/start", R"({"path":"x","values":{"early":"dawn"}})", {"records[0].fields.start.values.early"}},
        BadFile{"/records/0/fields/start", R"({"path":"x","values":["early"]})", {"records[0].fields.start.values must be an object"}},
        BadFile{"/records/0/fields/page", R"({"path":"x","values":{"a":"b"}})", {"records[0].fields.page.values: a pointer"}},
        BadFile{"/records/0/fields/start", "\"trip[0.start\"", {"records[0].fields.start", "does not close"}},
        BadFile{"/records/0/fields", "{}", {"records[0].fields must map at least one field"}},
        BadFile{"/records/0/access", R"({"captian":["read"]})", {"records[0].access: unknown key \"captian\"", "\"captain\""}},
        BadFile{"/records/0/access", R"({"captain":["reed"]})", {"records[0].access.captain: unknown right \"reed\"", "\"read\""}},
        BadFile{"/edge/0/pages", "\"x\"", {"edge[0].pages: unknown page store \"x\""}},
        BadFile{"/state", "remove", {"\"state\" is missing"}}, BadFile{"/state", "7", {"state must be an object"}},
        BadFile{"/state", R"({"adapter":"directory","pth":"x"})", {"state: unknown key \"pth\"", "\"path\""}},
        BadFile{"/state", R"({"adapter":"folder"})", {"state.adapter: unknown adapter for state \"folder\""}},
        BadFile{"/policy/authority/*/0", "\"crew-dispach\"", {"policy.authority.*[0]: unknown store \"crew-dispach\"", "\"crew-dispatch\""}},
        BadFile{"/policy/authority/*/1", "\"crew-dispatch\"", {"policy.authority.*[1]: \"crew-dispatch\" stands twice"}},
        BadFile{"/policy/authority/sart", "[]", {"policy.authority: unknown key \"sart\"", "\"start\""}},
        BadFile{"/policy/authority/start", "\"crew-dispatch\"", {"policy.authority.start must be a list of stores"}},
        BadFile{"/policy/protect/0", "\"foto-upload\"", {"policy.protect[0]: unknown feature \"foto-upload\"", "\"photo-upload\""}},
        BadFile{"/policy/retire", "\"deleet\"", {"policy.retire: unknown way \"deleet\"", "\"delete\""}},
        BadFile{"/policy/approve", "[\"retire\"]", {"policy.approve[0]: unknown verb \"retire\"", "\"retire_page\""}},
        BadFile{"/policy/messages", R"({"guest":{"stores":["guest-pges"],"fields":["start"]}})", {"policy.messages.guest.stores[0]: unknown store \"guest-pges\"", "\"guest-pages\""}},
        BadFile{"/policy/messages", R"({"guest":{"stores":["guest-pages"],"fields":["strat"]}})", {"policy.messages.guest.fields[0]: unknown field \"strat\"", "\"start\""}},
        BadFile{"/policy/messages", R"({"guest":{"stores":["guest-pages"]}})", {"policy.messages.guest.fields must name one at least"}},
        BadFile{"/policy/messages", R"({"guest":{"store":["guest-pages"]}})", {"policy.messages.guest: unknown key \"store\"", "\"stores\""}},
        BadFile{"/policy/messages", R"(["guest"])", {"policy.messages must be an object"}},
        BadFile{"/policy/past", "\"readonly\"", {"policy.past", "\"read_only\""}},
        BadFile{"/policy/derive", R"({"arrival":"start-30"})", {"policy.derive.arrival cannot be \"start-30\"", "start-30m"}},
        BadFile{"/policy/derive", R"({"duration":"end"})", {"policy.derive: unknown key \"duration\""}},
        BadFile{"/policy/derive", R"({"arrival":"updated-30m"})", {"policy.derive.arrival cannot be \"updated-30m\""}},
        BadFile{"/policy/derive", R"({"arrival":"cutoff-1h","cutoff":"arrival"})", {"policy.derive.arrival is derived from itself"}},
        BadFile{"/policy/derive", R"({"captain":"keep"})", {"policy.derive: unknown key \"captain\""}},
        BadFile{"/policy/brakes/retire_share_max", "1.5", {"policy.brakes.retire_share_max must be a share from 0 to 1"}},
        BadFile{"/policy/brakes/retire_count_max", "-1", {"policy.brakes.retire_count_max must be a whole number"}},
        BadFile{"/policy/brakes/retire_count", "1", {"policy.brakes: unknown key \"retire_count\"", "\"retire_count_max\""}},
        BadFile{"/fields", R"([{"name":"start","type":"text"}])", {"fields[0].name", "exists already"}},
        BadFile{"/fields", R"([{"name":"dock","type":"txt"}])", {"fields[0].type: unknown type \"txt\"", "\"text\""}},
        BadFile{"/features", R"([{"name":"photo-upload","evidence":[{"kind":"text","value":"x"}]}])", {"features[0].name"}},
        BadFile{"/features", R"([{"name":"x","evidence":[{"kind":"txt","value":"x"}]}])", {"features[0].evidence[0].kind: unknown kind \"txt\""}},
        BadFile{"/limits", R"({"page_byte":1})", {"limits: unknown key \"page_byte\"", "\"page_bytes\""}}));

TEST(BadFleet, SeveralPageStoresMustBeNamed) {
  Json json = Valid();
  json["pages"].push_back({{"name", "old-pages"}, {"adapter", "directory"}, {"path", "old"}});
  EXPECT_THAT(Parse(json.dump()).status().message(), HasSubstr("records[0].pages is missing, and there are several page stores: guest-pages and old-pages"));
}

TEST(BadFleet, BrokenJsonNamesThePlace) {
  EXPECT_THAT(Parse("{\n  \"schema\": \"evenkeel.fleet/1\",\n}").status().ToString(), HasSubstr("fleet.json: not valid JSON at line 3"));
  EXPECT_THAT(Parse(R"({"schema":"evenkeel.fleet/1","zone":"UTC","zone":"UTC"})").status().message(), HasSubstr("\"zone\" stands twice"));
  EXPECT_THAT(Parse("[]").status().message(), HasSubstr("the file must be an object, not a list"));
  EXPECT_FALSE(Parse("").ok());
}

}  // namespace
}  // namespace evenkeel
