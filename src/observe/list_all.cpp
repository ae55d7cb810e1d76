#include "observe/list_all.h"

#include "text/reasons.h"

namespace evenkeel {

StoreState StateOf(const std::string& name, ResourceKind kind, const StoreTraits& traits) {
  StoreState state;
  state.name = name;
  state.kind = kind;
  state.traits = traits;
  return state;
}

void Fail(StoreState& state, const Status& problem) {
  state.problem = problem;
  state.complete = false;
  state.why_incomplete = problem.message();
}

void NoteIncomplete(StoreState& state, bool complete, const std::string& why) {
  if (complete) return;
  state.complete = false;
  AddReason(state.why_incomplete, why.empty() ? "the store did not list everything" : why);
}

Status OverLimit(const Limits& limits, const std::string& store) {
  return Status(Code::kLimitExceeded, "more entries than listing_entries allows (" + std::to_string(limits.listing_entries) + ")", store);
}

}  // namespace evenkeel
