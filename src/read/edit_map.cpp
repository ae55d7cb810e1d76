#include "read/edit_map.h"

#include <algorithm>

namespace evenkeel {

EditMap::EditMap(const std::vector<Edit>& edits) {
  std::ptrdiff_t moved = 0;
  for (const Edit& edit : edits) {
    moved += static_cast<std::ptrdiff_t>(edit.replacement.size()) - static_cast<std::ptrdiff_t>(edit.span.size());
    spans_.push_back(edit.span);
    moved_.push_back(moved);
  }
}

std::size_t EditMap::Forward(std::size_t at, bool end) const {
  const auto before = [&](const Span& span) { return end ? span.end <= at : span.end < at || (span.end == at && !span.empty()); };
  const auto count = std::partition_point(spans_.begin(), spans_.end(), before) - spans_.begin();
  const std::ptrdiff_t moved = count == 0 ? 0 : moved_[static_cast<std::size_t>(count) - 1];
  return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + moved);
}

}  // namespace evenkeel
