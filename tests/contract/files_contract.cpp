#include <algorithm>

#include "contract/rivals.h"
#include "contract/worlds.h"

namespace evenkeel::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FilesContract);

using std::chrono::milliseconds;

TEST_P(FilesContract, MissingThingsAreNotFound) {
  Files& files = store->files();
  const std::string none = world->Folder() + "/none";
  EXPECT_EQ(files.Stat(none).code(), Code::kNotFound);
  EXPECT_EQ(files.Read(none, 10).code(), Code::kNotFound);
  EXPECT_EQ(files.List(none).code(), Code::kNotFound);
  EXPECT_EQ(files.Remove(none).code(), Code::kNotFound);
  EXPECT_EQ(files.WriteAtomically(none + "/x", "x", world->Folder()).code(), Code::kNotFound);
}

TEST_P(FilesContract, WritesReplaceWholeFiles) {
  Files& files = store->files();
  const std::string path = world->Folder() + "/a";
  ASSERT_OK(files.WriteAtomically(path, "first", world->Folder()));
  const FileState before = *files.Stat(path);
  EXPECT_EQ(before.bytes, 5u);
  EXPECT_FALSE(before.is_directory);
  ASSERT_OK(files.WriteAtomically(path, "2nd", world->Folder()));
  EXPECT_EQ(*files.Read(path, 3), "2nd");
  EXPECT_EQ(files.Read(path, 2).code(), Code::kLimitExceeded);
  const FileState after = *files.Stat(path);
  EXPECT_TRUE(after.inode != before.inode || after.changed_ns != before.changed_ns);
  EXPECT_EQ(*files.List(world->Folder()), std::vector<std::string>{"a"}) << "nothing may stay beside it";
  EXPECT_EQ(files.Read(world->Folder(), 10).code(), Code::kInvalidArgument);
  EXPECT_EQ(files.List(path).code(), Code::kInvalidArgument);
}

TEST_P(FilesContract, CreateNeverReplaces) {
  Files& files = store->files();
  const std::string path = world->Folder() + "/a";
  ASSERT_OK(files.CreateExclusively(path, "first", world->Folder()));
  EXPECT_EQ(files.CreateExclusively(path, "second", world->Folder()).code(), Code::kAlreadyExists);
  EXPECT_EQ(*files.Read(path, 100), "first");
  EXPECT_EQ(files.List(world->Folder())->size(), 1u);
}

TEST_P(FilesContract, AppendCutsATornTail) {
  Files& files = store->files();
  const std::string path = world->Folder() + "/log";
  ASSERT_OK(files.AppendAt(path, 0, "one\n"));
  ASSERT_OK(files.AppendAt(path, 4, "half"));
  ASSERT_OK(files.AppendAt(path, 4, "2\n"));
  EXPECT_EQ(*files.Read(path, 100), "one\n2\n");
  EXPECT_EQ(files.AppendAt(path, 100, "hole").code(), Code::kPreconditionFailed);
}

TEST_P(FilesContract, FoldersAreMadeListedAndRemoved) {
  Files& files = store->files();
  ASSERT_OK(files.MakeFolders(world->Folder() + "/a/b/c"));
  ASSERT_OK(files.MakeFolders(world->Folder() + "/a/b/c"));
  EXPECT_TRUE(files.Stat(world->Folder() + "/a/b")->is_directory);
  ASSERT_OK(files.WriteAtomically(world->Folder() + "/a/z", "", world->Folder()));
  EXPECT_EQ(*files.List(world->Folder() + "/a"), (std::vector<std::string>{"b", "z"}));
  EXPECT_EQ(files.MakeFolders(world->Folder() + "/a/z/y").code(), Code::kInvalidArgument);
  EXPECT_EQ(files.Remove(world->Folder() + "/a/b").code(), Code::kInvalidArgument);
  EXPECT_OK(files.Remove(world->Folder() + "/a/b/c"));
  EXPECT_OK(files.Remove(world->Folder() + "/a/z"));
  EXPECT_EQ(files.Stat(world->Folder() + "/a/z").code(), Code::kNotFound);
}

TEST_P(FilesContract, ALockKeepsOtherThreadsOut) {
  const std::string path = world->Folder() + "/lock";
  auto held = store->files().LockExclusively(path, milliseconds(0));
  ASSERT_OK(held);
  EXPECT_EQ(store->files().LockExclusively(path, milliseconds(20)).code(), Code::kUnavailable);
  EXPECT_EQ(world->Open()->files().LockExclusively(path, milliseconds(0)).code(), Code::kUnavailable);
  EXPECT_OK(store->files().LockExclusively(path + "2", milliseconds(0)));
  held->reset();
  EXPECT_OK(world->Open()->files().LockExclusively(path, milliseconds(0)));
}

TEST_P(FilesContract, ALockMakesReadModifyWriteSafe) {
  const std::string path = world->Folder() + "/n";
  ASSERT_OK(store->files().WriteAtomically(path, "0", world->Folder()));
  const auto add = [&](int) {
    auto own = world->Open();
    for (int round = 0; round < 20; ++round) {
      auto lock = own->files().LockExclusively(path + ".lock", milliseconds(20'000));
      if (!lock.ok()) return 1;
      auto now = own->files().Read(path, 100);
      if (!now.ok()) return 2;
      if (!own->files().WriteAtomically(path, std::to_string(std::stoi(*now) + 1), world->Folder()).ok()) return 3;
    }
    return 0;
  };
  EXPECT_EQ(Count(RunThreads(3, add), 0), 3);
  EXPECT_EQ(*store->files().Read(path, 100), "60");
  if (!world->OutlivesProcess()) return;
  EXPECT_EQ(Count(RunProcesses(3, add), 0), 3);
  EXPECT_EQ(*store->files().Read(path, 100), "120");
}

TEST_P(FilesContract, OneOfManyCreates) {
  const std::string path = world->Folder() + "/once";
  const auto create = [&](int i) {
    return static_cast<int>(world->Open()->files().CreateExclusively(path, std::to_string(i), world->Folder()).code());
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(8, create) : RunThreads(8, create);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kAlreadyExists)), 7);
  const auto winner = std::find(answers.begin(), answers.end(), static_cast<int>(Code::kOk)) - answers.begin();
  EXPECT_EQ(*store->files().Read(path, 100), std::to_string(winner));
}

}  // namespace evenkeel::contract
