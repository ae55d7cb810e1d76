// ConditionalWrite: the protocol that every write to an operator's store follows.
//
//   (attempted before?) ── yes ──► look ──► as planned: already done
//            │ no                   │  └──► somebody else's: conflict, both sides shown
//            ▼                      ▼ untouched
//          guard ────────────────► write ──► ok: after-work, done
//            ▲                      │  └──► condition failed or gone: look, and settle
//            └─── look ◄── reply lost
//
// A write is never repeated without a look, and never made without its condition.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "apply/procedure.h"

namespace evenkeel {

// What a look at the target found.
struct Sight {
  enum class Kind : unsigned char { kAsPlanned, kUntouched, kForeign } kind = Kind::kForeign;
  Version version;
  // Whether the write that made it so was this action's; nullopt: nothing tells.
  std::optional<bool> is_ours;
  std::string expected;  // for people: what the plan was made from
  std::string found;     // … and what is there now
  std::optional<Conflict> conflict = {};  // the same by field, where it is not as it was agreed
};

class ConditionalWrite : public Procedure {
 public:
  explicit ConditionalWrite(Assignment assignment) : assignment_(std::move(assignment)), any_version_(assignment_.expected.empty()) {}
  std::optional<Settled> Step() final;

 protected:
  // One store call: where the target stands. A missing target is a Sight too; an error is one of the store.
  virtual StatusOr<Sight> Look() = 0;
  // One store call each time; true when nothing more has to be checked. kPreconditionFailed is a conflict.
  virtual StatusOr<bool> Guard() { return true; }
  // The conditional call; the target's new version.
  virtual StatusOr<Version> Write() = 0;
  // Work that belongs to the effect and can be repeated safely (a tombstone); true when there is no more.
  virtual StatusOr<bool> After() { return true; }
  // One store call, after a look at what stays as somebody else made it: a write of the target's own values, so that one that was cut off can
  // land nowhere any more.
  virtual Status ShutOut() { return OkStatus(); }
  // The target has to be read anyway before it can be written.
  virtual bool NeedsLook() const { return false; }
  // Whether the write's condition can hold again by somebody else's doing, now that the target is as planned, by a write of this run or not. What
  // was sent and has neither landed nor been refused can land then.
  virtual bool MayHoldAgain(bool /*is_ours*/) const { return false; }

  // What a target with this version is to us, by what it shows: the values to be written, or those to be written over. `operation`:
  // nullopt: the store keeps none.
  Sight::Kind Judge(bool shows_wanted, bool shows_former, const Version& version,
                    const std::optional<std::string>& operation = std::nullopt) const;
  // The same of a page.
  Sight::Kind Judge(bool shows_wanted, bool shows_former, const StoreTraits& traits, const ObjectInfo& page) const;

  // The operation of the target's last write; nullopt: the store does not tell, or it was rewritten with its own bytes since.
  static std::optional<std::string> KnownOperation(const StoreTraits& traits, const std::string& operation);
  // Whether the write of this operation was this action's; nullopt: it does not tell.
  std::optional<bool> IsOurs(const std::optional<std::string>& operation) const;

  const Assignment& assignment() const { return assignment_; }
  const Action& action() const { return *assignment_.action; }
  Fleet& fleet() const { return *assignment_.fleet; }

 private:
  enum class Stage : unsigned char { kBegin, kLook, kGuard, kWrite, kAfter, kShutOut };
  Sight::Kind Judge(bool shows_wanted, bool shows_former, bool is_as_expected, bool may_be_written_late, const std::optional<std::string>& operation) const;
  std::optional<Settled> StepLook();
  std::optional<Settled> StepGuard();
  std::optional<Settled> StepWrite();
  std::optional<Settled> StepAfter();
  std::optional<Settled> StepShutOut();
  bool MayLandOnceMore() const;
  bool IsLeftOpen() const;
  Settled Refusal(const Sight& sight) const;
  Settled Trouble(const Status& status) const;

  static constexpr int kWritesMax = 3;

  Assignment assignment_;
  const bool any_version_;  // the content alone tells, however often somebody was faster
  Stage stage_ = Stage::kBegin;
  bool in_doubt_ = false;  // a write of ours may have landed
  bool sent_ = false;      // … of this attempt
  bool refused_ = false;   // the store said that the condition does not hold
  std::string refusal_;    // … and in which words
  int writes_ = 0;
  Settled result_;
};

}  // namespace evenkeel
