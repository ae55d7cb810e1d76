// What `apply`, `resume` and `rollback` share: progress, a clean stop, and the end of a run.
#pragma once

#include "program.h"

namespace evenkeel::program {

// Options with progress on stderr and a stop between two actions at Ctrl-C. `console` is borrowed for the run.
ApplyOptions OptionsOfRun(const Arguments& arguments, Console& console);

// The only unfinished run; empty when there is none. kInvalidArgument names them where there are several.
StatusOr<std::string> OnlyUnfinishedRun(Fleet& fleet);

// An error that stopped the run on its way, with what goes on from there; any other as it is.
Status WithWayOn(const Status& status, const Arguments& arguments, Fleet& fleet, const std::string& run);

// Shows the report and gives the exit code.
int ShowRun(const Arguments& arguments, Fleet& fleet, const RunReport& report, Console& console);

}  // namespace evenkeel::program
