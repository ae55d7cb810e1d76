// What each answer comes to as a number.
#include "evenkeel/exit_code.h"

#include <algorithm>

namespace evenkeel {

using namespace exit_code;

// Without a whole store nothing can be said to agree; without one page, or with a listing that may lack something, the rest still
// can. A page that could not be read is an error of its own, a listing that says what it lacks is none.
int ExitCodeOf(const Audit& audit) {
  const auto& stores = audit.snapshot.stores;
  if (std::any_of(stores.begin(), stores.end(), [](const StoreState& store) { return !store.problem.ok(); })) return kError;
  if (audit.FoundAnything()) return kSomethingFound;
  const auto& resources = audit.snapshot.resources;
  const bool partly = std::any_of(resources.begin(), resources.end(), [](const Observed& observed) { return !observed.problem.ok(); });
  return partly ? kError : kDone;
}

int ExitCodeOf(const Plan& plan) {
  if (plan.CanChangeAnything()) return kSomethingFound;
  return plan.WaitsForPeople() ? kPersonNeeded : kDone;
}

int ExitCodeOf(const RunReport& report) {
  if (report.HasConflict()) return kConflict;
  if (report.HasError()) return kError;
  return report.WaitsForPeople() ? kPersonNeeded : kDone;
}

int ExitCodeOf(const FindAnswer& answer) {
  switch (answer.kind()) {
    case FindAnswer::Kind::kNone: return kDone;
    case FindAnswer::Kind::kExists: return kSomethingFound;
    case FindAnswer::Kind::kAmbiguous: return kPersonNeeded;
  }
  return kError;
}

int ExitCodeOf(const Reserved& reserved) {
  const FindAnswer& answer = reserved.answer;
  const bool is_lost = !reserved.mine && answer.bookings.empty() && answer.may_hide.empty();
  return is_lost ? kConflict : ExitCodeOf(answer);
}

int ExitCodeOf(const GuardAnswer& answer) { return answer.Allows() ? kDone : kPersonNeeded; }

int ExitCodeOf(const Edits& edits) { return edits.unsure.empty() ? kDone : kPersonNeeded; }

int ExitCodeOf(const std::vector<Check>& checks) {
  return std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.passed; }) ? kDone : kError;
}

}  // namespace evenkeel
