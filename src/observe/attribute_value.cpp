#include "observe/attribute_value.h"

#include "evenkeel/json.h"
#include "field/forms.h"
#include "field/timestamp.h"
#include "observe/time_form.h"
#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

Status Refuse(const FieldDefinition& field, const Json& attribute, std::string_view form = {}) {
  const std::string which = form.empty() ? "a form that is known" : "the form " + std::string(form) + ", which the fleet file names";
  return Status(Code::kInvalidArgument, "\"" + FoldSpace(TextOfAttribute(attribute)) + "\" is no " + field.label + " in " + which);
}

// "2026-05-20T17:42:10.123Z", "2026-05-20 17:42:10": when a system spoke, to the second; a booking's times have none.
StatusOr<Value> ReadInstantText(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones,
                                std::string_view name) {
  const bool is_epoch = name == form::kEpoch || name == form::kEpochMs;
  std::string text(TrimSpace(TextOfAttribute(attribute)));
  if (const auto instant = ParseInstant(text); instant && !is_epoch) return Value(*instant);
  std::chrono::seconds seconds{0};
  if (text.size() >= 19 && text[16] == ':' && IsDigits(std::string_view(text).substr(17, 2)) && text.substr(17, 2) < "60") {
    seconds = std::chrono::seconds(NumberOf(std::string_view(text).substr(17, 2)));
    const std::size_t after = text.size() > 19 && text[19] == '.' ? text.find_first_not_of("0123456789", 20) : 19;
    text = text.substr(0, 17) + "00" + (after == std::string::npos ? "" : text.substr(after));
  }
  const auto form = ReadTimeForm(attribute.is_string() ? Json(text) : attribute, name);
  if (!form) return Refuse(field, attribute, name);
  EVENKEEL_ASSIGN_OR_RETURN(const Instant instant, InstantOf(*form, zone, zones));
  return Value(instant + seconds);
}

StatusOr<Value> ReadTime(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones,
                         std::string_view name) {
  const auto form = ReadTimeForm(attribute, name);
  if (!form) return Refuse(field, attribute, name);
  EVENKEEL_ASSIGN_OR_RETURN(const LocalDateTime local, LocalOf(*form, zone, zones));
  return Value(local);
}

StatusOr<Value> ReadDate(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones,
                         std::string_view name) {
  const std::string text = TextOfAttribute(attribute);
  if (const auto date = name.empty() ? ReadDateWords(text) : ReadDateForm(text, name)) return Value(*date);
  const auto form = ReadTimeForm(attribute, name);
  if (!form) return Refuse(field, attribute, name);
  EVENKEEL_ASSIGN_OR_RETURN(const LocalDateTime local, LocalOf(*form, zone, zones));
  if (!local.date) return Refuse(field, attribute, name);
  return Value(*local.date);
}

// "Gene, Ana", ["Gene", "Ana"], [{ "name": "Gene" }].
StatusOr<Value> ReadPeopleAttribute(const FieldDefinition& field, const Json& attribute) {
  if (attribute.is_string()) return ParseValue(field, attribute.get_ref<const std::string&>());
  if (!attribute.is_array()) return Refuse(field, attribute);
  People people;
  for (const Json& element : attribute) {
    const Json& name = element.is_object() && element.contains("name") ? element.at("name") : element;
    if (!name.is_string()) return Refuse(field, attribute);
    if (!IsSilent(name)) people.insert(FoldSpace(name.get_ref<const std::string&>()));
  }
  return Value(people);
}

}  // namespace

bool IsSilent(const Json& attribute) {
  return attribute.is_null() || (attribute.is_string() && TrimSpace(attribute.get_ref<const std::string&>()).empty());
}

std::string TextOfAttribute(const Json& attribute) {
  return attribute.is_string() ? attribute.get<std::string>() : DumpJson(attribute);
}

StatusOr<Value> ReadAttribute(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones,
                              std::string_view form) {
  const bool scalar = attribute.is_string() || attribute.is_number() || attribute.is_boolean();
  switch (field.type) {
    case FieldType::kLocalDateTime: return ReadTime(field, attribute, zone, zones, form);
    case FieldType::kInstant: return ReadInstantText(field, attribute, zone, zones, form);
    case FieldType::kDate: return ReadDate(field, attribute, zone, zones, form);
    case FieldType::kPeople: return ReadPeopleAttribute(field, attribute);
    case FieldType::kText:
    case FieldType::kPlace:
    case FieldType::kCode:
    case FieldType::kInteger:
    case FieldType::kMoney: break;
  }
  if (!scalar) return Refuse(field, attribute);
  return ParseValue(field, TextOfAttribute(attribute));
}

}  // namespace evenkeel
