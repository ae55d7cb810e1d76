// The known word nearest to a misspelt one, for "did you mean".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace evenkeel::program {

// Empty when none is near: more than a third of the letters would have to change. Of equals, the first.
std::string Nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace evenkeel::program
