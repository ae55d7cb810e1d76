/* The host's state store, and what its tables share. */
#ifndef EVENKEEL_TEST_HOST_STATE_H
#define EVENKEEL_TEST_HOST_STATE_H

#include "host.h"

void table_remove(table* in, item* gone);
int has_version(const item* of, ek_view expected);
void put_version(text* to, const item* of);
void answer(ek_reply* reply, text* json); /* and frees it */

ek_error* host_register_state(ek_stores* stores, const ek_adapter* adapter);

#endif
