// Fencing: what cannot be fenced is left out by name, and what changes all the time is given up on.
#include "lease/fencing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/passing_store.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Resource kPage{ResourceKind::kPage, "guest-pages", kSunset};
const Resource kRecord{ResourceKind::kRecord, "dispatch", "S2FJLN"};

class FencingTest : public ::testing::Test {
 protected:
  FencingTest() : fleet_(world_.Open()) {}

  Status Fence(std::set<Resource> resources, std::uint64_t number = 2) {
    Lease lease;
    lease.booking = "xhqgmdh";
    lease.fence = number;
    lease.unfenced = std::move(resources);
    fencing_.emplace(fleet_, lease);
    for (;;) {
      const auto step = fencing_->Step();
      if (!step.ok() || *step) return step.status();
    }
  }
  template <typename Store>
  static auto Behind(Store& store) {
    const auto none = [](std::string_view, std::string_view) { return Fault::kNone; };
    if constexpr (std::is_same_v<Store, MemoryObjectStore>) {
      return std::make_unique<contract::FaultyObjectStore>(store, none);
    } else {
      return std::make_unique<contract::FaultyRecordStore>(store, none);
    }
  }

  World world_;
  Fleet fleet_;
  std::optional<Fencing> fencing_;
};

TEST_F(FencingTest, WhatTheFleetHasNoLongerIsPassedOver) {
  EXPECT_TRUE(Fence({{ResourceKind::kPage, "elsewhere", "g/x.html"}, {ResourceKind::kRecord, "elsewhere", "x"}, {ResourceKind::kEvent, "calendar", "event-1"}, kPage}).ok());
  ASSERT_EQ(fencing_->rewritten().size(), 1u);
  EXPECT_EQ(fencing_->rewritten()[0].page, kPage);
  EXPECT_THAT(fencing_->left_out(), IsEmpty());
}

TEST_F(FencingTest, StoresThatCannotBeWrittenOrCheckNothingAreLeftAlone) {
  MemoryObjectStore readable({.name = "guest-pages", .writable = false}), repeating({.name = "guest-pages", .unique_versions = false});
  MemoryRecordStore closed({.name = "dispatch", .writable = false}), trusting({.name = "dispatch", .checks_fences = false});
  for (MemoryObjectStore* pages : {&readable, &repeating}) {
    pages->PutForeign(kSunset, kSunsetBytes);
    fleet_.pages["guest-pages"] = Behind(*pages);
    EXPECT_TRUE(Fence({kPage}).ok());
    EXPECT_EQ(fencing_->left_out().count(kPage), pages == &repeating ? 1u : 0u) << "a page that nobody can write needs no fence";
    EXPECT_EQ(pages->Snapshot().writes, 1u);
  }
  for (MemoryRecordStore* records : {&closed, &trusting}) {
    records->PutForeign("S2FJLN", {{"captain", "Gene"}});
    fleet_.records["dispatch"] = Behind(*records);
    EXPECT_TRUE(Fence({kRecord}).ok());
    EXPECT_EQ(records->Snapshot().writes, 1u);
  }
}

TEST_F(FencingTest, ARecordThatChangesAllTheTimeIsGivenUpOn) {
  int updates = 0;
  fleet_ = world_.Open([&updates](std::string_view call, std::string_view) { return call == "records.Update" ? ++updates, Fault::kConflict : Fault::kNone; });
  const Status fenced = Fence({kRecord});
  EXPECT_EQ(fenced.code(), Code::kUnavailable);
  EXPECT_THAT(fenced.message(), HasSubstr("it changes all the time, or somebody took the lease over"));
  EXPECT_EQ(updates, 8);
}

TEST_F(FencingTest, AStoreThatGivesNoAnswerSaysSo) {
  fleet_ = world_.Open([](std::string_view call, std::string_view) { return call == "pages.Get" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_EQ(Fence({kPage}).code(), Code::kUnavailable);
  EXPECT_THAT(fencing_->rewritten(), IsEmpty());
}

TEST_F(FencingTest, AProcessThatDiesAgainAndAgainMakesNoOperationTooLongForAStore) {
  Version before_last;
  for (std::uint64_t number = 2; number < 1000; ++number) {
    before_last = world_.pages.Head(kSunset)->version;
    ASSERT_TRUE(Fence({kPage}, number).ok());
  }
  const ObjectInfo page = *world_.pages.Head(kSunset);
  EXPECT_LE(page.operation.size(), 1024u);
  const std::vector<Version> had = RewrittenFrom(page.operation, {"xhqgmdh", 999});
  ASSERT_GT(had.size(), 2u);
  EXPECT_EQ(had.front(), "v1") << "the plan was made from it";
  EXPECT_EQ(had.back(), before_last);
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
}

// A version of its own is half as long as an operation may be.
class LongVersions final : public contract::PassingObjectStore {
 public:
  using PassingObjectStore::PassingObjectStore;
  StatusOr<Object> Get(std::string_view key) override {
    auto object = other().Get(key);
    if (object.ok()) object->info.version += kTail;
    return object;
  }
  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override {
    auto written = other().Replace(key, bytes, expected.substr(0, expected.find('-')), stamp);
    if (written.ok()) written->version += kTail;
    return written;
  }

 private:
  const std::string kTail = "-" + std::string(500, 'x');
};

TEST_F(FencingTest, HoweverLongVersionsAreTheFirstAndTheNewestAreNamed) {
  fleet_.pages["guest-pages"] = std::make_unique<LongVersions>(world_.pages);
  const Version first = fleet_.pages["guest-pages"]->Get(kSunset)->info.version;
  Version before_last;
  for (std::uint64_t number = 2; number < 6; ++number) {
    before_last = fleet_.pages["guest-pages"]->Get(kSunset)->info.version;
    ASSERT_TRUE(Fence({kPage}, number).ok());
  }
  EXPECT_THAT(RewrittenFrom(world_.pages.Head(kSunset)->operation, {"xhqgmdh", 5}), ElementsAre(first, before_last));
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
}

TEST_F(FencingTest, TheBytesStayAndTheNumberIsSeen) {
  EXPECT_TRUE(Fence({kPage, kRecord}).ok());
  EXPECT_EQ(world_.pages.Get(kSunset)->bytes, kSunsetBytes);
  EXPECT_THAT(fencing_->rewritten(), ElementsAre(Fencing::Rewritten{kPage, "v1", world_.pages.Head(kSunset)->version}));
  EXPECT_EQ(world_.records.Update("S2FJLN", {}, {}, world_.records.Get("S2FJLN")->version, {"late", WriteStamp::Fence{"xhqgmdh", 1}}).code(), Code::kPreconditionFailed);
}

}  // namespace
}  // namespace evenkeel::apply_test
