// A write to a record that was cut off, in a store where others can bring a version back: once its run is taken back it lands nowhere.
#include "observe/state_documents.h"
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using ::testing::HasSubstr;

// Keeps one update of the attribute to itself and answers nothing after that.
class CutOff final : public RecordStore {
 public:
  CutOff(RecordStore& store, std::string attribute, std::function<StatusOr<Record>()>& late) : store_(store), attribute_(std::move(attribute)), late_(late) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<RecordListing> List(std::string_view cursor) override { return store_.List(cursor); }
  StatusOr<Record> Get(std::string_view key) override {
    if (late_) return Status(Code::kUnavailable, "no answer");
    return store_.Get(key);
  }
  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected, const WriteStamp& stamp) override {
    if (!set.contains(attribute_)) return store_.Update(key, set, expected_attributes, expected, stamp);
    late_ = [this, key = std::string(key), set, expected_attributes, expected, stamp] { return store_.Update(key, set, expected_attributes, expected, stamp); };
    return Status(Code::kUnknownOutcome, "no answer");
  }

 private:
  RecordStore& store_;
  const std::string attribute_;
  std::function<StatusOr<Record>()>& late_;
};

class CutOffTest : public RunTest {
 protected:
  explicit CutOffTest(bool repeats = true) : RunTest(false, repeats) {}

  RunReport RunCutOffAt(const std::string& attribute) {
    late_ = nullptr;
    fleet_.records["dispatch"] = std::make_unique<CutOff>(world_.records, attribute, late_);
    const RunReport report = Run();
    EXPECT_TRUE(late_) << Outcomes(report);
    // The late write goes through it.
    cut_off_ = std::move(fleet_.records["dispatch"]);
    Open({});
    return report;
  }
  // Of the lease on the record's booking; "": it has been given back.
  std::string Holder() { return LeaseFromJson(world_.state.GetDocument(kLeaseKind, "xhqgmdh")->value)->holder; }

  std::function<StatusOr<Record>()> late_;
  std::unique_ptr<RecordStore> cut_off_;
};

class LateRecordTest : public CutOffTest {
 protected:
  explicit LateRecordTest(bool repeats = true) : CutOffTest(repeats) {
    if (repeats) CutOffThePointer();
  }
  void CutOffThePointer() {
    const RunReport report = RunCutOffAt("page_slug");
    EXPECT_EQ(Of(report, Verb::kRepointRecord).outcome, Outcome::kUnknown) << Outcomes(report);
    first_ = Now();
  }
  std::string Now() { return world_.records.Get("S2FJLN")->attributes.at("page_slug"); }
  void Set(const char* name, const std::string& value) {
    Attributes attributes = world_.records.Get("S2FJLN")->attributes;
    attributes[name] = value;
    world_.records.PutForeign("S2FJLN", attributes);
  }
  std::optional<UndoReport> TakeBack() { return Of(Back(), Verb::kRepointRecord).undo; }
  // The first update of a record goes wrong by `fault`, after `happens`.
  void OpenFaulty(contract::Fault fault, const std::function<void()>& happens = [] {}) {
    updates_ = 0;
    Open([this, fault, happens](std::string_view call, std::string_view resource) {
      if (call != "records.Update" || resource != "S2FJLN" || ++updates_ > 1) return contract::Fault::kNone;
      return happens(), fault;
    });
  }

  int updates_ = 0;
  std::string first_;
};

TEST_F(LateRecordTest, ItCouldHaveLandedBefore) {
  ASSERT_TRUE(late_);
  EXPECT_TRUE(late_().ok());
  EXPECT_NE(Now(), first_);
}

TEST_F(LateRecordTest, WhereTheRecordWasAsBefore) {
  EXPECT_THAT(TakeBack()->outcome, ::testing::AnyOf(Outcome::kDone, Outcome::kAlreadyDone));
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
  EXPECT_EQ(Now(), first_);
}

TEST_F(LateRecordTest, WhereSomebodyChangedSomethingElseAndChangesItBack) {
  const std::string guest = world_.records.Get("S2FJLN")->attributes.at("guest_name");
  Set("guest_name", "Somebody");
  TakeBack();
  EXPECT_EQ(world_.records.Get("S2FJLN")->attributes.at("guest_name"), "Somebody");
  Set("guest_name", guest);
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
  EXPECT_EQ(Now(), first_);
}

