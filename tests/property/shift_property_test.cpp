// Laws of reading and shifting over generated pages. The seed is printed with every failure and reproduces it.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "evenkeel/edit.h"

namespace evenkeel {
namespace {

class PageGenerator {
 public:
  explicit PageGenerator(std::uint64_t seed) : random_(seed) {}

  std::string Make() {
    start_ = 8 * 60 + Pick(18) * 30;
    length_ = 60 + Pick(7) * 30;
    std::string page = "<!DOCTYPE html>" + Newline() + "<title>Sail</title>" + Newline();
    page += Weekday() + ", May 30, 2026" + Newline();
    page += "<p>Time: " + Range() + "</p>" + Newline();
    page += "<p>Arrive by " + Clock(start_ - 30) + ".</p>" + Newline();
    if (Pick(2)) page += "<script type=\"application/ld+json\">{\"@type\":\"Event\",\"startDate\":\"2026-05-30T" + FormatMinutes(start_) + ":00-07:00\"}</script>" + Newline();
    if (Pick(2)) page += "<p>Office hours: Mon–Fri 9:00 AM – 5:00 PM, call 619-555-0130</p>" + Newline();
    if (Pick(2)) page += "<p>Sunset " + Clock(19 * 60 + 48) + " &amp; ratio 16:9, version 4.30.2, $4.30</p>" + Newline();
    if (Pick(2)) page += "<p>Reply by Monday 8:00 PM PT</p><script>const REPLY_CUTOFF = \"2026-05-26T03:00:00Z\"; // 8 PM</script>" + Newline();
    if (Pick(3) == 0) page += std::string("bad \xFF bytes \x01 and </b></div> ends") + Newline();
    return page;
  }

 private:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }
  std::string Newline() { return Pick(2) ? "\n" : "\r\n"; }
  std::string Weekday() { return Pick(2) ? "<p>Saturday" : "<h2>Sat"; }

  std::string Gap() {
    static const char* const kGaps[] = {" ", "", "&nbsp;", "\xC2\xA0", "&#8239;", " <b></b>"};
    return kGaps[Pick(6)];
  }
  std::string Clock(int minutes) {
    minutes = (minutes + 1440) % 1440;
    const std::string minute = FormatMinutes(minutes).substr(3);
    return std::to_string((minutes / 60 + 11) % 12 + 1) + ":" + minute + Gap() + (minutes < 720 ? "AM" : "PM");
  }
  std::string Range() {
    static const char* const kDashes[] = {" – ", "-", "&ndash;", " to ", "\xE2\x80\x94", "&#x2013;"};
    const std::string dash = kDashes[Pick(6)];
    const int end = start_ + length_;
    if (Pick(3) == 0 && (start_ < 720) == (end < 720) && end < 1440) {
      const std::string first = Clock(start_);
      return first.substr(0, first.find(':') + 3) + dash + Clock(end);
    }
    return Clock(start_) + dash + Clock(end);
  }

  std::mt19937_64 random_;
  int start_ = 0;
  int length_ = 0;
};

class ShiftLaws : public testing::Test {
 protected:
  void SetUp() override {
    options_.zone = "America/Los_Angeles";
    options_.zones = zones_.get();
    options_.date = ParseDate("2026-05-30");
  }

  std::string Shift(const std::string& page, int minutes) {
    const auto reading = ReadPage(page, options_);
    EXPECT_TRUE(reading.ok()) << reading.status().ToString();
    const auto edits = ShiftPage(page, *reading, minutes, options_);
    EXPECT_TRUE(edits.ok()) << edits.status().ToString();
    const auto after = ApplyEdits(page, edits->edits);
    EXPECT_TRUE(after.ok());
    const Status checked = CheckEdits(page, *after, *edits, options_);
    EXPECT_TRUE(checked.ok()) << checked.ToString() << "\n" << page;
    return *after;
  }

  std::unique_ptr<ZoneSource> zones_ = MakeSystemZoneSource();
  ReadOptions options_;
};

constexpr int kPages = 150;

TEST_F(ShiftLaws, EverySpanQuotesItsText) {
  for (std::uint64_t seed = 1; seed <= kPages; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::string page = PageGenerator(seed).Make();
    const auto reading = ReadPage(page, options_);
    ASSERT_TRUE(reading.ok());
    EXPECT_GE(reading->times.size(), 2u) << page;
    for (const TimeReference& time : reading->times) {
      ASSERT_LE(time.span.end, page.size());
      EXPECT_EQ(time.text, time.span.In(page));
      EXPECT_NE(time.role, Role::kUnknown) << time.text << "\n" << page;
      if (time.start_span) {
        EXPECT_TRUE(time.span.Contains(*time.start_span));
      }
      if (time.end_span) {
        EXPECT_TRUE(time.span.Contains(*time.end_span));
      }
    }
  }
}

TEST_F(ShiftLaws, ZeroChangesNothing) {
  for (std::uint64_t seed = 1; seed <= kPages; ++seed) {
    const std::string page = PageGenerator(seed).Make();
    EXPECT_EQ(Shift(page, 0), page) << "seed " << seed;
  }
}

TEST_F(ShiftLaws, ForthAndBackRestores) {
  for (std::uint64_t seed = 1; seed <= kPages; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::string page = PageGenerator(seed).Make();
    for (const int minutes : {60, -60, 90, -30}) {
      const std::string there = Shift(page, minutes);
      const std::string back = Shift(there, -minutes);
      if (back == page) continue;
      // A meridiem that had to grow stays; the values are the old ones.
      const auto first = ReadPage(page, options_);
      const auto last = ReadPage(back, options_);
      ASSERT_TRUE(first.ok() && last.ok());
      ASSERT_EQ(first->times.size(), last->times.size());
      for (std::size_t i = 0; i < first->times.size(); ++i) {
        EXPECT_EQ(first->times[i].start, last->times[i].start) << page;
        EXPECT_EQ(first->times[i].end, last->times[i].end) << page;
        EXPECT_EQ(first->times[i].date, last->times[i].date) << page;
      }
    }
  }
}

TEST_F(ShiftLaws, TwoShiftsEqualTheirSum) {
  for (std::uint64_t seed = 1; seed <= kPages / 2; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::string page = PageGenerator(seed).Make();
    const auto twice = ReadPage(Shift(Shift(page, 45), 30), options_);
    const auto once = ReadPage(Shift(page, 75), options_);
    ASSERT_TRUE(twice.ok() && once.ok());
    ASSERT_EQ(twice->times.size(), once->times.size());
    for (std::size_t i = 0; i < once->times.size(); ++i) {
      EXPECT_EQ(twice->times[i].start, once->times[i].start);
      EXPECT_EQ(twice->times[i].end, once->times[i].end);
    }
  }
}

}  // namespace
}  // namespace evenkeel
