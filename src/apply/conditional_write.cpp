#include "apply/conditional_write.h"

#include "apply/page_target.h"
#include "json/pieces.h"
#include "lease/fencing.h"
#include "text/seeded_bugs.h"

namespace evenkeel {

std::optional<Settled> ConditionalWrite::Step() {
  if (stage_ == Stage::kBegin) {
    in_doubt_ = assignment_.was_attempted;
    stage_ = in_doubt_ || NeedsLook() ? Stage::kLook : Stage::kGuard;
  }
  switch (stage_) {
    case Stage::kBegin:
    case Stage::kLook:
      return StepLook();
    case Stage::kGuard:
      return StepGuard();
    case Stage::kWrite:
      return StepWrite();
    case Stage::kAfter:
      return StepAfter();
    case Stage::kShutOut:
      return StepShutOut();
  }
  return std::nullopt;
}

Sight::Kind ConditionalWrite::Judge(bool shows_wanted, bool shows_former, const Version& version, const std::optional<std::string>& operation) const {
  // What has been taken back there since has shut it out.
  const bool is_shut_out = operation && IsUndoOperation(*operation) && operation->starts_with(assignment_.run + "/");
  const bool must_shut_out = assignment_.must_shut_out && !is_shut_out && !EVENKEEL_BUG(88, "a record that is as before is not written over what may land late");
  const bool may_be_written_late = (!version.empty() && version == assignment_.in_flight) || must_shut_out;
  return Judge(shows_wanted, shows_former, version == assignment_.expected, may_be_written_late, operation);
}

Sight::Kind ConditionalWrite::Judge(bool shows_wanted, bool shows_former, const StoreTraits& traits, const ObjectInfo& page) const {
  const Version &expected = assignment_.expected, &in_flight = assignment_.in_flight;
  const bool may_be_written_late = !in_flight.empty() && StandsAt(page, in_flight, assignment_);
  return Judge(shows_wanted, shows_former, StandsAt(page, expected, assignment_), may_be_written_late, KnownOperation(traits, page.operation));
}

Sight::Kind ConditionalWrite::Judge(bool shows_wanted, bool shows_former, bool is_as_expected, bool may_be_written_late,
                                    const std::optional<std::string>& operation) const {
  if (operation && *operation == assignment_.stamp.operation) return Sight::Kind::kAsPlanned;
  // As wanted, and yet a late write could still land on this version: writing the same again uses it up.
  if (shows_wanted) return may_be_written_late ? Sight::Kind::kUntouched : Sight::Kind::kAsPlanned;
  // Another action of this run wrote last, and whether it knows that or not, nobody has written since. What takes the run back is no
  // such action: it uses up the version that this write depends on.
  const bool is_of_run = !EVENKEEL_BUG(35, "a write of this run without an outcome is taken for a strangers") && operation && operation->starts_with(assignment_.run + "/") &&
                         (assignment_.undo || !IsUndoOperation(*operation));
  // The version that a cut-off attempt left behind is not known; where operations are kept they tell it from somebody else's write of
  // the same values.
  const bool any_version = assignment_.asked_again || (any_version_ && !(assignment_.undo && operation));
  const bool same_version = EVENKEEL_BUG(34, "a target may have any version") || any_version || is_as_expected || is_of_run;
  return shows_former && same_version ? Sight::Kind::kUntouched : Sight::Kind::kForeign;
}

std::optional<std::string> ConditionalWrite::KnownOperation(const StoreTraits& traits, const std::string& operation) {
  return traits.keeps_operations && !IsFenceOperation(operation) ? std::optional(operation) : std::nullopt;
}

std::optional<bool> ConditionalWrite::IsOurs(const std::optional<std::string>& operation) const {
  if (!operation) return std::nullopt;
  if (*operation == assignment_.stamp.operation) return true;
  // Another action of this run wrote last: it left alone what this one had written, or had not.
  if (operation->starts_with(assignment_.run + "/")) return std::nullopt;
  return false;
}

std::optional<Settled> ConditionalWrite::StepLook() {
  auto sight = Look();
  if (!sight.ok()) return Trouble(sight.status());
  switch (sight->kind) {
    case Sight::Kind::kAsPlanned: {
      // What somebody else left there is no version that a later action of this run may go on from.
      const bool is_ours = EVENKEEL_BUG(21, "what somebody else has done counts as ours") || sight->is_ours.value_or(in_doubt_);
      result_ = {Outcome::kAlreadyDone, is_ours ? "looked: an earlier attempt had done it" : "it was as planned already",
                 is_ours ? sight->version : Version()};
      // Where the store does not tell, what nobody here has sent cannot be ours; the journal tells whether another process has.
      result_.facts["was_so"] = !is_ours;
      result_.sent = is_ours && sent_;
      if (!is_ours && !sight->is_ours) result_.unclaimed = sight->version;
      stage_ = Stage::kAfter;
      return std::nullopt;
    }
    case Sight::Kind::kUntouched:
      // Untouched and yet refused: a store that was busy, or one that compares something we cannot see. The writes are counted.
      if (refused_ && writes_ == kWritesMax) {
        Settled settled = Refusal(*sight);
        settled.detail += "; that is as it was, and the store refuses the write all the same: " + refusal_;
        return settled;
      }
      refused_ = false;
      if (!sight->version.empty()) assignment_.expected = sight->version;  // of this run, if not the plan's
      stage_ = Stage::kGuard;
      return std::nullopt;
    case Sight::Kind::kForeign:
      result_ = Refusal(*sight);
      stage_ = EVENKEEL_BUG(20, "what somebody else wrote is written over") ? Stage::kGuard : Stage::kShutOut;
      if (stage_ == Stage::kShutOut && (!assignment_.must_shut_out || sight->version.empty())) return result_;
      assignment_.expected = sight->version;
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Settled> ConditionalWrite::StepGuard() {
  auto ready = Guard();
  if (!ready.ok()) {
    if (EVENKEEL_BUG(24, "a guard that says no is not listened to")) {
      stage_ = Stage::kWrite;
      return std::nullopt;
    }
    if (ready.code() != Code::kPreconditionFailed) return Trouble(ready.status());
    Settled settled{Outcome::kConflict, ready.status().ToString(), ""};
    settled.facts["in_doubt"] = in_doubt_;
    return settled;
  }
  if (!*ready) return std::nullopt;
  stage_ = Stage::kWrite;
  // What the guards saw holds for as short a time as can be: the write follows in the same breath where no call was needed.
  return std::nullopt;
}

std::optional<Settled> ConditionalWrite::StepWrite() {
  if (writes_++ == kWritesMax) {
    return Settled{Outcome::kUnknown,
                   "the reply was lost " + std::to_string(kWritesMax) + " times; run resume when the store answers again", ""};
  }
  auto version = Write();
  if (version.ok() || (EVENKEEL_BUG(18, "a refusal is taken for a yes") && version.code() == Code::kPreconditionFailed) || (EVENKEEL_BUG(17, "a lost reply is taken for a yes") && version.code() == Code::kUnknownOutcome)) {
    if (!version.ok()) version = assignment_.expected;
    result_ = {Outcome::kDone, "", *version};
    result_.sent = true;
    stage_ = Stage::kAfter;
    return std::nullopt;
  }
  switch (version.code()) {
    case Code::kPreconditionFailed:
    case Code::kAlreadyExists:
    case Code::kNotFound:
      if (EVENKEEL_BUG(19, "a refusal is a conflict without a look")) return Settled{Outcome::kConflict, "refused", ""};
      refused_ = true;
      refusal_ = version.status().message();
      stage_ = Stage::kLook;
      return std::nullopt;
    case Code::kUnknownOutcome:
      in_doubt_ = sent_ = true;
      stage_ = Stage::kLook;
      return std::nullopt;
    case Code::kOk:
    case Code::kInvalidArgument:
    case Code::kUnavailable:
    case Code::kLimitExceeded:
    case Code::kPermissionDenied:
    case Code::kUnimplemented:
    case Code::kInternal:
      break;
  }
  return Trouble(version.status());
}

std::optional<Settled> ConditionalWrite::StepAfter() {
  if (EVENKEEL_BUG(22, "what belongs to an effect is forgotten after a crash") && result_.outcome == Outcome::kAlreadyDone) return result_;
  auto ready = After();
  if (!ready.ok() && EVENKEEL_BUG(23, "what belongs to an effect may fail")) return result_;
  if (!ready.ok()) {
    // The effect itself stands. Unknown makes resume look again and finish what belongs to it.
    Settled settled{Outcome::kUnknown, "done, but not yet remembered: " + ready.status().ToString(), result_.version};
    settled.sent = result_.sent;
    return settled;
  }
  if (!*ready) return std::nullopt;
  if (MayLandOnceMore() || IsLeftOpen()) result_.facts["in_doubt"] = true;
  return result_;
}

// Where it does not come to that, the booking's lease is left to run out all the same.
std::optional<Settled> ConditionalWrite::StepShutOut() {
  if (writes_++ == kWritesMax || EVENKEEL_BUG(89, "what stays as somebody made it is left open to what may land late")) return result_;
  const Status shut_out = ShutOut();
  if (shut_out.ok()) return result_;
  const bool looks = shut_out.code() == Code::kPreconditionFailed || shut_out.code() == Code::kNotFound || shut_out.code() == Code::kUnknownOutcome;
  if (!looks) return Trouble(shut_out);
  stage_ = Stage::kLook;
  return std::nullopt;
}

bool ConditionalWrite::MayLandOnceMore() const {
  const bool has_landed = result_.outcome == Outcome::kAlreadyDone && result_.sent;
  const bool is_the_only_one = has_landed && !assignment_.was_attempted && writes_ == 1;
  const bool is_ours = !result_.facts.value("was_so", false);
  return in_doubt_ && !is_the_only_one && MayHoldAgain(is_ours) && !EVENKEEL_BUG(90, "what somebody else forestalled counts as landed");
}

// What was put back, or was never there, may come with the version that the cut-off write waits for, and nothing of ours keeps it out.
bool ConditionalWrite::IsLeftOpen() const { return assignment_.undo && assignment_.may_land && assignment_.in_flight.empty() && !assignment_.must_shut_out; }

Settled ConditionalWrite::Refusal(const Sight& sight) const {
  Settled settled{Outcome::kConflict, "expected " + sight.expected + "; found " + sight.found + (assignment_.undo ? "; it stays as it is now" : "; plan again"),
                  sight.version};
  if (in_doubt_) settled.detail += " (an earlier attempt of this run may have been written over)";
  settled.facts["expected"] = sight.expected;
  settled.facts["found"] = sight.found;
  if (sight.conflict) settled.facts["conflict"] = ConflictToJson(*sight.conflict);
  settled.facts["in_doubt"] = in_doubt_;
  return settled;
}

Settled ConditionalWrite::Trouble(const Status& status) const {
  return {in_doubt_ ? Outcome::kUnknown : Outcome::kFailed, status.ToString(), ""};
}

}  // namespace evenkeel
