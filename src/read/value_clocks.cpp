// The classes of microformats, and their value-class pattern in running text.
#include <algorithm>

#include "read/carriers.h"

namespace evenkeel {
namespace {

struct EventClass {
  std::string_view name;
  Role role;
};
constexpr EventClass kEventClasses[] = {{"dt-start", Role::kStart}, {"dtstart", Role::kStart}, {"dt-end", Role::kEnd}, {"dtend", Role::kEnd}};

// The value-class pattern of microformats: a clock with its offset in an element of its own ("19:00-08:00", class "value"
// inside "dt-start"), which running text would take for a range.
class ValueClocks {
 public:
  ValueClocks(const Page& page, Findings* findings) : page_(page), findings_(*findings) {}

  // Takes such clocks out of the flow's text.
  void Collect(const TextSource& source, GlyphText* text) const {
    const Flow& flow = page_.flows[source.flow];
    for (std::size_t r = 0; r < flow.runs.size(); ++r) {
      const Flow::Run& run = flow.runs[r];
      if (!page_.HasClass(page_.elements[run.element], "value")) continue;
      const std::size_t end = r + 1 < flow.runs.size() ? flow.runs[r + 1].glyph : text->size();
      const std::optional<IsoMatch> iso = ClockAt(*text, run.glyph, end);
      const Label label = iso ? LabelAround(run.element) : Label{};
      if (!label.found()) continue;
      TextSource own = source;
      own.carrier = Carrier::kMicroformat;
      own.element = run.element;
      AddIso(*text, *iso, own, label, &findings_);
      BindDate(&findings_.mentions.back());
      ++findings_.sources;
      for (std::size_t g = iso->whole.begin; g < iso->whole.end; ++g) text->fold[g] = kSymbolGlyph;
    }
  }

 private:
  static std::optional<IsoMatch> ClockAt(const GlyphText& text, std::size_t begin, std::size_t end) {
    while (begin < end && text.fold[begin] == ' ') ++begin;
    while (end > begin && text.fold[end - 1] == ' ') --end;
    std::optional<IsoMatch> iso = MatchIso(std::string_view(text.fold).substr(0, end), begin, false, true, true);
    if (!iso || iso->has_date() || !iso->offset_minutes || iso->whole.end != end) return std::nullopt;
    return iso;
  }

  Label LabelAround(std::size_t element) const {
    for (int level = 0; level < 4 && element != kNone; ++level, element = page_.elements[element].parent) {
      if (Label own = LabelOfEventClass(page_.elements[element]); own.found()) return own;
    }
    return {};
  }

  // The date of the pattern stands in a sibling of class "value".
  void BindDate(Mention* mention) const {
    const std::size_t parent = page_.elements[mention->element].parent;
    constexpr std::size_t kReach = 32;  // elements back
    for (std::size_t e = std::max(parent + 1, mention->element - std::min(mention->element, kReach)); parent != kNone && e < mention->element; ++e) {
      if (page_.elements[e].parent != parent || !page_.HasClass(page_.elements[e], "value")) continue;
      GlyphText text;
      if (const StreamAttribute* datetime = page_.FindAttribute(page_.elements[e], "datetime")) text.Append(page_.bytes, datetime->value, Spelling{.entities = true});
      const std::optional<IsoMatch> iso = MatchIsoWhole(text.fold);
      if (!iso || iso->has_time() || iso->day == 0) continue;
      const auto day = date::local_days(Date(date::year(iso->year), date::month(iso->month), date::day(iso->day)));
      mention->written = LocalSeconds(day.time_since_epoch() + std::chrono::minutes(*mention->start.minutes) + std::chrono::seconds(mention->second));
    }
  }

  const Page& page_;
  Findings& findings_;
};

}  // namespace

Label LabelOfEventClass(const Element& element) {
  for (const EventClass& known : kEventClasses) {
    if (Page::HasClass(element, known.name)) return {known.role, LabelStrength::kStrong, "it stands in class “" + std::string(known.name) + "”"};
  }
  return {};
}

bool MayHoldValueClock(const Page& page, const Flow& flow) {
  return std::any_of(flow.runs.begin(), flow.runs.end(), [&](const Flow::Run& run) { return run.element != kNone && page.HasClass(page.elements[run.element], "value"); });
}

void CollectValueClocks(const Page& page, const TextSource& source, GlyphText* text, Findings* findings) { ValueClocks(page, findings).Collect(source, text); }

}  // namespace evenkeel
