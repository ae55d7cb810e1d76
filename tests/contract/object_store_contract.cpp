#include <algorithm>
#include <set>

#include "contract/rivals.h"
#include "contract/worlds.h"

namespace evenkeel::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ObjectStoreContract);

namespace {

std::vector<std::string> AllKeys(ObjectStore& store, std::string_view prefix) {
  std::vector<std::string> keys;
  std::string cursor;
  do {
    auto page = store.List(prefix, cursor);
    EXPECT_OK(page);
    if (!page.ok()) return keys;
    EXPECT_TRUE(page->complete) << page->why_incomplete;
    for (const ObjectInfo& info : page->objects) keys.push_back(info.key);
    cursor = page->cursor;
  } while (!cursor.empty());
  return keys;
}

// Adds one to the number in the object until the write wins. 0: done. What is left open is looked into, as the law wants it.
int AddOne(ObjectStore& store, const std::string& key, const std::string& operation, bool may_leave_open) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    auto now = store.Get(key);
    if (!now.ok()) return 1;
    auto wrote = store.Replace(key, std::to_string(std::stoi(now->bytes) + 1), now->info.version, {operation, {}});
    if (wrote.ok()) return 0;
    if (may_leave_open && wrote.code() == Code::kUnknownOutcome) {
      if (auto there = store.Head(key); there.ok() && there->operation == operation) return 0;
      continue;
    }
    if (wrote.code() != Code::kPreconditionFailed) return 2;
  }
  return 3;
}

// How many lost a race by this code, or were left open where that may be.
int Losers(const ObjectWorld& world, const std::vector<int>& answers, Code code) {
  return Count(answers, static_cast<int>(code)) + (world.MayLeaveOpen() ? Count(answers, static_cast<int>(Code::kUnknownOutcome)) : 0);
}

}  // namespace

TEST_P(ObjectStoreContract, MissingThingsAreNotFound) {
  EXPECT_EQ(store->Head("g/none.html").code(), Code::kNotFound);
  EXPECT_EQ(store->Get("g/none.html").code(), Code::kNotFound);
  EXPECT_EQ(store->Replace("g/none.html", "x", "v", {"op", {}}).code(), Code::kNotFound);
  EXPECT_EQ(store->Delete("g/none.html", "v", {"op", {}}).code(), Code::kNotFound);
  EXPECT_TRUE(AllKeys(*store, "").empty());
}

TEST_P(ObjectStoreContract, BytesComeBackExactly) {
  std::string bytes = "<p>\r\n\xef\xbb\xbf\xff\xfe";
  bytes.push_back('\0');
  bytes += "end";
  auto made = store->Create("g/a.html", bytes, "text/html", {"op1", {}});
  ASSERT_OK(made);
  auto got = world->Open()->Get("g/a.html");
  ASSERT_OK(got);
  EXPECT_EQ(got->bytes, bytes);
  EXPECT_EQ(got->info.bytes, bytes.size());
  EXPECT_EQ(got->info.key, "g/a.html");
  EXPECT_EQ(got->info.version, made->version);
  ASSERT_OK(store->Create("g/empty.html", "", "text/html", {"op2", {}}));
  EXPECT_EQ(store->Get("g/empty.html")->bytes, "");
}

TEST_P(ObjectStoreContract, EveryLookGivesTheSameVersion) {
  world->PutForeign("g/a.html", "A");
  const Version first = store->Head("g/a.html")->version;
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(store->Head("g/a.html")->version, first);
  EXPECT_EQ(store->Get("g/a.html")->info.version, first);
  EXPECT_EQ(store->List("", "")->objects.at(0).version, first);
  EXPECT_EQ(world->Open()->Get("g/a.html")->info.version, first);
}

TEST_P(ObjectStoreContract, CreateNeverReplaces) {
  world->PutForeign("g/a.html", "theirs");
  const Version before = store->Head("g/a.html")->version;
  EXPECT_EQ(store->Create("g/a.html", "ours", "text/html", {"op", {}}).code(), Code::kAlreadyExists);
  EXPECT_EQ(store->Get("g/a.html")->bytes, "theirs");
  EXPECT_EQ(store->Head("g/a.html")->version, before);
}

TEST_P(ObjectStoreContract, AStaleReplaceHasNoEffect) {
  auto first = store->Create("g/a.html", "A", "text/html", {"op1", {}});
  ASSERT_OK(first);
  world->PutForeign("g/a.html", "theirs");
  const Version theirs = store->Head("g/a.html")->version;
  EXPECT_NE(theirs, first->version);
  auto lost = store->Replace("g/a.html", "B", first->version, {"op2", {}});
  EXPECT_EQ(lost.code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("g/a.html")->bytes, "theirs");
  EXPECT_EQ(store->Head("g/a.html")->version, theirs);
}

