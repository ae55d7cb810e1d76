#include "apply/conditional_write.h"

#include "json/pieces.h"

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
  }
  return std::nullopt;
}

Sight::Kind ConditionalWrite::Judge(bool shows_wanted, bool shows_former, const Version& version, const std::string& operation) const {
  if (!operation.empty() && operation == assignment_.stamp.operation) return Sight::Kind::kAsPlanned;
  // As wanted, and yet a late write could still land on this version: writing the same again uses it up.
  if (shows_wanted) return !version.empty() && version == assignment_.in_flight ? Sight::Kind::kUntouched : Sight::Kind::kAsPlanned;
  // Another action of this run wrote last, and whether it knows that or not, nobody has written since. What takes the run back is no
  // such action: it uses up the version that this write depends on.
  const bool is_of_run = operation.starts_with(assignment_.run + "/") && (assignment_.undo || !IsUndoOperation(operation));
  const bool same_version = assignment_.expected.empty() || version == assignment_.expected || is_of_run;
  return shows_former && same_version ? Sight::Kind::kUntouched : Sight::Kind::kForeign;
}

std::optional<Settled> ConditionalWrite::StepLook() {
  auto sight = Look();
  if (!sight.ok()) return Trouble(sight.status());
  switch (sight->kind) {
    case Sight::Kind::kAsPlanned: {
      // What somebody else left there is no version that a later action of this run may go on from.
      const bool is_ours = sight->is_ours.value_or(in_doubt_);
      result_ = {Outcome::kAlreadyDone, is_ours ? "looked: an earlier attempt had done it" : "it was as planned already",
                 is_ours ? sight->version : Version()};
      result_.facts["was_so"] = sight->is_ours.has_value() && !*sight->is_ours;
      stage_ = Stage::kAfter;
      return std::nullopt;
    }
    case Sight::Kind::kUntouched:
      // Untouched and yet refused: a store that was busy, or one that compares something we cannot see. The writes are counted.
      if (refused_ && writes_ == kWritesMax) return Refusal(*sight);
      refused_ = false;
      if (!sight->version.empty()) assignment_.expected = sight->version;  // of this run, if not the plan's
      stage_ = Stage::kGuard;
      return std::nullopt;
    case Sight::Kind::kForeign:
      return Refusal(*sight);
  }
  return std::nullopt;
}

std::optional<Settled> ConditionalWrite::StepGuard() {
  auto ready = Guard();
  if (!ready.ok()) {
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
  if (version.ok()) {
    result_ = {Outcome::kDone, "", *version};
    stage_ = Stage::kAfter;
    return std::nullopt;
  }
  switch (version.code()) {
    case Code::kPreconditionFailed:
    case Code::kAlreadyExists:
    case Code::kNotFound:
      refused_ = true;
      stage_ = Stage::kLook;
      return std::nullopt;
    case Code::kUnknownOutcome:
      in_doubt_ = true;
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
  auto ready = After();
  if (!ready.ok()) {
    // The effect itself stands. Unknown makes resume look again and finish what belongs to it.
    return Settled{Outcome::kUnknown, "done, but not yet remembered: " + ready.status().ToString(), result_.version};
  }
  if (!*ready) return std::nullopt;
  return result_;
}

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
