// Where the values of a JSON document stand in its text, so that one of them can be changed and every other byte stays.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/span.h"
#include "evenkeel/state_store.h"

namespace evenkeel {

// Both require a text that ParseJson has taken.
// The elements of the array that is member `name` of the top object; nullopt when there is no such array.
std::optional<std::vector<Span>> ElementsOf(std::string_view text, const std::string& name);
// The text with members of the object at `object` set: values are replaced in place, new members follow the last one in its style.
std::string SetMembers(std::string_view text, Span object, const std::map<std::string, Json>& members);

// The way to one value: names of members, and places in lists as digits.
using JsonSteps = std::vector<std::string>;
// The text with another value at `steps`, which must lead to one.
std::string ReplaceValue(std::string_view text, const JsonSteps& steps, const Json& value);

}  // namespace evenkeel
