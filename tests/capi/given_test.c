/* The stages over contents that the host has read itself: no store is opened, no file is touched. argv[1]: the example fleet. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

static const char kFleet[] =
    "{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"America/Los_Angeles\",\"state\":\"state\","
    "\"pages\":[{\"name\":\"guest-pages\",\"adapter\":\"directory\",\"path\":\"/nowhere\",\"prefix\":\"g/\",\"slug\":\"{date}-{guest}-{label}\"}],"
    "\"records\":[{\"name\":\"crew-dispatch\",\"adapter\":\"given\",\"pages\":\"guest-pages\",\"fields\":{\"booking\":\"booking_id\","
    "\"code\":\"guest_code\",\"date\":\"date\",\"start\":\"start_time\",\"guest\":\"guest_name\",\"page\":\"page_slug\"}}],"
    "\"calendars\":[{\"name\":\"internal-calendar\",\"adapter\":\"given\"}],\"listings\":[{\"name\":\"boatsetter\",\"adapter\":\"given\"}],"
    "\"boards\":[{\"name\":\"kanban\",\"adapter\":\"given\"}],"
    "\"policy\":{\"authority\":{\"*\":[\"crew-dispatch\",\"internal-calendar\"]},\"protect\":[\"photo-upload\"]}}";
static const char kRecords[] =
    "{\"schema\":\"evenkeel.records/1\",\"records\":[{\"key\":\"S2FJLN\",\"version\":\"7\",\"attributes\":{\"guest_code\":\"S2FJLN\","
    "\"booking_id\":\"xhqgmdh\",\"date\":\"2026-05-30\",\"start_time\":\"15:30\",\"guest_name\":\"Jonathan\","
    "\"page_slug\":\"2026-05-30-jonathan-afternoon\"}}],\"traits\":{\"unique_versions\":true}}";
static const char kEvents[] =
    "{\"events\":[{\"uid\":\"u1\",\"version\":\"1\",\"summary\":\"Jonathan S2FJLN\",\"zone\":\"America/Los_Angeles\","
    "\"start\":\"2026-05-30T16:30\",\"end\":\"2026-05-30T19:30\"}]}";
static const char kListings[] =
    "{\"listings\":[{\"id\":\"b1\",\"version\":\"1\",\"attributes\":{\"date\":\"2026-05-30\",\"start\":\"16:30\",\"end\":\"19:30\",\"title\":\"Jonathan\"}}]}";
static const char kCards[] = "{\"cards\":[{\"id\":\"c1\",\"version\":\"1\",\"lane\":\"needs-you\",\"title\":\"move to 3:30\",\"booking\":\"xhqgmdh\"}]}";

static int64_t stopped(void* host) { return *(int64_t*)host; }

static ek_fleet* open_given(int64_t* at) {
  ek_fleet_options options;
  ek_clock clock;
  ek_fleet* fleet;
  EK_INIT(&clock);
  clock.now = stopped;
  clock.host = at;
  EK_INIT(&options);
  options.clock = &clock;
  OK(ek_fleet_given(ek_text(kFleet), &options, &fleet));
  return fleet;
}

static void give_page(ek_fleet* fleet, const char* folder, const char* key) {
  char path[512], object[256];
  ek_view bytes;
  char* data;
  snprintf(path, sizeof path, "%s/site/%s", folder, key);
  data = slurp(path, &bytes.size);
  bytes.data = data;
  snprintf(object, sizeof object, "{\"schema\":\"evenkeel.object/1\",\"key\":\"%s\",\"version\":\"1\"}", key);
  OK(ek_give_page(fleet, ek_text("guest-pages"), ek_text(object), bytes));
  free(data);
}

static void give_all(ek_fleet* fleet, const char* folder) {
  give_page(fleet, folder, "g/2026-05-30-jonathan-sunset.html");
  give_page(fleet, folder, "g/2026-05-30-jonathan-afternoon.html");
  OK(ek_give(fleet, ek_text("crew-dispatch"), ek_text(kRecords)));
  OK(ek_give(fleet, ek_text("internal-calendar"), ek_text(kEvents)));
  OK(ek_give(fleet, ek_text("boatsetter"), ek_text(kListings)));
  OK(ek_give(fleet, ek_text("kanban"), ek_text(kCards)));
}

/* The same contents give the same bytes, in whatever order they come. */
static void plans_from_what_was_given(const char* folder) {
  int64_t at = 1779300000;
  ek_fleet *one = open_given(&at), *other = open_given(&at);
  ek_plan *plan, *again;
  ek_result* result;
  FAILS(EK_UNAVAILABLE, ek_plan_make(one, NULL, &plan));
  OK(ek_audit(one, NULL, &result));
  CHECK(ek_result_exit(result) == 1 && contains(ek_result_json(result), "nothing was given"));
  ek_result_free(result);
  give_all(one, folder);
  OK(ek_give(other, ek_text("kanban"), ek_text(kCards)));
  give_all(other, folder);
  OK(ek_plan_make(one, NULL, &plan));
  OK(ek_plan_make(other, NULL, &again));
  CHECK(ek_plan_exit(plan) == 2 && contains(ek_plan_json(plan), "repoint_record"));
  CHECK(ek_plan_json(plan).size == ek_plan_json(again).size && memcmp(ek_plan_json(plan).data, ek_plan_json(again).data, ek_plan_json(plan).size) == 0);
  OK(ek_apply(one, plan, NULL, &result));
  CHECK(contains(ek_result_json(result), "read alone") && !contains(ek_result_json(result), "\"outcome\":\"done\",\"resource\":\"S2FJLN\""));
  ek_result_free(result);
  ek_plan_free(plan);
  ek_plan_free(again);
  ek_fleet_free(one);
  ek_fleet_free(other);
}

