// What is looked at before a run begins: the plan itself, names, bookings, brakes; and what the reports say of runs.
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PlanChecksTest : public RunTest {
 protected:
  void Refuse(const std::string& words, Code code = Code::kInvalidArgument) {
    const auto report = Apply(fleet_, plan_, Approving());
    EXPECT_EQ(report.code(), code);
    EXPECT_THAT(report.status().ToString(), HasSubstr(words));
    EXPECT_THAT(world_.state.Snapshot().journals, IsEmpty());
    plan_ = world_.MakePlanByHand();
  }
  // The first `actions` are done, and no more.
  RunReport Stop(int actions) {
    ApplyOptions options = Approving();
    options.keep_going = [&actions] { return actions-- > 0; };
    return Run(options);
  }
};

TEST_F(PlanChecksTest, AChangeThatDoesNotFitItsVerb) {
  for (const Verb verb : {Verb::kBackUpPage, Verb::kEditPage, Verb::kRepointRecord, Verb::kUpdateRecord, Verb::kRetirePage, Verb::kInvalidatePaths, Verb::kUpdateEvent,
                          Verb::kManualTask, Verb::kMoveCard, Verb::kLeaveHandoff}) {
    Change(verb, "", [verb](Action& action) { action.change = verb == Verb::kMoveCard ? evenkeel::Change(LeaveHandoff{"x"}) : evenkeel::Change(MoveCard{"a", "b"}); });
    Refuse("does not fit its verb");
  }
}

TEST_F(PlanChecksTest, AnApprovalThatDoesNotFitItsVerb) {
  Change(Verb::kMoveCard, "", [](Action& action) { action.approval = Approval::kManual; });
  Refuse("a person does");
  Change(Verb::kManualTask, "", [](Action& action) { action.approval = Approval::kAuto; });
  Refuse("a person does");
}

TEST_F(PlanChecksTest, AChangeThatDoesNotSayWhatWasThereBefore) {
  Change(Verb::kUpdateRecord, "", [](Action& action) { std::get<SetAttributes>(action.change).from.clear(); });
  Refuse("what was there before");
  const auto refuse = [this](const std::function<void(UpdateEvent&)>& change) {
    Change(Verb::kUpdateEvent, "", [&change](Action& action) { change(std::get<UpdateEvent>(action.change)); });
    Refuse("what was there before");
  };
  refuse([](UpdateEvent& event) { event.from.start.reset(); });
  refuse([](UpdateEvent& event) { event.from.end.reset(); });
  refuse([](UpdateEvent& event) { event.to.summary = "x"; });
  refuse([](UpdateEvent& event) { event.to.description = "x"; });
}

TEST_F(PlanChecksTest, AStoreThatTheFleetDoesNotHave) {
  for (const Verb verb : {Verb::kBackUpPage, Verb::kRepointRecord, Verb::kInvalidatePaths, Verb::kUpdateEvent, Verb::kMoveCard}) {
    Change(verb, "", [](Action& action) { action.store = "elsewhere"; });
    Refuse("does not have: elsewhere");
  }
}

TEST_F(PlanChecksTest, IdsAndNeedsThatDoNotHold) {
  const std::string id = IdOf(plan_, Verb::kBackUpPage);
  Change(Verb::kMoveCard, "", [&id](Action& action) { action.id = id; });
  Refuse("two actions of this id");
  Change(Verb::kMoveCard, "", [](Action& action) { action.needs = {"nobody"}; });
  Refuse("needs nobody");
  std::swap(plan_.bookings[0].actions[0], plan_.bookings[0].actions[1]);
  plan_.bookings[0].actions[0].needs.clear();
  plan_.hash = HashOfPlan(plan_);
  Refuse("does not back up first");
}

TEST_F(PlanChecksTest, MoreActionsThanTheLimit) {
  fleet_.config.limits.run_actions = 3;
  Refuse("run_actions", Code::kLimitExceeded);
}

TEST_F(PlanChecksTest, WhereNothingCanBeApprovedNoneIsNamed) {
  Only(Verb::kUpdateEvent);
  ApplyOptions options;
  options.approvals = {"retire_page-00000000"};
  EXPECT_THAT(Apply(fleet_, plan_, options).status().message(), HasSubstr("approved: none"));
}

