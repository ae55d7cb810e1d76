#include "documents.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {
namespace {

int ExitCodeOf(const FindAnswer& answer) {
  switch (answer.kind()) {
    case FindAnswer::Kind::kNone: return kDone;
    case FindAnswer::Kind::kExists: return kSomethingFound;
    case FindAnswer::Kind::kAmbiguous: return kPersonNeeded;
  }
  return kError;
}

StatusOr<Reserved> Ask(Fleet& fleet, const Arguments& arguments, const FindQuery& query) {
  if (arguments.reserve) return ReserveBooking(fleet, query, arguments.holder, TtlOf(arguments));
  Reserved reserved;
  EVENKEEL_ASSIGN_OR_RETURN(reserved.answer, FindBooking(fleet, query));
  return reserved;
}

}  // namespace

StatusOr<int> RunFind(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  const FindQuery query{arguments.date, arguments.guest, arguments.id};
  EVENKEEL_ASSIGN_OR_RETURN(const Reserved reserved, Ask(opened.fleet, arguments, query));
  const Instant now = opened.environment->Now();
  console.Show(AnswerDocument(reserved.answer, reserved.mine, now), RenderAnswer(reserved.answer, query, reserved.mine, now));
  const bool is_lost = arguments.reserve && !reserved.mine && reserved.answer.bookings.empty() && reserved.answer.may_hide.empty();
  return is_lost ? kConflict : ExitCodeOf(reserved.answer);
}

}  // namespace evenkeel::program
