/* Evenkeel from C: pages. Pure: bytes in, documents and bytes out; no store, clock or file besides the system's tz database. */
#ifndef EVENKEEL_PAGES_H
#define EVENKEEL_PAGES_H

#include "evenkeel.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ek_read_options {
  size_t struct_size;
  ek_view date;          /* the booking's, "2026-05-30": anchors weekdays and relative dates */
  ek_view zone;          /* the booking's, IANA; not given: the fleet's, else "UTC" */
  const ek_fleet* fleet; /* its zone, zones, features, limits and order of dates; may be NULL, may be freed after the call */
  int32_t day_first;     /* 05/06/2026 is 5 June; without a fleet */
  ek_keep_going keep_going;
  void* keep_going_host;
  const ek_zones* zones; /* copied; may be NULL */
} ek_read_options;

/* Reads an HTML page, or raw iCalendar. The bytes are copied. `options` may be NULL.
 * EK_INVALID_ARGUMENT: UTF-16, UTF-32, a known binary format, no such zone. EK_LIMIT_EXCEEDED: the limit is named.
 * EK_UNAVAILABLE: keep_going said stop. */
EK_API ek_error* ek_read(ek_view page, const ek_read_options* options, ek_reading** reading);
EK_API ek_view ek_reading_json(const ek_reading* reading); /* evenkeel.reading/1; made when first asked for, empty if memory runs out */
EK_API ek_view ek_reading_page(const ek_reading* reading); /* the bytes that were read */
EK_API void ek_reading_free(ek_reading* reading);

/* Moves every time of the booking by wall-clock minutes, at most 7 days. The edited page is read again and compared before it is
 * given out. */
EK_API ek_error* ek_reading_shift(const ek_reading* reading, int32_t minutes, ek_edits** edits);

/* Takes the page to given values; doing it twice changes nothing more. `targets`: { "schema": "evenkeel.targets/1",
 *   "start", "end", "arrival", "cutoff", "switch": "15:30" or "2026-05-30T15:30"; what is not given stays,
 *   "statements": { "captain": "Gene" },                             by field, as a reader should see it
 *   "moments": [ { "span": [b,e], "value": "19:00" } ] }             a time with a value of its own; counts more than the above */
EK_API ek_error* ek_reading_set(const ek_reading* reading, ek_view targets, ek_edits** edits);

EK_API ek_view ek_edits_json(const ek_edits* edits);  /* evenkeel.edits/1 */
EK_API ek_view ek_edits_page(const ek_edits* edits);  /* the edited page */
EK_API int32_t ek_edits_exit(const ek_edits* edits);  /* 0, or 3 where unsure times were left alone; of NULL 1 */
EK_API void ek_edits_free(ek_edits* edits);

/* The page with the edits of a document evenkeel.edits/1 in place, in ek_result_bytes. EK_INVALID_ARGUMENT: they overlap or lie outside. */
EK_API ek_error* ek_edit(ek_view page, ek_view edits, ek_result** result);

/* Reads a line of plain text (an event's summary, a card's title) by the same grammar. evenkeel.reading/1. */
EK_API ek_error* ek_read_text(ek_view text, const ek_read_options* options, ek_result** result);

#ifdef __cplusplus
}
#endif

#endif
