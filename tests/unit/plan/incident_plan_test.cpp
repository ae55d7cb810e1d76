// The plan of the incident: its order, its content, and that carrying it out leaves nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>


#include "decide/canonical.h"
#include "decide/findings.h"
#include "fleet_world.h"
#include "read_file.h"

namespace evenkeel {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

std::string ReadExample(const std::string& key) { return ReadFile(std::string(EVENKEEL_SOURCE_DIR) + "/examples/incident/fleet/site/" + key); }
FleetWorld Example() { return IncidentWorld(ReadExample(kSunset), ReadExample(kAfternoon)); }

std::vector<std::string> Resources(const BookingPlan& plan) {
  std::vector<std::string> resources;
  for (const Action& action : plan.actions) resources.push_back(action.resource);
  return resources;
}

TEST(IncidentPlan, TheActionsInTheOrderOfTheLaws) {
  const BookingPlan plan = Example().Only();
  EXPECT_THAT(Verbs(plan), ElementsAre("back_up_page", "back_up_page", "edit_page", "repoint_record", "retire_page", "invalidate_paths",
                                       "invalidate_paths", "update_event", "manual_task", "move_card", "leave_handoff"));
  EXPECT_THAT(Resources(plan), ElementsAre(kAfternoon, kSunset, kSunset, "S2FJLN", kAfternoon, kAfternoon, kSunset, "jonathan@example",
                                           "jonathan-crew-booking", "xhqgmdh", "xhqgmdh"));
  EXPECT_THAT(plan.notes, IsEmpty());
  EXPECT_THAT(plan.questions, IsEmpty());
  EXPECT_EQ(plan.canonical->key, kSunset);
}

TEST(IncidentPlan, WhatEachActionDoes) {
  const BookingPlan plan = Example().Only();
  const Action& retire = *Find(plan, Verb::kRetirePage, kAfternoon);
  EXPECT_EQ(retire.approval, Approval::kApprove);
  EXPECT_THAT(retire.needs, IsSupersetOf({Find(plan, Verb::kBackUpPage, kAfternoon)->id, Find(plan, Verb::kEditPage, kSunset)->id,
                                          Find(plan, Verb::kRepointRecord, "S2FJLN")->id}));
  const auto& pointer = std::get<SetAttributes>(Find(plan, Verb::kRepointRecord, "S2FJLN")->change);
  EXPECT_EQ(pointer.to.at("page_slug"), "2026-05-30-jonathan-sunset") << "in the record's own form";
  EXPECT_THAT(pointer.to, SizeIs(1)) << "updated_at belongs to the table's own writers";
  EXPECT_THAT(std::get<InvalidatePaths>(Find(plan, Verb::kInvalidatePaths, kAfternoon)->change).paths,
              ElementsAre("/g/2026-05-30-jonathan-afternoon", "/g/2026-05-30-jonathan-afternoon.html"));
  const auto& event = std::get<UpdateEvent>(Find(plan, Verb::kUpdateEvent, "jonathan@example")->change);
  EXPECT_EQ(FormatValue(*event.to.start), "2026-05-30T15:30");
  EXPECT_EQ(FormatValue(*event.to.end), "2026-05-30T18:30");
  EXPECT_EQ(event.to.zone, "America/Los_Angeles");
  const auto& task = std::get<ManualTask>(Find(plan, Verb::kManualTask, "jonathan-crew-booking")->change);
  EXPECT_EQ(task.to, (Attributes{{"start", "15:30"}, {"end", "18:30"}}));
  EXPECT_THAT(task.instruction, HasSubstr("On boatsetter, open listing jonathan-crew-booking and change"));
  const Action& card = *Find(plan, Verb::kMoveCard, "xhqgmdh");
  EXPECT_EQ(std::get<MoveCard>(card.change), (MoveCard{"needs-you", "done"}));
  EXPECT_THAT(card.needs, ::testing::Not(Contains(Find(plan, Verb::kManualTask, "jonathan-crew-booking")->id))) << "it does not wait for people";
  EXPECT_THAT(card.needs, Contains(retire.id));
  const std::string note = std::get<LeaveHandoff>(plan.actions.back().change).note;
  EXPECT_THAT(note, HasSubstr("On boatsetter"));
  EXPECT_THAT(note, HasSubstr("The start is 3:30 PM"));
}

TEST(IncidentPlan, CarriedOutItLeavesNothing) {
  FleetWorld world = Example();
  const std::string before = world.pages[kSunset];
  for (const Action& action : world.Only().actions) world.Do(action);
  EXPECT_THAT(world.Planned().bookings, IsEmpty()) << DumpJsonPretty(PlanToJson(world.Planned()));
  EXPECT_EQ(world.pages.count(kAfternoon), 0u);
  const std::string& after = world.pages[kSunset];
  EXPECT_EQ(std::count(after.begin(), after.end(), '\n'), 568);
  EXPECT_EQ(after.size(), before.size());
  EXPECT_THAT(after, HasSubstr("3:30 PM \xE2\x80\x93 6:30 PM"));
}

TEST(IncidentPlan, WithoutThePersonOnlyTheManualTaskIsLeft) {
  FleetWorld world = Example();
  for (const Action& action : world.Only().actions) {
    if (action.approval != Approval::kManual) world.Do(action);
  }
  const Plan left = world.Planned();
  EXPECT_THAT(Verbs(left.bookings.at(0)), ElementsAre("manual_task")) << "a handoff alone never makes a plan";
  EXPECT_FALSE(left.CanChangeAnything());
  EXPECT_TRUE(left.WaitsForPeople());
}

TEST(IncidentPlan, ASetStartTakesEverySystemToIt) {
  FleetWorld world = Example();
  Snapshot snapshot = world.Snapshot();
  snapshot.instructions.push_back({"xhqgmdh", "start", "17:00", "Ana", snapshot.taken_at});
  const Plan plan = world.Planned(snapshot);
  for (const Action& action : plan.bookings.at(0).actions) world.Do(action);
  EXPECT_EQ(world.records["S2FJLN"]["start_time"], "17:00");
  EXPECT_THAT(world.pages[kSunset], HasSubstr("5:00 PM \xE2\x80\x93 8:00 PM"));
  EXPECT_EQ(world.listings["jonathan-crew-booking"]["end"], "20:00");
}

// The pointer law over every set of actions that can have been done when a process dies: sets closed under `needs`.
class Prefixes {
 public:
  Prefixes(const FleetWorld& world, const BookingPlan& plan) : world_(world), actions_(plan.actions) {}