TEST_F(LateRecordTest, WhereSomebodyChangedItAndChangesItBack) {
  Set("page_slug", "2026-06-01-ana");
  const auto undo = TakeBack();
  EXPECT_EQ(undo->outcome, Outcome::kConflict);
  EXPECT_EQ(Now(), "2026-06-01-ana") << "it stays as they made it";
  EXPECT_EQ(world_.records.Get("S2FJLN")->operation, "") << "and theirs";
  Set("page_slug", first_);
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
  EXPECT_EQ(Now(), first_);
}

TEST_F(LateRecordTest, WhereTheRecordIsGone) {
  world_.records.DeleteForeign("S2FJLN");
  EXPECT_EQ(TakeBack()->outcome, Outcome::kConflict);
  EXPECT_EQ(late_().code(), Code::kNotFound);
}

TEST_F(LateRecordTest, WhereSomebodyElseDoesTheSameTheLeaseRunsOut) {
  Change(Verb::kRepointRecord, "", [this](const Action& action) { Set("page_slug", std::get<SetAttributes>(action.change).to.at("page_slug")); });
  EXPECT_EQ(Of(Resume(), Verb::kRepointRecord).outcome, Outcome::kAlreadyDone);
  Set("page_slug", first_);
  EXPECT_EQ(Holder(), RunOfPlan(plan_)) << "the version that the late write waits for has come back";
  EXPECT_TRUE(late_().ok());
}

TEST_F(LateRecordTest, WhereItIsWrittenAfterAllTheLeaseIsGivenBack) {
  EXPECT_EQ(Of(Resume(), Verb::kRepointRecord).outcome, Outcome::kDone);
  Set("page_slug", first_);
  EXPECT_EQ(Holder(), "");
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
}

TEST_F(LateRecordTest, WhereItHasLandedTheLeaseIsGivenBack) {
  ASSERT_TRUE(late_().ok());
  EXPECT_EQ(Of(Resume(), Verb::kRepointRecord).outcome, Outcome::kAlreadyDone);
  EXPECT_EQ(Holder(), "");
}

TEST_F(LateRecordTest, WhereTheStoreTakesNothingItEndsAllTheSame) {
  Set("page_slug", "2026-06-01-ana");
  int updates = 0;
  Open([&](std::string_view call, std::string_view) { return call == "records.Update" && ++updates > 0 ? contract::Fault::kConflict : contract::Fault::kNone; });
  EXPECT_EQ(TakeBack()->outcome, Outcome::kConflict);
  EXPECT_GE(updates, 3);
  Open([&](std::string_view call, std::string_view) { return call == "records.Update" ? contract::Fault::kErrorBefore : contract::Fault::kNone; });
  EXPECT_EQ(TakeBack()->outcome, Outcome::kFailed) << "and is tried again";
}

TEST_F(LateRecordTest, WhereTheReplyOfTheWayBackIsLostItIsWrittenOnce) {
  OpenFaulty(contract::Fault::kReplyLost);
  EXPECT_EQ(TakeBack()->outcome, Outcome::kAlreadyDone);
  EXPECT_EQ(updates_, 1);
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
  EXPECT_EQ(Now(), first_);
}

// What shut the first one's write out is older than the second one's write.
TEST_F(LateRecordTest, WhereAnotherRunWasTakenBackBefore) {
  TakeBack();
  const std::string before = RunOfPlan(plan_);
  plan_ = world_.MakePlanByHand();
  ASSERT_NE(RunOfPlan(plan_), before);
  CutOffThePointer();
  ASSERT_TRUE(world_.records.Get("S2FJLN")->operation.starts_with(before + "/"));
  EXPECT_EQ(TakeBack()->outcome, Outcome::kDone);
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
  EXPECT_EQ(Now(), first_);
}

TEST_F(LateRecordTest, WhereTheRecordGoesJustBeforeItIsShutOut) {
  Set("page_slug", "2026-06-01-ana");
  OpenFaulty(contract::Fault::kNone, [this] { world_.records.DeleteForeign("S2FJLN"); });
  const auto undo = TakeBack();
  EXPECT_EQ(undo->outcome, Outcome::kConflict);
  EXPECT_THAT(undo->detail, HasSubstr("found nothing: the record is gone"));
  EXPECT_EQ(late_().code(), Code::kNotFound);
}

TEST_F(LateRecordTest, WhereTheReplyOfShuttingOutIsLostTheirsStays) {
  Set("page_slug", "2026-06-01-ana");
  OpenFaulty(contract::Fault::kReplyLost);
  EXPECT_EQ(TakeBack()->outcome, Outcome::kConflict);
  EXPECT_EQ(world_.records.Get("S2FJLN")->operation, "");
  EXPECT_EQ(Now(), "2026-06-01-ana");
  Set("page_slug", first_);
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
}

