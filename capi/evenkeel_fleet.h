/* Evenkeel from C: fleets, plans and runs. Each function is the program's verb of the same name; its documents are the program's. */
#ifndef EVENKEEL_FLEET_H
#define EVENKEEL_FLEET_H

#include "evenkeel.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Fleets ----------------------------------------------------------------------------------------------------------------- */

typedef int32_t ek_level;
enum { EK_NOTE = 0, EK_WARNING = 1 };
/* One line without a newline, for an operator's log: what could not be read, a callback that answered nonsense, each action of a run. */
typedef void (*ek_log)(void* host, ek_level level, ek_view line);

/* The host's clock. What is NULL is the system's. Called from any thread that uses the fleet, and from those that read pages of a store on AWS. */
typedef struct ek_clock {
  size_t struct_size;
  void* host;
  int64_t (*now)(void* host);                /* seconds since 1970-01-01T00:00:00Z */
  void (*sleep)(void* host, int64_t milliseconds);
  uint64_t (*random)(void* host);            /* 64 bits nobody can foresee */
} ek_clock;

typedef struct ek_fleet_options {
  size_t struct_size;
  const ek_stores* stores; /* the host's adapters, besides those built in; may be NULL, may be freed after the call */
  ek_log log;
  void* log_host;          /* must outlive the fleet, as that of the clock */
  const ek_clock* clock;   /* copied; may be NULL */
  const ek_zones* zones;   /* copied; may be NULL */
} ek_fleet_options;

/* 1: this build has an adapter of that name ("sqlite"; "s3", "dynamodb", "cloudfront" and "aws" where it was built with EVENKEEL_AWS, "caldav" and "feed" with EVENKEEL_CALENDAR); else 0. */
EK_API int32_t ek_has_adapter(ek_view name);

/* Opens the fleet file, or the fleet.json of a folder. Relative paths in it start in its folder. EK_INVALID_ARGUMENT names the key that
 * is wrong and the nearest known one. A store that is not there is an error of the first call that needs it. */
EK_API ek_error* ek_fleet_open(ek_view path, const ek_fleet_options* options, ek_fleet** fleet);
/* The same of a text; `path`: where it would stand. */
EK_API ek_error* ek_fleet_open_text(ek_view text, ek_view path, const ek_fleet_options* options, ek_fleet** fleet);
/* A fleet of what the host has read itself: no store is opened and no file touched, whatever adapters the file names (the built-in ones,
 * those of options->stores, and "given", which takes no settings). Give it the contents of every store, then audit, plan, find, guard.
 * Plans say what there is to write, but this handle writes nothing (EK_PERMISSION_DENIED). What ek_set and answers keep lasts as long as
 * the handle. A store that nothing was given for could not be read: EK_UNAVAILABLE. */
EK_API ek_error* ek_fleet_given(ek_view text, const ek_fleet_options* options, ek_fleet** fleet);
/* A whole store, as its list callback answers (evenkeel_stores.h), with "traits" beside ("unique_versions", "checks_fences",
 * "keeps_operations", "read_only": true or false). Replaces what was given before. */
EK_API ek_error* ek_give(ek_fleet* fleet, ek_view store, ek_view listing);
/* One page's bytes. `object`: evenkeel.object/1; `bytes`, `version` and the rest of it are listed with it. */
EK_API ek_error* ek_give_page(ek_fleet* fleet, ek_view store, ek_view object, ek_view bytes);

/* May be called from a callback; what is under way ends first. */
EK_API void ek_fleet_free(ek_fleet* fleet);

/* ---- Looking ---------------------------------------------------------------------------------------------------------------- */

/* How many pages of a store were read, and how many are known of so far; all_listed: 1 where there are no more than those. After each page. */
typedef void (*ek_on_pages)(void* host, ek_view store, uint64_t read, uint64_t listed, int32_t all_listed);

typedef struct ek_audit_options {
  size_t struct_size;
  ek_view booking;  /* its key, or any identifier of it; not given: all */
  ek_view from, to; /* dates of bookings, inclusive: "2026-05-30" */
  ek_views decide;  /* answers to questions, "QUESTION=OPTION" */
  ek_view by;       /* who answers: ek_plan keeps the answers under this name */
  ek_keep_going keep_going; /* between two store calls and two pages; 0: EK_UNAVAILABLE, and nothing was done */
  void* keep_going_host;
  ek_on_pages on_pages;
  void* on_pages_host;
} ek_audit_options;

