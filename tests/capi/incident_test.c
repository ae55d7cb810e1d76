/* The incident, reconciled in C through stores that the host implements: pages, records, calendar, listing, board, edge cache and state
 * are all the host's; a reply is lost, the run is stopped in the middle, and another handle goes on. argv[1]: the example fleet. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "host.h"

static const char kFleet[] =
    "{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"America/Los_Angeles\",\"state\":{\"adapter\":\"mine\"},"
    "\"pages\":[{\"name\":\"guest-pages\",\"adapter\":\"mine\",\"prefix\":\"g/\",\"slug\":\"{date}-{guest}-{label}\","
    "\"public\":[\"https://queenofsandiego.com/g/{slug}\",\"https://queenofsandiego.com/g/{slug}.html\"]}],"
    "\"records\":[{\"name\":\"crew-dispatch\",\"adapter\":\"mine\",\"pages\":\"guest-pages\",\"fields\":{\"booking\":\"booking_id\","
    "\"code\":\"guest_code\",\"date\":\"date\",\"start\":\"start_time\",\"guest\":\"guest_name\",\"page\":\"page_slug\","
    "\"listing\":\"boatsetter_id\",\"updated\":\"updated_at\"}}],"
    "\"edge\":[{\"name\":\"cloudfront\",\"adapter\":\"mine\",\"pages\":\"guest-pages\"}],"
    "\"calendars\":[{\"name\":\"internal-calendar\",\"adapter\":\"mine\"}],"
    "\"listings\":[{\"name\":\"boatsetter\",\"adapter\":\"mine\"}],"
    "\"boards\":[{\"name\":\"kanban\",\"adapter\":\"mine\"}],"
    "\"policy\":{\"authority\":{\"*\":[\"crew-dispatch\",\"internal-calendar\"]},\"protect\":[\"photo-upload\",\"csrf-token\"],"
    "\"retire\":\"delete\",\"approve\":[\"retire_page\"],\"brakes\":{\"retire_count_max\":10,\"retire_share_max\":0.1}}}";

static const char kSunset[] = "g/2026-05-30-jonathan-sunset.html";
static const char kAfternoon[] = "g/2026-05-30-jonathan-afternoon.html";

static void put_page_file(host* of, const char* folder, const char* key) {
  char path[512];
  ek_view bytes;
  char* data;
  snprintf(path, sizeof path, "%s/site/%s", folder, key);
  data = slurp(path, &bytes.size);
  bytes.data = data;
  table_put(&of->pages, ek_text(key), bytes);
  free(data);
}

static void fill(host* of, const char* folder) {
  memset(of, 0, sizeof *of);
  put_page_file(of, folder, kSunset);
  put_page_file(of, folder, kAfternoon);
  table_put(&of->records, ek_text("S2FJLN"),
            ek_text("{\"guest_code\":\"S2FJLN\",\"booking_id\":\"xhqgmdh\",\"date\":\"2026-05-30\",\"start_time\":\"15:30\",\"guest_name\":\"Jonathan\","
                    "\"page_slug\":\"2026-05-30-jonathan-afternoon\",\"boatsetter_id\":\"jonathan-crew-booking\",\"updated_at\":\"2026-05-20T17:42:10Z\"}"));
  table_put(&of->events, ek_text("7c1f0e52-jonathan"),
            ek_text("{\"summary\":\"Jonathan - sunset sail, 4:30-7:30 PM\",\"description\":\"guest code S2FJLN\",\"zone\":\"America/Los_Angeles\","
                    "\"start\":\"2026-05-30T16:30\",\"end\":\"2026-05-30T19:30\",\"extensions\":{\"X-JADA-BOOKING\":\"xhqgmdh\"}}"));
  table_put(&of->listings, ek_text("jonathan-crew-booking"),
            ek_text("{\"date\":\"2026-05-30\",\"start\":\"16:30\",\"end\":\"19:30\",\"title\":\"Jonathan: sunset sail aboard JADA, with crew\"}"));
  table_put(&of->cards, ek_text("xhqgmdh"),
            ek_text("{\"lane\":\"needs-you\",\"title\":\"move to 3:30\",\"booking\":\"xhqgmdh\",\"slug\":\"2026-05-30-jonathan-sunset\"}"));
}

static int64_t now(void* clock) { return ++*(int64_t*)clock; }
static void sleep_on(void* clock, int64_t milliseconds) { *(int64_t*)clock += 1 + milliseconds / 1000; }
static uint64_t draw(void* clock) { return (uint64_t) * (int64_t*)clock * 6364136223846793005u; }

static ek_fleet* open_fleet(host* of, int64_t* clock_at) {
  ek_fleet_options options;
  ek_clock clock;
  ek_stores* stores;
  ek_fleet* fleet;
  EK_INIT(&clock);
  clock.host = clock_at;
  clock.now = now;
  clock.sleep = sleep_on;
  clock.random = draw;
  OK(ek_stores_new(&stores));
  OK(host_register(of, stores));
  EK_INIT(&options);
  options.stores = stores;
  options.clock = &clock;
  OK(ek_fleet_open_text(ek_text(kFleet), ek_text("/nowhere/fleet.json"), &options, &fleet));
  ek_stores_free(stores);
  return fleet;
}

static int32_t twice(void* left) { return (*(int*)left)-- > 0; }

/* What everybody has to see in the end. */
static void check_agreement(host* of) {
  item* page = table_find(&of->pages, ek_text(kSunset));
  item* record = table_find(&of->records, ek_text("S2FJLN"));
  item* event = table_find(&of->events, ek_text("7c1f0e52-jonathan"));
  item* listing = table_find(&of->listings, ek_text("jonathan-crew-booking"));
  item* card = table_find(&of->cards, ek_text("xhqgmdh"));
  CHECK(table_find(&of->pages, ek_text(kAfternoon)) == NULL);
  CHECK(page != NULL && contains(text_view(&page->value), "3:30\xE2\x80\x93" "6:30 PM") && !contains(text_view(&page->value), "4:30 PM"));
  CHECK(record != NULL && contains(text_view(&record->value), "\"page_slug\":\"2026-05-30-jonathan-sunset\""));
  CHECK(event != NULL && contains(text_view(&event->value), "2026-05-30T15:30") && contains(text_view(&event->value), "3:30-6:30 PM"));
  CHECK(listing != NULL && contains(text_view(&listing->value), "\"start\":\"15:30\""));
  CHECK(card != NULL && contains(text_view(&card->value), "\"lane\":\"done\""));
  CHECK(of->paths.count > 0 && of->blobs.count == 2);
  CHECK(of->in_progress == 0 && of->served > 0);
}

