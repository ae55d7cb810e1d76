// The second opinion refuses every edit that does more, less or other than was planned. Each test spoils a good edit in one way.
#include <functional>

#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

constexpr const char* kPage =
    "<!DOCTYPE html><html><head><title>Sail</title><script type=\"application/ld+json\">{\"@type\":\"Event\",\"startDate\":\"2026-05-30T16:30:00-07:00\"}</script></head>"
    "<body data-booking=\"xhqgmdh\"><h1>Saturday, May 30, 2026</h1><p>Time: 4:30–7:30 PM</p><p>Call 619-555-0130. Captain: Gene</p>"
    "<form><input type=\"file\" name=\"photo\" accept=\"image/png\"></form><a href=\"/waiver?code=S2FJLN\">Waiver</a>"
    "<script>f.onsubmit = () => fetch('/upload', {method: 'POST', body: new FormData(f)});</script></body></html>";

class SecondOpinion : public ReadingTest {
 protected:
  void SetUp() override {
    const auto edits = ShiftPage(page_, Read(page_), -60, options_);
    ASSERT_TRUE(edits.ok());
    edits_ = *edits;
    const auto after = ApplyEdits(page_, edits_.edits);
    ASSERT_TRUE(after.ok());
    ASSERT_TRUE(CheckEdits(page_, *after, edits_, options_).ok());
  }

  // One more replacement, as if it had been planned.
  void Add(const std::string& what, const std::string& by) {
    const std::size_t at = page_.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    edits_.edits.push_back({{at, at + what.size()}, by});
    std::sort(edits_.edits.begin(), edits_.edits.end(), [](const Edit& a, const Edit& b) { return a.span < b.span; });
  }
  void ExpectRefused(const std::string& why) const {
    const auto after = ApplyEdits(page_, edits_.edits);
    ASSERT_TRUE(after.ok());
    const Status checked = CheckEdits(page_, *after, edits_, options_);
    EXPECT_EQ(checked.code(), Code::kInternal) << why;
    EXPECT_NE(checked.message().find("must not be written"), std::string::npos) << checked.ToString();
  }

  std::string page_ = kPage;
  Edits edits_;
};

TEST_F(SecondOpinion, RefusesOneByteMore) {
  for (const auto& [what, by] : std::vector<std::pair<std::string, std::string>>{
           {"619-555", "619-556"}, {"Gene", "Jean"}, {"S2FJLN", "S2FJLM"}, {"xhqgmdh", "xhqgmdx"}, {"May 30", "May 31"}, {"Saturday", "Sunday"},
           {"image/png", "image/gif"}, {"Sail</title>", "Sale</title>"}, {"'/upload'", "'/uplaod'"}, {"Event", "Evant"}}) {
    SetUp();
    Add(what, by);
    ExpectRefused(what);
  }
}

TEST_F(SecondOpinion, RefusesAnotherTree) {
  for (const auto& [what, by] : std::vector<std::pair<std::string, std::string>>{
           {"<p>Call", "<div>Call"}, {"</form>", ""}, {"name=\"photo\"", "nome=\"photo\""}, {"</title>", ""}, {"Call", "<b>Call</b>"}, {"Call", "<!--Call-->"}}) {
    SetUp();
    Add(what, by);
    ExpectRefused(what);
  }
}

TEST_F(SecondOpinion, RefusesALostFeature) {
  Add("fetch(", "fitch(");
  ExpectRefused("photo-upload");
}

TEST_F(SecondOpinion, RefusesTheWrongValue) {
  for (std::size_t i = 0; i < edits_.edits.size(); ++i) {
    SetUp();
    edits_.edits[i].replacement = edits_.edits[i].replacement == "2" ? "1" : "2";
    ExpectRefused("edit " + std::to_string(i));
  }
}

TEST_F(SecondOpinion, RefusesAWrongValueThatIsSaidToBeRight) {
  const std::size_t at = page_.find("T16:30");
  for (Edit& edit : edits_.edits) {
    if (edit.span.begin > at && edit.span.begin < at + 6) edit.replacement = "4";
  }
  for (EditNote& note : edits_.moved) {
    if (note.carrier == "json_ld") note.becomes = "2026-05-30T14:30:00-07:00";
  }
  ExpectRefused("the goal was 15:30");
}

TEST_F(SecondOpinion, RefusesADroppedEdit) {
  for (std::size_t i = 0; i < edits_.edits.size(); ++i) {
    SetUp();
    edits_.edits.erase(edits_.edits.begin() + static_cast<std::ptrdiff_t>(i));
    ExpectRefused("edit " + std::to_string(i));
  }
}

TEST_F(SecondOpinion, RefusesMarkupInsideAValue) {
  edits_.edits[0].replacement += "<i>";
  ExpectRefused("a tag in a value");
}

TEST_F(SecondOpinion, RefusesBase64ChangedBesideItsTimes) {
  page_ = "<a href=\"data:text/calendar;base64,QkVHSU46VkNBTEVOREFSCkRUU1RBUlQ6MjAyNjA1MzBUMjMzMDAwWgpTVU1NQVJZOlNhaWwKRU5EOlZDQUxFTkRBUgo=\">x</a>";
  SetUp();
  Add("OlNha", "OlNhb");  // another letter of the summary
  ExpectRefused("the summary");
}

// ---- what reads otherwise only because its neighbours moved ----

