#include "host.h"

#include <stdio.h>
#include <stdlib.h>

#include "host_state.h"

item* table_find(table* in, ek_view key) {
  size_t i;
  for (i = 0; i < in->count; ++i) {
    if (same(text_view(&in->items[i].key), key)) return &in->items[i];
  }
  return NULL;
}

item* table_put(table* in, ek_view key, ek_view value) {
  item* found = table_find(in, key);
  text copy = {NULL, 0};
  text_add(&copy, value.data, value.size);
  if (found == NULL) {
    in->items = realloc(in->items, (in->count + 1) * sizeof *in->items);
    if (in->items == NULL) abort();
    found = &in->items[in->count++];
    memset(found, 0, sizeof *found);
    text_add(&found->key, key.data, key.size);
  }
  text_free(&found->value);
  found->value = copy;
  text_free(&found->operation);
  found->version = ++in->writes;
  return found;
}

void table_remove(table* in, item* gone) {
  text_free(&gone->key);
  text_free(&gone->value);
  text_free(&gone->operation);
  *gone = in->items[--in->count];
}

static void table_free(table* of) {
  while (of->count > 0) table_remove(of, of->items);
  free(of->items);
}

void host_free(host* of) {
  table_free(&of->pages);
  table_free(&of->records);
  table_free(&of->events);
  table_free(&of->listings);
  table_free(&of->cards);
  table_free(&of->paths);
  table_free(&of->documents);
  table_free(&of->blobs);
  table_free(&of->journals);
}

int has_version(const item* of, ek_view expected) {
  char version[32];
  snprintf(version, sizeof version, "v%lu", of->version);
  return same(ek_text(version), expected);
}

void put_version(text* to, const item* of) {
  text_put(to, "\"version\":\"v");
  text_put_number(to, of->version);
  text_put(to, "\"");
}

static void put_schema(text* to, const char* name) {
  text_put(to, "{\"schema\":\"evenkeel.");
  text_put(to, name);
  text_put(to, "/1\",");
}

/* {"KEY": key, "version": …} with the members beside it, or under "attributes". */
static void put_item(text* to, const item* of, const char* kind, const char* key, int has_attributes) {
  put_schema(to, kind);
  text_put(to, "\"");
  text_put(to, key);
  text_put(to, "\":");
  text_put_json(to, text_view(&of->key));
  text_put(to, ",");
  put_version(to, of);
  if (has_attributes) {
    text_put(to, ",\"operation\":");
    text_put_json(to, text_view(&of->operation));
    text_put(to, ",\"attributes\":");
    text_add(to, of->value.data, of->value.size);
  } else if (of->value.size > 2) {
    text_put(to, ",");
    text_add(to, of->value.data + 1, of->value.size - 2);
  }
  text_put(to, "}");
}

static void put_page(text* to, const item* of) {
  put_schema(to, "object");
  text_put(to, "\"key\":");
  text_put_json(to, text_view(&of->key));
  text_put(to, ",");
  put_version(to, of);
  text_put(to, ",\"bytes\":");
  text_put_number(to, (unsigned long)of->value.size);
  text_put(to, ",\"operation\":");
  text_put_json(to, text_view(&of->operation));
  text_put(to, "}");
}

void answer(ek_reply* reply, text* json) {
  const char* path = getenv("EVENKEEL_DOCUMENTS"); /* a file that gets every document, for tests of their schemas */
  FILE* file = path != NULL ? fopen(path, "a") : NULL;
  if (file != NULL) {
    fprintf(file, "%s\n", json->data);
    fclose(file);
  }
  ek_reply_json(reply, text_view(json));
  text_free(json);
}

static void answer_page(host* of, ek_reply* reply, const item* page, int is_write) {
  text json = {NULL, 0};
  if (is_write && of->lose_next_write != 0) {
    if (of->lose_next_write == 1) ek_reply_fail(reply, EK_UNKNOWN_OUTCOME, ek_text("the line went dead"));
    if (of->lose_next_write == 3) ek_reply_json(reply, ek_text("{\"key\":[]}"));
    of->lose_next_write = 0;
    return;
  }
  put_page(&json, page);
  answer(reply, &json);
}

