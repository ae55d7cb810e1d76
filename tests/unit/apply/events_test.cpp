// update_event, move_card, invalidate_paths and leave_handoff: each way in which a system can answer.
#include "observe/state_documents.h"
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;

// A board that answers every move with one code, and moves nothing.
class RefusingBoard final : public TaskBoard {
 public:
  RefusingBoard(TaskBoard& board, Code code) : board_(board), code_(code) {}
  StoreTraits Traits() const override { return board_.Traits(); }
  std::string DoneLane() const override { return board_.DoneLane(); }
  StatusOr<CardListing> List() override { return board_.List(); }
  StatusOr<Card> Get(std::string_view id) override { return board_.Get(id); }
  StatusOr<Card> Move(std::string_view id, std::string_view, const Version&, const WriteStamp&) override { return ++moves, Status(code_, "by plan", std::string(id)); }

  int moves = 0;

 private:
  TaskBoard& board_;
  const Code code_;
};

// A zone that nobody knows; everything else is UTC.
class OneUnknownZone final : public ZoneSource {
 public:
  StatusOr<ZonedTime> ToLocal(std::string_view zone, Instant instant) const override { return flat_.ToLocal(zone, instant); }
  StatusOr<LocalResolution> ToInstant(std::string_view zone, LocalSeconds local) const override {
    if (zone == "Nowhere/Zone") return Status(Code::kInvalidArgument, "no such zone", std::string(zone));
    return flat_.ToInstant(zone, local);
  }
  bool Has(std::string_view zone) const override { return zone != "Nowhere/Zone"; }
  std::string DatabaseVersion() const override { return "test"; }

 private:
  FlatZones flat_;
};

class EventsTest : public RunTest {
 protected:
  Event EventNow() { return *world_.calendar.Get("event-1"); }
  // Somebody else's event, made of the one that stands there.
  void Disturb(const std::function<void(Event&)>& change) {
    Event event = EventNow();
    change(event);
    world_.calendar.PutForeign(event);
  }
  // The plan's event is written, the reply is lost, `change` happens, and the run looks.
  ActionReport AfterALostReply(const std::function<void(Event&)>& change) {
    Only(Verb::kUpdateEvent);
    bool struck = false;
    Open([&](std::string_view call, std::string_view) {
      if (call == "calendar.Get" && struck) Disturb(change);
      if (call != "calendar.Update" || struck) return Fault::kNone;
      struck = true;
      return Fault::kReplyLost;
    });
    fleet_.zones = &zones_;
    return Of(Run(), Verb::kUpdateEvent);
  }

  OneUnknownZone zones_;
};

TEST_F(EventsTest, TextsAndStatusAreWrittenAndTakenBack) {
  Disturb([](Event& event) { event.description = "bring a coat"; });
  plan_ = world_.MakePlanByHand();
  Change(Verb::kUpdateEvent, "", [](Action& action) {
    UpdateEvent& change = std::get<UpdateEvent>(action.change);
    change.from.summary = "Jonathan", change.to.summary = "Jonathan 3:30";
    change.from.description = "bring a coat", change.to.description = "bring two coats";
    change.to.status = "CONFIRMED";
  });
  const Event before = EventNow();
  EXPECT_EQ(Of(Run(), Verb::kUpdateEvent).outcome, Outcome::kDone);
  EXPECT_EQ(EventNow().summary, "Jonathan 3:30");
  EXPECT_EQ(EventNow().description, "bring two coats");
  EXPECT_EQ(EventNow().status, "CONFIRMED");
  EXPECT_THAT(Lines(), HasSubstr("\"summary\":\"Jonathan\"")) << "the intent says how it goes back";
  EXPECT_EQ(Of(Back(), Verb::kUpdateEvent).undo->outcome, Outcome::kDone);
  Event after = EventNow();
  after.version = before.version, after.modified = before.modified;
  EXPECT_EQ(after.summary + after.description + after.status, before.summary + before.description + before.status);
  EXPECT_EQ(after.start, before.start);
}

TEST_F(EventsTest, AStatusThatWasStatedComesBack) {
  Disturb([](Event& event) { event.status = "TENTATIVE"; });
  plan_ = world_.MakePlanByHand();
  Change(Verb::kUpdateEvent, "", [](Action& action) {
    UpdateEvent& change = std::get<UpdateEvent>(action.change);
    change.from.status = "TENTATIVE", change.to.status = "CONFIRMED";
  });
  Run();
  EXPECT_EQ(EventNow().status, "CONFIRMED");
  Back();
  EXPECT_EQ(EventNow().status, "TENTATIVE");
}

