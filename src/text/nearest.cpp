#include "text/nearest.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "text/fold.h"

namespace evenkeel {
namespace {

std::string Comparable(std::string_view name) {
  std::string folded = FoldCase(name);
  std::replace(folded.begin(), folded.end(), '-', '_');
  return folded;
}

}  // namespace

std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::string x = Comparable(a);
  const std::string y = Comparable(b);
  const std::size_t difference = x.size() > y.size() ? x.size() - y.size() : y.size() - x.size();
  if (difference > limit) return limit + 1;
  std::vector<std::size_t> before(y.size() + 1), above(y.size() + 1), row(y.size() + 1);
  for (std::size_t j = 0; j <= y.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= x.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= y.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return std::min(above[y.size()], limit + 1);
}

std::string NearestName(std::string_view name, const std::vector<std::string>& candidates) {
  const std::size_t limit = std::clamp<std::size_t>(name.size() / 3, 1, 3);
  std::vector<std::string> sorted = candidates;
  std::sort(sorted.begin(), sorted.end());
  std::string nearest;
  std::size_t fewest = limit + 1;
  for (const std::string& candidate : sorted) {
    const std::size_t edits = EditDistance(name, candidate, limit);
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  if (!nearest.empty() || name.size() < 3) return nearest;
  const std::string written = Comparable(name);
  for (const std::string& candidate : sorted) {
    const std::string known = Comparable(candidate);
    if (known.size() >= 3 && (known.starts_with(written) || written.starts_with(known))) return candidate;
  }
  return {};
}

}  // namespace evenkeel
