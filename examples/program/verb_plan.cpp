#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunPlan(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  PageCounter counter(arguments.progress);
  AuditOptions options;
  options.on_pages = counter.Callback();
  options.booking = arguments.only_booking;
  options.answers = arguments.decide;
  options.by = NameOfPerson(arguments);
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanFleet(opened.fleet, options));
  const Json document = PlanToJson(plan);
  if (arguments.out) {
    EVENKEEL_RETURN_IF_ERROR(WriteOutput(*arguments.out, DumpJsonPretty(document)));
    console.Note({"plan written to " + *arguments.out});
  }
  if (console.json() || arguments.out) NameNotes(plan, console);
  const Names names{arguments.fleet, arguments.out.value_or("plan.json")};
  console.Show(document, arguments.out ? RenderPlanBriefly(plan, names) : RenderPlan(plan, names, nullptr));
  return ExitCodeOf(plan);
}

}  // namespace evenkeel::program
