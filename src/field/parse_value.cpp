// From what a person or a system wrote to a value.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "evenkeel/field.h"
#include "field/clock.h"
#include "field/duration.h"
#include "field/money.h"
#include "field/timestamp.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// More digits than any count, and few enough for 64 bits.
constexpr std::size_t kMostDigits = 18;

Status Refuse(const FieldDefinition& field, std::string_view text, std::string_view forms) {
  return Status(Code::kInvalidArgument,
                field.name + " cannot be \"" + FoldSpace(text) + "\"; write " + std::string(forms));
}

std::optional<std::int64_t> ReadInteger(std::string_view text) {
  text = TrimSpace(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (!IsDigits(text) || text.size() > kMostDigits) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return negative ? -number : number;
}

// "Gene, Ana", "Gene & Ana", "Gene and Ana", "Gene; Ana".
People ReadPeople(std::string_view text) {
  std::string separated = FoldSpace(text);
  for (std::size_t at = separated.find(" and "); at != std::string::npos; at = separated.find(" and ", at)) {
    separated.replace(at, 5, ",");
  }
  People people;
  for (const std::string& name : SplitTrimmed(separated, ",;&/+\n")) people.insert(name);
  return people;
}

std::optional<LocalDateTime> ReadLocal(std::string_view text) {
  if (const auto clock = ReadClock(text)) return LocalDateTime{std::nullopt, clock->minutes};
  const auto stamp = ReadTimestamp(text);
  // An offset needs the booking's zone, which a bare value does not have.
  if (!stamp || !stamp->offset.empty()) return std::nullopt;
  return LocalDateTime{stamp->date, stamp->clock.minutes};
}

}  // namespace

StatusOr<Value> ParseValue(const FieldDefinition& field, std::string_view text) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kPlace: return Value(FoldSpace(text));
    case FieldType::kCode: return Value(std::string(TrimSpace(text)));
    case FieldType::kPeople: return Value(ReadPeople(text));
    case FieldType::kInteger: {
      std::optional<std::int64_t> number = ReadInteger(text);
      if (!number && field.name == "duration") number = ReadDurationMinutes(text);
      if (!number) return Refuse(field, text, field.name == "duration" ? "minutes (\"180\") or \"3 h\"" : "a whole number");
      return Value(*number);
    }
    case FieldType::kDate: {
      const auto date = ReadDateWords(text);
      if (!date) return Refuse(field, text, "a date like 2026-05-30");
      return Value(*date);
    }
    case FieldType::kLocalDateTime: {
      const auto local = ReadLocal(text);
      if (!local) return Refuse(field, text, "a time like 15:30 or 3:30 PM, or 2026-05-30T15:30, in the booking's zone");
      return Value(*local);
    }
    case FieldType::kInstant: {
      const auto instant = ParseInstant(TrimSpace(text));
      if (!instant) return Refuse(field, text, "an instant like 2026-05-30T22:30:00Z");
      return Value(*instant);
    }
    case FieldType::kMoney: {
      const auto money = ReadMoney(text);
      if (!money) return Refuse(field, text, "an amount like 1200.00 USD or $1,200");
      return Value(*money);
    }
  }
  return Status(Code::kInternal, "a field type without a reader");
}

}  // namespace evenkeel
