// The laws of src/README.md, looked at from outside at every effect and at the end. Whatever the engine thinks of itself plays no part
// here: only what the stores hold, who wrote it, and the duties of the scenario.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/lease.h"
#include "simulation/scenario.h"

namespace evenkeel::simulation {

// For digests of states.
inline std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2));
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}
std::uint64_t DigestOf(std::string_view text);
std::optional<Lease> LeaseIn(const World& world, const std::string& booking);

// Who wrote one resource, and when in the order of the history.
struct Trail {
  bool foreign_now = false;    // what stands there is somebody else's
  std::uint32_t foreign_at = 0;
  std::uint32_t written_at = 0;  // by us, in the order of our effects
  std::uint32_t landed_late_at = 0;  // a write of ours came on a version that was there twice, or on an absence: nothing can stop it
};

// What the engine had seen for an action when it sent its write: only what others did after that may excuse it.
struct Basis {
  std::string operation;
  std::map<std::string, std::uint32_t> seen;  // resource → moment of its last reading since the action was begun
};
// The write is one of a takeover's, or one that shuts out what a run that is taken back has under way.
bool IsFencing(const Basis& basis);

// A write that was sent, as far as leases go.
struct Sent {
  std::string resource, booking;
  Version expected;
};

// An effect that is about to land: what is there now.
struct Before {
  std::uint32_t now = 0;
  int pointer = 0;
  std::string page;                         // the bytes, where it is one
  std::map<std::string, std::string> held;  // by duty
};

class Laws {
 public:
  Laws(const Scenario& scenario, const World& world) : scenario_(scenario), world_(world) {}

  void NoteForeign(const ForeignEdit& edit, std::uint32_t now);
  // A read of ours may have told lies (a stale listing, half a page): conflicts may follow that nobody caused.
  void NoteLie() { lied_ = true; }
  // A line of the journal that is durable.
  void NoteIntent(const std::string& operation) { intents_.insert(operation); }
  void NoteRefusal() { ++refusals_; }
  // The journal says that the run is taken back.
  void NoteRollback() { taken_back_ = true; }

  // `before`: the lease until a process could not know any more that it has it no longer: somebody took it, who asks nobody.
  void NoteLost(const std::string& booking, const std::optional<Lease>& before);
  // A write to an operator's system is sent, by the clock of its process.
  void CheckSent(const std::string& resource, const WriteStamp& stamp, const Version& expected, Instant now);
  const Sent& sent() const { return sent_; }
  void CheckLanded(const WriteStamp& stamp, bool checks_fences);
  // The engine has written a lease document. `newest`: that the clock has ever shown. `under_way`: writes that may land late.
  void CheckLease(const std::optional<Lease>& before, const Lease& after, Instant now, Instant newest, const std::vector<Sent>& under_way);

  Before Look(std::string_view resource, std::uint32_t now) const;
  // An effect of ours that the store has made.
  void CheckEffect(std::string_view resource, const Before& before, const Basis& basis);
  // At rest, by the report of the last process.
  void CheckEnd(const RunReport& report);

  void Broken(const std::string& law, const std::string& what) { broken_.push_back(law + ": " + what); }
  const std::vector<std::string>& broken() const { return broken_; }
  // Pointers that broke because somebody re-pointed a record, or took the page away, between our last look and our effect.
  int excused() const { return excused_; }
  bool AnyForeign() const { return any_foreign_ || lied_ || refusals_ >= kRefusalsThatLookForeign; }
  bool IsTakenBack() const { return taken_back_; }
  std::uint64_t Digest() const;
  std::uint64_t DigestOf(const Basis& basis) const;
  // 0: the record leads nowhere; 1: to a live page without the protected features; 2: as law 1 wants it.
  int Pointer() const;
  int Page(const std::string& key) const;

 private:
  // Conflicts that nobody caused are no fault after so many refusals.
  static constexpr int kRefusalsThatLookForeign = 3;

  static bool IsUndo(const Basis& basis);
  bool CanStillLand(const Sent& sent) const;
  bool CameBack(std::string_view resource, const Before& before, const Basis& basis) const;
  void CheckFencing(std::string_view resource, const Before& before, const Basis& basis);
  void CheckFenced(const Lease& before, const Lease& after);
  void CheckPlanned(std::string_view resource, const Before& before, const Basis& basis, bool came_back);
  void CheckUndo(std::string_view resource, const Before& before, const Basis& basis);
  void CheckPointer(std::string_view resource, const Before& before, const Basis& basis);
  void CheckPointerOfUndo(std::string_view resource, const Before& before, const Basis& basis);
  bool IsExcused(std::string_view resource, const Basis& basis) const;
  bool IsAnyTouched(const std::vector<std::string>& resources) const;
  void CheckTakenBack(const RunReport& report);
  void CheckUndoOutcome(const Duty& duty, const ActionReport& action, const RunReport& report);
  void CheckNothingRemembered();
  void CheckCachesAfterRollback();
  void CheckDuty(const Duty& duty, const Before& before, const std::string& operation);
  void CheckOutcome(const Duty& duty, const ActionReport& report);
  void CheckDutyAtEnd(const Duty& duty);
  bool IsDone(const Duty& duty) const;
  bool IsHindered(const Duty& duty) const;
  bool HasNeeds(const Duty& duty) const;

  const Scenario& scenario_;
  const World& world_;
  std::map<std::string, Trail, std::less<>> trails_;
  std::map<std::string, int> effects_;  // by operation
  std::set<std::string> intents_;       // … that the journal holds
  std::set<std::string> done_;          // duties
  std::set<std::string> known_;         // … that are reported as done at rest
  std::map<std::pair<std::string, std::uint64_t>, Lease> lost_;  // by booking and number: as it was
  std::map<std::string, std::uint64_t> fences_;  // by booking: the highest number that a store has seen that looks at it
  std::map<std::string, Version> unfenced_;      // what a lease that ran out left: its version then
  Sent sent_;
  std::vector<std::string> broken_;
  int excused_ = 0;
  int refusals_ = 0;
  std::uint32_t written_ = 0;  // effects of ours on operators' systems
  bool lied_ = false;
  bool taken_back_ = false;
  bool any_foreign_ = false;
};

}  // namespace evenkeel::simulation