EK_API ek_error* ek_doctor(ek_fleet* fleet, ek_result** result);                                            /* evenkeel.doctor/1 */
EK_API ek_error* ek_audit(ek_fleet* fleet, const ek_audit_options* options, ek_result** result);            /* evenkeel.audit/1 */
EK_API ek_error* ek_verify(ek_fleet* fleet, const ek_audit_options* options, ek_result** result);           /* evenkeel.verify/1 */

typedef struct ek_find_options {
  size_t struct_size;
  ek_view date, guest, id; /* one of them at least */
  int32_t reserve;         /* not 0: and where nothing fits, the right to create the page; needs date, holder, and guest or id */
  ek_view holder;          /* one writer: a program that runs twice at once needs two names */
  int64_t ttl_s;           /* 0: 15 minutes */
} ek_find_options;
EK_API ek_error* ek_find(ek_fleet* fleet, const ek_find_options* options, ek_result** result);              /* evenkeel.find/1 */

/* May this file be deployed over this key ("g/x.html", or STORE:KEY)? `holder`: whose leases are no obstacle; may be empty. */
EK_API ek_error* ek_guard(ek_fleet* fleet, ek_view page, ek_view key, ek_view holder, ek_result** result);  /* evenkeel.guard/1 */

/* ---- Words ------------------------------------------------------------------------------------------------------------------ */

/* A person's word for fields of a booking: the strongest claim. `assignments`: "start=15:30". evenkeel.set/1. */
EK_API ek_error* ek_set(ek_fleet* fleet, ek_view booking, ek_views assignments, ek_view by, ek_result** result);

typedef struct ek_accept_options {
  size_t struct_size;
  ek_view why;      /* why it may differ */
  ek_view by;       /* who says so */
  ek_view until;    /* until this day is over, by the booking's clock: "2026-05-30"; at most 366 days away */
  int32_t withdraw; /* not 0: what was accepted of these fields is drift again; needs `by` alone */
  ek_keep_going keep_going; /* between two store calls and two pages; 0: EK_UNAVAILABLE, and nothing was kept */
  void* keep_going_host;
  ek_on_pages on_pages;
  void* on_pages_host;
} ek_accept_options;

/* What differs now from what is true of these fields ("start") may do so until that day is over: shown as accepted, and neither drift nor
 * planned. It holds for these words alone: another value, system or truth is drift. EK_NOT_FOUND: nothing differs, or nothing was accepted;
 * EK_INVALID_ARGUMENT: no such field, nobody has decided it, or the day is over; then nothing is kept. evenkeel.accept/1. */
EK_API ek_error* ek_accept(ek_fleet* fleet, ek_view booking, ek_views fields, const ek_accept_options* options, ek_result** result);

/* Who may change the booking, as it stands: exit 2 where somebody holds it. evenkeel.leased/1. */
EK_API ek_error* ek_lease_look(ek_fleet* fleet, ek_view booking, ek_result** result);
/* The same of every booking that ever had one: exit 2 where any is held. evenkeel.leases/1: { "leases": [evenkeel.leased/1] } */
EK_API ek_error* ek_leases(ek_fleet* fleet, ek_result** result);
/* Takes it, or renews it for the same holder, and fences what an earlier holder left under way. ttl_s: 1 s to a day; 0: 15 minutes.
 * EK_PRECONDITION_FAILED: another holds it; the message says who and until when. */
EK_API ek_error* ek_lease_take(ek_fleet* fleet, ek_view booking, ek_view holder, int64_t ttl_s, ek_result** result);
/* Another ttl from now. EK_PRECONDITION_FAILED: it ran out, or is another's; look again at what was planned under it. */
EK_API ek_error* ek_lease_renew(ek_fleet* fleet, ek_view booking, ek_view holder, int64_t ttl_s, ek_result** result);
EK_API ek_error* ek_lease_release(ek_fleet* fleet, ek_view booking, ek_view holder, ek_result** result);

/* The last note on a booking, and a new one. evenkeel.last_handoff/1. */
EK_API ek_error* ek_handoff(ek_fleet* fleet, ek_view booking, ek_result** result);
EK_API ek_error* ek_handoff_leave(ek_fleet* fleet, ek_view booking, ek_view note, ek_view by, ek_result** result);

/* ---- Plans ------------------------------------------------------------------------------------------------------------------ */

