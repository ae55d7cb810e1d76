// The date that a page's structure puts a time under: its row, its card, its column, the heading above.
#include <algorithm>

#include "read/carriers.h"
#include "read/page.h"
#include "read/table_cells.h"

namespace evenkeel {
namespace {

class StructureDates {
 public:
  StructureDates(const Page& page, Findings* findings, std::size_t first) : page_(page), findings_(*findings), first_(first), cells_(page) {
    for (std::size_t i = 0; i < findings_.dates.size(); ++i) {
      if (Binds(findings_.dates[i])) dates_.push_back({findings_.dates[i].flow, i});
    }
    for (std::size_t i = first_; i < findings_.mentions.size(); ++i) times_.push_back(findings_.mentions[i].flow);
  }

  void Apply() {
    if (dates_.empty()) return;
    for (std::size_t i = first_; i < findings_.mentions.size(); ++i) {
      Mention& mention = findings_.mentions[i];
      if (mention.date_beside || mention.form != MentionForm::kClock) continue;
      mention.near_date = FromColumn(mention.element);
      mention.near_date_close = mention.near_date != kNone;
      if (mention.near_date == kNone) FromContainers(&mention);
    }
  }

 private:
  struct DateAt {
    std::size_t flow = 0;
    std::size_t date = 0;
  };

  static bool Binds(const DateMention& date) {
    return date.flow != kNone && !date.hidden && date.ref.day != 0 && date.label.role != Role::kUnrelated && date.label.role != Role::kCutoff;
  }

  // The last date before `flow` and the first behind it, in flows [low, high).
  std::size_t Before(std::size_t flow, std::size_t low) const {
    const auto found = std::lower_bound(dates_.begin(), dates_.end(), flow, [](const DateAt& at, std::size_t f) { return at.flow < f; });
    return found == dates_.begin() || std::prev(found)->flow < low ? kNone : std::prev(found)->date;
  }
  std::size_t AtOrAfter(std::size_t flow) const {
    const auto found = std::lower_bound(dates_.begin(), dates_.end(), flow, [](const DateAt& at, std::size_t f) { return at.flow < f; });
    return found == dates_.end() ? kNone : found->date;
  }
  std::size_t After(std::size_t flow, std::size_t high) const {
    const auto found = std::upper_bound(dates_.begin(), dates_.end(), flow, [](std::size_t f, const DateAt& at) { return f < at.flow; });
    return found == dates_.end() || found->flow >= high ? kNone : found->date;
  }

  // Whether the container's times and dates begin with a time and end with a date: then each date stands behind its times.
  bool IsTimeFirst(const Element& around) const {
    const auto time = std::lower_bound(times_.begin(), times_.end(), around.first_flow);
    const auto last_time = std::lower_bound(times_.begin(), times_.end(), around.last_flow);
    const std::size_t first_date = AtOrAfter(around.first_flow);
    const std::size_t last_date = Before(around.last_flow, around.first_flow);
    if (time == last_time || first_date == kNone || last_date == kNone) return false;
    return *time < findings_.dates[first_date].flow && *std::prev(last_time) < findings_.dates[last_date].flow;
  }

  void FromContainers(Mention* mention) const {
    constexpr std::size_t kCloseFlows = 6;
    constexpr std::size_t kListFlows = 60;
    for (std::size_t e = page_.flows[mention->flow].block; e != kNone; e = page_.elements[e].parent) {
      const Element& around = page_.elements[e];
      const std::size_t before = Before(mention->flow, around.first_flow);
      const std::size_t after = After(mention->flow, around.last_flow);
      if (before == kNone && after == kNone) continue;
      const std::size_t flows = around.last_flow - around.first_flow;
      const bool small = flows <= kListFlows && around.name != "body" && around.name != "html";
      const bool behind = after != kNone && small && (before == kNone || IsTimeFirst(around));
      if (!behind && before == kNone) continue;
      mention->near_date = behind ? after : before;
      mention->near_date_close = flows <= kCloseFlows;
      return;
    }
  }

  // A date in the header of its table column.
  std::size_t FromColumn(std::size_t element) const {
    const std::size_t cell = cells_.CellAround(element);
    const std::size_t table = cells_.TableAround(cell);
    if (table == kNone) return kNone;
    constexpr std::size_t kReach = 400;  // elements from the table's start
    for (std::size_t e = table + 1; e < cell && e < table + kReach; ++e) {
      const Element& head = page_.elements[e];
      if (head.name != "th" || head.column != page_.elements[cell].column || head.parent == page_.elements[cell].parent) continue;
      const std::size_t date = head.first_flow < head.last_flow ? Before(head.last_flow, head.first_flow) : kNone;
      if (date != kNone) return date;
    }
    return kNone;
  }

  const Page& page_;
  Findings& findings_;
  std::size_t first_;
  TableCells cells_;
  std::vector<DateAt> dates_;        // by flow
  std::vector<std::size_t> times_;   // flows of the mentions, ascending
};

}  // namespace

void BindByStructure(const Page& page, std::size_t first, Findings* findings) { StructureDates(page, findings, first).Apply(); }

}  // namespace evenkeel
