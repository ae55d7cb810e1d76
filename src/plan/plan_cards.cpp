// Cards and handoffs: they close a booking's plan once everything that needs no person is done.
#include <algorithm>
#include <set>

#include "decide/words.h"
#include "plan/draft.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

constexpr const char* kDoneLane = "done";

std::string DoneLaneOf(const FleetConfig& fleet, const std::string& board) {
  const StoreConfig* store = fleet.FindStore(board);
  if (store == nullptr || !store->settings.is_object()) return kDoneLane;
  const auto lane = store->settings.find("done_lane");
  return lane != store->settings.end() && lane->is_string() ? lane->get<std::string>() : kDoneLane;
}

// What apply can do without a task for a person being done first.
std::vector<std::string> DoableActions(const std::vector<Action>& actions) {
  std::set<std::string> waiting;
  for (bool grew = true; grew;) {
    grew = false;
    for (const Action& action : actions) {
      const bool waits = action.approval == Approval::kManual ||
                         std::any_of(action.needs.begin(), action.needs.end(), [&](const std::string& id) { return waiting.count(id) > 0; });
      if (waits && waiting.insert(action.id).second) grew = true;
    }
  }
  std::vector<std::string> doable;
  for (const Action& action : actions) {
    if (waiting.count(action.id) == 0) doable.push_back(action.id);
  }
  return doable;
}

// The field whose change the card asked for: somebody disagreed on it, the card states what is true now, and nothing in the card
// contradicts that, and nothing is accepted to differ for a while. A card that says nothing this plan settles is somebody else's business.
const Verdict* SettledBy(const Draft& draft, const Observed& card) {
  const Verdict* settled = nullptr;
  for (const Claim& claim : card.claims) {
    const Verdict* verdict = draft.Writable(claim.field);
    if (verdict == nullptr || claim.field == "date") continue;
    const auto is_this = [&](const Claim& other) { return other.resource == card.resource; };
    if (std::any_of(verdict->against.begin(), verdict->against.end(), is_this) || !verdict->accepted.empty()) return nullptr;
    if (!verdict->against.empty()) settled = verdict;
  }
  return settled;
}

void PlanCard(Draft& draft, const Observed& card, const std::vector<std::string>& doable) {
  const std::string done = DoneLaneOf(draft.fleet, card.resource.store);
  if (card.card->lane == done) return;
  const Verdict* settled = SettledBy(draft, card);
  if (settled == nullptr) {
    if (!draft.DriftOf(card).empty()) return;  // noted already
    return draft.Note("card " + card.resource.ToString() + " (\"" + card.card->title + "\", lane " + card.card->lane +
                      ") is left where it is: it does not ask for anything this plan settles");
  }
  const StoreState* store = draft.index.FindStore(card.resource.store);
  if (store != nullptr && !store->traits.writable) return draft.Note("card " + card.resource.ToString() + " is settled; move it to " + done + " by hand");
  Action& action = draft.Add(Verb::kMoveCard, card.resource.store, card.resource.key, MoveCard{card.card->lane, done},
                             "\"" + card.card->title + "\" is settled: the " + settled->field + " is " +
                                 WordsOfValue(*settled->value, draft.decision.booking.date) + " everywhere",
                             "move it back to " + card.card->lane);
  action.precondition = card.version;
  if (!EVENKEEL_BUG(43, "a card is done before its booking is")) action.needs = doable;
}

std::string TargetOf(const Action& action) { return action.store + " " + action.resource; }

