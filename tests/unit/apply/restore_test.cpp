// restore: one page's bytes, whatever stands there and whatever goes wrong.
#include "contract/passing_store.h"
#include "digest/sha256.h"
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;

class RestoreTest : public RunTest {
 protected:
  RestoreTest() : run_(RunOfPlan(plan_)) {}

  std::string PageNow(const std::string& key) { return world_.pages.Snapshot().entries.at(key).item.bytes; }
  std::set<std::string> Kept() {
    std::set<std::string> bytes;
    for (const auto& [name, blob] : world_.state.Snapshot().blobs) bytes.insert(blob);
    return bytes;
  }

  const std::string run_;
};

TEST_F(RestoreTest, ItSaysWhatTheRunHas) {
  Run();
  const auto none = RestorePage(fleet_, run_, "g/none.html", {});
  EXPECT_EQ(none.code(), Code::kNotFound);
  EXPECT_THAT(none.status().message(), HasSubstr("it has: guest-pages:" + std::string(kAna) + ", guest-pages:" + kSunset));
  EXPECT_EQ(RestorePage(fleet_, run_, "guest-pages:" + std::string(kAna), {})->bytes, kAnaBytes);
  EXPECT_EQ(RestorePage(fleet_, "run-000000000000", kAna, {}).code(), Code::kNotFound);
}

// A bucket that keeps versions.
class KeepsVersions final : public contract::PassingObjectStore {
 public:
  using PassingObjectStore::PassingObjectStore;
  StatusOr<Object> Get(std::string_view key) override {
    auto object = other().Get(key);
    if (object.ok()) object->info.kept_as = "id-of-" + object->info.version;
    return object;
  }
};

TEST_F(RestoreTest, WhatTheStoreItselfKeepsIsNamed) {
  const std::string id = "id-of-" + world_.pages.Head(kAna)->version;
  fleet_.pages["guest-pages"] = std::make_unique<KeepsVersions>(world_.pages);
  EXPECT_THAT(Of(Run(), Verb::kBackUpPage, kAna).detail, HasSubstr("; the store keeps the page as version " + id + ", too"));
  EXPECT_TRUE(RestorePage(fleet_, run_, kAna, {.by = "", .only_bytes = true}).ok());
  auto contents = world_.state.Snapshot();
  contents.blobs.clear();
  world_.state.Restore(contents);
  const Status gone = RestorePage(fleet_, run_, kAna, {.by = "", .only_bytes = true}).status();
  EXPECT_EQ(gone.code(), Code::kNotFound);
  EXPECT_THAT(gone.message(), HasSubstr("the page's store kept it as version " + id + ": bring it back from there"));
}

TEST_F(RestoreTest, ARunWithoutBackupsHasNone) {
  Only(Verb::kUpdateEvent);
  Run();
  EXPECT_THAT(RestorePage(fleet_, RunOfPlan(plan_), kAna, {}).status().message(), HasSubstr("it has: none"));
}

TEST_F(RestoreTest, OfTwoStoresWithThePageOneIsNamed) {
  MemoryObjectStore other({.name = "other-pages"});
  other.PutForeign(kAna, "other");
  Change(Verb::kBackUpPage, kSunset, [](Action& action) {
    action.store = "other-pages", action.resource = kAna;
    action.change = BackUpPage{"other", Sha256Hex("other")};
  });
  fleet_.pages["other-pages"] = std::make_unique<contract::FaultyObjectStore>(other, [](std::string_view, std::string_view) { return Fault::kNone; });
  plan_.bookings[1].actions = {plan_.bookings[1].actions[0]};
  plan_.hash = HashOfPlan(plan_);
  Run();
  const std::string run = RunOfPlan(plan_);
  EXPECT_EQ(RestorePage(fleet_, run, kAna, {}).code(), Code::kInvalidArgument);
  other.PutForeign(kAna, "changed");
  ASSERT_TRUE(RestorePage(fleet_, run, "other-pages:" + std::string(kAna), {}).ok());
  EXPECT_EQ(other.Get(kAna)->bytes, "other");
  EXPECT_EQ(PageNow(kAna), kAnaAfter);
  fleet_.pages.erase("other-pages");
  EXPECT_THAT(RestorePage(fleet_, run, "other-pages:" + std::string(kAna), {}).status().message(), HasSubstr("any more"));
}

TEST_F(RestoreTest, TheBytesAloneWriteNothing) {
  Run();
  const std::string before = world_.Contents();
  const std::size_t writes = world_.state.Snapshot().writes;
  EXPECT_EQ(RestorePage(fleet_, run_, kSunset, {.by = "", .only_bytes = true})->bytes, kSunsetBytes);
  EXPECT_EQ(world_.Contents(), before);
  EXPECT_EQ(world_.state.Snapshot().writes, writes);
}