TEST_F(PlanChecksTest, TheAgeOfAPlanIsSaidInTheLargestUnit) {
  const auto why = [this](std::int64_t limit_s, std::chrono::seconds age) {
    fleet_.config.policy.brakes.plan_age_max_s = limit_s;
    world_.environment.SetNow(plan_.made_at + age);
    const RunReport report = Run();
    return report.brakes.empty() ? std::string() : report.brakes[0].why;
  };
  using namespace std::chrono_literals;
  EXPECT_EQ(why(10, 10s), "");
  world_.state.Restore({});
  EXPECT_THAT(why(1, 90s), HasSubstr("90 seconds ago; the policy allows 1 second;"));
  EXPECT_THAT(why(120, 3600s), HasSubstr("60 minutes ago; the policy allows 2 minutes;"));
  EXPECT_THAT(why(3600, 5h), HasSubstr("5 hours ago; the policy allows 60 minutes;"));
  EXPECT_THAT(why(7200, 24h * 3), HasSubstr("3 days ago; the policy allows 2 hours;"));
  fleet_.config.policy.brakes.plan_age_max_s = std::nullopt;
  EXPECT_THAT(Run().brakes, IsEmpty());
}

TEST_F(PlanChecksTest, ABrakeIsCalledByItsKeyWithUnitToo) {
  world_.environment.SetNow(plan_.made_at + std::chrono::hours(24 * 8));
  ApplyOptions options = Approving();
  options.overrides = {"plan_age_max_s"};
  EXPECT_THAT(Run(options).brakes, IsEmpty());
}

TEST_F(PlanChecksTest, ABookingIsNamedByItsPageOrByWhatItsVerdictsSay) {
  const auto certain = [](const char* field, const char* value) { return Verdict{field, Value(std::string(value)), {}, {}, "", "", Certainty::kCertain}; };
  plan_.bookings[0].verdicts = {certain("code", "ANA001"), certain("listing", "L9"), certain("guest", "L1")};
  plan_.bookings[1].verdicts = {certain("booking", "other-key"), certain("code", "S2FJLN"), certain("listing", "L9")};
  plan_.bookings[1].verdicts.emplace_back(Verdict{"code", {}, {}, {}, "", "", Certainty::kCertain});
  plan_.hash = HashOfPlan(plan_);
  const auto found = [this](const std::string& asked) {
    ApplyOptions options;
    options.booking = asked;
    options.keep_going = [] { return false; };
    const auto report = Apply(fleet_, plan_, options);
    return report.ok() ? report->actions.at(0).booking : report.status().message();
  };
  for (const std::string asked : {"ana1", "ANA001", kAna, "guest-pages:g/2026-06-01-ana.html"}) EXPECT_EQ(found(asked), "ana1") << asked;
  for (const std::string asked : {"xhqgmdh", "other-key", "S2FJLN", kSunset}) EXPECT_EQ(found(asked), "xhqgmdh") << asked;
  EXPECT_THAT(found("L9"), HasSubstr("several bookings of the plan have this; name one of: ana1, xhqgmdh"));
  EXPECT_THAT(found("L1"), HasSubstr("nothing for this booking")) << "a guest's name is no name of a booking";
  plan_.bookings[0].canonical.reset();
  for (int i = 0; i < 20; ++i) plan_.bookings.emplace_back().booking = "more" + std::to_string(i);
  plan_.hash = HashOfPlan(plan_);
  EXPECT_THAT(found("nobody"), HasSubstr("more9, …"));
  EXPECT_EQ(found("ANA001"), "ana1");
}

