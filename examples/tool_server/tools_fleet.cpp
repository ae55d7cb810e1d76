// What is asked of the whole fleet: audit, plan, show.
#include "evenkeel/exit_code.h"
#include "tools.h"

namespace evenkeel::tool_server {
namespace {

std::string WordsOf(const Plan& plan) {
  std::string words = plan.hash;
  words += plan.CanChangeAnything() ? ": show it to a person, then apply it by this hash."
           : plan.WaitsForPeople()  ? ": only people's tasks and questions are left."
                                    : ": everything agrees, there is nothing to do.";
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      words += "\n- " + action.id + " (" + std::string(ApprovalName(action.approval)) + ") " + action.store + ":" + action.resource + ": " + action.reason;
    }
    for (const Question& question : booking.questions) words += "\n- question " + question.id + ": " + question.text;
  }
  return words;
}

StatusOr<AuditOptions> OptionsOf(const Call& call) {
  const Json& given = call.arguments;
  AuditOptions options;
  options.keep_going = call.keep_going;
  if (given.contains("booking")) options.booking = TextOf(given, "booking");
  options.from = DateOf(given, "from");
  options.to = DateOf(given, "to");
  options.answers = AnswersOf(given, "decide");
  options.by = TextOf(given, "by");
  if (!options.answers.empty() && options.by.empty()) return Status(Code::kInvalidArgument, "is missing: who answered?", "by");
  return options;
}

}  // namespace

StatusOr<Answer> CallAudit(Session& session, const Call& call) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  EVENKEEL_ASSIGN_OR_RETURN(const AuditOptions options, OptionsOf(call));
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(fleet, options));
  const bool all_read = UnreadOf(audit.snapshot).empty();
  return Answer{AuditToJson(audit.decisions, audit.snapshot), audit.FoundAnything() ? "Systems disagree; plan says what would repair it."
                                                              : all_read            ? "All systems agree."
                                                                                    : "What was read agrees; not everything could be read."};
}

StatusOr<Answer> CallPlan(Session& session, const Call& call) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  EVENKEEL_ASSIGN_OR_RETURN(const AuditOptions options, OptionsOf(call));
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanFleet(fleet, options));
  session.Keep(plan);
  return Answer{PlanToJson(plan), WordsOf(plan)};
}

StatusOr<Answer> CallShow(Session& session, const Call& call) {
  const std::string hash = TextOf(call.arguments, "plan"), run = TextOf(call.arguments, "run");
  if (hash.empty() == run.empty()) return Status(Code::kInvalidArgument, "give either a plan's hash or a run's name", "plan");
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  if (!hash.empty()) {
    EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, session.PlanOf(fleet, hash));
    return Answer{PlanToJson(plan), WordsOf(plan)};
  }
  EVENKEEL_ASSIGN_OR_RETURN(const RunReport report, ReportOfRun(fleet, run));
  return Answer{RunReportToJson(report), report.run + (report.finished ? ": finished." : ": not finished.")};
}

}  // namespace evenkeel::tool_server
