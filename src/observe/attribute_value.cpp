#include "observe/attribute_value.h"

#include "evenkeel/json.h"
#include "field/timestamp.h"
#include "observe/time_form.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

Status Refuse(const FieldDefinition& field, const Json& attribute) {
  return Status(Code::kInvalidArgument, "\"" + FoldSpace(TextOfAttribute(attribute)) + "\" is no " + field.label + " in a form that is known");
}

StatusOr<Value> ReadTime(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones) {
  const auto form = ReadTimeForm(attribute);
  if (!form) return Refuse(field, attribute);
  if (field.type == FieldType::kInstant) {
    EVENKEEL_ASSIGN_OR_RETURN(const Instant instant, InstantOf(*form, zone, zones));
    return Value(instant);
  }
  EVENKEEL_ASSIGN_OR_RETURN(const LocalDateTime local, LocalOf(*form, zone, zones));
  return Value(local);
}

StatusOr<Value> ReadDate(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones) {
  const std::string text = TextOfAttribute(attribute);
  if (const auto date = ReadDateWords(text)) return Value(*date);
  const auto form = ReadTimeForm(attribute);
  if (!form) return Refuse(field, attribute);
  EVENKEEL_ASSIGN_OR_RETURN(const LocalDateTime local, LocalOf(*form, zone, zones));
  if (!local.date) return Refuse(field, attribute);
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

StatusOr<Value> ReadAttribute(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones) {
  const bool scalar = attribute.is_string() || attribute.is_number() || attribute.is_boolean();
  switch (field.type) {
    case FieldType::kLocalDateTime:
    case FieldType::kInstant: return ReadTime(field, attribute, zone, zones);
    case FieldType::kDate: return ReadDate(field, attribute, zone, zones);
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
