// RunMachine: the step machine of a run, whichever way it goes.
//
//   read journal ► announce what is asked for, in one line ► for each action in order:
//     stands how? ► the booking's lease ► intent (durable) ► procedure, one store call a step ► outcome ► … ► stopped ► leases back
//
// The head document follows each append. Whenever an append is refused or its reply is lost, the journal is read again and the
// next step is decided from what it says: another process may have done the work, and then nothing is repeated.
// What a direction adds: its order, how an action stands, which procedure carries it out, and the kinds of its journal lines.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apply/journal.h"
#include "apply/lease_keeper.h"
#include "apply/procedure.h"
#include "apply/run_state.h"

namespace evenkeel {

class RunMachine : public ApplyMachine {
 public:
  StatusOr<bool> Step() final;
  // What is left of it when the run has come to its end is for the caches that drop copies later.
  const EdgePatience& patience() const { return patience_; }

 protected:
  struct Announcement {
    std::string_view kind;
    Json body;
  };
  // What every machine is called with.
  struct Calls {
    std::function<void(const ActionReport&)> progress;
    std::function<bool()> keep_going;
    std::string holder;  // of the leases it works under; empty: the run
  };

  RunMachine(Fleet& fleet, Plan plan, Journal journal, Calls calls);

  // Nothing may be done at all, now or later.
  virtual bool IsBarred() const { return false; }
  // Called before each action with the time and with that of the journal's last line.
  virtual void Notice(Instant, Instant) {}
  // The journal says that the run goes in the other direction now: only WrapUp is left.
  virtual bool IsOvertaken() const { return false; }
  // What the journal must say before the next action; nullopt: it says so already.
  virtual std::optional<Announcement> NextAnnouncement() const = 0;
  // The action's state in this direction; nullptr: nothing was begun.
  virtual const ActionState* Find(const Action& action) const = 0;
  // How it stands, from that state and from those that were passed; nullopt: there is nothing to do in this direction.
  virtual std::optional<Outcome> Stands(const PlannedAction& planned) const = 0;
  virtual bool Covers(const PlannedAction&) const { return true; }
  // The version that the target must still have.
  virtual Version ExpectedVersion(const PlannedAction& planned) const = 0;
  // What only this direction's intent holds.
  virtual Json IntentOf(const Action&) const { return Json::object(); }
  virtual std::string OperationOf(const PlannedAction& planned) const = 0;
  virtual std::unique_ptr<Procedure> MakeAttempt(Assignment assignment) const = 0;
  virtual ActionReport ReportOf(const PlannedAction& planned) const = 0;
  // Called when every action is passed, until it says false: there is no more to do.
  virtual StatusOr<bool> WrapUp() { return Stop(kEnd); }

  StatusOr<bool> Stop(std::string_view why);
  // Without a line in the journal.
  StatusOr<bool> Quit() {
    stopped_ = true;
    return false;
  }

  const Plan& plan() const { return plan_; }
  Fleet& fleet() const { return fleet_; }
  const std::string& run() const { return run_; }
  const Journal& journal() const { return journal_; }
  const RunState& state() const { return state_; }
  const std::vector<PlannedAction>& actions() const { return actions_; }
  const std::map<std::string, Outcome>& passed() const { return passed_; }
  // What this run left behind on the action's target: of several actions on it, the version of the one that was done last; nullptr:
  // nothing.
  // By the states of one direction.
  const Version* LeftBehind(const Action& action, const std::map<std::string, ActionState>& states) const;

  void SetOrder(std::vector<PlannedAction> actions) { actions_ = std::move(actions); }

  struct Kinds {
    std::string_view intent, outcome;
  };
  virtual Kinds kinds() const = 0;

 private:
  StatusOr<bool> ReadAgain();
  StatusOr<bool> Append(std::string_view kind, Json body);
  StatusOr<bool> PickNext();
  StatusOr<bool> Begin(const PlannedAction& planned);
  // The booking may not be written to before its lease is taken or renewed.
  bool NeedsLease(const PlannedAction& planned) const;
  StatusOr<bool> TakeLease(const PlannedAction& planned);
  StatusOr<bool> StepLease();
  StatusOr<bool> RecordLease();
  void FollowLease(const LeaseNews& news);
  // The leases that nothing of the run needs any more, with their numbers.
  Json LeasesToReturn() const;
  StatusOr<bool> ReturnLeases();
  Version CurrentVersion(const PlannedAction& planned) const { return state_.leases.Current(*planned.action, ExpectedVersion(planned)); }
  void StartProcedure(const PlannedAction& planned, bool was_attempted);
  StatusOr<bool> StepProcedure();
  StatusOr<bool> RecordSettled();
  bool IsAnothers(const ActionState* known) const;
  void PassOn(const PlannedAction& planned);

  Fleet& fleet_;
  const Plan plan_;
  const std::string run_;
  const Calls calls_;
  std::vector<PlannedAction> actions_;  // in this direction's order; point into plan_
  std::map<std::pair<std::string, std::string>, std::vector<const Action*>> by_target_;  // store and resource

  Journal journal_;
  RunState state_;
  std::map<std::string, Outcome> passed_;                            // of the actions before the cursor
  std::size_t cursor_ = 0;
  EdgePatience patience_;
  std::unique_ptr<Procedure> procedure_;
  std::optional<Settled> settled_;
  std::uint64_t intent_ = 0;  // the line of the last one when the procedure was started
  LeaseKeeper leases_;
  std::optional<LeaseNews> lease_news_;  // not yet in the journal
  std::set<std::string> refused_;        // bookings that another holds
  std::set<std::string> returning_;      // whose leases are given back once the journal says so
  bool must_read_ = false;
  bool has_written_ = false;
  bool stopped_ = false;
  int barren_reads_ = 0;
};

}  // namespace evenkeel
