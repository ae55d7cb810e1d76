#include "render.h"
#include "run.h"

namespace evenkeel::program {
namespace {

Outcome OutcomeOf(const RunReport& report, const std::string& id) {
  for (const ActionReport& action : report.actions) {
    if (action.action == id) return report.Standing(action);
  }
  return Outcome::kPending;
}

}  // namespace

StatusOr<int> RunAttest(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  EVENKEEL_ASSIGN_OR_RETURN(const Attested attested, Attest(opened.fleet, arguments.run, arguments.action, arguments.by));
  const int of_run = ShowRun(arguments, opened.fleet, attested.report, console);
  const Outcome outcome = OutcomeOf(attested.report, arguments.action);
  if (outcome != Outcome::kDone && outcome != Outcome::kAlreadyDone) {
    console.Note({{"not attested: ", Tone::kBad}, arguments.action + " (" + Label(std::string(OutcomeName(outcome))) + ")"});
    return of_run;
  }
  const std::string who = attested.by.empty() ? "its system showed the new values" : attested.by + " attested it";
  console.Note(attested.before ? Words{{"nothing to attest: ", Tone::kWarn}, arguments.action + " is done already; " + who + " at " + FormatInstant(attested.at)}
                               : Words{{"attested: ", Tone::kGood}, arguments.action + " by " + attested.by});
  // Whatever else the run waits for is its own matter: this task is done.
  return kDone;
}

}  // namespace evenkeel::program
