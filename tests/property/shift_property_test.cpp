// Laws of reading and shifting: over generated pages around every kind of clock change, over every page of the repository, and over
// the pages of public case files where they are present. A failure prints the seed or the page.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "evenkeel/json.h"
#include "property/page_generator.h"
#include "property/shift_laws.h"
#include "read_file.h"
#include "sanitized.h"

namespace evenkeel::property {
namespace {

namespace fs = std::filesystem;

class ShiftLaws : public testing::Test {
 protected:
  ReadOptions Options(const std::string& zone, std::optional<Date> date) const {
    ReadOptions options;
    options.zone = zone;
    options.zones = zones_.get();
    options.date = date;
    return options;
  }

  // False: enough is known, look at no more pages.
  bool Check(const std::string& name, const std::string& page, const ReadOptions& options, std::span<const int> shifts) {
    const Outcome outcome = CheckLaws(page, options, shifts);
    all_.shifts += outcome.shifts;
    all_.moved += outcome.moved;
    all_.unsure += outcome.unsure;
    for (const std::string& refused : outcome.refused) all_.refused.push_back(name + " " + refused);
    pages_ += 1;
    if (outcome.broken.empty()) return true;
    std::string all;
    for (std::size_t i = 0; i < outcome.broken.size() && i < 5; ++i) all += outcome.broken[i] + "\n";
    ADD_FAILURE() << name << " (" << outcome.broken.size() << " broken)\n" << all << (page.size() < 4'000 ? page : std::string());
    return ++failures_ < kFailuresMax;
  }

  // One of each four under the sanitizer, from page to page another one.
  bool CheckSome(const std::string& name, const std::string& page, const ReadOptions& options, std::span<const int> shifts) {
    std::vector<int> some;
    for (std::size_t i = static_cast<std::size_t>(pages_ % kEach); i < shifts.size(); i += kEach) some.push_back(shifts[i]);
    return Check(name, page, options, some);
  }

  void TearDown() override {
    std::cout << pages_ << " pages, " << all_.shifts << " shifts: " << all_.moved << " mentions moved, " << all_.unsure << " unsure, " << all_.refused.size()
              << " shifts refused by the second opinion\n";
    for (const std::string& refused : all_.refused) std::cout << "  " << refused << "\n";
  }

  static constexpr int kFailuresMax = 20;
  std::unique_ptr<ZoneSource> zones_ = MakeSystemZoneSource();
  Outcome all_;
  int pages_ = 0, failures_ = 0;
};

// An ordinary day, the days that clocks change on, and those beside them.
struct Season {
  const char* zone;
  const char* date;
};
void PrintTo(const Season& season, std::ostream* out) { *out << season.zone << " " << season.date; }

class GeneratedPages : public ShiftLaws, public testing::WithParamInterface<Season> {};
INSTANTIATE_TEST_SUITE_P(Seasons, GeneratedPages,
                         testing::Values(Season{"America/Los_Angeles", "2026-05-30"}, Season{"America/Los_Angeles", "2026-03-07"}, Season{"America/Los_Angeles", "2026-03-08"},
                                         Season{"America/Los_Angeles", "2026-10-31"}, Season{"America/Los_Angeles", "2026-11-01"}, Season{"Europe/London", "2026-03-28"},
                                         Season{"Europe/London", "2026-03-29"}, Season{"Europe/London", "2026-10-24"}, Season{"Europe/London", "2026-10-25"},
                                         Season{"Australia/Sydney", "2026-04-04"}, Season{"Australia/Sydney", "2026-04-05"}, Season{"Australia/Sydney", "2026-10-03"},
                                         Season{"Australia/Sydney", "2026-10-04"}, Season{"America/Los_Angeles", "2026-12-31"}, Season{"UTC", "2028-02-29"}));

TEST_P(GeneratedPages, KeepTheLaws) {
  constexpr std::uint64_t kPages = 20 / kEach;
  const Season& season = GetParam();
  const ReadOptions options = Options(season.zone, ParseDate(season.date));
  for (std::uint64_t seed = 1; seed <= kPages; ++seed) {
    const std::string page = PageGenerator(seed * 1'000'003 + static_cast<std::uint64_t>(season.date[9]) * 7 + static_cast<std::uint64_t>(season.zone[1]), {season.zone, *options.date}, *zones_).Make();
    if (!Check("seed " + std::to_string(seed), page, options, kShifts)) break;
  }
  EXPECT_LE(all_.refused.size() * 100, all_.shifts) << "such pages are plain enough to be moved";
}

TEST_F(ShiftLaws, PagesOfTheRepositoryKeepThem) {
  for (const auto& entry : fs::recursive_directory_iterator(EVENKEEL_SOURCE_DIR "/examples")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".html" && entry.path().extension() != ".ics") continue;
    CheckSome(name, ReadFile(entry.path()), Options("America/Los_Angeles", ParseDate(name.substr(0, 10))), kShifts);
  }
  EXPECT_GE(pages_, 10);
}

TEST_F(ShiftLaws, OurOwnCasesKeepThem) {
  constexpr int kSome[] = {60, -45, 390, -720};
  for (const auto& entry : fs::directory_iterator(EVENKEEL_SOURCE_DIR "/tests/cases")) {
    if (entry.path().extension() != ".json") continue;
    const auto group = ParseJson(ReadFile(entry.path()), entry.path().string());
    ASSERT_TRUE(group.ok()) << group.status().ToString();
    for (const Json& written : group->at("cases")) {
      std::string page = written[0];
      for (const std::string_view mark : {"⟦", "⟧"}) {
        for (std::size_t at = page.find(mark); at != std::string::npos; at = page.find(mark)) page.erase(at, mark.size());
      }
      if (!CheckSome(entry.path().filename().string(), page, Options("America/Los_Angeles", ParseDate("2026-05-30")), kSome)) return;
    }
  }
}

TEST_F(ShiftLaws, PagesOfPublicCasesKeepThem) {
  const fs::path folder = fs::path(EVENKEEL_SOURCE_DIR) / "../shared/cases";
  if (!fs::exists(folder)) GTEST_SKIP() << "no public case files in " << folder;
  constexpr int kSome[] = {60, -45, 390, -720};
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const Json each = Json::parse(line);
      const bool url = each["format"] == "url";
      const std::string text = each["input_text_or_html"];
      std::optional<Date> date;
      if (each.contains("ref") && each["ref"].is_string()) date = ParseDate(each["ref"].get<std::string>().substr(0, 10));
      if (!CheckSome(each["id"], url ? "<a href=\"" + text + "\">add</a>" : text, Options("America/Los_Angeles", date), kSome)) return;
    }
  }
}

}  // namespace
}  // namespace evenkeel::property
