// The attribute that states a value in the form that the old one had.
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "evenkeel/json.h"
#include "evenkeel/snapshot.h"
#include "field/forms.h"
#include "field/timestamp.h"
#include "observe/attribute_value.h"
#include "observe/time_form.h"
#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

Status NoForm(const Json& old, const FieldDefinition& field, const Value& value) {
  return Status(Code::kInvalidArgument, "the form of \"" + FoldSpace(TextOfAttribute(old)) + "\" cannot hold " + field.label + " " +
                                            FormatValue(value) + "; enter it by hand");
}

// What a value is written with.
struct Setting {
  const Date& date;
  std::string_view zone;
  const ZoneSource& zones;
  std::string_view form;  // field/forms.h; empty: the old attribute tells
};

StatusOr<Json> WriteTime(const Json& old, const FieldDefinition& field, const LocalDateTime& value, const Setting& setting) {
  const auto form = ReadTimeForm(old, setting.form);
  if (!form) return NoForm(old, field, Value(value));
  return WriteTimeForm(*form, value.date.value_or(setting.date), value.minutes, setting.zone, setting.zones);
}

// "5/30/2026" and "05/30/2026"; the order is the form's, else the old date's, known where only one order gives a date.
std::string WriteSlashedDate(const std::string& old, const Date& date, std::string_view form) {
  const std::vector<std::string> parts = SplitTrimmed(old, "/");
  if (parts.size() != 3 || !IsDigits(parts[0]) || !IsDigits(parts[1])) return {};
  const bool day_first = form.empty() ? NumberOf(parts[0]) > 12 : form == form::kDayFirst;
  const bool padded = parts[0].starts_with('0') || parts[1].starts_with('0') || (parts[0].size() == 2 && parts[1].size() == 2);
  const int month = static_cast<int>(static_cast<unsigned>(date.month())), day = static_cast<int>(static_cast<unsigned>(date.day()));
  const auto number = [&](int n) { return padded ? TwoDigits(n) : std::to_string(n); };
  return number(day_first ? day : month) + "/" + number(day_first ? month : day) + "/" + std::to_string(static_cast<int>(date.year()));
}

StatusOr<Json> WriteDate(const Json& old, const FieldDefinition& field, const Date& value, const Setting& setting) {
  const std::string text(TrimSpace(TextOfAttribute(old)));
  const std::string iso = FormatDate(value);
  if (ParseDate(text)) return Json(iso);
  if (IsDigits(text) && text.size() == 8) {
    const std::string basic = iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2);
    return old.is_string() ? Json(basic) : Json(NumberOf(basic));
  }
  if (const auto form = ReadTimeForm(old, setting.form); form && form->kind != TimeForm::Kind::kClock) {
    EVENKEEL_ASSIGN_OR_RETURN(const LocalDateTime local, LocalOf(*form, setting.zone, setting.zones));
    return WriteTimeForm(*form, value, local.minutes, setting.zone, setting.zones);
  }
  if (const std::string slashed = WriteSlashedDate(text, value, setting.form); !slashed.empty()) return Json(slashed);
  return NoForm(old, field, Value(value));
}

// Those who stay keep their places and their spelling; new ones follow.
std::vector<std::string> Arrange(const FieldDefinition& field, const std::vector<std::string>& old_names, const People& people) {
  std::vector<std::string> arranged;
  People left = people;
  for (const std::string& old : old_names) {
    const auto same = std::find_if(left.begin(), left.end(), [&](const std::string& name) {
      return SameValue(field, Value(People{name}), Value(People{old}));
    });
    if (same == left.end()) continue;
    arranged.push_back(old);
    left.erase(same);
  }
  arranged.insert(arranged.end(), left.begin(), left.end());
  return arranged;
}

StatusOr<Json> WritePeople(const Json& old, const FieldDefinition& field, const People& people) {
  if (old.is_array()) {
    std::vector<std::string> names;
    for (const Json& element : old) {
      if (!element.is_string()) return NoForm(old, field, Value(people));
      names.push_back(element.get<std::string>());
    }
    return Json(Arrange(field, names, people));
  }
  if (!old.is_string()) return NoForm(old, field, Value(people));
  const std::string& text = old.get_ref<const std::string&>();
  std::string separator = ", ";
  for (const char* known : {", ", "; ", " & ", " / ", " + ", ",", ";", "/", "&"}) {
    if (text.find(known) == std::string::npos) continue;
    separator = known;
    break;
  }
  const bool with_and = text.find(" and ") != std::string::npos;
  std::vector<std::string> pieces;
  for (const std::string& piece : SplitTrimmed(text, ",;&/+")) {
    const std::size_t at = piece.find(" and ");
    pieces.push_back(piece.substr(0, at));
    if (at != std::string::npos) pieces.push_back(piece.substr(at + 5));
  }
  const std::vector<std::string> names = Arrange(field, pieces, people);
  std::string joined;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) joined += with_and && i + 1 == names.size() ? " and " : separator;
    joined += names[i];
  }
  return Json(joined);
}

