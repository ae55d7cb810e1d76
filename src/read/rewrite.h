// Rewriting one mention in its own style, in the fewest bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evenkeel/edit.h"
#include "read/mention.h"

namespace evenkeel {

// How this page writes what a mention alone does not show.
struct PageStyle {
  bool pads_twelve_hour = false;      // 04:30 PM
  std::optional<bool> pads_24_hour;   // 09:30 or 9:30 on a 24-hour clock; empty: no visible hour below ten shows it
  std::string meridiem_gap = " ";     // raw bytes of running text between digits and meridiem
  std::string meridiem = "PM";        // as written, one that says PM or AM
};
PageStyle ReadPageStyle(std::string_view bytes, const Findings& findings);

// New values of a mention, on the booking's wall clock. A date where the mention writes or binds one.
struct MentionGoal {
  std::optional<LocalDateTime> start;  // of a single time: its value, whatever its role
  std::optional<LocalDateTime> end;
  int day_delta = 0;                   // of the start: moves a weekday word
};

// Edits that take the mention to the goal. A reason instead when its writing cannot say it.
struct Rewrite {
  std::vector<Edit> edits;
  std::string problem;  // empty: done
};
// `bytes` is what the mention's parts count in: the page, or the decoded text of its base64 block.
Rewrite RewriteMention(std::string_view bytes, const Mention& mention, const MentionGoal& goal, const PageStyle& style, const ReadOptions& options);
// The date written anew, weekday and ordinal included.
Rewrite RewriteDate(std::string_view bytes, const DateMention& mention, const Date& date);

// The two kinds of mention, each in a file of its own.
Rewrite RewriteClock(std::string_view bytes, const Mention& mention, const MentionGoal& goal, const PageStyle& style, const ReadOptions& options);
Rewrite RewriteInstant(std::string_view bytes, const Mention& mention, const MentionGoal& goal, const ReadOptions& options);

// Changes the part's characters to `text`, touching as few bytes as it can; markup between characters stays.
void ReplacePart(std::string_view bytes, const Part& part, std::string_view text, std::vector<Edit>* edits);
// "MONDAY" in the manner of "tue": same length class and case.
std::string WeekdayLike(std::string_view sample, unsigned weekday);
std::string MonthLike(std::string_view sample, unsigned month);
// `value` with leading zeros up to `width` digits.
std::string PaddedNumber(long long value, std::size_t width);
// The bytes between two parts, without the markup in them.
std::string WithoutTags(std::string_view bytes);

}  // namespace evenkeel
