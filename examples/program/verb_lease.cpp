#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {
namespace {

void Show(const Arguments& arguments, const std::optional<Lease>& lease, Instant now, Console& console) {
  console.Show(LeaseDocument(arguments.booking, lease, now), RenderLease(arguments.booking, lease, now));
}

StatusOr<int> ShowHolder(Fleet& fleet, const Arguments& arguments, Console& console) {
  PageCounter counter(arguments.progress);
  EVENKEEL_ASSIGN_OR_RETURN(const std::optional<Lease> lease, LeaseOf(fleet, arguments.booking, counter.Look()));
  const Instant now = fleet.environment->Now();
  Show(arguments, lease, now, console);
  return lease && lease->IsTaken(now) ? kSomethingFound : kDone;
}

StatusOr<Lease> Change(Fleet& fleet, const Arguments& arguments) {
  PageCounter counter(arguments.progress);
  if (arguments.release) return ReleaseLease(fleet, arguments.booking, arguments.holder, counter.Look());
  return AcquireLease(fleet, arguments.booking, arguments.holder, TtlOf(arguments), counter.Look());
}

}  // namespace

StatusOr<int> RunLease(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  if (arguments.holder.empty()) return ShowHolder(opened.fleet, arguments, console);
  const StatusOr<Lease> lease = Change(opened.fleet, arguments);
  if (lease.code() == Code::kPreconditionFailed) {
    console.Note({{"evenkeel: ", Tone::kBad}, {lease.status().ToString()}});
    EVENKEEL_RETURN_IF_ERROR(ShowHolder(opened.fleet, arguments, console).status());
    return kConflict;
  }
  EVENKEEL_RETURN_IF_ERROR(lease.status());
  Show(arguments, *lease, opened.fleet.environment->Now(), console);
  return kDone;
}

}  // namespace evenkeel::program
