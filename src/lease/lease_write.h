// LeaseWrite: one change of a booking's lease document, under whatever goes wrong on the way.
//
//   read ► what may follow? ► conditional write ► done
//    ▲                              │
//    └── refused, or the reply lost ┘
//
// Every change is safe to decide again from what stands: a lost reply that had arrived reads as one's own lease.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "evenkeel/environment.h"
#include "evenkeel/lease.h"
#include "evenkeel/state_store.h"

namespace evenkeel {

struct LeaseRequest {
  enum class Kind : unsigned char {
    kTake,     // take it, or renew one's own
    kRenew,    // renew one's own, and nothing else
    kFenced,   // what was unfenced is fenced
    kRelease,  // give it back
  } kind = Kind::kTake;
  std::string booking;  // its key
  std::string holder;
  std::chrono::seconds ttl = kLeaseTtl;
  std::set<Resource> writes;  // of kTake: added to what the holder may write
  std::uint64_t fence = 0;    // the holding that is meant; 0: whichever is the holder's. Not of kTake
  // Of kTake: the holding that this holder has promised to give back. Where it still stands a new one begins.
  std::uint64_t given_back = 0;
  // A run that works under the holder's lease. Of kTake: it begins to; of kRelease: it has nothing under way any more, and the lease
  // stays the holder's. Empty: the holder itself is meant.
  std::string run;
  // Of kTake: somebody says that this machine's clock is right, though the lease was written at a later time.
  bool trusts_clock = false;
};

// What follows `stands` (nullopt: never leased) on the request. kPreconditionFailed: it may not. Pure.
StatusOr<Lease> NextLease(const std::optional<Lease>& stands, const LeaseRequest& request, Instant now);

class LeaseWrite {
 public:
  LeaseWrite(StateStore& state, Environment& environment, LeaseRequest request)
      : state_(state), environment_(environment), request_(std::move(request)) {}
  // One store call; true when the change stands. kPreconditionFailed: it may not be made.
  StatusOr<bool> Step();
  // After true: the lease as it stands.
  const Lease& lease() const { return lease_; }

 private:
  StatusOr<bool> Read();

  StateStore& state_;
  Environment& environment_;
  const LeaseRequest request_;
  Lease lease_;
  std::optional<Version> expected_;
  bool must_read_ = true;
  int attempts_ = 0;
};

}  // namespace evenkeel
