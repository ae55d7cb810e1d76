#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {
namespace {

StatusOr<Reserved> Ask(Fleet& fleet, const Arguments& arguments, const FindQuery& query) {
  PageCounter counter(arguments.progress);
  if (arguments.reserve) return ReserveBooking(fleet, query, arguments.holder, TtlOf(arguments), counter.Look());
  Reserved reserved;
  EVENKEEL_ASSIGN_OR_RETURN(reserved.answer, FindBooking(fleet, query, counter.Look()));
  return reserved;
}

}  // namespace

StatusOr<int> RunFind(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  const FindQuery query{arguments.date, arguments.guest, arguments.id};
  EVENKEEL_ASSIGN_OR_RETURN(const Reserved reserved, Ask(opened.fleet, arguments, query));
  const Instant now = opened.environment->Now();
  console.Show(AnswerDocument(reserved.answer, reserved.mine, now), RenderAnswer(reserved.answer, query, reserved.mine, now));
  return arguments.reserve ? ExitCodeOf(reserved) : ExitCodeOf(reserved.answer);
}

}  // namespace evenkeel::program