StatusOr<Json> WriteInstant(const Json& old, const FieldDefinition& field, Instant value, const Setting& setting) {
  const auto form = ReadTimeForm(old, setting.form);
  if (!form || form->kind == TimeForm::Kind::kClock) return NoForm(old, field, Value(value));
  EVENKEEL_ASSIGN_OR_RETURN(const ZonedTime zoned, setting.zones.ToLocal(setting.zone, value));
  const auto day = date::floor<date::days>(zoned.local);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(zoned.local - day).count();
  return WriteTimeForm(*form, Date(day), static_cast<int>(minutes), setting.zone, setting.zones);
}

// "$1,200", "1200.00", 1200: the mark, the grouping and the decimals of the old amount.
StatusOr<Json> WriteMoney(const Json& old, const FieldDefinition& field, const Money& value) {
  const std::string amount = FormatValue(Value(Money{value.minor, ""}));
  if (old.is_number_integer() && value.minor % 100 == 0) return Json(value.minor / 100);
  if (old.is_number()) return Json(static_cast<double>(value.minor) / 100);
  if (!old.is_string()) return NoForm(old, field, Value(value));
  const std::string& text = old.get_ref<const std::string&>();
  const std::size_t begin = text.find_first_of("0123456789"), end = text.find_last_of("0123456789");
  if (begin == std::string::npos) return NoForm(old, field, Value(value));
  const std::string number = text.substr(begin, end + 1 - begin);
  const bool decimals = number.size() > 3 && number[number.size() - 3] == '.';
  std::string whole = amount.substr(0, amount.find('.'));
  const bool grouped = number.find(',') != std::string::npos || (begin > 0 && number.size() < 4);
  for (std::size_t at = whole.size(); grouped && at > 3 && IsAsciiDigit(whole[at - 4]);) whole.insert(at -= 3, ",");
  const bool cents = decimals || value.minor % 100 != 0;
  return Json(text.substr(0, begin) + whole + (cents ? amount.substr(amount.find('.')) : "") + text.substr(end + 1));
}

StatusOr<Json> Write(const Json& old, const FieldDefinition& field, const Value& value, const Setting& setting) {
  if (const auto* time = std::get_if<LocalDateTime>(&value)) return WriteTime(old, field, *time, setting);
  if (const auto* day = std::get_if<Date>(&value)) return WriteDate(old, field, *day, setting);
  if (const auto* people = std::get_if<People>(&value)) return WritePeople(old, field, *people);
  if (const auto* instant = std::get_if<Instant>(&value)) return WriteInstant(old, field, *instant, setting);
  if (const auto* money = std::get_if<Money>(&value)) return WriteMoney(old, field, *money);
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    if (old.is_number_integer()) return Json(*number);
    if (old.is_string() && IsDigits(TrimSpace(old.get_ref<const std::string&>()))) return Json(std::to_string(*number));
    return NoForm(old, field, value);
  }
  const std::string& text = std::get<std::string>(value);
  if (old.is_string()) return Json(text);
  if (old.is_number_integer() && IsDigits(text) && text.size() <= 9) return Json(NumberOf(text));
  return NoForm(old, field, value);
}

}  // namespace

StatusOr<Json> WriteLike(const Json& old_attribute, const FieldDefinition& field, const Value& value, const Date& date, std::string_view zone,
                         const ZoneSource& zones, std::string_view form) {
  if (IsSilent(old_attribute)) return Json(FormatValue(value));
  EVENKEEL_ASSIGN_OR_RETURN(Json written, Write(old_attribute, field, value, {date, zone, zones, form}));
  // What was written must be read as what was meant: a form that drops something (a three-digit clock, a guessed date order) cannot hold it.
  const StatusOr<Value> again = ReadAttribute(field, written, zone, zones, form);
  if (!again.ok() || !SameValue(field, *again, value)) return NoForm(old_attribute, field, value);
  return written;
}

}  // namespace evenkeel
