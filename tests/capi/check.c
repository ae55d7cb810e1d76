#include "check.h"

#include <stdio.h>
#include <stdlib.h>

int failures = 0;

void check(int passed, const char* what, const char* file, int line) {
  if (passed) return;
  ++failures;
  fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
}

int check_ok(ek_error* error, const char* what, const char* file, int line) {
  if (error == NULL) return 1;
  ++failures;
  fprintf(stderr, "%s:%d: %s: %.*s\n", file, line, what, (int)ek_error_json(error).size, ek_error_json(error).data);
  ek_error_free(error);
  return 0;
}

void check_fails(ek_code code, ek_error* error, const char* what, const char* file, int line) {
  int right = error != NULL && ek_error_code(error) == code && ek_error_message(error).size > 0 && ek_error_next(error).size > 0 &&
              contains(ek_error_json(error), "\"schema\":\"evenkeel.error/1\"") && contains(ek_error_json(error), ek_code_name(code));
  if (!right) {
    ++failures;
    fprintf(stderr, "%s:%d: %s: not %s but %.*s\n", file, line, what, ek_code_name(code), (int)ek_error_json(error).size,
            error != NULL ? ek_error_json(error).data : "");
  }
  ek_error_free(error);
}

static const char* find(ek_view text, const char* part) {
  size_t size = strlen(part), i;
  for (i = 0; i + size <= text.size; ++i) {
    if (memcmp(text.data + i, part, size) == 0) return text.data + i;
  }
  return NULL;
}

int contains(ek_view text, const char* part) { return find(text, part) != NULL; }

int equals(ek_view text, const char* whole) { return text.size == strlen(whole) && (text.size == 0 || memcmp(text.data, whole, text.size) == 0); }

char* text_after(ek_view text, const char* before) {
  const char* begin = find(text, before);
  const char* end = text.data + text.size;
  const char* at;
  char* copy;
  if (begin != NULL) begin += strlen(before);
  for (at = begin; at != NULL && at < end && *at != '"'; ++at) {
  }
  copy = calloc(begin != NULL ? (size_t)(at - begin) + 1 : 1, 1);
  if (copy != NULL && begin != NULL) memcpy(copy, begin, (size_t)(at - begin));
  return copy;
}

char* slurp(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* bytes = NULL;
  long end;
  if (file != NULL && fseek(file, 0, SEEK_END) == 0 && (end = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
    *size = (size_t)end;
    bytes = calloc(*size + 1, 1);
    if (bytes != NULL && fread(bytes, 1, *size, file) != *size) *size = 0;
  }
  if (file != NULL) fclose(file);
  if (bytes == NULL) {
    fprintf(stderr, "cannot read %s\n", path);
    exit(1);
  }
  return bytes;
}

void approve_all(ek_apply_options* options) {
  static const ek_view all = {"all", 3};
  EK_INIT(options);
  options->approve.items = &all;
  options->approve.count = 1;
  options->by = ek_text("Marisol Reyes");
}

void attest_task(ek_fleet* fleet, const ek_plan* plan) {
  char* task = text_after(ek_plan_json(plan), "\"id\":\"manual_task-");
  char id[64];
  ek_result* result;
  snprintf(id, sizeof id, "manual_task-%s", task);
  free(task);
  OK(ek_attest(fleet, ek_plan_run(plan), ek_text(id), ek_text("Marisol Reyes"), &result));
  CHECK(ek_result_exit(result) == 0);
  ek_result_free(result);
}
