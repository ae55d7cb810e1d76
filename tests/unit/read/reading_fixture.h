// What every reading test needs: a Pacific booking on 30 May 2026.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/edit.h"

namespace evenkeel {

class ReadingTest : public testing::Test {
 protected:
  ReadingTest() {
    options_.zone = "America/Los_Angeles";
    options_.zones = zones_.get();
    options_.date = ParseDate("2026-05-30");
  }

  Reading Read(std::string_view page) const {
    const auto reading = ReadPage(page, options_);
    EXPECT_TRUE(reading.ok()) << reading.status().ToString();
    return reading.ok() ? *reading : Reading{};
  }
  Reading ReadLine(std::string_view text) const {
    const auto reading = ReadText(text, options_);
    EXPECT_TRUE(reading.ok()) << reading.status().ToString();
    return reading.ok() ? *reading : Reading{};
  }

  // "text role HH:MM-HH:MM", one for each time.
  static std::vector<std::string> Describe(const Reading& reading) {
    std::vector<std::string> lines;
    for (const TimeReference& time : reading.times) {
      std::string line = time.text + " | " + std::string(RoleName(time.role)) + " ";
      if (time.start) line += FormatMinutes(*time.start);
      if (time.end) line += "-" + FormatMinutes(*time.end);
      lines.push_back(line);
    }
    return lines;
  }

  // The page shifted, checked by the second opinion.
  std::string Shift(std::string_view page, int minutes) const {
    const Reading reading = Read(page);
    const auto edits = ShiftPage(page, reading, minutes, options_);
    EXPECT_TRUE(edits.ok()) << edits.status().ToString();
    if (!edits.ok()) return {};
    const auto after = ApplyEdits(page, edits->edits);
    EXPECT_TRUE(after.ok());
    const Status checked = CheckEdits(page, *after, *edits, options_);
    EXPECT_TRUE(checked.ok()) << checked.ToString() << "\n" << page << "\n" << *after;
    return *after;
  }

  std::unique_ptr<ZoneSource> zones_ = MakeSystemZoneSource();
  ReadOptions options_;
};

}  // namespace evenkeel
