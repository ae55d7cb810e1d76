// back_up_page, edit_page and retire_page: what a page must be before it is changed, and what must be true before it goes.
#include "contract/passing_store.h"
#include "digest/sha256.h"
#include "unit/apply/runs.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;
using ::testing::HasSubstr;

class PagesTest : public RunTest {
 protected:
  // Before each call of the name.
  void Before(const std::string& name, const std::function<void()>& happens) {
    Open([name, happens](std::string_view call, std::string_view) {
      if (call == name) happens();
      return Fault::kNone;
    });
  }
  void SetBlob(const std::string& name, const std::optional<std::string>& bytes) {
    auto contents = world_.state.Snapshot();
    contents.blobs.erase(name);
    if (bytes) contents.blobs[name] = *bytes;
    world_.state.Restore(contents);
  }
  std::string SunsetNow() { return world_.pages.Snapshot().entries.at(kSunset).item.bytes; }
  bool IsAfternoonThere() { return world_.pages.Head(kAfternoon).ok(); }
  // The page goes, and nothing else is left of the plan but its backup.
  void OnlyTheRetirement(const std::function<void(RetirePage&)>& change = [](RetirePage&) {}) {
    const std::string backup = IdOf(plan_, Verb::kBackUpPage, kAfternoon);
    BookingPlan& booking = plan_.bookings[1];
    std::erase_if(booking.actions, [](const Action& action) { return action.resource != kAfternoon; });
    plan_.bookings.erase(plan_.bookings.begin());
    Change(Verb::kRetirePage, "", [&](Action& action) { action.needs = {backup}, change(std::get<RetirePage>(action.change)); });
    // The record points elsewhere already.
    Attributes record = world_.records.Snapshot().entries.at("S2FJLN").item;
    record["page_slug"] = "2026-05-30-jonathan-sunset";
    world_.records.PutForeign("S2FJLN", record);
  }
  ActionReport Retire() { return Of(Run(), Verb::kRetirePage); }
};

TEST_F(PagesTest, ABackupOfOtherBytesUnderTheNameIsNotWrittenOver) {
  SetBlob("sunset", "something else");
  const RunReport report = Run();
  EXPECT_EQ(Of(report, Verb::kBackUpPage, kSunset).outcome, Outcome::kFailed);
  EXPECT_THAT(Of(report, Verb::kBackUpPage, kSunset).detail, HasSubstr("a backup with other bytes has this name"));
  EXPECT_EQ(Of(report, Verb::kEditPage, kSunset).outcome, Outcome::kBlocked);
  // The same when an attempt was cut off before: what it finds is not its own.
  EXPECT_EQ(Of(Resume(), Verb::kBackUpPage, kSunset).outcome, Outcome::kFailed);
  EXPECT_EQ(SunsetNow(), kSunsetBytes);
}

TEST_F(PagesTest, ABackupThatIsNotThereAfterwardsIsPutAwayAgainAndThenGivenUp) {
  Before("state.GetBlob", [this] { SetBlob("sunset", std::nullopt); });
  EXPECT_EQ(Of(Run(), Verb::kBackUpPage, kSunset).outcome, Outcome::kUnknown);
  EXPECT_EQ(SunsetNow(), kSunsetBytes);
  Open({});
  EXPECT_EQ(Of(Resume(), Verb::kEditPage, kSunset).outcome, Outcome::kDone);
}

TEST_F(PagesTest, ABackupThatReadsBackDifferentlyChangesNothing) {
  Before("state.GetBlob", [this] {
    if (world_.state.GetBlob("sunset").ok()) SetBlob("sunset", "half of");
  });
  EXPECT_THAT(Of(Run(), Verb::kBackUpPage, kSunset).detail, HasSubstr("differs from the page"));
  EXPECT_EQ(SunsetNow(), kSunsetBytes);
}

