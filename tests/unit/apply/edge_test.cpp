// Caches that take their time: that are busy, that drop copies later, that serve something else.
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A cache by a script.
class SlowEdge final : public EdgeCache {
 public:
  struct Script {
    int busy = 0;           // how often it takes nothing
    int not_dropped = 0;    // how often something is in progress
    bool mute = false;      // it does not say, neither how much is in progress nor what it serves
    bool looks = false;
    std::map<std::string, std::string> serves;
    int asked = 0, found = 0, looked = 0;
    std::chrono::seconds takes{0};  // each look and each refusal
    MemoryEnvironment* environment = nullptr;
  };
  explicit SlowEdge(Script& script) : script_(script) {}
  StatusOr<std::string> Invalidate(const std::vector<std::string>&, std::string_view) override {
    if (script_.busy > 0) {
      script_.environment->Sleep(script_.takes);
      return --script_.busy, Status(Code::kLimitExceeded, "too many at once", "cdn");
    }
    return "I" + std::to_string(++script_.asked);
  }
  StatusOr<bool> WasAccepted(std::string_view) override { return ++script_.found, false; }
  StatusOr<std::size_t> CountInProgress() override {
    if (script_.mute) return Status(Code::kUnavailable, "no answer");
    return script_.not_dropped > 0 ? static_cast<std::size_t>(script_.not_dropped--) : std::size_t{0};
  }
  StatusOr<std::optional<std::string>> Serve(std::string_view path) override {
    if (!script_.looks) return Status(Code::kUnimplemented, "");
    script_.environment->Sleep(script_.takes);
    ++script_.looked;
    if (script_.mute) return Status(Code::kUnavailable, "no answer");
    const auto found = script_.serves.find(std::string(path));
    return found == script_.serves.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  Script& script_;
};

class Unreadable final : public ObjectStore {
 public:
  StoreTraits Traits() const override { return {}; }
  StatusOr<ObjectListing> List(std::string_view, std::string_view) override { return kAway; }
  StatusOr<ObjectInfo> Head(std::string_view) override { return kAway; }
  StatusOr<Object> Get(std::string_view) override { return kAway; }
  StatusOr<ObjectInfo> Replace(std::string_view, std::string_view, const Version&, const WriteStamp&) override { return kAway; }
  StatusOr<ObjectInfo> Create(std::string_view, std::string_view, std::string_view, const WriteStamp&) override { return kAway; }
  Status Delete(std::string_view, const Version&, const WriteStamp&) override { return kAway; }