static void reconcile(const char* folder, int lost) {
  host mine;
  int64_t clock_at = 1779300000; /* 2026-05-20 */
  ek_apply_options options;
  ek_fleet* fleet;
  ek_plan* plan;
  ek_result* result;
  int left = 3;
  fill(&mine, folder);

  fleet = open_fleet(&mine, &clock_at);
  OK(ek_doctor(fleet, &result));
  CHECK(contains(ek_result_json(result), "the cache is in front of the pages") && contains(ek_result_json(result), "it is warm"));
  ek_result_free(result);
  OK(ek_audit(fleet, NULL, &result));
  CHECK(ek_result_exit(result) == 2 && contains(ek_result_json(result), "xhqgmdh"));
  ek_result_free(result);
  OK(ek_plan_make(fleet, NULL, &plan));
  CHECK(ek_plan_exit(plan) == 2);

  mine.lose_next_write = lost;
  approve_all(&options);
  options.keep_going = twice;
  options.keep_going_host = &left;
  OK(ek_apply(fleet, plan, &options, &result));
  CHECK(contains(ek_result_json(result), "\"finished\":false"));
  ek_result_free(result);
  ek_fleet_free(fleet);
  CHECK(mine.opened == 7 && mine.closed == 7);

  fleet = open_fleet(&mine, &clock_at);
  approve_all(&options);
  OK(ek_resume(fleet, ek_plan_run(plan), &options, &result));
  CHECK(ek_result_exit(result) == 3 && contains(ek_result_json(result), "\"stale\":[]"));
  ek_result_free(result);
  CHECK(mine.lose_next_write == 0);
  attest_task(fleet, plan);
  ek_plan_free(plan);
  check_agreement(&mine);
  OK(ek_verify(fleet, NULL, &result));
  CHECK(ek_result_exit(result) == 0 && contains(ek_result_json(result), "\"agrees\":true"));
  ek_result_free(result);
  ek_fleet_free(fleet);
  host_free(&mine);
}

int main(int argc, char** argv) {
  int lost;
  if (argc != 2) return 64;
  for (lost = 0; lost <= 3; ++lost) reconcile(argv[1], lost);
  return failures == 0 ? 0 : 1;
}
