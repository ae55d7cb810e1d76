// A tolerant walk over JSON text that keeps byte offsets (nlohmann_json gives none).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/span.h"
#include "evenkeel/status.h"
#include "read/glyphs.h"

namespace evenkeel {

struct JsonString {
  std::span<const std::string> path;   // keys from the root; array levels leave none
  std::span<const std::string> types;  // "@type" of each enclosing object as far as it was seen before
  Span span;                       // raw bytes between the quotes
  bool number = false;             // a number instead of a string
  std::size_t object = 0;          // which object around it is the innermost, counted from 1; 0: none
};

// A JsonString's path and types live as long as the call. Calls `visit` for every string value and number. Broken JSON is walked as far as it goes. kLimitExceeded: too deep.
// `text` is the JSON with its escapes intact, `entities` says that the page spells it with character references.
Status ScanJson(std::string_view page, Span span, bool entities, std::size_t depth_max,
                const std::function<void(const JsonString&)>& visit);

}  // namespace evenkeel
