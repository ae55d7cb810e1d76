// AcceptDrift: what may differ for a while, and what may not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/evenkeel.h"
#include "evenkeel/exit_code.h"
#include "observe/state_documents.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kToday = "2026-05-28";  // by the world's clock, 20:26:40

class AcceptTest : public ::testing::Test {
 protected:
  AcceptTest() : fleet_(world_.Open()) { fleet_.config.policy.authority["*"] = {{"dispatch"}}; }
  // Ana's record, page and whatever else says when she sails say one o'clock; a person says another time.
  void Move(const std::string& start) { ASSERT_TRUE(SetFields(fleet_, "ana1", {"start=" + start}, "Gene").ok()); }

  static AcceptOptions Until(const std::string& day) {
    AcceptOptions options;
    options.why = "the guest has been told by telephone";
    options.by = "Rosa";
    options.until = ParseDate(day);
    return options;
  }
  static AcceptOptions Withdrawn() {
    AcceptOptions options;
    options.by = "Ana";
    options.withdraw = true;
    return options;
  }
  StatusOr<std::vector<Acceptance>> Accept(const std::string& day = "2026-05-31") { return AcceptDrift(fleet_, "ana1", {"start"}, Until(day)); }

  Decision Ana() {
    AuditOptions options;
    options.booking = "ana1";
    auto audit = AuditFleet(fleet_, options);
    EXPECT_TRUE(audit.ok()) << audit.status().ToString();
    return audit.ok() ? audit->decisions.front() : Decision{};
  }
  Verdict Start() {
    const Decision decision = Ana();
    const Verdict* start = decision.Find("start");
    return start == nullptr ? Verdict{} : *start;
  }
  BookingPlan Planned() {
    AuditOptions options;
    options.booking = "ana1";
    const auto plan = PlanFleet(fleet_, options);
    EXPECT_TRUE(plan.ok()) << plan.status().ToString();
    return plan.ok() && !plan->bookings.empty() ? plan->bookings.front() : BookingPlan{};
  }

  World world_;
  Fleet fleet_;
};

TEST_F(AcceptTest, WhatIsAcceptedIsShownAndNeitherDriftNorPlanned) {
  Move("15:00");
  const std::size_t differing = Start().against.size();
  ASSERT_GE(differing, 2u) << "the record and the page";
  ASSERT_THAT(Planned().actions, ::testing::Not(IsEmpty()));
  const std::string before = world_.Systems();
  const auto kept = Accept();
  ASSERT_TRUE(kept.ok()) << kept.status().ToString();
  EXPECT_EQ(world_.Systems(), before) << "nothing but a word is kept";
  ASSERT_EQ(ListAcceptances(world_.state)->size(), 1u);
  EXPECT_EQ(ListAcceptances(world_.state)->front(), kept->front());

  const Verdict start = Start();
  EXPECT_THAT(start.against, IsEmpty());
  ASSERT_THAT(start.accepted, SizeIs(differing));
  EXPECT_EQ(start.accepted.front().by, "Rosa");
  EXPECT_EQ(FormatInstant(start.accepted.front().until), "2026-06-01T00:00:00Z") << "the day is over then";
  for (const Finding& finding : Ana().findings) EXPECT_NE(finding.kind, FindingKind::kDrift);
  const BookingPlan plan = Planned();
  EXPECT_THAT(plan.actions, IsEmpty());
  EXPECT_THAT(plan.notes, Contains(HasSubstr("which Rosa has accepted until 2026-06-01T00:00:00Z: the guest has been told by telephone")));
  AuditOptions ana;
  ana.booking = "ana1";
  EXPECT_TRUE(Verify(fleet_, ana)->Agrees());
}

TEST_F(AcceptTest, ItComesBackWhenTheDayIsOver) {
  Move("15:00");
  ASSERT_TRUE(Accept(kToday).ok());
  world_.environment.SetNow(*ParseInstant("2026-05-28T23:59:59Z"));
  EXPECT_THAT(Start().against, IsEmpty());
  world_.environment.SetNow(*ParseInstant("2026-05-29T00:00:00Z"));
  EXPECT_THAT(Start().accepted, IsEmpty());
  EXPECT_THAT(Start().against, ::testing::Not(IsEmpty()));
}

TEST_F(AcceptTest, AnotherTruthIsNotWhatWasAccepted) {
  Move("15:00");
  ASSERT_TRUE(Accept().ok());
  Move("16:00");
  EXPECT_THAT(Start().accepted, IsEmpty());
  EXPECT_THAT(Start().against, ::testing::Not(IsEmpty()));
  // Once more, and it is accepted as it stands now.
  ASSERT_TRUE(Accept().ok());
  EXPECT_THAT(Start().against, IsEmpty());
  Move("15:00");
  EXPECT_THAT(Start().accepted, IsEmpty()) << "the later word has taken the earlier one's place";
}