// Every write under an operation has used the version up.
TEST_F(LateRecordTest, WhereAnotherRunHasWrittenSinceItsWriteStaysAsItIs) {
  const Record now = *world_.records.Get("S2FJLN");
  ASSERT_TRUE(world_.records.Update("S2FJLN", {{"page_slug", "2026-06-01-ana"}}, {}, now.version, {"run-0123456789ab/repoint_record-1", {}}).ok());
  OpenFaulty(contract::Fault::kNone);
  EXPECT_EQ(TakeBack()->outcome, Outcome::kConflict);
  EXPECT_EQ(updates_, 0);
  EXPECT_EQ(world_.records.Get("S2FJLN")->operation, "run-0123456789ab/repoint_record-1");
  Set("page_slug", first_);
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
}

TEST_F(LateRecordTest, WhereTheAttributeIsGoneNothingIsWrittenAndTheLeaseRunsOut) {
  Attributes attributes = world_.records.Get("S2FJLN")->attributes;
  attributes.erase("page_slug");
  world_.records.PutForeign("S2FJLN", attributes);
  OpenFaulty(contract::Fault::kNone);
  EXPECT_EQ(TakeBack()->outcome, Outcome::kConflict);
  EXPECT_EQ(updates_, 0);
  EXPECT_EQ(world_.records.Get("S2FJLN")->attributes, attributes);
  EXPECT_EQ(Holder(), RunOfPlan(plan_));
}

// Nothing tells whose a write was there, and the version that the late one waits for never comes back.
class LateWithoutOperationsTest : public LateRecordTest {
 protected:
  LateWithoutOperationsTest() : LateRecordTest(false) {
    const auto contents = world_.records.Snapshot();
    world_.records = MemoryRecordStore({.name = "dispatch", .keeps_operations = false});
    world_.records.Restore(contents);
    CutOffThePointer();
  }
};

TEST_F(LateWithoutOperationsTest, ItsVersionIsUsedUp) {
  EXPECT_EQ(TakeBack()->outcome, Outcome::kDone);
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
  EXPECT_EQ(Now(), first_);
  EXPECT_EQ(Holder(), "");
}

// One more write there would be the same version again: the lease keeps others away until the late one is over.
TEST_F(CutOffTest, WhereNothingCountsTheWritesNoneIsMadeInVainAndTheLeaseRunsOut) {
  const auto contents = world_.records.Snapshot();
  world_.records = MemoryRecordStore({.name = "dispatch", .unique_versions = false, .keeps_operations = false});
  world_.records.Restore(contents);
  const Attributes first = world_.records.Get("S2FJLN")->attributes;
  RunCutOffAt("page_slug");
  int updates = 0;
  Open([&updates](std::string_view call, std::string_view resource) { return updates += call == "records.Update" && resource == "S2FJLN", contract::Fault::kNone; });
  EXPECT_EQ(Of(Back(), Verb::kRepointRecord).undo->outcome, Outcome::kAlreadyDone);
  EXPECT_EQ(updates, 0);
  EXPECT_EQ(world_.records.Get("S2FJLN")->attributes, first);
  EXPECT_EQ(Holder(), RunOfPlan(plan_));
  EXPECT_TRUE(late_().ok());
}

TEST_F(CutOffTest, WhatAnotherActionOfTheRunShutOutIsNotWrittenAgain) {
  const std::string captain = plan_.bookings[0].actions.back().id;
  plan_.bookings[0].actions.back().needs.clear();
  plan_.hash = HashOfPlan(plan_);
  const RunReport report = RunCutOffAt("start_time");
  ASSERT_EQ(Of(report, Verb::kUpdateRecord).outcome, Outcome::kUnknown) << Outcomes(report);
  ASSERT_EQ(ReportOf(report, captain).outcome, Outcome::kDone) << Outcomes(report);
  const std::uint64_t writes = world_.records.Snapshot().writes;
  const RunReport back = Back();
  EXPECT_EQ(ReportOf(back, captain).undo->outcome, Outcome::kDone);
  EXPECT_EQ(Of(back, Verb::kUpdateRecord).undo->outcome, Outcome::kAlreadyDone);
  const Attributes ana = world_.records.Get("ANA001")->attributes;
  EXPECT_EQ(ana.at("captain"), "Gene");
  EXPECT_EQ(ana.at("start_time"), "13:00");
  EXPECT_EQ(world_.records.Snapshot().writes, writes + 1) << "the captain alone";
  EXPECT_EQ(late_().code(), Code::kPreconditionFailed);
}

}  // namespace
}  // namespace evenkeel::apply_test