TEST_F(PlanChecksTest, ResumeGoesOnWithTheBookingThatIsAskedFor) {
  Stop(2);
  ApplyOptions options;
  options.booking = "nobody";
  EXPECT_EQ(ResumeRun(fleet_, RunOfPlan(plan_), options).code(), Code::kNotFound);
  options.booking = "ana1";
  EXPECT_TRUE(Take(ResumeRun(fleet_, RunOfPlan(plan_), options)).finished);
  EXPECT_EQ(Of(*ReportOfRun(fleet_, RunOfPlan(plan_)), Verb::kUpdateEvent).outcome, Outcome::kPending);
  options.booking.reset();
  options.approvals = {"nobody"};
  EXPECT_EQ(ResumeRun(fleet_, RunOfPlan(plan_), options).code(), Code::kInvalidArgument);
  options.approvals.clear();
  options.holder = "run-0123456789ab";
  EXPECT_EQ(ResumeRun(fleet_, RunOfPlan(plan_), options).code(), Code::kInvalidArgument);
  for (const char* holder : {"run-0123456789ab", " \t", "two\nlines"}) {
    EXPECT_EQ(RollbackRun(fleet_, RunOfPlan(plan_), {.by = "Rosa", .why = "", .holder = holder, .progress = {}, .keep_going = {}}).code(), Code::kInvalidArgument) << holder;
  }
  EXPECT_TRUE(Resume().finished);
}

TEST_F(PlanChecksTest, BookingsAreAskedForOneAfterTheOther) {
  const auto one = [this](const char* booking) {
    ApplyOptions options = Approving();
    options.booking = booking;
    return Run(options);
  };
  EXPECT_TRUE(one("ana1").finished);
  EXPECT_EQ(Of(Resume(), Verb::kUpdateEvent).outcome, Outcome::kPending) << "nobody asked for it";
  EXPECT_EQ(Of(one("xhqgmdh"), Verb::kRetirePage).outcome, Outcome::kDone);
  EXPECT_TRUE(ReportOfRun(fleet_, RunOfPlan(plan_))->finished);
  Run();
  EXPECT_EQ(one("ana1").actions.size(), 4u) << "less than all adds nothing";
}

TEST_F(PlanChecksTest, AnotherFleetsRunsAreNobodysHere) {
  Stop(2);
  fleet_.config.fingerprint = "sha256:other";
  EXPECT_THAT(*UnfinishedRuns(fleet_), IsEmpty());
  EXPECT_THAT(*OpenRuns(fleet_), IsEmpty());
  for (const auto& status : {ResumeRun(fleet_, RunOfPlan(plan_), {}).status(), RollbackRun(fleet_, RunOfPlan(plan_), {}).status()}) {
    EXPECT_THAT(status.message(), HasSubstr("another fleet file"));
  }
  plan_.fleet = "sha256:other";
  plan_.hash = HashOfPlan(plan_);
  EXPECT_THAT(Run().brakes, IsEmpty());
}

TEST_F(PlanChecksTest, OpenRunsAreThoseWithAnythingLeft) {
  Stop(2);
  Plan second = world_.MakePlanByHand();
  second.bookings.erase(second.bookings.begin());
  second.hash = HashOfPlan(second);
  ApplyOptions options;
  options.overrides = {"unfinished_run"};
  Take(Apply(fleet_, second, options));
  auto open = OpenRuns(fleet_);
  ASSERT_EQ(open->size(), 2u) << "one was cut off, one waits for an approval and a person";
  Resume();
  ASSERT_TRUE(Attest(fleet_, RunOfPlan(plan_), IdOf(plan_, Verb::kManualTask), "Rosa").ok());
  open = OpenRuns(fleet_);
  ASSERT_EQ(open->size(), 1u);
  EXPECT_EQ(open->at(0).run, RunOfPlan(second));
  // A journal that cannot be read is left out, and names itself where it is asked for.
  auto contents = world_.state.Snapshot();
  contents.journals.at(RunOfPlan(second))[9] ^= 1;
  world_.state.Restore(contents);
  EXPECT_THAT(*OpenRuns(fleet_), IsEmpty());
  EXPECT_THAT(*UnfinishedRuns(fleet_), IsEmpty()) << "at rest, by its head";
  EXPECT_THAT(ReportOfRun(fleet_, "run-000000000000").status().message(), HasSubstr(", "));
}

