#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/evenkeel.h"
#include "observe/state_documents.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;

constexpr Date kMay30{date::year(2026), date::month(5), date::day(30)};
constexpr Date kJune1{date::year(2026), date::month(6), date::day(1)};

class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() { Open(); }
  void Open(contract::FaultPlan faults = {}) {
    fleet_ = world_.Open(std::move(faults));
    fleet_.config.policy.authority["*"] = {{"dispatch"}};
  }
  static std::vector<std::string> KeysOf(const Audit& audit) {
    std::vector<std::string> keys;
    for (const Decision& decision : audit.decisions) keys.push_back(decision.booking.key);
    return keys;
  }
  std::vector<std::string> KeysFor(const AuditOptions& options) {
    auto audit = AuditFleet(fleet_, options);
    EXPECT_TRUE(audit.ok()) << audit.status().ToString();
    return audit.ok() ? KeysOf(*audit) : std::vector<std::string>{};
  }

  World world_;
  Fleet fleet_;
};

TEST_F(VerifyTest, AuditFindsBookingsByAnythingThatNamesThem) {
  for (const char* name : {"xhqgmdh", "S2FJLN", "2026-05-30-jonathan-afternoon", "g/2026-05-30-jonathan-afternoon.html",
                           "https://example.com/g/2026-05-30-jonathan-afternoon"}) {
    AuditOptions options;
    options.booking = name;
    EXPECT_EQ(KeysFor(options), std::vector<std::string>{"xhqgmdh"}) << name;
  }
}

// Stopped after the n-th question, for every n: nothing is said and no answer kept; asked to the end, everything is as without.
TEST_F(VerifyTest, TheHostStopsALookAtAnyPoint) {
  int left = 0, asked = 0;
  AuditOptions options;
  options.keep_going = [&] { return ++asked, left-- > 0; };
  for (int stop_after = 0; stop_after < 100; ++stop_after) {
    left = stop_after;
    asked = 0;
    const auto plan = PlanFleet(fleet_, options);
    if (plan.ok()) {
      EXPECT_GT(stop_after, 5);
      EXPECT_EQ(plan->hash, PlanFleet(fleet_, {})->hash);
      return;
    }
    EXPECT_EQ(plan.code(), Code::kUnavailable);
    EXPECT_THAT(plan.status().ToString(), HasSubstr("stopped"));
    EXPECT_EQ(asked, stop_after + 1) << "asked again after it said stop";
  }
  ADD_FAILURE() << "asked a hundred times for so few pages";
}

// Between the reading and the plan somebody changes a page, takes one away, puts one back as it was: only what was read is handed out.
TEST_F(VerifyTest, BytesForAPlanAreThoseThatWereReadOrNone) {
  const auto snapshot = Observe(fleet_);
  ASSERT_TRUE(snapshot.ok());
  std::map<std::string, const Observed*> pages;
  for (const Observed& observed : snapshot->resources) {
    if (observed.page) pages[observed.resource.key] = &observed;
  }
  const std::vector<const Observed*> asked{pages.at(kAna), pages.at(kSunset), pages.at(kAfternoon)};
  const auto now = [&] { return ReadFromStores(fleet_)->Read(asked); };
  const auto before = now();
  ASSERT_EQ(before.size(), 3u);
  EXPECT_EQ(*before[0], kAnaBytes);
  EXPECT_EQ(*before[1], kSunsetBytes);
  world_.pages.PutForeign(kSunset, std::string(kSunsetBytes) + " ");
  world_.pages.DeleteForeign(kAfternoon);
  const auto after = now();
  EXPECT_EQ(*after[0], kAnaBytes);
  EXPECT_EQ(after[1].code(), Code::kPreconditionFailed);
  EXPECT_THAT(after[1].status().ToString(), HasSubstr("changed by somebody after it was read; plan again"));
  EXPECT_EQ(after[2].code(), Code::kNotFound);
  world_.pages.PutForeign(kSunset, kSunsetBytes);
  EXPECT_EQ(now()[1].code(), Code::kPreconditionFailed) << "the same bytes under another version: a write planned from them would be refused";
}

