#include <algorithm>

#include "documents.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunDoctor(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Check> checks, Examine(opened.fleet));
  console.Show(ChecksDocument(checks), RenderChecks(checks, {arguments.fleet, "plan.json"}));
  return std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.passed; }) ? kDone : kError;
}

}  // namespace evenkeel::program
