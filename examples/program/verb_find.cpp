#include "documents.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunFind(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  const FindQuery query{arguments.date, arguments.guest, arguments.id};
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Found> found, FindBooking(opened.fleet, query));
  console.Show(FoundDocument(found), RenderFound(found, query));
  if (found.empty()) return kDone;
  return found.size() == 1 ? kSomethingFound : kPersonNeeded;
}

}  // namespace evenkeel::program
