#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunDoctor(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Check> checks, Examine(opened.fleet));
  console.Show(ChecksDocument(checks), RenderChecks(checks, {arguments.fleet, "plan.json"}));
  return ExitCodeOf(checks);
}

}  // namespace evenkeel::program
