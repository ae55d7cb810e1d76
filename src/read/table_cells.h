// The table cell, and the table, that each element of a page stands in: asked for every time on the page, so found once for all of them.
#pragma once

#include <vector>

#include "read/page.h"

namespace evenkeel {

class TableCells {
 public:
  explicit TableCells(const Page& page) : cells_(page.elements.size(), kNone), tables_(page.elements.size(), kNone) {
    for (std::size_t e = 0; e < page.elements.size(); ++e) {  // parents stand before their children
      const Element& element = page.elements[e];
      if (element.parent != kNone) cells_[e] = cells_[element.parent];
      if (element.parent != kNone) tables_[e] = tables_[element.parent];
      if (element.name == "td") cells_[e] = e;
      if (element.name == "table") tables_[e] = e;
    }
  }

  // The innermost <td>; kNone where there is none.
  std::size_t CellAround(std::size_t element) const { return element == kNone ? kNone : cells_[element]; }
  std::size_t TableAround(std::size_t element) const { return element == kNone ? kNone : tables_[element]; }

 private:
  std::vector<std::size_t> cells_, tables_;
};

}  // namespace evenkeel
