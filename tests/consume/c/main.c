/* Reads a page through the installed library. */
#include <stdio.h>

#include <evenkeel.h>

int main(void) {
  ek_reading* reading = NULL;
  ek_error* error = ek_read(ek_text("<p>Sail: 4:30 PM - 7:30 PM</p>"), NULL, &reading);
  ek_view json = ek_reading_json(reading);
  int right = error == NULL && json.size > 0;
  printf("%s: %.*s\n", ek_version(), (int)json.size, json.data);
  ek_error_free(error);
  ek_reading_free(reading);
  return right ? 0 : 1;
}
