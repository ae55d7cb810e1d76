#include "plan/edited_pages.h"

#include <algorithm>
#include <set>
#include <utility>

namespace evenkeel {
namespace {

// Enough to overlap requests.
constexpr std::size_t kAtOnce = 64;

// What a plan may want to edit: a page that disagrees, or on which a person has said what a time is for. Duplicates are retired, not edited, if
// all goes well.
std::set<Resource> WantedOf(const Decision& decision) {
  std::set<Resource> wanted;
  if (decision.read_only) return wanted;
  for (const Verdict& verdict : decision.verdicts) {
    for (const Claim& claim : verdict.against) wanted.insert(claim.resource);
  }
  for (const ReferenceRole& role : decision.roles) wanted.insert(role.page);
  for (const Resource& duplicate : decision.duplicates) wanted.erase(duplicate);
  return wanted;
}

}  // namespace

EditedPages::EditedPages(const SnapshotIndex& index, const std::vector<Decision>& decisions, PageSource& source, std::size_t bytes_most)
    : source_(source), bytes_most_(bytes_most) {
  for (const Decision& decision : decisions) {
    for (const Resource& resource : WantedOf(decision)) {
      const Observed* observed = index.Find(resource);
      if (observed == nullptr || !observed->page || !observed->problem.ok() || !places_.emplace(resource, wanted_.size()).second) continue;
      wanted_.push_back(observed);
    }
  }
}

void EditedPages::ReadFrom(const Observed& page) {
  read_.clear();
  std::vector<const Observed*> pages{&page};
  const auto place = places_.find(page.resource);
  std::size_t bytes = page.page->reading.bytes;
  for (std::size_t i = place == places_.end() ? wanted_.size() : place->second + 1; i < wanted_.size() && pages.size() < kAtOnce; ++i) {
    bytes += wanted_[i]->page->reading.bytes;
    if (bytes > bytes_most_) break;
    pages.push_back(wanted_[i]);
  }
  std::vector<StatusOr<std::string>> answers = source_.Read(pages);
  answers.resize(pages.size(), Status(Code::kInternal, "nobody answered for this page"));
  for (std::size_t i = 0; i < pages.size(); ++i) read_.emplace(pages[i]->resource, std::move(answers[i]));
}

StatusOr<std::string> EditedPages::BytesOf(const Observed& page) {
  if (read_.count(page.resource) == 0) ReadFrom(page);
  return std::move(read_.extract(page.resource).mapped());
}

}  // namespace evenkeel
