#include "program.h"
#include "render.h"

namespace evenkeel::program {

namespace {

// One line on stderr for each thing that could not be read. What was read is shown all the same.
int NoteProblems(const Snapshot& snapshot, bool found_anything, Console& console) {
  bool blind = false, partly = false;
  for (const StoreState& store : snapshot.stores) {
    if (store.problem.ok()) continue;
    blind = true;
    console.Note({{"evenkeel: ", Tone::kBad}, {store.name + ": " + store.problem.ToString()}});
  }
  for (const Observed& observed : snapshot.resources) {
    if (observed.problem.ok()) continue;
    partly = true;
    const std::string name = observed.resource.ToString();
    const bool named = observed.problem.resource() == name;
    console.Note({{"evenkeel: ", Tone::kBad}, {(named ? "" : name + ": ") + observed.problem.ToString()}});
  }
  // Without a whole store nothing can be said to agree; without one page the rest still can.
  if (blind) return kError;
  if (found_anything) return kSomethingFound;
  return partly ? kError : kDone;
}

}  // namespace

StatusOr<int> RunAudit(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  AuditOptions options;
  options.from = arguments.from;
  options.to = arguments.to;
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(opened.fleet, options));
  console.Show(AuditToJson(audit.decisions, audit.snapshot), RenderAudit(audit, opened.fleet.config, {arguments.fleet, "plan.json"}));
  return NoteProblems(audit.snapshot, audit.FoundAnything(), console);
}

}  // namespace evenkeel::program
