// Times that a page offers to choose from: the entries of a list box, the rows of a timetable. None of them is what the booking says.
#include <map>
#include <set>
#include <tuple>

#include "read/carriers.h"

namespace evenkeel {
namespace {

// The nearest element of that name around an element, or the element itself; kNone: none.
std::size_t Around(const Page& page, std::size_t element, std::string_view name) {
  while (element != kNone && page.elements[element].name != name) element = page.elements[element].parent;
  return element;
}

// "Departs | Returns" over several rows with times of their own: a timetable, of which the booking is one row at most.
void DoubtTimetables(const Page& page, Findings* findings) {
  struct Column {
    std::set<std::pair<int, int>> starts;
    std::set<std::size_t> rows;
  };
  std::map<std::tuple<std::size_t, std::size_t, std::string>, Column> columns;  // by table, place in the row and label
  const auto is_told = [](const Mention& mention) { return mention.form == MentionForm::kClock && mention.label.strength == LabelStrength::kStrong && mention.doubt.empty(); };
  for (const Mention& mention : findings->mentions) {
    const std::size_t cell = is_told(mention) && mention.label.role == Role::kStart ? Around(page, mention.element, "td") : kNone;
    const std::size_t row = Around(page, cell, "tr");
    const std::size_t table = Around(page, row, "table");
    if (table == kNone) continue;
    Column& column = columns[{table, page.elements[cell].column, mention.label.why}];
    column.starts.insert({mention.start.clock.hour % 12, mention.start.clock.minute});
    column.rows.insert(row);
  }
  std::set<std::size_t> rows;
  for (const auto& [key, column] : columns) {
    if (column.rows.size() > 1 && column.starts.size() == column.rows.size()) rows.insert(column.rows.begin(), column.rows.end());
  }
  for (Mention& mention : findings->mentions) {
    if (!rows.empty() && is_told(mention) && mention.label.role != Role::kUnrelated && rows.count(Around(page, mention.element, "tr")) != 0) {
      mention.doubt = "it is one of several to choose from";
    }
  }
}

}  // namespace

void DoubtChoices(const Page& page, Findings* findings) {
  std::map<std::size_t, std::set<std::size_t>> options;  // those with a time, by the list they are in
  std::map<std::size_t, std::size_t> option_of;          // by mention
  for (std::size_t i = 0; i < findings->mentions.size(); ++i) {
    const Mention& mention = findings->mentions[i];
    const std::size_t option = Around(page, mention.flow != kNone ? page.flows[mention.flow].block : mention.element, "option");
    if (option == kNone) continue;
    option_of[i] = option;
    options[page.elements[option].parent].insert(option);
  }
  for (const auto& [i, option] : option_of) {
    Mention& mention = findings->mentions[i];
    if (options[page.elements[option].parent].size() > 1 && mention.doubt.empty()) mention.doubt = "it is one of several to choose from";
  }
  DoubtTimetables(page, findings);
}

}  // namespace evenkeel
