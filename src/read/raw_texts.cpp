// Times in comments, and in the text that style sheets put on a page.
#include <algorithm>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/text_times.h"

namespace evenkeel {

void CollectComment(std::string_view bytes, Span span, Spelling spelling, const ReadOptions& options, Findings* findings) {
  if (span.size() > 8 * options.limits.text_bytes) return;  // nobody writes that of a time: something large was left out of the page
  if (std::none_of(bytes.begin() + static_cast<std::ptrdiff_t>(span.begin), bytes.begin() + static_cast<std::ptrdiff_t>(span.end), IsDigit) && FindFolded(span.In(bytes), "noon") == std::string_view::npos) return;
  GlyphText text;
  text.Append(bytes, span, spelling);
  const TextSource source{.bytes = bytes, .carrier = Carrier::kComment, .hidden = true, .day_first = options.day_first, .spelling = spelling};
  const std::size_t first = findings->mentions.size();
  CollectText(text, source, findings);
  for (std::size_t i = first; i < findings->mentions.size(); ++i) {
    findings->mentions[i].label = {Role::kUnrelated, LabelStrength::kStrong, "it stands in a comment"};
  }
}

void CollectStyle(std::string_view bytes, const RawBlock& raw, const ReadOptions& options, Findings* findings) {
  const std::string lower = ToLower(raw.span.In(bytes));
  constexpr std::string_view kProperty = "content:";
  for (std::size_t at = lower.find(kProperty); at != std::string::npos; at = lower.find(kProperty, at + 1)) {
    const std::size_t open = lower.find_first_not_of(" \t\r\n\f", at + kProperty.size());
    if (open == std::string::npos || (lower[open] != '"' && lower[open] != '\'')) continue;
    const std::size_t close = lower.find(lower[open], open + 1);
    if (close == std::string::npos || close - open > options.limits.text_bytes) return;
    GlyphText text;
    text.Append(bytes, {raw.span.begin + open + 1, raw.span.begin + close}, Spelling{});
    const std::size_t first = findings->mentions.size();
    CollectText(text, {.bytes = bytes, .carrier = Carrier::kScript, .element = raw.element, .day_first = options.day_first, .known = options.date}, findings);
    for (std::size_t i = first; i < findings->mentions.size(); ++i) findings->mentions[i].doubt = "it stands in a style sheet";
  }
}

}  // namespace evenkeel
