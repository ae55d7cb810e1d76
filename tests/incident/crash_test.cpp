// The executor is stopped after every single step, as a crash would, and another process goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "incident/fleet_copy.h"

namespace evenkeel::incident {
namespace {

// The incident's booking alone: every kind of action is in it, and the steps of the others would be more of the same.
ApplyOptions ApproveAll() {
  ApplyOptions options;
  options.booking = "xhqgmdh";
  options.approve_all = true;
  options.by = "tester";
  return options;
}

// Law 1, looked at from outside: the pointer leads to a page that is there, and once the sunset page has been pointed at, or the
// other one is gone, to the one with the features.
::testing::AssertionResult PointerHolds(const FleetCopy& copy) {
  const std::string slug = copy.Column("S2FJLN", "page_slug");
  const std::string page = "site/g/" + slug + ".html";
  if (!copy.Exists(page)) return ::testing::AssertionFailure() << "the record points to " << slug << ", which is not there";
  if (!copy.Exists(kAfternoon) && page != kSunset) return ::testing::AssertionFailure() << "retired before re-pointed";
  const std::string bytes = copy.Read(page);
  if (page == kSunset && bytes.find("multipart") == std::string::npos && bytes.find("FormData") == std::string::npos)
    return ::testing::AssertionFailure() << "the page lost its upload";
  if (std::count(bytes.begin(), bytes.end(), '\n') != (page == kSunset ? 568 : 96))
    return ::testing::AssertionFailure() << "a half-written page is live";
  return ::testing::AssertionSuccess();
}

// Steps of an undisturbed run.
std::size_t CountSteps(const FleetCopy& copy, const Plan& plan) {
  Fleet fleet = copy.Open();
  auto machine = ApplyMachine::Start(fleet, plan, ApproveAll());
  EXPECT_TRUE(machine.ok()) << machine.status().ToString();
  std::size_t steps = 0;
  for (bool more = true; more; ++steps) {
    auto step = (*machine)->Step();
    EXPECT_TRUE(step.ok()) << step.status().ToString();
    more = step.ok() && *step;
    EXPECT_TRUE(PointerHolds(copy)) << "after step " << steps;
  }
  return steps;
}

// Differences between two runs that are none: the log's time stamps.
std::map<std::string, std::string> WithoutTimes(std::map<std::string, std::string> contents) {
  std::multiset<std::string> paths;
  std::string log = contents["invalidations.jsonl"];
  for (std::size_t begin = 0; begin < log.size();) {
    const std::size_t end = log.find('\n', begin);
    paths.insert(Json::parse(log.substr(begin, end - begin)).at("paths").dump());
    begin = end + 1;
  }
  contents["invalidations.jsonl"] = Json(std::vector<std::string>(paths.begin(), paths.end())).dump();
  std::string& calendar = contents["calendar.ics"];
  std::string kept;
  for (std::size_t begin = 0; begin < calendar.size();) {
    const std::size_t end = calendar.find('\n', begin) + 1;
    const std::string line = calendar.substr(begin, end - begin);
    if (!line.starts_with("DTSTAMP") && !line.starts_with("LAST-MODIFIED")) kept += line;
    begin = end;
  }
  calendar = kept;
  contents.erase("fleet.json");
  return contents;
}

TEST(IncidentCrash, EveryStepCanBeTheLastOneBeforeACrash) {
  FleetCopy undisturbed;
  Fleet first = undisturbed.Open();
  const auto reference = PlanFleet(first, {});
  ASSERT_TRUE(reference.ok()) << reference.status().ToString();
  const std::size_t steps = CountSteps(undisturbed, *reference);
  ASSERT_GT(steps, 20u);
  const auto expected = WithoutTimes(undisturbed.Contents());

  for (std::size_t stop = 0; stop < steps; ++stop) {
    FleetCopy copy;
    std::string run;
    {
      Fleet fleet = copy.Open();
      const auto plan = PlanFleet(fleet, {});
      ASSERT_TRUE(plan.ok()) << plan.status().ToString();
      run = RunOfPlan(*plan);
      auto machine = ApplyMachine::Start(fleet, *plan, ApproveAll());
      ASSERT_TRUE(machine.ok()) << machine.status().ToString();
      for (std::size_t i = 0; i < stop; ++i) ASSERT_TRUE((*machine)->Step().ok());
    }
    ASSERT_TRUE(PointerHolds(copy)) << "crash after step " << stop;
    Fleet fleet = copy.Open();
    const auto report = ResumeRun(fleet, run, ApproveAll());
    if (report.code() == Code::kNotFound) continue;  // it stopped before the journal's first entry: nothing has happened
    ASSERT_TRUE(report.ok()) << "crash after step " << stop << ": " << report.status().ToString();
    EXPECT_FALSE(report->HasConflict()) << "crash after step " << stop;
    EXPECT_TRUE(PointerHolds(copy));
    ASSERT_EQ(WithoutTimes(copy.Contents()), expected) << "crash after step " << stop;
  }
}

}  // namespace
}  // namespace evenkeel::incident
