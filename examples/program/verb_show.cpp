#include "program.h"
#include "render.h"

namespace evenkeel::program {

namespace {

struct Shown {
  Json document;
  Sheet sheet;
};

StatusOr<Shown> ShowPlan(const Arguments& arguments) {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, ReadPlan(arguments.plan));
  return Shown{PlanToJson(plan), RenderPlan(plan, {"FLEET", arguments.plan}, nullptr)};
}

// What happened first, then the plan it came from.
StatusOr<Shown> ShowRun(const Arguments& arguments) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  EVENKEEL_ASSIGN_OR_RETURN(const RunReport report, ReportOfRun(opened.fleet, arguments.run));
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfRun(opened.fleet, arguments.run));
  const Names names{arguments.fleet, "PLAN"};
  Shown shown{RunReportToJson(report), RenderRun(report, &plan, names)};
  const Sheet whole = RenderPlan(plan, names, &report);
  shown.sheet.blocks.insert(shown.sheet.blocks.end(), whole.blocks.begin(), whole.blocks.end());
  return shown;
}

}  // namespace

StatusOr<int> RunShow(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(const Shown shown, arguments.fleet.empty() ? ShowPlan(arguments) : ShowRun(arguments));
  if (arguments.html) {
    EVENKEEL_RETURN_IF_ERROR(WriteOutput(*arguments.html, ToHtml(shown.sheet)));
    console.Note({"written to " + *arguments.html});
  }
  console.Show(shown.document, shown.sheet);
  return kDone;
}

}  // namespace evenkeel::program