TEST_P(ObjectStoreContract, ReplaceReturnsTheNewState) {
  auto first = store->Create("g/a.html", "A", "text/html", {"op1", {}});
  ASSERT_OK(first);
  auto second = store->Replace("g/a.html", "longer", first->version, {"op2", {}});
  ASSERT_OK(second);
  EXPECT_EQ(second->bytes, 6u);
  EXPECT_NE(second->version, first->version);
  EXPECT_EQ(second->version, store->Head("g/a.html")->version);
  EXPECT_EQ(store->Get("g/a.html")->bytes, "longer");
}

TEST_P(ObjectStoreContract, DeleteAsksForTheVersion) {
  auto first = store->Create("g/a.html", "A", "text/html", {"op1", {}});
  ASSERT_OK(first);
  auto second = store->Replace("g/a.html", "B", first->version, {"op2", {}});
  ASSERT_OK(second);
  EXPECT_EQ(store->Delete("g/a.html", first->version, {"op3", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("g/a.html")->bytes, "B");
  EXPECT_OK(store->Delete("g/a.html", second->version, {"op4", {}}));
  EXPECT_EQ(store->Head("g/a.html").code(), Code::kNotFound);
  EXPECT_EQ(store->Delete("g/a.html", second->version, {"op4", {}}).code(), Code::kNotFound);
}

TEST_P(ObjectStoreContract, UniqueVersionsNeverComeBack) {
  if (!store->Traits().unique_versions) GTEST_SKIP() << "versions of this store may repeat";
  std::set<Version> seen;
  auto now = store->Create("g/a.html", "A", "text/html", {"op", {}});
  ASSERT_OK(now);
  seen.insert(now->version);
  for (int round = 0; round < 20; ++round) {
    now = store->Replace("g/a.html", round % 2 == 0 ? "B" : "A", now->version, {"op", {}});
    ASSERT_OK(now);
    EXPECT_TRUE(seen.insert(now->version).second) << "our write " << round;
  }
  for (int round = 0; round < 20; ++round) {
    world->PutForeign("g/a.html", round % 2 == 0 ? "B" : "A");
    EXPECT_TRUE(seen.insert(store->Head("g/a.html")->version).second) << "foreign write " << round;
  }
  for (int round = 0; round < 20; ++round) {
    ASSERT_OK(store->Delete("g/a.html", store->Head("g/a.html")->version, {"op", {}}));
    now = store->Create("g/a.html", "A", "text/html", {"op", {}});
    ASSERT_OK(now);
    EXPECT_TRUE(seen.insert(now->version).second) << "life " << round;
  }
}

// What a new holder of a lease does to every page, so that a late delete of the last holder hits nothing.
TEST_P(ObjectStoreContract, TheSameBytesAgainHaveANewVersion) {
  if (!store->Traits().unique_versions) GTEST_SKIP() << "versions of this store may repeat";
  world->PutForeign("g/a.html", "A");
  const Version theirs = store->Head("g/a.html")->version;
  auto rewritten = store->Replace("g/a.html", "A", theirs, {"fence", {}});
  ASSERT_OK(rewritten);
  EXPECT_NE(rewritten->version, theirs);
  EXPECT_EQ(store->Delete("g/a.html", theirs, {"late", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Replace("g/a.html", "B", theirs, {"late", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("g/a.html")->bytes, "A");
}

TEST_P(ObjectStoreContract, OperationsAreRememberedUntilSomebodyElseWrites) {
  if (!store->Traits().keeps_operations) GTEST_SKIP() << "this store keeps no operations";
  auto made = store->Create("g/a.html", "A", "text/html", {"op1", {}});
  ASSERT_OK(made);
  EXPECT_EQ(world->Open()->Head("g/a.html")->operation, "op1");
  ASSERT_OK(store->Replace("g/a.html", "B", made->version, {"op2", {}}));
  EXPECT_EQ(world->Open()->Head("g/a.html")->operation, "op2");
  EXPECT_EQ(world->Open()->Get("g/a.html")->info.operation, "op2");
  const std::string listed = world->Open()->List("g/", "")->objects.at(0).operation;
  EXPECT_TRUE(listed.empty() || listed == "op2") << listed;
  world->PutForeign("g/a.html", "B");
  EXPECT_EQ(store->Head("g/a.html")->operation, "");
}

TEST_P(ObjectStoreContract, AnOldFenceIsRefused) {
  if (!store->Traits().checks_fences) GTEST_SKIP() << "this store checks no fences";
  auto made = store->Create("g/a.html", "A", "text/html", {"op1", WriteStamp::Fence{"b1", 7}});
  ASSERT_OK(made);
  EXPECT_EQ(world->Open()->Replace("g/a.html", "B", made->version, {"op2", WriteStamp::Fence{"b1", 6}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Create("g/b.html", "B", "text/html", {"op2", WriteStamp::Fence{"b1", 6}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Delete("g/a.html", made->version, {"op2", WriteStamp::Fence{"b1", 6}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("g/a.html")->bytes, "A");
  EXPECT_OK(store->Replace("g/a.html", "B", made->version, {"op3", WriteStamp::Fence{"b1", 7}}));
  EXPECT_OK(store->Create("g/b.html", "B", "text/html", {"op4", WriteStamp::Fence{"b2", 1}}));
}

TEST_P(ObjectStoreContract, ListsEveryKeyOfThePrefixInOrder) {
  std::vector<std::string> expected;
  for (int i = 0; i < 25; ++i) {
    expected.push_back("g/" + std::string(1, static_cast<char>('a' + i)) + ".html");
    world->PutForeign(expected.back(), "x");
  }
  world->PutForeign("g/a/deep.html", "x");
  world->PutForeign("g/a-b.html", "x");
  world->PutForeign("h/other.html", "x");
  expected.push_back("g/a/deep.html");
  expected.push_back("g/a-b.html");
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(AllKeys(*store, "g/"), expected);
  EXPECT_EQ(AllKeys(*store, "g/a/"), std::vector<std::string>{"g/a/deep.html"});
  EXPECT_EQ(AllKeys(*store, "g/a"), (std::vector<std::string>{"g/a-b.html", "g/a.html", "g/a/deep.html"}));
  EXPECT_EQ(AllKeys(*store, "").size(), expected.size() + 1);
  EXPECT_TRUE(AllKeys(*store, "nothing/here").empty());
}

TEST_P(ObjectStoreContract, ABatchAnswersInTheOrderOfItsKeys) {
  world->PutForeign("b", "2");
  world->PutForeign("a", "1");
  const std::vector<std::string> keys = {"b", "none", "a", "b"};
  const auto answers = store->GetMany(keys);
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ(answers[0]->bytes, "2");
  EXPECT_EQ(answers[1].code(), Code::kNotFound);
  EXPECT_EQ(answers[2]->bytes, "1");
  EXPECT_EQ(answers[3]->bytes, "2");
  EXPECT_TRUE(store->GetMany({}).empty());
}

TEST_P(ObjectStoreContract, OneOfManyThreadsCreates) {
  const auto answers = RunThreads(8, [&](int i) {
    return static_cast<int>(world->Open()->Create("g/a.html", std::to_string(i), "text/html", {"op" + std::to_string(i), {}}).code());
  });
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Losers(*world, answers, Code::kAlreadyExists), 7);
  const auto winner = std::find(answers.begin(), answers.end(), static_cast<int>(Code::kOk)) - answers.begin();
  EXPECT_EQ(store->Get("g/a.html")->bytes, std::to_string(winner));
}

TEST_P(ObjectStoreContract, OneOfManyProcessesCreates) {
  if (!world->OutlivesProcess()) GTEST_SKIP() << "the contents live in one process";
  const auto answers = RunProcesses(6, [&](int i) {
    return static_cast<int>(world->Open()->Create("g/a.html", std::to_string(i), "text/html", {"op" + std::to_string(i), {}}).code());
  });
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Losers(*world, answers, Code::kAlreadyExists), 5);
}

TEST_P(ObjectStoreContract, OneOfManyReplaces) {
  auto made = store->Create("g/a.html", "A", "text/html", {"op", {}});
  ASSERT_OK(made);
  const auto replace = [&](int i) {
    return static_cast<int>(world->Open()->Replace("g/a.html", std::to_string(i), made->version, {"op" + std::to_string(i), {}}).code());
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(6, replace) : RunThreads(6, replace);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Losers(*world, answers, Code::kPreconditionFailed), 5);
}

TEST_P(ObjectStoreContract, NoUpdateIsLost) {
  ASSERT_OK(store->Create("n", "0", "text/plain", {"op", {}}));
  const auto add = [&](int i) {
    auto own = world->Open();
    for (int round = 0; round < 10; ++round) {
      if (const int failed = AddOne(*own, "n", std::to_string(i) + "." + std::to_string(round), world->MayLeaveOpen())) return failed;
    }
    return 0;
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(4, add) : RunThreads(4, add);
  EXPECT_EQ(Count(answers, 0), 4);
  EXPECT_EQ(store->Get("n")->bytes, "40");
}

}  // namespace evenkeel::contract
