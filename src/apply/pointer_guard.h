// PointerGuard: law 1 before a record is written. It is pointed only at a page that a guest can open now.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/fleet.h"
#include "evenkeel/record_store.h"

namespace evenkeel {

class PointerGuard {
 public:
  // `values` are what is to be written. Both are borrowed. `may_be_empty`: a record that pointed at nothing may do so again.
  PointerGuard(const Fleet& fleet, std::string store, const Attributes& values, bool may_be_empty)
      : fleet_(fleet), store_(std::move(store)), values_(values), may_be_empty_(may_be_empty) {}

  // Whether the values have the record's pointer among them.
  bool Applies() const;
  // The record as it is now; it takes its other attributes to follow the pointer.
  void Follow(Record record);
  // One page a call; true when all have been looked at. kPreconditionFailed: the pointer would lead nowhere.
  StatusOr<bool> Check();

 private:
  std::vector<std::string> PathsWritten() const;

  const Fleet& fleet_;
  const std::string store_;
  const Attributes& values_;
  const bool may_be_empty_;
  bool points_ = true;  // the values name a page
  std::vector<Resource> targets_;
  std::size_t next_ = 0;
};

}  // namespace evenkeel
