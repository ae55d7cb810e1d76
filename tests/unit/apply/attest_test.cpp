// attest: a person's word, once, whatever the listing and the stores do.
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;

// A marketplace that can be read and takes no values from us.
class ReadOnlyListing final : public Listing {
 public:
  explicit ReadOnlyListing(Listing& store) : store_(store) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<ListingPage> List() override { return store_.List(); }
  StatusOr<ListingEntry> Get(std::string_view id) override { return store_.Get(id); }
  StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes&, const Version&, const WriteStamp&) override {
    return Status(Code::kUnimplemented, "it can only be read", std::string(id));
  }

 private:
  Listing& store_;
};

class AttestTest : public RunTest {
 protected:
  AttestTest() : run_(RunOfPlan(plan_)), task_(IdOf(plan_, Verb::kManualTask)) {}

  // Of the task after the attestation.
  ActionReport Say(const std::string& by = "Rosa") {
    auto attested = Attest(fleet_, RunOfPlan(plan_), task_, by);
    EXPECT_TRUE(attested.ok()) << attested.status().ToString();
    return attested.ok() ? ReportOf(attested->report, task_) : ActionReport{};
  }
  std::string ListedStart() { return world_.listing.Get("L1")->attributes.at("start").get<std::string>(); }

  const std::string run_, task_;
};

TEST_F(AttestTest, WhatItNeedsComesFirst) {
  const std::string event = IdOf(plan_, Verb::kUpdateEvent);
  Change(Verb::kManualTask, "", [&event](Action& action) { action.needs = {event}; });
  Open([](std::string_view call, std::string_view) { return call == "calendar.Update" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_EQ(Of(Run(), Verb::kManualTask).outcome, Outcome::kBlocked);
  const auto early = Attest(fleet_, RunOfPlan(plan_), task_, "Rosa");
  EXPECT_EQ(early.code(), Code::kInvalidArgument);
  EXPECT_THAT(early.status().message(), HasSubstr("needs " + event));
  Open({});
  Resume();
  EXPECT_EQ(Say().outcome, Outcome::kDone);
}

TEST_F(AttestTest, ItSaysWhichTasksThereAre) {
  Action second;
  Change(Verb::kManualTask, "", [&second](Action& action) { second = action; });
  second.id = "manual_task-second";
  plan_.bookings[1].actions.push_back(second);
  plan_.hash = HashOfPlan(plan_);
  Run();
  EXPECT_THAT(Attest(fleet_, RunOfPlan(plan_), "x", "Rosa").status().message(), HasSubstr("its manual tasks: " + task_ + ", manual_task-second"));
  plan_ = World().MakePlanByHand();
  Only(Verb::kMoveCard);
  ApplyOptions options;
  options.overrides = {"unfinished_run"};
  Run(options);
  EXPECT_THAT(Attest(fleet_, RunOfPlan(plan_), "x", "Rosa").status().message(), HasSubstr("its manual tasks: none"));
}

// The attestation failed; the task is the person's again, and no machine writes that down twice.
TEST_F(AttestTest, AfterAFailureTheTaskWaitsForThePersonAgain) {
  Run();
  world_.listing.DeleteForeign("L1");
  EXPECT_EQ(Say().outcome, Outcome::kFailed);
  const RunReport resumed = Resume();
  EXPECT_EQ(Of(resumed, Verb::kManualTask).outcome, Outcome::kWaitsPerson);
  EXPECT_TRUE(resumed.finished) << "or it would be in the way of every later plan";
  const std::string lines = Lines();
  Resume();
  EXPECT_EQ(Lines().find("\"waits_person\""), lines.find("\"waits_person\""));
  EXPECT_EQ(Lines().size(), lines.size());
}

// The head falls behind with the first, and cannot be brought up to date by the second.
TEST_F(AttestTest, WhileNoHeadCanBeWrittenNothingIsAttested) {
  Run();
  Open([](std::string_view call, std::string_view resource) { return call == "state.PutDocument" && resource.starts_with("head/") ? Fault::kErrorBefore : Fault::kNone; });
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Attest(fleet_, run_, task_, "Rosa").code(), Code::kUnavailable);
  EXPECT_EQ(ListedStart(), "16:30");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(RestorePage(fleet_, run_, kAna, {}).code(), Code::kUnavailable);
  EXPECT_EQ(world_.pages.Get(kAna)->bytes, kAnaAfter);
  Open({});
  EXPECT_EQ(Say().outcome, Outcome::kDone);
}

TEST_F(AttestTest, AFleetFileThatHasChangedIsNotAttested) {
  Run();
  fleet_.config.fingerprint = "sha256:other";
  EXPECT_EQ(Attest(fleet_, run_, task_, "Rosa").code(), Code::kInvalidArgument);
  EXPECT_EQ(ListedStart(), "16:30");
}

TEST_F(AttestTest, AMarketplaceThatTakesNoValuesIsWaitedFor) {
  Run();
  fleet_.listings["boatsetter"] = std::make_unique<ReadOnlyListing>(world_.listing);
  const ActionReport report = Say();
  EXPECT_EQ(report.outcome, Outcome::kDone);
  EXPECT_THAT(report.detail, HasSubstr("boatsetter still shows start \"16:30\""));
}

TEST_F(AttestTest, AListingThatIsGoneFailsAndThePersonMaySayItAgain) {
  Run();
  world_.listing.DeleteForeign("L1");
  EXPECT_EQ(Say().outcome, Outcome::kFailed);
  world_.listing.PutForeign("L1", {{"id", "L1"}, {"start", "15:30"}});
  EXPECT_EQ(Say().outcome, Outcome::kDone);
}

TEST_F(AttestTest, AWriteThatIsRefusedFails) {
  Run();
  MemoryListing closed({.name = "boatsetter", .writable = false});
  closed.PutForeign("L1", {{"id", "L1"}, {"start", "16:30"}});
  fleet_.listings["boatsetter"] = std::make_unique<contract::FaultyListing>(closed, [](std::string_view, std::string_view) { return Fault::kNone; });
  EXPECT_EQ(Say().outcome, Outcome::kFailed);
}

TEST_F(AttestTest, ATaskWithoutValuesAndOneOfNoStoreRestOnTheWordAlone) {
  Change(Verb::kManualTask, "", [](Action& action) { action.change = ManualTask{"Ring the captain", {}, {}}; });
  EXPECT_EQ(Of(Run(), Verb::kManualTask).outcome, Outcome::kWaitsPerson);
  EXPECT_EQ(Say().outcome, Outcome::kDone);
  EXPECT_EQ(ListedStart(), "16:30");
  // Nobody knows what was there before: the way back is in the person's hands, too.
  const RunReport back = Back();
  EXPECT_THAT(Of(back, Verb::kManualTask).undo->detail, HasSubstr("take this back by hand: Ring the captain"));
}

TEST_F(AttestTest, ATaskOutsideOfTheFleetRestsOnTheWordAlone) {
  Change(Verb::kManualTask, "", [](Action& action) { action.store = "another marketplace"; });
  EXPECT_EQ(Of(Run(), Verb::kManualTask).outcome, Outcome::kWaitsPerson);
  EXPECT_EQ(Say().outcome, Outcome::kDone);
}

TEST_F(AttestTest, WhenEveryReplyIsLostItIsUnknownAndSaidAgain) {
  Run();
  world_.listing.PutForeign("L1", {{"id", "L1"}, {"start", "16:30"}});
  // Nothing arrives, and nobody knows.
  class Silent final : public Listing {
   public:
    explicit Silent(Listing& store) : store_(store) {}
    StoreTraits Traits() const override { return store_.Traits(); }
    StatusOr<ListingPage> List() override { return store_.List(); }
    StatusOr<ListingEntry> Get(std::string_view id) override { return store_.Get(id); }
    StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes&, const Version&, const WriteStamp&) override {
      return Status(Code::kUnknownOutcome, "no reply", std::string(id));
    }

   private:
    Listing& store_;
  };
  fleet_.listings["boatsetter"] = std::make_unique<Silent>(world_.listing);
  const ActionReport lost = Say();
  EXPECT_EQ(lost.outcome, Outcome::kUnknown);
  EXPECT_THAT(lost.detail, HasSubstr("attest again"));
  EXPECT_TRUE(ReportOfRun(fleet_, run_)->HasError());
  EXPECT_EQ(Of(Resume(), Verb::kManualTask).outcome, Outcome::kWaitsPerson);
  Open({});
  EXPECT_EQ(Say().outcome, Outcome::kDone);
  EXPECT_EQ(ListedStart(), "15:30");
}

