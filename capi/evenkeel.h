/* Evenkeel from C: the whole library behind one header, and its only ABI promise. C99 and C++11.
 *
 * Errors     Every function that can fail returns ek_error*: NULL is success. An error belongs to the caller (ek_error_free). Where one
 *            is returned, out-parameters are NULL or 0. Nothing is thrown through these functions, and nothing a callback throws either.
 *            Where memory runs out the call says so and the handle works on; just while a JSON document is taken apart that still ends
 *            the process, for nlohmann_json 3.11 allocates there and must not fail. Runs survive both: ek_resume.
 * Text       ek_view: bytes with a length, no NUL needed, UTF-8 unless a page's bytes are meant. A view that is passed in is borrowed for
 *            the call; one that is returned belongs to the handle it was asked of and lives as long. {NULL, 0} is the empty text, and of
 *            an option "not given".
 * Values     are JSON documents with "schema": "evenkeel.NAME/1"; their JSON Schemas are installed in share/evenkeel/schema. Bytes count
 *            in spans, minutes from midnight or "HH:MM" in the booking's zone, instants are UTC ("2026-05-30T22:30:00Z").
 * Ownership  What comes back through T** is the caller's and is given back with ek_T_free. Every free function accepts NULL.
 * Threads    const T* may be shared between threads; T* is exclusive for the call. A fleet that is busy (in another thread, or further up
 *            the stack of a callback) answers EK_UNAVAILABLE and nothing is done. Callbacks come on the thread that made the call; a host's
 *            clock and zones are asked by the threads that read for it, too.
 * Structs    begin with struct_size = sizeof the struct as compiled; EK_INIT clears one and sets it. A smaller one is of an older header
 *            and is accepted: what it lacks is "not given". A larger one is refused where what is unknown is not zero.
 * Handles    that are NULL, of another type, or freed already (as far as can be seen) are answered by EK_INVALID_ARGUMENT.
 *
 * The library has no global or thread-local state, and neither exits, nor handles signals, nor writes to stdout or stderr. It starts threads
 * for requests to AWS alone, where a fleet has stores there, and the process that a profile of AWS's credentials files may name; both end with
 * the call. libcurl and libcrypto, which those requests go through, have a state of their own. */
#ifndef EVENKEEL_H
#define EVENKEEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define EK_API __attribute__((visibility("default")))
#else
#define EK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0". Static. */
EK_API const char* ek_version(void);

#define EK_INIT(pointer) (memset((pointer), 0, sizeof *(pointer)), (pointer)->struct_size = sizeof *(pointer))

typedef struct ek_view {
  const char* data;
  size_t size;
} ek_view;
typedef struct ek_views {
  const ek_view* items;
  size_t count;
} ek_views;

#ifndef EK_DECLARATIONS_ONLY /* for generators of bindings */
/* The view of a text that ends with NUL; of NULL the empty one. */
static inline ek_view ek_text(const char* text) {
  ek_view view;
  view.data = text;
  view.size = text != NULL ? strlen(text) : 0;
  return view;
}
#endif

/* ---- Errors ----------------------------------------------------------------------------------------------------------------- */

/* What went wrong, by what the caller should do next. Numbers never change their meaning. */
typedef int32_t ek_code;
enum {
  EK_OK = 0,
  EK_INVALID_ARGUMENT = 1,    /* correct the input and call again */
  EK_NOT_FOUND = 2,           /* the resource does not exist */
  EK_ALREADY_EXISTS = 3,      /* a create lost to an existing resource */
  EK_PRECONDITION_FAILED = 4, /* somebody else changed the resource: read and plan again */
  EK_UNAVAILABLE = 5,         /* nothing was done; retry later */
  EK_UNKNOWN_OUTCOME = 6,     /* the effect may or may not have happened: look before repeating it */
  EK_LIMIT_EXCEEDED = 7,      /* the input is larger than allowed; the message names the limit */
  EK_PERMISSION_DENIED = 8,   /* change the rights, or ask somebody who has them */
  EK_UNIMPLEMENTED = 9,       /* this store cannot do that, by design */
  EK_INTERNAL = 10,           /* a bug in this library; please report it */
  EK_OUT_OF_MEMORY = 11       /* a run that was under way goes on with ek_resume */
};

typedef struct ek_error ek_error;
/* All four take NULL: EK_OK and empty texts. */
EK_API ek_code ek_error_code(const ek_error* error);
EK_API ek_view ek_error_message(const ek_error* error);  /* what happened, one line */
EK_API ek_view ek_error_resource(const ek_error* error); /* the thing it happened to ("guest-pages:g/x.html"); may be empty */
EK_API ek_view ek_error_next(const ek_error* error);     /* the next step */
EK_API ek_view ek_error_json(const ek_error* error);     /* evenkeel.error/1 */
EK_API void ek_error_free(ek_error* error);

/* "precondition_failed"; of an unknown number "". Static. */
EK_API const char* ek_code_name(ek_code code);

/* ---- Answers ---------------------------------------------------------------------------------------------------------------- */

/* What a call came to, as the program's exit code says it: 0 done, nothing left; 1 something could not be read; 2 something was found
 * (drift, a change to apply, an existing page); 3 a person, an approval or a brake is in the way; 4 another writer was in the way. */
typedef struct ek_result ek_result;
EK_API int32_t ek_result_exit(const ek_result* result); /* of NULL: 1 */
EK_API ek_view ek_result_json(const ek_result* result);
EK_API ek_view ek_result_bytes(const ek_result* result); /* a page's bytes, where the function says so */
EK_API void ek_result_free(ek_result* result);

/* Asked between two steps of work; 0 stops cleanly. */
typedef int32_t (*ek_keep_going)(void* host);

/* The host's rules of civil time; where none are given, the system's tz database. They must be pure, and outlive what they were given
 * to; a reading that is shared asks from any thread, and so does a fleet with pages on AWS. */
typedef struct ek_zones {
  size_t struct_size;
  void* host;
  ek_view version; /* "2025b"; copied */
  /* How many seconds the zone's wall clock is ahead of UTC at this instant (seconds since 1970), and what the zone is called then ("PDT",
   * with its NUL). 0: there is no such zone, else 1. */
  int32_t (*to_local)(void* host, ek_view zone, int64_t utc, int32_t* ahead, char abbreviation[16]);
  /* The instant of a wall-clock time (its seconds since 1970 as if it were UTC). 0: there is no such zone; 1: there is one such instant;
   * 2: there are two, *utc is the earlier; 3: the clock jumps over it, *utc is as if it had run on (RFC 5545, 3.3.5). */
  int32_t (*to_instant)(void* host, ek_view zone, int64_t local, int64_t* utc);
} ek_zones;

/* ---- Handles that are used in calls ----------------------------------------------------------------------------------------- */

typedef struct ek_reading ek_reading; /* what one page says */
typedef struct ek_edits ek_edits;     /* an edit of it */
typedef struct ek_fleet ek_fleet;     /* one operator's systems, opened */
typedef struct ek_stores ek_stores;   /* the host's own stores: evenkeel_stores.h */
typedef struct ek_plan ek_plan;       /* a plan */
typedef struct ek_run ek_run;         /* a plan being applied or taken back, step by step */

#ifdef __cplusplus
}
#endif

#include "evenkeel_pages.h"
#include "evenkeel_fleet.h"
#include "evenkeel_stores.h"

#endif
