#include "field/timestamp.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

std::optional<Date> MakeDate(int year, unsigned month, unsigned day) {
  const Date date{date::year{year}, date::month{month}, date::day{day}};
  if (!date.ok() || year < 1583 || year > 2200) return std::nullopt;
  return date;
}

std::optional<Date> ReadBasicDate(std::string_view text) {
  if (text.size() != 8 || !IsDigits(text)) return std::nullopt;
  return MakeDate(NumberOf(text.substr(0, 4)), static_cast<unsigned>(NumberOf(text.substr(4, 2))),
                  static_cast<unsigned>(NumberOf(text.substr(6, 2))));
}

// The offset at the end of `text`, cut off; empty when there is none. The sign must follow a digit of the clock.
std::string CutOffset(std::string_view& text, std::optional<int>& minutes) {
  if (text.ends_with('Z') || text.ends_with('z')) {
    const std::string offset(text.substr(text.size() - 1));
    text.remove_suffix(1);
    minutes = 0;
    return offset;
  }
  const std::size_t at = text.find_last_of("+-");
  if (at == std::string_view::npos || at == 0) return {};
  const std::string_view digits = text.substr(at + 1);
  std::string packed;
  for (const char c : digits) {
    if (c != ':') packed += c;
  }
  const bool fits = IsDigits(packed) && (packed.size() == 4 || packed.size() == 2) &&
                    (digits.size() == packed.size() || (digits.size() == 5 && digits[2] == ':'));
  if (!fits) return {};
  const int hours = NumberOf(std::string_view(packed).substr(0, 2));
  const int rest = packed.size() == 4 ? NumberOf(std::string_view(packed).substr(2)) : 0;
  if (hours > 14 || rest > 59) return {};
  const std::string offset(text.substr(at));
  minutes = (text[at] == '-' ? -1 : 1) * (hours * 60 + rest);
  text = TrimSpace(text.substr(0, at));
  return offset;
}

std::string CutZeroFraction(std::string_view& text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot < 3 || text.find(':') == std::string_view::npos) return {};
  const std::string_view zeros = text.substr(dot + 1);
  if (zeros.empty() || zeros.find_first_not_of('0') != std::string_view::npos) return {};
  const std::string fraction(text.substr(dot));
  text = text.substr(0, dot);
  return fraction;
}

unsigned MonthOf(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                               "july",    "august",   "september", "october", "november", "december"};
  const std::string folded = FoldCase(word);
  if (folded.size() < 3) return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i].starts_with(folded) || (folded == "sept" && i == 8)) return static_cast<unsigned>(i + 1);
  }
  return 0;
}

bool IsWeekday(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  const std::string folded = FoldCase(word);
  if (folded.size() < 3) return false;
  for (const std::string_view day : kDays) {
    if (day.starts_with(folded)) return true;
  }
  return false;
}

// A number with an ordinal ending: "30", "30th".
std::optional<int> ReadOrdinal(std::string_view word) {
  const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
  const std::string ending = FoldCase(word.substr(digits));
  if (digits == 0 || digits > 4) return std::nullopt;
  if (!ending.empty() && ending != "st" && ending != "nd" && ending != "rd" && ending != "th") return std::nullopt;
  return NumberOf(word.substr(0, digits));
}

// "5/30/2026": month first or day first, only where the other order is no date.
std::optional<Date> ReadSlashedDate(std::string_view text) {
  const std::vector<std::string> parts = SplitTrimmed(text, "/.");
  if (parts.size() != 3 || parts[2].size() != 4 || parts[0].size() > 2 || parts[1].size() > 2) return std::nullopt;
  for (const std::string& part : parts) {
    if (!IsDigits(part)) return std::nullopt;
  }
  const int a = NumberOf(parts[0]), b = NumberOf(parts[1]), year = NumberOf(parts[2]);
  const auto month_first = MakeDate(year, static_cast<unsigned>(a), static_cast<unsigned>(b));
  const auto day_first = MakeDate(year, static_cast<unsigned>(b), static_cast<unsigned>(a));
  if (month_first && day_first && *month_first != *day_first) return std::nullopt;
  return month_first ? month_first : day_first;
}

}  // namespace

std::optional<Timestamp> ReadTimestamp(std::string_view text) {
  text = TrimSpace(text);
  Timestamp stamp;
  const std::size_t date_size = text.size() > 8 && IsDigits(text.substr(0, 8)) ? 8 : 10;
  if (text.size() <= date_size) return std::nullopt;
  const auto date = date_size == 8 ? ReadBasicDate(text.substr(0, 8)) : ParseDate(text.substr(0, 10));
  if (!date) return std::nullopt;
  stamp.date = *date;
  stamp.basic_date = date_size == 8;
  const std::size_t clock_at = text.find_first_not_of("T ", date_size);
  if (clock_at == std::string_view::npos || clock_at == date_size) return std::nullopt;
  stamp.separator = text.substr(date_size, clock_at - date_size);
  std::string_view rest = text.substr(clock_at);
  stamp.offset = CutOffset(rest, stamp.offset_minutes);
  stamp.fraction = CutZeroFraction(rest);
  if (stamp.basic_date && rest.size() == 6 && IsDigits(rest) && rest.ends_with("00")) {
    const auto packed = ReadClock(rest.substr(0, 4));
    if (!packed) return std::nullopt;
    stamp.clock = *packed;
    stamp.fraction = "00";  // the seconds of the basic form, written back as they are
    return stamp;
  }
  const auto clock = ReadClock(rest);
  if (!clock) return std::nullopt;
  stamp.clock = *clock;
  return stamp;
}

std::string WriteTimestamp(const Timestamp& style, const Date& date, int minutes, int offset_minutes) {
  std::string text = FormatDate(date);
  if (style.basic_date) text = text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2);
  ClockStyle clock = style.clock.style;
  if (!clock.twelve_hour) clock.padded_hour = true;
  text += style.separator + WriteClock(clock, minutes) + style.fraction;
  if (style.offset.empty()) return text;
  if (style.offset == "Z" || style.offset == "z") return text + style.offset;
  const int size = std::abs(offset_minutes);
  text += (offset_minutes < 0 ? "-" : "+") + TwoDigits(size / 60);
  if (style.offset.size() == 3 && size % 60 == 0) return text;
  return text + (style.offset.find(':') != std::string::npos || style.offset.size() == 3 ? ":" : "") + TwoDigits(size % 60);
}

std::optional<Date> ReadDateWords(std::string_view text) {
  text = TrimSpace(text);
  if (const auto date = ParseDate(text)) return date;
  if (const auto date = ReadBasicDate(text)) return date;
  if (const auto date = ReadSlashedDate(text)) return date;
  unsigned month = 0;
  std::vector<int> numbers;
  for (const std::string& word : SplitTrimmed(text, " ,.")) {
    if (const auto number = ReadOrdinal(word)) {
      numbers.push_back(*number);
    } else if (const unsigned named = MonthOf(word); named != 0 && month == 0) {
      month = named;
    } else if (!IsWeekday(word) && FoldCase(word) != "of") {
      return std::nullopt;
    }
  }
  if (month == 0 || numbers.size() != 2 || numbers[1] < 1000 || numbers[0] > 31) return std::nullopt;
  return MakeDate(numbers[1], month, static_cast<unsigned>(numbers[0]));
}

}  // namespace evenkeel
