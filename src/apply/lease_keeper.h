// LeaseKeeper: the leases that a run works under. Each is taken before the first effect on its booking, renewed when half of it has
// passed, and given back at the end, unless a write of the run may still be under way: then it is left to run out, and whoever takes
// it over fences first.
//
// Processes of one run share a lease and its number: the holder is the run, and each says in the journal that it works under it
// before it does anything. Who gives it back says so in the journal first. So a process that knows an older journal is told, at the
// latest by the refusal of its next line, that its lease is gone, and takes it anew under a new number.
// Every step makes at most one store call.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lease/fencing.h"
#include "lease/lease_write.h"

namespace evenkeel {

inline constexpr std::chrono::seconds kRunLeaseTtl(5 * 60);

// What has become of a lease: for the journal.
struct LeaseNews {
  enum class Kind : unsigned char { kHeld, kFenced, kRefused } kind = Kind::kHeld;
  std::string booking;
  std::uint64_t fence = 0;
  std::string why;                            // of kRefused
  std::vector<Fencing::Rewritten> rewritten;  // of kFenced
  std::set<Resource> unfenced;                // of kFenced: pages that cannot be, for their store repeats its versions
};

class LeaseKeeper {
 public:
  // `holder`: the run itself, or whoever it acts for; empty: the run.
  LeaseKeeper(Fleet& fleet, std::string run, const std::string& holder);

  // The booking may be written to, and the lease need not be renewed yet.
  bool IsSafe(const std::string& booking) const;
  // Of a booking that is held.
  WriteStamp::Fence FenceOf(const std::string& booking) const { return {booking, held_.at(booking).fence}; }
  bool Holds(const std::string& booking, std::uint64_t fence) const;

  struct Wanted {
    std::string booking;
    std::set<Resource> writes;
    std::uint64_t given_back = 0;  // the number under which the run has given it back last; 0: never
    bool trusts_clock = false;     // the brake clock_jump is lifted
  };
  void BeginTaking(Wanted wanted);
  // Forgets a lease that the journal says is given back, or held under a greater number.
  void Follow(const std::string& booking, std::uint64_t given_back, std::uint64_t known);
  std::set<std::string> bookings() const;
  // Gives the next one of these back; false: there is none left. One that cannot be given back runs out.
  bool BeginReturning(const std::set<std::string>& bookings);
  bool IsWorking() const { return write_ || fencing_; }
  // Stops whatever it is at. A lease that was just taken runs out.
  void Abandon() {
    write_.reset();
    fencing_.reset();
  }
  // nullopt: there is more to do, or nothing to tell. An error is one of the state store.
  StatusOr<std::optional<LeaseNews>> Step();
  // The pages that were rewritten stand in the journal: go on.
  void ConfirmFenced(const LeaseNews& news);

 private:
  struct Held {
    std::uint64_t fence = 0;
    Instant since{};  // of this machine's clock, before it was taken or renewed
    Instant until{};  // as the document has it: the clock may have been put back between the two
  };
  bool IsFresh(Instant since) const;
  bool IsOwn() const { return holder_ == run_; }
  void Start(LeaseRequest request);
  StatusOr<std::optional<LeaseNews>> StepWrite();
  std::optional<LeaseNews> Take(const Lease& lease);
  std::optional<LeaseNews> StepFencing();
  LeaseNews Refused(const std::string& why);

  Fleet& fleet_;
  const std::string run_;
  const std::string holder_;
  std::map<std::string, Held> held_;
  Wanted wanted_;
  LeaseRequest request_;
  Instant since_{};
  std::optional<LeaseWrite> write_;
  std::optional<Fencing> fencing_;
};

}  // namespace evenkeel
