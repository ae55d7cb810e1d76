#include "lease/lease_write.h"

#include <algorithm>

#include "observe/state_documents.h"

namespace evenkeel {
namespace {

Status Refuse(const LeaseRequest& request, const std::string& why) { return {Code::kPreconditionFailed, why, request.booking}; }

std::string Until(const Lease& lease) { return lease.holder + " until " + FormatInstant(lease.until); }

StatusOr<Lease> Take(const std::optional<Lease>& stands, const LeaseRequest& request, Instant now) {
  Lease next{request.booking, request.holder, 1, now + request.ttl, now, request.writes, {}};
  if (!stands) return next;
  if (stands->IsHeldBy(request.holder, now)) {
    next.fence = stands->fence;
    next.until = std::max(next.until, stands->until);
    next.writes.insert(stands->writes.begin(), stands->writes.end());
    next.unfenced = stands->unfenced;
    return next;
  }
  if (stands->holder != request.holder && stands->IsTaken(now)) {
    return Refuse(request, "is leased to " + Until(*stands) + " (and " + std::to_string(kLeaseSkew.count()) +
                               " s for the difference of clocks); wait, or ask " + stands->holder + " to give it back");
  }
  next.fence = stands->fence + 1;
  if (stands->holder.empty()) return next;
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
      next.until = std::max(stands->until, now + request.ttl);
      return next;
    case LeaseRequest::Kind::kFenced:
      next.unfenced.clear();
      return next;
    case LeaseRequest::Kind::kRelease:
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
  // What a lost reply had put there reads as the holder's own: it was new all the same.
  is_new_holding_ = is_new_holding_ || !stands || stands->fence != lease_.fence;
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
