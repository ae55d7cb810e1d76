// EditedPages: the bytes of the pages that a plan may edit. No more of them are in memory at a time than are worth one call to a store.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "decide/booking_view.h"

namespace evenkeel {

class EditedPages {
 public:
  // Borrowed for its life. `bytes_most`: of the pages that are read ahead, one page apart.
  EditedPages(const SnapshotIndex& index, const std::vector<Decision>& decisions, PageSource& source, std::size_t bytes_most);
  EditedPages(const EditedPages&) = delete;
  EditedPages& operator=(const EditedPages&) = delete;

  // Cheap when pages are asked for in the order of the decisions; right in any.
  StatusOr<std::string> BytesOf(const Observed& page);

 private:
  void ReadFrom(const Observed& page);

  PageSource& source_;
  const std::size_t bytes_most_;
  std::vector<const Observed*> wanted_;          // in the order of the decisions
  std::map<Resource, std::size_t> places_;       // in wanted_
  std::map<Resource, StatusOr<std::string>> read_;  // and not yet asked for
};

}  // namespace evenkeel
