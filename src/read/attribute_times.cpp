// Times in attributes.
#include <algorithm>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

bool IsLinkAttribute(std::string_view name) {
  return name == "href" || name == "src" || name == "action" || name == "formaction" || name == "data-href" || name == "data-url" || name == "cite";
}

// onclick, onsubmit, … (WHATWG HTML section 8.1.8)
bool IsHandler(std::string_view name) { return name.size() > 4 && name.substr(0, 2) == "on" && std::all_of(name.begin(), name.end(), IsAlpha); }

bool IsTextAttribute(std::string_view name) {
  return name == "title" || name == "alt" || name == "aria-label" || name == "aria-description" || name == "value" || name == "placeholder" || name == "label" ||
         name == "summary" || name == "content" || name.substr(0, 5) == "data-";
}

class AttributeCollector {
 public:
  AttributeCollector(const Page& page, const ReadOptions& options, Findings* findings) : page_(page), options_(options), findings_(*findings) {}

  Status Collect() {
    for (std::size_t e = 0; e < page_.elements.size(); ++e) {
      const Element& element = page_.elements[e];
      for (std::size_t a = 0; a < element.attribute_count; ++a) {
        const StreamAttribute& attribute = page_.stream.attributes[element.first_attribute + a];
        if (attribute.value.size() < 1) continue;
        EVENKEEL_RETURN_IF_ERROR(CollectOne(e, attribute));
        if (findings_.Full()) return OkStatus();  // the caller refuses the page
      }
    }
    return OkStatus();
  }

 private:
  Status CollectOne(std::size_t e, const StreamAttribute& attribute) {
    const Element& element = page_.elements[e];
    if (IsLinkAttribute(attribute.name)) {
      CollectLink(page_.bytes, attribute.value, Spelling{.entities = true}, options_, e, &findings_);
      return OkStatus();
    }
    const std::string_view raw = attribute.value.In(page_.bytes);
    if (attribute.name == "srcdoc") {
      const std::size_t first = findings_.mentions.size();
      CollectValue(e, attribute, Carrier::kAttribute, {});
      for (std::size_t i = first; i < findings_.mentions.size(); ++i) findings_.mentions[i].doubt = "it stands in a page inside this one";
    } else if (attribute.name == "data-hour" || attribute.name == "data-hours" || attribute.name == "data-start-hour" || attribute.name == "data-h") {
      CollectHour(e, attribute);
    } else if (IsHandler(attribute.name)) {
      CollectHandler(page_.bytes, attribute.value, e, options_, &findings_);
    } else if (attribute.name == "datetime") {
      CollectValue(e, attribute, CarrierOf(element, Carrier::kTimeElement), LabelOfElement(e));
    } else if (element.name == "meta" && attribute.name == "content") {
      CollectMeta(e, attribute);
    } else if (attribute.name == "content" || IsEventValue(element, attribute.name)) {
      CollectValue(e, attribute, CarrierOf(element, Carrier::kAttribute), LabelOfElement(e));
    } else if (attribute.name.substr(0, 5) == "data-" && !raw.empty() && (raw[0] == '{' || raw[0] == '[')) {
      return CollectJson(page_.bytes, attribute.value, true, Carrier::kAttribute, options_, &findings_);
    } else if (IsTextAttribute(attribute.name)) {
      CollectValue(e, attribute, Carrier::kAttribute, LabelOfAttribute(e, attribute));
    } else if (IsOfComponent(element, attribute.name)) {
      CollectValue(e, attribute, Carrier::kAttribute, LabelOfProperty(attribute.name));
    } else if (IsInstant(attribute)) {  // of a custom element: <amp-date-countdown end-date="…">
      CollectValue(e, attribute, Carrier::kAttribute, {});
    }
    return OkStatus();
  }

  // <add-to-calendar-button startDate="2026-05-30" startTime="16:30">: names of a custom element are its own, and these say what they are.
  static bool IsOfComponent(const Element& element, std::string_view name) {
    if (element.name.find('-') == std::string::npos) return false;
    return name == "startdate" || name == "starttime" || name == "enddate" || name == "endtime" || name == "start-time" || name == "end-time";
  }

  // A date with a clock is all that the value says.
  bool IsInstant(const StreamAttribute& attribute) const {
    constexpr std::size_t kWrittenMax = 40;  // bytes
    const std::string_view raw = attribute.value.In(page_.bytes);
    if (raw.size() > kWrittenMax || !IsDigit(raw.front())) return false;
    const std::optional<IsoMatch> iso = MatchIsoWhole(ToLower(raw));
    return iso && iso->has_date() && iso->has_time();
  }

  // data-hour="16" data-minute="30"
  void CollectHour(std::size_t e, const StreamAttribute& hour) {
    std::optional<Span> minute;
    for (const char* name : {"data-minute", "data-minutes", "data-start-minute", "data-m"}) {
      if (const StreamAttribute* found = page_.FindAttribute(page_.elements[e], name)) minute = found->value;
    }
    AddHourNumbers(page_.bytes, hour.value, minute, Carrier::kAttribute, e, &findings_);
  }

