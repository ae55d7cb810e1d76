#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunHandoff(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  PageCounter counter(arguments.progress);
  std::optional<Handoff> last;
  if (arguments.note) {
    EVENKEEL_ASSIGN_OR_RETURN(last, LeaveNote(opened.fleet, arguments.booking, *arguments.note, NameOfPerson(arguments), counter.Look()));
  } else {
    EVENKEEL_ASSIGN_OR_RETURN(last, LastHandoff(opened.fleet, arguments.booking, counter.Look()));
  }
  console.Show(HandoffDocument(arguments.booking, last), RenderHandoff(arguments.booking, last));
  return kDone;
}

}  // namespace evenkeel::program
