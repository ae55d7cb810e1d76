// BookingView: what the decision of one booking looks at. Everything in it is borrowed.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/verdict.h"

namespace evenkeel {

// The whole snapshot, indexed once. What a resource says stands in one order, whatever order it was observed in.
struct SnapshotIndex {
  explicit SnapshotIndex(const Snapshot& snapshot);
  SnapshotIndex(const SnapshotIndex&) = delete;
  SnapshotIndex& operator=(const SnapshotIndex&) = delete;
  const Observed* Find(const Resource& resource) const;
  const StoreState* FindStore(std::string_view name) const;

  std::map<Resource, const Observed*> resources;
  std::map<std::string, const StoreState*, std::less<>> stores;

 private:
  std::deque<Observed> sorted_;  // copies of those that came in another order
};

struct BookingView {
  BookingView(const FleetConfig& fleet_config, const Snapshot& all, const SnapshotIndex& snapshot_index, const Booking& of,
              const Answers& given);

  const FleetConfig& fleet;
  const SnapshotIndex& index;
  const Booking& booking;
  const Answers& answers;
  const std::vector<KeptAnswer>& kept_answers;
  std::vector<const Observed*> speakers;    // members that were read and are no redirects of ours; by resource
  std::vector<const Observed*> pages;       // those of them that are pages
  std::vector<const Observed*> unreadable;  // members that exist and could not be read
  std::vector<Instruction> instructions;    // a person's words for this booking, the latest for each field
  std::vector<const Acceptance*> acceptances;  // of this booking, that hold at the snapshot's time
  std::vector<Tombstone> tombstones;        // of pages of this booking, or that are members again
  std::vector<RememberedFeatures> remembered;  // of pages of this booking, there or gone
  std::map<std::string, std::set<int>> former_times;  // what runs of ours took away, by field; minutes

  const Instruction* InstructionFor(std::string_view field) const;
  // The answer to a question of this booking; empty: none.
  std::string AnswerTo(std::string_view about) const;
  // "the answer given to the question xhqgmdh.start by Ana on 2026-05-20".
  std::string WordsOfAnswer(std::string_view about) const;
};

// "xhqgmdh.start": what --decide takes before the '='.
std::string QuestionId(const Booking& booking, std::string_view about);
// Whether `name` is the booking's key or one of its identifiers.
bool IsCalled(const Booking& booking, const std::string& name);

}  // namespace evenkeel
