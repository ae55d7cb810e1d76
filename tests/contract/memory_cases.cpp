// The reference implementations under every contract.
#include "contract/memory_worlds.h"

namespace evenkeel::contract {
namespace {

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
                         testing::Values(Case<ObjectWorld>{"memory", [] { return std::make_unique<MemoryObjects>(); }},
                                         Case<ObjectWorld>{"memory_repeating", [] { return std::make_unique<MemoryObjects>(Repeating()); }},
                                         Case<ObjectWorld>{"memory_plain", [] { return std::make_unique<MemoryObjects>(Plain()); }}),
                         NameOfCase());
const std::vector<std::string> kColumns = {"id", "start", "page", "count"};
INSTANTIATE_TEST_SUITE_P(
    Memory, RecordStoreContract,
    testing::Values(Case<RecordWorld>{"memory", [] { return std::make_unique<MemoryRecords>(MemoryOptions{}, kColumns); }},
                    Case<RecordWorld>{"memory_repeating", [] { return std::make_unique<MemoryRecords>(Repeating(), kColumns); }},
                    Case<RecordWorld>{"memory_plain", [] { return std::make_unique<MemoryRecords>(Plain(), kColumns); }}),
    NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, EdgeCacheContract,
                         testing::Values(Case<EdgeWorld>{"memory", [] { return std::make_unique<MemoryEdges>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, CalendarContract,
                         testing::Values(Case<CalendarWorld>{"memory", [] { return std::make_unique<MemoryCalendars>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, ListingContract,
                         testing::Values(Case<ListingWorld>{"memory", [] { return std::make_unique<MemoryListings>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, TaskBoardContract,
                         testing::Values(Case<BoardWorld>{"memory", [] { return std::make_unique<MemoryBoards>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, StateStoreContract,
                         testing::Values(Case<StateWorld>{"memory", [] { return std::make_unique<MemoryStates>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Memory, FilesContract,
                         testing::Values(Case<FilesWorld>{"memory", [] { return std::make_unique<FileWorld>(); }}), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
