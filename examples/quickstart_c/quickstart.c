#include <stdio.h>

#include <evenkeel.h>

static int fail(ek_error* error) {
  fprintf(stderr, "%.*s: %.*s\n", (int)ek_error_resource(error).size, ek_error_resource(error).data, (int)ek_error_message(error).size,
          ek_error_message(error).data);
  ek_error_free(error);
  return 1;
}

int main(int argc, char** argv) {
  ek_fleet* fleet;
  ek_plan* plan;
  ek_result* run;
  ek_error* error = ek_fleet_open(ek_text(argc > 1 ? argv[1] : "fleet.json"), NULL, &fleet);
  if (error != NULL) return fail(error);
  error = ek_plan_make(fleet, NULL, &plan);
  if (error == NULL) error = ek_apply(fleet, plan, NULL, &run); /* what is safe by policy; the rest waits for people */
  if (error != NULL) return fail(error);

  printf("%.*s\n", (int)ek_result_json(run).size, ek_result_json(run).data); /* evenkeel.run/1 */
  int exit_code = ek_result_exit(run);                                       /* as the program's */
  ek_result_free(run);
  ek_plan_free(plan);
  ek_fleet_free(fleet);
  return exit_code;
}
