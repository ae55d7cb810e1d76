#include "parameters.h"

#include <algorithm>

namespace evenkeel::tool_server {
namespace {

using Kind = Parameter::Kind;
constexpr std::int64_t kMinutesMax = 24 * 60;  // kLeaseTtlMax
const Json kSomeText = {{"type", "string"}, {"minLength", 1}};

Json SchemaOf(const Parameter& parameter) {
  Json schema;
  switch (parameter.kind) {
    case Kind::kText: schema = kSomeText; break;
    case Kind::kDate: schema = {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}; break;
    case Kind::kTrueOrFalse: schema = {{"type", "boolean"}}; break;
    case Kind::kMinutes: schema = {{"type", "integer"}, {"minimum", 1}, {"maximum", kMinutesMax}}; break;
    case Kind::kTexts: schema = {{"type", "array"}, {"items", kSomeText}}; break;
    case Kind::kAnswers: schema = {{"type", "object"}, {"additionalProperties", kSomeText}}; break;
  }
  schema["description"] = parameter.description;
  return schema;
}

bool IsText(const Json& value) { return value.is_string() && !value.get_ref<const std::string&>().empty(); }

// What the kind takes, in words, where `value` is not that; else "".
std::string Expected(Kind kind, const Json& value) {
  switch (kind) {
    case Kind::kText: return IsText(value) ? "" : "a text that is not empty";
    case Kind::kDate: return value.is_string() && ParseDate(value.get<std::string>()) ? "" : "a date as 2026-05-30";
    case Kind::kTrueOrFalse: return value.is_boolean() ? "" : "true or false";
    case Kind::kMinutes:
      return value.is_number_integer() && value >= 1 && value <= kMinutesMax ? "" : "whole minutes from 1 to " + std::to_string(kMinutesMax);
    case Kind::kTexts: return value.is_array() && std::all_of(value.begin(), value.end(), IsText) ? "" : "a list of texts";
    case Kind::kAnswers: return value.is_object() && std::all_of(value.begin(), value.end(), IsText) ? "" : "an object of texts";
  }
  return "";
}

}  // namespace

Json SchemaOf(std::span<const Parameter> parameters) {
  Json schema = {{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}, {"additionalProperties", false}};
  for (const Parameter& parameter : parameters) {
    schema["properties"][parameter.name] = SchemaOf(parameter);
    if (parameter.required) schema["required"].push_back(parameter.name);
  }
  return schema;
}

Status CheckArguments(const Json& arguments, std::span<const Parameter> parameters) {
  std::string names;
  for (const Parameter& parameter : parameters) {
    names += (names.empty() ? "" : ", ") + std::string(parameter.name);
    const auto given = arguments.find(parameter.name);
    if (given == arguments.end()) {
      if (parameter.required) return Status(Code::kInvalidArgument, std::string("is missing: ") + parameter.description, parameter.name);
      continue;
    }
    const std::string expected = Expected(parameter.kind, *given);
    if (!expected.empty()) return Status(Code::kInvalidArgument, "takes " + expected, parameter.name);
  }
  for (const auto& [name, value] : arguments.items()) {
    const bool known = std::any_of(parameters.begin(), parameters.end(), [&, &key = name](const Parameter& parameter) { return key == parameter.name; });
    if (!known) return Status(Code::kInvalidArgument, "is no argument of this tool; it takes " + names, name);
  }
  return OkStatus();
}

std::string TextOf(const Json& arguments, const char* name) { return arguments.value(name, std::string()); }

std::optional<Date> DateOf(const Json& arguments, const char* name) { return ParseDate(TextOf(arguments, name)); }

bool FlagOf(const Json& arguments, const char* name) { return arguments.value(name, false); }

std::optional<std::chrono::seconds> MinutesOf(const Json& arguments, const char* name) {
  if (!arguments.contains(name)) return std::nullopt;
  return std::chrono::minutes(arguments.at(name).get<int>());
}

std::vector<std::string> TextsOf(const Json& arguments, const char* name) { return arguments.value(name, std::vector<std::string>()); }

Answers AnswersOf(const Json& arguments, const char* name) { return arguments.value(name, Answers()); }

}  // namespace evenkeel::tool_server
