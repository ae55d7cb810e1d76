// Plans: made, read back, asked.
#include "evenkeel/json.h"
#include "options.h"
#include "plan.h"

namespace evenkeel::capi {
namespace {

using Made = StatusOr<std::unique_ptr<ek_plan>>;

Made HandleOf(Plan plan) {
  std::string json = DumpJson(PlanToJson(plan)), run = RunOfPlan(plan);
  return std::make_unique<ek_plan>(std::move(plan), std::move(json), std::move(run));
}

Made MakeNew(const Use& use, const ek_audit_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const AuditOptions options, AuditOptionsOf(given, use.log()));
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, PlanFleet(use.fleet(), options));
  LogPlan(use.log(), plan);
  return HandleOf(std::move(plan));
}

Made Parse(ek_view text) {
  Taken taken;
  const std::string_view json = taken.View(text, "json");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const Json document, ParseJson(json, "plan"));
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, PlanFromJson(document));
  return HandleOf(std::move(plan));
}

Made OfRun(const Use& use, ek_view run) {
  Taken taken;
  const std::string name = taken.Required(run, "run");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, PlanOfRun(use.fleet(), name));
  return HandleOf(std::move(plan));
}

}  // namespace
}  // namespace evenkeel::capi

using namespace evenkeel::capi;

ek_error* ek_plan_make(ek_fleet* fleet, const ek_audit_options* options, ek_plan** plan) {
  return OnFleet(fleet, plan, [&](const Use& use) { return MakeNew(use, options); });
}

ek_error* ek_plan_parse(ek_view json, ek_plan** plan) {
  return Give(plan, [&] { return Parse(json); });
}

ek_error* ek_plan_of_run(ek_fleet* fleet, ek_view run, ek_plan** plan) {
  return OnFleet(fleet, plan, [&](const Use& use) { return OfRun(use, run); });
}

ek_view ek_plan_json(const ek_plan* plan) { return IsHandle(plan) ? ViewOf(plan->json) : ek_text(nullptr); }
ek_view ek_plan_hash(const ek_plan* plan) { return IsHandle(plan) ? ViewOf(plan->plan.hash) : ek_text(nullptr); }
ek_view ek_plan_run(const ek_plan* plan) { return IsHandle(plan) ? ViewOf(plan->run) : ek_text(nullptr); }
int32_t ek_plan_exit(const ek_plan* plan) { return IsHandle(plan) ? evenkeel::ExitCodeOf(plan->plan) : evenkeel::exit_code::kError; }
void ek_plan_free(ek_plan* plan) { FreeHandle(plan); }
