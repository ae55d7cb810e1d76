/* Memory runs out at an allocation of a call, at each in turn (EVENKEEL_ALLOCATION_STRIDE: at every n-th; by default every 97th): the call
 * fails with an error or does its work, nothing is thrown, and the same handle works afterwards. Each attempt has a process of its own,
 * for nlohmann_json 3.11 allocates where it destroys, and a failure just there ends the process; evenkeel.h says so. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

/* glibc's own; this program's malloc stands before it for the shared library, too. */
extern void* __libc_malloc(size_t size);
static long allocations_left = -1; /* until one fails; -1: none will */

void* malloc(size_t size) {
  if (allocations_left >= 0 && allocations_left-- == 0) {
    errno = ENOMEM;
    return NULL;
  }
  return __libc_malloc(size);
}

static const char kPage[] = "<title>Sail: 4:30 PM</title><p>Arrive by 4:00 PM</p><script>var t = '2026-05-30T16:30:00-07:00';</script>";
static const char kFleet[] =
    "{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"UTC\",\"state\":\"s\",\"pages\":[{\"name\":\"p\",\"adapter\":\"given\",\"prefix\":\"g/\"}],"
    "\"listings\":[{\"name\":\"l\",\"adapter\":\"given\"}],\"policy\":{\"authority\":{\"*\":[\"l\"]}}}";
static const char kListings[] =
    "{\"listings\":[{\"id\":\"b1\",\"version\":\"1\",\"attributes\":{\"date\":\"2026-05-30\",\"start\":\"16:30\",\"title\":\"Jonathan b1\"}}]}";

static int reached; /* the allocation that was to fail came */

/* 1: it succeeded. Whatever fails has a code, and may be freed. */
static int ended(ek_error* error) {
  reached = allocations_left < 0;
  allocations_left = -1;
  if (error == NULL) return 1;
  CHECK(ek_error_code(error) != EK_OK && ek_error_message(error).size > 0 && ek_error_json(error).size > 0);
  ek_error_free(error);
  return 0;
}

static void reads(long allocations) {
  ek_reading* reading;
  allocations_left = allocations;
  CHECK(ended(ek_read(ek_text(kPage), NULL, &reading)) == (reading != NULL));
  if (reading == NULL) OK(ek_read(ek_text(kPage), NULL, &reading));
  ek_reading_free(reading);
}

static ek_reading* shared_reading;
static void shifts(long allocations) {
  ek_edits* edits;
  allocations_left = allocations;
  CHECK(ended(ek_reading_shift(shared_reading, 60, &edits)) == (edits != NULL));
  if (edits == NULL) OK(ek_reading_shift(shared_reading, 60, &edits));
  CHECK(contains(ek_edits_page(edits), "5:30 PM"));
  ek_edits_free(edits);
}

static void opens(long allocations) {
  ek_fleet* fleet;
  allocations_left = allocations;
  CHECK(ended(ek_fleet_given(ek_text(kFleet), NULL, &fleet)) == (fleet != NULL));
  ek_fleet_free(fleet);
}

static ek_fleet* shared_fleet;
static void plans(long allocations) {
  ek_plan* plan;
  allocations_left = allocations;
  CHECK(ended(ek_plan_make(shared_fleet, NULL, &plan)) == (plan != NULL));
  if (plan == NULL) OK(ek_plan_make(shared_fleet, NULL, &plan));
  CHECK(contains(ek_plan_json(plan), "evenkeel.plan/1"));
  ek_plan_free(plan);
}

/* In the child: 0 right, 1 wrong, 2 right and the call was over before the allocation came. */
static int attempt(void (*work)(long), long at) {
  const struct rlimit no_core = {0, 0};
  int status = 0;
  pid_t child = fork();
  if (child == 0) {
    setrlimit(RLIMIT_CORE, &no_core);
    if (freopen("/dev/null", "w", stderr) == NULL) _exit(1);
    failures = 0;
    work(at);
    _exit(failures > 0 ? 1 : reached ? 0 : 2);
  }
  if (child < 0 || waitpid(child, &status, 0) != child) return 1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status) == SIGABRT ? 3 : 1;
}

static void everywhere(const char* name, void (*work)(long)) {
  const char* given = getenv("EVENKEEL_ALLOCATION_STRIDE");
  long stride = given != NULL ? atol(given) : 97, at = 0, ended_process = 0, attempts = 0;
  int outcome;
  if (stride < 1) stride = 1;
  while ((outcome = attempt(work, at)) != 2 && at < 10000000) {
    if (outcome == 1) fprintf(stderr, "%s: wrong after a failure at allocation %ld\n", name, at);
    CHECK(outcome != 1);
    ended_process += outcome == 3;
    ++attempts;
    at += stride;
  }
  CHECK(attempts > 0 && at < 10000000 && ended_process * 5 <= attempts + 5); /* of few attempts one may be such a one */
  printf("%s: %ld failures, %ld of them while JSON was destroyed\n", name, attempts, ended_process);
}

int main(void) {
  OK(ek_read(ek_text(kPage), NULL, &shared_reading));
  OK(ek_fleet_given(ek_text(kFleet), NULL, &shared_fleet));
  OK(ek_give(shared_fleet, ek_text("l"), ek_text(kListings)));
  OK(ek_give_page(shared_fleet, ek_text("p"), ek_text("{\"key\":\"g/2026-05-30-jonathan.html\",\"version\":\"1\"}"), ek_text(kPage)));
  everywhere("read", reads);
  everywhere("shift", shifts);
  everywhere("open", opens);
  everywhere("plan", plans);
  allocations_left = 0;
  CHECK(ek_reading_json(shared_reading).size == 0); /* no memory, no document */
  allocations_left = -1;
  CHECK(contains(ek_reading_json(shared_reading), "evenkeel.reading/1"));
  ek_reading_free(shared_reading);
  ek_fleet_free(shared_fleet);
  return failures == 0 ? 0 : 1;
}
