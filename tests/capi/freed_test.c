/* Handles that were freed already: seen as long as their memory shows it. Not for sanitizers, which see it always, and stop. */
#include "check.h"

int main(void) {
  ek_reading* reading;
  ek_edits* edits;
  OK(ek_read(ek_text("<p>4 PM</p>"), NULL, &reading));
  ek_reading_free(reading);
  FAILS(EK_INVALID_ARGUMENT, ek_reading_shift(reading, 5, &edits));
  CHECK(ek_reading_json(reading).size == 0);
  ek_reading_free(reading);
  return failures == 0 ? 0 : 1;
}
