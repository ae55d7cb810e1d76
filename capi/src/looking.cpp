// The verbs that look: doctor, audit, verify, find, guard; and a person's words: set, accept, leases, notes.
#include "options.h"

namespace evenkeel::capi {
namespace {

using Answer = StatusOr<std::unique_ptr<ek_result>>;

Answer AuditAll(const Use& use, const ek_audit_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const AuditOptions options, AuditOptionsOf(given, use.log()));
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(use.fleet(), options));
  LogUnread(use.log(), UnreadOf(audit.snapshot));
  return ResultOf(ExitCodeOf(audit), AuditToJson(audit.decisions, audit.snapshot));
}

Answer VerifyAll(const Use& use, const ek_audit_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const AuditOptions options, AuditOptionsOf(given, use.log()));
  EVENKEEL_ASSIGN_OR_RETURN(const Verification verification, Verify(use.fleet(), options));
  LogPlan(use.log(), verification.remaining);
  return ResultOf(ExitCodeOf(verification.remaining), VerificationDocument(verification));
}

Answer Find(const Use& use, const ek_find_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_find_options options, CopyStruct(given, "ek_find_options"));
  Taken taken;
  const FindQuery query{taken.DateOf(options.date, "date"), taken.Text(options.guest, "guest"), taken.Text(options.id, "id")};
  const std::string holder = taken.Text(options.holder, "holder");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  Reserved reserved;
  if (options.reserve != 0) {
    EVENKEEL_ASSIGN_OR_RETURN(const std::chrono::seconds ttl, TtlOf(options.ttl_s));
    EVENKEEL_ASSIGN_OR_RETURN(reserved, ReserveBooking(use.fleet(), query, holder, ttl));
  } else {
    EVENKEEL_ASSIGN_OR_RETURN(reserved.answer, FindBooking(use.fleet(), query));
  }
  LogUnread(use.log(), reserved.answer.unread);
  const int exit = options.reserve != 0 ? ExitCodeOf(reserved) : ExitCodeOf(reserved.answer);
  return ResultOf(exit, AnswerDocument(reserved.answer, reserved.mine, use.core().environment->Now()));
}

Answer GuardKey(const Use& use, ek_view page, ek_view key, ek_view holder) {
  Taken taken;
  const std::string bytes = taken.Text(page, "page"), where = taken.Required(key, "key"), who = taken.Text(holder, "holder");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const GuardAnswer answer, GuardDeploy(use.fleet(), where, bytes, who));
  LogUnread(use.log(), answer.unread);
  return ResultOf(ExitCodeOf(answer), GuardDocument(answer));
}

Answer SetWords(const Use& use, ek_view booking, ek_views assignments, ek_view by) {
  Taken taken;
  const std::string key = taken.Required(booking, "booking"), who = taken.Required(by, "by");
  const std::vector<std::string> words = taken.Texts(assignments, "assignments");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Instruction> kept, SetFields(use.fleet(), key, words, who));
  return ResultOf(exit_code::kDone, InstructionsDocument(kept));
}

Answer AcceptFields(const Use& use, ek_view booking, ek_views fields, const ek_accept_options* given) {
  Taken taken;
  const std::string key = taken.Required(booking, "booking");
  const std::vector<std::string> names = taken.Texts(fields, "fields");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const AcceptOptions options, AcceptOptionsOf(given, use.log()));
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Acceptance> kept, AcceptDrift(use.fleet(), key, names, options));
  return ResultOf(exit_code::kDone, AcceptancesDocument(kept));
}

Answer LeaseAs(const Use& use, const std::string& booking, const std::optional<Lease>& lease, bool is_look) {
  const Instant now = use.core().environment->Now();
  const bool found = is_look && lease && lease->IsTaken(now);
  return ResultOf(found ? exit_code::kSomethingFound : exit_code::kDone, LeaseDocument(booking, lease, now));
}

Answer LookAtLease(const Use& use, ek_view booking) {
  Taken taken;
  const std::string key = taken.Required(booking, "booking");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const std::optional<Lease> lease, LeaseOf(use.fleet(), key));
  return LeaseAs(use, key, lease, true);
}

