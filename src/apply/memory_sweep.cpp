#include "apply/memory_sweep.h"

#include "apply/former_words.h"
#include "observe/state_documents.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// The action's effect stands: it was made, and not taken back.
bool StandsStill(const Action& action, const RunState& state) {
  const ActionState* done = state.Find(action.id);
  if (done == nullptr || !(done->intent_open || done->outcome)) return false;
  const ActionState* undone = state.FindUndo(action.id);
  if (MayHaveHappened(*done)) return undone == nullptr || undone->intent_open || !undone->outcome || !IsDoneOutcome(*undone->outcome);
  return IsDoneOutcome(*done->outcome);
}

DocumentRemoval RemovalOfFormerWords(Fleet& fleet, const BookingPlan& booking, const std::string& run, bool may_come) {
  Assignment of_booking;
  of_booking.fleet = &fleet;
  of_booking.booking = &booking;
  of_booking.run = run;
  const FormerWords words = FormerWordsOf(of_booking);
  return {*fleet.state, std::string(kFormerWordsKind), IdOf(words), ToJson(words), may_come};
}

}  // namespace

Handoff HandoffOf(const Fleet& fleet, const BookingPlan& booking, const Action& action, const std::string& run) {
  return {booking.booking, std::get<LeaveHandoff>(action.change).note, "evenkeel", run, fleet.environment->Now()};
}

DocumentRemoval RemovalOfHandoff(const Fleet& fleet, const BookingPlan& booking, const Action& action, const std::string& run, bool may_come) {
  const Handoff handoff = HandoffOf(fleet, booking, action, run);
  return {*fleet.state, std::string(kHandoffKind), IdOf(handoff), ToJson(handoff), may_come};
}

DocumentRemoval RemovalOfTombstone(const Fleet& fleet, const BookingPlan& booking, const Action& action, const std::string& run, bool may_come) {
  const RetirePage& change = std::get<RetirePage>(action.change);
  const Tombstone tombstone{Resource{ResourceKind::kPage, action.store, action.resource}, change.survivor, booking.booking, run, {}};
  return {*fleet.state, std::string(kTombstoneKind), IdOf(tombstone), ToJson(tombstone), may_come};
}

MemorySweep::MemorySweep(Fleet& fleet, const Plan& plan, const RunState& state) {
  const std::string run = RunOfPlan(plan);
  for (const BookingPlan& booking : plan.bookings) {
    bool words_hold = false;  // something that a page or a pointer said is still changed
    bool words_may_come = false;
    for (const Action& action : booking.actions) {
      const bool stands = StandsStill(action, state);
      const bool was_begun = state.Find(action.id) != nullptr;
      words_may_come = words_may_come || was_begun;
      words_hold = words_hold || (stands && (action.verb == Verb::kEditPage || action.verb == Verb::kRepointRecord));
      if (action.verb == Verb::kRetirePage && !stands) removals_.push_back(RemovalOfTombstone(fleet, booking, action, run, was_begun));
      if (action.verb == Verb::kLeaveHandoff && !stands) removals_.push_back(RemovalOfHandoff(fleet, booking, action, run, was_begun));
    }
    if (!words_hold && !EVENKEEL_BUG(83, "the words of a run that was taken back are remembered")) removals_.push_back(RemovalOfFormerWords(fleet, booking, run, words_may_come));
  }
}

StatusOr<bool> MemorySweep::Step() {
  if (removals_.empty()) return true;
  EVENKEEL_ASSIGN_OR_RETURN(const bool done, removals_.back().Step());
  if (done) removals_.pop_back();
  return removals_.empty();
}

}  // namespace evenkeel
