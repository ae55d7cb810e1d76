#include "run.h"

namespace evenkeel::program {

StatusOr<int> RunApply(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, ReadPlan(arguments.plan));
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  const StatusOr<RunReport> report = Apply(opened.fleet, plan, OptionsOfRun(arguments, console));
  if (!report.ok()) return WithWayOn(report.status(), arguments, opened.fleet, RunOfPlan(plan));
  return ShowRun(arguments, opened.fleet, *report, console);
}

}  // namespace evenkeel::program