Answer ListAll(const Use& use) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Lease> leases, ListLeases(use.fleet()));
  const Instant now = use.core().environment->Now();
  Json list = Json::array();
  bool found = false;
  for (const Lease& lease : leases) {
    list.push_back(LeaseDocument(lease.booking, lease, now));
    found = found || lease.IsTaken(now);
  }
  return ResultOf(found ? exit_code::kSomethingFound : exit_code::kDone, {{"schema", "evenkeel.leases/1"}, {"leases", std::move(list)}});
}

// `change` is AcquireLease, RenewLease or ReleaseLease of (fleet, booking, holder, ttl).
template <typename Change>
Answer ChangeLease(const Use& use, ek_view booking, ek_view holder, std::int64_t ttl_s, Change change) {
  Taken taken;
  const std::string key = taken.Required(booking, "booking"), who = taken.Required(holder, "holder");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const std::chrono::seconds ttl, TtlOf(ttl_s));
  EVENKEEL_ASSIGN_OR_RETURN(const Lease lease, change(use.fleet(), key, who, ttl));
  return LeaseAs(use, key, lease, false);
}

Answer LookAtNote(const Use& use, ek_view booking) {
  Taken taken;
  const std::string key = taken.Required(booking, "booking");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const std::optional<Handoff> last, LastHandoff(use.fleet(), key));
  return ResultOf(exit_code::kDone, HandoffDocument(key, last));
}

Answer Leave(const Use& use, ek_view booking, ek_view note, ek_view by) {
  Taken taken;
  const std::string key = taken.Required(booking, "booking"), words = taken.Required(note, "note"), who = taken.Required(by, "by");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const Handoff left, LeaveNote(use.fleet(), key, words, who));
  return ResultOf(exit_code::kDone, HandoffDocument(key, left));
}

}  // namespace
}  // namespace evenkeel::capi

using namespace evenkeel::capi;

ek_error* ek_doctor(ek_fleet* fleet, ek_result** result) {
  return OnFleet(fleet, result, [](const Use& use) -> Answer {
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<evenkeel::Check> checks, evenkeel::Examine(use.fleet()));
    return ResultOf(evenkeel::ExitCodeOf(checks), evenkeel::ChecksDocument(checks));
  });
}

ek_error* ek_audit(ek_fleet* fleet, const ek_audit_options* options, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return AuditAll(use, options); });
}

ek_error* ek_verify(ek_fleet* fleet, const ek_audit_options* options, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return VerifyAll(use, options); });
}

ek_error* ek_find(ek_fleet* fleet, const ek_find_options* options, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return Find(use, options); });
}

ek_error* ek_guard(ek_fleet* fleet, ek_view page, ek_view key, ek_view holder, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return GuardKey(use, page, key, holder); });
}

ek_error* ek_set(ek_fleet* fleet, ek_view booking, ek_views assignments, ek_view by, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return SetWords(use, booking, assignments, by); });
}

ek_error* ek_accept(ek_fleet* fleet, ek_view booking, ek_views fields, const ek_accept_options* options, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return AcceptFields(use, booking, fields, options); });
}

ek_error* ek_lease_look(ek_fleet* fleet, ek_view booking, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return LookAtLease(use, booking); });
}

ek_error* ek_leases(ek_fleet* fleet, ek_result** result) {
  return OnFleet(fleet, result, [](const Use& use) { return ListAll(use); });
}

ek_error* ek_lease_take(ek_fleet* fleet, ek_view booking, ek_view holder, int64_t ttl_s, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return ChangeLease(use, booking, holder, ttl_s, [](auto&&... words) { return evenkeel::AcquireLease(words...); }); });
}

ek_error* ek_lease_renew(ek_fleet* fleet, ek_view booking, ek_view holder, int64_t ttl_s, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return ChangeLease(use, booking, holder, ttl_s, evenkeel::RenewLease); });
}

ek_error* ek_lease_release(ek_fleet* fleet, ek_view booking, ek_view holder, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) {
    return ChangeLease(use, booking, holder, 0, [](evenkeel::Fleet& open, const std::string& key, const std::string& who, std::chrono::seconds) {
      return evenkeel::ReleaseLease(open, key, who);
    });
  });
}

ek_error* ek_handoff(ek_fleet* fleet, ek_view booking, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return LookAtNote(use, booking); });
}

ek_error* ek_handoff_leave(ek_fleet* fleet, ek_view booking, ek_view note, ek_view by, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return Leave(use, booking, note, by); });
}