class Neighbours : public ReadingTest {
 protected:
  Edits Plan(const std::string& page, int minutes) const {
    const auto edits = ShiftPage(page, Read(page), minutes, options_);
    EXPECT_TRUE(edits.ok()) << edits.status().ToString();
    return edits.ok() ? *edits : Edits{};
  }
  Status Check(const std::string& page, const Edits& edits) const {
    const auto after = ApplyEdits(page, edits.edits);
    EXPECT_TRUE(after.ok());
    return CheckEdits(page, *after, edits, options_);
  }
};

constexpr const char* kDrinks = "<p>Drinks in the salon at 4:00 PM</p><p>Sail: 4:30 PM – 7:30 PM</p>";

TEST_F(Neighbours, AreNotedAndDoNotStopTheRest) {
  for (const auto& [page, minutes, after] : std::vector<std::tuple<std::string, int, std::string>>{
           {kDrinks, -30, "<p>Drinks in the salon at 4:00 PM</p><p>Sail: 4:00 PM – 7:00 PM</p>"},
           {"<p>Sail: 4:30 PM</p><p>Anna wrote “5:30 PM, wow”</p>", 60, "<p>Sail: 5:30 PM</p><p>Anna wrote “5:30 PM, wow”</p>"},
           {"<h1>May 30, 2026</h1><p>Sail: 4:30 PM</p><footer>Built 2nd of June, 5:30</footer>", 60, "<h1>May 30, 2026</h1><p>Sail: 5:30 PM</p><footer>Built 2nd of June, 5:30</footer>"},
           {"<p>Sail: 4:30 – 7:30 PM</p><script type=application/ld+json>{\"@type\":\"Review\",\"reviewBody\":\"Back at 5:30 PM\"}</script>", 60,
            "<p>Sail: 5:30 – 8:30 PM</p><script type=application/ld+json>{\"@type\":\"Review\",\"reviewBody\":\"Back at 5:30 PM\"}</script>"}}) {
    EXPECT_EQ(Shift(page, minutes), after);
  }
}

TEST_F(Neighbours, SayWhatTheyReadAsNow) {
  const Edits edits = Plan(kDrinks, -30);
  ASSERT_EQ(edits.unsure.size(), 1u);
  EXPECT_EQ(edits.unsure[0].text, "4:00 PM");
  EXPECT_NE(edits.unsure[0].why.find("beside the new times it reads as start 16:00"), std::string::npos) << edits.unsure[0].why;
  EXPECT_EQ(edits.reread.size(), 1u);
  EXPECT_TRUE(Plan(kDrinks, 60).reread.empty());
}

TEST_F(Neighbours, AreRefusedUnlessTheyAreNoted) {
  Edits edits = Plan(kDrinks, -30);
  ASSERT_TRUE(Check(kDrinks, edits).ok());
  edits.reread.clear();
  EXPECT_EQ(Check(kDrinks, edits).code(), Code::kInternal) << "nobody said that it reads otherwise";
  edits = Plan(kDrinks, -30);
  edits.unsure.clear();
  EXPECT_EQ(Check(kDrinks, edits).code(), Code::kInternal) << "it is in no list";
}

TEST_F(Neighbours, KeepTheirBytes) {
  const std::string page = kDrinks;
  Edits edits = Plan(page, -30);
  const std::size_t at = page.find("4:00");
  edits.edits.insert(edits.edits.begin(), Edit{{at, at + 1}, "5"});
  EXPECT_EQ(Check(page, edits).code(), Code::kInternal);
  edits.edits[0] = Edit{{at + 4, at + 4}, "&nbsp;"};  // reads the same
  EXPECT_EQ(Check(page, edits).code(), Code::kInternal);
}

TEST_F(Neighbours, AMovedTimeMaySayNothingElse) {
  const std::string page = kDrinks;
  Edits edits = Plan(page, -30);
  for (const EditNote& note : edits.moved) edits.reread.insert(note.span);
  for (Edit& edit : edits.edits) edit.replacement = edit.replacement == "0" ? "1" : edit.replacement;
  for (EditNote& note : edits.moved) note.becomes = "4:10 PM – 7:10 PM";
  EXPECT_EQ(Check(page, edits).code(), Code::kInternal) << "to be read anew is no leave to be wrong";
}

TEST_F(Neighbours, MakeATimeRightAsItStands) {
  const std::string page = "<p>Boarding 4:30</p><p>Sail: 4:30 PM – 9:30 PM</p>";
  Edits edits = Plan(page, 720);
  ASSERT_TRUE(edits.unsure.empty());
  ASSERT_EQ(edits.kept.size(), 1u);
  EXPECT_EQ(edits.kept[0].why, "right already");
  EXPECT_TRUE(Check(page, edits).ok());
  edits.goals[edits.kept[0].span].start.minutes += 12 * 60;
  EXPECT_EQ(Check(page, edits).code(), Code::kInternal) << "beside 4:30 AM it is not 4:30 PM";
}

TEST_F(Neighbours, EveryTimeIsInAList) {
  const std::string page = "<p>Arrive by 4:00 PM</p><p>Sail: 4:30 PM – 7:30 PM</p><p>Office 9 AM – 5 PM</p>";
  Edits edits = Plan(page, 60);
  ASSERT_TRUE(Check(page, edits).ok());
  ASSERT_EQ(edits.moved.size(), 2u);
  edits.edits.erase(edits.edits.begin());  // the arrival is forgotten, edit and note
  edits.moved.erase(edits.moved.begin());
  EXPECT_EQ(Check(page, edits).code(), Code::kInternal);
  edits = Plan(page, 60);
  edits.kept.clear();
  EXPECT_EQ(Check(page, edits).code(), Code::kInternal);
}

}  // namespace
}  // namespace evenkeel
