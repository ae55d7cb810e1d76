// Leases: the exclusive, expiring right to change one booking, with a fencing number that every write carries where the store can
// check it; and notes for the next writer. Both are documents of the state store, never of the pages: what a page says of itself is
// gone with the next foreign edit.
//
// Two holders never hold at once while the clocks of their machines differ by less than kLeaseSkew: a holder stops at `until` by its
// own clock, and another takes over kLeaseSkew later by its own. What a holder that stopped without a word may still have under way
// is fenced before anything else is done: every record of the booking learns the new number, and every page is rewritten with its own
// bytes, so that a write or delete under way, conditional on the version it saw, finds another one. Only then may the lease be given
// back. Pages in stores whose versions repeat cannot be fenced; there a page is retired by redirect only.
//
// A run of apply holds the lease of each booking that it changes, in its own name or under that of ApplyOptions::holder. A holder whose
// clock was put back behind the time at which the lease was written does not hold it until the clock is right: it would believe in it
// for longer than others do.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evenkeel/fleet.h"
#include "evenkeel/snapshot.h"

namespace evenkeel {

inline constexpr std::chrono::seconds kLeaseSkew(30);
inline constexpr std::chrono::seconds kLeaseTtl(15 * 60);
inline constexpr std::chrono::seconds kLeaseTtlMax(24 * 60 * 60);

struct Lease {
  std::string booking;           // its key
  std::string holder;            // a run or a name; empty: it was given back
  std::uint64_t fence = 0;       // one more with every new holding, never less; stands on after the lease was given back
  Instant until{};               // of the holder's clock
  Instant at{};                  // when it was taken, renewed or given back
  std::set<Resource> writes;     // pages and records that the holder may write
  std::set<Resource> unfenced;   // what an earlier holder, who never gave it back, may still have a write under way to
  std::string run;               // works under the holder's lease, which is not given back meanwhile; empty: none, or the holder is one

  // Whether `who` may write now.
  bool IsHeldBy(const std::string& who, Instant now) const { return holder == who && !holder.empty() && now < until; }
  // Nobody else may take it yet.
  bool IsTaken(Instant now) const { return !holder.empty() && now < until + kLeaseSkew; }

  friend bool operator==(const Lease&, const Lease&) = default;
};

// The right to create a page for a booking that nobody has yet, so that two writers cannot both do it. It runs out by itself.
struct Reservation {
  Date date;
  std::string guest, id;  // as asked for; one of them may be empty
  std::string holder;     // one writer: a program that runs twice at once needs two names
  Instant until{};
  Instant at{};

  friend bool operator==(const Reservation&, const Reservation&) = default;
};

// `look`: who is told of the pages that are read to find the booking, and may stop that.

// Takes the booking's lease, or renews it for the same holder, and fences what an earlier holder left under way. `booking`: its key or
// any identifier. kPreconditionFailed: another holds it, the message says who and until when. kNotFound: no such booking.
// kInvalidArgument: no holder, or a ttl that is not between a second and kLeaseTtlMax. kUnavailable: it was taken and could not be
// fenced: the same call again goes on. A run's name is nobody's to take: kPreconditionFailed.
StatusOr<Lease> AcquireLease(Fleet& fleet, const std::string& booking, const std::string& holder, std::chrono::seconds ttl = kLeaseTtl,
                             const ObserveOptions& look = {});
// Another ttl from now. kPreconditionFailed: it ran out, or is another's: what was planned under it has to be looked at again.
StatusOr<Lease> RenewLease(Fleet& fleet, const std::string& booking, const std::string& holder, std::chrono::seconds ttl = kLeaseTtl);
// Gives it back; done already is no error. kPreconditionFailed: another holds it, it has not been fenced yet, or a run works under it.
StatusOr<Lease> ReleaseLease(Fleet& fleet, const std::string& booking, const std::string& holder, const ObserveOptions& look = {});
// The lease as it stands, held or not; nullopt: nobody ever took one.
StatusOr<std::optional<Lease>> LeaseOf(Fleet& fleet, const std::string& booking, const ObserveOptions& look = {});
// Of every booking that ever had one, by booking. One store call.
StatusOr<std::vector<Lease>> ListLeases(Fleet& fleet);

// Leaves a note for the next writer, under the booking's key. kInvalidArgument: no words, or nobody's.
StatusOr<Handoff> LeaveNote(Fleet& fleet, const std::string& booking, const std::string& note, const std::string& by, const ObserveOptions& look = {});
// The last one; nullopt: none was left.
StatusOr<std::optional<Handoff>> LastHandoff(Fleet& fleet, const std::string& booking, const ObserveOptions& look = {});

}  // namespace evenkeel
