#include "run.h"

namespace evenkeel::program {
namespace {

// The only unfinished run; empty when there is none.
StatusOr<std::string> OnlyUnfinishedRun(Fleet& fleet) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, UnfinishedRuns(fleet));
  if (runs.size() < 2) return runs.empty() ? std::string() : runs.front();
  std::string names;
  for (const std::string& run : runs) names += (names.empty() ? "" : ", ") + run;
  return Status(Code::kInvalidArgument, "several runs are unfinished (" + names + "); name the one to go on with", "RUN");
}

}  // namespace

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
  EVENKEEL_ASSIGN_OR_RETURN(const RunReport report, ResumeRun(opened.fleet, run, OptionsOfRun(arguments, console)));
  return ShowRun(arguments, opened.fleet, report, console);
}

}  // namespace evenkeel::program
