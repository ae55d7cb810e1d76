// What people are told when a run stops on its way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/memory_stores.h"
#include "render.h"
#include "run.h"

namespace evenkeel::program {
namespace {

using ::testing::HasSubstr;

TEST(WithWayOn, AnErrorOfTheStateSaysHowToGoOn) {
  Fleet fleet;
  fleet.state = std::make_unique<MemoryStateStore>();
  Arguments arguments;
  arguments.fleet = "fleet.json";
  const Status full(Code::kUnavailable, "no space left on the disk; free some and try again", "state/journals");
  EXPECT_THAT(WithWayOn(full, arguments, fleet, "run-1").message(), HasSubstr("then: the same command again")) << "nothing was begun";
  ASSERT_TRUE(fleet.state->AppendJournal("run-1", 0, "{}").ok());
  EXPECT_THAT(WithWayOn(full, arguments, fleet, "run-1").message(), HasSubstr("then: evenkeel resume fleet.json run-1"));
  EXPECT_EQ(WithWayOn(full, arguments, fleet, "run-1").resource(), full.resource());
  const Status wrong(Code::kInvalidArgument, "the plan was edited by hand", "plan.json");
  EXPECT_EQ(WithWayOn(wrong, arguments, fleet, "run-1").message(), wrong.message()) << "another run would not help";
}

TEST(RenderRun, WhatCouldNotBeFencedIsSaid) {
  RunReport report;
  report.run = "run-1";
  report.finished = true;
  EXPECT_THAT(ToText(RenderRun(report, nullptr, {}), {}), ::testing::Not(HasSubstr("may still land")));
  report.cannot_be_fenced = {"pages:g/x.html"};
  for (const bool back : {false, true}) {
    if (back) report.rollback = RollbackAsked{"Ana", {}, ""};
    const std::string text = ToText(RenderRun(report, nullptr, {}), {});
    EXPECT_THAT(text, HasSubstr("pages:g/x.html"));
    EXPECT_THAT(text, HasSubstr("may still land"));
  }
}

TEST(RenderRun, WhatGuestsMayStillSeeIsSaid) {
  RunReport report;
  report.run = "run-1";
  report.stale = {"cloudfront:/g/x: it serves what was there before"};
  for (const bool back : {false, true}) {
    if (back) report.rollback = RollbackAsked{"Ana", {}, ""};
    EXPECT_THAT(ToText(RenderRun(report, nullptr, {}), {}), HasSubstr("Guests may still see what was there before:")) << back;
  }
}

}  // namespace
}  // namespace evenkeel::program
