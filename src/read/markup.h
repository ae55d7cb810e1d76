// A plain scan of markup: where a tag ends and which attributes it has, and a count that refuses hostile pages before any
// parser sees them.
#pragma once

#include <string_view>
#include <vector>

#include "evenkeel/limits.h"
#include "evenkeel/status.h"
#include "read/stream.h"

namespace evenkeel {

// `tag` holds "<name ...>" in `page`. Attributes as WHATWG section 13.2.5.32 on tokenizes them; doubled names keep the first.
std::vector<StreamAttribute> ScanAttributes(std::string_view page, Span tag);
// The end of the tag that begins at `at` (one past '>'), quotes respected; page.size() when it never ends.
std::size_t FindTagEnd(std::string_view page, std::size_t at);
// What of the text of a script or a style sheet stands before the first "</name" in it.
Span CutRawText(std::string_view page, Span span, std::string_view name);
// Depth, attributes a tag, nodes and work, counted without building anything. Linear in the page. What it will cost to read the page.
StatusOr<PageWork> CheckMarkupLimits(std::string_view page, const Limits& limits);

}  // namespace evenkeel
