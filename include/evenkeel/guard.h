// Guard: before a file is deployed over a page, and before a page is created. For the operator's own publish scripts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evenkeel/fleet.h"
#include "evenkeel/lease.h"
#include "evenkeel/snapshot.h"
#include "evenkeel/verdict.h"

namespace evenkeel {

enum class RefusalKind : std::uint8_t {
  kFeatureLost,   // the file lacks a protected feature that the page has, or once had
  kVerdict,       // it says otherwise than what is true for the booking
  kRetiredKey,    // a retired page would come back
  kDuplicate,     // the booking has another page to keep
  kOtherBooking,  // the key is the page of another booking
  kLeased,        // somebody else is changing the booking
  kReserved,      // somebody else is about to create the page of what may be this booking
  kUnread,        // what it would replace could not be read
};
std::string_view RefusalKindName(RefusalKind kind);  // "feature_lost"

struct Refusal {
  RefusalKind kind = RefusalKind::kUnread;
  std::string why;   // for people: both sides, with the place in the file
  std::string next;  // what to do instead
};
struct GuardAnswer {
  Resource page;
  std::string booking;            // its key; of the page itself where no system knows the booking
  bool replaces = false;          // there is something under the key now
  std::vector<Refusal> refusals;  // by kind; none: deploy it
  std::vector<Unread> unread;     // of the whole fleet

  bool Allows() const { return refusals.empty(); }
};

// What the answer is made from, besides the file.
struct GuardInput {
  const FleetConfig& fleet;
  const Snapshot& snapshot;
  const std::vector<Lease>& leases;
  const std::vector<Reservation>& reservations;
  const Answers& answers;
  const ZoneSource& zones;
  std::string holder;  // whose leases and reservations are no obstacle; may be empty
  Instant now;
};
// Pure. kInvalidArgument: the file cannot be read as a page.
StatusOr<GuardAnswer> GuardPage(const GuardInput& input, const Resource& page, const std::string& bytes);
// Reads the fleet first. `key`: an object key ("g/x.html"), or STORE:KEY. kInvalidArgument: no page store has guest pages of that
// key, or several have. kUnavailable: a store could not be read, so nobody knows.
StatusOr<GuardAnswer> GuardDeploy(Fleet& fleet, const std::string& key, const std::string& bytes, const std::string& holder,
                                  const ObserveOptions& look = {});

}  // namespace evenkeel
