#include "run.h"

namespace evenkeel::program {
StatusOr<int> RunResume(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  std::string run = arguments.run;
  if (run.empty()) {
    EVENKEEL_ASSIGN_OR_RETURN(run, OnlyUnfinishedRun(opened.fleet));
  }
  if (run.empty()) {
    RunReport nothing;
    nothing.finished = true;
    Sheet sheet;
    sheet.Add(0, {{"No run is unfinished: there is nothing to resume.", Tone::kGood}});
    console.Show(RunReportToJson(nothing), sheet);
    return kDone;
  }
  const StatusOr<RunReport> report = ResumeRun(opened.fleet, run, OptionsOfRun(arguments, console));
  if (!report.ok()) return WithWayOn(report.status(), arguments, opened.fleet, run);
  return ShowRun(arguments, opened.fleet, *report, console);
}

}  // namespace evenkeel::program
