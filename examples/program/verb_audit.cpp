#include <algorithm>

#include "program.h"
#include "render.h"

namespace evenkeel::program {
namespace {

// Without a whole store nothing can be said to agree; without one page, or with a listing that may lack something, the rest still
// can. A page that could not be read is an error of its own, a listing that says what it lacks is none.
int ExitCodeOf(const Audit& audit) {
  const auto& stores = audit.snapshot.stores;
  if (std::any_of(stores.begin(), stores.end(), [](const StoreState& store) { return !store.problem.ok(); })) return kError;
  if (audit.FoundAnything()) return kSomethingFound;
  const auto& resources = audit.snapshot.resources;
  const bool partly = std::any_of(resources.begin(), resources.end(), [](const Observed& observed) { return !observed.problem.ok(); });
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
  NameUnread(UnreadOf(audit.snapshot), console);
  return ExitCodeOf(audit);
}

}  // namespace evenkeel::program
