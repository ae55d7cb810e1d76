#include "apply/journal_line.h"

#include <utility>

#include "apply/run_state.h"

namespace evenkeel {
namespace {

// Whether the run is at rest once this line stands, too.
StatusOr<bool> IsFinishedAfter(const Journal& journal, std::string_view kind, Instant at, const Json& body) {
  if (journal.empty()) return Status(Code::kNotFound, "this run's journal is gone: the run was removed meanwhile", journal.run());
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanOfJournal(journal));
  RunState state = RunState::Fold(journal.entries());
  state.Take({journal.entries().size(), at, std::string(kind), body, "", ""});
  return MakeReport(plan, state, state.rollback ? std::nullopt : state.scope).finished;
}

}  // namespace

StatusOr<bool> AppendWithHead(Fleet& fleet, Journal& journal, std::string_view kind, Json body) {
  const Instant now = fleet.environment->Now();
  EVENKEEL_ASSIGN_OR_RETURN(body["finished"], IsFinishedAfter(journal, kind, now, body));
  const Status appended = journal.Append(*fleet.state, kind, now, std::move(body));
  if (appended.code() == Code::kPreconditionFailed || appended.code() == Code::kUnknownOutcome) return false;
  EVENKEEL_RETURN_IF_ERROR(appended);
  while (journal.HeadIsBehind()) EVENKEEL_RETURN_IF_ERROR(journal.WriteHead(*fleet.state));
  return true;
}

Status AppendLine(Fleet& fleet, const std::string& run, std::string_view kind, const Json& body) {
  constexpr int kAttemptsMax = 8;
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    EVENKEEL_ASSIGN_OR_RETURN(Journal journal, Journal::Read(*fleet.state, run));
    while (journal.HeadIsBehind()) EVENKEEL_RETURN_IF_ERROR(journal.WriteHead(*fleet.state));
    EVENKEEL_ASSIGN_OR_RETURN(const bool appended, AppendWithHead(fleet, journal, kind, body));
    if (appended) return OkStatus();
  }
  return {Code::kUnavailable, "others keep writing to this run's journal; try again later", run};
}

}  // namespace evenkeel
