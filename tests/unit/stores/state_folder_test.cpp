#include <sys/stat.h>

#include "contract/scratch.h"
#include "contract/worlds.h"

namespace evenkeel {
namespace {

using contract::LocalAdapters;
using contract::MakeStore;
using contract::Scratch;

struct StateFolder : testing::Test {
  std::unique_ptr<StateStore> Open() { return MakeStore(LocalAdapters().states, "directory", scratch.Context("state"), {{"path", "state"}}); }
  Scratch scratch;
};

TEST_F(StateFolder, ReadingMakesNothing) {
  auto store = Open();
  EXPECT_EQ(store->GetDocument("lease", "x").code(), Code::kNotFound);
  EXPECT_EQ(store->DeleteDocument("lease", "x", "v").code(), Code::kNotFound);
  EXPECT_OK(store->ListDocuments("lease"));
  EXPECT_OK(store->ListJournals());
  EXPECT_EQ(store->ReadJournal("run-1").code(), Code::kNotFound);
  EXPECT_EQ(store->GetBlob("x").code(), Code::kNotFound);
  EXPECT_FALSE(scratch.Exists("state"));
}

TEST_F(StateFolder, BackupsArePlainFilesAPersonFinds) {
  auto store = Open();
  ASSERT_OK(store->PutBlob("run-1/guest-pages/g/2026-05-30-x.html", "bytes"));
  EXPECT_EQ(scratch.Read("state/backups/run-1/guest-pages/g/2026-05-30-x.html"), "bytes");
  EXPECT_EQ(store->BlobLocation("run-1/guest-pages/g/2026-05-30-x.html"), scratch / "state/backups/run-1/guest-pages/g/2026-05-30-x.html");
  ASSERT_OK(store->PutBlob("../../../escape.html", "x"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "../escape.html"));
}

TEST_F(StateFolder, GuestsNamesArePrivate) {
  auto store = Open();
  ASSERT_OK(store->PutBlob("run-1/p/a.html", "A"));
  ASSERT_OK(store->PutDocument("handoff", "b", {{"note", "n"}}, std::nullopt));
  ASSERT_OK(store->AppendJournal("run-1", 0, "{}"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch / "state")) {
    struct stat state;
    ASSERT_EQ(lstat(entry.path().c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 077, 0u) << entry.path();
  }
}

TEST_F(StateFolder, ADamagedDocumentIsNamed) {
  auto store = Open();
  ASSERT_OK(store->PutDocument("lease", "b", 1, std::nullopt));
  scratch.Write("state/documents/lease/b.json", "{ \"id\": ");
  auto got = store->GetDocument("lease", "b");
  EXPECT_EQ(got.code(), Code::kInvalidArgument);
  EXPECT_NE(got.status().ToString().find("lease/b.json"), std::string::npos) << got.status().ToString();
}

TEST_F(StateFolder, AJournalThatAnotherProcessLengthenedIsNotCut) {
  auto one = Open(), other = Open();
  ASSERT_OK(one->AppendJournal("run-1", 0, "zero"));
  ASSERT_OK(other->AppendJournal("run-1", 1, "one"));
  EXPECT_EQ(one->AppendJournal("run-1", 1, "mine").code(), Code::kPreconditionFailed);
  EXPECT_EQ(scratch.Read("state/journals/run-1.jsonl"), "zero\none\n");
}

}  // namespace
}  // namespace evenkeel
