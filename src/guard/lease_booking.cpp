// AcquireLease and its kin: the lease of a booking as a person or a script asks for it; and the notes they leave.
#include <algorithm>
#include <utility>

#include "evenkeel/evenkeel.h"
#include "lease/fencing.h"
#include "lease/lease_write.h"
#include "observe/state_documents.h"

namespace evenkeel {
namespace {

// The booking that somebody names, with its pages and records.
struct Named {
  std::string key;
  std::set<Resource> writes;
};

StatusOr<Named> Look(Fleet& fleet, const std::string& booking, const ObserveOptions& look) {
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(fleet, {look, booking}));
  const Booking& found = audit.decisions.front().booking;
  Named named{found.key, {}};
  const auto add = [&named](const Resource& resource) {
    if (resource.kind == ResourceKind::kPage || resource.kind == ResourceKind::kRecord) named.writes.insert(resource);
  };
  for (const Resource& member : found.members) add(member);
  for (const Link& candidate : found.candidates) add(candidate.resource);  // a person may have said that it is one
  return named;
}

// The whole fleet is read only for a name under which nothing is leased.
StatusOr<std::string> KeyOf(Fleet& fleet, const std::string& booking, const ObserveOptions& look = {}) {
  const auto leased = fleet.state->GetDocument(kLeaseKind, booking);
  if (leased.ok()) return booking;
  if (leased.code() != Code::kNotFound) return leased.status();
  EVENKEEL_ASSIGN_OR_RETURN(Named named, Look(fleet, booking, look));
  return std::move(named.key);
}

StatusOr<Lease> Settle(Fleet& fleet, LeaseRequest request) {
  LeaseWrite write(*fleet.state, *fleet.environment, std::move(request));
  for (;;) {
    EVENKEEL_ASSIGN_OR_RETURN(const bool stands, write.Step());
    if (stands) return write.lease();
  }
}

Status CheckHolder(const std::string& booking, const std::string& holder) {
  const bool has_name = holder.find_first_not_of(" \t") != std::string::npos && holder.find_first_of("\r\n") == std::string::npos;
  return has_name ? OkStatus() : Status(Code::kInvalidArgument, "say who holds the lease, a name on one line", booking);
}

Status CheckTtl(const std::string& booking, std::chrono::seconds ttl) {
  if (ttl >= std::chrono::seconds(1) && ttl <= kLeaseTtlMax) return OkStatus();
  return {Code::kInvalidArgument, "a lease runs for one second to " + std::to_string(kLeaseTtlMax / std::chrono::hours(1)) + " hours", booking};
}

StatusOr<Lease> FinishFencing(Fleet& fleet, const Lease& lease) {
  Fencing fencing(fleet, lease);
  for (bool done = false; !done;) {
    EVENKEEL_ASSIGN_OR_RETURN(done, fencing.Step());
  }
  LeaseRequest request;
  request.kind = LeaseRequest::Kind::kFenced;
  request.booking = lease.booking;
  request.holder = lease.holder;
  request.fence = lease.fence;
  return Settle(fleet, std::move(request));
}

// A run gives its leases back itself: while a write of it has an unknown outcome it must not, and only the run knows.
Status CheckNoRun(Fleet& fleet, const std::string& holder) {
  if (!holder.starts_with("run-")) return OkStatus();
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> runs, fleet.state->ListJournals());
  if (std::find(runs.begin(), runs.end(), holder) == runs.end()) return OkStatus();
  return {Code::kPreconditionFailed, "is a run, which gives its leases back itself: evenkeel resume, or wait until the lease runs out", holder};
}

}  // namespace

StatusOr<Lease> AcquireLease(Fleet& fleet, const std::string& booking, const std::string& holder, std::chrono::seconds ttl, const ObserveOptions& look) {
  EVENKEEL_RETURN_IF_ERROR(CheckHolder(booking, holder));
  EVENKEEL_RETURN_IF_ERROR(CheckTtl(booking, ttl));
  EVENKEEL_RETURN_IF_ERROR(CheckNoRun(fleet, holder));
  EVENKEEL_ASSIGN_OR_RETURN(Named named, Look(fleet, booking, look));
  LeaseRequest request;
  request.booking = std::move(named.key);
  request.holder = holder;
  request.ttl = ttl;
  request.writes = std::move(named.writes);
  EVENKEEL_ASSIGN_OR_RETURN(Lease lease, Settle(fleet, std::move(request)));
  return lease.unfenced.empty() ? std::move(lease) : FinishFencing(fleet, lease);
}

