#include "run.h"

namespace evenkeel::program {
namespace {

StatusOr<std::string> RunToTakeBack(const Arguments& arguments, Fleet& fleet) {
  if (!arguments.run.empty()) return arguments.run;
  EVENKEEL_ASSIGN_OR_RETURN(std::string run, OnlyUnfinishedRun(fleet));
  if (run.empty()) return Status(Code::kInvalidArgument, "no run is unfinished; name the run to take back, as apply named it", "RUN");
  return run;
}

}  // namespace

StatusOr<int> RunRollback(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  EVENKEEL_ASSIGN_OR_RETURN(const std::string run, RunToTakeBack(arguments, opened.fleet));
  const ApplyOptions shared = OptionsOfRun(arguments, console);
  const RollbackOptions options{shared.by, arguments.why, shared.holder, shared.progress, shared.keep_going};
  const StatusOr<RunReport> report = RollbackRun(opened.fleet, run, options);
  if (!report.ok()) return WithWayOn(report.status(), arguments, opened.fleet, run);
  return ShowRun(arguments, opened.fleet, *report, console);
}

}  // namespace evenkeel::program
