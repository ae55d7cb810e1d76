// The time group: start, end, arrival, cutoff, switch and duration, decided together and anchored by the start.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "decide/distance.h"
#include "decide/field_table.h"
#include "fleet/derivation.h"

namespace evenkeel {

// A group in the making: rulings by field, in the order they were made.
struct TimeGroup {
  enum class Day : std::uint8_t { kAssumed, kDecided, kOpen };  // nobody speaks of the date; it has a verdict; it is a Question
  const BookingView* view = nullptr;
  const ZoneSource* zones = nullptr;
  std::optional<Date> date;                // the verdict for the booking's date, else the date it is known by
  Day day = Day::kAssumed;
  const Observed* canonical = nullptr;     // whose distances come first; may be null
  std::map<std::string, Ruling> rulings;
};

// What the rows look at for one member of the group.
struct MemberCase {
  const TimeGroup* group = nullptr;
  const FieldDefinition* field = nullptr;
  LocalDateTime start;                // the verdict
  std::optional<Claim> instruction;
  std::string answer;
  std::vector<Side> anchored;         // what those who gave the start say of the member
  std::vector<Side> named;            // what the highest other authority with the same start says
  std::vector<Side> others;           // and those with the same start whom the policy does not name
  std::optional<Derivation> derivation;
  std::vector<Distance> page;         // the canonical page's distances
  std::vector<Distance> systems;      // those of the highest-ranked systems that have both times
};

// Rules the start first, then its members. Fields that nobody speaks of get no ruling.
void RuleTimeGroup(TimeGroup& group);

// The table of one member; a new rule is a new row in time_table.cpp. nullopt: nobody states the member.
std::optional<Ruling> RuleMember(const MemberCase& input);
// The start is open: so are its members. The date is: so is the whole group.
Ruling WaitForStart();
Ruling WaitForDate();
// A ruling whose time the change of the clocks skips on its day is no time: it becomes a Question, or what the answer to it says. Others
// stay as they are.
Ruling AskIfSkipped(const TimeGroup& group, const FieldDefinition& field, Ruling ruling);
const std::vector<DecisionRow>& TimeRows();

}  // namespace evenkeel
