/* Evenkeel from C: stores that the host implements.
 *
 * A table of callbacks is registered under the name of an adapter; a fleet file then says "adapter": "that name". Each callback answers
 * through its ek_reply before it returns, and keeps nothing it was given. What is never answered has failed: EK_UNAVAILABLE for what
 * only reads, EK_UNKNOWN_OUTCOME for what writes, and so has an answer that cannot be understood. A callback that throws C++ exceptions
 * counts as one that has not answered. Callbacks must not call into the fleet they serve (EK_UNAVAILABLE).
 *
 * Law for all: a conditional write either finds its condition true at the moment of the effect, or has no effect and answers
 * EK_PRECONDITION_FAILED. What was answered without an error is durable. A lost reply is EK_UNKNOWN_OUTCOME, never a guess. A write is
 * never repeated inside the store. Versions are the store's own tokens, compared and never parsed.
 *
 * The last members of a table may be NULL where this is said. */
#ifndef EVENKEEL_STORES_H
#define EVENKEEL_STORES_H

#include "evenkeel.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Replies ---------------------------------------------------------------------------------------------------------------- */

/* Lives until the callback returns. The last answer counts. The functions copy what they are given, and say EK_INVALID_ARGUMENT of a
 * reply that is NULL, and EK_OUT_OF_MEMORY where the copy failed. */
typedef struct ek_reply ek_reply;
EK_API ek_code ek_reply_done(ek_reply* reply);                    /* of a call that has no value */
EK_API ek_code ek_reply_json(ek_reply* reply, ek_view json);
EK_API ek_code ek_reply_bytes(ek_reply* reply, ek_view bytes);    /* beside the JSON where the call has both */
EK_API ek_code ek_reply_fail(ek_reply* reply, ek_code code, ek_view message);

/* ---- Documents -------------------------------------------------------------------------------------------------------------- */

/* Members marked ? may be left out or null. "schema" may be left out; where it stands it must be the one named here. Keys, ids
 * and uids that are not UTF-8 stand under "key_base64", "id_base64", "uid_base64" instead. Lists:
 *   { "schema": "evenkeel.LIST/1", LIST: [items, by key], "complete"?: true, "why_incomplete"?: "", "cursor"?: "" }
 * "complete": false where something could not be listed: absence then proves nothing. "cursor": ask again with it (objects, records).
 *
 * objects   evenkeel.object/1  { "key", "version", "bytes": size, "modified"?: instant, "content_type"?, "cache_control"?, "operation"? }
 * records   evenkeel.record/1  { "key", "version", "attributes": {…}, "operation"? }     key: of several attributes a JSON array as text
 * events    evenkeel.event/1   { "uid", "version", "summary"?, "description"?, "location"?, "status"?, "zone"?: TZID, "UTC" or "" floating,
 *                                "all_day"?: false, "start"?, "end"?: "2026-05-30T15:30" in zone, "recurring"?: false, "modified"?,
 *                                "extensions"?: {"X-…": text} }
 * listings  evenkeel.listing/1 { "id", "version", "attributes": { "date", "start", "end", "title", … } }
 * cards     evenkeel.card/1    { "id", "version", "lane", "title"?, "booking"?, "slug"? }
 * documents evenkeel.document/1 { "id", "version", "value": any JSON }                    of the state store */

/* Every write carries one. `operation` is unique for the effect; a store that keeps it shows it with the resource until somebody else
 * writes. A store that checks fences refuses a number below one it has seen for this booking with EK_PRECONDITION_FAILED. */
typedef struct ek_stamp {
  size_t struct_size;
  ek_view operation;
  ek_view fence_booking; /* empty: no fence */
  uint64_t fence_number;
} ek_stamp;

/* What a store promises, added up. */
enum {
  EK_UNIQUE_VERSIONS = 1, /* a version is never the same again for a later state, even with equal bytes */
  EK_CHECKS_FENCES = 2,
  EK_KEEPS_OPERATIONS = 4, /* of records: and each update, even to what stands there, has a version that none of ours ever has again */
  EK_READ_ONLY = 8
};

/* ---- Tables ----------------------------------------------------------------------------------------------------------------- */

