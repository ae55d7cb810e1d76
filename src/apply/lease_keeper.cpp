#include "apply/lease_keeper.h"

#include <algorithm>
#include "text/seeded_bugs.h"

namespace evenkeel {

LeaseKeeper::LeaseKeeper(Fleet& fleet, std::string run, const std::string& holder)
    : fleet_(fleet), run_(std::move(run)), holder_(holder.empty() ? run_ : holder) {}

// Half of the lease is left for the call that follows. A clock that was put back behind the renewal ends it too; one that was put
// back by less made the half that is over seem shorter, by no more than the half that is left.
bool LeaseKeeper::IsSafe(const std::string& booking) const {
  const auto held = held_.find(booking);
  return held != held_.end() && IsFresh(held->second.since) && fleet_.environment->Now() < held->second.until - kRunLeaseTtl / 2;
}

bool LeaseKeeper::IsFresh(Instant since) const {
  const Instant now = fleet_.environment->Now();
  return EVENKEEL_BUG(68, "a lease is believed in for ever") || (since <= now && now < since + kRunLeaseTtl / 2);
}

bool LeaseKeeper::Holds(const std::string& booking, std::uint64_t fence) const {
  const auto held = held_.find(booking);
  return held != held_.end() && held->second.fence == fence;
}

std::set<std::string> LeaseKeeper::bookings() const {
  std::set<std::string> bookings;
  for (const auto& [booking, unused] : held_) bookings.insert(booking);
  return bookings;
}

void LeaseKeeper::Start(LeaseRequest request) {
  request.holder = holder_;
  request.ttl = kRunLeaseTtl;
  if (!IsOwn()) request.run = run_;
  request_ = request;
  // That nothing is left to fence makes no lease last longer.
  if (request_.kind == LeaseRequest::Kind::kTake) since_ = fleet_.environment->Now();
  write_.emplace(*fleet_.state, *fleet_.environment, std::move(request));
}

void LeaseKeeper::BeginTaking(Wanted wanted) {
  wanted_ = std::move(wanted);
  LeaseRequest request;
  request.kind = LeaseRequest::Kind::kTake;
  request.booking = wanted_.booking;
  request.writes = wanted_.writes;
  request.given_back = wanted_.given_back;
  request.trusts_clock = wanted_.trusts_clock;
  Start(std::move(request));
}

void LeaseKeeper::Follow(const std::string& booking, std::uint64_t given_back, std::uint64_t known) {
  const auto held = held_.find(booking);
  if (held == held_.end()) return;
  if (held->second.fence <= given_back || held->second.fence < known) held_.erase(held);
}

bool LeaseKeeper::BeginReturning(const std::set<std::string>& bookings) {
  const auto next = std::find_if(held_.begin(), held_.end(), [&bookings](const auto& held) { return bookings.count(held.first) > 0; });
  if (next == held_.end()) return false;
  LeaseRequest request;
  request.kind = LeaseRequest::Kind::kRelease;
  request.booking = next->first;
  request.fence = next->second.fence;
  held_.erase(next);
  Start(std::move(request));
  return true;
}

LeaseNews LeaseKeeper::Refused(const std::string& why) {
  held_.erase(request_.booking);
  return {LeaseNews::Kind::kRefused, request_.booking, 0, why, {}, {}};
}

StatusOr<std::optional<LeaseNews>> LeaseKeeper::Step() {
  if (write_) return StepWrite();
  return StepFencing();
}

StatusOr<std::optional<LeaseNews>> LeaseKeeper::StepWrite() {
  const StatusOr<bool> stands = write_->Step();
  const bool is_over = request_.kind == LeaseRequest::Kind::kRelease ? !stands.ok() || *stands : stands.ok() && *stands;
  if (stands.code() == Code::kPreconditionFailed && !is_over) {
    write_.reset();
    if (request_.kind == LeaseRequest::Kind::kTake) return std::optional<LeaseNews>(Refused("the booking " + stands.status().message() + "; then evenkeel resume " + run_));
    // Another has it since, or another process of the run under another number: taking it tells.
    BeginTaking(wanted_);
    return std::optional<LeaseNews>();
  }
  if (!is_over) return stands.ok() ? StatusOr<std::optional<LeaseNews>>(std::optional<LeaseNews>()) : stands.status();
  const Lease lease = write_->lease();
  write_.reset();
  return request_.kind == LeaseRequest::Kind::kRelease ? std::optional<LeaseNews>() : Take(lease);
}

std::optional<LeaseNews> LeaseKeeper::Take(const Lease& lease) {
  if (!EVENKEEL_BUG(69, "what a holder left under way is not fenced") && !lease.unfenced.empty()) {
    held_.erase(lease.booking);
    fencing_.emplace(fleet_, lease);
    return std::nullopt;
  }
  const bool is_renewed = Holds(lease.booking, lease.fence);
  held_[lease.booking] = {lease.fence, since_, lease.until};
  if (is_renewed) return std::nullopt;
  return LeaseNews{LeaseNews::Kind::kHeld, lease.booking, lease.fence, "", {}, {}};
}

std::optional<LeaseNews> LeaseKeeper::StepFencing() {
  // Whoever fences writes, too.
  if (!IsFresh(since_)) {
    fencing_.reset();
    BeginTaking(wanted_);
    return std::nullopt;
  }
  const StatusOr<bool> done = fencing_->Step();
  if (done.ok() && !*done) return std::nullopt;
  LeaseNews news{LeaseNews::Kind::kFenced, request_.booking, fencing_->fence(), "", fencing_->rewritten(), fencing_->left_out()};
  fencing_.reset();
  if (done.ok()) return news;
  return Refused("its last holder never gave it back, and what that one may have under way could not be fenced: " + done.status().ToString() +
                 "; evenkeel resume " + run_ + " tries again");
}

void LeaseKeeper::ConfirmFenced(const LeaseNews& news) {
  LeaseRequest request;
  request.kind = LeaseRequest::Kind::kFenced;
  request.booking = news.booking;
  request.fence = news.fence;
  Start(std::move(request));
}

}  // namespace evenkeel
