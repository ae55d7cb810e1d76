#include "sheet.h"

namespace evenkeel::program {

void Sheet::AddTable(int indent, std::vector<Row> rows) {
  if (!rows.empty()) blocks.push_back(Table{indent, std::move(rows)});
}

void Sheet::AddReplacement(int indent, std::string where, std::string before, std::string after) {
  blocks.push_back(Replacement{indent, std::move(where), std::move(before), std::move(after)});
}

}  // namespace evenkeel::program
