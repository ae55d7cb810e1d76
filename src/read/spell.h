// How a page spells text that an edit brings in.
#pragma once

#include <string>
#include <string_view>

namespace evenkeel {

// UTF-8 `text` as markup text of `page`: what is markup is escaped; letters outside ASCII stand as they are where the page is UTF-8 and says or
// shows so, and as numeric character references, which every encoding has, on any other.
std::string SpellAsMarkup(std::string_view text, std::string_view page);

}  // namespace evenkeel
