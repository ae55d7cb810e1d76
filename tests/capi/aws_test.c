/* A fleet file with stores on AWS, audited and reconciled through the C API. argv[1]: the folder that holds it; tests/aws/test_program.py makes one. */
#include "check.h"

int main(int argc, char** argv) {
  ek_audit_options looking;
  ek_apply_options options;
  ek_fleet* fleet;
  ek_plan* plan;
  ek_result* result;
  if (argc != 2) return 64;
  CHECK(ek_has_adapter(ek_text("s3")) && ek_has_adapter(ek_text("dynamodb")) && ek_has_adapter(ek_text("cloudfront")) && ek_has_adapter(ek_text("aws")));
  if (!OK(ek_fleet_open(ek_text(argv[1]), NULL, &fleet))) return 1;
  OK(ek_doctor(fleet, &result));
  CHECK(contains(ek_result_json(result), "E1 is enabled and deployed"));
  ek_result_free(result);
  EK_INIT(&looking);
  if (OK(ek_plan_make(fleet, &looking, &plan))) {
    CHECK(ek_plan_exit(plan) == 2);
    approve_all(&options);
    OK(ek_apply(fleet, plan, &options, &result));
    CHECK(ek_result_exit(result) == 3 && contains(ek_result_json(result), "\"stale\":[]"));
    ek_result_free(result);
    ek_plan_free(plan);
  }
  OK(ek_verify(fleet, NULL, &result));
  CHECK(ek_result_exit(result) == 3); /* the marketplace is for people */
  ek_result_free(result);
  ek_fleet_free(fleet);
  return failures == 0 ? 0 : 1;
}
