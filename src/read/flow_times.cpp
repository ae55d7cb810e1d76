// Times in running text, with the labels that elements and neighbouring texts give them.
#include <algorithm>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

struct EventClass {
  std::string_view name;
  Role role;
};
constexpr EventClass kEventClasses[] = {{"dt-start", Role::kStart}, {"dtstart", Role::kStart}, {"dt-end", Role::kEnd}, {"dtend", Role::kEnd}};

bool IsHeading(std::string_view name) { return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'; }

// Finds labels for mentions whose own text has none.
class StructureLabels {
 public:
  StructureLabels(const Page& page, Findings* findings) : page_(page), findings_(*findings), mentions_in_flow_(page.flows.size(), 0) {}

  void Apply(std::size_t first) {
    for (std::size_t i = first; i < findings_.mentions.size(); ++i) ++mentions_in_flow_[findings_.mentions[i].flow];
    for (std::size_t i = first; i < findings_.mentions.size(); ++i) {
      Mention& mention = findings_.mentions[i];
      ApplyEventClass(&mention);
      if (mention.label.strength == LabelStrength::kStrong) continue;
      const Label found = Find(mention);
      if (found.strength > mention.label.strength) mention.label = found;
    }
  }

 private:
  // A class or property on an element around the time.
  void ApplyEventClass(Mention* mention) const {
    std::size_t element = mention->element;
    for (int level = 0; level < 4 && element != kNone; ++level, element = page_.elements[element].parent) {
      const Element& around = page_.elements[element];
      const bool valued = page_.FindAttribute(around, "datetime") != nullptr || page_.FindAttribute(around, "content") != nullptr;
      for (const EventClass& known : kEventClasses) {
        if (!page_.HasClass(around, known.name)) continue;
        mention->label = {known.role, LabelStrength::kStrong, "it stands in class “" + std::string(known.name) + "”"};
        if (!valued) mention->ref.carrier = Carrier::kMicroformat;
        return;
      }
      const std::string property = PropertyOf(around);
      if (property.empty()) continue;
      const Label label = LabelOfProperty(property);
      if (label.strength != LabelStrength::kStrong) continue;
      mention->label = label;
      if (!valued) mention->ref.carrier = Carrier::kMicrodata;
      return;
    }
  }

  std::string PropertyOf(const Element& element) const {
    std::string property = page_.AttributeValue(element, "itemprop");
    return property.empty() ? page_.AttributeValue(element, "property") : property;
  }

  Label Find(const Mention& mention) const {
    if (const Label named = FromNames(mention.element, page_.flows[mention.flow].block); named.found()) return named;
    if (const Label column = FromColumn(mention); column.found()) return column;
    if (const Label near = FromNeighbours(mention); near.found()) return near;
    return FromHeading(mention);
  }

  // Class, id and data-* names of inline elements around it and of its block.
  Label FromNames(std::size_t element, std::size_t block) const {
    for (int level = 0; level < 6 && element != kNone; ++level) {
      const Element& around = page_.elements[element];
      if (around.name == "body" || around.name == "html" || around.name == "main") break;
      for (const char* attribute : {"class", "id", "data-field", "data-role", "data-time", "name", "aria-label"}) {
        const std::string value = page_.AttributeValue(around, attribute);
        if (value.empty() || value.size() > 80) continue;
        Label label = LabelOfName(value);
        if (label.strength == LabelStrength::kStrong && IsTimeName(value)) {
          label.why = std::string(attribute) + " “" + value + "” around it";
          return label;
        }
      }
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
    std::size_t cell = mention.element;
    while (cell != kNone && page_.elements[cell].name != "td") cell = page_.elements[cell].parent;
    if (cell == kNone) return {};
    std::size_t table = cell;
    while (table != kNone && page_.elements[table].name != "table") table = page_.elements[table].parent;
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
    return hit ? hit->label : Label{};
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

  // The nearest heading above, as far as it tells what kind of times follow.
  Label FromHeading(const Mention& mention) const {
    constexpr std::size_t kReach = 12;
    for (std::size_t back = 1; back <= kReach && back <= mention.flow; ++back) {
      const std::size_t flow = mention.flow - back;
      if (!IsHeading(page_.elements[page_.flows[flow].block].name)) continue;
      Label label = LabelOfFlow(flow);
      if (!label.found() || label.role == Role::kStart || label.role == Role::kEnd) return {};
      label.why += " in the heading above";
      return label;
    }
    return {};
  }

  const Page& page_;
  Findings& findings_;
  std::vector<int> mentions_in_flow_;
};

}  // namespace

void CollectFlows(const Page& page, const ReadOptions& options, Findings* findings) {
  const std::size_t first = findings->mentions.size();
  for (std::size_t i = 0; i < page.flows.size(); ++i) {
    if (findings->mentions.size() > options.limits.page_references) break;  // the caller refuses the page
    const Flow& flow = page.flows[i];
    const TextSource source{.bytes = page.bytes, .carrier = Carrier::kText, .hidden = flow.hidden, .page = &page, .flow = i, .element = flow.block,
                            .day_first = options.day_first, .known = options.date, .spelling = {.entities = true}};
    CollectText(flow.text, source, findings);
  }
  StructureLabels(page, findings).Apply(first);
  BindByStructure(page, first, findings);
}

}  // namespace evenkeel