TEST_F(AcceptTest, AnotherWordIsNotWhatWasAccepted) {
  Move("15:00");
  ASSERT_TRUE(Accept().ok());
  const std::size_t accepted = Start().accepted.size();
  world_.pages.PutForeign(kAna, "<html><body><p>Ana sails at 12:00 PM</p></body></html>\n");
  const Verdict start = Start();
  ASSERT_THAT(start.against, SizeIs(1));
  EXPECT_EQ(start.against.front().resource.key, kAna);
  EXPECT_THAT(start.accepted, SizeIs(accepted - 1)) << "the record still says what was accepted";
  EXPECT_THAT(Planned().actions, ::testing::Not(IsEmpty()));
}

TEST_F(AcceptTest, ItCanBeWithdrawn) {
  EXPECT_EQ(AcceptDrift(fleet_, "ana1", {"start"}, Withdrawn()).code(), Code::kNotFound);
  Move("15:00");
  ASSERT_TRUE(Accept().ok());
  ASSERT_TRUE(AcceptDrift(fleet_, "ana1", {"start"}, Withdrawn()).ok());
  EXPECT_THAT(Start().against, ::testing::Not(IsEmpty()));
  EXPECT_EQ(ListAcceptances(world_.state)->front().by, "Ana") << "who withdrew it is known";
  EXPECT_EQ(AcceptDrift(fleet_, "ana1", {"start"}, Withdrawn()).code(), Code::kNotFound);
}

TEST_F(AcceptTest, UntilADayThatIs366DaysAway) {
  Move("15:00");
  EXPECT_EQ(Accept("2027-05-29").code(), Code::kOk);
}

TEST_F(AcceptTest, RefusesWithOneClearLineAndKeepsNothing) {
  Move("15:00");
  const auto refuse = [this](const std::vector<std::string>& fields, AcceptOptions options, Code code, const std::string& words, const std::string& booking = "ana1") {
    const auto kept = AcceptDrift(fleet_, booking, fields, options);
    EXPECT_EQ(kept.code(), code) << words;
    EXPECT_THAT(kept.status().ToString(), HasSubstr(words));
    EXPECT_THAT(ListAcceptances(world_.state).value(), IsEmpty());
  };
  const AcceptOptions well = Until("2026-05-31");
  AcceptOptions nobody = well, nothing = well, never = well;
  nobody.by.clear();
  nothing.why.clear();
  never.until.reset();
  refuse({"start"}, nobody, Code::kInvalidArgument, "--by");
  refuse({"start"}, nothing, Code::kInvalidArgument, "--why");
  refuse({"start"}, never, Code::kInvalidArgument, "--until");
  refuse({}, well, Code::kInvalidArgument, "say of which fields");
  refuse({"start", "strat"}, well, Code::kInvalidArgument, "did you mean start?");
  refuse({"start", "start"}, well, Code::kInvalidArgument, "twice");
  refuse({"code"}, well, Code::kInvalidArgument, "identifies");
  refuse({"updated"}, well, Code::kInvalidArgument, "not decided by anybody's word");
  AcceptOptions blank = well, lines = well;
  blank.by = "  ";
  lines.why = "told\nby telephone";
  refuse({"start"}, blank, Code::kInvalidArgument, "--by");
  refuse({"start"}, lines, Code::kInvalidArgument, "on one line");
  refuse({"start", "captain"}, well, Code::kNotFound, "nothing to accept");
  refuse({"start"}, Until("2026-05-27"), Code::kInvalidArgument, "is over in");
  refuse({"start"}, Until("2027-05-30"), Code::kInvalidArgument, "evenkeel set");
  refuse({"start"}, well, Code::kNotFound, "nobody", "nobody");
}

TEST_F(AcceptTest, ADamagedAcceptanceIsNamed) {
  Move("15:00");
  ASSERT_TRUE(Accept().ok());
  const StateDocument document = world_.state.ListDocuments(kAcceptanceKind)->front();
  Json damaged = document.value;
  damaged["words"][0].erase("says");
  ASSERT_TRUE(world_.state.PutDocument(kAcceptanceKind, document.id, damaged, document.version).ok());
  const auto audit = AuditFleet(fleet_, {});
  EXPECT_EQ(audit.code(), Code::kInvalidArgument);
  EXPECT_THAT(audit.status().ToString(), HasSubstr("damaged acceptance document"));
}

}  // namespace
}  // namespace evenkeel::apply_test