  // abbr[title] and data[value] of an event property.
  bool IsEventValue(const Element& element, std::string_view name) const {
    const bool holder = (element.name == "abbr" && name == "title") || (element.name == "data" && name == "value") || (name == "title" && page_.HasClass(element, "value-title"));
    return holder && CarrierOf(element, Carrier::kAttribute) != Carrier::kAttribute;
  }

  Carrier CarrierOf(const Element& element, Carrier plain) const {
    for (const char* name : {"dt-start", "dt-end", "dtstart", "dtend", "dt-published", "dt-updated", "value", "value-title"}) {
      if (page_.HasClass(element, name)) return Carrier::kMicroformat;
    }
    if (page_.FindAttribute(element, "itemprop") != nullptr || page_.FindAttribute(element, "property") != nullptr) return Carrier::kMicrodata;
    return plain;
  }

  // From the element's property, its class, or an element around it.
  Label LabelOfElement(std::size_t e) const {
    for (int level = 0; level < 3 && e != kNone; ++level, e = page_.elements[e].parent) {
      const Element& element = page_.elements[e];
      for (const char* name : {"dt-start", "dt-end", "dtstart", "dtend", "dt-published", "dt-updated", "published", "updated"}) {
        if (page_.HasClass(element, name)) return LabelOfProperty(name);
      }
      for (const char* name : {"itemprop", "property", "id", "class", "name"}) {
        const std::string value = page_.Name(element, name);
        if (value.empty()) continue;
        const Label label = LabelOfProperty(value);
        if (label.strength == LabelStrength::kStrong) return label;
      }
    }
    return {};
  }

  Label LabelOfAttribute(std::size_t e, const StreamAttribute& attribute) const {
    if (attribute.name.substr(0, 5) == "data-") {
      const Label label = LabelOfName(attribute.name.substr(5));
      if (label.found()) return label;
    }
    const Element& element = page_.elements[e];
    if (element.name != "input" && element.name != "option" && element.name != "button" && attribute.name.substr(0, 5) != "data-") return {};
    for (const char* name : {"name", "id"}) {
      const Label label = LabelOfName(page_.Name(element, name));
      if (label.strength == LabelStrength::kStrong) return label;
    }
    return {};
  }

  void CollectMeta(std::size_t e, const StreamAttribute& attribute) {
    const Element& element = page_.elements[e];
    const std::string item = page_.Name(element, "itemprop");
    std::string name = page_.Name(element, "property");
    if (name.empty()) name = page_.Name(element, "name");
    if (!item.empty()) name = item;
    if (page_.FindAttribute(element, "http-equiv") != nullptr) return;
    // schema.org in RDFa writes property="startDate"; OpenGraph writes prefixes.
    const bool microdata = !item.empty() || (page_.FindAttribute(element, "property") != nullptr && name.find(':') == std::string::npos);
    if (name.substr(0, 6) == "event:") name = name.substr(6);
    CollectValue(e, attribute, microdata ? Carrier::kMicrodata : Carrier::kMeta, IsProse(name) ? Label{} : LabelOfProperty(name));
  }

  static bool IsProse(std::string_view name) {
    return FindFolded(name, "description") != std::string_view::npos || FindFolded(name, "title") != std::string_view::npos;
  }

  void CollectValue(std::size_t e, const StreamAttribute& attribute, Carrier carrier, const Label& label) {
    if (attribute.value.size() > options_.limits.text_bytes) return;
    const std::string_view raw = attribute.value.In(page_.bytes);
    const bool digit = std::any_of(raw.begin(), raw.end(), [](char c) { return IsDigit(c); });
    const auto says = [&](std::string_view word) { return FindFolded(raw, word) != std::string_view::npos; };
    if (!digit && !says("noon") && !says("midnight") && !says("o'clock") && !says("half past") && !says("quarter")) return;
    GlyphText text;
    text.Append(page_.bytes, attribute.value, Spelling{.entities = true});
    const TextSource source{.bytes = page_.bytes, .carrier = carrier, .hidden = true, .element = e, .day_first = options_.day_first, .known = options_.date, .spelling = {.entities = true}};
    if (const auto iso = MatchIsoWhole(text.fold, carrier != Carrier::kAttribute); iso && (iso->month != 0 || iso->has_time())) {
      AddIso(text, *iso, source, label, &findings_);
      ++findings_.sources;
      return;
    }
    if (attribute.name.substr(0, 5) == "data-" && AddEpoch(page_.bytes, attribute.value, carrier, label, options_, &findings_)) return;
    const std::size_t first = findings_.mentions.size();
    CollectText(text, source, &findings_);
    for (std::size_t i = first; i < findings_.mentions.size(); ++i) {
      if (findings_.mentions[i].label.strength < label.strength) findings_.mentions[i].label = label;
    }
  }

  const Page& page_;
  const ReadOptions& options_;
  Findings& findings_;
};

}  // namespace

Status CollectAttributes(const Page& page, const ReadOptions& options, Findings* findings) {
  return AttributeCollector(page, options, findings).Collect();
}

}  // namespace evenkeel
