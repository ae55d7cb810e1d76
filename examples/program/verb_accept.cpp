#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunAccept(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  PageCounter counter(arguments.progress);
  const AcceptOptions options{counter.Look(), arguments.why, arguments.by, arguments.until, arguments.withdraw};
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Acceptance> kept, AcceptDrift(opened.fleet, arguments.booking, arguments.fields, options));
  console.Show(AcceptancesDocument(kept), RenderAcceptances(kept, {arguments.fleet, "plan.json"}));
  return kDone;
}

}  // namespace evenkeel::program