  template <typename Check>
  std::size_t ForEach(Check check) {
    std::set<std::uint64_t> seen = {0};
    std::vector<std::uint64_t> open = {0};
    while (!open.empty()) {
      const std::uint64_t done = open.back();
      open.pop_back();
      check(After(done), done);
      for (std::size_t i = 0; i < actions_.size(); ++i) {
        const std::uint64_t next = done | std::uint64_t{1} << i;
        if (next != done && MayRun(i, done) && seen.insert(next).second) open.push_back(next);
      }
    }
    return seen.size();
  }

 private:
  bool MayRun(std::size_t i, std::uint64_t done) const {
    return std::all_of(actions_[i].needs.begin(), actions_[i].needs.end(), [&](const std::string& id) {
      for (std::size_t k = 0; k < actions_.size(); ++k) {
        if (actions_[k].id == id) return (done >> k & 1) != 0;
      }
      return false;
    });
  }
  // The pages and the pointer alone: nothing else bears on the law.
  std::pair<std::map<std::string, std::string>, std::string> After(std::uint64_t done) const {
    std::map<std::string, std::string> pages = world_.pages;
    std::string pointer = world_.records.at("S2FJLN").at("page_slug").get<std::string>();
    for (std::size_t i = 0; i < actions_.size(); ++i) {
      if ((done >> i & 1) == 0) continue;
      const Action& action = actions_[i];
      if (const auto* edit = std::get_if<EditPage>(&action.change)) pages[action.resource] = *ApplyEdits(pages[action.resource], edit->edits);
      if (const auto* retire = std::get_if<RetirePage>(&action.change)) {
        if (retire->redirect) pages[action.resource] = retire->redirect_bytes;
        if (!retire->redirect) pages.erase(action.resource);
      }
      if (action.verb == Verb::kRepointRecord) pointer = std::get<SetAttributes>(action.change).to.at("page_slug").get<std::string>();
    }
    return {pages, pointer};
  }

