// Values as documents write them, and whether two of them say the same.
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "evenkeel/field.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

std::string FormatMoney(const Money& money) {
  const std::uint64_t size = money.minor < 0 ? 0 - static_cast<std::uint64_t>(money.minor) : static_cast<std::uint64_t>(money.minor);
  std::string text = (money.minor < 0 ? "-" : "") + std::to_string(size / 100) + ".";
  if (size % 100 < 10) text += '0';
  text += std::to_string(size % 100);
  return money.currency.empty() ? text : text + " " + money.currency;
}

std::string FormatPeople(const People& people) {
  std::string text;
  for (const std::string& name : people) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// A name without its title: "Capt. Gene" and "Gene" are one person.
std::string FoldName(std::string_view name) {
  std::string folded = FoldCase(FoldSpace(name));
  for (const std::string_view title : {"captain ", "capt. ", "capt ", "skipper ", "mr. ", "mr ", "mrs. ", "mrs ", "ms. ", "ms "}) {
    if (folded.starts_with(title)) return folded.substr(title.size());
  }
  return folded;
}

People FoldPeople(const People& people) {
  People folded;
  for (const std::string& name : people) folded.insert(FoldName(name));
  return folded;
}

// The canonical word of a text, or the folded text itself.
std::string FoldText(const FieldDefinition& field, const std::string& text) {
  std::string folded = FoldCase(FoldSpace(text));
  for (const auto& words : field.same_words) {
    for (const std::string& word : words) {
      if (FoldCase(FoldSpace(word)) == folded) return FoldCase(FoldSpace(words.front()));
    }
  }
  return folded;
}

bool SameText(const FieldDefinition& field, const std::string& a, const std::string& b) {
  switch (field.type) {
    case FieldType::kCode: return TrimSpace(a) == TrimSpace(b);
    case FieldType::kText:
    case FieldType::kPlace: return FoldText(field, a) == FoldText(field, b);
    case FieldType::kInteger:
    case FieldType::kPeople:
    case FieldType::kDate:
    case FieldType::kLocalDateTime:
    case FieldType::kInstant:
    case FieldType::kMoney: return a == b;
  }
  return a == b;
}

}  // namespace

std::string FormatValue(const Value& value) {
  return std::visit(
      [](const auto& held) -> std::string {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return held;
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return std::to_string(held);
        } else if constexpr (std::is_same_v<T, People>) {
          return FormatPeople(held);
        } else if constexpr (std::is_same_v<T, Date>) {
          return FormatDate(held);
        } else if constexpr (std::is_same_v<T, LocalDateTime>) {
          return held.date ? FormatDate(*held.date) + "T" + FormatMinutes(held.minutes) : FormatMinutes(held.minutes);
        } else if constexpr (std::is_same_v<T, Instant>) {
          return FormatInstant(held);
        } else {
          return FormatMoney(held);
        }
      },
      value);
}

bool SameValue(const FieldDefinition& field, const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  if (const auto* text = std::get_if<std::string>(&a)) return SameText(field, *text, std::get<std::string>(b));
  if (const auto* people = std::get_if<People>(&a)) return FoldPeople(*people) == FoldPeople(std::get<People>(b));
  if (const auto* local = std::get_if<LocalDateTime>(&a)) {
    const LocalDateTime& other = std::get<LocalDateTime>(b);
    return local->minutes == other.minutes && (!local->date || !other.date || *local->date == *other.date);
  }
  if (const auto* money = std::get_if<Money>(&a)) {
    const Money& other = std::get<Money>(b);
    return money->minor == other.minor && (money->currency.empty() || other.currency.empty() || money->currency == other.currency);
  }
  return a == b;
}

}  // namespace evenkeel