/* Pages as bytes under keys. */
typedef struct ek_object_store {
  size_t struct_size;
  uint32_t promises;
  void (*list)(void* store, ek_view prefix, ek_view cursor, ek_reply* reply); /* objects, those that begin with prefix */
  void (*head)(void* store, ek_view key, ek_reply* reply);                    /* object; EK_NOT_FOUND */
  void (*get)(void* store, ek_view key, ek_reply* reply);                     /* object, and its bytes */
  /* Object as it is now; content type and cache control stay. */
  void (*replace)(void* store, ek_view key, ek_view bytes, ek_view expected, const ek_stamp* stamp, ek_reply* reply);
  /* Object; EK_ALREADY_EXISTS. */
  void (*create)(void* store, ek_view key, ek_view bytes, ek_view content_type, const ek_stamp* stamp, ek_reply* reply);
  /* No value; EK_NOT_FOUND where it is gone already. */
  void (*remove)(void* store, ek_view key, ek_view expected, const ek_stamp* stamp, ek_reply* reply);
  /* Many at once, one reply each, in the order of `keys`. May be NULL: get is called for each. */
  void (*get_many)(void* store, ek_views keys, ek_reply* const* replies);
} ek_object_store;

/* Rows or items with named attributes. */
typedef struct ek_record_store {
  size_t struct_size;
  uint32_t promises;
  void (*list)(void* store, ek_view cursor, ek_reply* reply); /* records */
  void (*get)(void* store, ek_view key, ek_reply* reply);     /* record */
  /* Record as it is now. `set`, `expected_attributes`: JSON objects by attribute. Each value of `set` takes the place of the whole
   * attribute (of one that holds more than was changed it brings the rest, and null is a value: no merge patch); attributes that are not
   * named stay. The old values are checked in the transaction of the write, even where `expected` (the version) is empty. An empty `set`
   * only passes the fence: the record, its version and its operation stay. */
  void (*update)(void* store, ek_view key, ek_view set, ek_view expected_attributes, ek_view expected, const ek_stamp* stamp,
                 ek_reply* reply);
  void (*get_many)(void* store, ek_views keys, ek_reply* const* replies); /* may be NULL */
} ek_record_store;

/* A CDN in front of the pages. */
typedef struct ek_edge_cache {
  size_t struct_size;
  /* JSON text: the cache's own id of it. The same reference again is the same invalidation. A limit exceeded: the cache is
     busy and has done nothing; a run waits and asks again. */
  void (*invalidate)(void* store, ek_views paths, ek_view reference, ek_reply* reply);
  void (*was_accepted)(void* store, ek_view reference, ek_reply* reply); /* JSON true or false */
  /* These may be NULL; a cache that drops its copies at once needs none of them. */
  /* JSON number: how many of the invalidations of this handle were taken and are not everywhere yet. At its end a run waits until it is 0. */
  void (*count_in_progress)(void* store, ek_reply* reply);
  /* Bytes: what a guest is served at the path now; a run compares them with the page. EK_NOT_FOUND: nothing is served there;
   * EK_UNIMPLEMENTED: nobody looks. */
  void (*serve)(void* store, ek_view path, ek_reply* reply);
  /* What ek_doctor shows of it: JSON array of { "what", "passed": true or false, "detail"?: what was found, and the next step }. Reads only. */
  void (*examine)(void* store, ek_reply* reply);
} ek_edge_cache;

typedef struct ek_calendar {
  size_t struct_size;
  uint32_t promises;
  void (*list)(void* store, ek_reply* reply);             /* events */
  void (*get)(void* store, ek_view uid, ek_reply* reply); /* event */
  /* Event as it is now. `change`: { "start"?, "end"?, "zone", "summary"?, "description"?, "status"? }; null stays, unknown properties
   * and alarms always. `zone`: IANA, of start and end; the event keeps its own where it has one. */
  void (*update)(void* store, ek_view uid, ek_view change, ek_view expected, const ek_stamp* stamp, ek_reply* reply);
} ek_calendar;

/* A marketplace's offer of a booking, which people edit and attest. */
typedef struct ek_listing {
  size_t struct_size;
  uint32_t promises;
  void (*list)(void* store, ek_reply* reply);            /* listings */
  void (*get)(void* store, ek_view id, ek_reply* reply); /* listing */
  /* Listing. Records what a person says to have entered; `set` as of records. NULL where the marketplace can be read itself. */
  void (*record_attested)(void* store, ek_view id, ek_view set, ek_view expected, const ek_stamp* stamp, ek_reply* reply);
} ek_listing;

