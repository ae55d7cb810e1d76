#include "aws/state_bucket.h"

#include <gtest/gtest.h>

#include <utility>

#include "contract/faults.h"
#include "contract/passing_store.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::aws {
namespace {

using contract::Fault;

class StateBucketTest : public testing::Test {
 protected:
  // Another handle on the same bucket; `plan` says what becomes of its calls.
  std::unique_ptr<StateBucket> Open(contract::FaultPlan plan = [](auto, auto) { return Fault::kNone; }) {
    return std::make_unique<StateBucket>(std::make_unique<contract::FaultyObjectStore>(objects, std::move(plan)), "p/", "s3://b/p/", environment);
  }
  static contract::FaultPlan On(std::string call, Fault fault) {
    return [call = std::move(call), fault](std::string_view name, std::string_view) { return name == call ? fault : Fault::kNone; };
  }

  MemoryObjectStore objects;
  MemoryEnvironment environment;
};

TEST_F(StateBucketTest, ALineWhoseAnswerWasLostIsLookedUp) {
  const auto bucket = Open(On("Create", Fault::kReplyLost));
  EXPECT_TRUE(bucket->Append("run", 0, "zero").ok());
  EXPECT_TRUE(bucket->Append("run", 1, "one").ok());
  EXPECT_EQ(Open()->ReadJournal("run")->lines, (std::vector<std::string>{"zero", "one"}));
}

TEST_F(StateBucketTest, SomebodyElsesLineIsNotOurs) {
  auto first = Open(), second = Open();
  ASSERT_TRUE(first->Append("run", 0, "zero").ok());
  ASSERT_TRUE(first->Append("run", 1, "the same").ok());
  EXPECT_EQ(second->Append("run", 1, "the same").code(), Code::kPreconditionFailed) << "the same words, and yet another's";
  EXPECT_EQ(second->Append("run", 0, "zero").code(), Code::kPreconditionFailed);
  EXPECT_TRUE(second->Append("run", 2, "two").ok());
  EXPECT_EQ(first->Append("run", 2, "two").code(), Code::kPreconditionFailed);
}

TEST_F(StateBucketTest, WhatIsNotKnownStaysUnknown) {
  ASSERT_TRUE(Open()->Append("run", 0, "zero").ok());
  bool lost = false;
  const auto bucket = Open([&](std::string_view call, std::string_view) {
    lost = lost || call == "Create";
    return call == "Create" ? Fault::kReplyLost : call == "Get" && lost ? Fault::kErrorBefore : Fault::kNone;
  });
  EXPECT_EQ(bucket->Append("run", 1, "one").code(), Code::kUnknownOutcome);
  EXPECT_EQ(Open(On("Create", Fault::kErrorBefore))->Append("run", 2, "two").code(), Code::kUnavailable);
  EXPECT_EQ(Open(On("Head", Fault::kErrorBefore))->Append("run", 2, "two").code(), Code::kUnavailable);
}

TEST_F(StateBucketTest, AnIncompleteListingIsNoJournal) {
  const auto whole = Open();
  for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(whole->Append("run", i, "line").ok());
  EXPECT_EQ(Open(On("List", Fault::kCutListing))->ReadJournal("run").code(), Code::kUnavailable);
  EXPECT_EQ(Open(On("List", Fault::kCutListing))->ListJournals().code(), Code::kUnavailable);
  EXPECT_EQ(Open(On("Get", Fault::kErrorBefore))->ReadJournal("run").code(), Code::kUnavailable);
}

TEST_F(StateBucketTest, ARemovalGoesOnWhereItWasCutOff) {
  const auto whole = Open();
  for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(whole->Append("run", i, "line").ok());
  int deletes = 0;
  EXPECT_FALSE(Open([&](std::string_view call, std::string_view) { return call == "Delete" && ++deletes == 3 ? Fault::kErrorBefore : Fault::kNone; })->RemoveJournal("run").ok());
  EXPECT_TRUE(Open()->ListJournals()->empty()) << "without its first line it is none";
  EXPECT_TRUE(Open()->RemoveJournal("run").ok());
  EXPECT_TRUE(objects.List("", "")->objects.empty());
  EXPECT_EQ(Open()->RemoveJournal("run").code(), Code::kNotFound);
}

// Retention removes what somebody reads: at any moment the reader has a whole journal, or is told that it goes.
TEST_F(StateBucketTest, WhoReadsAJournalThatIsBeingRemovedIsToldSo) {
  for (int stops_at = 1; stops_at <= 5; ++stops_at) {
    const std::string run = "run-" + std::to_string(stops_at);
    for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(Open()->Append(run, i, "line " + std::to_string(i)).ok());
    for (const char* moment : {"List", "Get"}) {
      int deletes = 0, calls = 0;
      const auto remove = [&] {
        return Open([&](std::string_view call, std::string_view) { return call == "Delete" && ++deletes > stops_at ? Fault::kErrorBefore : Fault::kNone; })->RemoveJournal(run);
      };
      const auto reader = Open([&](std::string_view call, std::string_view) {
        if (call == moment && ++calls == (call == "Get" ? 2 : 1)) static_cast<void>(remove());
        return Fault::kNone;
      });
      const auto read = reader->ReadJournal(run);
      if (read.ok()) {
        for (std::size_t i = 0; i < read->lines.size(); ++i) EXPECT_EQ(read->lines[i], "line " + std::to_string(i));
      } else {
        EXPECT_EQ(read.code(), Code::kNotFound) << read.status().ToString();
      }
      if (moment == std::string("List")) break;  // the first line is gone now
    }
  }
}

TEST_F(StateBucketTest, ALineThatIsMissingWhileTheFirstIsThereIsDamage) {
  for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(Open()->Append("run", i, "line").ok());
  objects.DeleteForeign(objects.List("p/journals/", "")->objects.at(1).key);
  const Status damaged = Open()->ReadJournal("run").status();
  EXPECT_EQ(damaged.code(), Code::kInvalidArgument);
  EXPECT_NE(damaged.message().find("is missing"), std::string::npos);
  bool gone = false;
  const auto reader = Open([&](std::string_view call, std::string_view) {
    if (call == "Get" && !std::exchange(gone, true)) return Fault::kNone;
    if (call == "Get") objects.DeleteForeign(objects.List("p/journals/", "")->objects.back().key);
    return Fault::kNone;
  });
  EXPECT_EQ(reader->ReadJournal("run").code(), Code::kInvalidArgument);
}

// Round and round, two answers long.
class Round final : public contract::PassingObjectStore {
 public:
  using PassingObjectStore::PassingObjectStore;
  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override {
    EVENKEEL_ASSIGN_OR_RETURN(ObjectListing listing, other().List(prefix, ""));
    listing.cursor = cursor == "a" ? "b" : "a";
    return listing;
  }
};

TEST_F(StateBucketTest, AListingThatLeadsToWhereItWasIsAnError) {
  ASSERT_TRUE(Open()->Append("run", 0, "zero").ok());
  StateBucket bucket(std::make_unique<Round>(objects), "p/", "s3://b/p/", environment);
  EXPECT_EQ(bucket.ListJournals().code(), Code::kUnavailable);
  EXPECT_NE(bucket.ReadJournal("run").status().message().find("the listing leads to where it was"), std::string::npos);
}

TEST_F(StateBucketTest, ABackupIsMadeOnce) {
  EXPECT_EQ(Open(On("Create", Fault::kConflict))->PutBlob("a", "x").code(), Code::kUnavailable) << "nothing is there, and nothing was done";
  EXPECT_TRUE(Open(On("Create", Fault::kReplyLost))->PutBlob("a", "x").ok());
  EXPECT_TRUE(Open()->PutBlob("a", "x").ok());
  EXPECT_EQ(Open()->PutBlob("a", "y").code(), Code::kAlreadyExists);
  EXPECT_EQ(Open()->PutBlob("", "y").code(), Code::kInvalidArgument);
  EXPECT_EQ(*Open()->GetBlob("a"), "x");
}

TEST_F(StateBucketTest, ABucketIsTriedAndLeftAsItWas) {
  EXPECT_TRUE(Open()->Try().ok());
  EXPECT_TRUE(objects.List("", "")->objects.empty());
  for (const char* call : {"List", "Create", "Get", "Delete"}) EXPECT_EQ(Open(On(call, Fault::kErrorBefore))->Try().code(), Code::kUnavailable) << call;
  const auto left = objects.List("", "");
  for (const ObjectInfo& one : left->objects) objects.DeleteForeign(one.key);
  EXPECT_EQ(Open(On("Create", Fault::kReplyLost))->Try().code(), Code::kUnknownOutcome);
  EXPECT_TRUE(objects.List("", "")->objects.empty()) << "what may have been made is taken away";
}

TEST_F(StateBucketTest, NamesAreKeptApart) {
  const std::vector<std::string> names = {"a/b", "a//b", "a/./b", "a/../b", "a%2Fb", "a/%2E/b", "/a", "a/", std::string(2000, 'x'), std::string(2000, 'x') + "y", "\xff"};
  for (const std::string& name : names) ASSERT_TRUE(Open()->PutBlob(name, name).ok());
  for (const std::string& name : names) {
    const auto bytes = Open()->GetBlob(name);
    EXPECT_EQ(bytes.ok() ? *bytes : "", name);
  }
  const auto listing = objects.List("", "");
  for (const ObjectInfo& info : listing->objects) {
    EXPECT_LE(info.key.size(), 1024u);
    EXPECT_EQ((info.key + "/").find("/../"), std::string::npos) << info.key;
  }
}

}  // namespace
}  // namespace evenkeel::aws
