// Hostile pages end soon: with a named limit, or read.
#include <ctime>
#include <functional>

#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

std::string Repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

// Of this process: a busy machine makes nothing slower by it.
double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class Hostile : public ReadingTest {
 protected:
  void ExpectLimit(const std::string& page, const std::string& name) const {
    const double begin = CpuSeconds();
    const auto reading = ReadPage(page, options_);
    EXPECT_EQ(reading.code(), Code::kLimitExceeded) << name;
    EXPECT_NE(reading.status().message().find(name), std::string::npos) << reading.status().message();
    EXPECT_LT(CpuSeconds() - begin, 5) << name;
  }
};

TEST_F(Hostile, EndsWithTheLimitsName) {
  ExpectLimit(Repeat("<b>", 10'000), "page_depth");
  ExpectLimit(Repeat("<div>", 100'000), "page_depth");
  ExpectLimit(Repeat("<svg>", 300'000), "page_depth");
  std::string formatting, attributes = "<p";
  for (int i = 0; i < 5'000; ++i) formatting += "<b id=" + std::to_string(i) + "><p>";
  for (int i = 0; i < 40'000; ++i) attributes += " a" + std::to_string(i) + "=1";
  ExpectLimit(formatting, "page_depth");
  ExpectLimit(attributes + ">", "tag_attributes");
  ExpectLimit(Repeat("</p>", 300'000), "page_work");
  ExpectLimit(Repeat("<p>words", 100'000), "page_work");
  ExpectLimit(Repeat("<p>" + std::string(500, 'w'), 5'000), "page_work");
  ExpectLimit(Repeat("<p>4:30 PM", 25'000), "page_work");
  ExpectLimit(Repeat("<!--" + Repeat("word at 4 ", 1'000) + "-->", 400), "page_work");
  ExpectLimit("<script type=application/ld+json>" + Repeat("{\"a\":1},", 450'000) + "</script>", "page_work");
  ExpectLimit("<p>" + Repeat("4:30 PM ", 25'000), "page_references");
  ExpectLimit(std::string((4u << 20) + 1, 'x'), "page_bytes");
  ExpectLimit("<script type=application/ld+json>" + Repeat("[", 100'000) + "</script>", "json_depth");
  ExpectLimit(Repeat("4:30 PM ", 80'000), "text_bytes");
  ExpectLimit(Repeat("<b>words, and 4:30 PM, and many words more, none of them a time </b>", 9'000), "text_bytes");
  ExpectLimit("<script>" + Repeat("a=1;", 300'000) + "</script>", "page_nodes");
  ExpectLimit(Repeat("<p a=1 b=2 c=3 d=4>", 50'000), "page_nodes");
  ExpectLimit("<a href='data:text/calendar," + Repeat("DTSTART:20260530T163000Z%0A", 19'000) + "'><p>" + Repeat("<br>4:30 PM", 1'500), "page_references");
  options_.limits.arena_bytes = 1u << 20;
  ExpectLimit(Repeat("<p>words", 20'000), "arena_bytes");
}

TEST_F(Hostile, FloodsAreFine) {
  EXPECT_TRUE(ReadPage(std::string(300'000, '\0'), options_).ok());
  EXPECT_TRUE(ReadPage(std::string(300'000, '\xFF'), options_).ok());
  EXPECT_TRUE(ReadPage(Repeat("&", 300'000), options_).ok());
  EXPECT_TRUE(ReadPage(Repeat("<", 300'000), options_).ok());
  EXPECT_TRUE(ReadPage("<p>4" + Repeat(":30", 100'000), options_).ok());
}

// Each of these asked for work that grows with the square of the page. Twice the page may cost four times as much only where
// the clock is too coarse to tell.
TEST_F(Hostile, WorkGrowsWithThePage) {
  const auto cost = [&](const std::string& page) {
    const double begin = CpuSeconds();
    (void)ReadPage(page, options_);
    return CpuSeconds() - begin;
  };
  const std::vector<std::function<std::string(std::size_t)>> pages = {
      [](std::size_t n) { return "<script type=application/ld+json>{\"" + std::string(n * 10, 'k') + "\":[" + Repeat("1,", n * 10) + "]}</script>"; },
      [](std::size_t n) { return "<div class=\"" + Repeat("a ", n * 10) + "\">" + Repeat("<p>4:30 PM", n) + "</div>"; },
      [](std::size_t n) { return Repeat("<p>Saturday 4:30 PM", n); },
      [](std::size_t n) { return "<p>" + Repeat("May 30, 4:30 PM<br>", n); },
      [](std::size_t n) { return "<div class=dtstart>" + Repeat("<b class=value>2026-05-30</b><i class=value>16:30-07:00</i>", n / 2); },
      [](std::size_t n) { return "<table>" + Repeat("x<td>4:30 PM</td>", n); },
      [](std::size_t n) { return "<script>" + Repeat("a='2026-05-30T16:30';", n / 2) + "</script>" + Repeat("<p>Saturday 4:30 PM", n / 2); },
      [](std::size_t n) { return "<p>" + Repeat("3 hours, 4 PM, ", n); },
      [](std::size_t n) { return "<p>" + Repeat("from 2 PM, 3 hours ", n); },
      [](std::size_t n) { return "<p>" + Repeat("Captain: Gene Ward ", n); },
      [](std::size_t n) { return "BEGIN:VCALENDAR\n" + Repeat("DTSTART:20260530T163000Z\nX\n", n); },
      [](std::size_t n) { return "<a href='?" + Repeat("&a", n * 10) + "'>"; },
      [](std::size_t n) { return Repeat("<div>", 390) + Repeat("4:30 PM<br>", n); },
      [](std::size_t n) { return "<table>" + Repeat("x<i></i>", n) + std::string(n * 20, 'y'); },
  };
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const double once = cost(pages[i](2'000));
    EXPECT_LT(cost(pages[i](8'000)), 12 * once + 0.5) << "page " << i;
  }
}

TEST_F(Hostile, EditingGrowsWithThePageToo) {
  const std::string page = Repeat("<p>Sail 4:30 PM", 3'500);
  const double begin = CpuSeconds();
  EXPECT_EQ(Shift(page, 60), Repeat("<p>Sail 5:30 PM", 3'500));
  EXPECT_LT(CpuSeconds() - begin, 15);
}

TEST_F(Hostile, EditingHasALimitOfItsOwn) {
  const std::string page = Repeat("<p>Sail 4:30 PM", 6'000);
  const Reading reading = Read(page);
  const auto edits = ShiftPage(page, reading, 60, options_);
  EXPECT_EQ(edits.code(), Code::kLimitExceeded);
  EXPECT_NE(edits.status().message().find("edit_work"), std::string::npos) << edits.status().message();
  options_.limits.edit_work = reading.work;
  EXPECT_TRUE(ShiftPage(page, reading, 60, options_).ok());
}

TEST_F(Hostile, StopsWhenTheHostSaysSo) {
  options_.keep_going = [] { return false; };
  EXPECT_EQ(ReadPage("<p>4:30 PM</p>", options_).code(), Code::kUnavailable);
}

TEST_F(Hostile, MisnestedMarkupKeepsItsPositions) {
  const std::string page = "<p><b>Starts 4:30 <i>PM</b> and</i> ends</p><table>loose 7:30 PM<tr><td>Arrive 4:00 PM</table>";
  for (const TimeReference& time : Read(page).times) EXPECT_EQ(time.text, time.span.In(page));
  EXPECT_GE(Read(page).times.size(), 3u);
}

}  // namespace
}  // namespace evenkeel
