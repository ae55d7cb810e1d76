/* Reading and editing pages from C. */
#include "check.h"

static const char kPage[] = "<title>Sail: 4:30 PM \xE2\x80\x93 7:30 PM</title>\n<p>Captain: Gene</p>\n<p>Arrive by 4:00 PM</p>\n";

static void reads_and_shifts(void) {
  ek_read_options options;
  ek_reading* reading;
  ek_edits* edits;
  EK_INIT(&options);
  options.date = ek_text("2026-05-30");
  options.zone = ek_text("America/Los_Angeles");
  if (!OK(ek_read(ek_text(kPage), &options, &reading))) return;
  CHECK(equals(ek_reading_page(reading), kPage));
  CHECK(contains(ek_reading_json(reading), "\"schema\":\"evenkeel.reading/1\""));
  CHECK(contains(ek_reading_json(reading), "\"start\":\"16:30\""));
  CHECK(ek_reading_json(reading).data == ek_reading_json(reading).data);
  if (OK(ek_reading_shift(reading, -60, &edits))) {
    CHECK(contains(ek_edits_page(edits), "Sail: 3:30 PM \xE2\x80\x93 6:30 PM"));
    CHECK(contains(ek_edits_page(edits), "Arrive by 3:00 PM"));
    CHECK(contains(ek_edits_json(edits), "\"schema\":\"evenkeel.edits/1\""));
    CHECK(ek_edits_exit(edits) == 0);
  }
  ek_edits_free(edits);
  FAILS(EK_INVALID_ARGUMENT, ek_reading_shift(reading, 1000000, &edits));
  CHECK(edits == NULL);
  ek_reading_free(reading);
}

static void sets_values_and_does_nothing_twice(void) {
  const char* targets = "{\"schema\":\"evenkeel.targets/1\",\"start\":\"15:30\",\"end\":\"18:30\",\"statements\":{\"captain\":\"Ana\"}}";
  ek_reading *reading, *again;
  ek_edits *edits, *none;
  ek_result* edited;
  if (!OK(ek_read(ek_text(kPage), NULL, &reading))) return;
  OK(ek_reading_set(reading, ek_text(targets), &edits));
  CHECK(contains(ek_edits_page(edits), "3:30 PM \xE2\x80\x93 6:30 PM"));
  CHECK(contains(ek_edits_page(edits), "Captain: Ana"));
  CHECK(contains(ek_edits_page(edits), "Arrive by 4:00 PM"));
  OK(ek_edit(ek_text(kPage), ek_edits_json(edits), &edited));
  CHECK(ek_result_bytes(edited).size == ek_edits_page(edits).size);
  CHECK(memcmp(ek_result_bytes(edited).data, ek_edits_page(edits).data, ek_edits_page(edits).size) == 0);
  ek_result_free(edited);
  OK(ek_read(ek_edits_page(edits), NULL, &again));
  OK(ek_reading_set(again, ek_text(targets), &none));
  CHECK(contains(ek_edits_json(none), "\"edits\":[]"));
  ek_edits_free(none);
  FAILS(EK_INVALID_ARGUMENT, ek_reading_set(again, ek_text("{\"strat\":\"15:30\"}"), &none));
  FAILS(EK_INVALID_ARGUMENT, ek_reading_set(again, ek_text("{\"start\":\"25:30\"}"), &none));
  FAILS(EK_INVALID_ARGUMENT, ek_reading_set(again, ek_text("{\"schema\":\"evenkeel.plan/1\"}"), &none));
  FAILS(EK_INVALID_ARGUMENT, ek_edit(ek_text("x"), ek_edits_json(edits), &edited));
  CHECK(edited == NULL);
  ek_reading_free(again);
  ek_edits_free(edits);
  ek_reading_free(reading);
}

static int32_t stop(void* host) {
  ++*(int*)host;
  return 0;
}

static void says_what_is_wrong(void) {
  static const char kUtf16[] = "\xFF\xFE<\0p\0>\0";
  ek_reading* reading;
  ek_result* result;
  ek_read_options options;
  ek_view page;
  int asked = 0;
  page.data = kUtf16;
  page.size = sizeof kUtf16;
  FAILS(EK_INVALID_ARGUMENT, ek_read(page, NULL, &reading));
  CHECK(reading == NULL);
  EK_INIT(&options);
  options.zone = ek_text("America/Los_Angles");
  FAILS(EK_INVALID_ARGUMENT, ek_read(ek_text(kPage), &options, &reading));
  EK_INIT(&options);
  options.date = ek_text("2026-02-30");
  FAILS(EK_INVALID_ARGUMENT, ek_read(ek_text(kPage), &options, &reading));
  EK_INIT(&options);
  options.keep_going = stop;
  options.keep_going_host = &asked;
  FAILS(EK_UNAVAILABLE, ek_read(ek_text(kPage), &options, &reading));
  CHECK(asked > 0);
  OK(ek_read_text(ek_text("Sunset sail, 4:30-7:30 PM"), NULL, &result));
  CHECK(contains(ek_result_json(result), "\"end\":\"19:30\""));
  ek_result_free(result);
}

/* One zone, three hours ahead of UTC all the year. */
static int32_t to_local(void* host, ek_view zone, int64_t utc, int32_t* ahead, char abbreviation[16]) {
  (void)utc;
  ++*(int*)host;
  if (!equals(zone, "Moon/Tranquility")) return 0;
  *ahead = 3 * 3600;
  memcpy(abbreviation, "MTT", 4);
  return 1;
}
static int32_t to_instant(void* host, ek_view zone, int64_t local, int64_t* utc) {
  ++*(int*)host;
  *utc = local - 3 * 3600;
  return equals(zone, "Moon/Tranquility") ? 1 : 0;
}

static void reads_by_the_hosts_zones(void) {
  ek_read_options options;
  ek_zones zones;
  ek_reading* reading;
  int asked = 0;
  EK_INIT(&zones);
  EK_INIT(&options);
  options.zones = &zones;
  options.zone = ek_text("Moon/Tranquility");
  FAILS(EK_INVALID_ARGUMENT, ek_read(ek_text(kPage), &options, &reading));
  zones.host = &asked;
  zones.to_local = to_local;
  zones.to_instant = to_instant;
  OK(ek_read(ek_text("<time datetime=\"2026-05-30T12:00:00Z\">Sail</time>"), &options, &reading));
  CHECK(asked > 0 && contains(ek_reading_json(reading), "\"start\":\"15:00\""));
  ek_reading_free(reading);
  options.zone = ek_text("America/Los_Angeles");
  FAILS(EK_INVALID_ARGUMENT, ek_read(ek_text(kPage), &options, &reading));
}

int main(void) {
  reads_by_the_hosts_zones();
  reads_and_shifts();
  sets_values_and_does_nothing_twice();
  says_what_is_wrong();
  return failures == 0 ? 0 : 1;
}
