/* Stores of a host, in its own memory and in C alone: every interface that a fleet can be given. */
#ifndef EVENKEEL_TEST_HOST_H
#define EVENKEEL_TEST_HOST_H

#include "text.h"

typedef struct item {
  text key;
  text value; /* a page's bytes, or a JSON object of members, or a document's value */
  unsigned long version;
  text operation;
} item;
typedef struct table {
  item* items;
  size_t count;
  unsigned long writes; /* versions are made of it and never come back */
} table;

typedef struct host {
  table pages, records, events, listings, cards;
  table paths;                 /* dropped by the edge cache, by reference */
  table documents, blobs, journals;
  int in_progress, served;     /* invalidations that the edge cache says are not everywhere yet; pages it was asked for as a guest */
  int calls, opened, closed;
  int lose_next_write;         /* the write is done, and its reply is lost: 1 so says the store, 2 it says nothing, 3 nonsense */
} host;

item* table_find(table* in, ek_view key);
/* A new item, or the old one with a new value and version. */
item* table_put(table* in, ek_view key, ek_view value);
void host_free(host* of);

/* Registers a table for each interface under the adapter name "mine". */
ek_error* host_register(host* of, ek_stores* stores);

#endif
