/* Growing texts and as much JSON as the stores of the tests need: the members of an object, with their values as they are written. */
#ifndef EVENKEEL_TEST_TEXT_H
#define EVENKEEL_TEST_TEXT_H

#include "evenkeel.h"

typedef struct text {
  char* data;
  size_t size;
} text;

void text_add(text* to, const char* data, size_t size);
void text_put(text* to, const char* words);
void text_put_json(text* to, ek_view words); /* in quotes */
void text_put_number(text* to, unsigned long number);
ek_view text_view(const text* from);
void text_free(text* from);

int same(ek_view a, ek_view b);
/* The next member of the object that `*at` is in (at its brace, or behind the last member); 0 at its end. `name` is without quotes. */
int next_member(const char** at, const char* end, ek_view* name, ek_view* value);
/* 0: it has none of this name. */
int find_member(ek_view object, ek_view name, ek_view* value);
/* The object with the members of `changes` in it; null changes nothing. */
void merge(text* into, ek_view object, ek_view changes);

#endif
