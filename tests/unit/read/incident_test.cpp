// The page of the incident, as the example fleet keeps it.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "evenkeel/edit.h"
#include "read_file.h"

namespace evenkeel {
namespace {

class IncidentPage : public testing::Test {
 protected:
  void SetUp() override {
    page_ = ReadFile(std::string(EVENKEEL_SOURCE_DIR) + "/examples/incident/fleet/site/g/2026-05-30-jonathan-sunset.html");
    ASSERT_NE(page_, "");
    options_.zone = "America/Los_Angeles";
    options_.zones = zones_.get();
    options_.date = ParseDate("2026-05-30");
  }

  std::unique_ptr<ZoneSource> zones_ = MakeSystemZoneSource();
  ReadOptions options_;
  std::string page_;
};

TEST_F(IncidentPage, ReadsCompletely) {
  const auto reading = ReadPage(page_, options_);
  ASSERT_TRUE(reading.ok()) << reading.status().ToString();
  EXPECT_EQ(reading->lines, 568u);
  for (const TimeReference& time : reading->times) {
    EXPECT_NE(time.role, Role::kUnknown) << time.text << " in line " << time.line;
    EXPECT_EQ(time.text, time.span.In(page_));
    if (time.role == Role::kStart || time.role == Role::kStartEnd) {
      EXPECT_EQ(time.start, 16 * 60 + 30) << time.text;
    }
    if (time.role == Role::kEnd || time.role == Role::kStartEnd) {
      EXPECT_EQ(time.end, 19 * 60 + 30) << time.text;
    }
    if (time.role == Role::kArrival) {
      EXPECT_EQ(time.start, 16 * 60) << time.text;
    }
    if (time.role == Role::kCutoff) {
      EXPECT_EQ(FormatDate(*time.date) + " " + FormatMinutes(*time.start), "2026-05-25 20:00") << time.text;
    }
    if (time.role == Role::kSwitch) {
      EXPECT_EQ(time.start, 19 * 60 + 30) << time.text;
    }
  }
}

TEST_F(IncidentPage, GoesToTheVerdictInExactlyItsTimes) {
  const auto reading = ReadPage(page_, options_);
  ASSERT_TRUE(reading.ok());
  PageTargets targets;
  targets.start = LocalDateTime{options_.date, 15 * 60 + 30};
  targets.end = LocalDateTime{options_.date, 18 * 60 + 30};
  targets.arrival = LocalDateTime{options_.date, 15 * 60};
  targets.cutoff = LocalDateTime{ParseDate("2026-05-25"), 19 * 60};
  targets.switch_over = LocalDateTime{options_.date, 18 * 60 + 30};
  const auto edits = SetPage(page_, *reading, targets, options_);
  ASSERT_TRUE(edits.ok()) << edits.status().ToString();
  EXPECT_TRUE(edits->unsure.empty());
  EXPECT_NE(std::find_if(edits->moved.begin(), edits->moved.end(), [](const EditNote& note) { return note.becomes == "3:30–6:30 PM"; }), edits->moved.end());
  EXPECT_EQ(edits->moved.size(), 16u);
  for (const Edit& edit : edits->edits) {
    EXPECT_EQ(edit.span.size(), 1u) << "one digit each";
    EXPECT_EQ(edit.replacement.size(), 1u);
  }
  const auto after = ApplyEdits(page_, edits->edits);
  ASSERT_TRUE(after.ok());
  const Status checked = CheckEdits(page_, *after, *edits, options_);
  EXPECT_TRUE(checked.ok()) << checked.ToString();
  for (const char* stays : {"Sunset 7:48 PM", "9:00 AM – 5:00 PM", "619-555-0130", "$16.30", "Mo-Fr 09:00-17:00", "built 2026-05-09 16:30:07", "cropped to 4:3"}) {
    EXPECT_NE(after->find(stays), std::string::npos) << stays;
  }
  const auto again_reading = ReadPage(*after, options_);
  ASSERT_TRUE(again_reading.ok());
  const auto again = SetPage(*after, *again_reading, targets, options_);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->edits.empty()) << "setting twice changes nothing more";
}

}  // namespace
}  // namespace evenkeel
