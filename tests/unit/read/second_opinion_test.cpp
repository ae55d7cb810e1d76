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

}  // namespace
}  // namespace evenkeel
