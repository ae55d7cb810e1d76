#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>

#include "crowd.h"
#include "evenkeel/documents.h"

namespace evenkeel {
namespace {

constexpr std::size_t kPagesOfCrowd = 700;

// All that the stages after it see of it.
std::string Written(const Audit& audit) {
  std::string text = DumpJson(AuditToJson(audit.decisions, audit.snapshot));
  for (const Unread& unread : UnreadOf(audit.snapshot)) text += unread.resource + " " + unread.why + "\n";
  for (const Observed& observed : audit.snapshot.resources) {
    text += observed.resource.ToString() + " " + (observed.page ? observed.page->sha256 + observed.page->object_beneath : observed.problem.ToString()) + "\n";
  }
  return text;
}

std::string AuditWith(std::size_t readers, std::vector<PageProgress>* progress = nullptr, bool jitter = false) {
  CrowdFleet world(kPagesOfCrowd, readers);
  EXPECT_TRUE(world.problem.ok()) << world.problem.ToString();
  AuditOptions options;
  if (progress != nullptr) options.on_pages = [progress](const PageProgress& one) { progress->push_back(one); };
  if (jitter) world.store->before_get = [](std::size_t i) { std::this_thread::sleep_for(std::chrono::microseconds(i * 7919 % 900)); };
  auto audit = AuditFleet(world.fleet, options);
  EXPECT_TRUE(audit.ok()) << audit.status().ToString();
  return audit.ok() ? Written(*audit) : "";
}

TEST(Readers, TheSameBytesInTheSameOrderHoweverManyRead) {
  const std::string one = AuditWith(1);
  EXPECT_NE(one.find("not now"), std::string::npos);
  EXPECT_NE(one.find("page_bytes"), std::string::npos);
  EXPECT_NE(one.find("photo.jpg"), std::string::npos);
  for (const std::size_t readers : {2, 3, 16}) EXPECT_EQ(AuditWith(readers, nullptr, true), one) << readers << " readers";
}

TEST(Readers, ProgressCountsEveryPageOnceAndEndsWithAll) {
  for (const std::size_t readers : {1, 8}) {
    std::vector<PageProgress> progress;
    AuditWith(readers, &progress);
    ASSERT_FALSE(progress.empty());
    for (std::size_t i = 0; i < progress.size(); ++i) {
      EXPECT_EQ(progress[i].read, i + 1);
      EXPECT_LE(progress[i].read, progress[i].listed);
    }
    EXPECT_EQ(progress.back(), (PageProgress{"guest-pages", progress.size(), progress.size(), true})) << readers << " readers";
  }
}

TEST(Readers, AStoreWithOneReaderIsCalledByTheCallerAlone) {
  CrowdFleet one(50, 1), many(50, 4);
  ASSERT_TRUE(Observe(one.fleet).ok());
  EXPECT_EQ(one.store->Callers(), std::set<std::thread::id>{std::this_thread::get_id()});
  std::set<std::thread::id> told;
  ASSERT_TRUE(Observe(many.fleet, {[&] { return told.insert(std::this_thread::get_id()), true; }, [&](const PageProgress&) { told.insert(std::this_thread::get_id()); }}).ok());
  EXPECT_LE(many.store->Callers().size(), 5u);
  EXPECT_EQ(many.store->Callers().count(std::this_thread::get_id()), 0u);
  EXPECT_EQ(told, std::set<std::thread::id>{std::this_thread::get_id()});
}

// The first page comes last: the others wait for it, at most four for each reader.
TEST(Readers, WhatIsReadAheadIsBounded) {
  CrowdFleet world(300, 3);
  std::atomic<std::size_t> begun{0}, at_once{0}, at_once_most{0};
  world.store->before_get = [&](std::size_t i) {
    const std::size_t now = ++at_once;
    for (std::size_t most = at_once_most; now > most && !at_once_most.compare_exchange_weak(most, now);) {
    }
    ++begun;
    if (i == 0) {
      while (begun < 12) std::this_thread::yield();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      EXPECT_EQ(begun, 12u);
    }
    --at_once;
  };
  ASSERT_TRUE(Observe(world.fleet).ok());
  EXPECT_LE(at_once_most, 3u);
}

TEST(Readers, ALookThatIsAskedToStopStopsAndBeginsNothingMore) {
  for (const std::size_t asked_most : {0, 1, 5, 40, 400}) {
    CrowdFleet world(kPagesOfCrowd, 4);
    std::atomic<std::size_t> begun{0};
    std::size_t asked = 0;
    world.store->before_get = [&](std::size_t) { ++begun; };
    const auto snapshot = Observe(world.fleet, {[&] { return asked++ < asked_most; }, {}});
    EXPECT_EQ(snapshot.code(), Code::kUnavailable) << asked_most;
    EXPECT_EQ(asked, asked_most + 1) << "asked again after it said stop";
    EXPECT_LE(begun, asked_most + 2 * 16) << asked_most;
  }
}

// Nothing comes, and still the host is asked.
TEST(Readers, AHostMayStopWhileAllRequestsHang) {
  CrowdFleet world(40, 2);
  std::mutex mutex;
  std::condition_variable let_go;
  bool is_free = false;
  world.store->before_get = [&](std::size_t) {
    std::unique_lock lock(mutex);
    let_go.wait(lock, [&] { return is_free; });
  };
  int asked = 0;
  const auto snapshot = Observe(world.fleet, {[&] {
                                                if (++asked < 3) return true;
                                                const std::lock_guard lock(mutex);
                                                is_free = true;
                                                let_go.notify_all();
                                                return false;
                                              },
                                              {}});
  EXPECT_EQ(snapshot.code(), Code::kUnavailable);
}

TEST(Readers, WhatAReaderThrowsComesOutWhereItWasCalled) {
  CrowdFleet world(200, 4);
  world.store->before_get = [](std::size_t i) {
    if (i == 60) throw std::bad_alloc();
  };
  EXPECT_THROW(static_cast<void>(Observe(world.fleet)), std::bad_alloc);
  world.store->before_get = {};
  EXPECT_TRUE(Observe(world.fleet).ok());
}

}  // namespace
}  // namespace evenkeel
