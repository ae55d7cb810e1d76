// The contracts of the smaller nouns: edge cache, calendar, listing, task board.
#include <set>

#include "contract/rivals.h"
#include "contract/worlds.h"

namespace evenkeel::contract {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(EdgeCacheContract);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CalendarContract);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ListingContract);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(TaskBoardContract);

namespace {

constexpr char kZone[] = "America/Los_Angeles";
const Date kDate = Date(date::year(2026), date::month(5), date::day(30));

EventChange Times(int start, int end) {
  EventChange change;
  change.start = LocalDateTime{kDate, start};
  change.end = LocalDateTime{kDate, end};
  change.zone = kZone;
  return change;
}

}  // namespace

// A store that can only be read has no part in what follows, and refuses every write (ReadOnlyCalendarsRefuseWrites, ReadOnlyListings…).
#define WRITABLE_OR_SKIP() \
  if (!store->Traits().writable) GTEST_SKIP() << "can only be read"

TEST_P(EdgeCacheContract, AReferenceIsOneInvalidation) {
  EXPECT_FALSE(*store->WasAccepted("run-1/a"));
  auto first = store->Invalidate({"/g/a", "/g/a.html"}, "run-1/a");
  ASSERT_OK(first);
  EXPECT_TRUE(*world->Open()->WasAccepted("run-1/a"));
  EXPECT_FALSE(*store->WasAccepted("run-1"));
  auto again = world->Open()->Invalidate({"/g/a", "/g/a.html"}, "run-1/a");
  ASSERT_OK(again);
  EXPECT_EQ(*again, *first);
  auto second = store->Invalidate({"/g/a", "/g/a.html"}, "run-1/b");
  ASSERT_OK(second);
  EXPECT_NE(*second, *first);
}

TEST_P(EdgeCacheContract, AReferenceIsNotTakenForOtherPaths) {
  ASSERT_OK(store->Invalidate({"/g/a"}, "r"));
  EXPECT_EQ(store->Invalidate({"/g/b"}, "r").code(), Code::kAlreadyExists);
}

