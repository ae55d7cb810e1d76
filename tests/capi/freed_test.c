/* Handles that were freed already: seen as long as their memory shows it. Not for sanitizers, which see it always, and stop. */
#include "check.h"

static const char kFleet[] = "{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"UTC\",\"state\":\"state\"}";

static void freed_readings(void) {
  ek_reading* reading;
  ek_edits* edits;
  OK(ek_read(ek_text("<p>4 PM</p>"), NULL, &reading));
  OK(ek_reading_shift(reading, 5, &edits));
  ek_reading_free(reading);
  ek_edits_free(edits);
  CHECK(ek_edits_json(edits).size == 0 && ek_edits_exit(edits) == 1);
  ek_edits_free(edits);
  FAILS(EK_INVALID_ARGUMENT, ek_reading_shift(reading, 5, &edits));
  CHECK(ek_reading_json(reading).size == 0);
  ek_reading_free(reading);
}

static void freed_fleets(void) {
  ek_fleet *fleet, *other;
  ek_fleet_options options;
  ek_plan* plan;
  ek_result* result;
  ek_error* error;
  ek_stores* stores;
  EK_INIT(&options);
  OK(ek_stores_new(&stores));
  ek_stores_free(stores);
  options.stores = stores;
  FAILS(EK_INVALID_ARGUMENT, ek_fleet_given(ek_text(kFleet), &options, &other));
  ek_stores_free(stores);
  OK(ek_fleet_given(ek_text(kFleet), NULL, &fleet));
  OK(ek_plan_make(fleet, NULL, &plan));
  ek_plan_free(plan);
  FAILS(EK_INVALID_ARGUMENT, ek_apply(fleet, plan, NULL, &result));
  CHECK(ek_plan_json(plan).size == 0 && ek_plan_exit(plan) == 1);
  ek_plan_free(plan);
  ek_fleet_free(fleet);
  error = ek_audit(fleet, NULL, &result);
  CHECK(ek_error_code(error) == EK_INVALID_ARGUMENT);
  ek_error_free(error);
  CHECK(ek_error_message(error).size == 0);
  ek_error_free(error);
  ek_fleet_free(fleet);
}

int main(void) {
  freed_readings();
  freed_fleets();
  return failures == 0 ? 0 : 1;
}
