#include "render.h"
#include "run.h"

namespace evenkeel::program {

StatusOr<int> RunAttest(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  EVENKEEL_ASSIGN_OR_RETURN(const RunReport report, Attest(opened.fleet, arguments.run, arguments.action, arguments.by));
  console.Note({{"attested: ", Tone::kGood}, arguments.action + " by " + arguments.by});
  // Whatever else the run waits for is its own matter: this task is done.
  (void)ShowRun(arguments, opened.fleet, report, console);
  return kDone;
}

}  // namespace evenkeel::program
