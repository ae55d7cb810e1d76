#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunGuard(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  EVENKEEL_ASSIGN_OR_RETURN(const std::string bytes, ReadInput(arguments.page, opened.fleet.config.limits.page_bytes, "the file"));
  PageCounter counter(arguments.progress);
  EVENKEEL_ASSIGN_OR_RETURN(const GuardAnswer answer, GuardDeploy(opened.fleet, arguments.key, bytes, arguments.holder, counter.Look()));
  console.Show(GuardDocument(answer), RenderGuard(answer, arguments.page));
  return ExitCodeOf(answer);
}

}  // namespace evenkeel::program
