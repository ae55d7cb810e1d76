/* Callbacks that answer nothing or nonsense, that call back into their fleet or free it, and two threads on one handle. */
#include <pthread.h>
#include <stdio.h>

#include "check.h"

typedef enum mode { FINE, SILENT, NO_JSON, NO_LIST, WRONG_ITEM, WRONG_SCHEMA, UNKNOWN_CODE, REFUSES, REENTERS, FREES, WAITS } mode;

typedef struct odd {
  mode how;
  ek_fleet* fleet;
  int warnings, asked;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int inside, go_on;
} odd;

static void wait_inside(odd* of) {
  pthread_mutex_lock(&of->lock);
  of->inside = 1;
  pthread_cond_broadcast(&of->changed);
  while (!of->go_on) pthread_cond_wait(&of->changed, &of->lock);
  pthread_mutex_unlock(&of->lock);
}

static void list(void* store, ek_view prefix, ek_view cursor, ek_reply* reply) {
  static const char* const kAnswers[] = {"{\"objects\":[]}", NULL, "{", "{\"objects\":{}}", "{\"objects\":[{\"key\":7}]}", "{\"schema\":\"evenkeel.cards/1\",\"objects\":[]}"};
  odd* of = store;
  ek_result* result;
  (void)prefix, (void)cursor;
  ++of->asked;
  if (of->how == SILENT) return;
  if (of->how == UNKNOWN_CODE) {
    CHECK(ek_reply_fail(reply, 4711, ek_text("odd")) == EK_INVALID_ARGUMENT);
    return;
  }
  if (of->how == REFUSES) {
    ek_reply_fail(reply, EK_PERMISSION_DENIED, ek_text("who are you?"));
    return;
  }
  if (of->how == REENTERS) FAILS(EK_UNAVAILABLE, ek_audit(of->fleet, NULL, &result));
  if (of->how == FREES) ek_fleet_free(of->fleet);
  if (of->how == WAITS) wait_inside(of);
  ek_reply_json(reply, ek_text(kAnswers[of->how <= WRONG_SCHEMA ? of->how : FINE]));
}
static void by_key(void* store, ek_view key, ek_reply* reply) {
  (void)store, (void)key;
  ek_reply_fail(reply, EK_NOT_FOUND, ek_text(""));
}
static void replace(void* store, ek_view key, ek_view bytes, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  (void)bytes, (void)expected, (void)stamp;
  by_key(store, key, reply);
}
static void erase(void* store, ek_view key, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  (void)expected, (void)stamp;
  by_key(store, key, reply);
}

static void warn(void* host, ek_level level, ek_view line) {
  CHECK(line.size > 0);
  if (level == EK_WARNING) ++((odd*)host)->warnings;
}

static void open_odd(odd* of, mode how) {
  ek_adapter adapter;
  ek_object_store table;
  ek_fleet_options options;
  ek_stores* stores;
  memset(of, 0, sizeof *of);
  of->how = how;
  pthread_mutex_init(&of->lock, NULL);
  pthread_cond_init(&of->changed, NULL);
  EK_INIT(&adapter);
  adapter.name = ek_text("odd");
  adapter.host = of;
  EK_INIT(&table);
  table.list = list;
  table.head = by_key;
  table.get = by_key;
  table.replace = replace;
  table.create = replace;
  table.remove = erase;
  table.struct_size = offsetof(ek_object_store, get_many); /* a table from before get_many */
  OK(ek_stores_new(&stores));
  OK(ek_stores_add_objects(stores, &adapter, &table));
  EK_INIT(&options);
  options.stores = stores;
  options.log = warn;
  options.log_host = of;
  OK(ek_fleet_open_text(ek_text("{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"UTC\",\"state\":\"/tmp/evenkeel-callbacks-test-state\","
                                "\"pages\":[{\"name\":\"p\",\"adapter\":\"odd\"}]}"),
                        ek_text("/tmp/fleet.json"), &options, &of->fleet));
  ek_stores_free(stores);
}

