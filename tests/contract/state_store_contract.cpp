#include <algorithm>
#include <set>

#include "contract/rivals.h"
#include "contract/worlds.h"

namespace evenkeel::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StateStoreContract);

TEST_P(StateStoreContract, AnEmptyStateHasNothing) {
  EXPECT_EQ(store->GetDocument("lease", "x").code(), Code::kNotFound);
  EXPECT_EQ(store->DeleteDocument("lease", "x", "v").code(), Code::kNotFound);
  EXPECT_TRUE(store->ListDocuments("lease")->empty());
  EXPECT_EQ(store->GetBlob("b").code(), Code::kNotFound);
  EXPECT_EQ(store->ReadJournal("run-1").code(), Code::kNotFound);
  EXPECT_TRUE(store->ListJournals()->empty());
}

TEST_P(StateStoreContract, DocumentsAreWrittenConditionally) {
  auto first = store->PutDocument("lease", "b1", {{"holder", "a"}}, std::nullopt);
  ASSERT_OK(first);
  EXPECT_EQ(store->PutDocument("lease", "b1", {{"holder", "b"}}, std::nullopt).code(), Code::kAlreadyExists);
  auto second = world->Open()->PutDocument("lease", "b1", {{"holder", "c"}}, first->version);
  ASSERT_OK(second);
  EXPECT_EQ(store->PutDocument("lease", "b1", {{"holder", "d"}}, first->version).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->GetDocument("lease", "b1")->value, Json({{"holder", "c"}}));
  EXPECT_EQ(store->GetDocument("lease", "b1")->version, second->version);
  EXPECT_EQ(store->DeleteDocument("lease", "b1", first->version).code(), Code::kPreconditionFailed);
  EXPECT_OK(store->DeleteDocument("lease", "b1", second->version));
  EXPECT_EQ(store->GetDocument("lease", "b1").code(), Code::kNotFound);
  EXPECT_EQ(store->PutDocument("lease", "b1", {}, second->version).code(), Code::kPreconditionFailed);
}

TEST_P(StateStoreContract, VersionsNeverComeBack) {
  std::set<Version> seen;
  for (int life = 0; life < 5; ++life) {
    auto document = store->PutDocument("lease", "b1", "A", std::nullopt);
    ASSERT_OK(document);
    EXPECT_TRUE(seen.insert(document->version).second);
    for (int round = 0; round < 6; ++round) {
      document = store->PutDocument("lease", "b1", round % 2 == 0 ? "B" : "A", document->version);
      ASSERT_OK(document);
      EXPECT_TRUE(seen.insert(document->version).second) << round;
    }
    ASSERT_OK(store->DeleteDocument("lease", "b1", document->version));
  }
}

TEST_P(StateStoreContract, IdsMayHoldAnyBytes) {
  const std::vector<std::string> ids = {"", ".", "..", "a/b", "a b", std::string("n\0ul", 4), "%2f", "\xff\xfe", "ünïcode", std::string(900, 'x')};
  for (const std::string& id : ids) ASSERT_OK(store->PutDocument("handoff", id, {{"n", id.size()}}, std::nullopt));
  auto all = world->Open()->ListDocuments("handoff");
  ASSERT_OK(all);
  ASSERT_EQ(all->size(), ids.size());
  std::vector<std::string> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < sorted.size(); ++i) EXPECT_EQ((*all)[i].id, sorted[i]);
  for (const std::string& id : ids) EXPECT_EQ(store->GetDocument("handoff", id)->value, Json({{"n", id.size()}})) << id;
  EXPECT_TRUE(store->ListDocuments("lease")->empty());
}

TEST_P(StateStoreContract, KindsAreChecked) {
  EXPECT_EQ(store->PutDocument("../x", "a", {}, std::nullopt).code(), Code::kInvalidArgument);
  EXPECT_EQ(store->ListDocuments("").code(), Code::kInvalidArgument);
}

TEST_P(StateStoreContract, BlobsNeverChange) {
  std::string bytes = "\r\n\xff";
  bytes.push_back('\0');
  EXPECT_OK(store->PutBlob("run-1/guest-pages/g/a.html", bytes));
  EXPECT_OK(world->Open()->PutBlob("run-1/guest-pages/g/a.html", bytes));
  EXPECT_EQ(store->PutBlob("run-1/guest-pages/g/a.html", "other").code(), Code::kAlreadyExists);
  EXPECT_EQ(*world->Open()->GetBlob("run-1/guest-pages/g/a.html"), bytes);
  // Names that a file system would take for one another, or for something else.
  EXPECT_OK(store->PutBlob("run-1/guest-pages/g", "a page at the name of a folder"));
  EXPECT_OK(store->PutBlob("../../outside", "x"));
  EXPECT_OK(store->PutBlob("run-1//x", "1"));
  EXPECT_OK(store->PutBlob("run-1/x", "2"));
  EXPECT_OK(store->PutBlob(std::string("nul\0l", 5), "3"));
  EXPECT_OK(store->PutBlob("long/" + std::string(1000, 'y'), "4"));
  EXPECT_EQ(*store->GetBlob("run-1/guest-pages/g"), "a page at the name of a folder");
  EXPECT_EQ(*store->GetBlob("../../outside"), "x");
  EXPECT_EQ(*store->GetBlob("run-1//x"), "1");
  EXPECT_EQ(*store->GetBlob("run-1/x"), "2");
  EXPECT_EQ(*store->GetBlob(std::string("nul\0l", 5)), "3");
  EXPECT_EQ(*store->GetBlob("long/" + std::string(1000, 'y')), "4");
  EXPECT_EQ(*store->GetBlob("run-1/guest-pages/g/a.html"), bytes);
}

