#include "apply/journal_line.h"

namespace evenkeel {

StatusOr<bool> AppendWithHead(Fleet& fleet, Journal& journal, std::string_view kind, const Json& body) {
  const Status appended = journal.Append(*fleet.state, kind, fleet.environment->Now(), body);
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
