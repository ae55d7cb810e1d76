/* Threads, as evenkeel.h promises them: what is const is shared, a busy fleet says so, and two handles on one folder make one run.
 * argv[1]: a copy of the example fleet. */
#include <pthread.h>
#include <stdio.h>

#include "check.h"

enum { THREADS = 3, ROUNDS = 6 };

/* What every thread is given, and none of them may change. */
typedef struct shared {
  const char* folder;
  const ek_stores* stores;
  const ek_reading* reading;
  const ek_edits* edits;
  const ek_plan* plan;
  const ek_result* audit;
  ek_fleet* fleet;
  const ek_fleet* rules;
  pthread_mutex_t lock;
  int answered, busy, go_on;
} shared;

static void in_threads(void* (*work)(void*), shared* of) {
  pthread_t threads[THREADS];
  int i;
  for (i = 0; i < THREADS; ++i) CHECK(pthread_create(&threads[i], NULL, work, of) == 0);
  for (i = 0; i < THREADS; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
}

static void* look_at_all(void* given) {
  shared* of = given;
  int round;
  for (round = 0; round < ROUNDS; ++round) {
    ek_edits* edits;
    ek_plan* parsed;
    ek_result* result;
    ek_reading* reading;
    ek_read_options options;
    CHECK(contains(ek_reading_json(of->reading), "evenkeel.reading/1") && ek_reading_page(of->reading).size > 0);
    OK(ek_reading_shift(of->reading, 60 + round, &edits));
    CHECK(ek_edits_exit(edits) == ek_edits_exit(of->edits));
    ek_edits_free(edits);
    OK(ek_edit(ek_reading_page(of->reading), ek_edits_json(of->edits), &result));
    CHECK(ek_result_bytes(result).size == ek_edits_page(of->edits).size);
    ek_result_free(result);
    CHECK(ek_plan_exit(of->plan) == 2 && contains(ek_plan_hash(of->plan), "sha256:") && contains(ek_plan_run(of->plan), "run-"));
    OK(ek_plan_parse(ek_plan_json(of->plan), &parsed));
    ek_plan_free(parsed);
    CHECK(ek_result_exit(of->audit) == 2 && contains(ek_result_json(of->audit), "evenkeel.audit/1"));
    EK_INIT(&options);
    options.fleet = of->rules; /* while the same fleet is audited elsewhere */
    OK(ek_read(ek_text("<p>Sail: 4:30 PM</p>"), &options, &reading));
    ek_reading_free(reading);
  }
  return NULL;
}

/* Each call on a fleet that others use is answered, or told to come back. */
static void* audit_the_same(void* given) {
  shared* of = given;
  int round;
  for (round = 0; round < ROUNDS; ++round) {
    ek_result* result;
    ek_error* error = ek_audit(of->fleet, NULL, &result);
    CHECK(error == NULL ? ek_result_exit(result) == 2 : ek_error_code(error) == EK_UNAVAILABLE && result == NULL);
    pthread_mutex_lock(&of->lock);
    error == NULL ? ++of->answered : ++of->busy;
    pthread_mutex_unlock(&of->lock);
    ek_error_free(error);
    ek_result_free(result);
  }
  return look_at_all(of);
}

static ek_fleet* open_fleet(const shared* of) {
  ek_fleet_options options;
  ek_fleet* fleet;
  EK_INIT(&options);
  options.stores = of->stores;
  OK(ek_fleet_open(ek_text(of->folder), &options, &fleet));
  return fleet;
}

/* A handle for each thread, one plan: its run is one, and no effect comes twice. */
static void* apply_the_same(void* given) {
  shared* of = given;
  ek_fleet* fleet = open_fleet(of);
  ek_apply_options options;
  ek_result* result;
  approve_all(&options);
  OK(ek_apply(fleet, of->plan, &options, &result));
  CHECK(ek_result_exit(result) == 3 || ek_result_exit(result) == 4);
  ek_result_free(result);
  ek_fleet_free(fleet);
  return NULL;
}

static int32_t until_told(void* given) {
  shared* of = given;
  int32_t answer;
  pthread_mutex_lock(&of->lock);
  ++of->answered;
  answer = !of->go_on;
  pthread_mutex_unlock(&of->lock);
  return answer;
}

static void* audit_until_told(void* given) {
  shared* of = given;
  ek_audit_options options;
  ek_result* result;
  ek_error* error;
  EK_INIT(&options);
  options.keep_going = until_told;
  options.keep_going_host = of;
  do {
    error = ek_audit(of->fleet, &options, &result);
    ek_result_free(result);
  } while (error == NULL);
  CHECK(ek_error_code(error) == EK_UNAVAILABLE);
  ek_error_free(error);
  return NULL;
}

/* The host's word from another thread ends a call between two steps. */
static void stops_from_another_thread(shared* of) {
  pthread_t thread;
  int asked = 0;
  of->answered = 0;
  CHECK(pthread_create(&thread, NULL, audit_until_told, of) == 0);
  while (asked < 3) {
    pthread_mutex_lock(&of->lock);
    asked = of->answered;
    pthread_mutex_unlock(&of->lock);
  }
  pthread_mutex_lock(&of->lock);
  of->go_on = 1;
  pthread_mutex_unlock(&of->lock);
  pthread_join(thread, NULL);
}

int main(int argc, char** argv) {
  shared of;
  ek_stores* stores;
  ek_reading* reading;
  ek_edits* edits;
  ek_plan* plan;
  ek_result* result;
  if (argc != 2) return 64;
  memset(&of, 0, sizeof of);
  of.folder = argv[1];
  pthread_mutex_init(&of.lock, NULL);
  OK(ek_stores_new(&stores));
  of.stores = stores;
  of.rules = of.fleet = open_fleet(&of);
  OK(ek_read(ek_text("<p>Sail: 4:30 PM, arrive by 4:00 PM</p>"), NULL, &reading));
  OK(ek_reading_shift(reading, -60, &edits));
  OK(ek_plan_make(of.fleet, NULL, &plan));
  OK(ek_audit(of.fleet, NULL, &result));
  of.reading = reading;
  of.edits = edits;
  of.plan = plan;
  of.audit = result;

  in_threads(audit_the_same, &of);
  CHECK(of.answered > 0 && of.answered + of.busy == THREADS * ROUNDS);
  stops_from_another_thread(&of);
  in_threads(apply_the_same, &of);
  ek_result_free(result);
  OK(ek_verify(of.fleet, NULL, &result));
  CHECK(ek_result_exit(result) == 3); /* the marketplace waits for a person */
  ek_result_free(result);

  ek_plan_free(plan);
  ek_edits_free(edits);
  ek_reading_free(reading);
  ek_fleet_free(of.fleet);
  ek_stores_free(stores);
  return failures == 0 ? 0 : 1;
}
