#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunVerify(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  PageCounter counter(arguments.progress);
  AuditOptions options;
  options.on_pages = counter.Callback();
  options.booking = arguments.only_booking;
  EVENKEEL_ASSIGN_OR_RETURN(const Verification verification, Verify(opened.fleet, options));
  if (console.json()) NameNotes(verification.remaining, console);
  std::vector<RunReport> open;
  if (!console.json() && !verification.Agrees()) {
    EVENKEEL_ASSIGN_OR_RETURN(open, OpenRuns(opened.fleet));
  }
  const Names names{arguments.fleet, "plan.json", arguments.only_booking.value_or("")};
  console.Show(VerificationDocument(verification), RenderVerification(verification, opened.fleet.config, open, names));
  return ExitCodeOf(verification.remaining);
}

}  // namespace evenkeel::program
