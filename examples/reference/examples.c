/* One example for each header of capi, by its name. Compiled as a test; shown on the header's page of the reference. */
#include <stdio.h>

#include <evenkeel.h>

int show(ek_error* error);
int show_times(const char* page);
int audit_one(const char* fleet_path, const char* booking);
ek_error* offer(ek_stores* stores, void* rows);

/*! [evenkeel] */
int show(ek_error* error) { /* of any call; NULL is success */
  if (error == NULL) return 0;
  fprintf(stderr, "%.*s; next: %.*s\n", (int)ek_error_message(error).size, ek_error_message(error).data, (int)ek_error_next(error).size,
          ek_error_next(error).data);
  ek_error_free(error);
  return 1;
}
/*! [evenkeel] */

/*! [evenkeel_pages] */
int show_times(const char* page) {
  ek_reading* reading;
  ek_read_options options;
  EK_INIT(&options);
  options.zone = ek_text("America/Los_Angeles");
  if (show(ek_read(ek_text(page), &options, &reading))) return 1;
  printf("%.*s\n", (int)ek_reading_json(reading).size, ek_reading_json(reading).data);
  ek_reading_free(reading);
  return 0;
}
/*! [evenkeel_pages] */

/*! [evenkeel_fleet] */
int audit_one(const char* fleet_path, const char* booking) {
  ek_fleet* fleet;
  ek_result* result;
  ek_audit_options options;
  int found = 1;
  if (show(ek_fleet_open(ek_text(fleet_path), NULL, &fleet))) return 1;
  EK_INIT(&options);
  options.booking = ek_text(booking);
  if (!show(ek_audit(fleet, &options, &result))) {
    found = ek_result_exit(result); /* 2: something disagrees */
    ek_result_free(result);
  }
  ek_fleet_free(fleet);
  return found;
}
/*! [evenkeel_fleet] */

/*! [evenkeel_stores] */
static void list(void* rows, ek_view cursor, ek_reply* reply) {
  (void)rows, (void)cursor;
  ek_reply_json(reply, ek_text("{\"records\":[{\"key\":\"S2FJLN\",\"version\":\"7\",\"attributes\":{\"start\":\"15:30\"}}]}"));
}
static void get(void* rows, ek_view key, ek_reply* reply) {
  (void)rows, (void)key;
  ek_reply_fail(reply, EK_NOT_FOUND, ek_text("no such row"));
}

/* A fleet file then says "adapter": "house". */
ek_error* offer(ek_stores* stores, void* rows) {
  ek_adapter adapter;
  ek_record_store table;
  EK_INIT(&adapter);
  adapter.name = ek_text("house");
  adapter.host = rows;
  EK_INIT(&table);
  table.promises = EK_READ_ONLY;
  table.list = list;
  table.get = get;
  return ek_stores_add_records(stores, &adapter, &table);
}
/*! [evenkeel_stores] */
