#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunAudit(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  PageCounter counter(arguments.progress);
  AuditOptions options;
  options.on_pages = counter.Callback();
  options.from = arguments.from;
  options.to = arguments.to;
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(opened.fleet, options));
  console.Show(AuditToJson(audit.decisions, audit.snapshot), RenderAudit(audit, opened.fleet.config, {arguments.fleet, "plan.json"}));
  NameUnread(UnreadOf(audit.snapshot), console);
  return ExitCodeOf(audit);
}

}  // namespace evenkeel::program
