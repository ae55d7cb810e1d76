// move_card, invalidate_paths, leave_handoff, and the look at a manual task.
#include "apply/store_procedures.h"

#include <algorithm>
#include <utility>

#include "apply/conditional_write.h"
#include "apply/memory_sweep.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

class MoveCardProcedure final : public ConditionalWrite {
 public:
  MoveCardProcedure(const Assignment& given, MoveCard change) : ConditionalWrite(given), change_(std::move(change)) {}

 private:
  bool NeedsLook() const override { return assignment().undo; }

  StatusOr<Sight> Look() override {
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, "version " + assignment().expected + " in lane \"" + change_.from_lane + "\"",
                "nothing: the card is gone"};
    auto card = fleet().boards.at(action().store)->Get(action().resource);
    if (!card.ok()) return card.code() == Code::kNotFound ? StatusOr<Sight>(std::move(sight)) : card.status();
    sight.version = card->version;
    sight.found = "version " + card->version + " in lane \"" + card->lane + "\"";
    sight.kind = Judge(card->lane == change_.to_lane, card->lane == change_.from_lane, EVENKEEL_BUG(38, "a card is moved whoever moved it since") ? assignment().expected : card->version);
    if (sight.kind == Sight::Kind::kForeign) sight.conflict = Conflict{{{"lane", change_.from_lane, change_.to_lane, card->lane}}, ""};
    return sight;
  }

  StatusOr<Version> Write() override {
    EVENKEEL_ASSIGN_OR_RETURN(
        Card moved,
        fleet().boards.at(action().store)->Move(action().resource, change_.to_lane, assignment().expected, assignment().stamp));
    return std::move(moved.version);
  }

  const MoveCard change_;
};

// An invalidation has no condition: its reference makes it one effect however often it is asked for.
class InvalidatePathsProcedure final : public Procedure {
 public:
  explicit InvalidatePathsProcedure(Assignment assignment)
      : assignment_(std::move(assignment)), look_(assignment_.was_attempted) {}

  std::optional<Settled> Step() override {
    EdgeCache& edge = *assignment_.fleet->edge.at(assignment_.action->store);
    const std::string& reference = assignment_.stamp.operation;
    if (look_) {
      auto accepted = edge.WasAcceptedSince(reference, assignment_.plan->made_at);
      if (!accepted.ok()) return Settled{Outcome::kUnknown, accepted.status().ToString(), ""};
      if (*accepted) return Settled{Outcome::kAlreadyDone, "looked: an earlier attempt had been accepted", ""};
      look_ = false;
      return std::nullopt;
    }
    if (attempts_++ == kAttemptsMax)
      return Settled{Outcome::kUnknown, "the reply was lost each time; run resume when the cache answers again", ""};
    const std::string used = EVENKEEL_BUG(37, "every attempt at an invalidation has a reference of its own") ? reference + std::to_string(attempts_) : reference;
    const Instant begin = assignment_.fleet->environment->Now();
    auto id = edge.Invalidate(std::get<InvalidatePaths>(assignment_.action->change).paths, used);
    if (id.ok()) {
      Settled settled{Outcome::kDone, *id, ""};
      settled.facts["invalidation"] = *id;
      return settled;
    }
    if (EVENKEEL_BUG(36, "an invalidation without an answer is taken for made")) return Settled{Outcome::kDone, "", ""};
    if (id.code() == Code::kLimitExceeded && WaitsForRoom(begin)) return std::nullopt;
    if (id.code() != Code::kUnknownOutcome) return Settled{Outcome::kFailed, id.status().ToString(), ""};
    look_ = true;
    return std::nullopt;
  }

 private:
  static constexpr int kAttemptsMax = 3;

  // The cache is busy and has done nothing: a while later, each step of it short enough for the lease to be renewed.
  bool WaitsForRoom(Instant since) {
    assignment_.patience->CountSince(since);
    if (assignment_.patience->IsOut() || (assignment_.keep_going && !assignment_.keep_going())) return false;
    const std::uint64_t bound_ms = std::min(std::uint64_t{1'000} << std::min(waits_++, 5), std::uint64_t{20'000});
    assignment_.patience->Sleep(std::chrono::milliseconds(bound_ms / 2 + assignment_.fleet->environment->Random() % (bound_ms / 2)));
    --attempts_;
    return true;
  }

