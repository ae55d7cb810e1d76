/* What the tests in C stand on: checks that go on after a failure, files, and texts within JSON. */
#ifndef EVENKEEL_TEST_CHECK_H
#define EVENKEEL_TEST_CHECK_H

#include "evenkeel.h"

extern int failures;

#define CHECK(condition) check((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
void check(int passed, const char* what, const char* file, int line);

/* The call succeeded; the error is shown and freed otherwise. */
#define OK(call) check_ok((call), #call, __FILE__, __LINE__)
int check_ok(ek_error* error, const char* what, const char* file, int line);

/* The call failed with this code, and with a message, a next step and a document; the error is freed. */
#define FAILS(code, call) check_fails((code), (call), #call, __FILE__, __LINE__)
void check_fails(ek_code code, ek_error* error, const char* what, const char* file, int line);

int contains(ek_view text, const char* part);
int equals(ek_view text, const char* whole);
/* The text between `before` and the next `"`, from malloc; "" where it is not there. */
char* text_after(ek_view text, const char* before);

/* EK_INIT, and somebody who approves everything. */
void approve_all(ek_apply_options* options);

/* Somebody has done the plan's first manual task. */
void attest_task(ek_fleet* fleet, const ek_plan* plan);

/* A whole file, from malloc, with a NUL behind it that is not counted. Ends the program where it cannot be read. */
char* slurp(const char* path, size_t* size);

#endif
