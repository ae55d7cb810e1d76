// What a writer asks of one booking or page: find, guard, lease, handoff.
#include "evenkeel/documents.h"
#include "evenkeel/exit_code.h"
#include "tools.h"

namespace evenkeel::tool_server {
namespace {

Status Wrong(const char* name, const char* why) { return {Code::kInvalidArgument, why, name}; }

std::string WordsOf(const Reserved& reserved) {
  if (reserved.mine) return "Nobody has this booking, and it is yours to create until " + FormatInstant(reserved.mine->until) + ".";
  switch (reserved.answer.kind()) {
    case FindAnswer::Kind::kNone: return "Nobody has this booking. Reserve it before you create a page.";
    case FindAnswer::Kind::kExists: return "It exists: change the page that is named, do not create another.";
    case FindAnswer::Kind::kAmbiguous: return "It is not clear which booking is meant, or whether there is one: create nothing, and ask a person.";
  }
  return "";
}

std::string WordsOf(const GuardAnswer& answer, const std::string& key) {
  if (answer.Allows()) return "It may be deployed over " + key + ".";
  std::string words = "Do not deploy it over " + key + ":";
  for (const Refusal& refusal : answer.refusals) words += "\n- " + refusal.why + "; next: " + refusal.next;
  return words;
}

StatusOr<std::string> PageBytes(Session& session, const Fleet& fleet, const Json& arguments) {
  if (arguments.contains("page") == arguments.contains("file")) return Wrong("page", "give either the page or a file that holds it");
  if (arguments.contains("page")) return TextOf(arguments, "page");
  return session.environment().files().Read(TextOf(arguments, "file"), fleet.config.limits.page_bytes);
}

StatusOr<Answer> LookAtLease(Fleet& fleet, const std::string& booking) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::optional<Lease> lease, LeaseOf(fleet, booking));
  const Instant now = fleet.environment->Now();
  const bool taken = lease && lease->IsTaken(now);
  return Answer{LeaseDocument(booking, lease, now), taken ? "It is held by " + lease->holder + ": leave it alone until it is given back." : "Nobody holds it."};
}

}  // namespace

StatusOr<Answer> CallFind(Session& session, const Call& call) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  const Json& given = call.arguments;
  const FindQuery query{DateOf(given, "date"), TextOf(given, "guest"), TextOf(given, "id")};
  Reserved reserved;
  if (FlagOf(given, "reserve")) {
    EVENKEEL_ASSIGN_OR_RETURN(reserved, ReserveBooking(fleet, query, TextOf(given, "holder"), MinutesOf(given, "ttl_minutes").value_or(kLeaseTtl)));
  } else {
    EVENKEEL_ASSIGN_OR_RETURN(reserved.answer, FindBooking(fleet, query));
  }
  return Answer{AnswerDocument(reserved.answer, reserved.mine, fleet.environment->Now()), WordsOf(reserved)};
}

StatusOr<Answer> CallGuard(Session& session, const Call& call) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  EVENKEEL_ASSIGN_OR_RETURN(const std::string bytes, PageBytes(session, fleet, call.arguments));
  const std::string key = TextOf(call.arguments, "key");
  EVENKEEL_ASSIGN_OR_RETURN(const GuardAnswer answer, GuardDeploy(fleet, key, bytes, TextOf(call.arguments, "holder")));
  return Answer{GuardDocument(answer), WordsOf(answer, key)};
}

StatusOr<Answer> CallLease(Session& session, const Call& call) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  const std::string booking = TextOf(call.arguments, "booking"), holder = TextOf(call.arguments, "holder");
  const bool release = FlagOf(call.arguments, "release");
  if (holder.empty()) return release ? StatusOr<Answer>(Wrong("holder", "is missing: who gives the booking back?")) : LookAtLease(fleet, booking);
  EVENKEEL_ASSIGN_OR_RETURN(const Lease lease, release ? ReleaseLease(fleet, booking, holder)
                                                       : AcquireLease(fleet, booking, holder, MinutesOf(call.arguments, "ttl_minutes").value_or(kLeaseTtl)));
  return Answer{LeaseDocument(booking, lease, fleet.environment->Now()),
                release ? "It was given back." : "It is yours until " + FormatInstant(lease.until) + "; release it when you are done."};
}

StatusOr<Answer> CallHandoff(Session& session, const Call& call) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, session.Open());
  const std::string booking = TextOf(call.arguments, "booking"), note = TextOf(call.arguments, "note"), by = TextOf(call.arguments, "by");
  std::optional<Handoff> last;
  if (note.empty()) {
    EVENKEEL_ASSIGN_OR_RETURN(last, LastHandoff(fleet, booking));
  } else {
    if (by.empty()) return Wrong("by", "is missing: who leaves the note?");
    EVENKEEL_ASSIGN_OR_RETURN(last, LeaveNote(fleet, booking, note, by));
  }
  return Answer{HandoffDocument(booking, last), last ? last->note : "No note was left."};
}

}  // namespace evenkeel::tool_server
