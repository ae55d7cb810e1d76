// Repetition: the days that the RRULE of an event means, by libical.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "stores/local/calendar_components.h"

namespace evenkeel {

// What is asked of a rule, and what may be spent on it.
struct RuleWindow {
  Date from, to;             // occasions that begin on these days and between
  std::size_t work = 20'000; // occasions looked at, those before `from` included
};
struct RuleOccasions {
  std::vector<LocalDateTime> times;       // by the wall clock of the start, in order; without the start where the rule does not name it
  std::optional<ComponentTime> until;     // UNTIL in UTC, which is not looked at here: whoever knows zones leaves out what comes later
};

// `rule` is the value of an RRULE. kInvalidArgument: libical cannot read it. kUnimplemented: it repeats within a day, or counts by another
// calendar. kLimitExceeded: the work. All messages continue "the event …".
// `work_left` is what may be spent on this rule and all after it; it grows less by 100 and by the occasions looked at, whatever comes of it.
StatusOr<RuleOccasions> ExpandRule(const std::string& rule, const ComponentTime& start, const RuleWindow& window, std::size_t& work_left);

// A time as EXDATE, RDATE and RECURRENCE-ID write it, "20260530T163000", without a TZID. nullopt: none.
std::optional<ComponentTime> ReadTime(const std::string& value);

}  // namespace evenkeel