static void list_pages(void* store, ek_view prefix, ek_view cursor, ek_reply* reply) {
  host* of = store;
  text json = {NULL, 0};
  size_t i, listed = 0;
  (void)cursor;
  ++of->calls;
  put_schema(&json, "objects");
  text_put(&json, "\"objects\":[");
  for (i = 0; i < of->pages.count; ++i) {
    const item* page = &of->pages.items[i];
    if (page->key.size < prefix.size || memcmp(page->key.data, prefix.data, prefix.size) != 0) continue;
    text_put(&json, listed++ > 0 ? "," : "");
    put_page(&json, page);
  }
  text_put(&json, "]}");
  answer(reply, &json);
}

static void head_page(void* store, ek_view key, ek_reply* reply) {
  host* of = store;
  item* page = table_find(&of->pages, key);
  ++of->calls;
  if (page == NULL) {
    ek_reply_fail(reply, EK_NOT_FOUND, ek_text("no such page"));
    return;
  }
  answer_page(of, reply, page, 0);
}

static void get_page(void* store, ek_view key, ek_reply* reply) {
  item* page = table_find(&((host*)store)->pages, key);
  head_page(store, key, reply);
  if (page != NULL) ek_reply_bytes(reply, text_view(&page->value));
}

static void replace_page(void* store, ek_view key, ek_view bytes, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  host* of = store;
  item* page = table_find(&of->pages, key);
  ++of->calls;
  if (page == NULL || !has_version(page, expected)) {
    ek_reply_fail(reply, page == NULL ? EK_NOT_FOUND : EK_PRECONDITION_FAILED, ek_text("it has another version"));
    return;
  }
  page = table_put(&of->pages, key, bytes);
  text_add(&page->operation, stamp->operation.data, stamp->operation.size);
  answer_page(of, reply, page, 1);
}

static void create_page(void* store, ek_view key, ek_view bytes, ek_view content_type, const ek_stamp* stamp, ek_reply* reply) {
  host* of = store;
  item* page;
  (void)content_type;
  if (table_find(&of->pages, key) != NULL) {
    ek_reply_fail(reply, EK_ALREADY_EXISTS, ek_text("there is such a page"));
    return;
  }
  page = table_put(&of->pages, key, bytes);
  text_add(&page->operation, stamp->operation.data, stamp->operation.size);
  answer_page(of, reply, page, 1);
}

static void remove_page(void* store, ek_view key, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  host* of = store;
  item* page = table_find(&of->pages, key);
  (void)stamp;
  if (page == NULL || !has_version(page, expected)) {
    ek_reply_fail(reply, page == NULL ? EK_NOT_FOUND : EK_PRECONDITION_FAILED, ek_text("it has another version"));
    return;
  }
  table_remove(&of->pages, page);
  ek_reply_done(reply);
}

/* The four kinds whose items are JSON objects. */
static void list_items(table* of, const char* kind, const char* key, int has_attributes, ek_reply* reply) {
  text json = {NULL, 0};
  char list[16];
  size_t i;
  snprintf(list, sizeof list, "%ss", kind);
  put_schema(&json, list);
  text_put(&json, "\"");
  text_put(&json, list);
  text_put(&json, "\":[");
  for (i = 0; i < of->count; ++i) {
    text_put(&json, i > 0 ? "," : "");
    put_item(&json, &of->items[i], kind, key, has_attributes);
  }
  text_put(&json, "]}");
  answer(reply, &json);
}

static void get_item(table* of, ek_view id, const char* kind, const char* key, int has_attributes, ek_reply* reply) {
  text json = {NULL, 0};
  item* found = table_find(of, id);
  if (found == NULL) {
    ek_reply_fail(reply, EK_NOT_FOUND, ek_text("there is none"));
    return;
  }
  put_item(&json, found, kind, key, has_attributes);
  answer(reply, &json);
}