TEST_F(VerifyTest, AnUnknownBookingNamesANearOne) {
  AuditOptions options;
  options.booking = "xhqgmdx";
  auto audit = AuditFleet(fleet_, options);
  EXPECT_EQ(audit.code(), Code::kNotFound);
  EXPECT_THAT(audit.status().ToString(), HasSubstr("xhqgmdh"));
  options.booking = "hqgmd";  // a part of a token is no token
  EXPECT_EQ(AuditFleet(fleet_, options).code(), Code::kNotFound);
}

TEST_F(VerifyTest, DatesAreInclusive) {
  AuditOptions options;
  options.from = options.to = kJune1;
  EXPECT_EQ(KeysFor(options), std::vector<std::string>{"ana1"});
  options.from = kMay30;
  EXPECT_THAT(KeysFor(options), ::testing::UnorderedElementsAre("ana1", "xhqgmdh"));
  options.from = Date{date::year(2026), date::month(6), date::day(2)};
  options.to = std::nullopt;
  EXPECT_TRUE(KeysFor(options).empty());
}

TEST_F(VerifyTest, AuditSeesWhatLivesUnderAPagesSlug) {
  ASSERT_TRUE(world_.pages.Create("g/2026-05-30-jonathan-afternoon/photo.jpg", "x", "image/jpeg", {}).ok());
  ASSERT_TRUE(world_.pages.Create("g/2026-05-30-jonathan-sunset-2.jpg", "x", "image/jpeg", {}).ok());
  const auto audit = AuditFleet(fleet_, {});
  ASSERT_TRUE(audit.ok());
  for (const Observed& observed : audit->snapshot.resources) {
    if (!observed.page) continue;
    const bool has_photo = observed.resource.key == kAfternoon;
    EXPECT_EQ(observed.page->object_beneath, has_photo ? "g/2026-05-30-jonathan-afternoon/photo.jpg" : "") << observed.resource.key;
  }
}

TEST_F(VerifyTest, AuditGoesOnWithoutAStoreAndAPlanDoesNot) {
  Open([](std::string_view call, std::string_view) { return call == "calendar.List" ? Fault::kErrorBefore : Fault::kNone; });
  auto audit = AuditFleet(fleet_, {});
  ASSERT_TRUE(audit.ok());
  EXPECT_FALSE(audit->decisions.empty());
  auto plan = PlanFleet(fleet_, {});
  EXPECT_EQ(plan.code(), Code::kUnavailable);
  EXPECT_THAT(plan.status().ToString(), HasSubstr("calendar"));
  EXPECT_THAT(plan.status().ToString(), HasSubstr("doctor"));
  EXPECT_EQ(Verify(fleet_, {}).code(), Code::kUnavailable);
}

TEST_F(VerifyTest, AnAnswerToNoQuestionIsRefused) {
  AuditOptions options;
  options.answers = {{"question-1", "yes"}};
  auto plan = PlanFleet(fleet_, options);
  EXPECT_EQ(plan.code(), Code::kInvalidArgument);
  EXPECT_THAT(plan.status().ToString(), HasSubstr("question-1"));
  EXPECT_TRUE(ListAnswers(*fleet_.state)->empty());
}

TEST_F(VerifyTest, AnAnswerIsKeptWithItsName) {
  // Two records of equal rank say different starts.
  fleet_.config.policy.authority["*"] = {{"dispatch", "calendar"}};
  auto asked = AuditFleet(fleet_, {});
  ASSERT_TRUE(asked.ok());
  std::optional<Question> question;
  for (const Decision& decision : asked->decisions) {
    if (!decision.questions.empty()) question = decision.questions.front();
  }
  ASSERT_TRUE(question);
  EXPECT_TRUE(asked->FoundAnything());
  AuditOptions options;
  options.answers = {{question->id, "no such option"}};
  EXPECT_EQ(PlanFleet(fleet_, options).code(), Code::kInvalidArgument);
  options.answers = {{question->id, question->options.front().name}};
  ASSERT_TRUE(PlanFleet(fleet_, options).ok());
  EXPECT_EQ(ListAnswers(*fleet_.state)->front().by, "") << "nobody gave a name";
  options.by = "Rosa";
  auto plan = PlanFleet(fleet_, options);
  ASSERT_TRUE(plan.ok()) << plan.status().ToString();
  const auto kept = ListAnswers(*fleet_.state).value();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].by, "Rosa");
  // Asked again without the answer: the kept one counts, and the plan is the same.
  auto again = PlanFleet(fleet_, {});
  EXPECT_EQ(again->hash, plan->hash);
  options.by = "Ana";
  EXPECT_TRUE(PlanFleet(fleet_, options).ok()) << "the same answer again is no error";
  EXPECT_EQ(ListAnswers(*fleet_.state)->front().by, "Rosa") << "who was first is kept";
}

