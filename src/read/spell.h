// How a page spells text that an edit brings in.
#pragma once

#include <string>
#include <string_view>

#include "evenkeel/edit.h"
#include "evenkeel/reading.h"
#include "read/glyphs.h"

namespace evenkeel {

// UTF-8 `text` as the page spells what stands at `span`: what would be markup, or end the value, is escaped; letters outside ASCII stand as they are
// where the page is UTF-8 and says or shows so, and as numeric character references or \uXXXX, which every encoding has, on any other.
std::string SpellValue(ValueSpelling spelling, std::string_view text, std::string_view page, Span span);
// The same edit of `page` without the letters at both ends that stay: plain ASCII, no part of a character reference or an escape.
Edit FewestBytes(Edit edit, std::string_view page);
// How such a value is read.
Spelling SpellingOf(ValueSpelling spelling);

}  // namespace evenkeel
