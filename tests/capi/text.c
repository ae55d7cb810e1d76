#include "text.h"

#include <stdio.h>
#include <stdlib.h>

void text_add(text* to, const char* data, size_t size) {
  char* grown = realloc(to->data, to->size + size + 1);
  if (grown == NULL) abort();
  if (size > 0) memcpy(grown + to->size, data, size);
  to->data = grown;
  to->size += size;
  grown[to->size] = '\0';
}

void text_put(text* to, const char* words) { text_add(to, words, strlen(words)); }

void text_put_json(text* to, ek_view words) {
  size_t i;
  text_put(to, "\"");
  for (i = 0; i < words.size; ++i) {
    unsigned char c = (unsigned char)words.data[i];
    char escaped[8];
    if (c == '"' || c == '\\' || c < 0x20) {
      snprintf(escaped, sizeof escaped, "\\u%04x", c);
      text_put(to, escaped);
    } else {
      text_add(to, words.data + i, 1);
    }
  }
  text_put(to, "\"");
}

void text_put_number(text* to, unsigned long number) {
  char digits[32];
  snprintf(digits, sizeof digits, "%lu", number);
  text_put(to, digits);
}

ek_view text_view(const text* from) {
  ek_view view;
  view.data = from->data;
  view.size = from->size;
  return view;
}

void text_free(text* from) {
  free(from->data);
  from->data = NULL;
  from->size = 0;
}

int same(ek_view a, ek_view b) { return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0); }

/* Behind the value that begins at `at`: counts brackets outside of strings. */
static const char* behind_value(const char* at, const char* end) {
  int depth = 0, in_string = 0;
  for (; at < end; ++at) {
    if (in_string) {
      if (*at == '\\') {
        ++at;
      } else if (*at == '"') {
        in_string = 0;
      }
    } else if (*at == '"') {
      in_string = 1;
    } else if (*at == '{' || *at == '[') {
      ++depth;
    } else if (depth == 0 && (*at == ',' || *at == '}' || *at == ']')) {
      return at;
    } else if (*at == '}' || *at == ']') {
      --depth;
    }
  }
  return end;
}

int next_member(const char** at, const char* end, ek_view* name, ek_view* value) {
  const char* from = *at;
  while (from < end && (*from == '{' || *from == ',' || *from == ' ')) ++from;
  if (from >= end || *from != '"') return 0;
  name->data = ++from;
  while (from < end && *from != '"') ++from;
  name->size = (size_t)(from - name->data);
  ++from;
  while (from < end && (*from == ':' || *from == ' ')) ++from;
  value->data = from;
  *at = behind_value(from, end);
  value->size = (size_t)(*at - from);
  return 1;
}

int find_member(ek_view object, ek_view wanted, ek_view* value) {
  const char* at = object.data;
  ek_view name;
  while (next_member(&at, object.data + object.size, &name, value)) {
    if (same(name, wanted)) return 1;
  }
  return 0;
}

static void put_member(text* into, ek_view name, ek_view value) {
  text_put(into, into->size > 1 ? "," : "");
  text_put_json(into, name);
  text_put(into, ":");
  text_add(into, value.data, value.size);
}

void merge(text* into, ek_view object, ek_view changes) {
  const char* at = object.data;
  ek_view name, value, changed;
  text_put(into, "{");
  while (next_member(&at, object.data + object.size, &name, &value)) {
    int is_changed = find_member(changes, name, &changed) && !same(changed, ek_text("null"));
    put_member(into, name, is_changed ? changed : value);
  }
  for (at = changes.data; next_member(&at, changes.data + changes.size, &name, &value);) {
    if (!find_member(object, name, &changed) && !same(value, ek_text("null"))) put_member(into, name, value);
  }
  text_put(into, "}");
}