static void reads_as_the_fleet_does(const ek_fleet* fleet) {
  ek_read_options options;
  ek_reading* reading;
  EK_INIT(&options);
  options.fleet = fleet;
  OK(ek_read(ek_text("<time datetime=\"2026-05-30T22:30:00Z\">Sail</time>"), &options, &reading));
  CHECK(contains(ek_reading_json(reading), "\"start\":\"15:30\""));
  ek_reading_free(reading);
}

static void says_what_is_missing(const char* folder) {
  int64_t at = 1779300000;
  ek_fleet* fleet = open_given(&at);
  ek_result* result;
  give_all(fleet, folder);
  OK(ek_give(fleet, ek_text("boatsetter"), ek_text("{\"listings\":[],\"complete\":false,\"why_incomplete\":\"only half was read\"}")));
  OK(ek_audit(fleet, NULL, &result));
  CHECK(contains(ek_result_json(result), "only half was read"));
  ek_result_free(result);
  reads_as_the_fleet_does(fleet);
  FAILS(EK_INVALID_ARGUMENT, ek_give(fleet, ek_text("kanban"), ek_text("{\"cards\":[{\"id\":7}]}")));
  FAILS(EK_INVALID_ARGUMENT, ek_give(fleet, ek_text("kanban"), ek_text("{\"schema\":\"evenkeel.events/1\",\"cards\":[]}")));
  FAILS(EK_INVALID_ARGUMENT, ek_give(fleet, ek_text("kanban"), ek_text("{\"cards\":[{\"id\":\"a\"},{\"id\":\"a\"}]}")));
  FAILS(EK_INVALID_ARGUMENT, ek_give(fleet, ek_text("kanban"), ek_text("not JSON")));
  FAILS(EK_INVALID_ARGUMENT, ek_give_page(fleet, ek_text("kanban"), ek_text("{\"key\":\"k\",\"version\":\"1\"}"), ek_text("x")));
  FAILS(EK_NOT_FOUND, ek_give(fleet, ek_text("kanbam"), ek_text(kCards)));
  ek_fleet_free(fleet);
  FAILS(EK_INVALID_ARGUMENT, ek_fleet_given(ek_text("{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"UTC\",\"sate\":\"state\"}"), NULL, &fleet));
  CHECK(fleet == NULL);
}

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  plans_from_what_was_given(argv[1]);
  says_what_is_missing(argv[1]);
  return failures == 0 ? 0 : 1;
}
