// Times in running text, with the labels that elements and neighbouring texts give them.
#include <algorithm>
#include <unordered_map>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/prose.h"
#include "read/table_cells.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

bool IsHeading(std::string_view name) { return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'; }

// Finds labels for mentions whose own text has none.
class StructureLabels {
 public:
  StructureLabels(const Page& page, const std::optional<Date>& known, Findings* findings)
      : page_(page), known_(known), findings_(*findings), mentions_in_flow_(page.flows.size(), 0), cells_(page) {}

  void Apply(std::size_t first) {
    for (std::size_t i = first; i < findings_.mentions.size(); ++i) ++mentions_in_flow_[findings_.mentions[i].flow];
    for (std::size_t i = first; i < findings_.mentions.size(); ++i) {
      Mention& mention = findings_.mentions[i];
      ApplyEventClass(&mention);
      if (mention.label.strength == LabelStrength::kStrong) continue;
      const Label found = Find(mention);
      if (found.role == Role::kUnrelated && IsDatedRange(mention)) continue;
      if (found.strength > mention.label.strength) mention.label = found;
      if (mention.label.strength == LabelStrength::kNeutral && mention.doubt.empty() && IsUnderOthers(mention)) mention.doubt = "the heading above is of something else";
    }
  }

 private:
  // "Saturday, May 30, 2026, 4:30 PM to 7:30 PM" under its own date, the booking's: what stands above it is said of something else.
  bool IsDatedRange(const Mention& mention) const {
    if (!known_ || !mention.end || !mention.date_joined || mention.date == kNone) return false;
    const DateReference& date = findings_.dates[mention.date].ref;
    return date.month == static_cast<unsigned>(known_->month()) && date.day == static_cast<unsigned>(known_->day()) && (date.year == 0 || date.year == static_cast<int>(known_->year()));
  }

  // What an element says of the times inside it, asked once.
  struct Said {
    Label event;       // by an event class or property
    Carrier carrier = Carrier::kText;  // of such a time: unless the value stands in an attribute
    Label names;       // by class, id and data-* names
  };

  const Said& SaidBy(std::size_t element) {
    const auto [found, fresh] = said_.try_emplace(element);
    if (!fresh) return found->second;
    const Element& around = page_.elements[element];
    const bool valued = page_.FindAttribute(around, "datetime") != nullptr || page_.FindAttribute(around, "content") != nullptr;
    found->second = {EventLabel(around), Carrier::kText, LabelOfNames(around)};
    if (!valued && found->second.event.found()) found->second.carrier = LabelOfEventClass(around).found() ? Carrier::kMicroformat : Carrier::kMicrodata;
    return found->second;
  }

  Label EventLabel(const Element& around) const {
    if (Label own = LabelOfEventClass(around); own.found()) return own;
    const std::string property = PropertyOf(around);
    const Label label = property.empty() ? Label{} : LabelOfProperty(property);
    return label.strength == LabelStrength::kStrong ? label : Label{};
  }

  // A class or property on an element around the time.
  void ApplyEventClass(Mention* mention) {
    std::size_t element = mention->element;
    for (int level = 0; level < 4 && element != kNone; ++level, element = page_.elements[element].parent) {
      const Said& said = SaidBy(element);
      if (!said.event.found()) continue;
      mention->label = said.event;
      if (said.carrier != Carrier::kText) mention->ref.carrier = said.carrier;
      return;
    }
  }

  std::string PropertyOf(const Element& element) const {
    std::string property = page_.Name(element, "itemprop");
    return property.empty() ? page_.Name(element, "property") : property;
  }

  Label Find(const Mention& mention) {
    if (const Label named = FromNames(mention.element, page_.flows[mention.flow].block); named.found()) return named;
    const Label column = FromColumn(mention);
    if (column.strength > LabelStrength::kNeutral) return column;
    if (const Label near = FromNeighbours(mention); near.found()) return near;
    if (column.found()) return column;  // “Time” says less than the rest of the row
    return FromHeading(mention);
  }

  Label LabelOfNames(const Element& around) const {
    for (const char* attribute : {"class", "id", "data-field", "data-role", "data-time", "name", "aria-label"}) {
      const std::string value = page_.Name(around, attribute);
      if (value.empty() || value.size() > 80) continue;
      Label label = LabelOfName(value);
      if (label.strength != LabelStrength::kStrong || !IsTimeName(value)) continue;
      label.why = std::string(attribute) + " “" + value + "” around it";
      return label;
    }
    return {};
  }

  // Class, id and data-* names of inline elements around it and of its block.
  Label FromNames(std::size_t element, std::size_t block) {
    for (int level = 0; level < 6 && element != kNone; ++level) {
      const Element& around = page_.elements[element];
      if (around.name == "body" || around.name == "html" || around.name == "main") break;
      if (const Label& label = SaidBy(element).names; label.found()) return label;
      if (element == block) break;
      element = around.parent;
    }
    return {};
  }

  // Style classes ("sail-card", "board-list") say little; names that mean a time do.
  static bool IsTimeName(std::string_view value) {
    const std::string lower = ToLower(value);
    for (const char* word : {"arriv", "depart", "cutoff", "deadline", "rsvp", "checkin", "check-in", "boarding", "start", "end-", "-end", "endtime", "sunset",
                             "hours", "reply"}) {
      if (lower.find(word) != std::string::npos) return true;
    }
    return lower == "end" || lower == "ends";
  }

  // The header of its table column.
  Label FromColumn(const Mention& mention) const {
    const std::size_t cell = cells_.CellAround(mention.element);
    const std::size_t table = cells_.TableAround(cell);
    if (table == kNone) return {};
    constexpr std::size_t kReach = 400;  // elements from the table's start
    for (std::size_t e = table + 1; e < cell && e < table + kReach; ++e) {
      const Element& head = page_.elements[e];
      if (head.name != "th" || head.column != page_.elements[cell].column || head.first_flow >= head.last_flow) continue;
      if (head.parent == page_.elements[cell].parent) continue;  // a row header
      const Label label = LabelOfFlow(head.first_flow);
      if (label.found()) return label;
    }
    return {};
  }

  Label LabelOfFlow(std::size_t flow) const {
    const GlyphText& text = page_.flows[flow].text;
    constexpr std::size_t kLabelMax = 90;
    if (text.size() > kLabelMax) return {};
    const TokenView view(text);
    const auto hit = FindLastLabel(view, 0, view.size());
    return hit && Prose(view).DoubtAt(hit->first).empty() ? hit->label : Label{};
  }

  bool HasMention(std::size_t flow) const { return mentions_in_flow_[flow] != 0; }

  // The label stands in another text of the same small container, or in the text just before.
  Label FromNeighbours(const Mention& mention) const {
    constexpr std::size_t kFlowsMax = 6;
    std::size_t element = page_.flows[mention.flow].block;
    for (int level = 0; level < 4 && element != kNone; ++level, element = page_.elements[element].parent) {
      const Element& around = page_.elements[element];
      if (around.last_flow - around.first_flow > kFlowsMax || around.name == "body") break;
      if (HasOtherMention(around, mention.flow)) return FromPrevious(mention.flow, around);
      for (std::size_t distance = 1; distance <= kFlowsMax; ++distance) {
        if (mention.flow >= around.first_flow + distance) {
          if (const Label label = LabelOfFlow(mention.flow - distance); label.found()) return label;
        }
        if (mention.flow + distance < around.last_flow) {
          if (const Label label = LabelOfFlow(mention.flow + distance); label.found()) return label;
        }
      }
      if (around.name == "tr" && around.last_flow - around.first_flow > 1) break;  // another row is of another time: 6:00 PM | Toast under the bridge
    }
    return mention.flow > 0 && element != kNone ? FromPrevious(mention.flow, page_.elements[element]) : Label{};
  }

  bool HasOtherMention(const Element& around, std::size_t flow) const {
    for (std::size_t f = around.first_flow; f < around.last_flow && f < page_.flows.size(); ++f) {
      if (f != flow && HasMention(f)) return true;
    }
    return false;
  }

  Label FromPrevious(std::size_t flow, const Element& around) const {
    if (flow == 0 || flow - 1 < around.first_flow || HasMention(flow - 1)) return {};
    const std::string& name = page_.elements[page_.flows[flow - 1].block].name;
    constexpr std::size_t kTitleMax = 24;  // a heading of a word or two is a label: <h3>Return</h3>
    if (IsHeading(name) && page_.flows[flow - 1].text.size() > kTitleMax) return {};
    return LabelOfFlow(flow - 1);
  }

  // <h3>Tides</h3> above a table with a column “Time”: the heading is nothing but the name of something else.
  bool IsUnderOthers(const Mention& mention) const {
    const std::size_t flow = HeadingAbove(mention.flow);
    if (flow == kNone || FromHeading(mention).role != Role::kUnrelated) return false;
    const TokenView view(page_.flows[flow].text);
    const auto hit = FindFirstLabel(view, 0, view.size());
    return hit && hit->first == 0 && hit->last == view.size();
  }

  // The nearest heading above a flow.
  std::size_t HeadingAbove(std::size_t flow) const {
    constexpr std::size_t kReach = 12;
    for (std::size_t back = 1; back <= kReach && back <= flow; ++back) {
      if (IsHeading(page_.elements[page_.flows[flow - back].block].name)) return flow - back;
    }
    return kNone;
  }

  // What the heading above says, as far as it tells what kind of times follow.
  Label FromHeading(const Mention& mention) const {
    const std::size_t flow = HeadingAbove(mention.flow);
    Label label = flow == kNone ? Label{} : LabelOfFlow(flow);
    if (!label.found() || label.role == Role::kStart || label.role == Role::kEnd) return {};
    label.why += " in the heading above";
    return label;
  }

  const Page& page_;
  const std::optional<Date>& known_;
  Findings& findings_;
  std::vector<int> mentions_in_flow_;
  TableCells cells_;
  std::unordered_map<std::size_t, Said> said_;  // by element
};

}  // namespace

void CollectFlows(const Page& page, const ReadOptions& options, Findings* findings) {
  const std::size_t first = findings->mentions.size();
  for (std::size_t i = 0; i < page.flows.size(); ++i) {
    if (findings->Full()) break;  // the caller refuses the page
    const Flow& flow = page.flows[i];
    const TextSource source{.bytes = page.bytes, .carrier = Carrier::kText, .hidden = flow.hidden, .page = &page, .flow = i, .element = flow.block,
                            .day_first = options.day_first, .known = options.date, .spelling = {.entities = true}};
    if (MayHoldValueClock(page, flow)) {
      GlyphText text = flow.text;
      CollectValueClocks(page, source, &text, findings);
      CollectText(text, source, findings);
    } else {
      CollectText(flow.text, source, findings);
    }
  }
  StructureLabels(page, options.date, findings).Apply(first);
  BindByStructure(page, first, findings);
}

}  // namespace evenkeel
