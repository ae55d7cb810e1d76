// The reference implementations under every contract.
#include "contract/worlds.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::contract {
namespace {

template <typename AnyWorld, typename Store>
class MemoryWorldOf : public AnyWorld {
 public:
  template <typename... Arguments>
  explicit MemoryWorldOf(Arguments... arguments) : stranger(arguments...) {}
  decltype(std::declval<AnyWorld>().Open()) Open() override { return stranger.Share(); }
  bool OutlivesProcess() const override { return false; }

  Store stranger;
};

class Objects final : public MemoryWorldOf<ObjectWorld, MemoryObjectStore> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view key, std::string_view bytes) override { stranger.PutForeign(key, bytes); }
  void DeleteForeign(std::string_view key) override { stranger.DeleteForeign(key); }
};
class Records final : public MemoryWorldOf<RecordWorld, MemoryRecordStore> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view key, std::string_view start, std::string_view page, int count) override {
    stranger.PutForeign(key, {{"id", key}, {"start", start}, {"page", page}, {"count", count}});
  }
};
class Edges final : public MemoryWorldOf<EdgeWorld, MemoryEdgeCache> {};
class Calendars final : public MemoryWorldOf<CalendarWorld, MemoryCalendar> {
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
class Listings final : public MemoryWorldOf<ListingWorld, MemoryListing> {
 public:
  using MemoryWorldOf::MemoryWorldOf;
  void PutForeign(std::string_view id, std::string_view start) override { stranger.PutForeign(id, {{"id", id}, {"start", start}}); }
};
class Boards final : public MemoryWorldOf<BoardWorld, MemoryTaskBoard> {
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
class States final : public MemoryWorldOf<StateWorld, MemoryStateStore> {
 public:
  void TearJournal(std::string_view run, std::string_view bytes) override {
    auto contents = stranger.Snapshot();
    contents.journals[std::string(run)] += bytes;
    stranger.Restore(contents);
  }
};
class FileWorld final : public FilesWorld {
 public:
  FileWorld() { EXPECT_OK(owner_.files().MakeFolders(Folder())); }
  std::unique_ptr<Environment> Open() override { return owner_.Share(2); }
  bool OutlivesProcess() const override { return false; }
  std::string Folder() const override { return "/work"; }

 private:
  MemoryEnvironment owner_;
};

MemoryOptions Repeating() {
  MemoryOptions options;
  options.unique_versions = false;
  options.listing_page = 7;
  return options;
}
MemoryOptions Plain() {
  MemoryOptions options;
  options.checks_fences = options.keeps_operations = false;
  return options;
}

INSTANTIATE_TEST_SUITE_P(Memory, ObjectStoreContract,
                         testing::Values(Case<ObjectWorld>{"memory", [] { return std::make_unique<Objects>(); }},
                                         Case<ObjectWorld>{"memory_repeating", [] { return std::make_unique<Objects>(Repeating()); }},
                                         Case<ObjectWorld>{"memory_plain", [] { return std::make_unique<Objects>(Plain()); }}),
                         NameOfCase());
const std::vector<std::string> kColumns = {"id", "start", "page", "count"};
INSTANTIATE_TEST_SUITE_P(
    Memory, RecordStoreContract,
    testing::Values(Case<RecordWorld>{"memory", [] { return std::make_unique<Records>(MemoryOptions{}, kColumns); }},
                    Case<RecordWorld>{"memory_plain", [] { return std::make_unique<Records>(Plain(), kColumns); }}),
    NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, EdgeCacheContract,
                         testing::Values(Case<EdgeWorld>{"memory", [] { return std::make_unique<Edges>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, CalendarContract,
                         testing::Values(Case<CalendarWorld>{"memory", [] { return std::make_unique<Calendars>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, ListingContract,
                         testing::Values(Case<ListingWorld>{"memory", [] { return std::make_unique<Listings>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, TaskBoardContract,
                         testing::Values(Case<BoardWorld>{"memory", [] { return std::make_unique<Boards>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, StateStoreContract,
                         testing::Values(Case<StateWorld>{"memory", [] { return std::make_unique<States>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, FilesContract,
                         testing::Values(Case<FilesWorld>{"memory", [] { return std::make_unique<FileWorld>(); }}), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
