#include <algorithm>
#include <set>

#include "contract/rivals.h"
#include "contract/worlds.h"

namespace evenkeel::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RecordStoreContract);

TEST_P(RecordStoreContract, MissingThingsAreNotFound) {
  world->PutForeign("other", "15:30", "p", 1);
  EXPECT_EQ(store->Get("none").code(), Code::kNotFound);
  EXPECT_EQ(store->Update("none", {{"start", "16:30"}}, {}, "v", {"op", {}}).code(), Code::kNotFound);
}

TEST_P(RecordStoreContract, ListsEveryRecordInOrderOfKey) {
  std::vector<std::string> expected;
  for (int i = 0; i < 25; ++i) {
    expected.push_back("k" + std::to_string(100 - i));
    world->PutForeign(expected.back(), "15:30", "p", i);
  }
  std::sort(expected.begin(), expected.end());
  std::vector<std::string> keys;
  std::string cursor;
  do {
    auto page = store->List(cursor);
    ASSERT_OK(page);
    EXPECT_TRUE(page->complete) << page->why_incomplete;
    for (const Record& record : page->records) keys.push_back(record.key);
    cursor = page->cursor;
  } while (!cursor.empty());
  EXPECT_EQ(keys, expected);
}

TEST_P(RecordStoreContract, TypesAreKept) {
  world->PutForeign("k", "15:30", "2026-05-30-x", 6);
  auto record = store->Get("k");
  ASSERT_OK(record);
  EXPECT_EQ(record->key, "k");
  EXPECT_EQ(record->attributes.at("start"), Json("15:30"));
  EXPECT_EQ(record->attributes.at("count"), Json(6));
  EXPECT_TRUE(record->attributes.at("count").is_number_integer());
  auto after = store->Update("k", {{"count", 1530}}, {{"count", 6}}, record->version, {"op", {}});
  ASSERT_OK(after);
  EXPECT_EQ(store->Get("k")->attributes.at("count"), Json(1530));
  EXPECT_TRUE(store->Get("k")->attributes.at("count").is_number_integer());
  EXPECT_EQ(store->Get("k")->attributes.at("start"), Json("15:30"));
}

TEST_P(RecordStoreContract, EveryLookGivesTheSameVersion) {
  world->PutForeign("k", "15:30", "p", 1);
  const Version first = store->Get("k")->version;
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(store->Get("k")->version, first);
  EXPECT_EQ(store->List("")->records.at(0).version, first);
  EXPECT_EQ(world->Open()->Get("k")->version, first);
}

TEST_P(RecordStoreContract, UpdateSetsOnlyWhatItNames) {
  world->PutForeign("k", "15:30", "p", 1);
  world->PutForeign("l", "17:00", "q", 2);
  const Record other = *store->Get("l");
  auto after = store->Update("k", {{"start", "16:30"}}, {{"start", "15:30"}}, store->Get("k")->version, {"op", {}});
  ASSERT_OK(after);
  EXPECT_EQ(after->attributes.at("start"), Json("16:30"));
  EXPECT_EQ(after->attributes.at("page"), Json("p"));
  EXPECT_EQ(after->version, store->Get("k")->version);
  EXPECT_EQ(store->Get("l")->attributes, other.attributes);
  EXPECT_EQ(store->Get("l")->version, other.version) << "an update of one record must not make another look changed";
}

