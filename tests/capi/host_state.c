#include "host_state.h"

/* Documents stand under "KIND/ID". */
static text document_key(ek_view kind, ek_view id) {
  text key = {NULL, 0};
  text_add(&key, kind.data, kind.size);
  text_put(&key, "/");
  text_add(&key, id.data, id.size);
  return key;
}

static void put_document_json(text* to, const item* of) {
  size_t slash = 0;
  ek_view id;
  while (of->key.data[slash] != '/') ++slash;
  id.data = of->key.data + slash + 1;
  id.size = of->key.size - slash - 1;
  text_put(to, "{\"schema\":\"evenkeel.document/1\",\"id\":");
  text_put_json(to, id);
  text_put(to, ",");
  put_version(to, of);
  text_put(to, ",\"value\":");
  text_add(to, of->value.data, of->value.size);
  text_put(to, "}");
}

static void answer_document(ek_reply* reply, const item* of) {
  text json = {NULL, 0};
  put_document_json(&json, of);
  answer(reply, &json);
}

static item* find_document(void* store, ek_view kind, ek_view id) {
  text key = document_key(kind, id);
  item* found = table_find(&((host*)store)->documents, text_view(&key));
  text_free(&key);
  return found;
}

static void get_document(void* store, ek_view kind, ek_view id, ek_reply* reply) {
  item* found = find_document(store, kind, id);
  if (found == NULL) {
    ek_reply_fail(reply, EK_NOT_FOUND, ek_text("no such document"));
    return;
  }
  answer_document(reply, found);
}

static void put_document(void* store, ek_view kind, ek_view id, ek_view value, const ek_view* expected, ek_reply* reply) {
  item* found = find_document(store, kind, id);
  text key;
  if (expected == NULL && found != NULL) {
    ek_reply_fail(reply, EK_ALREADY_EXISTS, ek_text("there is such a document"));
    return;
  }
  if (expected != NULL && (found == NULL || !has_version(found, *expected))) {
    ek_reply_fail(reply, EK_PRECONDITION_FAILED, ek_text("it has another version"));
    return;
  }
  key = document_key(kind, id);
  answer_document(reply, table_put(&((host*)store)->documents, text_view(&key), value));
  text_free(&key);
}

static void delete_document(void* store, ek_view kind, ek_view id, ek_view expected, ek_reply* reply) {
  item* found = find_document(store, kind, id);
  if (found == NULL || !has_version(found, expected)) {
    ek_reply_fail(reply, found == NULL ? EK_NOT_FOUND : EK_PRECONDITION_FAILED, ek_text("it has another version"));
    return;
  }
  table_remove(&((host*)store)->documents, found);
  ek_reply_done(reply);
}

static int compare_keys(const item* a, const item* b) {
  size_t shorter = a->key.size < b->key.size ? a->key.size : b->key.size;
  int order = memcmp(a->key.data, b->key.data, shorter);
  return order != 0 ? order : (a->key.size > b->key.size) - (a->key.size < b->key.size);
}

/* The smallest key behind `last` (NULL: of all). */
static const item* next_key(const table* of, const item* last) {
  const item* best = NULL;
  size_t i;
  for (i = 0; i < of->count; ++i) {
    const item* one = &of->items[i];
    if (last != NULL && compare_keys(one, last) <= 0) continue;
    if (best == NULL || compare_keys(one, best) < 0) best = one;
  }
  return best;
}

static void list_documents(void* store, ek_view kind, ek_reply* reply) {
  table* of = &((host*)store)->documents;
  const item* one;
  text json = {NULL, 0};
  int listed = 0;
  text_put(&json, "{\"schema\":\"evenkeel.documents/1\",\"documents\":[");
  for (one = next_key(of, NULL); one != NULL; one = next_key(of, one)) {
    if (one->key.size <= kind.size || memcmp(one->key.data, kind.data, kind.size) != 0 || one->key.data[kind.size] != '/') continue;
    text_put(&json, listed++ > 0 ? "," : "");
    put_document_json(&json, one);
  }
  text_put(&json, "]}");
  answer(reply, &json);
}

static void put_blob(void* store, ek_view name, ek_view bytes, ek_reply* reply) {
  item* found = table_find(&((host*)store)->blobs, name);
  if (found != NULL && !same(text_view(&found->value), bytes)) {
    ek_reply_fail(reply, EK_ALREADY_EXISTS, ek_text("other bytes stand there"));
    return;
  }
  table_put(&((host*)store)->blobs, name, bytes);
  ek_reply_done(reply);
}

static void answer_bytes(ek_reply* reply, const item* found, const char* why) {
  if (found == NULL) {
    ek_reply_fail(reply, EK_NOT_FOUND, ek_text(why));
    return;
  }
  ek_reply_bytes(reply, text_view(&found->value));
}

static void get_blob(void* store, ek_view name, ek_reply* reply) { answer_bytes(reply, table_find(&((host*)store)->blobs, name), "no such blob"); }

static void remove_named(table* of, ek_view name, ek_reply* reply) {
  item* found = table_find(of, name);
  if (found == NULL) {
    ek_reply_fail(reply, EK_NOT_FOUND, ek_text("there is none"));
    return;
  }
  table_remove(of, found);
  ek_reply_done(reply);
}
static void remove_blob(void* store, ek_view name, ek_reply* reply) { remove_named(&((host*)store)->blobs, name, reply); }
static void remove_journal(void* store, ek_view run, ek_reply* reply) { remove_named(&((host*)store)->journals, run, reply); }

static void append_journal(void* store, ek_view run, uint64_t sequence, ek_view line, ek_reply* reply) {
  table* journals = &((host*)store)->journals;
  item* found = table_find(journals, run);
  text whole = {NULL, 0};
  uint64_t lines = 0;
  size_t i;
  for (i = 0; found != NULL && i < found->value.size; ++i) lines += found->value.data[i] == '\n' ? 1u : 0u;
  if (lines != sequence) {
    ek_reply_fail(reply, EK_PRECONDITION_FAILED, ek_text("the journal has another length"));
    return;
  }
  if (found != NULL) text_add(&whole, found->value.data, found->value.size);
  text_add(&whole, line.data, line.size);
  text_put(&whole, "\n");
  table_put(journals, run, text_view(&whole));
  text_free(&whole);
  ek_reply_done(reply);
}

static void read_journal(void* store, ek_view run, ek_reply* reply) { answer_bytes(reply, table_find(&((host*)store)->journals, run), "no such journal"); }

static void list_journals(void* store, ek_reply* reply) {
  const table* of = &((host*)store)->journals;
  const item* one;
  text json = {NULL, 0};
  text_put(&json, "[");
  for (one = next_key(of, NULL); one != NULL; one = next_key(of, one)) {
    text_put(&json, json.size > 1 ? "," : "");
    text_put_json(&json, text_view(&one->key));
  }
  text_put(&json, "]");
  answer(reply, &json);
}

ek_error* host_register_state(ek_stores* stores, const ek_adapter* adapter) {
  ek_state_store state;
  EK_INIT(&state);
  state.get_document = get_document;
  state.put_document = put_document;
  state.delete_document = delete_document;
  state.list_documents = list_documents;
  state.put_blob = put_blob;
  state.get_blob = get_blob;
  state.remove_blob = remove_blob;
  state.append_journal = append_journal;
  state.read_journal = read_journal;
  state.list_journals = list_journals;
  state.remove_journal = remove_journal;
  return ek_stores_add_state(stores, adapter, &state);
}