TEST_F(PagesTest, AfterALostReplyTheBackupIsLookedForAndTheStoreMayBeDown) {
  bool down = false;
  Open([&down](std::string_view call, std::string_view) {
    if (down && call == "state.GetBlob") return Fault::kErrorBefore;
    down = down || call == "state.PutBlob";
    return Fault::kNone;
  });
  EXPECT_EQ(Of(Run(), Verb::kBackUpPage, kSunset).outcome, Outcome::kUnknown);
  EXPECT_EQ(Of(Resume(), Verb::kBackUpPage, kSunset).outcome, Outcome::kUnknown) << "it is looked for first";
  Open({});
  EXPECT_EQ(Of(Resume(), Verb::kBackUpPage, kSunset).outcome, Outcome::kAlreadyDone);
}

TEST_F(PagesTest, EditsThatDoNotFitTheirPageAreNotMade) {
  Change(Verb::kEditPage, kSunset, [](Action& action) { std::get<EditPage>(action.change).edits = {{{5000, 5001}, "3"}}; });
  EXPECT_EQ(Of(Run(), Verb::kEditPage, kSunset).outcome, Outcome::kFailed);
  EXPECT_EQ(SunsetNow(), kSunsetBytes);
}

TEST_F(PagesTest, EditsThatDoNotGiveThePlannedPageAreNotMade) {
  Change(Verb::kEditPage, kSunset, [](Action& action) { std::get<EditPage>(action.change).edits.at(0).replacement = "2"; });
  EXPECT_THAT(Of(Run(), Verb::kEditPage, kSunset).detail, HasSubstr("do not give the planned page"));
  EXPECT_EQ(SunsetNow(), kSunsetBytes);
}

TEST_F(PagesTest, WhereVersionsRepeatAPageGoesByRedirectOrAtANamedRisk) {
  MemoryObjectStore repeating({.name = "guest-pages", .unique_versions = false});
  for (const auto& [key, entry] : world_.pages.Snapshot().entries) repeating.PutForeign(key, entry.item.bytes);
  const auto open = [&] { fleet_.pages["guest-pages"] = std::make_unique<contract::FaultyObjectStore>(repeating, [](std::string_view, std::string_view) { return Fault::kNone; }); };
  open();
  OnlyTheRetirement();
  Change(Verb::kRetirePage, "", [&](Action& action) { action.precondition = repeating.Head(kAfternoon)->version; });
  const ActionReport refused = Retire();
  EXPECT_EQ(refused.outcome, Outcome::kFailed);
  EXPECT_THAT(refused.detail, HasSubstr("accept_repeating_versions"));
  EXPECT_TRUE(repeating.Head(kAfternoon).ok());
  fleet_.config.policy.accept_repeating_versions = true;
  EXPECT_EQ(Retire().outcome, Outcome::kDone);
  EXPECT_FALSE(repeating.Head(kAfternoon).ok());
}

TEST_F(PagesTest, APageIsNoSurvivorOfItself) {
  OnlyTheRetirement([](RetirePage& change) { change.survivor.key = kAfternoon; });
  EXPECT_THAT(Retire().detail, HasSubstr("names no page that survives"));
  EXPECT_TRUE(IsAfternoonThere());
}

TEST_F(PagesTest, ASurvivorInAStoreThatIsNotThereIsNone) {
  OnlyTheRetirement([](RetirePage& change) { change.survivor.store = "elsewhere"; });
  EXPECT_THAT(Retire().detail, HasSubstr("names no page that survives"));
  EXPECT_TRUE(IsAfternoonThere());
}

TEST_F(PagesTest, ASurvivorThatLeadsAwayIsNone) {
  OnlyTheRetirement();
  world_.pages.PutForeign(kSunset, kRedirect);
  EXPECT_THAT(Retire().detail, HasSubstr("found a redirect"));
  EXPECT_TRUE(IsAfternoonThere());
}

// By S3's website redirect, over the bytes of a live page.
class LeadsOn final : public contract::PassingObjectStore {
 public:
  LeadsOn(ObjectStore& store, std::string key) : PassingObjectStore(store), key_(std::move(key)) {}
  StatusOr<Object> Get(std::string_view key) override {
    auto object = other().Get(key);
    if (object.ok() && key == key_) object->info.redirect_to = "/g/elsewhere";
    return object;
  }

 private:
  const std::string key_;
};

