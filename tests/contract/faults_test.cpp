// The faults themselves: each does what it says, to the contents and to the caller.
#include "contract/faults.h"

#include <gtest/gtest.h>

#include "contract/worlds.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::contract {
namespace {

struct Faulty {
  MemoryObjectStore memory;
  Fault next = Fault::kNone;
  FaultyObjectStore store{memory, [this](std::string_view, std::string_view) { return std::exchange(next, Fault::kNone); }};
};

TEST(Faults, AnErrorBeforeTheEffectHasNone) {
  Faulty faulty;
  faulty.next = Fault::kErrorBefore;
  EXPECT_EQ(faulty.store.Create("a", "A", "", {"op", {}}).code(), Code::kUnavailable);
  EXPECT_EQ(faulty.memory.Head("a").code(), Code::kNotFound);
}

TEST(Faults, ALostReplyLeavesTheEffectAndItsOperation) {
  Faulty faulty;
  faulty.next = Fault::kReplyLost;
  EXPECT_EQ(faulty.store.Create("a", "A", "", {"op", {}}).code(), Code::kUnknownOutcome);
  EXPECT_EQ(faulty.store.Head("a")->operation, "op");
}

TEST(Faults, AConflictHasNoEffect) {
  Faulty faulty;
  auto made = faulty.store.Create("a", "A", "", {"op", {}});
  ASSERT_OK(made);
  faulty.next = Fault::kConflict;
  EXPECT_EQ(faulty.store.Delete("a", made->version, {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(faulty.store.Get("a")->bytes, "A");
}

TEST(Faults, ACutListingSaysSo) {
  Faulty faulty;
  for (const char* key : {"a", "b", "c", "d"}) faulty.memory.PutForeign(key, key);
  faulty.next = Fault::kCutListing;
  auto listing = faulty.store.List("", "");
  ASSERT_OK(listing);
  EXPECT_EQ(listing->objects.size(), 2u);
  EXPECT_FALSE(listing->complete);
}

TEST(Faults, EveryInterfaceHasItsDecorator) {
  const auto broken = [](std::string_view, std::string_view) { return Fault::kErrorBefore; };
  MemoryRecordStore records;
  MemoryEdgeCache edge;
  MemoryCalendar calendar;
  MemoryListing listing;
  MemoryTaskBoard board;
  MemoryStateStore state;
  EXPECT_EQ(FaultyRecordStore(records, broken).List("").code(), Code::kUnavailable);
  EXPECT_EQ(FaultyEdgeCache(edge, broken).Invalidate({"/a"}, "r").code(), Code::kUnavailable);
  EXPECT_EQ(FaultyCalendar(calendar, broken).List().code(), Code::kUnavailable);
  EXPECT_EQ(FaultyListing(listing, broken).List().code(), Code::kUnavailable);
  EXPECT_EQ(FaultyTaskBoard(board, broken).List().code(), Code::kUnavailable);
  EXPECT_EQ(FaultyStateStore(state, broken).PutBlob("b", "x").code(), Code::kUnavailable);
  EXPECT_EQ(state.GetBlob("b").code(), Code::kNotFound);
}

}  // namespace
}  // namespace evenkeel::contract
