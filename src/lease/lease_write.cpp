#include "lease/lease_write.h"

#include <algorithm>

#include "observe/state_documents.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

Status Refuse(const LeaseRequest& request, const std::string& why) { return {Code::kPreconditionFailed, why, request.booking}; }

std::string Until(const Lease& lease) { return lease.holder + " until " + FormatInstant(lease.until); }

// A clock that was put back would believe in a lease for longer than others do.
bool IsBehind(const Lease& stands, Instant now) { return now + kLeaseSkew < stands.at; }

Status RefuseClock(const LeaseRequest& request, const Lease& stands, Instant now) {
  return Refuse(request, "has a lease of " + stands.holder + " that was written at " + FormatInstant(stands.at) +
                             ", which this machine's clock has not reached: it says " + FormatInstant(now) + "; set the clock right");
}

std::string WorksUnderIt(const Lease& stands) {
  return "is leased to " + stands.holder + ", and " + stands.run + " works under that lease and may have a write under way; evenkeel resume " +
         stands.run + ", or leave the lease to run out";
}

Lease Renew(const Lease& stands, const LeaseRequest& request, Instant now) {
  Lease next = stands;
  next.at = std::max(stands.at, now);
  next.until = std::max(stands.until, now + request.ttl);
  next.writes.insert(request.writes.begin(), request.writes.end());
  if (!request.run.empty()) next.run = request.run;
  return next;
}

StatusOr<Lease> Take(const std::optional<Lease>& stands, const LeaseRequest& request, Instant now) {
  Lease next{request.booking, request.holder, 1, now + request.ttl, now, request.writes, {}, request.run};
  if (!stands) return next;
  const bool is_behind = stands->holder == request.holder && IsBehind(*stands, now);
  if (is_behind && !request.trusts_clock) return RefuseClock(request, *stands, now);
  if (stands->IsHeldBy(request.holder, now) && !is_behind) {
    if (!request.run.empty() && !stands->run.empty() && stands->run != request.run) return Refuse(request, WorksUnderIt(*stands));
    if (stands->fence != request.given_back) return Renew(*stands, request, now);
    // Its holder has nothing under way: it promised to give it back, and perhaps does so at this moment.
    Lease anew = Renew(*stands, request, now);
    ++anew.fence;
    return anew;
  }
  if (!EVENKEEL_BUG(66, "a lease is taken whoever has it") && stands->holder != request.holder && stands->IsTaken(now)) {
    const bool is_run = stands->holder.starts_with("run-");
    return Refuse(request, "is leased to " + Until(*stands) + " (and " + std::to_string(kLeaseSkew.count()) + " s for the difference of clocks); wait, or " +
                               (is_run ? "evenkeel resume " + stands->holder + " if it was cut off" : "ask " + stands->holder + " to give it back"));
  }
  next.fence = stands->fence + (EVENKEEL_BUG(65, "a lease that is taken anew keeps its number") ? 0 : 1);
  if (stands->holder.empty() || EVENKEEL_BUG(67, "what a holder left under way is forgotten")) return next;
  // It ran out without a word: its holder may still have writes under way, and so may whoever that one took it over from.
  next.unfenced = stands->unfenced;
  next.unfenced.insert(stands->writes.begin(), stands->writes.end());
  next.unfenced.insert(request.writes.begin(), request.writes.end());
  return next;
}

}  // namespace

StatusOr<Lease> NextLease(const std::optional<Lease>& stands, const LeaseRequest& request, Instant now) {
  if (request.kind == LeaseRequest::Kind::kTake) return Take(stands, request, now);
  const bool is_meant = stands && (request.fence == 0 || request.fence == stands->fence);
  if (request.kind == LeaseRequest::Kind::kRelease && is_meant && stands->holder.empty()) return *stands;
  if (!is_meant || stands->holder != request.holder) {
    return Refuse(request, !stands || stands->holder.empty() ? "is leased to nobody; take the lease first"
                                                             : "is leased to " + Until(*stands) + ", not to " + request.holder);
  }
  Lease next = *stands;
  next.at = now;
  switch (request.kind) {
    case LeaseRequest::Kind::kTake:
    case LeaseRequest::Kind::kRenew:
      if (now >= stands->until) return Refuse(request, "the lease of " + request.holder + " ran out at " + FormatInstant(stands->until));
      if (IsBehind(*stands, now)) return RefuseClock(request, *stands, now);
      return Renew(*stands, request, now);
    case LeaseRequest::Kind::kFenced:
      next.unfenced.clear();
      return next;
    case LeaseRequest::Kind::kRelease:
      if (!request.run.empty()) {
        next.run.clear();
        return next;
      }
      if (!stands->run.empty()) return Refuse(request, WorksUnderIt(*stands));
      if (!stands->unfenced.empty()) {
        return Refuse(request, "the lease was taken over from a holder who never gave it back, and is not fenced yet; take it again, "
                               "which fences, then give it back");
      }
      next.holder.clear();
      next.writes.clear();
      next.until = now;
      return next;
  }
  return next;
}

StatusOr<bool> LeaseWrite::Read() {
  auto there = state_.GetDocument(kLeaseKind, request_.booking);
  if (!there.ok() && there.code() != Code::kNotFound) return there.status();
  std::optional<Lease> stands;
  expected_.reset();
  if (there.ok()) {
    EVENKEEL_ASSIGN_OR_RETURN(stands, LeaseFromJson(there->value));
    expected_ = there->version;
  }
  EVENKEEL_ASSIGN_OR_RETURN(lease_, NextLease(stands, request_, environment_.Now()));
  must_read_ = false;
  return stands && *stands == lease_;
}

StatusOr<bool> LeaseWrite::Step() {
  constexpr int kAttemptsMax = 8;
  if (must_read_) return Read();
  if (attempts_++ == kAttemptsMax) {
    return Status(Code::kUnavailable, "others keep changing this lease, or the state store gives no answer; try again", request_.booking);
  }
  const auto put = state_.PutDocument(kLeaseKind, request_.booking, ToJson(lease_), expected_);
  if (put.ok()) return true;
  if (put.code() != Code::kAlreadyExists && put.code() != Code::kPreconditionFailed && put.code() != Code::kNotFound &&
      put.code() != Code::kUnknownOutcome) {
    return put.status();
  }
  must_read_ = true;
  return false;
}

}  // namespace evenkeel