/* EK_UNAVAILABLE where a store cannot be read at all: a plan made blind would be a guess. */
EK_API ek_error* ek_plan_make(ek_fleet* fleet, const ek_audit_options* options, ek_plan** plan);
/* A plan that was saved. EK_INVALID_ARGUMENT: its hash does not match (edited by hand). */
EK_API ek_error* ek_plan_parse(ek_view json, ek_plan** plan);
/* The plan a run was started with. */
EK_API ek_error* ek_plan_of_run(ek_fleet* fleet, ek_view run, ek_plan** plan);
EK_API ek_view ek_plan_json(const ek_plan* plan);  /* evenkeel.plan/1 */
EK_API ek_view ek_plan_hash(const ek_plan* plan);  /* "sha256:…" */
EK_API ek_view ek_plan_run(const ek_plan* plan);   /* the name of its one run, applied or not */
EK_API int32_t ek_plan_exit(const ek_plan* plan);  /* 0, 2 or 3, as of ek_result_exit; of NULL 1 */
EK_API void ek_plan_free(ek_plan* plan);

/* ---- Runs ------------------------------------------------------------------------------------------------------------------- */

/* One action after it was tried, as it stands in evenkeel.run/1 under "actions". */
typedef void (*ek_progress)(void* host, ek_view action);

typedef struct ek_apply_options {
  size_t struct_size;
  ek_view booking;    /* only this booking's actions */
  ek_views approve;   /* action ids; "all" covers every `approve` action, and neither manual tasks, questions nor brakes */
  ek_views overrides; /* names of brakes */
  ek_view by;         /* who wants it; recorded */
  ek_view why;        /* of ek_rollback; recorded; may be empty */
  ek_view holder;     /* works under the leases of this name, and leaves them to it; not given: the run holds its own */
  ek_progress progress;
  void* progress_host;
  ek_keep_going keep_going; /* between two actions; ek_resume goes on */
  void* keep_going_host;
} ek_apply_options;

/* evenkeel.run/1. `options` may be NULL. What stands in the way of single actions is in the document and in ek_result_exit; an error is
 * one of the plan, of the journal or of the state store. `run`: a run's name; ek_runs lists those that are unfinished. */
EK_API ek_error* ek_apply(ek_fleet* fleet, const ek_plan* plan, const ek_apply_options* options, ek_result** result);
EK_API ek_error* ek_resume(ek_fleet* fleet, ek_view run, const ek_apply_options* options, ek_result** result);
EK_API ek_error* ek_rollback(ek_fleet* fleet, ek_view run, const ek_apply_options* options, ek_result** result);
EK_API ek_error* ek_show(ek_fleet* fleet, ek_view run, ek_result** result);
/* evenkeel.runs/1: { "unfinished": [names of runs that ek_resume goes on with], "open": [evenkeel.run/1 of those with anything left] } */
EK_API ek_error* ek_runs(ek_fleet* fleet, ek_result** result);
/* A person has done a manual task. exit 0: it is done. */
EK_API ek_error* ek_attest(ek_fleet* fleet, ek_view run, ek_view action, ek_view by, ek_result** result);
/* One page's backed-up bytes, in ek_result_bytes, and back in place where `write` is not 0. evenkeel.restore/1. */
EK_API ek_error* ek_restore(ek_fleet* fleet, ek_view run, ek_view page, int32_t write, ek_view by, ek_result** result);

/* The same step by step, for a host with a loop of its own: each step does one thing to the outside world. The callbacks of `options`
 * must outlive the run. A run keeps what it needs of its fleet, even when that is freed. */
EK_API ek_error* ek_run_start(ek_fleet* fleet, const ek_plan* plan, const ek_apply_options* options, ek_run** run);
EK_API ek_error* ek_run_resume(ek_fleet* fleet, ek_view name, const ek_apply_options* options, ek_run** run);
EK_API ek_error* ek_run_rollback(ek_fleet* fleet, ek_view name, const ek_apply_options* options, ek_run** run);
/* *more: 1 while there is something left to do. After an error the run is given up: free it, and resume it by its name. */
EK_API ek_error* ek_run_step(ek_run* run, int32_t* more);
EK_API ek_error* ek_run_report(const ek_run* run, ek_result** result);
EK_API void ek_run_free(ek_run* run);

#ifdef __cplusplus
}
#endif

#endif