StatusOr<Lease> RenewLease(Fleet& fleet, const std::string& booking, const std::string& holder, std::chrono::seconds ttl) {
  EVENKEEL_RETURN_IF_ERROR(CheckHolder(booking, holder));
  EVENKEEL_RETURN_IF_ERROR(CheckTtl(booking, ttl));
  LeaseRequest request;
  request.kind = LeaseRequest::Kind::kRenew;
  EVENKEEL_ASSIGN_OR_RETURN(request.booking, KeyOf(fleet, booking));
  request.holder = holder;
  request.ttl = ttl;
  return Settle(fleet, std::move(request));
}

StatusOr<Lease> ReleaseLease(Fleet& fleet, const std::string& booking, const std::string& holder, const ObserveOptions& look) {
  EVENKEEL_RETURN_IF_ERROR(CheckHolder(booking, holder));
  EVENKEEL_RETURN_IF_ERROR(CheckNoRun(fleet, holder));
  LeaseRequest request;
  request.kind = LeaseRequest::Kind::kRelease;
  EVENKEEL_ASSIGN_OR_RETURN(request.booking, KeyOf(fleet, booking, look));
  request.holder = holder;
  return Settle(fleet, std::move(request));
}

StatusOr<std::optional<Lease>> LeaseOf(Fleet& fleet, const std::string& booking, const ObserveOptions& look) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string key, KeyOf(fleet, booking, look));
  const auto there = fleet.state->GetDocument(kLeaseKind, key);
  if (there.code() == Code::kNotFound) return std::optional<Lease>();
  if (!there.ok()) return there.status();
  EVENKEEL_ASSIGN_OR_RETURN(Lease lease, LeaseFromJson(there->value));
  return std::optional<Lease>(std::move(lease));
}

StatusOr<std::vector<Lease>> ListLeases(Fleet& fleet) { return ListLeases(*fleet.state); }

StatusOr<Handoff> LeaveNote(Fleet& fleet, const std::string& booking, const std::string& note, const std::string& by, const ObserveOptions& look) {
  constexpr int kNotesAtOnceMax = 60;
  if (note.find_first_not_of(" \t\r\n") == std::string::npos) return Status(Code::kInvalidArgument, "the note has no words", booking);
  if (by.empty()) return Status(Code::kInvalidArgument, "say whose note this is (--by NAME)", booking);
  EVENKEEL_ASSIGN_OR_RETURN(const Named named, Look(fleet, booking, look));
  Handoff handoff{named.key, note, by, "", fleet.environment->Now()};
  // A note stands under its second. Another one of the same second is not written over: this one takes the next.
  for (int attempt = 0; attempt < kNotesAtOnceMax;) {
    const auto put = fleet.state->PutDocument(kHandoffKind, IdOf(handoff), ToJson(handoff), std::nullopt);
    if (put.ok()) return handoff;
    if (put.code() != Code::kAlreadyExists && put.code() != Code::kUnknownOutcome) return put.status();
    const auto there = fleet.state->GetDocument(kHandoffKind, IdOf(handoff));
    if (there.ok() && there->value == ToJson(handoff)) return handoff;
    if (!there.ok() && there.code() != Code::kNotFound) return there.status();
    if (there.ok()) handoff.at += std::chrono::seconds(1);
    ++attempt;
  }
  return Status(Code::kUnavailable, "others leave notes on this booking all the time; try again", booking);
}

StatusOr<std::optional<Handoff>> LastHandoff(Fleet& fleet, const std::string& booking, const ObserveOptions& look) {
  EVENKEEL_ASSIGN_OR_RETURN(const Named named, Look(fleet, booking, look));
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Handoff> handoffs, ListHandoffs(*fleet.state));
  return LastOf(handoffs, named.key);
}

}  // namespace evenkeel