TEST_F(VerifyTest, PlanApplyVerifyEndsInAgreement) {
  auto plan = PlanFleet(fleet_, {});
  ASSERT_TRUE(plan.ok()) << plan.status().ToString();
  EXPECT_TRUE(plan->CanChangeAnything());
  EXPECT_FALSE(Verify(fleet_, {})->Agrees());
  ApplyOptions options;
  options.approve_all = true;
  auto report = Apply(fleet_, *plan, options);
  ASSERT_TRUE(report.ok()) << report.status().ToString();
  EXPECT_FALSE(report->HasConflict()) << Outcomes(*report);
  EXPECT_FALSE(report->HasError()) << Outcomes(*report);
  auto after = Verify(fleet_, {});
  ASSERT_TRUE(after.ok());
  EXPECT_FALSE(after->remaining.CanChangeAnything()) << DumpJsonPretty(PlanToJson(after->remaining));
}

class DoctorTest : public VerifyTest {
 protected:
  // "what: detail" of the checks that failed.
  std::vector<std::string> Failures() {
    auto checks = Examine(fleet_);
    EXPECT_TRUE(checks.ok());
    std::vector<std::string> failures;
    for (const Check& check : *checks) {
      if (!check.passed) failures.push_back(check.store + " " + check.what + ": " + check.detail);
    }
    return failures;
  }
};

TEST_F(DoctorTest, AHealthyFleetPassesAndNothingIsWritten) {
  const std::string before = world_.Contents();
  const auto effects = world_.Effects();
  EXPECT_THAT(Failures(), ::testing::IsEmpty());
  EXPECT_EQ(world_.Contents(), before);
  EXPECT_EQ(world_.Effects(), effects);
  EXPECT_TRUE(fleet_.state->ListDocuments("probe")->empty());
}

TEST_F(DoctorTest, EachFaultIsNamed) {
  Open([](std::string_view call, std::string_view) {
    return call == "records.List" || call == "edge.WasAccepted" ? Fault::kErrorBefore : Fault::kNone;
  });
  EXPECT_THAT(Failures(), ::testing::UnorderedElementsAre(HasSubstr("dispatch readable"), HasSubstr("cdn readable")));
  Open();
  fleet_.config.records[0].fields["crew"] = "crew_names";
  fleet_.config.policy.protect = {"waiver-forn"};
  fleet_.config.policy.authority["start"] = {{"dispatsh"}};
  EXPECT_THAT(Failures(), ::testing::UnorderedElementsAre(HasSubstr("crew_names (crew)"), HasSubstr("did you mean waiver-form"),
                                                          HasSubstr("did you mean dispatch")));
}

// An endpoint that only speaks like AWS is tried by the first write, for doctor writes to no store of the operator's.
TEST_F(DoctorTest, WhatNobodyTriedIsNotCalledGood) {
  const auto conditions = [&] {
    const auto checks = Examine(fleet_);
    for (const Check& check : checks.value()) {
      if (check.store == fleet_.config.pages[0].store.name && check.what == "conditions") return check.detail;
    }
    return std::string();
  };
  EXPECT_THAT(conditions(), HasSubstr("writes are conditional"));
  fleet_.config.pages[0].store.settings["endpoint"] = "http://127.0.0.1:7480";
  EXPECT_EQ(conditions(), "not tried yet, for that takes a write; tried before the first write");
}

TEST_F(DoctorTest, AStateThatCannotBeWrittenIsNamed) {
  Open([](std::string_view call, std::string_view) { return call == "state.PutDocument" ? Fault::kErrorBefore : Fault::kNone; });
  EXPECT_THAT(Failures(), ::testing::ElementsAre(HasSubstr("state writable")));
}

TEST_F(DoctorTest, ARunThatWasCutOffIsNamed) {
  ApplyOptions options;
  int left = 2;
  options.keep_going = [&left] { return left-- > 0; };
  auto report = Apply(fleet_, world_.MakePlanByHand(), options);
  EXPECT_THAT(Failures(), ::testing::ElementsAre(HasSubstr(report->run)));
}

}  // namespace
}  // namespace evenkeel::apply_test
