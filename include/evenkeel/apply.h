// Apply: the step machine that carries out a plan, and the journal that lets any process on any day go on where it stopped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evenkeel/fleet.h"
#include "evenkeel/plan.h"

namespace evenkeel {

// What became of one action.
enum class Outcome : std::uint8_t {
  kPending,         // not reached yet
  kDone,
  kAlreadyDone,     // looked: an earlier attempt had done it
  kConflict,        // somebody else changed the target: both sides in `detail`
  kBlocked,         // an action it needs is not done
  kWaitsApproval,
  kWaitsPerson,     // a manual task without attestation
  kWaitsLease,      // another holds the booking, or what its last holder left under way could not be fenced; resume tries again
  kFailed,          // an error; nothing was done
  kUnknown,         // a reply was lost and looking has not settled it
};
std::string_view OutcomeName(Outcome outcome);  // "waits_approval"

// Three sides of a conflict: what was last agreed, what was to be written, what stands there now.
struct Conflict {
  struct Side {
    std::string field;  // an attribute, a member of an event, "lane", "bytes" (of a page: its SHA-256)
    std::string agreed, ours, theirs;  // empty: not stated

    friend bool operator==(const Side&, const Side&) = default;
  };
  std::vector<Side> sides;  // of what differs from the last agreed, or was to be written
  std::string written_by;   // who wrote theirs, as far as the store tells: an operation of another run, a time; may be empty
};

// What became of taking an action back.
struct UndoReport {
  Outcome outcome = Outcome::kPending;  // kAlreadyDone: everything is as before already; kBlocked: what needs the action stays
  std::string detail;
  std::optional<Conflict> conflict;
};
struct ActionReport {
  std::string action;
  Verb verb = Verb::kBackUpPage;
  std::string store;
  std::string resource;
  std::string booking;
  Outcome outcome = Outcome::kPending;
  std::string detail;  // for people; of a conflict: what was expected and what is there now
  std::optional<Conflict> conflict;  // where the outcome is one and the sides are known
  std::optional<UndoReport> undo;  // of a run that is rolled back; nullopt: there is nothing to take back
};
// Who wanted a run taken back.
struct RollbackAsked {
  std::string by;
  Instant at{};
  std::string why;  // may be empty
};
// What a person said of a run, as its journal has it.
struct RunWord {
  std::string what;  // "apply", "approve", "override", "attest", "rollback", "attest_undo" or "restore"
  std::string by;    // empty: nobody gave a name
  Instant at{};
  std::vector<std::string> of;  // bookings (none: all), actions, brakes, or the page

  friend bool operator==(const RunWord&, const RunWord&) = default;
};
struct RunReport {
  std::string run;    // "run-" and twelve digits of the plan's hash
  std::string plan;
  bool finished = false;              // everything that can be done without a person is done
  std::vector<ActionReport> actions;  // in plan order
  std::vector<Brake> brakes;          // that stopped it
  std::size_t questions = 0;          // open ones in the plan, of the bookings asked for
  std::optional<RollbackAsked> rollback;
  std::vector<RunWord> said;          // in the journal's order
  // Pages of bookings taken over from somebody who never gave them back, in stores whose versions repeat: what that one has under way
  // may still land on them. STORE:KEY, sorted.
  std::vector<std::string> cannot_be_fenced;
  // Where guests may still be served what was there before, and what to do: a cache had not dropped its copies in time, or serves
  // otherwise than the page is. For people. Looked at by Apply, ResumeRun and RollbackRun when they end; nothing of it is in the journal.
  std::vector<std::string> stale;
  // Why what finished runs left, and the policy's retention_days ended for, could not all be removed; empty: nothing was in the way. Any
  // later run tries again.
  std::string retention_trouble;

