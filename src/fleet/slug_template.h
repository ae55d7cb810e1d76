// Templates of slugs and keys: literal text with {named} parts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evenkeel {

// The names in braces, in order; nullopt when a brace is not closed, a name is empty or stands twice.
std::optional<std::vector<std::string>> NamesInTemplate(std::string_view shape);
// Puts the parts in; a name without a part stays in its braces.
std::string FillTemplate(std::string_view shape, const std::map<std::string, std::string>& parts);
// The parts of `text`, or nullopt when it does not fit. {date} is YYYY-MM-DD and a day that exists; every other part is as short
// as it can be (the last one takes the rest), not empty, and without '/' unless `slashes`.
std::optional<std::map<std::string, std::string>> MatchTemplate(std::string_view shape, std::string_view text, bool slashes);

}  // namespace evenkeel
