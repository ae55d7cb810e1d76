#include "text/reasons.h"

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

}  // namespace evenkeel
