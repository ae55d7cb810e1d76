// What a tool takes: one table from which its JSON Schema is written and what a caller sent is checked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evenkeel/evenkeel.h"

namespace evenkeel::tool_server {

struct Parameter {
  enum class Kind : std::uint8_t { kText, kDate, kTrueOrFalse, kMinutes, kTexts, kAnswers };

  const char* name;
  Kind kind;
  const char* description;
  bool required = false;
};

Json SchemaOf(std::span<const Parameter> parameters);
// kInvalidArgument names the argument that is missing, unknown or of another kind, and what it takes. Texts are not empty.
Status CheckArguments(const Json& arguments, std::span<const Parameter> parameters);

// What was sent under a name, checked already; the empty value where nothing was.
std::string TextOf(const Json& arguments, const char* name);
std::optional<Date> DateOf(const Json& arguments, const char* name);
bool FlagOf(const Json& arguments, const char* name);
std::optional<std::chrono::seconds> MinutesOf(const Json& arguments, const char* name);
std::vector<std::string> TextsOf(const Json& arguments, const char* name);
Answers AnswersOf(const Json& arguments, const char* name);

}  // namespace evenkeel::tool_server
