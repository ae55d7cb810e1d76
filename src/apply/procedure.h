// Procedure: one action being carried out, step by step. Every Step makes at most one store call, so that a simulator can stop,
// lose or interleave at each.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "apply/edge_patience.h"
#include "evenkeel/apply.h"
#include "evenkeel/resource.h"

namespace evenkeel {

// How an action ended in this attempt.
struct Settled {
  Outcome outcome = Outcome::kDone;
  std::string detail;
  Version version;              // the target's, where it was written or found as planned
  Json facts = Json::object();  // for the journal: expected, found, where the backup is …
  bool sent = false;            // this attempt made the effect itself, as far as anybody can know
  // The target's version where it was found as planned, this attempt had sent nothing, and nothing tells who had.
  std::optional<Version> unclaimed = {};
};

// What a procedure works with. Borrowed for its life.
struct Assignment {
  Fleet* fleet = nullptr;
  const Plan* plan = nullptr;
  const BookingPlan* booking = nullptr;
  const Action* action = nullptr;
  std::string run;
  Version expected;  // the plan's precondition, or what an earlier action of this run left behind
  WriteStamp stamp;
  bool accepts_incomplete = false;  // the brake incomplete_listing is lifted: what was not listed is not asked about
  bool was_attempted = false;  // the journal has an intent without outcome: look before anything is done
  bool undo = false;           // the action is taken back
  bool asked_again = false;    // … after a conflict that somebody has looked at: what the target shows tells, whoever wrote it
  bool may_land = false;       // of an undo: a write of the action was cut off, and may still land
  // … while the target has this version; empty: none is told by it.
  Version in_flight;
  // … whatever its version, where others can bring an earlier one back: only a write of ours shuts it out.
  bool must_shut_out = false;
  std::string content_type;    // of the page that an undo brings back
  std::function<bool()> keep_going = {};  // asked before a long wait; empty: go on
  EdgePatience* patience = nullptr;       // of the run
};

class Procedure {
 public:
  virtual ~Procedure() = default;
  // nullopt: there is more to do.
  virtual std::optional<Settled> Step() = 0;
};

// The procedure of the action's verb. For a manual task: only looks whether a person has done it already.
std::unique_ptr<Procedure> MakeProcedure(const Assignment& assignment);

// What takes the action back: the same protocol, from what the run left behind to what was there before.
std::unique_ptr<Procedure> MakeUndo(const Assignment& assignment);

// How the action could be taken back, for the journal's intent: registered before the effect.
Json UndoOf(const Action& action);
// What the stores remember of the action's effect: "run-…/edit_page-…".
std::string OperationOf(const std::string& run, const Action& action);
// … and of the effect of taking it back. `again`: the line of the journal that made it necessary once more; 0: the first time.
std::string UndoOperationOf(const std::string& run, const Action& action, std::uint64_t again = 0);
bool IsUndoOperation(std::string_view operation);

}  // namespace evenkeel
