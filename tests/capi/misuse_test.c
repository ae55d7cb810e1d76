/* Everything a caller can get wrong: NULL, handles of another type, sizes of structs, views, places for answers. */
#include "check.h"

static const ek_view kNone = {NULL, 0};

/* Getters and frees take NULL and say nothing of it. */
static void null_is_harmless_where_it_may_be(void) {
  CHECK(ek_error_code(NULL) == EK_OK && ek_error_message(NULL).size == 0 && ek_error_resource(NULL).size == 0);
  CHECK(ek_error_next(NULL).size == 0 && ek_error_json(NULL).size == 0);
  CHECK(ek_result_exit(NULL) == 1 && ek_result_json(NULL).size == 0 && ek_result_bytes(NULL).size == 0);
  CHECK(ek_reading_json(NULL).size == 0 && ek_reading_page(NULL).size == 0);
  CHECK(ek_edits_json(NULL).size == 0 && ek_edits_page(NULL).size == 0 && ek_edits_exit(NULL) == 1);
  CHECK(ek_plan_json(NULL).size == 0 && ek_plan_hash(NULL).size == 0 && ek_plan_run(NULL).size == 0 && ek_plan_exit(NULL) == 1);
  CHECK(strlen(ek_version()) > 0 && strcmp(ek_code_name(EK_NOT_FOUND), "not_found") == 0 && strcmp(ek_code_name(999), "") == 0);
  CHECK(ek_reply_done(NULL) == EK_INVALID_ARGUMENT && ek_reply_json(NULL, kNone) == EK_INVALID_ARGUMENT);
  CHECK(ek_reply_bytes(NULL, kNone) == EK_INVALID_ARGUMENT && ek_reply_fail(NULL, EK_INTERNAL, kNone) == EK_INVALID_ARGUMENT);
  ek_error_free(NULL);
  ek_result_free(NULL);
  ek_reading_free(NULL);
  ek_edits_free(NULL);
  ek_plan_free(NULL);
  ek_run_free(NULL);
  ek_fleet_free(NULL);
  ek_stores_free(NULL);
}

