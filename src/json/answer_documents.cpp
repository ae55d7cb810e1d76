// The answers of the smaller verbs as documents.
#include "evenkeel/documents.h"

#include "json/pieces.h"

namespace evenkeel {
namespace {

Json OrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json FeatureDocument(const Feature& feature) { return {{"name", feature.name}, {"complete", feature.complete}, {"why", feature.why}}; }

Json OneHandoff(const Handoff& handoff) {
  return {{"note", handoff.note}, {"by", handoff.by}, {"run", OrNull(handoff.run)}, {"at", FormatInstant(handoff.at)}};
}

Json OneLease(const Lease& lease, Instant now) {
  const bool is_free = lease.holder.empty();
  return {{"state", is_free ? "free" : lease.IsTaken(now) ? "held" : "ran_out"},
          {"holder", OrNull(lease.holder)},
          {"until", is_free ? Json() : Json(FormatInstant(lease.until))},
          {"fence", lease.fence},
          {"run", OrNull(lease.run)}};
}

Json OneReservation(const Reservation& one) {
  return {{"holder", one.holder}, {"until", FormatInstant(one.until)}, {"date", FormatDate(one.date)}, {"guest", OrNull(one.guest)}, {"id", OrNull(one.id)}};
}

Json OneFound(const Found& found, Instant now) {
  Json other_pages = Json::array(), unread_pages = Json::array(), features = Json::array();
  for (const Resource& page : found.other_pages) other_pages.push_back(page.ToString());
  for (const Resource& page : found.unread_pages) unread_pages.push_back(page.ToString());
  for (const Feature& feature : found.features) features.push_back(FeatureDocument(feature));
  return {{"booking", found.booking},
          {"title", found.title},
          {"page", found.page ? Json(found.page->ToString()) : Json()},
          {"other_pages", std::move(other_pages)},
          {"unread_pages", std::move(unread_pages)},
          {"public_urls", found.public_urls},
          {"features", std::move(features)},
          {"why", found.why},
          {"handoff", found.handoff ? OneHandoff(*found.handoff) : Json()},
          {"lease", found.lease ? OneLease(*found.lease, now) : Json()}};
}

const char* AnswerName(FindAnswer::Kind kind) {
  switch (kind) {
    case FindAnswer::Kind::kNone: return "none";
    case FindAnswer::Kind::kExists: return "exists";
    case FindAnswer::Kind::kAmbiguous: return "ambiguous";
  }
  return "";
}

}  // namespace

Json ErrorDocument(const std::string& code, const std::string& message, const std::string& resource, const std::string& next, int exit_code) {
  return {{"schema", "evenkeel.error/1"}, {"code", code}, {"message", message}, {"resource", OrNull(resource)}, {"next", OrNull(next)}, {"exit", exit_code}};
}

Json AnswerDocument(const FindAnswer& answer, const std::optional<Reservation>& mine, Instant now) {
  Json bookings = Json::array(), reserved = Json::array();
  for (const Reservation& one : answer.reserved) reserved.push_back(OneReservation(one));
  for (const Found& one : answer.bookings) bookings.push_back(OneFound(one, now));
  return {{"schema", "evenkeel.find/1"},
          {"answer", AnswerName(answer.kind())},
          {"bookings", std::move(bookings)},
          {"reservation", mine ? OneReservation(*mine) : Json()},
          {"reserved", std::move(reserved)},
          {"complete", answer.unread.empty()},
          {"unread", UnreadToJson(answer.unread)}};
}

Json GuardDocument(const GuardAnswer& answer) {
  Json refusals = Json::array();
  for (const Refusal& refusal : answer.refusals) {
    refusals.push_back({{"kind", RefusalKindName(refusal.kind)}, {"why", refusal.why}, {"next", refusal.next}});
  }
  return {{"schema", "evenkeel.guard/1"},
          {"page", answer.page.ToString()},
          {"booking", answer.booking},
          {"replaces", answer.replaces},
          {"allowed", answer.Allows()},
          {"refusals", std::move(refusals)},
          {"complete", answer.unread.empty()},
          {"unread", UnreadToJson(answer.unread)}};
}

Json LeaseDocument(const std::string& booking, const std::optional<Lease>& lease, Instant now) {
  return {{"schema", "evenkeel.leased/1"}, {"booking", lease ? lease->booking : booking}, {"lease", lease ? OneLease(*lease, now) : Json()}};
}

Json HandoffDocument(const std::string& booking, const std::optional<Handoff>& handoff) {
  return {{"schema", "evenkeel.last_handoff/1"},
          {"booking", handoff ? handoff->booking : booking},
          {"handoff", handoff ? OneHandoff(*handoff) : Json()}};
}

Json ChecksDocument(const std::vector<Check>& checks) {
  Json list = Json::array();
  bool passed = true;
  for (const Check& check : checks) {
    passed = passed && check.passed;
    list.push_back({{"store", check.store}, {"what", check.what}, {"passed", check.passed}, {"detail", check.detail}});
  }
  return {{"schema", "evenkeel.doctor/1"}, {"passed", passed}, {"checks", std::move(list)}};
}

Json InstructionsDocument(const std::vector<Instruction>& instructions) {
  Json list = Json::array();
  for (const Instruction& one : instructions) {
    list.push_back({{"booking", one.booking}, {"field", one.field}, {"value", one.value}, {"by", one.by}, {"at", FormatInstant(one.at)}});
  }
  return {{"schema", "evenkeel.set/1"}, {"instructions", std::move(list)}};
}

Json AcceptancesDocument(const std::vector<Acceptance>& acceptances) {
  Json list = Json::array();
  for (const Acceptance& one : acceptances) list.push_back(AcceptanceToJson(one));
  return {{"schema", "evenkeel.accept/1"}, {"acceptances", std::move(list)}};
}

Json VerificationDocument(const Verification& verification) {
  return {{"schema", "evenkeel.verify/1"},
          {"agrees", verification.Agrees()},
          {"complete", verification.remaining.unread.empty()},
          {"audit", AuditToJson(verification.audit.decisions, verification.audit.snapshot)},
          {"remaining", PlanToJson(verification.remaining)}};
}

Json RestoredDocument(const Restored& restored) {
  return {{"schema", "evenkeel.restore/1"},
          {"run", restored.run},
          {"page", restored.page.ToString()},
          {"bytes", restored.bytes.size()},
          {"backup", OrNull(restored.backup)},
          {"kept", OrNull(restored.kept)},
          {"was_there", restored.was_there}};
}

}  // namespace evenkeel
