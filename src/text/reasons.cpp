#include "text/reasons.h"

#include <algorithm>

namespace evenkeel {

void AddReason(std::string& reasons, std::string_view why) {
  constexpr std::size_t kReadable = 2000;
  constexpr std::string_view kMore = "; and more";
  if (reasons.ends_with(kMore) || (!reasons.empty() && reasons.find(why) != std::string::npos)) return;
  if (reasons.empty()) {
    reasons = why;
  } else if (reasons.size() + why.size() > kReadable) {
    reasons += kMore;
  } else {
    reasons += "; " + std::string(why);
  }
}

std::string ShowText(std::string_view text) {
  constexpr std::size_t kShown = 80;
  std::size_t end = std::min(text.size(), kShown);
  for (std::size_t back = 0; back < 3 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80; ++back) --end;
  std::string shown(text.substr(0, end));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return end < text.size() ? shown + "…" : shown;
}

}  // namespace evenkeel
