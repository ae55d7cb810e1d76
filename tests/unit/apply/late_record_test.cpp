// A write to a record that was cut off, in a store where others can bring a version back: once its run is taken back it lands nowhere.
#include "observe/state_documents.h"
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using ::testing::HasSubstr;

// Keeps one update to itself and answers nothing after that.
class CutOff final : public RecordStore {
 public:
  CutOff(RecordStore& store, std::function<StatusOr<Record>()>& late) : store_(store), late_(late) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<RecordListing> List(std::string_view cursor) override { return store_.List(cursor); }
  StatusOr<Record> Get(std::string_view key) override {
    if (late_) return Status(Code::kUnavailable, "no answer");
    return store_.Get(key);
  }
  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected, const WriteStamp& stamp) override {
    if (!set.contains("page_slug")) return store_.Update(key, set, expected_attributes, expected, stamp);
    late_ = [this, key = std::string(key), set, expected_attributes, expected, stamp] { return store_.Update(key, set, expected_attributes, expected, stamp); };
    return Status(Code::kUnknownOutcome, "no answer");
  }

 private:
  RecordStore& store_;
  std::function<StatusOr<Record>()>& late_;
};

class LateRecordTest : public RunTest {
 protected:
  LateRecordTest() : RunTest(false, true) {
    fleet_.records["dispatch"] = std::make_unique<CutOff>(world_.records, late_);
    const RunReport report = Run();
    EXPECT_EQ(Of(report, Verb::kRepointRecord).outcome, Outcome::kUnknown) << Outcomes(report);
    first_ = Now();
    // CutOff borrows what it stands before.
    cut_off_ = std::move(fleet_.records["dispatch"]);
    Open({});
  }
  std::string Now() { return world_.records.Get("S2FJLN")->attributes.at("page_slug"); }
  void Set(const char* name, const std::string& value) {
    Attributes attributes = world_.records.Get("S2FJLN")->attributes;
    attributes[name] = value;
    world_.records.PutForeign("S2FJLN", attributes);
  }
  // Of the lease on the record's booking; "": it has been given back.
  std::string Holder() { return LeaseFromJson(world_.state.GetDocument(kLeaseKind, "xhqgmdh")->value)->holder; }
  std::optional<UndoReport> TakeBack() { return Of(Back(), Verb::kRepointRecord).undo; }

  std::function<StatusOr<Record>()> late_;
  std::unique_ptr<RecordStore> cut_off_;
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

}  // namespace
}  // namespace evenkeel::apply_test
