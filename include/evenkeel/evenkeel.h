// The verbs, in the order of the data's way. Everything a program needs; the nouns stand in their own headers.
//
//   stores ──Observe──► Snapshot ──Match──► Bookings ──Decide──► Decisions ──MakePlan──► Plan ──Apply──► Verify
//
// Observe, Apply and Verify touch stores; the others are pure. All of them may be called from any thread, one fleet
// at a time from one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "evenkeel/apply.h"
#include "evenkeel/booking.h"
#include "evenkeel/check.h"
#include "evenkeel/edit.h"
#include "evenkeel/fleet.h"
#include "evenkeel/guard.h"
#include "evenkeel/json.h"
#include "evenkeel/lease.h"
#include "evenkeel/plan.h"
#include "evenkeel/reading.h"
#include "evenkeel/snapshot.h"
#include "evenkeel/verdict.h"

namespace evenkeel {

// Observe + Match + Decide. `answers` are added to those kept in the state store.
struct Audit {
  Snapshot snapshot;
  std::vector<Decision> decisions;

  // Drift, a question, a broken pointer, a resurrection or a lost feature.
  bool FoundAnything() const;
};
struct AuditOptions : ObserveOptions {
  std::optional<std::string> booking = {};   // key, or any identifier of it; kNotFound when nothing has it
  std::optional<Date> from = {}, to = {};    // booking dates, inclusive
  Answers answers = {};  // kInvalidArgument: a question that nobody asks, or an option it does not have
  std::string by = {};   // who gives the answers; PlanFleet keeps them in the state store under this name
};
StatusOr<Audit> AuditFleet(Fleet& fleet, const AuditOptions& options);

// AuditFleet + MakePlan. kUnavailable when a store cannot be read at all: a plan made blind would be a guess.
StatusOr<Plan> PlanFleet(Fleet& fleet, const AuditOptions& options);

// Reads every system again and says what still disagrees: a fresh audit and the plan that would be left. What protected features the pages
// have is written down in the state store, so that their loss is seen; nothing else is written.
struct Verification {
  Audit audit;
  Plan remaining;
  bool Agrees() const;  // nothing left to do in what was read; remaining.unread is what was not
};
StatusOr<Verification> Verify(Fleet& fleet, const AuditOptions& options);

// Keeps a person's word for fields of a booking ("start=15:30"). kNotFound: no such booking; kInvalidArgument: no such
// field (the nearest is named), a field that identifies, or a value its type cannot hold.
StatusOr<std::vector<Instruction>> SetFields(Fleet& fleet, const std::string& booking, const std::vector<std::string>& assignments,
                                             const std::string& by, const ObserveOptions& look = {});

struct AcceptOptions : ObserveOptions {
  std::string why = {};
  std::string by = {};
  std::optional<Date> until = {};  // until that day is over, by the booking's clock; at most 366 days away
  bool withdraw = false;           // what was accepted of these fields is drift again; needs `by` alone
};
// Keeps a person's word that what differs now from what is true of these fields may do so for a while: it is shown as accepted, and neither
// drift nor planned, until the day is over. It holds for these words alone: where a system says something else, another system differs, or
// another value is true, that is drift. Once more on the same field replaces what was accepted. kNotFound: no such booking, nothing differs,
// or nothing was accepted; kInvalidArgument: no such field, nobody has decided it, or the day is over. Then nothing is kept.
StatusOr<std::vector<Acceptance>> AcceptDrift(Fleet& fleet, const std::string& booking, const std::vector<std::string>& fields, const AcceptOptions& options);

// Before you create a page: does the booking have one, who looks after it, what was left for you?
struct FindQuery {
  std::optional<Date> date;
  std::string guest;
  std::string id;  // any identifier
};
struct Found {
  std::string booking;
  std::string title;
  std::optional<Resource> page;         // the one to use; the survivor of a retired one
  std::vector<Resource> other_pages;    // duplicates
  std::vector<Resource> unread_pages;   // they exist and could not be read
  std::vector<std::string> public_urls; // of `page`
  std::vector<Feature> features;
  std::vector<std::string> why;         // evidence
  std::optional<Handoff> handoff;       // the last one
  std::optional<Lease> lease;           // as it stands, held or not; nullopt: nobody ever took one
};
struct FindAnswer {
  enum class Kind : std::uint8_t { kNone, kExists, kAmbiguous };

  std::vector<Found> bookings;   // those that fit
  std::vector<Unread> unread;    // of the whole fleet
  std::vector<Unread> may_hide;  // the part of `unread` that could be a page asked for; empty where a booking fits
  std::vector<Reservation> reserved;  // where no booking fits: somebody is about to create what may be the one asked for
  // One booking exists; several are ambiguous; none is no answer while something unread may hide it, or somebody has reserved it.
  Kind kind() const;
};
// kInvalidArgument: the query is empty. kUnavailable: nothing fits, and a store could not be read at all.
StatusOr<FindAnswer> FindBooking(Fleet& fleet, const FindQuery& query, const ObserveOptions& look = {});

// FindBooking, and where nothing fits the right to create it. The reservation is made before the fleet is read, so that of two writers
// the second sees what the first has created. Reservations of one date are taken for one booking unless their identifiers differ or,
// where one has none, their guests. The same holder asking again renews its own.
struct Reserved {
  FindAnswer answer;                // with the reservation in hand; those of others stand in it
  std::optional<Reservation> mine;  // create the page before `until`; nullopt: do not create it
};
// kInvalidArgument: no holder, no date, neither guest nor identifier, or a ttl as of AcquireLease.
StatusOr<Reserved> ReserveBooking(Fleet& fleet, const FindQuery& query, const std::string& holder, std::chrono::seconds ttl = kLeaseTtl,
                                  const ObserveOptions& look = {});

// `doctor`: looks before anything else: reachable, permitted, columns there, conditions honoured, tz database. Writes nothing to an operator's stores.
StatusOr<std::vector<Check>> Examine(Fleet& fleet);

}  // namespace evenkeel
