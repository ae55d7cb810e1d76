#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunSet(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  PageCounter counter(arguments.progress);
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Instruction> kept, SetFields(opened.fleet, arguments.booking, arguments.assignments, arguments.by, counter.Look()));
  console.Show(InstructionsDocument(kept), RenderInstructions(kept, {arguments.fleet, "plan.json"}));
  return kDone;
}

}  // namespace evenkeel::program