TEST_P(StateStoreContract, JournalsTakeLinesInSequence) {
  ASSERT_OK(store->AppendJournal("run-1", 0, "zero"));
  ASSERT_OK(store->AppendJournal("run-1", 1, "one"));
  EXPECT_EQ(store->AppendJournal("run-1", 1, "again").code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->AppendJournal("run-1", 3, "gap").code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->AppendJournal("run-1", 2, "a\nb").code(), Code::kInvalidArgument);
  ASSERT_OK(world->Open()->AppendJournal("run-1", 2, "two"));
  ASSERT_OK(store->AppendJournal("run-1", 3, ""));
  auto journal = world->Open()->ReadJournal("run-1");
  ASSERT_OK(journal);
  EXPECT_EQ(journal->lines, (std::vector<std::string>{"zero", "one", "two", ""}));
  EXPECT_EQ(journal->torn_bytes, 0u);
  ASSERT_OK(store->AppendJournal("run-0", 0, "x"));
  EXPECT_EQ(*store->ListJournals(), (std::vector<std::string>{"run-0", "run-1"}));
}

TEST_P(StateStoreContract, ATornTailIsLeftOutAndCut) {
  ASSERT_OK(store->AppendJournal("run-1", 0, "zero"));
  world->TearJournal("run-1", "half a li");
  auto journal = world->Open()->ReadJournal("run-1");
  ASSERT_OK(journal);
  EXPECT_EQ(journal->lines, std::vector<std::string>{"zero"});
  EXPECT_EQ(journal->torn_bytes, 9u);
  ASSERT_OK(store->AppendJournal("run-1", 1, "one"));
  journal = world->Open()->ReadJournal("run-1");
  EXPECT_EQ(journal->lines, (std::vector<std::string>{"zero", "one"}));
  EXPECT_EQ(journal->torn_bytes, 0u);
}

TEST_P(StateStoreContract, BlobsAreRemovedByName) {
  EXPECT_EQ(store->RemoveBlob("pages/a.html").code(), Code::kNotFound);
  EXPECT_EQ(store->RemoveBlob("").code(), Code::kNotFound);
  ASSERT_OK(store->PutBlob("pages/a.html", "a"));
  ASSERT_OK(store->PutBlob("pages", "b"));
  ASSERT_OK(world->Open()->RemoveBlob("pages/a.html"));
  EXPECT_EQ(store->GetBlob("pages/a.html").code(), Code::kNotFound);
  EXPECT_EQ(*store->GetBlob("pages"), "b");
  EXPECT_EQ(store->RemoveBlob("pages/a.html").code(), Code::kNotFound);
  EXPECT_OK(store->PutBlob("pages/a.html", "other bytes"));
  EXPECT_EQ(*world->Open()->GetBlob("pages/a.html"), "other bytes");
}

TEST_P(StateStoreContract, JournalsAreRemovedWhole) {
  EXPECT_EQ(store->RemoveJournal("run-1").code(), Code::kNotFound);
  ASSERT_OK(store->AppendJournal("run-1", 0, "zero"));
  ASSERT_OK(store->AppendJournal("run-1", 1, "one"));
  ASSERT_OK(store->AppendJournal("run-2", 0, "other"));
  ASSERT_OK(world->Open()->RemoveJournal("run-1"));
  EXPECT_EQ(store->ReadJournal("run-1").code(), Code::kNotFound);
  EXPECT_EQ(*store->ListJournals(), std::vector<std::string>{"run-2"});
  EXPECT_EQ(store->AppendJournal("run-1", 2, "two").code(), Code::kPreconditionFailed);
  ASSERT_OK(store->AppendJournal("run-1", 0, "again"));
  EXPECT_EQ(store->ReadJournal("run-1")->lines, std::vector<std::string>{"again"});
}

TEST_P(StateStoreContract, OneOfManyTakesTheLease) {
  const auto take = [&](int i) {
    return static_cast<int>(world->Open()->PutDocument("lease", "b", {{"holder", i}}, std::nullopt).code());
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(6, take) : RunThreads(6, take);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kAlreadyExists)), 5);
}

TEST_P(StateStoreContract, OneOfManyWritesAJournalLine) {
  const auto append = [&](int i) {
    int won = 0;
    auto own = world->Open();
    for (std::uint64_t line = 0; line < 10; ++line) {
      const Status status = own->AppendJournal("run-1", line, std::to_string(i));
      if (status.ok()) ++won;
      else if (status.code() != Code::kPreconditionFailed) return 200;
    }
    return won;
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(4, append) : RunThreads(4, append);
  int total = 0;
  for (const int won : answers) total += won;
  const auto journal = store->ReadJournal("run-1");
  ASSERT_OK(journal);
  EXPECT_EQ(static_cast<int>(journal->lines.size()), total);
  EXPECT_EQ(journal->torn_bytes, 0u);
}

}  // namespace evenkeel::contract
