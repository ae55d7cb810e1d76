// Numbers that scripts make instants of: the arguments of Date, and epochs.
#include <algorithm>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

constexpr PartKind kArgumentKinds[6] = {PartKind::kYear, PartKind::kMonth, PartKind::kDay, PartKind::kHour, PartKind::kMinute, PartKind::kSecond};

// Year, month from zero, day, hour, minute, second; what is not given is 0.
struct Arguments {
  int value[6] = {0, 0, 0, 0, 0, 0};

  unsigned month() const { return static_cast<unsigned>(value[1]) + 1; }
  Date day() const { return {date::year(value[0]), date::month(month()), date::day(static_cast<unsigned>(value[2]))}; }
};

std::optional<Arguments> ReadArguments(std::string_view bytes, const std::vector<Span>& numbers) {
  Arguments arguments;
  for (std::size_t n = 0; n < numbers.size() && n < 6; ++n) {
    const std::string_view digits = numbers[n].In(bytes);
    if (digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), IsDigit)) return std::nullopt;
    for (const char c : digits) arguments.value[n] = arguments.value[n] * 10 + (c - '0');
  }
  const int* value = arguments.value;
  const bool ok = value[0] >= 1970 && value[0] <= 2200 && value[1] <= 11 && value[2] >= 1 &&
                  IsCalendarDay(value[0], arguments.month(), static_cast<unsigned>(value[2])) && value[3] <= 23 && value[4] <= 59 && value[5] <= 59;
  if (!ok) return std::nullopt;
  return arguments;
}

std::vector<Part> MakeParts(std::string_view bytes, const std::vector<Span>& numbers) {
  std::vector<Part> parts;
  for (std::size_t n = 0; n < numbers.size() && n < 6; ++n) {
    GlyphText digits;
    digits.Append(bytes, numbers[n], Spelling{});
    parts.push_back(MakePart(digits, kArgumentKinds[n], 0, {0, digits.size()}));
  }
  return parts;
}

void AddDay(std::string_view bytes, const std::vector<Span>& numbers, const Arguments& arguments, const Label& label, Findings* findings) {
  DateMention date;
  date.ref.year = arguments.value[0];
  date.ref.month = arguments.month();
  date.ref.day = static_cast<unsigned>(arguments.value[2]);
  date.ref.carrier = Carrier::kScript;
  date.ref.span = {numbers.front().begin, numbers.back().end};
  date.parts = MakeParts(bytes, numbers);
  date.month_from_zero = true;
  date.year_written = true;
  date.hidden = true;
  date.label = label;
  date.source = findings->sources++;
  findings->dates.push_back(std::move(date));
}

}  // namespace

bool AddDateArguments(std::string_view bytes, const std::vector<Span>& numbers, bool utc, std::size_t element, const Label& label, Findings* findings) {
  const std::optional<Arguments> arguments = ReadArguments(bytes, numbers);
  if (!arguments || (utc && numbers.size() < 4)) return false;  // a day of UTC is no day of the booking's
  if (numbers.size() == 3) {
    AddDay(bytes, numbers, *arguments, label, findings);
    return true;
  }
  Mention mention;
  mention.form = MentionForm::kArguments;
  mention.month_from_zero = true;
  mention.utc = utc;
  if (utc) mention.offset_minutes = 0;
  mention.ref.span = {numbers.front().begin, numbers.back().end};
  mention.ref.carrier = Carrier::kScript;
  mention.ref.hidden = true;
  mention.ref.zone = utc ? "Z" : "";
  mention.label = label;
  mention.element = element;
  mention.second = arguments->value[5];
  mention.source = findings->sources++;
  const int* value = arguments->value;
  mention.written = LocalSeconds(date::local_days(arguments->day()).time_since_epoch() + std::chrono::hours(value[3]) + std::chrono::minutes(value[4]) +
                                 std::chrono::seconds(value[5]));
  mention.parts = MakeParts(bytes, numbers);
  mention.start.span = {numbers[3].begin, numbers[std::min<std::size_t>(numbers.size() - 1, 4)].end};
  findings->mentions.push_back(std::move(mention));
  return true;
}

bool AddEpoch(std::string_view bytes, Span span, Carrier carrier, const Label& label, const ReadOptions& options, Findings* findings) {
  const std::string_view digits = span.In(bytes);
  if ((digits.size() != 10 && digits.size() != 13) || !std::all_of(digits.begin(), digits.end(), IsDigit)) return false;
  long long value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  const bool millis = digits.size() == 13;
  const long long seconds = millis ? value / 1000 : value;
  constexpr long long kLast = 4'102'444'800;  // the year 2100
  if (seconds < 946'684'800 || seconds > kLast) return false;
  const Instant instant{std::chrono::seconds(seconds)};
  const bool near = options.date && std::chrono::abs(instant - Instant(date::sys_days(*options.date))) < std::chrono::hours(24 * 10);
  if (!label.found() && !near) return false;  // an identifier, more likely than not
  Mention mention;
  mention.form = millis ? MentionForm::kEpochMillis : MentionForm::kEpochSeconds;
  mention.utc = true;
  mention.offset_minutes = 0;
  mention.written = LocalSeconds(instant.time_since_epoch());
  mention.second = static_cast<int>(seconds % 60);
  mention.ref.span = span;
  mention.ref.carrier = carrier;
  mention.ref.hidden = true;
  mention.ref.zone = "Z";
  mention.label = label;
  mention.source = findings->sources++;
  mention.start.span = span;
  GlyphText text;
  text.Append(bytes, span, Spelling{});
  mention.parts.push_back(MakePart(text, PartKind::kEpoch, 0, {0, text.size()}));
  findings->mentions.push_back(std::move(mention));
  return true;
}

}  // namespace evenkeel