TEST_F(RestoreTest, ABackupThatWasChangedOrIsGoneBringsNothingBack) {
  Run();
  auto contents = world_.state.Snapshot();
  contents.blobs["sunset"] = "something else";
  world_.state.Restore(contents);
  EXPECT_EQ(RestorePage(fleet_, run_, kSunset, {}).code(), Code::kInvalidArgument);
  contents.blobs.erase("sunset");
  world_.state.Restore(contents);
  EXPECT_EQ(RestorePage(fleet_, run_, kSunset, {}).code(), Code::kNotFound);
  EXPECT_EQ(PageNow(kSunset), kSunsetAfter);
}

TEST_F(RestoreTest, APageThatIsGoneComesBackAsWhatItWas) {
  world_.pages.PutForeign(kAfternoon, kAfternoonBytes, "text/plain; charset=utf-8");
  plan_ = world_.MakePlanByHand();
  Run();
  ASSERT_EQ(world_.pages.Head(kAfternoon).code(), Code::kNotFound);
  const auto restored = RestorePage(fleet_, RunOfPlan(plan_), kAfternoon, {});
  ASSERT_TRUE(restored.ok()) << restored.status().ToString();
  EXPECT_EQ(restored->kept, "");
  EXPECT_EQ(world_.pages.Head(kAfternoon)->content_type, "text/plain; charset=utf-8");
}

// The backup was put away, and the process died before it could say so.
TEST_F(RestoreTest, APageComesBackAsWhatItWasThoughItsBackupWasCutOff) {
  world_.pages.PutForeign(kAfternoon, kAfternoonBytes, "text/plain; charset=utf-8");
  plan_ = world_.MakePlanByHand();
  {
    auto machine = ApplyMachine::Start(fleet_, plan_, Approving());
    while (world_.state.Snapshot().blobs.count("afternoon") == 0) ASSERT_TRUE(*(*machine)->Step());
  }
  ASSERT_TRUE(ResumeRun(fleet_, RunOfPlan(plan_), {}).ok());
  ASSERT_EQ(world_.pages.Head(kAfternoon).code(), Code::kNotFound);
  ASSERT_TRUE(RestorePage(fleet_, RunOfPlan(plan_), kAfternoon, {}).ok());
  EXPECT_EQ(world_.pages.Head(kAfternoon)->content_type, "text/plain; charset=utf-8");
}

TEST_F(RestoreTest, WhoNeverStopsWritingKeepsThePageAndLosesNothing) {
  Run();
  int turn = 0;
  Open([&](std::string_view call, std::string_view) {
    if (call == "pages.Replace") world_.pages.PutForeign(kSunset, "mine " + std::to_string(++turn));
    return Fault::kNone;
  });
  const auto restored = RestorePage(fleet_, run_, kSunset, {});
  EXPECT_EQ(restored.code(), Code::kUnavailable) << restored.status().ToString();
  EXPECT_EQ(PageNow(kSunset), "mine 3");
  for (const char* bytes : {kSunsetAfter, "mine 1", "mine 2"}) EXPECT_EQ(Kept().count(bytes), 1u) << bytes;
}

// A blob that no line of a journal names would stay for ever.
TEST_F(RestoreTest, WhatWasPutAwayGoesWithItsRun) {
  Run();
  int turn = 0;
  Open([&](std::string_view call, std::string_view) {
    if (call == "pages.Replace") world_.pages.PutForeign(kSunset, "mine " + std::to_string(++turn));
    return Fault::kNone;
  });
  ASSERT_FALSE(RestorePage(fleet_, run_, kSunset, {}).ok());
  Open({});
  fleet_.config.policy.retention_days = 1;
  world_.environment.Sleep(std::chrono::hours(24 * 3));
  Resume();
  EXPECT_THAT(Kept(), ::testing::IsEmpty());
}

// Retention at the same moment: no journal begins again with a line of somebody else's.
TEST_F(RestoreTest, ARunThatIsRemovedMeanwhileHasNoJournalAgain) {
  Run();
  Open([&](std::string_view call, std::string_view) {
    if (call == "state.PutBlob") static_cast<void>(world_.state.RemoveJournal(run_).ok()), static_cast<void>(world_.state.DeleteDocument("head", run_, world_.state.GetDocument("head", run_)->version).ok());
    return Fault::kNone;
  });
  EXPECT_EQ(RestorePage(fleet_, run_, kSunset, {}).code(), Code::kNotFound);
  EXPECT_TRUE(world_.state.Snapshot().journals.empty());
  EXPECT_EQ(PageNow(kSunset), kSunsetAfter);
}