TEST_F(PlanChecksTest, AnUnfinishedRunBrakesItsOwnBookingsAlone) {
  Open([](std::string_view call, std::string_view resource) { return call == "records.Update" && resource == "ANA001" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_TRUE(Run().HasError());
  Open({});
  Plan other = plan_;
  other.bookings[0].notes = {"newer"};
  other.hash = HashOfPlan(other);
  ApplyOptions options;
  options.keep_going = [] { return false; };
  const auto brakes = [&](const std::optional<std::string>& booking) {
    options.booking = booking;
    return Take(Apply(fleet_, other, options)).brakes.size();
  };
  EXPECT_EQ(brakes("ana1"), 1u);
  EXPECT_EQ(brakes(std::nullopt), 1u);
  EXPECT_EQ(brakes("xhqgmdh"), 0u);
  other.bookings.resize(1);
  other.bookings[0].actions.clear();
  other.hash = HashOfPlan(other);
  EXPECT_EQ(brakes(std::nullopt), 0u) << "it does nothing to that booking";
}

TEST_F(PlanChecksTest, ARunThatCannotBeReadBrakesUntilSomebodyDecides) {
  auto contents = world_.state.Snapshot();
  contents.journals["run-ffffffffffff"] = "no line of a journal\n";
  contents.documents[{"head", "run-eeeeeeeeeeee"}] = {Json::array(), "v1"};
  contents.documents[{"head", "run-dddddddddddd"}] = {{{"at", 7}}, "v1"};
  contents.documents[{"head", "run-cccccccccccc"}] = {{{"count", 7}}, "v1"};
  world_.state.Restore(contents);
  const RunReport report = Run();
  ASSERT_EQ(report.brakes.size(), 1u);
  EXPECT_EQ(report.brakes[0].name, "unfinished_run");
  EXPECT_THAT(report.brakes[0].why, HasSubstr("damaged"));
  ApplyOptions options = Approving();
  options.overrides = {"unfinished_run", "clock_jump"};
  EXPECT_THAT(Run(options).brakes, IsEmpty());
}

TEST_F(PlanChecksTest, QuestionsWaitForPeopleUntilTheRunIsTakenBack) {
  Only(Verb::kUpdateEvent);
  plan_.bookings[0].questions.emplace_back();
  plan_.hash = HashOfPlan(plan_);
  EXPECT_TRUE(Run().WaitsForPeople());
  EXPECT_FALSE(Back().WaitsForPeople());
}

TEST_F(PlanChecksTest, ARunIsCalledByItsPlansDigits) {
  plan_.hash = "0123456789abcdef";
  EXPECT_EQ(RunOfPlan(plan_), "run-0123456789ab");
}

TEST_F(PlanChecksTest, ABrakeWaitsForPeople) {
  Only(Verb::kUpdateEvent);
  plan_.brakes = {{"edit_count", "too many"}};
  plan_.hash = HashOfPlan(plan_);
  EXPECT_TRUE(Run().WaitsForPeople());
}

// A crash after the last line, before the head said so.
TEST_F(PlanChecksTest, ARunWhoseHeadIsBehindIsAtRestByItsLines) {
  Run();
  auto contents = world_.state.Snapshot();
  contents.documents.at({"head", RunOfPlan(plan_)}).value.erase("finished");
  world_.state.Restore(contents);
  EXPECT_THAT(*UnfinishedRuns(fleet_), IsEmpty());
  Plan other = plan_;
  other.bookings[0].notes = {"newer"};
  other.hash = HashOfPlan(other);
  EXPECT_THAT(Take(Apply(fleet_, other, {})).brakes, IsEmpty());
}

TEST_F(PlanChecksTest, AnAttemptThatWasCutOffBrakesAsWell) {
  Only(Verb::kMoveCard);
  bool struck = false;
  Open([&struck](std::string_view call, std::string_view) {
    struck = struck || call == "board.Move";
    return struck && call == "state.AppendJournal" ? Fault::kErrorBefore : Fault::kNone;
  });
  EXPECT_FALSE(Apply(fleet_, plan_, {}).ok());
  Open({});
  Plan other = plan_;
  other.bookings[0].notes = {"newer"};
  other.hash = HashOfPlan(other);
  EXPECT_EQ(Take(Apply(fleet_, other, {})).brakes.size(), 1u);
  EXPECT_TRUE(Resume().finished);
}

TEST_F(PlanChecksTest, EachActionThatWasCarriedOutIsToldOnce) {
  std::vector<std::string> told;
  ApplyOptions options = Approving();
  options.progress = [&told](const ActionReport& action) { told.push_back(action.action + " " + std::string(OutcomeName(action.outcome))); };
  const RunReport report = Run(options);
  std::vector<std::string> expected;
  for (const ActionReport& action : report.actions) expected.push_back(action.action + " " + std::string(OutcomeName(action.outcome)));
  std::erase_if(expected, [](const std::string& one) { return one.ends_with("waits_person"); });
  EXPECT_EQ(told, expected);
  Run(options);
  EXPECT_EQ(told, expected) << "nothing is told of what was done before";
}

TEST_F(PlanChecksTest, AnActionThatDependsOnNoVersionGoesOnFromAnyOther) {
  for (Action& action : plan_.bookings[0].actions) {
    if (action.resource == "ANA001") action.precondition.clear();
  }
  plan_.hash = HashOfPlan(plan_);
  int updates = 0;
  Open([&](std::string_view call, std::string_view resource) {
    if (call != "records.Update" || resource != "ANA001" || ++updates != 1) return Fault::kNone;
    Attributes record = world_.records.Snapshot().entries.at("ANA001").item;
    record["guest_name"] = "Anna";
    world_.records.PutForeign("ANA001", record);
    return Fault::kConflict;
  });
  const RunReport report = Run();
  const Attributes record = world_.records.Snapshot().entries.at("ANA001").item;
  EXPECT_EQ(record.at("captain"), "Rosa") << Outcomes(report);
  EXPECT_EQ(record.at("start_time"), "14:00");
  EXPECT_EQ(record.at("guest_name"), "Anna");
}

TEST_F(PlanChecksTest, WhereAStateStoreGivesNoAnswerNobodyIsToldThatThereIsNoRun) {
  Stop(2);
  Open([](std::string_view call, std::string_view) { return call == "state.ListJournals" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_EQ(ReportOfRun(fleet_, "run-000000000000").code(), Code::kUnavailable);
  EXPECT_EQ(OpenRuns(fleet_).code(), Code::kUnavailable);
  // One journal that gives no answer is left out of the open ones, at whichever of its calls.
  for (const int at : {1, 2}) {
    int reads = 0;
    Open([&](std::string_view call, std::string_view) { return call == "state.ReadJournal" && ++reads == at ? Fault::kErrorBefore : Fault::kNone; });
    EXPECT_THAT(*OpenRuns(fleet_), IsEmpty()) << at;
  }
}

TEST_F(PlanChecksTest, ABookingWithoutAPageAndAFleetThatProtectsNothing) {
  plan_.bookings[1].canonical.reset();
  plan_.hash = HashOfPlan(plan_);
  EXPECT_TRUE(Run().finished);
  World world;
  Fleet fleet = world.Open();
  fleet.config.policy.protect.clear();
  EXPECT_TRUE(Take(Apply(fleet, world.MakePlanByHand(), Approving())).finished);
  EXPECT_THAT(*world.state.ListDocuments("features"), IsEmpty());
}

// What only reads says that it cannot, and writes nothing.
TEST_F(PlanChecksTest, EveryFaultAtEveryCallOfWhatReads) {
  Stop(2);
  const std::string run = RunOfPlan(plan_);
  const std::string before = world_.Contents();
  const auto each = [&](const std::function<Status(Fleet&)>& read) {
    bool reached = true;
    for (int at = 1; reached; ++at) {
      int calls = 0;
      Fleet faulty = world_.Open([&](std::string_view, std::string_view) { return ++calls == at ? Fault::kErrorBefore : Fault::kNone; });
      const Status said = read(faulty);
      reached = calls >= at;
      EXPECT_EQ(said.code(), reached ? Code::kUnavailable : Code::kOk) << at << " " << said.ToString();
    }
  };
  each([](Fleet& fleet) { return UnfinishedRuns(fleet).status(); });
  each([&](Fleet& fleet) { return ReportOfRun(fleet, run).status(); });
  each([&](Fleet& fleet) { return PlanOfRun(fleet, run).status(); });
  EXPECT_EQ(world_.Contents(), before);
}

}  // namespace
}  // namespace evenkeel::apply_test