TEST_P(EdgeCacheContract, RivalsWithOneReferenceGetOneInvalidation) {
  const auto invalidate = [&](int) {
    auto id = world->Open()->Invalidate({"/g/a"}, "r");
    return id.ok() ? static_cast<int>(std::hash<std::string>()(*id) % 200) : 255;
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(6, invalidate) : RunThreads(6, invalidate);
  EXPECT_EQ(Count(answers, answers.at(0)), 6);
  EXPECT_NE(answers.at(0), 255);
}

TEST_P(CalendarContract, MissingThingsAreNotFound) {
  world->PutForeign("other@x", 990, 1170, "s");
  EXPECT_EQ(store->Get("none@x").code(), Code::kNotFound);
  if (!store->Traits().writable) return;
  EXPECT_EQ(store->Update("none@x", Times(930, 1110), "v", {"op", {}}).code(), Code::kNotFound);
}

TEST_P(CalendarContract, WhatCanOnlyBeReadRefusesEveryWrite) {
  if (store->Traits().writable) GTEST_SKIP() << "can be written";
  world->PutForeign("a@x", 990, 1170, "Sunset");
  const Event before = *store->Get("a@x");
  EXPECT_EQ(store->Update("a@x", Times(930, 1110), before.version, {"op", {}}).code(), Code::kPermissionDenied);
  EXPECT_EQ(store->Get("a@x")->start, (LocalDateTime{kDate, 990}));
}

TEST_P(CalendarContract, AVersionIsOfOneStateOfOneEvent) {
  world->PutForeign("a@x", 990, 1170, "Sunset");
  world->PutForeign("b@x", 990, 1170, "Other");
  const Version first = store->Get("a@x")->version, other = store->Get("b@x")->version;
  EXPECT_EQ(world->Open()->Get("a@x")->version, first);
  EXPECT_EQ(store->List()->events.at(0).version, first);
  world->PutForeign("a@x", 1000, 1180, "Sunset");
  EXPECT_NE(store->Get("a@x")->version, first);
  EXPECT_EQ(store->Get("b@x")->version, other);
}

TEST_P(CalendarContract, ListsEveryEventByUid) {
  world->PutForeign("c@x", 990, 1170, "third");
  world->PutForeign("a@x", 600, 660, "first");
  world->PutForeign("b@x", 700, 760, "second");
  auto listing = store->List();
  ASSERT_OK(listing);
  EXPECT_TRUE(listing->complete) << listing->why_incomplete;
  ASSERT_EQ(listing->events.size(), 3u);
  EXPECT_EQ(listing->events[0].uid, "a@x");
  EXPECT_EQ(listing->events[2].summary, "third");
  EXPECT_EQ(listing->events[2].zone, kZone);
  EXPECT_EQ(listing->events[2].start, (LocalDateTime{kDate, 990}));
  EXPECT_EQ(listing->events[2].end, (LocalDateTime{kDate, 1170}));
  EXPECT_FALSE(listing->events[2].all_day);
  EXPECT_FALSE(listing->events[2].recurring);
}

TEST_P(CalendarContract, UpdateSetsOnlyWhatItNames) {
  WRITABLE_OR_SKIP();
  world->PutForeign("a@x", 990, 1170, "Sunset");
  world->PutForeign("b@x", 990, 1170, "Other");
  const Event other = *store->Get("b@x");
  EventChange change;
  change.start = LocalDateTime{kDate, 930};
  change.zone = kZone;
  auto moved = store->Update("a@x", change, store->Get("a@x")->version, {"op", {}});
  ASSERT_OK(moved);
  EXPECT_EQ(moved->start, (LocalDateTime{kDate, 930}));
  EXPECT_EQ(moved->end, (LocalDateTime{kDate, 1170})) << "the end was not set, so it stays";
  EXPECT_EQ(moved->summary, "Sunset");
  EXPECT_EQ(moved->version, world->Open()->Get("a@x")->version);
  EventChange words;
  words.zone = kZone;
  words.summary = "Sail; 3:30, \"now\"\nand\\then";
  auto renamed = store->Update("a@x", words, moved->version, {"op2", {}});
  ASSERT_OK(renamed);
  EXPECT_EQ(store->Get("a@x")->summary, *words.summary);
  EXPECT_EQ(store->Get("a@x")->start, (LocalDateTime{kDate, 930}));
  EXPECT_EQ(store->Get("b@x")->version, other.version) << "an update of one event must not make another look changed";
}

TEST_P(CalendarContract, AStaleVersionHasNoEffect) {
  WRITABLE_OR_SKIP();
  world->PutForeign("a@x", 990, 1170, "Sunset");
  const Version first = store->Get("a@x")->version;
  world->PutForeign("a@x", 1000, 1180, "Sunset");
  EXPECT_EQ(store->Update("a@x", Times(930, 1110), first, {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Get("a@x")->start, (LocalDateTime{kDate, 1000}));
}

TEST_P(CalendarContract, OurVersionsNeverComeBack) {
  WRITABLE_OR_SKIP();
  world->PutForeign("a@x", 990, 1170, "Sunset");
  std::set<Version> seen = {store->Get("a@x")->version};
  for (int round = 0; round < 10; ++round) {
    auto after = store->Update("a@x", round % 2 == 0 ? Times(930, 1110) : Times(990, 1170), store->Get("a@x")->version, {"op", {}});
    ASSERT_OK(after);
    if (store->Traits().unique_versions) {
      EXPECT_TRUE(seen.insert(after->version).second) << round;
    }
  }
}

TEST_P(CalendarContract, AnEventNeverEndsBeforeItStarts) {
  WRITABLE_OR_SKIP();
  world->PutForeign("a@x", 990, 1170, "Sunset");
  EventChange late;
  late.start = LocalDateTime{kDate, 1200};
  late.zone = kZone;
  EXPECT_EQ(store->Update("a@x", late, store->Get("a@x")->version, {"op", {}}).code(), Code::kInvalidArgument);
  EXPECT_EQ(store->Get("a@x")->start, (LocalDateTime{kDate, 990}));
}

TEST_P(CalendarContract, OneOfManyUpdates) {
  WRITABLE_OR_SKIP();
  world->PutForeign("a@x", 990, 1170, "Sunset");
  const Version first = store->Get("a@x")->version;
  const auto update = [&](int i) {
    return static_cast<int>(world->Open()->Update("a@x", Times(900 + i, 1110), first, {"op" + std::to_string(i), {}}).code());
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(6, update) : RunThreads(6, update);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kPreconditionFailed)), 5);
}

TEST_P(ListingContract, ListsInOrderAndReads) {
  world->PutForeign("b", "16:30");
  world->PutForeign("a", "10:00");
  auto listing = store->List();
  ASSERT_OK(listing);
  EXPECT_TRUE(listing->complete);
  ASSERT_EQ(listing->entries.size(), 2u);
  EXPECT_EQ(listing->entries[0].id, "a");
  EXPECT_EQ(store->Get("none").code(), Code::kNotFound);
  const ListingEntry before = *store->Get("b");
  EXPECT_EQ(before.attributes.at("start"), Json("16:30"));
  EXPECT_EQ(before.version, world->Open()->Get("b")->version);
}

TEST_P(ListingContract, RecordsWhatAPersonAttests) {
  WRITABLE_OR_SKIP();
  world->PutForeign("b", "16:30");
  world->PutForeign("a", "10:00");
  const ListingEntry before = *store->Get("b"), other = *store->Get("a");
  const auto after = store->RecordAttested("b", {{"start", "15:30"}, {"end", "18:30"}}, before.version, {"op", {}});
  ASSERT_OK(after);
  EXPECT_EQ(after->version, world->Open()->Get("b")->version);
  EXPECT_NE(after->version, before.version);
  EXPECT_EQ(store->Get("b")->attributes.at("start"), Json("15:30"));
  EXPECT_EQ(store->Get("b")->attributes.at("end"), Json("18:30"));
  EXPECT_EQ(store->Get("a")->version, other.version) << "an update of one entry must not make another look changed";
  EXPECT_EQ(store->RecordAttested("b", {{"start", "9:00"}}, before.version, {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->RecordAttested("none", {{"start", "9:00"}}, before.version, {"op", {}}).code(), Code::kNotFound);
  EXPECT_EQ(store->RecordAttested("b", {{"id", "c"}}, after->version, {"op", {}}).code(), Code::kInvalidArgument);
  EXPECT_EQ(store->Get("b")->attributes.at("start"), Json("15:30"));
}

TEST_P(ListingContract, WhatCanOnlyBeReadRecordsNothing) {
  if (store->Traits().writable) GTEST_SKIP() << "can be written";
  world->PutForeign("b", "16:30");
  const ListingEntry before = *store->Get("b");
  EXPECT_EQ(store->RecordAttested("b", {{"start", "15:30"}}, before.version, {"op", {}}).code(), Code::kUnimplemented);
  EXPECT_EQ(store->Get("b")->attributes.at("start"), Json("16:30"));
  world->PutForeign("b", "15:30");
  EXPECT_NE(store->Get("b")->version, before.version);
}

TEST_P(ListingContract, OneOfManyRecords) {
  WRITABLE_OR_SKIP();
  world->PutForeign("b", "16:30");
  const Version first = store->Get("b")->version;
  const auto record = [&](int i) {
    return static_cast<int>(
        world->Open()->RecordAttested("b", {{"start", "0" + std::to_string(i) + ":00"}}, first, {"op" + std::to_string(i), {}}).code());
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(6, record) : RunThreads(6, record);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kPreconditionFailed)), 5);
}

TEST_P(TaskBoardContract, MovesACardOnce) {
  world->PutForeign("b", "needs-you", "move to 3:30");
  world->PutForeign("a", "todo", "other");
  auto listing = store->List();
  ASSERT_OK(listing);
  EXPECT_TRUE(listing->complete);
  ASSERT_EQ(listing->cards.size(), 2u);
  EXPECT_EQ(listing->cards[0].id, "a");
  EXPECT_EQ(listing->cards[1].title, "move to 3:30");
  EXPECT_EQ(store->Get("none").code(), Code::kNotFound);
  const Card before = *store->Get("b");
  auto moved = store->Move("b", store->DoneLane(), before.version, {"op", {}});
  ASSERT_OK(moved);
  EXPECT_EQ(moved->lane, "done");
  EXPECT_EQ(moved->title, "move to 3:30");
  EXPECT_EQ(moved->version, world->Open()->Get("b")->version);
  EXPECT_EQ(store->Get("a")->version, listing->cards[0].version) << "an update of one card must not make another look changed";
  EXPECT_EQ(store->Move("b", "todo", before.version, {"op", {}}).code(), Code::kPreconditionFailed);
  EXPECT_EQ(store->Move("none", "todo", before.version, {"op", {}}).code(), Code::kNotFound);
  EXPECT_EQ(store->Get("b")->lane, "done");
}

TEST_P(TaskBoardContract, OneOfManyMoves) {
  world->PutForeign("b", "needs-you", "move to 3:30");
  const Version first = store->Get("b")->version;
  const auto move = [&](int i) {
    return static_cast<int>(world->Open()->Move("b", "lane" + std::to_string(i), first, {"op" + std::to_string(i), {}}).code());
  };
  const auto answers = world->OutlivesProcess() ? RunProcesses(6, move) : RunThreads(6, move);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kOk)), 1);
  EXPECT_EQ(Count(answers, static_cast<int>(Code::kPreconditionFailed)), 5);
}

}  // namespace evenkeel::contract
