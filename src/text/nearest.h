// Nearest names: what a person who misspelt a name most likely meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace evenkeel {

// Edits (insert, delete, replace, swap of neighbours) between two texts, ASCII case and '-' against '_' ignored; counted no
// further than `limit` + 1.
std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit);

// The candidate with the fewest edits, the first of equals in alphabetical order; empty when none is within a third of the
// name's length (at least one edit, at most three). A name that begins with the other is near, too.
std::string NearestName(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace evenkeel
