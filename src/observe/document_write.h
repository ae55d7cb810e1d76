// DocumentWrite: one of our own small documents, put in place under whatever goes wrong on the way.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "evenkeel/state_store.h"

namespace evenkeel {

// Puts one of our own small documents in place, whatever stands there; the same document again (its time apart) is no second
// write, and one that its own run has withdrawn stays withdrawn.
class DocumentWrite {
 public:
  DocumentWrite(StateStore& state, std::string kind, std::string id, Json value)
      : state_(state), kind_(std::move(kind)), id_(std::move(id)), value_(std::move(value)) {}
  // One store call; true when the document stands, or is withdrawn.
  StatusOr<bool> Step();

 private:
  StateStore& state_;
  std::string kind_, id_;
  Json value_;
  std::optional<Version> expected_;
  bool look_ = false;
  int attempts_ = 0;
};

// Withdraws one of our own documents while it is `value` (its time apart); one that is anything else stays. It is not deleted: a PutDocument
// under way that must find nothing would bring it back. What says that it is withdrawn stands in its place until retention removes its run.
// `may_come`: it may have been sent, so that its place is taken even where nothing is.
class DocumentRemoval {
 public:
  DocumentRemoval(StateStore& state, std::string kind, std::string id, Json value, bool may_come)
      : state_(state), kind_(std::move(kind)), id_(std::move(id)), value_(std::move(value)), may_come_(may_come) {}
  // One store call; true when it is withdrawn, was never sent, or is not ours.
  StatusOr<bool> Step();
  bool foreign() const { return foreign_; }

 private:
  StateStore& state_;
  std::string kind_, id_;
  Json value_;
  bool may_come_;
  bool has_looked_ = false;
  std::optional<Version> there_;
  bool foreign_ = false;
  int attempts_ = 0;
};

// Whether a DocumentRemoval left it: for readers it is as if there were none.
bool IsWithdrawn(const Json& value);

// Steps to the end, for callers that nobody interrupts.
Status WriteDocument(StateStore& state, std::string kind, std::string id, Json value);

}  // namespace evenkeel
