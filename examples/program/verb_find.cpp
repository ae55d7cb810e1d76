#include "documents.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunFind(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  const FindQuery query{arguments.date, arguments.guest, arguments.id};
  EVENKEEL_ASSIGN_OR_RETURN(const FindAnswer answer, FindBooking(opened.fleet, query));
  console.Show(AnswerDocument(answer), RenderAnswer(answer, query));
  switch (answer.kind()) {
    case FindAnswer::Kind::kNone: return kDone;
    case FindAnswer::Kind::kExists: return kSomethingFound;
    case FindAnswer::Kind::kAmbiguous: return kPersonNeeded;
  }
  return kError;
}

}  // namespace evenkeel::program
