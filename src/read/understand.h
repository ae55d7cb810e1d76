// The whole of reading: bytes to findings, shared by ReadPage and by the editor, which needs the parts as well.
#pragma once

#include "evenkeel/reading.h"

#include "read/mention.h"

namespace evenkeel {

struct Understanding {
  Reading reading;
  Findings findings;
  // findings.mentions index of reading.times[i]; the same for dates.
  std::vector<std::size_t> mention_of_time;
  std::vector<std::size_t> date_of_date;
  PageStream stream;  // of HTML: what the parser made of the page
};

// Whether the bytes are markup: escaped as such, with a stream.
inline bool IsMarkup(const Reading& reading) { return reading.engine == "tokens" || reading.engine == "gumbo"; }

// Whatever the engine, it says the same of a page, but for Reading::engine.
StatusOr<Understanding> UnderstandPage(std::string_view bytes, const ReadOptions& options, ReadEngine engine = ReadEngine::kAuto);
StatusOr<Understanding> UnderstandText(std::string_view text, const ReadOptions& options);

}  // namespace evenkeel