TEST_P(RecordStoreContract, AStaleVersionHasNoEffect) {
  world->PutForeign("k", "15:30", "p", 1);
  const Version first = store->Get("k")->version;
  world->PutForeign("k", "17:00", "p", 1);
  EXPECT_EQ(store->Update("k", {{"page", "z"}}, {}, first, {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("k")->attributes.at("page"), Json("p"));
}

TEST_P(RecordStoreContract, WrongExpectedAttributesHaveNoEffect) {
  world->PutForeign("k", "15:30", "p", 1);
  const Version now = store->Get("k")->version;
  EXPECT_EQ(store->Update("k", {{"page", "z"}}, {{"start", "16:30"}}, now, {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Update("k", {{"page", "z"}}, {{"start", 1530}}, now, {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("k")->attributes.at("page"), Json("p"));
  EXPECT_EQ(store->Get("k")->version, now);
}

TEST_P(RecordStoreContract, AnUnknownAttributeIsNamed) {
  world->PutForeign("k", "15:30", "p", 1);
  auto refused = store->Update("k", {{"star", "16:30"}}, {}, store->Get("k")->version, {"op", {}});
  EXPECT_EQ(refused.code(), Code::kInvalidArgument);
  EXPECT_NE(refused.status().message().find("star"), std::string::npos) << refused.status().message();
}

TEST_P(RecordStoreContract, OurVersionsNeverComeBack) {
  world->PutForeign("k", "15:30", "p", 1);
  std::set<Version> seen = {store->Get("k")->version};
  for (int round = 0; round < 20; ++round) {
    auto after = store->Update("k", {{"start", round % 2 == 0 ? "16:30" : "15:30"}}, {}, store->Get("k")->version, {"op", {}});
    ASSERT_OK(after);
    if (store->Traits().unique_versions || store->Traits().keeps_operations) {
      EXPECT_TRUE(seen.insert(after->version).second) << round;
    }
  }
  if (!store->Traits().unique_versions) return;
  for (int round = 0; round < 20; ++round) {
    world->PutForeign("k", round % 2 == 0 ? "16:30" : "15:30", "p", 1);
    EXPECT_TRUE(seen.insert(store->Get("k")->version).second) << "foreign " << round;
  }
}

// What a rollback rests on: a write that was cut off waits for a version that a write of ours has used up, even one that changes nothing, and
// though somebody puts back what stood there.
TEST_P(RecordStoreContract, AWriteOfOursShutsOutWhatWasSentBeforeIt) {
  if (!store->Traits().keeps_operations) GTEST_SKIP() << "this store keeps no operations";
  world->PutForeign("k", "15:30", "p", 1);
  const Version first = store->Get("k")->version;
  auto sealed = store->Update("k", {{"start", "15:30"}}, {{"start", "15:30"}}, first, {"op1", {}});
  ASSERT_OK(sealed);
  EXPECT_EQ(sealed->operation, "op1");
  EXPECT_EQ(store->Update("k", {{"start", "16:30"}}, {{"start", "15:30"}}, first, {"late", {}}).code(), Code::kPreconditionFailed);
  if (!world->LeavesOurNotes()) return;
  world->PutForeign("k", "17:00", "p", 1);
  world->PutForeign("k", "15:30", "p", 1);
  EXPECT_EQ(store->Update("k", {{"start", "16:30"}}, {{"start", "15:30"}}, first, {"late", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("k")->attributes.at("start"), Json("15:30"));
}

TEST_P(RecordStoreContract, OperationsAreRememberedUntilSomebodyElseWrites) {
  if (!store->Traits().keeps_operations) GTEST_SKIP() << "this store keeps no operations";
  world->PutForeign("k", "15:30", "p", 1);
  EXPECT_EQ(store->Get("k")->operation, "");
  ASSERT_OK(store->Update("k", {{"start", "16:30"}}, {}, store->Get("k")->version, {"op1", {}}));
  EXPECT_EQ(world->Open()->Get("k")->operation, "op1");
  EXPECT_EQ(world->Open()->List("")->records.at(0).operation, "op1");
  world->PutForeign("k", "17:00", "p", 1);
  EXPECT_EQ(store->Get("k")->operation, "");
}

TEST_P(RecordStoreContract, AnOldFenceIsRefused) {
  if (!store->Traits().checks_fences) GTEST_SKIP() << "this store checks no fences";
  world->PutForeign("k", "15:30", "p", 1);
  ASSERT_OK(store->Update("k", {{"start", "16:30"}}, {}, store->Get("k")->version, {"op1", WriteStamp::Fence{"b1", 7}}));
  auto old = world->Open()->Update("k", {{"start", "17:30"}}, {}, store->Get("k")->version, {"op2", WriteStamp::Fence{"b1", 6}});
  EXPECT_EQ(old.code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("k")->attributes.at("start"), Json("16:30"));
  EXPECT_OK(store->Update("k", {{"start", "17:30"}}, {}, store->Get("k")->version, {"op3", WriteStamp::Fence{"b1", 7}}));
  EXPECT_OK(store->Update("k", {{"start", "18:30"}}, {}, store->Get("k")->version, {"op4", WriteStamp::Fence{"b2", 1}}));
}

// What a new holder of a lease does before anything else.
TEST_P(RecordStoreContract, AFenceIsRaisedWithoutAChange) {
  if (!store->Traits().checks_fences) GTEST_SKIP() << "this store checks no fences";
  world->PutForeign("k", "15:30", "p", 1);
  ASSERT_OK(store->Update("k", {{"start", "16:30"}}, {}, store->Get("k")->version, {"op1", WriteStamp::Fence{"b1", 7}}));
  const Record before = *store->Get("k");
  auto raised = world->Open()->Update("k", {}, {}, before.version, {"fence-8", WriteStamp::Fence{"b1", 8}});
  ASSERT_OK(raised);
  for (const Record& after : {*raised, *store->Get("k")}) {
    EXPECT_EQ(after.version, before.version);
    EXPECT_EQ(after.operation, "op1");
    EXPECT_EQ(after.attributes, before.attributes);
  }
  EXPECT_EQ(store->Update("k", {{"start", "17:30"}}, {}, before.version, {"late", WriteStamp::Fence{"b1", 7}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Update("k", {}, {}, before.version, {"late", WriteStamp::Fence{"b1", 7}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("k")->attributes.at("start"), Json("16:30"));
  EXPECT_EQ(store->Update("k", {}, {}, "stale", {"op", WriteStamp::Fence{"b1", 9}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Update("none", {}, {}, "v", {"op", WriteStamp::Fence{"b1", 9}}).code(), Code::kNotFound);
  EXPECT_OK(store->Update("k", {{"start", "17:30"}}, {}, before.version, {"op2", WriteStamp::Fence{"b1", 8}}));
}

TEST_P(RecordStoreContract, AFenceOfARecordNobodyWroteBefore) {
  if (!store->Traits().checks_fences) GTEST_SKIP() << "this store checks no fences";
  world->PutForeign("k", "15:30", "p", 1);
  const Version before = store->Get("k")->version;
  ASSERT_OK(store->Update("k", {}, {}, before, {"fence-2", WriteStamp::Fence{"b1", 2}}));
  EXPECT_EQ(store->Get("k")->version, before);
  EXPECT_EQ(store->Get("k")->operation, "");
  EXPECT_EQ(store->Update("k", {{"count", 2}}, {}, before, {"late", WriteStamp::Fence{"b1", 1}}).code(), Code::kPreconditionFailed);
}

TEST_P(RecordStoreContract, ABatchAnswersInTheOrderOfItsKeys) {
  world->PutForeign("b", "2", "p", 2);
  world->PutForeign("a", "1", "p", 1);
  const std::vector<std::string> keys = {"b", "none", "a"};
  const auto answers = store->GetMany(keys);
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[0]->key, "b");
  EXPECT_EQ(answers[1].code(), Code::kNotFound);
  EXPECT_EQ(answers[2]->key, "a");
}

TEST_P(RecordStoreContract, OneOfManyUpdates) {
  world->PutForeign("k", "15:30", "p", 1);
  const Version first = store->Get("k")->version;
  const auto update = [&](int i) {
    return static_cast<int>(
        world->Open()->Update("k", {{"count", 100 + i}}, {{"count", 1}}, first, {"op" + std::to_string(i), {}}).code());
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(6, update) : RunThreads(6, update);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kPreconditionFailed)), 5);
}

TEST_P(RecordStoreContract, NoUpdateIsLost) {
  world->PutForeign("k", "15:30", "p", 0);
  const auto add = [&](int i) {
    auto own = world->Open();
    for (int done = 0, attempt = 0; done < 5; ++attempt) {
      if (attempt > 1000) return 3;
      auto now = own->Get("k");
      if (!now.ok()) return 1;
      const int count = now->attributes.at("count").get<int>();
      auto wrote = own->Update("k", {{"count", count + 1}}, {}, now->version, {std::to_string(i) + "." + std::to_string(done), {}});
      if (wrote.ok()) ++done;
      else if (wrote.code() != Code::kPreconditionFailed) return 2;
    }
    return 0;
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(4, add) : RunThreads(4, add);
  EXPECT_EQ(Count(answers, 0), 4);
  EXPECT_EQ(store->Get("k")->attributes.at("count"), Json(20));
}

}  // namespace evenkeel::contract
