// Both feeds say the same: on markup from seeds, on generated pages, on every page of the repository and of its case files, and where limits
// are near. A failure prints the seed or the page.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "evenkeel/json.h"
#include "property/feed_laws.h"
#include "property/page_generator.h"
#include "read_file.h"
#include "sanitized.h"

namespace evenkeel::property {
namespace {

namespace fs = std::filesystem;

class Feeds : public testing::Test {
 protected:
  // False: enough is known, look at no more pages.
  bool Check(const std::string& name, std::string_view page) {
    const FeedOutcome outcome = CheckFeeds(page, options_);
    ++pages_;
    tokens_ += outcome.tokens ? 1 : 0;
    if (outcome.broken.empty()) return true;
    ADD_FAILURE() << name << ": " << outcome.broken << "\n" << (page.size() < 4'000 ? page : std::string_view());
    return ++failures_ < 10;
  }

  void SetUp() override {
    options_.zone = "America/Los_Angeles";
    options_.zones = zones_.get();
    options_.date = ParseDate("2026-05-30");
  }
  void TearDown() override { std::cout << pages_ << " pages, " << tokens_ << " of them by tokens\n"; }

  std::unique_ptr<ZoneSource> zones_ = MakeSystemZoneSource();
  ReadOptions options_;
  int pages_ = 0, tokens_ = 0, failures_ = 0;
};

TEST_F(Feeds, AgreeOnMarkupFromSeeds) {
  for (std::uint64_t seed = 0; seed < 3000; seed += kEach) {
    if (!Check("seed " + std::to_string(seed), MakeMarkup(seed))) return;
  }
  EXPECT_GE(tokens_, pages_ / 4) << "where all is doubt, nothing is compared";
}

TEST_F(Feeds, AgreeOnGeneratedPages) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    if (!Check("seed " + std::to_string(seed), PageGenerator(seed, {"America/Los_Angeles", *options_.date}, *zones_).Make())) return;
  }
  EXPECT_GE(tokens_, pages_ / 4);
}

TEST_F(Feeds, AgreeOnPagesOfTheRepository) {
  for (const char* const folder : {"/examples", "/tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(std::string(EVENKEEL_SOURCE_DIR) + folder)) {
      if (entry.path().extension() == ".html" && !Check(entry.path().string(), ReadFile(entry.path()))) return;
    }
  }
  for (const char* const name : {"read", "shift"}) {
    for (const auto& entry : fs::directory_iterator(std::string(EVENKEEL_SOURCE_DIR) + "/tests/fuzz/corpus/" + name)) {
      if (!Check(entry.path().string(), ReadFile(entry.path()))) return;
    }
  }
}

TEST_F(Feeds, GuestPagesLeaveNoDoubt) {
  for (const auto& entry : fs::directory_iterator(EVENKEEL_SOURCE_DIR "/examples/incident/fleet/site/g")) Check(entry.path().string(), ReadFile(entry.path()));
  EXPECT_EQ(tokens_, pages_);
}

TEST_F(Feeds, AgreeOnOurOwnCases) {
  for (const auto& entry : fs::directory_iterator(EVENKEEL_SOURCE_DIR "/tests/cases")) {
    if (entry.path().extension() != ".json") continue;
    const auto group = ParseJson(ReadFile(entry.path()), entry.path().string());
    ASSERT_TRUE(group.ok()) << group.status().ToString();
    for (const Json& written : group->at("cases")) {
      if (!Check(entry.path().filename().string(), written[0].get<std::string>())) return;
    }
  }
  EXPECT_GE(tokens_, pages_ / 2);
}

TEST_F(Feeds, AgreeOnPublicCases) {
  const fs::path folder = fs::path(EVENKEEL_SOURCE_DIR) / "../shared/cases";
  if (!fs::exists(folder)) GTEST_SKIP() << "no public case files in " << folder;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const Json each = Json::parse(line);
      if (!Check(each["id"], each["input_text_or_html"].get<std::string>())) return;
    }
  }
}

// A page that the parser has no room for, or that has too much of something, is refused whatever reads it.
TEST_F(Feeds, AgreeWhereLimitsAreNear) {
  const Limits usual = options_.limits;
  for (std::uint64_t seed = 0; seed < 400; seed += EVENKEEL_SANITIZED ? 7 : 1) {
    std::string page = "<!DOCTYPE html><title>x</title>";
    const std::string part = seed % 4 == 0 ? "<b>1</b>" : seed % 4 == 1 ? "<p class=a id=b title='4 pm'>\xFF\xFF" : seed % 4 == 2 ? "word \xFF\xFF" : "<p>" + MakeMarkup(seed).substr(0, 40);
    while (page.size() < 2'000u << (seed % 9)) page += part;
    options_.limits = usual;
    options_.limits.arena_bytes = (1u << 20) + (seed * 7919 % 64 << 19);
    options_.limits.page_nodes = seed % 3 == 0 ? 40 + seed * 13 : usual.page_nodes;
    options_.limits.page_depth = seed % 5 == 0 ? 3 + seed % 11 : usual.page_depth;
    if (!Check("seed " + std::to_string(seed), page)) return;
  }
  EXPECT_GE(tokens_, 20);
}

TEST_F(Feeds, StopWhereTheHostSaysSo) {
  options_.keep_going = [] { return false; };
  EXPECT_EQ(ReadPage("<p>Sail 4:30 PM</p>", options_).code(), Code::kUnavailable);
}

}  // namespace
}  // namespace evenkeel::property