typedef struct ek_task_board {
  size_t struct_size;
  uint32_t promises;
  ek_view done_lane;                                     /* the lane of finished cards; copied; empty: "done" */
  void (*list)(void* store, ek_reply* reply);            /* cards */
  void (*get)(void* store, ek_view id, ek_reply* reply); /* card */
  void (*move)(void* store, ek_view id, ek_view lane, ek_view expected, const ek_stamp* stamp, ek_reply* reply); /* card */
} ek_task_board;

/* What Evenkeel itself remembers: documents under (kind, id) with unique versions, blobs that are written once, journals that grow by
 * one durable line. Ids and names may hold any bytes. */
typedef struct ek_state_store {
  size_t struct_size;
  void (*get_document)(void* store, ek_view kind, ek_view id, ek_reply* reply); /* document; EK_NOT_FOUND */
  /* Document. `expected`: NULL: must not exist yet (EK_ALREADY_EXISTS); else must have this version (EK_PRECONDITION_FAILED). */
  void (*put_document)(void* store, ek_view kind, ek_view id, ek_view value, const ek_view* expected, ek_reply* reply);
  void (*delete_document)(void* store, ek_view kind, ek_view id, ek_view expected, ek_reply* reply);
  void (*list_documents)(void* store, ek_view kind, ek_reply* reply); /* documents */
  /* The same bytes again are no error, others under a taken name EK_ALREADY_EXISTS. */
  void (*put_blob)(void* store, ek_view name, ek_view bytes, ek_reply* reply);
  void (*get_blob)(void* store, ek_view name, ek_reply* reply); /* bytes */
  void (*remove_blob)(void* store, ek_view name, ek_reply* reply);
  /* Line number `sequence`, from 0. EK_PRECONDITION_FAILED: the journal has another length. Durable when answered. */
  void (*append_journal)(void* store, ek_view run, uint64_t sequence, ek_view line, ek_reply* reply);
  void (*read_journal)(void* store, ek_view run, ek_reply* reply); /* bytes: all lines, each with its newline; EK_NOT_FOUND */
  void (*list_journals)(void* store, ek_reply* reply);             /* JSON array of run names */
  void (*remove_journal)(void* store, ek_view run, ek_reply* reply);
  void (*blob_location)(void* store, ek_view name, ek_reply* reply); /* JSON text: where a person finds it; may be NULL */
} ek_state_store;

/* ---- Registering ------------------------------------------------------------------------------------------------------------ */

typedef struct ek_adapter {
  size_t struct_size;
  ek_view name;    /* what "adapter" in the fleet file says; one that is built in is replaced */
  ek_views keys;   /* the settings it takes in the fleet file, besides those every store has */
  int32_t remote;  /* not 0: other machines share the store, so the state must be shared, too */
  void* host;      /* what callbacks get as `store`, unless `open` gives another */
  /* Once for each store of the fleet file. `settings`: { "name": of the store, "zone": of the fleet, "settings": {the adapter's keys} }.
   * Answers ek_reply_done with *store set. May be NULL. */
  void (*open)(void* host, ek_view settings, void** store, ek_reply* reply);
  void (*close)(void* store); /* of what `open` gave, when the fleet is over; may be NULL */
} ek_adapter;

EK_API ek_error* ek_stores_new(ek_stores** stores);
EK_API void ek_stores_free(ek_stores* stores); /* fleets that were opened with it go on */
/* The structs are copied. EK_INVALID_ARGUMENT: no name, or a callback is missing. */
EK_API ek_error* ek_stores_add_objects(ek_stores* stores, const ek_adapter* adapter, const ek_object_store* table);
EK_API ek_error* ek_stores_add_records(ek_stores* stores, const ek_adapter* adapter, const ek_record_store* table);
EK_API ek_error* ek_stores_add_edge(ek_stores* stores, const ek_adapter* adapter, const ek_edge_cache* table);
EK_API ek_error* ek_stores_add_calendar(ek_stores* stores, const ek_adapter* adapter, const ek_calendar* table);
EK_API ek_error* ek_stores_add_listing(ek_stores* stores, const ek_adapter* adapter, const ek_listing* table);
EK_API ek_error* ek_stores_add_board(ek_stores* stores, const ek_adapter* adapter, const ek_task_board* table);
EK_API ek_error* ek_stores_add_state(ek_stores* stores, const ek_adapter* adapter, const ek_state_store* table);

#ifdef __cplusplus
}
#endif

#endif