/* What cannot be read is named, and nothing is planned blind. */
static void odd_answers(void) {
  mode how;
  for (how = FINE; how <= REFUSES; ++how) {
    odd of;
    ek_result* result;
    ek_plan* plan;
    open_odd(&of, how);
    OK(ek_audit(of.fleet, NULL, &result));
    CHECK(ek_result_exit(result) == (how == FINE ? 0 : 1));
    CHECK((of.warnings > 0) == (how != FINE));
    ek_result_free(result);
    if (how != FINE) FAILS(EK_UNAVAILABLE, ek_plan_make(of.fleet, NULL, &plan));
    ek_fleet_free(of.fleet);
  }
}

static int32_t not_now(void* host) { return --*(int*)host > 0; }

/* A look ends where the host says so; an older header's struct has no such member. */
static void stopped_looks(void) {
  odd of;
  ek_result* result;
  ek_plan* plan;
  ek_audit_options options;
  int left = 1;
  open_odd(&of, FINE);
  EK_INIT(&options);
  options.keep_going = not_now;
  options.keep_going_host = &left;
  FAILS(EK_UNAVAILABLE, ek_audit(of.fleet, &options, &result));
  left = 2;
  FAILS(EK_UNAVAILABLE, ek_plan_make(of.fleet, &options, &plan));
  left = 1;
  FAILS(EK_UNAVAILABLE, ek_verify(of.fleet, &options, &result));
  left = 100;
  OK(ek_audit(of.fleet, &options, &result));
  ek_result_free(result);
  left = 1;
  options.struct_size = offsetof(ek_audit_options, keep_going);
  OK(ek_audit(of.fleet, &options, &result));
  CHECK(left == 1);
  ek_result_free(result);
  ek_fleet_free(of.fleet);
}

static void calls_from_callbacks(void) {
  odd of;
  ek_result* result;
  open_odd(&of, REENTERS);
  OK(ek_audit(of.fleet, NULL, &result));
  CHECK(ek_result_exit(result) == 0 && of.asked == 1);
  ek_result_free(result);
  ek_fleet_free(of.fleet);
  open_odd(&of, FREES);
  OK(ek_audit(of.fleet, NULL, &result)); /* what is under way ends first */
  CHECK(ek_result_exit(result) == 0);
  ek_result_free(result);
}

static void* audit_in_a_thread(void* of) {
  ek_result* result;
  OK(ek_audit(((odd*)of)->fleet, NULL, &result));
  CHECK(ek_result_exit(result) == 0);
  ek_result_free(result);
  return NULL;
}

static void a_second_thread_is_told_to_come_back(void) {
  odd of;
  ek_result* result;
  pthread_t thread;
  open_odd(&of, WAITS);
  pthread_create(&thread, NULL, audit_in_a_thread, &of);
  pthread_mutex_lock(&of.lock);
  while (!of.inside) pthread_cond_wait(&of.changed, &of.lock);
  pthread_mutex_unlock(&of.lock);
  FAILS(EK_UNAVAILABLE, ek_audit(of.fleet, NULL, &result));
  pthread_mutex_lock(&of.lock);
  of.go_on = 1;
  pthread_cond_broadcast(&of.changed);
  pthread_mutex_unlock(&of.lock);
  pthread_join(thread, NULL);
  ek_fleet_free(of.fleet);
}

static void* shift_in_a_thread(void* reading) {
  int minutes;
  CHECK(contains(ek_reading_json(reading), "\"start\":\"16:00\""));
  for (minutes = 1; minutes < 20; ++minutes) {
    ek_edits* edits;
    OK(ek_reading_shift(reading, minutes, &edits));
    CHECK(contains(ek_edits_page(edits), "Sail: 4:"));
    ek_edits_free(edits);
  }
  return NULL;
}

static void what_is_const_is_shared(void) {
  ek_reading* reading;
  pthread_t threads[3];
  int i;
  OK(ek_read(ek_text("<p>Sail: 4:00 PM</p>"), NULL, &reading));
  for (i = 0; i < 3; ++i) pthread_create(&threads[i], NULL, shift_in_a_thread, reading);
  for (i = 0; i < 3; ++i) pthread_join(threads[i], NULL);
  ek_reading_free(reading);
}

int main(void) {
  odd_answers();
  stopped_looks();
  calls_from_callbacks();
  a_second_thread_is_told_to_come_back();
  what_is_const_is_shared();
  return failures == 0 ? 0 : 1;
}