TEST_F(EventsTest, AConflictShowsEachFieldOfThePlan) {
  Change(Verb::kUpdateEvent, "", [](Action& action) {
    UpdateEvent& change = std::get<UpdateEvent>(action.change);
    change.from.summary = "Jonathan", change.to.summary = "Jonathan 3:30";
    change.from.description = "", change.to.description = "new";
    change.to.status = "CONFIRMED";
  });
  Disturb([](Event& event) {
    event.summary = "mine", event.status = "CANCELLED", event.description = "mine, too";
    event.start->date.reset();
    event.end.reset();
    event.modified = Instant(std::chrono::seconds(1'780'000'000));
  });
  const RunReport report = Run();
  const ActionReport& action = Of(report, Verb::kUpdateEvent);
  ASSERT_EQ(action.outcome, Outcome::kConflict);
  EXPECT_THAT(action.detail, HasSubstr("found version v2 with start 16:30, end not stated, summary \"mine\", description \"mine, too\", status \"CANCELLED\""));
  ASSERT_TRUE(action.conflict);
  ASSERT_EQ(action.conflict->sides.size(), 5u);
  EXPECT_EQ(action.conflict->sides[1], (Conflict::Side{"end", "2026-05-30T19:30", "2026-05-30T18:30", ""}));
  EXPECT_EQ(action.conflict->sides[4], (Conflict::Side{"status", "", "CONFIRMED", "CANCELLED"}));
  EXPECT_THAT(action.conflict->written_by, HasSubstr("somebody, at 2026-"));
  EXPECT_EQ(EventNow().summary, "mine");
}

TEST_F(EventsTest, EachFieldAloneTellsThatTheEventIsAsPlanned) {
  const auto outcome = [this](const std::function<void(UpdateEvent&)>& plan, const std::function<void(Event&)>& change) {
    world_.state.Restore({});
    world_.calendar.PutForeign([] {
      Event event;
      event.uid = "event-1", event.summary = "old", event.description = "old", event.status = "TENTATIVE", event.zone = "UTC";
      event.start = event.end = LocalDateTime{Date(date::year(2026), date::month(5), date::day(30)), 60};
      return event;
    }());
    plan_ = world_.MakePlanByHand();
    Change(Verb::kUpdateEvent, "", [&plan](Action& action) {
      action.change = UpdateEvent{};
      plan(std::get<UpdateEvent>(action.change));
    });
    return AfterALostReply(change).outcome;
  };
  const auto summary = [](UpdateEvent& change) { change.from.summary = "old", change.to.summary = "new"; };
  const auto description = [](UpdateEvent& change) { change.from.description = "old", change.to.description = "new"; };
  const auto status = [](UpdateEvent& change) { change.from.status = "TENTATIVE", change.to.status = "CONFIRMED"; };
  EXPECT_EQ(outcome(summary, [](Event&) {}), Outcome::kAlreadyDone);
  EXPECT_EQ(outcome(summary, [](Event& event) { event.summary = "mine"; }), Outcome::kConflict);
  EXPECT_EQ(outcome(description, [](Event&) {}), Outcome::kAlreadyDone);
  EXPECT_EQ(outcome(description, [](Event& event) { event.description = "mine"; }), Outcome::kConflict);
  EXPECT_EQ(outcome(status, [](Event&) {}), Outcome::kAlreadyDone);
  EXPECT_EQ(outcome(status, [](Event& event) { event.status = "CANCELLED"; }), Outcome::kConflict);
  const auto both = [](UpdateEvent& change) {
    change.from.start = change.from.end = LocalDateTime{Date(date::year(2026), date::month(5), date::day(30)), 60};
    change.to.start = change.to.end = LocalDateTime{Date(date::year(2026), date::month(5), date::day(30)), 120};
  };
  EXPECT_EQ(outcome(both, [](Event&) {}), Outcome::kAlreadyDone) << "no zone: the fleet's";
  EXPECT_EQ(outcome(both, [](Event& event) { event.end->minutes = 90; }), Outcome::kConflict);
}

TEST_F(EventsTest, TheSameMomentUnderAnotherClockIsAsPlanned) {
  EXPECT_EQ(AfterALostReply([](Event& event) { event.zone = "Etc/UTC"; }).outcome, Outcome::kAlreadyDone);
}
TEST_F(EventsTest, AnEventWithoutAZoneIsInTheFleets) {
  EXPECT_EQ(AfterALostReply([](Event& event) { event.zone.clear(); }).outcome, Outcome::kAlreadyDone);
}
TEST_F(EventsTest, AnotherMomentUnderAnotherClockIsNot) {
  EXPECT_EQ(AfterALostReply([](Event& event) { event.zone = "Etc/UTC", event.start->minutes += 1; }).outcome, Outcome::kConflict);
}
TEST_F(EventsTest, AClockWithoutADayUnderAnotherZoneIsNoMoment) {
  EXPECT_EQ(AfterALostReply([](Event& event) { event.zone = "Etc/UTC", event.start->date.reset(); }).outcome, Outcome::kConflict);
}
TEST_F(EventsTest, AZoneThatNobodyKnowsIsNoMoment) {
  EXPECT_EQ(AfterALostReply([](Event& event) { event.zone = "Nowhere/Zone"; }).outcome, Outcome::kConflict);
}
TEST_F(EventsTest, AnEventThatLostItsStartIsSomebodyElses) {
  EXPECT_EQ(AfterALostReply([](Event& event) { event.start.reset(); }).outcome, Outcome::kConflict);
}

TEST_F(EventsTest, WhatIsGoneIsAConflict) {
  world_.calendar.DeleteForeign("event-1");
  world_.board.DeleteForeign("xhqgmdh");
  Change(Verb::kMoveCard, "", [](Action& action) { action.needs.clear(); });
  const RunReport report = Run();
  EXPECT_THAT(Of(report, Verb::kUpdateEvent).detail, HasSubstr("found nothing: the event is gone"));
  EXPECT_THAT(Of(report, Verb::kMoveCard).detail, HasSubstr("found nothing: the card is gone"));
  EXPECT_TRUE(report.finished);
}

// Nothing was done, whatever the reason: the run says so and another time does it.
TEST_F(EventsTest, WhateverAStoreSaysNoWith) {
  for (const Code code : {Code::kInvalidArgument, Code::kUnavailable, Code::kLimitExceeded, Code::kPermissionDenied, Code::kUnimplemented, Code::kInternal}) {
    world_.state.Restore({});
    Only(Verb::kMoveCard);
    Open({});
    fleet_.boards["kanban"] = std::make_unique<RefusingBoard>(world_.board, code);
    const RunReport report = Run();
    EXPECT_EQ(Of(report, Verb::kMoveCard).outcome, Outcome::kFailed) << CodeName(code);
    EXPECT_FALSE(report.finished);
  }
  Open({});
  EXPECT_EQ(Of(Resume(), Verb::kMoveCard).outcome, Outcome::kDone);
}

// A busy store, or one that compares what nobody can see: the writes are counted.
TEST_F(EventsTest, ANoWithoutAReasonEndsInAConflictAfterThree) {
  Only(Verb::kMoveCard);
  auto board = std::make_unique<RefusingBoard>(world_.board, Code::kPreconditionFailed);
  const RefusingBoard& seen = *board;
  fleet_.boards["kanban"] = std::move(board);
  const RunReport report = Run();
  EXPECT_EQ(Of(report, Verb::kMoveCard).outcome, Outcome::kConflict);
  EXPECT_THAT(Of(report, Verb::kMoveCard).detail, HasSubstr("refuses the write all the same: by plan")) << "both sides are the same: that alone tells nobody anything";
  EXPECT_EQ(seen.moves, 3);
}

TEST_F(EventsTest, AfterThreeLostRepliesNobodyKnowsAndResumeLooks) {
  Only(Verb::kMoveCard);
  const std::uint64_t before = world_.Effects().at("board");
  fleet_.boards["kanban"] = std::make_unique<RefusingBoard>(world_.board, Code::kUnknownOutcome);
  const RunReport report = Run();
  EXPECT_EQ(Of(report, Verb::kMoveCard).outcome, Outcome::kUnknown);
  EXPECT_THAT(Of(report, Verb::kMoveCard).detail, HasSubstr("the reply was lost 3 times"));
  EXPECT_TRUE(report.HasError());
  Open({});
  EXPECT_EQ(Of(Resume(), Verb::kMoveCard).outcome, Outcome::kDone);
  EXPECT_EQ(world_.Effects().at("board"), before + 1);
}

// The invalidation never arrives, and nobody says so.
TEST_F(EventsTest, ACacheThatNeverAnswersIsAskedThreeTimes) {
  class Silent final : public EdgeCache {
   public:
    StatusOr<std::string> Invalidate(const std::vector<std::string>&, std::string_view) override { return ++asked, Status(Code::kUnknownOutcome, "no reply"); }
    StatusOr<bool> WasAccepted(std::string_view) override { return false; }
    int asked = 0;
  };
  Only(Verb::kInvalidatePaths);
  auto cache = std::make_unique<Silent>();
  const Silent& seen = *cache;
  fleet_.edge["cdn"] = std::move(cache);
  EXPECT_EQ(Of(Run(), Verb::kInvalidatePaths).outcome, Outcome::kUnknown);
  EXPECT_EQ(seen.asked, 3);
  Open({});
  EXPECT_EQ(Of(Resume(), Verb::kInvalidatePaths).outcome, Outcome::kDone);
}

TEST_F(EventsTest, ANoteThatSomebodyChangedStays) {
  Run();
  const auto notes = world_.state.ListDocuments(kHandoffKind);
  ASSERT_EQ(notes->size(), 1u);
  Json other = notes->at(0).value;
  other["note"] = "mine";
  ASSERT_TRUE(world_.state.PutDocument(kHandoffKind, notes->at(0).id, other, notes->at(0).version).ok());
  EXPECT_EQ(Of(Back(), Verb::kLeaveHandoff).undo->outcome, Outcome::kConflict);
  EXPECT_EQ(world_.state.ListDocuments(kHandoffKind)->at(0).value.at("note"), "mine");
}

}  // namespace
}  // namespace evenkeel::apply_test
