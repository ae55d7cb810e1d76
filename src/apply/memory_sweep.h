// What a run has written into Evenkeel's own memory and a rollback makes untrue: tombstones of pages that live again, former words of
// a booking that says them again, handoffs about what was taken back.
#pragma once

#include <string>
#include <vector>

#include "apply/run_state.h"
#include "evenkeel/snapshot.h"
#include "observe/document_write.h"

namespace evenkeel {

// The note that this leave_handoff leaves; `at` is now.
Handoff HandoffOf(const Fleet& fleet, const BookingPlan& booking, const Action& action, const std::string& run);
DocumentRemoval RemovalOfHandoff(const Fleet& fleet, const BookingPlan& booking, const Action& action, const std::string& run, bool may_come);
// The tombstone that this retire_page left; one of another run stays.
// `may_come` of both: see DocumentRemoval.
DocumentRemoval RemovalOfTombstone(const Fleet& fleet, const BookingPlan& booking, const Action& action, const std::string& run, bool may_come);

// At the end of a rollback, and of a run that was overtaken by one: another process may have written such a document after the action
// it belongs to had been taken back.
class MemorySweep {
 public:
  // Of the actions that are taken back by now.
  MemorySweep(Fleet& fleet, const Plan& plan, const RunState& state);
  // One store call; true when there is no more.
  StatusOr<bool> Step();

 private:
  std::vector<DocumentRemoval> removals_;  // from the back
};

}  // namespace evenkeel
