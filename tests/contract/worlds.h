// Worlds: what an adapter brings to be tested by the contract of its interface. A world holds one store's contents; Open() gives a
// handle on it, as another process would open one; the Put… functions write as a stranger would, past every condition.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/calendar.h"
#include "evenkeel/edge_cache.h"
#include "evenkeel/environment.h"
#include "evenkeel/listing.h"
#include "evenkeel/object_store.h"
#include "evenkeel/record_store.h"
#include "evenkeel/state_store.h"
#include "evenkeel/task_board.h"

namespace evenkeel::contract {

template <typename Store>
class World {
 public:
  virtual ~World() = default;
  virtual std::unique_ptr<Store> Open() = 0;
  // Whether a forked process sees the same contents.
  virtual bool OutlivesProcess() const = 0;
  // Whether the system may leave it open what became of a write, where several come at once.
  virtual bool MayLeaveOpen() const { return false; }
};

// Keys of records are plain words; every record has the text attributes "id", "start", "page" and the integer "count".
class ObjectWorld : public World<ObjectStore> {
 public:
  virtual void PutForeign(std::string_view key, std::string_view bytes) = 0;
  virtual void DeleteForeign(std::string_view key) = 0;
};
class RecordWorld : public World<RecordStore> {
 public:
  virtual void PutForeign(std::string_view key, std::string_view start, std::string_view page, int count) = 0;
  // What the store keeps of our own writes outlives one of PutForeign.
  virtual bool LeavesOurNotes() const { return true; }
};
class EdgeWorld : public World<EdgeCache> {};
// Events are made in America/Los_Angeles on 2026-05-30. What cannot be written brings the contract of reading alone.
class CalendarWorld : public World<Calendar> {
 public:
  virtual void PutForeign(std::string_view uid, int start_minutes, int end_minutes, std::string_view summary) = 0;
};
class ListingWorld : public World<Listing> {
 public:
  virtual void PutForeign(std::string_view id, std::string_view start) = 0;
};
class BoardWorld : public World<TaskBoard> {
 public:
  virtual void PutForeign(std::string_view id, std::string_view lane, std::string_view title) = 0;
};
class StateWorld : public World<StateStore> {
 public:
  // Appends bytes without a newline to a journal, as a crash in the middle of a write leaves them.
  virtual void TearJournal(std::string_view run, std::string_view bytes) = 0;
};
class FilesWorld {
 public:
  virtual ~FilesWorld() = default;
  virtual std::unique_ptr<Environment> Open() = 0;
  virtual bool OutlivesProcess() const = 0;
  virtual std::string Folder() const = 0;  // exists, is empty
};

template <typename AnyWorld>
struct Case {
  std::string name;
  std::function<std::unique_ptr<AnyWorld>()> make;

  friend std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }
};

template <typename AnyWorld>
class Contract : public testing::TestWithParam<Case<AnyWorld>> {
 protected:
  void SetUp() override {
    world = this->GetParam().make();
    ASSERT_NE(world, nullptr);
    store = world->Open();
  }

  std::unique_ptr<AnyWorld> world;
  decltype(std::declval<AnyWorld>().Open()) store;
};

class ObjectStoreContract : public Contract<ObjectWorld> {};
class RecordStoreContract : public Contract<RecordWorld> {};
class EdgeCacheContract : public Contract<EdgeWorld> {};
class CalendarContract : public Contract<CalendarWorld> {};
class ListingContract : public Contract<ListingWorld> {};
class TaskBoardContract : public Contract<BoardWorld> {};
class StateStoreContract : public Contract<StateWorld> {};
class FilesContract : public Contract<FilesWorld> {};

// INSTANTIATE_TEST_SUITE_P(Memory, ObjectStoreContract, testing::Values(…), NameOfCase());
struct NameOfCase {
  template <typename Info>
  std::string operator()(const Info& info) const {
    return info.param.name;
  }
};

}  // namespace evenkeel::contract

#define EXPECT_OK(expression)                      \
  do {                                             \
    const auto& outcome_ = (expression);           \
    EXPECT_TRUE(outcome_.ok()) << ::evenkeel::contract::Say(outcome_); \
  } while (false)
#define ASSERT_OK(expression)                      \
  do {                                             \
    const auto& outcome_ = (expression);           \
    ASSERT_TRUE(outcome_.ok()) << ::evenkeel::contract::Say(outcome_); \
  } while (false)

namespace evenkeel::contract {
inline std::string Say(const Status& status) { return std::string(CodeName(status.code())) + ": " + status.ToString(); }
template <typename T>
std::string Say(const StatusOr<T>& outcome) {
  return Say(outcome.status());
}
}  // namespace evenkeel::contract
