// Fencing: what follows the takeover of a lease that ran out without being given back. Nothing that its last holder has under way can
// have an effect afterwards: records have seen the new number, pages have a new version.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/lease.h"

namespace evenkeel {

// The operation is one of a rewriting: the page's bytes are an earlier writer's.
bool IsFenceOperation(std::string_view operation);
// The versions under which a page had the bytes that it has now, by the operation of its last write: none where that is no rewriting by a
// takeover of this booking under this number or an earlier one. Of many takeovers in a row the first version and the newest are known.
std::vector<Version> RewrittenFrom(std::string_view operation, const WriteStamp::Fence& fence);

class Fencing {
 public:
  // A page that was given a new version, its bytes as they were.
  struct Rewritten {
    Resource page;
    Version from, to;

    friend bool operator==(const Rewritten&, const Rewritten&) = default;
  };

  // Of the lease's unfenced resources. Borrows the fleet.
  Fencing(Fleet& fleet, const Lease& lease);
  // One store call; true when there is nothing left to fence. kUnavailable: a store gives no answer; the same again goes on.
  StatusOr<bool> Step();
  const std::vector<Rewritten>& rewritten() const { return rewritten_; }
  // Pages that cannot be: their store's versions may repeat, so a late write to them may still find the version it depends on.
  std::set<Resource> left_out() const;
  std::uint64_t fence() const { return fence_.number; }

 private:
  StatusOr<bool> StepPage(const Resource& page);
  StatusOr<bool> LookAtPage(ObjectStore& store, const Resource& page);
  StatusOr<bool> StepRecord(const Resource& record);
  StatusOr<bool> Retry(const Status& refused, const Resource& resource);
  // nullptr where the fleet has no such store any more, or one that cannot be fenced.
  ObjectStore* PagesOf(const Resource& page) const;
  RecordStore* RecordsOf(const Resource& record) const;
  WriteStamp StampFrom(std::vector<Version> versions) const;
  void Next();

  Fleet& fleet_;
  const WriteStamp::Fence fence_;
  const std::vector<Resource> resources_;
  std::size_t next_ = 0;
  bool has_looked_ = false;
  std::optional<Object> page_;
  Record record_;
  int attempts_ = 0;
  std::vector<Rewritten> rewritten_;
};

}  // namespace evenkeel
