// The grammar of wall-clock times in running text: which tokens are a time or a range, and what is still open about it.
#pragma once

#include <optional>
#include <vector>

#include "read/durations.h"
#include "read/words.h"

namespace evenkeel {

enum class ClockForm : std::uint8_t {
  kDigits,    // 4:30 PM, 4pm, 16:30, 4.30 p.m., a bare 4
  kCompact,   // 1630 hrs, 340pm: hour and minute in one number
  kWord,      // noon, midnight
  kPhrase,    // half past four, quarter to 5, ten past nine
  kSpelled,   // four o'clock, seven thirty pm
};

enum class Meridiem : std::uint8_t { kNone, kAm, kPm };

// The part of the day that words beside a clock name.
enum class DayPart : std::uint8_t { kNone, kMorning, kAfternoon, kEvening, kNight, kTonight, kLunch };

struct Clock {
  std::size_t first = 0;  // tokens [first, last), without day part and zone
  std::size_t last = 0;
  ClockForm form = ClockForm::kDigits;
  int hour = 0;           // as written (of a phrase: as meant, 1..12)
  int minute = 0;
  Meridiem meridiem = Meridiem::kNone;   // written, or said by a day part
  GlyphRange hour_at, minute_at, second_at, meridiem_at;
  GlyphRange phrase_at;   // kWord, kPhrase, kSpelled: all words that are replaced together
  DayPart beside = DayPart::kNone;  // "in the afternoon"
  bool day_part = false;  // and the meridiem comes from it
  bool bare = false;      // a lone number, 4 or 4.30: a time only because its neighbours say so
  bool sure_24 = false;   // 16:30, 09:00, 00:15, 1630: no meridiem needed
  bool seconds = false;
  bool unit = false;      // "hrs", "h", "Uhr" behind it
};

struct ClockMatch {
  Clock start;
  std::optional<Clock> end;  // of a range
  std::size_t first = 0;     // tokens of the whole mention, weekday, range word, day part and zone included
  std::size_t last = 0;
  GlyphRange zone_at;
  GlyphRange weekday_at;
  std::optional<unsigned> weekday;
  bool weekday_range = false;  // "Mon-Fri" or "Mondays" stands beside it
  std::string_view doubt;      // why nobody can tell what it says, as in Mention
  bool choice = false;         // one of several to choose from
  std::optional<int> lasts;    // "from 2 pm for 2 hours": a range whose end is said by its length, minutes
};

// Tokens that belong to dates and are not to be read as clocks: taken[i] != 0. `durations`: those of the same text, in its order. Stops when there are more
// than `most`.
std::vector<ClockMatch> FindClocks(const TokenView& view, const std::vector<char>& taken, const std::vector<DurationMatch>& durations, std::size_t most);

// Marks those that stand in a list to choose from: three or more with nothing said between them, or two with "or", "/".
void MarkChoices(const TokenView& view, std::vector<ClockMatch>* clocks);
// "Sat, May 30, 9 PM - Sun, May 31, 1 AM": two single clocks are a range whose end has a day of its own.
bool IsDatedRange(const TokenView& view, const std::vector<char>& taken, const ClockMatch& from, const ClockMatch& to);
// Whether tokens [from, to), between two times, are of one list: "3:12 AM, 9:47 AM".
bool IsOneList(const TokenView& view, std::size_t from, std::size_t to);
// Whether people would call a time, in minutes from midnight, by that part of the day.
bool IsInDayPart(DayPart part, int minutes);
// "quarter to five", lower case: counted back from the hour that is named.
bool IsCountedBack(std::string_view phrase);

}  // namespace evenkeel