std::string WhatWasDone(const Action& action) {
  switch (action.verb) {
    case Verb::kBackUpPage: return {};
    case Verb::kEditPage: return "edited " + TargetOf(action) + " (" + action.reason + ")";
    case Verb::kRepointRecord: return "re-pointed " + TargetOf(action) + " (" + action.reason + ")";
    case Verb::kUpdateRecord: return "updated " + TargetOf(action) + " (" + action.reason + ")";
    case Verb::kRetirePage: {
      const auto& change = std::get<RetirePage>(action.change);
      return (change.redirect ? "turned " : "deleted ") + TargetOf(action) +
             (change.redirect ? " into a redirect to " + change.survivor.key : ", a second page of the booking") + "; its bytes are in the backup " +
             change.backup;
    }
    case Verb::kInvalidatePaths: return {};
    case Verb::kUpdateEvent: return "updated the event in " + action.store + " (" + action.reason + ")";
    case Verb::kManualTask: return {};
    case Verb::kMoveCard: return "moved card " + TargetOf(action);
    case Verb::kLeaveHandoff: return {};
  }
  return {};
}

std::string HandoffNote(const Draft& draft) {
  std::string note = draft.plan.title + " (" + draft.decision.booking.key + ").";
  for (const char* field : {"start", "end"}) {
    const Verdict* verdict = draft.Writable(field);
    if (verdict != nullptr) note += " The " + std::string(field) + " is " + verdict->why + ".";
  }
  if (draft.decision.canonical) note += " The booking's page is " + draft.decision.canonical->ToString() + "; do not create another.";
  std::string done, left;
  for (const Action& action : draft.plan.actions) {
    if (const std::string words = WhatWasDone(action); !words.empty()) done += "\n- " + words;
    if (const auto* task = std::get_if<ManualTask>(&action.change)) left += "\n- " + task->instruction;
  }
  for (const Question& question : draft.plan.questions) left += "\n- " + question.text + " (--decide " + question.id + "=…)";
  std::set<std::string> accepted;
  const std::vector<Resource>& duplicates = draft.decision.duplicates;
  for (const Verdict& verdict : draft.plan.verdicts) {
    for (const AcceptedClaim& one : verdict.accepted) {
      if (std::binary_search(duplicates.begin(), duplicates.end(), one.claim.resource)) continue;
      accepted.insert("\n- when it ends on " + FormatInstant(one.until) + ": " + one.claim.resource.ToString() + " says another " + verdict.field + ", accepted by " + one.by + ": " + one.why);
    }
  }
  for (const std::string& line : accepted) left += line;
  return note + "\nDone:" + done + (left.empty() ? "\nNothing remains for a person." : "\nRemains for a person:" + left);
}

}  // namespace

// A card that asks for what nobody decided is settled by nothing, and nobody but a person can say whether it is to be done or dropped.
void NoteContradictingCard(Draft& draft, const Observed& card) {
  const std::vector<const Claim*> drift = draft.DriftOf(card);
  if (drift.empty() || card.card->lane == DoneLaneOf(draft.fleet, card.resource.store)) return;
  const std::string& field = drift.front()->field;
  draft.Note("card " + card.resource.ToString() + " (\"" + card.card->title + "\", lane " + card.card->lane + ") says another " + field + " than " +
             WordsOfValue(*draft.Writable(field)->value, draft.decision.booking.date) + ", which is true by what has authority: if the card is right, say so with `evenkeel set`");
}

void PlanCards(Draft& draft) {
  for (const Observed* member : draft.members) {
    if (member->card) NoteContradictingCard(draft, *member);
  }
  const std::vector<std::string> doable = DoableActions(draft.plan.actions);
  if (doable.empty()) return;  // a card alone makes no plan: `resume` finishes a run that was cut off
  for (const Observed* member : draft.members) {
    if (member->card) PlanCard(draft, *member, doable);
  }
}

void PlanHandoff(Draft& draft) {
  const std::vector<std::string> doable = DoableActions(draft.plan.actions);
  if (doable.empty()) return;
  const std::string& booking = draft.decision.booking.key;
  Action& action = draft.Add(Verb::kLeaveHandoff, "state", booking, LeaveHandoff{HandoffNote(draft)},
                             "whoever works on the booking next should know what was done and what remains",
                             "nothing to undo: a later note takes its place");
  action.needs = doable;
}

}  // namespace evenkeel