  const FleetWorld& world_;
  const std::vector<Action>& actions_;
};

void CheckPointerLaw(const FleetWorld& world) {
  const BookingPlan plan = world.Only();
  ASSERT_NE(Find(plan, Verb::kRetirePage, kAfternoon), nullptr);
  const auto protects = [&](const std::string& bytes) {
    const Observed page = ObservePage(world.fleet, world.fleet.pages.front(), {kSunset, "v", bytes.size(), {}, "", "", ""}, bytes, *world.zones);
    return page.page->reading.redirect_to.empty() ? ProtectedFeatures(world.fleet.policy, page.page->reading).size() : 0;
  };
  const std::size_t all = protects(world.pages.at(kSunset));
  ASSERT_GT(all, 0u);
  std::map<std::string, std::size_t> known;  // by bytes: most prefixes share theirs
  const std::size_t prefixes = Prefixes(world, plan).ForEach([&](const auto& systems, std::uint64_t done) {
    const auto& [pages, pointer] = systems;
    const auto page = pages.find("g/" + pointer + ".html");
    ASSERT_NE(page, pages.end()) << "a pointer to nothing after " << done;
    if (known.count(page->second) == 0) known[page->second] = protects(page->second);
    const bool repointed = pointer == "2026-05-30-jonathan-sunset";
    EXPECT_EQ(known[page->second], repointed ? all : 0) << "after " << done;
    EXPECT_EQ(page->second.find("evenkeel:redirect"), std::string::npos) << "a live page, not a redirect, after " << done;
  });
  EXPECT_GT(prefixes, 20u);
}

TEST(IncidentPlan, NoSetOfDoneActionsBreaksThePointerLaw) { CheckPointerLaw(Example()); }

TEST(IncidentPlan, NorDoesItWithRedirects) {
  FleetWorld world = Example();
  world.fleet.policy.retire = Retire::kRedirect;
  CheckPointerLaw(world);
}

TEST(IncidentPlan, EveryShuffleOfTheInputGivesTheSameBytes) {
  const FleetWorld world = IncidentWorld(ReadExample(kSunset), ReadExample(kAfternoon));
  const std::string expected = DumpJson(PlanToJson(world.Planned()));
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    Snapshot shuffled = world.Snapshot();
    Shuffle(shuffled, seed);
    ASSERT_EQ(DumpJson(PlanToJson(world.Planned(shuffled))), expected) << "seed " << seed;
  }
}

TEST(IncidentPlan, IdsComeFromTheTargetAndNotFromTheValues) {
  FleetWorld one = Example(), two = Example();
  two.records["S2FJLN"]["start_time"] = "14:00";
  EXPECT_EQ(one.Only().actions.front().id, two.Only().actions.front().id);
  EXPECT_EQ(Find(one.Only(), Verb::kEditPage, kSunset)->id, Find(two.Only(), Verb::kEditPage, kSunset)->id);
  EXPECT_THAT(Find(one.Only(), Verb::kEditPage, kSunset)->id, ::testing::MatchesRegex("edit_page-[0-9a-f]{8}"));
}

}  // namespace
}  // namespace evenkeel
