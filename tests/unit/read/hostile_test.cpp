// Hostile pages end soon: with a named limit, or read.
#include <chrono>

#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

std::string Repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

class Hostile : public ReadingTest {
 protected:
  void ExpectLimit(const std::string& page, const std::string& name) const {
    const auto begin = std::chrono::steady_clock::now();
    const auto reading = ReadPage(page, options_);
    EXPECT_EQ(reading.code(), Code::kLimitExceeded) << name;
    EXPECT_NE(reading.status().message().find(name), std::string::npos) << reading.status().message();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << name;
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
  ExpectLimit(Repeat("</p>", 300'000), "page_nodes");
  ExpectLimit(Repeat("<p>4:30 PM", 25'000), "page_references");
  ExpectLimit(std::string((4u << 20) + 1, 'x'), "page_bytes");
  ExpectLimit("<script type=application/ld+json>" + Repeat("[", 100'000) + "</script>", "json_depth");
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
