// The smallest edit of one part, and names of days and months in the manner of the page.
#include <algorithm>

#include "read/bytes.h"
#include "read/rewrite.h"

namespace evenkeel {
namespace {

constexpr std::string_view kWeekdays[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::string_view kMonths[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

std::string InCaseOf(std::string_view sample, std::string_view word) {
  std::string out(word);
  const bool first = !sample.empty() && IsUpper(sample[0]);
  const bool second = sample.size() > 1 && IsUpper(sample[1]);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool upper = i == 0 ? first : first && second;
    if (upper && out[i] >= 'a' && out[i] <= 'z') out[i] = static_cast<char>(out[i] - 32);
  }
  return out;
}

std::string NameLike(std::string_view sample, std::string_view full, std::string_view sample_full) {
  const bool whole = sample.size() == sample_full.size() || sample.size() > 4;
  const bool plural = sample.size() == sample_full.size() + 1 && ToLower(sample.back()) == 's';
  if (plural) return InCaseOf(sample, std::string(full) + "s");
  return InCaseOf(sample, whole ? full : full.substr(0, 3));
}

// Equal lengths: character by character; neighbours that touch become one edit.
void ReplaceInPlace(const Part& part, std::string_view text, std::vector<Edit>* edits) {
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == part.text[i]) {
      open = false;
      continue;
    }
    const Span span = part.glyphs[i];
    if (open && edits->back().span.end == span.begin) {
      edits->back().span.end = span.end;
      edits->back().replacement.push_back(text[i]);
    } else {
      edits->push_back({span, std::string(1, text[i])});
    }
    open = true;
  }
}

}  // namespace

void ReplacePart(std::string_view bytes, const Part& part, std::string_view text, std::vector<Edit>* edits) {
  if (text == part.text || part.glyphs.empty()) return;
  if (text.size() == part.text.size()) return ReplaceInPlace(part, text, edits);
  std::size_t head = 0;
  while (head < text.size() && head < part.text.size() && text[head] == part.text[head]) ++head;
  std::size_t tail = 0;
  while (tail + head < text.size() && tail + head < part.text.size() && text[text.size() - 1 - tail] == part.text[part.text.size() - 1 - tail]) ++tail;
  const std::string middle(text.substr(head, text.size() - tail - head));
  const std::size_t first = head;
  const std::size_t last = part.text.size() - tail;
  if (first == last) {
    const std::size_t at = first < part.glyphs.size() ? part.glyphs[first].begin : part.glyphs.back().end;
    edits->push_back({{at, at}, middle});
    return;
  }
  const Span span{part.glyphs[first].begin, part.glyphs[last - 1].end};
  if (span.In(bytes).find('<') == std::string_view::npos) {
    edits->push_back({span, middle});
    return;
  }
  for (std::size_t i = first; i < last; ++i) edits->push_back({part.glyphs[i], i == first ? middle : std::string()});
}

std::string WeekdayLike(std::string_view sample, unsigned weekday) {
  const std::optional<unsigned> old = WeekdayOf(ToLower(sample));
  return NameLike(sample, kWeekdays[weekday % 7], kWeekdays[old.value_or(0)]);
}

std::string MonthLike(std::string_view sample, unsigned month) {
  const std::optional<unsigned> old = MonthOf(ToLower(sample));
  // "May" is both the whole name and the short one: short, unless the new name would be read as a stump.
  const bool may = old.value_or(1) == 5;
  if (may && sample.size() == 3) return InCaseOf(sample, kMonths[month - 1]);
  return NameLike(sample, kMonths[month - 1], kMonths[old.value_or(1) - 1]);
}

namespace {

unsigned DayOfYear(const Date& date) {
  return static_cast<unsigned>((date::sys_days(date) - date::sys_days(date.year() / 1 / 1)).count()) + 1;
}

std::string OrdinalLike(std::string_view sample, unsigned day) {
  const char* suffix = "th";
  if (day % 10 == 1 && day != 11) suffix = "st";
  if (day % 10 == 2 && day != 12) suffix = "nd";
  if (day % 10 == 3 && day != 13) suffix = "rd";
  return InCaseOf(sample, suffix);
}

// Days and months keep a leading zero where the page writes one; "10" does not say.
std::size_t WidthOf(const Part& part) { return part.text[0] == '0' ? part.text.size() : 1; }

// The day of the month; of the year where three digits say it (2026-150).
std::string DayLike(const Part& part, const Date& date, std::size_t width) {
  return part.text.size() == 3 ? PaddedNumber(DayOfYear(date), 3) : PaddedNumber(static_cast<unsigned>(date.day()), width);
}

}  // namespace

Rewrite RewriteDate(std::string_view bytes, const DateMention& mention, const Date& date) {
  if (mention.relative != RelativeDay::kNone) return {{}, "the day is counted from another one"};
  Rewrite rewrite;
  const unsigned month = static_cast<unsigned>(date.month());
  const unsigned day = static_cast<unsigned>(date.day());
  const int year = static_cast<int>(date.year());
  bool year_written = false;
  bool padded = false;
  for (const Part& part : mention.parts) {
    const bool number = part.kind == PartKind::kDay || (part.kind == PartKind::kMonth && !mention.month_word);
    padded = padded || (number && part.text[0] == '0');
    const bool iso_year = part.kind == PartKind::kYear && part.text.size() == 4 && !mention.month_word && !mention.month_from_zero && part.glyphs[0] == mention.parts[0].glyphs[0];
    padded = padded || iso_year;
  }
  for (const Part& part : mention.parts) {
    const std::size_t width = padded ? 2 : WidthOf(part);
    switch (part.kind) {
      case PartKind::kWeekday: ReplacePart(bytes, part, WeekdayLike(part.text, WeekdayOfDate(date)), &rewrite.edits); break;
      case PartKind::kMonth:
        ReplacePart(bytes, part, mention.month_word ? MonthLike(part.text, month) : PaddedNumber(month - (mention.month_from_zero ? 1 : 0), width), &rewrite.edits);
        break;
      case PartKind::kDay: ReplacePart(bytes, part, DayLike(part, date, mention.month_word ? WidthOf(part) : width), &rewrite.edits); break;
      case PartKind::kOrdinal: ReplacePart(bytes, part, OrdinalLike(part.text, day), &rewrite.edits); break;
      case PartKind::kYear:
        year_written = true;
        ReplacePart(bytes, part, part.text.size() == 2 ? PaddedNumber(static_cast<unsigned>(year % 100), 2) : std::to_string(year), &rewrite.edits);
        break;
      case PartKind::kHour: case PartKind::kMinute: case PartKind::kSecond: case PartKind::kMeridiem: case PartKind::kPhrase: case PartKind::kOffset:
      case PartKind::kZone: case PartKind::kEpoch: break;
    }
  }
  if (mention.ref.day == 0) rewrite.problem = "only the month is written";
  if (!year_written && year != mention.ref.year) rewrite.problem = "the year changes, and this date does not write it";
  return rewrite;
}

}  // namespace evenkeel