 private:
  const Status kAway{Code::kUnavailable, "out of reach"};
};

class EdgeTest : public RunTest {
 protected:
  EdgeTest() {
    script_.environment = &world_.environment;
    fleet_.edge["cdn"] = std::make_unique<SlowEdge>(script_);
  }
  std::string Bytes(const std::string& key) { return fleet_.pages.at("guest-pages")->Get(key)->bytes; }
  void Invalidate(const std::string& key) {
    Change(Verb::kInvalidatePaths, "", [&](Action& action) { action.resource = key, action.change = InvalidatePaths{{"/g/a", "/g/a.html"}}; });
  }
  void ServeEverywhere(const std::string& bytes) { script_.serves = {{"/g/a", bytes}, {"/g/a.html", bytes}}; }
  SlowEdge::Script script_;
};

TEST_F(EdgeTest, ABusyCacheIsWaitedFor) {
  script_.busy = 12;
  const Instant before = world_.environment.Now();
  ApplyOptions options = Approving();
  options.keep_going = [] { return true; };
  const RunReport report = Run(options);
  EXPECT_EQ(Of(report, Verb::kInvalidatePaths).outcome, Outcome::kDone) << Outcomes(report);
  EXPECT_GT(world_.environment.Now(), before + std::chrono::seconds(60));
  EXPECT_FALSE(report.HasError());
}

TEST_F(EdgeTest, ACacheThatStaysBusyIsNotWaitedForForEver) {
  script_.busy = 1'000;
  const RunReport report = Run();
  EXPECT_EQ(Of(report, Verb::kInvalidatePaths).outcome, Outcome::kFailed);
  EXPECT_THAT(Of(report, Verb::kInvalidatePaths).detail, HasSubstr("too many at once"));
  script_.busy = 0;
  EXPECT_EQ(Of(Resume(), Verb::kInvalidatePaths).outcome, Outcome::kDone);
}

// Each waits as long as the one before has left it, and what the calls take counts.
TEST_F(EdgeTest, ARunHasOnePatienceForAllItsPages) {
  BookingPlan& booking = plan_.bookings.at(1);
  const Action first = *std::find_if(booking.actions.begin(), booking.actions.end(), [](const Action& action) { return action.verb == Verb::kInvalidatePaths; });
  for (int i = 0; i < 5; ++i) {
    Action action = first;
    action.id += "-" + std::to_string(i);
    action.change = InvalidatePaths{{"/g/" + std::to_string(i)}};
    booking.actions.push_back(action);
  }
  plan_.hash = HashOfPlan(plan_);
  script_.busy = 100'000;
  script_.takes = std::chrono::seconds(7);
  const Instant before = world_.environment.Now();
  EXPECT_TRUE(Run().HasError());
  const auto took = world_.environment.Now() - before;
  EXPECT_GE(took, std::chrono::minutes(20));
  EXPECT_LT(took, std::chrono::minutes(23)) << "of six actions one has waited";
}

TEST_F(EdgeTest, LooksThatTakeTooLongAreLeftForTheNextTime) {
  Invalidate(kSunset);
  script_.looks = true;
  script_.takes = std::chrono::minutes(21);
  const RunReport report = Run();
  EXPECT_EQ(script_.looked, 1);
  EXPECT_THAT(report.stale, ::testing::Contains(HasSubstr("cdn:/g/a.html: it was not looked at; resume looks again")));
  script_.takes = std::chrono::seconds(1);
  Resume();
  EXPECT_EQ(script_.looked, 3);
}

TEST_F(EdgeTest, ARunThatHasWaitedLongEnoughDoesNotWaitForTheCopiesEither) {
  BookingPlan& booking = plan_.bookings.at(1);
  Action second = *std::find_if(booking.actions.begin(), booking.actions.end(), [](const Action& action) { return action.verb == Verb::kInvalidatePaths; });
  second.id += "-2";
  booking.actions.push_back(second);
  plan_.hash = HashOfPlan(plan_);
  script_.busy = 1;
  script_.takes = std::chrono::minutes(21);
  script_.not_dropped = 1'000'000;
  const RunReport report = Run();
  EXPECT_EQ(Of(report, Verb::kInvalidatePaths).outcome, Outcome::kFailed);
  EXPECT_EQ(ReportOf(report, second.id).outcome, Outcome::kDone) << Outcomes(report);
  EXPECT_EQ(script_.found, 0);
  EXPECT_THAT(report.stale, ElementsAre(HasSubstr("in progress after 0 s; look there again later")));
  script_.not_dropped = 0;
  EXPECT_THAT(Resume().stale, IsEmpty());
  EXPECT_GT(script_.found, 0) << "what the first process had asked for";
}

TEST_F(EdgeTest, WhoIsAskedToStopLooksAtNothingMore) {
  Invalidate(kSunset);
  script_.looks = true;
  ServeEverywhere(kSunsetAfter);
  ApplyOptions options = Approving();
  options.keep_going = [this] { return script_.looked == 0; };
  const RunReport report = Run(options);
  EXPECT_EQ(script_.looked, 1);
  EXPECT_THAT(report.stale, ElementsAre("cdn:/g/a.html: it was not looked at; resume looks again"));
  EXPECT_THAT(Resume().stale, IsEmpty());
  EXPECT_EQ(script_.looked, 3);
}

TEST_F(EdgeTest, WhoIsAskedToStopDoesNotWaitForABusyCache) {
  script_.busy = 1'000;
  ApplyOptions options = Approving();
  options.keep_going = [this] { return script_.busy == 1'000; };
  const RunReport report = Run(options);
  EXPECT_EQ(script_.busy, 999);
  EXPECT_EQ(Of(report, Verb::kInvalidatePaths).outcome, Outcome::kFailed);
  EXPECT_FALSE(report.finished);
}

TEST_F(EdgeTest, ARunEndsWhenTheCopiesAreDropped) {
  script_.not_dropped = 3;
  std::vector<std::string> told;
  ApplyOptions options = Approving();
  options.keep_going = [] { return true; };
  options.progress = [&](const ActionReport& report) {
    if (report.outcome == Outcome::kPending) told.push_back(report.store + ": " + report.detail);
  };
  const RunReport report = Run(options);
  EXPECT_THAT(report.stale, IsEmpty());
  EXPECT_THAT(told, ElementsAre("cdn: 3 invalidations are in progress after 0 s", "cdn: 2 invalidations are in progress after 1 s", "cdn: 1 invalidation is in progress after 3 s"));
}

TEST_F(EdgeTest, CopiesThatAreNeverDroppedAreSaid) {
  script_.not_dropped = 1'000'000;
  const RunReport report = Run();
  EXPECT_THAT(report.stale, ElementsAre(AllOf(HasSubstr("cdn: "), HasSubstr("in progress after 12"), HasSubstr("look there again later"))));
  EXPECT_TRUE(report.HasError());
  EXPECT_TRUE(report.finished) << "everything of the run itself is done";
  EXPECT_THAT(RunReportToJson(report)["stale"].get<std::vector<std::string>>(), report.stale);
}

TEST_F(EdgeTest, WhoIsAskedToStopWaitsForNothing) {
  script_.not_dropped = 1'000'000;
  ApplyOptions options = Approving();
  options.keep_going = [this] { return script_.not_dropped == 1'000'000; };
  EXPECT_THAT(Run(options).stale, ElementsAre(HasSubstr("in progress after 0 s; look there again later")));
}

TEST_F(EdgeTest, ACacheThatDoesNotAnswerIsNamed) {
  Invalidate(kSunset);
  script_.looks = script_.mute = true;
  EXPECT_THAT(Run().stale, ElementsAre(HasSubstr("cdn: it does not say whether the copies are dropped: no answer"), HasSubstr("cdn:/g/a: it could not be looked at: no answer"),
                                       HasSubstr("cdn:/g/a.html: it could not be looked at: no answer")));
}

TEST_F(EdgeTest, WhatIsNoPageIsNotCompared) {
  for (const char* resource : {"S2FJLN", "paths"}) {
    Invalidate(resource);
    Change(Verb::kInvalidatePaths, "", [&](Action& action) { action.needs.insert(action.needs.begin(), IdOf(plan_, Verb::kRepointRecord)); });
    script_.looks = true;
    ServeEverywhere("anything");
    EXPECT_THAT(Run().stale, IsEmpty()) << resource;
  }
}

TEST_F(EdgeTest, APageThatCannotBeReadIsNotCompared) {
  Invalidate(kSunset);
  Run();
  script_.looks = true;
  ServeEverywhere("anything");
  fleet_.pages["guest-pages"] = std::make_unique<Unreadable>();
  EXPECT_THAT(Resume().stale, ElementsAre(HasSubstr("guest-pages:" + std::string(kSunset) + ": it could not be compared: out of reach")));
}

TEST_F(EdgeTest, WhatGuestsAreServedIsComparedWithThePage) {
  Invalidate(kSunset);
  script_.looks = true;
  ServeEverywhere(Bytes(kSunset));  // as it was
  const RunReport stale = Run();
  EXPECT_THAT(stale.stale, ElementsAre(HasSubstr("cdn:/g/a: it serves what was there before"), HasSubstr("cdn:/g/a.html: it serves what was there before")));
  ServeEverywhere(Bytes(kSunset));
  EXPECT_THAT(Resume().stale, IsEmpty());
  script_.serves["/g/a"] = "<html>maintenance</html>";
  EXPECT_THAT(Resume().stale, ElementsAre(HasSubstr("cdn:/g/a: it serves other bytes than the page has")));
  script_.serves.erase("/g/a");
  EXPECT_THAT(Resume().stale, ElementsAre(HasSubstr("cdn:/g/a: it serves nothing, and there is a page")));
}

TEST_F(EdgeTest, ARetiredPageMustNotBeServedAnyMore) {
  Invalidate(kAfternoon);
  script_.looks = true;
  ServeEverywhere(Bytes(kAfternoon));
  EXPECT_THAT(Run().stale, ElementsAre(HasSubstr("it serves what was there before"), HasSubstr("it serves what was there before")));
  ServeEverywhere("<html>Sorry, no such page</html>");
  EXPECT_THAT(Resume().stale, IsEmpty());
  script_.serves.clear();
  EXPECT_THAT(Resume().stale, IsEmpty());
}

}  // namespace
}  // namespace evenkeel::apply_test