static void change_item(table* of, ek_view id, ek_view changes, ek_view expected, const ek_stamp* stamp, const char* kind, const char* key,
                        int has_attributes, ek_reply* reply) {
  item* found = table_find(of, id);
  text merged = {NULL, 0};
  if (found == NULL || (expected.size > 0 && !has_version(found, expected))) {
    ek_reply_fail(reply, found == NULL ? EK_NOT_FOUND : EK_PRECONDITION_FAILED, ek_text("it has another version"));
    return;
  }
  if (!same(changes, ek_text("{}"))) {
    merge(&merged, text_view(&found->value), changes);
    found = table_put(of, id, text_view(&merged));
    text_free(&merged);
    text_add(&found->operation, stamp->operation.data, stamp->operation.size);
  }
  get_item(of, id, kind, key, has_attributes, reply);
}

static void list_records(void* store, ek_view cursor, ek_reply* reply) {
  (void)cursor;
  list_items(&((host*)store)->records, "record", "key", 1, reply);
}
static void get_record(void* store, ek_view key, ek_reply* reply) { get_item(&((host*)store)->records, key, "record", "key", 1, reply); }
static void update_record(void* store, ek_view key, ek_view set, ek_view old, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  item* record = table_find(&((host*)store)->records, key);
  const char* at = old.data;
  ek_view name, value, now;
  while (record != NULL && next_member(&at, old.data + old.size, &name, &value)) {
    if (find_member(text_view(&record->value), name, &now) && same(now, value)) continue;
    ek_reply_fail(reply, EK_PRECONDITION_FAILED, ek_text("an attribute has another value"));
    return;
  }
  change_item(&((host*)store)->records, key, set, expected, stamp, "record", "key", 1, reply);
}

static void list_events(void* store, ek_reply* reply) { list_items(&((host*)store)->events, "event", "uid", 0, reply); }
static void get_event(void* store, ek_view uid, ek_reply* reply) { get_item(&((host*)store)->events, uid, "event", "uid", 0, reply); }
static void update_event(void* store, ek_view uid, ek_view change, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  change_item(&((host*)store)->events, uid, change, expected, stamp, "event", "uid", 0, reply);
}

static void list_listings(void* store, ek_reply* reply) { list_items(&((host*)store)->listings, "listing", "id", 1, reply); }
static void get_listing(void* store, ek_view id, ek_reply* reply) { get_item(&((host*)store)->listings, id, "listing", "id", 1, reply); }
static void record_attested(void* store, ek_view id, ek_view set, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  change_item(&((host*)store)->listings, id, set, expected, stamp, "listing", "id", 1, reply);
}

static void list_cards(void* store, ek_reply* reply) { list_items(&((host*)store)->cards, "card", "id", 0, reply); }
static void get_card(void* store, ek_view id, ek_reply* reply) { get_item(&((host*)store)->cards, id, "card", "id", 0, reply); }
static void move_card(void* store, ek_view id, ek_view lane, ek_view expected, const ek_stamp* stamp, ek_reply* reply) {
  text change = {NULL, 0};
  text_put(&change, "{\"lane\":");
  text_put_json(&change, lane);
  text_put(&change, "}");
  change_item(&((host*)store)->cards, id, text_view(&change), expected, stamp, "card", "id", 0, reply);
  text_free(&change);
}

