// apply: only a plan that is named by its hash, and of what waits for approval only what a named person has approved one by one.
#include "tools.h"

namespace evenkeel::tool_server {
namespace {

const Action* ActionOf(const Plan& plan, const std::string& id) {
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      if (action.id == id) return &action;
    }
  }
  return nullptr;
}

Status CheckApprovals(const Plan& plan, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    if (id == "all" || id == "*") return {Code::kInvalidArgument, "approvals are given one by one: name the ids of actions that a person has looked at", id};
    const Action* action = ActionOf(plan, id);
    if (action == nullptr) return {Code::kInvalidArgument, "is no action of this plan; show has their ids", id};
    if (action->approval == Approval::kApprove) continue;
    return {Code::kInvalidArgument, action->approval == Approval::kAuto ? "needs no approval; leave it out" : "is a person's task, which no approval does; leave it out", id};
  }
  return OkStatus();
}

std::string WordsOf(const RunReport& report) {
  std::string words = report.run + (report.WaitsForPeople()  ? ": done as far as it goes without people; what waits:"
                                    : report.HasConflict()   ? ": another writer was in the way; what was left alone:"
                                    : report.HasError()      ? ": not everything could be done; call apply again:"
                                    : report.finished        ? ": done."
                                                             : ": stopped between two actions; the same call again goes on.");
  for (const ActionReport& action : report.actions) {
    if (action.outcome == Outcome::kDone || action.outcome == Outcome::kAlreadyDone) continue;
    words += "\n- " + action.action + " (" + std::string(OutcomeName(action.outcome)) + ") " + action.detail;
  }
  for (const Brake& brake : report.brakes) words += "\n- brake " + brake.name + ": " + brake.why + "; a person lifts it with the evenkeel program";
  return words;
}

}  // namespace

StatusOr<Answer> CallApply(Session& session, const Call& call) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, session.PlanOf(fleet, TextOf(call.arguments, "plan")));
  const std::vector<std::string> approved = TextsOf(call.arguments, "approve");
  EVENKEEL_RETURN_IF_ERROR(CheckApprovals(plan, approved));
  ApplyOptions options;
  if (call.arguments.contains("booking")) options.booking = TextOf(call.arguments, "booking");
  options.approvals.insert(approved.begin(), approved.end());
  options.by = TextOf(call.arguments, "by");
  options.holder = TextOf(call.arguments, "holder");
  options.keep_going = call.keep_going;
  options.progress = [&call](const ActionReport& action) {
    call.progress(std::string(OutcomeName(action.outcome)) + ": " + std::string(VerbName(action.verb)) + " " + action.store + ":" + action.resource);
  };
  EVENKEEL_ASSIGN_OR_RETURN(const RunReport report, Apply(fleet, plan, options));
  return Answer{RunReportToJson(report), WordsOf(report)};
}

}  // namespace evenkeel::tool_server
