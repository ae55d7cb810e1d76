// Mention: a time reference while it is being understood and edited: the public reference, and the parts it is written in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evenkeel/reading.h"
#include "read/base64_block.h"
#include "read/clock_grammar.h"
#include "read/date_grammar.h"
#include "read/iso.h"
#include "read/labels.h"
#include "read/page.h"
#include "read/page_work.h"

namespace evenkeel {

enum class PartKind : std::uint8_t {
  kWeekday, kYear, kMonth, kDay, kOrdinal, kHour, kMinute, kSecond, kMeridiem, kPhrase, kOffset, kZone, kEpoch
};

// A piece of a mention that an edit may rewrite: its characters and the bytes each came from.
struct Part {
  PartKind kind = PartKind::kHour;
  int endpoint = 0;          // 0: start, or of the whole; 1: end
  std::string text;          // ASCII, in the page's case
  std::vector<Span> glyphs;  // raw bytes of each character of `text`
};

// A doubt: "16:30 -05:00" far from where that offset is used.
constexpr std::string_view kRangeOrOffset = "it is a range, or a clock with its offset from UTC";

enum class MentionForm : std::uint8_t { kClock, kIso, kEpochSeconds, kEpochMillis, kArguments };

// One clock of a mention, on the wall of the booking's zone once it is resolved.
struct Endpoint {
  Clock clock;
  std::optional<int> minutes;
  bool as_24 = false; // written on a 24-hour clock, though nothing in it shows
  bool open = false;  // twelve hours more or less would be the same writing, and nothing on the page decided
  Span span;          // its own bytes
};

struct Mention {
  TimeReference ref;
  MentionForm form = MentionForm::kClock;
  std::vector<Part> parts;
  Endpoint start;
  std::optional<Endpoint> end;
  std::size_t partner = kNone;        // the other endpoint of a range in separate elements
  bool second_half = false;           // it is the end of that range
  bool utc = false;                   // kIso, kEpoch*: an instant
  std::optional<int> offset_minutes;  // written offset
  std::optional<LocalSeconds> written;  // kIso, kArguments: the wall clock as written, in its own offset
  int second = 0;
  int zone_shift = 0;                 // written clock minus the booking's wall clock, minutes: "7:30 PM ET" on a Pacific page
  int zone_days = 0;                  // the booking's day minus the written one: "1:00 AM ET" is on the evening before
  std::size_t block = kNone;          // the base64 block it is spelled in, and there:
  Span in_block;                      // its bytes in the block's text, as those of its parts
  Spelling spelling;
  bool month_from_zero = false;       // kArguments
  std::string_view doubt;             // why nobody can tell what it says: its role is kUnknown. Literals only; empty: none
  bool aside = false;                 // and `doubt` ends where its label and values are the booking's
  Label label;
  std::optional<unsigned> weekday;
  bool weekday_range = false;
  std::size_t date = kNone;           // index of the DateMention that binds it
  bool date_beside = false;           // that date stands in the same text
  bool date_joined = false;           // and touches it: "May 30, 4:30 PM"
  std::size_t near_date = kNone;      // index of the DateMention that the page's structure puts it under
  bool near_date_close = false;       // in the same small container
  std::optional<int> lasts;           // a range whose end is said by its length: "from 2 pm for 2 hours", minutes
  std::size_t source = kNone;         // which text it came from, in order
  std::size_t flow = kNone;
  std::size_t element = kNone;
  std::size_t glyph_begin = 0;
  std::size_t glyph_end = 0;
};

struct DateMention {
  DateReference ref;
  RelativeDay relative = RelativeDay::kNone;
  std::vector<Part> parts;
  std::optional<unsigned> weekday;
  bool month_word = false;
  bool two_digit_year = false;
  bool month_from_zero = false;
  bool year_written = false;
  Label label;
  std::size_t source = kNone;
  std::size_t flow = kNone;
  std::size_t glyph_begin = 0;
  std::size_t glyph_end = 0;
  bool hidden = false;
  std::size_t block = kNone;          // as of a Mention
  Span in_block;
  bool touched = false;  // a time touches it
};

// "3 hours": confirms an end, and which time is one.
struct Duration {
  int minutes = 0;
  std::string text;
  std::size_t source = kNone;
  std::size_t glyph_begin = 0;
  std::size_t glyph_end = 0;
};

// A year that stands alone ("2026 schedule"): what dates without one are likely to mean.
struct YearMention {
  int year = 0;
  std::size_t source = kNone;
};

// Everything found so far on one page.
struct Findings {
  std::vector<Mention> mentions;
  std::vector<DateMention> dates;
  std::vector<Duration> durations;
  std::vector<YearMention> years;
  std::vector<Base64Block> blocks;
  std::size_t sources = 0;
  std::size_t most = kNone;       // Limits::page_references
  PageWork work;                  // what it cost so far
  std::size_t work_most = kNone;  // Limits::page_work

  // Too many, or too much work: what collects may stop, for the caller refuses the page.
  bool Full() const { return mentions.size() + dates.size() > most || WorkDone() > work_most; }
  std::size_t WorkDone() const {
    PageWork done = work;
    done.References(mentions.size() + dates.size());
    return done.total();
  }
};

}  // namespace evenkeel