  // How an action stands in the direction the run goes now: its outcome, or that of taking it back.
  Outcome Standing(const ActionReport& action) const;
  bool HasConflict() const;  // with another writer, or another holds a booking
  bool WaitsForPeople() const;  // approvals, manual tasks, questions or brakes are in the way
  bool HasError() const;
};

struct ApplyOptions {
  std::optional<std::string> booking;    // only this booking's actions
  std::set<std::string> approvals;       // action ids
  bool approve_all = false;              // covers `approve` actions only
  std::set<std::string> overrides;       // brake names
  std::string by;                        // who approved; recorded
  std::string holder;                    // acts under the leases of this name, and leaves them to it; by default the run holds its own
  // May be empty; called from the applying thread. While caches are waited for, a pending invalidation says in its detail how many are left.
  std::function<void(const ActionReport&)> progress;
  std::function<bool()> keep_going;      // between actions; false stops cleanly, and resume goes on
};

struct RollbackOptions {
  std::string by;   // who wants it; recorded
  std::string why;  // may be empty; recorded
  std::string holder;  // as of ApplyOptions
  std::function<void(const ActionReport&)> progress;
  std::function<bool()> keep_going;
};

// Before the first effect on a booking the run takes the booking's lease, for five minutes, and renews it after half of them; every
// write carries its fencing number. All processes of one run share the lease. Where somebody else holds it, or takes it over, the
// booking's actions wait (kWaitsLease) and the other bookings go on; `resume` tries again. At the end the run gives its leases back,
// except where a write of it may still be under way: those run out, and whoever takes them over fences first. See lease.h.
//
// The machine: each Step does one thing to the outside world (one journal append, one store call) and returns. Built from a
// plan, or from a journal; both ways end in the same states. Not thread-safe; two machines on one run exclude each other by the
// journal's sequence numbers.
class ApplyMachine {
 public:
  // Checks the plan's hash, its fleet, its age and the brakes. kInvalidArgument: another fleet, unknown approval id, edited plan.
  static StatusOr<std::unique_ptr<ApplyMachine>> Start(Fleet& fleet, const Plan& plan, const ApplyOptions& options);
  // Goes on with a run that has a journal, in the direction it goes. kNotFound: no such run.
  static StatusOr<std::unique_ptr<ApplyMachine>> Resume(Fleet& fleet, const std::string& run, const ApplyOptions& options);
  // Takes the run back, action by action in reverse. kNotFound: no such run.
  static StatusOr<std::unique_ptr<ApplyMachine>> Rollback(Fleet& fleet, const std::string& run, const RollbackOptions& options);
  virtual ~ApplyMachine() = default;
  // True while there is something left to do. An error here is one of the journal or the state store: nothing may be done without it.
  virtual StatusOr<bool> Step() = 0;
  virtual RunReport Report() const = 0;
};

// Start or continue, and step to the end.
StatusOr<RunReport> Apply(Fleet& fleet, const Plan& plan, const ApplyOptions& options);
StatusOr<RunReport> ResumeRun(Fleet& fleet, const std::string& run, const ApplyOptions& options);

// Takes a run back: every action that was done, in reverse order, each on the condition that its target is still as the run left it.
// What somebody has changed since stays, with what it needs, and is a conflict that shows both sides; everything else goes on. A
// write of the run that may still be under way is made impossible first, where the store's versions are unique: the version it
// depends on is used up by writing the same value. Manual tasks wait for a person. Backups stay. A pointer goes back only to a
// page that a guest can open. From the first line of it on the run is never applied further; `resume` goes on with the rollback.
// Asked for again after it came to its end, it tries once more what somebody's change had stopped.
StatusOr<RunReport> RollbackRun(Fleet& fleet, const std::string& run, const RollbackOptions& options);

struct RestoreOptions {
  std::string by;           // who wants it; recorded
  bool only_bytes = false;  // nothing is written: the bytes alone
};
struct Restored {
  std::string run;
  Resource page;
  std::string bytes;
  std::string backup;      // where a person finds the bytes; may be empty
  std::string kept;        // where what stood there before was put away; empty: nothing stood there, or nothing was written
  bool was_there = false;  // the page had these bytes already
};
// Brings back the bytes that a run put away of one page, named by its key or as STORE:KEY. What stands there now is put away first;
// the write depends on its version. Recorded in the run's journal. kNotFound: no such run, or it backed up no such page.
StatusOr<Restored> RestorePage(Fleet& fleet, const std::string& run, const std::string& page, const RestoreOptions& options);

// Who has said that a manual task is done.
struct Attested {
  RunReport report;
  std::string by;   // of the first who said so; empty: nobody needed to, the system itself showed it
  Instant at{};
  bool before = false;  // it was done before this call, which changed nothing
};
// A person has done a manual task; of a run that is rolled back: has taken it back. kNotFound: no such run or action. kInvalidArgument: not a manual task, what it needs is not done, or
// its plan is older than policy.task_days_max.
StatusOr<Attested> Attest(Fleet& fleet, const std::string& run, const std::string& action, const std::string& by);

// The plan a run was started with, from its journal.
StatusOr<Plan> PlanOfRun(Fleet& fleet, const std::string& run);
StatusOr<RunReport> ReportOfRun(Fleet& fleet, const std::string& run);
std::string RunOfPlan(const Plan& plan);
// The runs of this fleet file that were cut off or met an error: `resume` has something to do. Sorted. A run that waits for people
// alone, or that ended in a conflict, is not among them.
StatusOr<std::vector<std::string>> UnfinishedRuns(Fleet& fleet);
// The runs of this fleet file that have anything left, for a machine or for people. By name. A journal that cannot be read is left
// out: who resumes or shows that run is told.
StatusOr<std::vector<RunReport>> OpenRuns(Fleet& fleet);

}  // namespace evenkeel