static void invalidate(void* store, ek_views paths, ek_view reference, ek_reply* reply) {
  text dropped = {NULL, 0};
  size_t i;
  for (i = 0; i < paths.count; ++i) {
    text_add(&dropped, paths.items[i].data, paths.items[i].size);
    text_put(&dropped, "\n");
  }
  if (table_find(&((host*)store)->paths, reference) == NULL) ++((host*)store)->in_progress;
  table_put(&((host*)store)->paths, reference, text_view(&dropped));
  text_free(&dropped);
  ek_reply_json(reply, ek_text("\"an id\""));
}
static void was_accepted(void* store, ek_view reference, ek_reply* reply) {
  ek_reply_json(reply, ek_text(table_find(&((host*)store)->paths, reference) != NULL ? "true" : "false"));
}
/* One less each time. */
static void count_in_progress(void* store, ek_reply* reply) {
  char number[16];
  host* of = store;
  snprintf(number, sizeof number, "%d", of->in_progress);
  if (of->in_progress > 0) --of->in_progress;
  ek_reply_json(reply, ek_text(number));
}
/* "/g/x.html" and "/g/x" are the page g/x.html. */
static void serve(void* store, ek_view path, ek_reply* reply) {
  text key = {NULL, 0};
  item* page;
  text_add(&key, path.data + 1, path.size - 1);
  page = table_find(&((host*)store)->pages, text_view(&key));
  text_put(&key, ".html");
  if (page == NULL) page = table_find(&((host*)store)->pages, text_view(&key));
  text_free(&key);
  ++((host*)store)->served;
  if (page != NULL) ek_reply_bytes(reply, text_view(&page->value));
  else ek_reply_fail(reply, EK_NOT_FOUND, ek_text("nothing is served there"));
}
static void examine(void* store, ek_reply* reply) {
  (void)store;
  ek_reply_json(reply, ek_text("[{\"what\":\"the cache is in front of the pages\",\"passed\":true,\"detail\":\"it serves two\"},{\"what\":\"it is warm\",\"passed\":true}]"));
}

static void open_store(void* of, ek_view settings, void** store, ek_reply* reply) {
  ek_view name;
  if (!find_member(settings, ek_text("name"), &name)) return;
  ++((host*)of)->opened;
  *store = of;
  ek_reply_done(reply);
}
static void close_store(void* store) { ++((host*)store)->closed; }

static ek_error* register_noun_stores(ek_stores* stores, const ek_adapter* adapter) {
  ek_calendar calendar;
  ek_listing listing;
  ek_task_board board;
  ek_edge_cache edge;
  ek_error* error;
  EK_INIT(&calendar);
  calendar.promises = EK_UNIQUE_VERSIONS;
  calendar.list = list_events;
  calendar.get = get_event;
  calendar.update = update_event;
  EK_INIT(&listing);
  listing.promises = EK_UNIQUE_VERSIONS;
  listing.list = list_listings;
  listing.get = get_listing;
  listing.record_attested = record_attested;
  EK_INIT(&board);
  board.promises = EK_UNIQUE_VERSIONS;
  board.list = list_cards;
  board.get = get_card;
  board.move = move_card;
  EK_INIT(&edge);
  edge.invalidate = invalidate;
  edge.was_accepted = was_accepted;
  edge.count_in_progress = count_in_progress;
  edge.serve = serve;
  edge.examine = examine;
  error = ek_stores_add_calendar(stores, adapter, &calendar);
  if (error == NULL) error = ek_stores_add_listing(stores, adapter, &listing);
  if (error == NULL) error = ek_stores_add_board(stores, adapter, &board);
  if (error == NULL) error = ek_stores_add_edge(stores, adapter, &edge);
  return error;
}

ek_error* host_register(host* of, ek_stores* stores) {
  ek_adapter adapter;
  ek_object_store pages;
  ek_record_store records;
  ek_error* error;
  EK_INIT(&adapter);
  adapter.name = ek_text("mine");
  adapter.host = of;
  adapter.open = open_store;
  adapter.close = close_store;
  EK_INIT(&pages);
  pages.promises = EK_UNIQUE_VERSIONS | EK_KEEPS_OPERATIONS;
  pages.list = list_pages;
  pages.head = head_page;
  pages.get = get_page;
  pages.replace = replace_page;
  pages.create = create_page;
  pages.remove = remove_page;
  EK_INIT(&records);
  records.promises = EK_UNIQUE_VERSIONS | EK_KEEPS_OPERATIONS;
  records.list = list_records;
  records.get = get_record;
  records.update = update_record;
  error = ek_stores_add_objects(stores, &adapter, &pages);
  if (error == NULL) error = ek_stores_add_records(stores, &adapter, &records);
  if (error == NULL) error = register_noun_stores(stores, &adapter);
  if (error == NULL) error = host_register_state(stores, &adapter);
  return error;
}