  Assignment assignment_;
  bool look_ = false;
  int attempts_ = 0, waits_ = 0;
};

// Its id names the run, so that no attempt leaves a second note and nobody's note is written over.
class LeaveHandoffProcedure final : public Procedure {
 public:
  explicit LeaveHandoffProcedure(const Assignment& assignment) : write_(Make(assignment)) {}

  std::optional<Settled> Step() override {
    auto ready = write_.Step();
    if (!ready.ok()) return Settled{Outcome::kFailed, ready.status().ToString(), ""};
    if (!*ready) return std::nullopt;
    return Settled{Outcome::kDone, "", ""};
  }

 private:
  static DocumentWrite Make(const Assignment& assignment) {
    const Handoff handoff = HandoffOf(*assignment.fleet, *assignment.booking, *assignment.action, assignment.run);
    return DocumentWrite(*assignment.fleet->state, std::string(kHandoffKind), IdOf(handoff), ToJson(handoff));
  }

  DocumentWrite write_;
};

// The note goes, unless somebody has made another of it.
class RemoveHandoffProcedure final : public Procedure {
 public:
  explicit RemoveHandoffProcedure(const Assignment& assignment)
      : removal_(RemovalOfHandoff(*assignment.fleet, *assignment.booking, *assignment.action, assignment.run, true)) {}

  std::optional<Settled> Step() override {
    auto ready = removal_.Step();
    if (!ready.ok()) return Settled{Outcome::kFailed, ready.status().ToString(), ""};
    if (!*ready) return std::nullopt;
    if (!removal_.foreign()) return Settled{Outcome::kDone, "", ""};
    return Settled{Outcome::kConflict, "expected the note of this run; found another; it stays as it is now", ""};
  }

 private:
  DocumentRemoval removal_;
};

// A person may have done the task and told nobody: what the system says counts, attested or not.
class ManualLookProcedure final : public Procedure {
 public:
  explicit ManualLookProcedure(Assignment assignment) : assignment_(std::move(assignment)) {}

  std::optional<Settled> Step() override {
    const Action& action = *assignment_.action;
    const ManualTask& task = std::get<ManualTask>(action.change);
    const Attributes& wanted = assignment_.undo ? task.from : task.to;
    const auto listing = assignment_.fleet->listings.find(action.store);
    if (wanted.empty() || listing == assignment_.fleet->listings.end()) return Settled{Outcome::kWaitsPerson, "", ""};
    auto listed = listing->second->Get(action.resource);
    if (!listed.ok() || !HasAttributes(listed->attributes, wanted)) return Settled{Outcome::kWaitsPerson, "", ""};
    return Settled{Outcome::kAlreadyDone, "the listing says so already: " + DescribeAttributes(listed->attributes, wanted),
                   listed->version};
  }

 private:
  Assignment assignment_;
};

}  // namespace

std::unique_ptr<Procedure> MakeMoveCard(const Assignment& assignment) {
  const MoveCard& change = std::get<MoveCard>(assignment.action->change);
  return std::make_unique<MoveCardProcedure>(assignment, assignment.undo && !EVENKEEL_BUG(85, "a card is not moved back") ? MoveCard{change.to_lane, change.from_lane} : change);
}
std::unique_ptr<Procedure> MakeInvalidatePaths(const Assignment& assignment) {
  return std::make_unique<InvalidatePathsProcedure>(assignment);
}
std::unique_ptr<Procedure> MakeLeaveHandoff(const Assignment& assignment) {
  if (assignment.undo) return std::make_unique<RemoveHandoffProcedure>(assignment);
  return std::make_unique<LeaveHandoffProcedure>(assignment);
}
std::unique_ptr<Procedure> MakeManualLook(const Assignment& assignment) {
  return std::make_unique<ManualLookProcedure>(assignment);
}

}  // namespace evenkeel
