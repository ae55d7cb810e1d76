// Worlds of the reference implementations.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "contract/worlds.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::contract {

template <typename AnyWorld, typename Store>
class MemoryWorldOf : public AnyWorld {
 public:
  template <typename... Arguments>
  explicit MemoryWorldOf(Arguments... arguments) : stranger(arguments...) {}
  decltype(std::declval<AnyWorld>().Open()) Open() override { return stranger.Share(); }
  bool OutlivesProcess() const override { return false; }

  Store stranger;
};

class MemoryObjects : public MemoryWorldOf<ObjectWorld, MemoryObjectStore> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view key, std::string_view bytes) override { stranger.PutForeign(key, bytes); }
  void DeleteForeign(std::string_view key) override { stranger.DeleteForeign(key); }
};
class MemoryRecords : public MemoryWorldOf<RecordWorld, MemoryRecordStore> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view key, std::string_view start, std::string_view page, int count) override {
    stranger.PutForeign(key, {{"id", key}, {"start", start}, {"page", page}, {"count", count}});
  }
};
class MemoryEdges : public MemoryWorldOf<EdgeWorld, MemoryEdgeCache> {};
class MemoryCalendars : public MemoryWorldOf<CalendarWorld, MemoryCalendar> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view uid, int start_minutes, int end_minutes, std::string_view summary) override {
    const Date day(date::year(2026), date::month(5), date::day(30));
    Event event;
    event.uid = uid;
    event.summary = summary;
    event.zone = "America/Los_Angeles";
    event.start = LocalDateTime{day, start_minutes};
    event.end = LocalDateTime{day, end_minutes};
    stranger.PutForeign(event);
  }
};
class MemoryListings : public MemoryWorldOf<ListingWorld, MemoryListing> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view id, std::string_view start) override { stranger.PutForeign(id, {{"id", id}, {"start", start}}); }
};
class MemoryBoards : public MemoryWorldOf<BoardWorld, MemoryTaskBoard> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view id, std::string_view lane, std::string_view title) override {
    Card card;
    card.id = id;
    card.lane = lane;
    card.title = title;
    stranger.PutForeign(card);
  }
};
class MemoryStates : public MemoryWorldOf<StateWorld, MemoryStateStore> {
 public:
  void TearJournal(std::string_view run, std::string_view bytes) override {
    auto contents = stranger.Snapshot();
    contents.journals[std::string(run)] += bytes;
    stranger.Restore(contents);
  }
};

}  // namespace evenkeel::contract