TEST_F(PagesTest, ASurvivorThatTheStoreLeadsOnIsNone) {
  OnlyTheRetirement();
  fleet_.pages["guest-pages"] = std::make_unique<LeadsOn>(world_.pages, kSunset);
  EXPECT_THAT(Retire().detail, HasSubstr("found a redirect"));
  EXPECT_TRUE(IsAfternoonThere());
}

TEST_F(PagesTest, ASurvivorThatCannotBeReadKeepsThePage) {
  OnlyTheRetirement();
  fleet_.config.limits.page_bytes = 10;
  EXPECT_EQ(Retire().outcome, Outcome::kFailed);
  EXPECT_TRUE(IsAfternoonThere());
}

TEST_F(PagesTest, APageThatCannotBeReadAnyMoreStays) {
  // The survivor is short enough, the page that would go is not: nobody knows what it can do.
  OnlyTheRetirement();
  world_.pages.PutForeign(kSunset, "<p>short</p>");
  fleet_.config.limits.page_bytes = 20;
  EXPECT_EQ(Retire().outcome, Outcome::kFailed);
  EXPECT_TRUE(IsAfternoonThere());
}

TEST_F(PagesTest, APageThatTheRunHadEditedAndSomebodyDeletedStaysDeleted) {
  Run({});
  world_.pages.DeleteForeign(kAna);
  const RunReport back = Back();
  EXPECT_EQ(Of(back, Verb::kEditPage, kAna).undo->outcome, Outcome::kConflict);
  EXPECT_THAT(Of(back, Verb::kEditPage, kAna).undo->detail, HasSubstr("found nothing: the page is gone"));
  EXPECT_EQ(world_.pages.Head(kAna).code(), Code::kNotFound);
}

TEST_F(PagesTest, WithoutItsBackupAPageStays) {
  Run({});
  SetBlob("afternoon", std::nullopt);
  EXPECT_THAT(Retire().detail, HasSubstr("the backup is gone"));
  EXPECT_TRUE(IsAfternoonThere());
}

TEST_F(PagesTest, WhatTheSurvivorHasTooMayGo) {
  const std::string form = "<html><body><form class=\"waiver-upload\"></form></body></html>\n";
  world_.pages.PutForeign(kAfternoon, form);
  plan_ = world_.MakePlanByHand();
  Change(Verb::kBackUpPage, kAfternoon, [&](Action& action) { std::get<BackUpPage>(action.change).sha256 = Sha256Hex(form); });
  OnlyTheRetirement([&](RetirePage& change) { change.sha256 = Sha256Hex(form); });
  EXPECT_EQ(Retire().outcome, Outcome::kDone);
}

// A longer list of records than one answer holds.
TEST_F(PagesTest, EveryPageOfTheListOfRecordsIsLookedAt) {
  MemoryRecordStore records({.name = "dispatch", .listing_page = 1});
  for (const auto& [key, entry] : world_.records.Snapshot().entries) records.PutForeign(key, entry.item);
  records.PutForeign("ZULU99", {{"guest_code", "ZULU99"}, {"page_slug", "2026-05-30-jonathan-afternoon"}});
  OnlyTheRetirement();
  Attributes record = world_.records.Snapshot().entries.at("S2FJLN").item;
  records.PutForeign("S2FJLN", record);
  const auto none = [](std::string_view, std::string_view) { return Fault::kNone; };
  fleet_.records["dispatch"] = std::make_unique<contract::FaultyRecordStore>(records, none);
  EXPECT_THAT(Retire().detail, HasSubstr("record ZULU99"));
  EXPECT_TRUE(IsAfternoonThere());
}

// Answers the same listing for ever.
class Circling final : public RecordStore {
 public:
  StoreTraits Traits() const override { return {}; }
  StatusOr<RecordListing> List(std::string_view) override {
    RecordListing listing;
    listing.cursor = "x";
    return listing;
  }
  StatusOr<Record> Get(std::string_view) override { return kNone; }
  StatusOr<Record> Update(std::string_view, const Attributes&, const Attributes&, const Version&, const WriteStamp&) override { return kNone; }

 private:
  const Status kNone{Code::kNotFound, "there is none"};
};