/* Every verb with this fleet, which is none. */
static void every_verb_refuses(ek_fleet* fleet) {
  const ek_views none = {NULL, 0};
  ek_view x = ek_text("x");
  ek_result* result;
  ek_plan* plan;
  ek_run* run;
  FAILS(EK_INVALID_ARGUMENT, ek_give(fleet, x, x));
  FAILS(EK_INVALID_ARGUMENT, ek_give_page(fleet, x, x, x));
  FAILS(EK_INVALID_ARGUMENT, ek_doctor(fleet, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_audit(fleet, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_verify(fleet, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_find(fleet, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_guard(fleet, x, x, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_set(fleet, x, none, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_accept(fleet, x, none, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_lease_look(fleet, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_leases(fleet, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_lease_take(fleet, x, x, 0, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_lease_renew(fleet, x, x, 0, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_lease_release(fleet, x, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_handoff(fleet, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_handoff_leave(fleet, x, x, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_plan_make(fleet, NULL, &plan));
  FAILS(EK_INVALID_ARGUMENT, ek_plan_of_run(fleet, x, &plan));
  FAILS(EK_INVALID_ARGUMENT, ek_apply(fleet, NULL, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_resume(fleet, x, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_rollback(fleet, x, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_show(fleet, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_runs(fleet, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_attest(fleet, x, x, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_restore(fleet, x, x, 0, x, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_run_start(fleet, NULL, NULL, &run));
  FAILS(EK_INVALID_ARGUMENT, ek_run_resume(fleet, x, NULL, &run));
  FAILS(EK_INVALID_ARGUMENT, ek_run_rollback(fleet, x, NULL, &run));
  CHECK(result == NULL && plan == NULL && run == NULL);
}

static ek_fleet* empty_fleet(void) {
  ek_fleet* fleet;
  OK(ek_fleet_given(ek_text("{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"UTC\",\"state\":\"state\"}"), NULL, &fleet));
  return fleet;
}

static void other_handles_refuse(void) {
  ek_edits* edits;
  ek_result* result;
  ek_fleet* fleet = empty_fleet();
  ek_reading* reading;
  ek_stores* stores;
  ek_plan* plan;
  ek_error* error;
  ek_fleet_options options;
  ek_fleet* other;
  int32_t more = 7;
  OK(ek_read(ek_text("<p>4 PM</p>"), NULL, &reading));
  OK(ek_stores_new(&stores));
  OK(ek_plan_make(fleet, NULL, &plan));
  every_verb_refuses((ek_fleet*)(void*)reading);
  every_verb_refuses((ek_fleet*)(void*)stores);
  error = ek_audit((ek_fleet*)(void*)plan, NULL, &result);
  CHECK(contains(ek_error_message(error), "plan"));
  ek_error_free(error);
  FAILS(EK_INVALID_ARGUMENT, ek_apply(fleet, (ek_plan*)(void*)fleet, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_apply(fleet, NULL, NULL, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_reading_shift((ek_reading*)(void*)plan, 5, &edits));
  FAILS(EK_INVALID_ARGUMENT, ek_reading_set(NULL, ek_text("{}"), &edits));
  FAILS(EK_INVALID_ARGUMENT, ek_run_step((ek_run*)(void*)fleet, &more));
  CHECK(more == 0);
  FAILS(EK_INVALID_ARGUMENT, ek_run_step(NULL, &more));
  FAILS(EK_INVALID_ARGUMENT, ek_run_report(NULL, &result));
  EK_INIT(&options);
  options.stores = (const ek_stores*)(const void*)plan;
  FAILS(EK_INVALID_ARGUMENT, ek_fleet_open(ek_text("x"), &options, &other));
  CHECK(other == NULL);
  CHECK(ek_plan_json((const ek_plan*)(const void*)reading).size == 0 && ek_result_exit((const ek_result*)(const void*)plan) == 1);
  ek_plan_free((ek_plan*)(void*)reading); /* is left alone */
  CHECK(contains(ek_reading_json(reading), "evenkeel.reading/1"));
  ek_plan_free(plan);
  ek_stores_free(stores);
  ek_reading_free(reading);
  ek_fleet_free(fleet);
}

static void answers_need_a_place(void) {
  ek_fleet* fleet = empty_fleet();
  FAILS(EK_INVALID_ARGUMENT, ek_audit(fleet, NULL, NULL));
  FAILS(EK_INVALID_ARGUMENT, ek_plan_make(fleet, NULL, NULL));
  FAILS(EK_INVALID_ARGUMENT, ek_read(ek_text("x"), NULL, NULL));
  FAILS(EK_INVALID_ARGUMENT, ek_fleet_open(ek_text("x"), NULL, NULL));
  FAILS(EK_INVALID_ARGUMENT, ek_stores_new(NULL));
  FAILS(EK_INVALID_ARGUMENT, ek_run_step(NULL, NULL));
  ek_fleet_free(fleet);
}

static void views_are_checked(void) {
  ek_view bad = {NULL, 5};
  ek_view empty = {"", 0};
  ek_views list = {NULL, 3};
  ek_fleet* fleet = empty_fleet();
  ek_reading* reading;
  ek_result* result;
  ek_plan* plan;
  FAILS(EK_INVALID_ARGUMENT, ek_read(bad, NULL, &reading));
  FAILS(EK_INVALID_ARGUMENT, ek_plan_parse(bad, &plan));
  FAILS(EK_INVALID_ARGUMENT, ek_set(fleet, ek_text("b"), list, ek_text("me"), &result));
  FAILS(EK_INVALID_ARGUMENT, ek_lease_look(fleet, bad, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_lease_look(fleet, empty, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_lease_take(fleet, ek_text("b"), ek_text("me"), -1, &result));
  FAILS(EK_INVALID_ARGUMENT, ek_find(fleet, NULL, &result));
  ek_fleet_free(fleet);
  FAILS(EK_NOT_FOUND, ek_fleet_open(ek_text("/nowhere/at/all.json"), NULL, &fleet));
  CHECK(fleet == NULL);
  OK(ek_read(empty, NULL, &reading));
  ek_reading_free(reading);
}

/* As an older or a newer caller has it. */
typedef struct newer {
  ek_audit_options known;
  void* unknown;
} newer;

static void struct_sizes(void) {
  ek_fleet* fleet = empty_fleet();
  ek_audit_options options;
  ek_result* result;
  newer later;
  EK_INIT(&options);
  options.from = ek_text("no date");
  FAILS(EK_INVALID_ARGUMENT, ek_audit(fleet, &options, &result));
  options.struct_size = offsetof(ek_audit_options, from); /* an older caller, whose struct ended there */
  OK(ek_audit(fleet, &options, &result));
  ek_result_free(result);
  options.struct_size = sizeof(size_t);
  OK(ek_audit(fleet, &options, &result));
  ek_result_free(result);
  memset(&later, 0, sizeof later);
  later.known.struct_size = sizeof later;
  OK(ek_audit(fleet, &later.known, &result));
  ek_result_free(result);
  later.unknown = &later;
  FAILS(EK_INVALID_ARGUMENT, ek_audit(fleet, &later.known, &result));
  options.struct_size = 0;
  FAILS(EK_INVALID_ARGUMENT, ek_audit(fleet, &options, &result));
  options.struct_size = 1u << 30;
  FAILS(EK_INVALID_ARGUMENT, ek_audit(fleet, &options, &result));
  ek_fleet_free(fleet);
}

static void refuses_size(ek_error* error, const char* name) {
  CHECK(ek_error_code(error) == EK_INVALID_ARGUMENT && contains(ek_error_message(error), "struct_size") && contains(ek_error_resource(error), name));
  ek_error_free(error);
}

/* The struct as a newer header may have it, with something this library does not know; and with no size at all. */
#define REFUSES_SIZES(type, call)             \
  do {                                        \
    struct {                                  \
      type known;                             \
      void* unknown;                          \
    } given;                                  \
    memset(&given, 0, sizeof given);          \
    given.known.struct_size = sizeof given;   \
    given.unknown = &given;                   \
    refuses_size((call), #type);              \
    given.known.struct_size = 0;              \
    refuses_size((call), #type);              \
  } while (0)

static void every_struct_says_its_size(void) {
  ek_fleet* fleet = empty_fleet();
  ek_fleet* other;
  ek_adapter adapter;
  ek_fleet_options options;
  ek_plan* plan;
  ek_read_options read;
  ek_reading* reading;
  ek_result* result;
  ek_run* run;
  ek_stores* stores;
  const ek_view text = ek_text("{\"schema\":\"evenkeel.fleet/1\",\"zone\":\"UTC\",\"state\":\"state\"}");
  OK(ek_stores_new(&stores));
  EK_INIT(&adapter);
  adapter.name = ek_text("mine");
  EK_INIT(&options);
  EK_INIT(&read);
  REFUSES_SIZES(ek_fleet_options, ek_fleet_given(text, &given.known, &other));
  REFUSES_SIZES(ek_clock, (options.clock = &given.known, ek_fleet_given(text, &options, &other)));
  options.clock = NULL;
  REFUSES_SIZES(ek_zones, (options.zones = &given.known, ek_fleet_given(text, &options, &other)));
  REFUSES_SIZES(ek_read_options, ek_read(text, &given.known, &reading));
  REFUSES_SIZES(ek_read_options, ek_read_text(text, &given.known, &result));
  REFUSES_SIZES(ek_zones, (read.zones = &given.known, ek_read(text, &read, &reading)));
  REFUSES_SIZES(ek_audit_options, ek_audit(fleet, &given.known, &result));
  REFUSES_SIZES(ek_audit_options, ek_plan_make(fleet, &given.known, &plan));
  OK(ek_plan_make(fleet, NULL, &plan));
  REFUSES_SIZES(ek_find_options, ek_find(fleet, &given.known, &result));
  REFUSES_SIZES(ek_accept_options, ek_accept(fleet, text, (ek_views){&text, 1}, &given.known, &result));
  REFUSES_SIZES(ek_apply_options, ek_apply(fleet, plan, &given.known, &result));
  REFUSES_SIZES(ek_apply_options, ek_run_start(fleet, plan, &given.known, &run));
  REFUSES_SIZES(ek_adapter, ek_stores_add_edge(stores, &given.known, NULL));
  REFUSES_SIZES(ek_object_store, ek_stores_add_objects(stores, &adapter, &given.known));
  REFUSES_SIZES(ek_record_store, ek_stores_add_records(stores, &adapter, &given.known));
  REFUSES_SIZES(ek_edge_cache, ek_stores_add_edge(stores, &adapter, &given.known));
  REFUSES_SIZES(ek_calendar, ek_stores_add_calendar(stores, &adapter, &given.known));
  REFUSES_SIZES(ek_listing, ek_stores_add_listing(stores, &adapter, &given.known));
  REFUSES_SIZES(ek_task_board, ek_stores_add_board(stores, &adapter, &given.known));
  REFUSES_SIZES(ek_state_store, ek_stores_add_state(stores, &adapter, &given.known));
  ek_plan_free(plan);
  ek_stores_free(stores);
  ek_fleet_free(fleet);
}

/* Memory of the host's, which is no handle at all. */
static void what_is_no_handle_is_left_alone(void) {
  uint64_t mine[16] = {4711};
  ek_edits* edits;
  every_verb_refuses((ek_fleet*)(void*)mine);
  FAILS(EK_INVALID_ARGUMENT, ek_reading_shift((ek_reading*)(void*)mine, 5, &edits));
  ek_fleet_free((ek_fleet*)(void*)mine);
  ek_plan_free((ek_plan*)(void*)mine);
  ek_error_free((ek_error*)(void*)mine);
  CHECK(mine[0] == 4711);
}

static void list_nothing(void* store, ek_view prefix, ek_view cursor, ek_reply* reply) {
  (void)store, (void)prefix, (void)cursor;
  ek_reply_json(reply, ek_text("{\"objects\":[]}"));
}

static void tables_must_be_whole(void) {
  ek_adapter adapter;
  ek_object_store table;
  ek_stores* stores;
  OK(ek_stores_new(&stores));
  EK_INIT(&adapter);
  EK_INIT(&table);
  FAILS(EK_INVALID_ARGUMENT, ek_stores_add_objects(stores, &adapter, &table));
  adapter.name = ek_text("mine");
  table.list = list_nothing;
  FAILS(EK_INVALID_ARGUMENT, ek_stores_add_objects(stores, &adapter, &table));
  FAILS(EK_INVALID_ARGUMENT, ek_stores_add_objects(stores, &adapter, NULL));
  FAILS(EK_INVALID_ARGUMENT, ek_stores_add_objects(stores, NULL, &table));
  FAILS(EK_INVALID_ARGUMENT, ek_stores_add_objects(NULL, &adapter, &table));
  ek_stores_free(stores);
}

int main(void) {
  null_is_harmless_where_it_may_be();
  every_verb_refuses(NULL);
  other_handles_refuse();
  answers_need_a_place();
  views_are_checked();
  struct_sizes();
  every_struct_says_its_size();
  what_is_no_handle_is_left_alone();
  tables_must_be_whole();
  return failures == 0 ? 0 : 1;
}