TEST_F(AttestTest, OthersWhoKeepWritingTheJournalAreNotOvertaken) {
  Run();
  Open([](std::string_view call, std::string_view) { return call == "state.AppendJournal" ? Fault::kConflict : Fault::kNone; });
  const auto attested = Attest(fleet_, run_, task_, "Rosa");
  EXPECT_EQ(attested.code(), Code::kUnavailable);
  EXPECT_THAT(attested.status().message(), HasSubstr("attest again later"));
  EXPECT_EQ(ListedStart(), "16:30");
}

// Said once, or said again: it is recorded once, with the name of who said so.
TEST_F(AttestTest, EveryFaultAtEveryCall) {
  for (const bool back : {false, true}) {
    for (const Fault fault : {Fault::kErrorBefore, Fault::kReplyLost, Fault::kConflict}) {
      bool reached = true;
      for (int at = 1; reached; ++at) {
        World world;
        Fleet fleet = world.Open();
        const Plan plan = world.MakePlanByHand();
        ASSERT_TRUE(Apply(fleet, plan, Approving()).ok());
        const std::string run = RunOfPlan(plan), task = IdOf(plan, Verb::kManualTask);
        ASSERT_TRUE(!back || (Attest(fleet, run, task, "Gene").ok() && RollbackRun(fleet, run, {}).ok()));
        const std::uint64_t writes = world.listing.Snapshot().writes;
        int calls = 0;
        Fleet faulty = world.Open([&](std::string_view, std::string_view) { return ++calls == at ? fault : Fault::kNone; });
        auto attested = Attest(faulty, run, task, "Rosa");
        reached = calls >= at;
        const auto standing = [&] { return attested.ok() ? attested->report.Standing(ReportOf(attested->report, task)) : Outcome::kFailed; };
        if (standing() != Outcome::kDone) attested = Attest(fleet, run, task, "Rosa");
        ASSERT_TRUE(attested.ok()) << at << " " << attested.status().ToString();
        EXPECT_EQ(standing(), Outcome::kDone) << at;
        EXPECT_EQ(attested->by, "Rosa") << at;
        EXPECT_EQ(world.listing.Get("L1")->attributes.at("start"), back ? "16:30" : "15:30") << at;
        EXPECT_EQ(world.listing.Snapshot().writes, writes + 1) << at;
      }
    }
  }
}

}  // namespace
}  // namespace evenkeel::apply_test