TEST_F(PagesTest, AListOfRecordsThatComesBackToTheSamePlaceKeepsThePage) {
  OnlyTheRetirement();
  fleet_.records["dispatch"] = std::make_unique<Circling>();
  const ActionReport report = Retire();
  EXPECT_EQ(report.outcome, Outcome::kFailed);
  EXPECT_THAT(report.detail, HasSubstr("came back to the same place"));
  EXPECT_TRUE(IsAfternoonThere());
  Open({});
  EXPECT_EQ(Of(Resume(), Verb::kRetirePage).outcome, Outcome::kDone);
}

TEST_F(PagesTest, APageWhoseTypeNobodyHadSaidComesBackAsOneThatBrowsersShow) {
  world_.pages.PutForeign(kAfternoon, kAfternoonBytes, "");
  plan_ = world_.MakePlanByHand();
  EXPECT_EQ(Of(Run(), Verb::kRetirePage).outcome, Outcome::kDone);
  EXPECT_EQ(Of(Back(), Verb::kRetirePage).undo->outcome, Outcome::kDone);
  EXPECT_EQ(world_.pages.Get(kAfternoon)->bytes, kAfternoonBytes);
  EXPECT_EQ(world_.pages.Snapshot().entries.at(kAfternoon).item.content_type, "text/html");
}

// Without its operation a write is known by what it left; with every reply lost once, and on the way back.
TEST_F(PagesTest, StoresThatKeepNoOperations) {
  MemoryObjectStore pages({.name = "guest-pages", .keeps_operations = false});
  MemoryRecordStore records({.name = "dispatch", .keeps_operations = false});
  pages.Restore(world_.pages.Snapshot()), records.Restore(world_.records.Snapshot());
  std::set<std::string> struck;
  const auto once = [&struck](std::string_view call, std::string_view resource) {
    const bool writes = call == "Replace" || call == "Update" || call == "Delete" || call == "Create";
    return writes && struck.insert(std::string(call) + std::string(resource)).second ? Fault::kReplyLost : Fault::kNone;
  };
  fleet_.pages["guest-pages"] = std::make_unique<contract::FaultyObjectStore>(pages, once);
  fleet_.records["dispatch"] = std::make_unique<contract::FaultyRecordStore>(records, once);
  const RunReport report = Run();
  EXPECT_FALSE(report.HasConflict()) << Outcomes(report);
  EXPECT_EQ(pages.Get(kSunset)->bytes, kSunsetAfter);
  EXPECT_FALSE(pages.Head(kAfternoon).ok());
  struck.clear();
  const RunReport back = Back();
  EXPECT_FALSE(back.HasConflict()) << Outcomes(back);
  EXPECT_EQ(pages.Get(kSunset)->bytes, kSunsetBytes);
  EXPECT_EQ(pages.Get(kAfternoon)->bytes, kAfternoonBytes);
  EXPECT_EQ(records.Get("S2FJLN")->attributes.at("page_slug"), "2026-05-30-jonathan-afternoon");
}

class RedirectTest : public PagesTest {
 protected:
  RedirectTest() {
    World world(true);
    plan_ = world.MakePlanByHand();
  }
};

// A store that adds something to a page (a comment of its own, a line's end) leaves the operation to tell.
TEST_F(RedirectTest, ItsOwnWriteIsKnownByItsOperation) {
  OnlyTheRetirement([](RetirePage&) {});
  bool struck = false;
  Open([&](std::string_view call, std::string_view) {
    if (call == "pages.Get" && struck) {
      auto contents = world_.pages.Snapshot();
      contents.entries.at(kAfternoon).item.bytes += "<!-- served by x -->";
      world_.pages.Restore(contents);
    }
    if (call != "pages.Replace" || struck) return Fault::kNone;
    struck = true;
    return Fault::kReplyLost;
  });
  EXPECT_EQ(Retire().outcome, Outcome::kAlreadyDone);
}

TEST_F(RedirectTest, APageThatIsGoneBeforeItBecameARedirectIsAConflict) {
  OnlyTheRetirement();
  Before("state.GetBlob", [this] { world_.pages.DeleteForeign(kAfternoon); });
  EXPECT_THAT(Retire().detail, HasSubstr("found nothing: the page is gone"));
}

}  // namespace
}  // namespace evenkeel::apply_test