TEST_F(RestoreTest, OthersWhoKeepWritingTheJournalAreNotOvertaken) {
  Run();
  Open([](std::string_view call, std::string_view) { return call == "state.AppendJournal" ? Fault::kConflict : Fault::kNone; });
  const auto restored = RestorePage(fleet_, run_, kSunset, {});
  EXPECT_EQ(restored.code(), Code::kUnavailable);
  EXPECT_THAT(restored.status().message(), HasSubstr("others keep writing to this run's journal"));
  EXPECT_EQ(PageNow(kSunset), kSunsetAfter);
}

// Somebody makes the page that was gone, or takes away the one that was there, between the look and the write.
TEST_F(RestoreTest, APageThatComesOrGoesMeanwhileIsLookedAtAgain) {
  Run();
  bool struck = false;
  Open([&](std::string_view call, std::string_view) {
    if (call == "pages.Create" && !std::exchange(struck, true)) world_.pages.PutForeign(kAfternoon, "mine");
    return Fault::kNone;
  });
  ASSERT_TRUE(RestorePage(fleet_, run_, kAfternoon, {}).ok());
  EXPECT_EQ(PageNow(kAfternoon), kAfternoonBytes);
  EXPECT_EQ(Kept().count("mine"), 1u);
  struck = false;
  Open([&](std::string_view call, std::string_view) {
    if (call == "pages.Replace" && !std::exchange(struck, true)) world_.pages.DeleteForeign(kSunset);
    return Fault::kNone;
  });
  ASSERT_TRUE(RestorePage(fleet_, run_, kSunset, {}).ok());
  EXPECT_EQ(PageNow(kSunset), kSunsetBytes);
}

// A backup that an attempt had made before it was cut off has no type in the journal.
TEST_F(RestoreTest, WithoutAKnownTypeItIsAPage) {
  Open([](std::string_view call, std::string_view) { return call == "state.GetBlob" ? Fault::kErrorBefore : Fault::kNone; });
  Run();
  Open({});
  EXPECT_EQ(Of(Resume(), Verb::kBackUpPage, kSunset).outcome, Outcome::kAlreadyDone);
  world_.pages.DeleteForeign(kSunset);
  ASSERT_TRUE(RestorePage(fleet_, run_, kSunset, {}).ok());
  EXPECT_EQ(world_.pages.Head(kSunset)->content_type, "text/html");
}

// Nothing was applied yet, and somebody had put such a backup away before: there is no outcome to ask.
TEST_F(RestoreTest, ABackupOfARunThatNeverCameToItIsBroughtBackToo) {
  ApplyOptions options;
  int left = 1;
  options.keep_going = [&left] { return left-- > 0; };
  Run(options);
  ASSERT_TRUE(world_.state.PutBlob("sunset", kSunsetBytes).ok());
  world_.pages.PutForeign(kSunset, "mine");
  ASSERT_TRUE(RestorePage(fleet_, run_, kSunset, {}).ok());
  EXPECT_EQ(PageNow(kSunset), kSunsetBytes);
}

TEST_F(RestoreTest, EveryFaultAtEveryCall) {
  for (const bool gone : {false, true}) {
    for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
      bool reached = true;
      for (int at = 1; reached; ++at) {
        World world;
        Fleet fleet = world.Open();
        const Plan plan = world.MakePlanByHand();
        ASSERT_TRUE(Apply(fleet, plan, Approving()).ok());
        const std::string run = RunOfPlan(plan);
        const char* page = gone ? kAfternoon : kSunset;
        int calls = 0;
        Fleet faulty = world.Open([&](std::string_view, std::string_view) { return ++calls == at ? fault : Fault::kNone; });
        auto restored = RestorePage(faulty, run, page, {.by = "Rosa"});
        reached = calls >= at;
        const bool again = !restored.ok();
        if (again) restored = RestorePage(fleet, run, page, {.by = "Rosa"});
        ASSERT_TRUE(restored.ok()) << at << " " << restored.status().ToString();
        EXPECT_EQ(world.pages.Get(page)->bytes, gone ? kAfternoonBytes : kSunsetBytes) << at;
        const auto blobs = world.state.Snapshot().blobs;
        const bool kept = std::any_of(blobs.begin(), blobs.end(), [](const auto& blob) { return blob.second == kSunsetAfter; });
        EXPECT_EQ(kept, !gone) << at;
        const auto report = ReportOfRun(fleet, run);
        ASSERT_TRUE(report.ok()) << at << " " << report.status().ToString();
        EXPECT_TRUE(report->finished) << at;
        EXPECT_TRUE(again || world.state.Snapshot().journals.at(run).find("\"kind\":\"restored\"") != std::string::npos) << at;
      }
    }
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
