#include "field/clock.h"

#include <cstddef>

#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

using Meridiem = ClockStyle::Meridiem;

// A meridiem at the end of the text, its style, and whether it is the afternoon's.
struct FoundMeridiem {
  Meridiem style;
  bool afternoon;
  std::size_t size;
};

std::optional<FoundMeridiem> FindMeridiem(std::string_view text) {
  struct Row {
    const char* suffix;
    Meridiem style;
    bool afternoon;
  };
  static constexpr Row kRows[] = {
      {"P.M.", Meridiem::kUpperDotted, true}, {"A.M.", Meridiem::kUpperDotted, false}, {"p.m.", Meridiem::kLowerDotted, true},
      {"a.m.", Meridiem::kLowerDotted, false}, {"PM", Meridiem::kUpper, true}, {"AM", Meridiem::kUpper, false},
      {"Pm", Meridiem::kUpper, true}, {"Am", Meridiem::kUpper, false}, {"pm", Meridiem::kLower, true}, {"am", Meridiem::kLower, false},
      {"P", Meridiem::kUpperLetter, true}, {"A", Meridiem::kUpperLetter, false}, {"p", Meridiem::kLowerLetter, true},
      {"a", Meridiem::kLowerLetter, false}};
  for (const Row& row : kRows) {
    const std::string_view suffix = row.suffix;
    if (text.ends_with(suffix)) return FoundMeridiem{row.style, row.afternoon, suffix.size()};
  }
  return std::nullopt;
}

std::string_view TextOf(Meridiem style, bool afternoon) {
  switch (style) {
    case Meridiem::kUpper: return afternoon ? "PM" : "AM";
    case Meridiem::kLower: return afternoon ? "pm" : "am";
    case Meridiem::kUpperDotted: return afternoon ? "P.M." : "A.M.";
    case Meridiem::kLowerDotted: return afternoon ? "p.m." : "a.m.";
    case Meridiem::kUpperLetter: return afternoon ? "P" : "A";
    case Meridiem::kLowerLetter: return afternoon ? "p" : "a";
  }
  return "";
}

struct Digits {
  int hour = 0;
  int minute = 0;
};

// "1530", "930": hour and minute without a separator.
std::optional<Digits> ReadPackedDigits(std::string_view text, ClockStyle& style) {
  if (!IsDigits(text) || text.size() < 3 || text.size() > 4) return std::nullopt;
  style.separator.clear();
  style.padded_hour = text.size() == 4;
  return Digits{NumberOf(text.substr(0, text.size() - 2)), NumberOf(text.substr(text.size() - 2))};
}

// "15:30", "15:30:00", "15h30"; with a point only where a meridiem says that it is no decimal.
std::optional<Digits> ReadSeparatedDigits(std::string_view text, ClockStyle& style) {
  const std::size_t at = text.find_first_not_of("0123456789");
  if (at == 0 || at > 2 || at == std::string_view::npos) return std::nullopt;
  const char separator = text[at];
  if (separator != ':' && separator != 'h' && !(separator == '.' && style.twelve_hour)) return std::nullopt;
  std::string_view rest = text.substr(at + 1);
  if (rest.size() == 5 && separator == ':' && rest.substr(2) == ":00") {
    style.seconds = true;
    rest = rest.substr(0, 2);
  }
  if (rest.size() != 2 || !IsDigits(rest)) return std::nullopt;
  style.separator = separator;
  style.padded_hour = at == 2;
  return Digits{NumberOf(text.substr(0, at)), NumberOf(rest)};
}

std::optional<WrittenClock> ReadTwelveHour(std::string_view text, const FoundMeridiem& meridiem) {
  WrittenClock clock;
  clock.style.twelve_hour = true;
  clock.style.meridiem = meridiem.style;
  const std::string_view with_gap = text.substr(0, text.size() - meridiem.size);
  const std::string_view digits = TrimSpace(with_gap);
  clock.style.gap = with_gap.substr(digits.size());
  std::optional<Digits> read;
  if (IsDigits(digits) && digits.size() <= 2) {
    clock.style.minutes = false;
    clock.style.padded_hour = digits.size() == 2 && digits[0] == '0';
    read = Digits{NumberOf(digits), 0};
  } else {
    read = ReadSeparatedDigits(digits, clock.style);
    if (!read) read = ReadPackedDigits(digits, clock.style);
    clock.style.padded_hour = digits.starts_with('0');
  }
  if (!read || read->hour < 1 || read->hour > 12 || read->minute > 59) return std::nullopt;
  clock.minutes = (read->hour % 12 + (meridiem.afternoon ? 12 : 0)) * 60 + read->minute;
  return clock;
}

}  // namespace

std::optional<WrittenClock> ReadClock(std::string_view text) {
  text = TrimSpace(text);
  const std::string folded = FoldCase(text);
  if (folded == "noon" || folded == "midday") return WrittenClock{12 * 60, {.twelve_hour = true, .gap = " "}};
  if (folded == "midnight") return WrittenClock{0, {.twelve_hour = true, .gap = " "}};
  if (const auto meridiem = FindMeridiem(text)) return ReadTwelveHour(text, *meridiem);
  WrittenClock clock;
  std::optional<Digits> read = ReadSeparatedDigits(text, clock.style);
  if (!read) read = ReadPackedDigits(text, clock.style);
  if (!read || read->hour > 23 || read->minute > 59) return std::nullopt;
  clock.minutes = read->hour * 60 + read->minute;
  // A two-digit hour from ten on does not tell whether "9:30" would be padded; "09:30" is read everywhere.
  return clock;
}

std::string WriteClock(const ClockStyle& style, int minutes) {
  const int hour = minutes / 60;
  const int shown = style.twelve_hour ? (hour % 12 == 0 ? 12 : hour % 12) : hour;
  std::string text = style.padded_hour ? TwoDigits(shown) : std::to_string(shown);
  if (style.minutes || minutes % 60 != 0) text += (style.minutes ? style.separator : ":") + TwoDigits(minutes % 60);
  if (style.seconds) text += ":00";
  if (style.twelve_hour) text += style.gap + std::string(TextOf(style.meridiem, hour >= 12));
  return text;
}

}  // namespace evenkeel
