// What a fleet adds to the library's own knowledge: fields, features, limits.
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/parse.h"

namespace evenkeel {
namespace {

constexpr FieldType kTypes[] = {FieldType::kText,          FieldType::kInteger, FieldType::kPeople, FieldType::kDate,
                                FieldType::kLocalDateTime, FieldType::kInstant, FieldType::kMoney,  FieldType::kCode,
                                FieldType::kPlace};

std::optional<FieldType> ParseType(const Section& section) {
  const std::string written = section.RequiredText("type");
  std::vector<std::string> known;
  for (const FieldType type : kTypes) {
    if (written == FieldTypeName(type)) return type;
    known.emplace_back(FieldTypeName(type));
  }
  if (!written.empty()) section.mistake().Report(UnknownMessage(section.Where("type"), "type", written, known));
  return std::nullopt;
}

std::vector<std::vector<std::string>> ParseSameWords(const Section& section) {
  std::vector<std::vector<std::string>> same;
  const Json* lists = section.Find("same");
  if (lists == nullptr) return same;
  bool fits = lists->is_array();
  for (std::size_t i = 0; fits && i < lists->size(); ++i) {
    const Json& list = (*lists)[i];
    fits = list.is_array() && !list.empty();
    std::vector<std::string> words;
    for (std::size_t j = 0; fits && j < list.size(); ++j) {
      fits = list[j].is_string();
      if (fits) words.push_back(list[j].get<std::string>());
    }
    same.push_back(std::move(words));
  }
  if (fits) return same;
  section.mistake().Report(section.Where("same") + " must be a list of lists of texts, like [[\"yes\", \"y\"], [\"no\", \"n\"]]");
  return {};
}

bool IsFieldName(std::string_view name) {
  for (const char c : name) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

std::optional<FeatureEvidence::Kind> KindOf(std::string_view name) {
  if (name == "element") return FeatureEvidence::Kind::kElement;
  if (name == "script_token") return FeatureEvidence::Kind::kScriptToken;
  if (name == "script_any") return FeatureEvidence::Kind::kScriptAny;
  if (name == "text") return FeatureEvidence::Kind::kText;
  return std::nullopt;
}

FeatureEvidence ParseEvidence(const Section& section) {
  FeatureEvidence evidence;
  const std::string kind = section.RequiredText("kind");
  if (const auto known = KindOf(kind)) {
    evidence.kind = *known;
  } else if (!kind.empty()) {
    section.mistake().Report(UnknownMessage(section.Where("kind"), "kind", kind, {"element", "script_token", "script_any", "text"}));
  }
  evidence.element = section.Text("element", evidence.kind == FeatureEvidence::Kind::kElement ? "*" : "");
  evidence.attribute = section.Text("attribute");
  evidence.value = section.Text("value");
  evidence.anchor = section.Flag("anchor", false);
  const bool is_element = evidence.kind == FeatureEvidence::Kind::kElement;
  if (!is_element && evidence.value.empty()) section.RequiredText("value");
  if (is_element && evidence.element == "*" && evidence.attribute.empty()) {
    section.mistake().Report(section.Where("element") + ": evidence of kind \"element\" needs an element or an attribute");
  }
  return evidence;
}

}  // namespace

std::vector<std::string> FieldNames(const FleetConfig& fleet) {
  std::vector<std::string> names;
  for (const FieldDefinition& field : fleet.fields.fields()) names.push_back(field.name);
  return names;
}

void ParseFields(const Section& top, FleetConfig& fleet) {
  const std::vector<const Json*> objects = top.Objects("fields");
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const Section section(*objects[i], top.WhereAt("fields", i), {"name", "type", "group", "identifies", "decided", "label", "same"},
                          top.mistake());
    FieldDefinition field;
    field.name = section.RequiredText("name");
    if (!IsFieldName(field.name)) section.mistake().Report(section.Where("name") + " must be made of a-z, 0-9 and _, not \"" + field.name + "\"");
    field.type = ParseType(section).value_or(FieldType::kText);
    field.identifies = section.Flag("identifies", false);
    field.decided = section.Flag("decided", !field.identifies);
    field.group = section.Text("group");
    field.label = section.Text("label");
    field.same_words = ParseSameWords(section);
    if (field.identifies && field.decided) {
      section.mistake().Report(section.Where("decided") + ": a field that identifies bookings is never planned; leave one of the two out");
    }
    if (field.name.empty()) continue;
    if (const Status added = fleet.fields.Add(std::move(field)); !added.ok()) section.mistake().Report(section.Where("name") + ": " + added.message());
  }
}

void ParseFeatures(const Section& top, FleetConfig& fleet) {
  const std::vector<const Json*> objects = top.Objects("features");
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const Section section(*objects[i], top.WhereAt("features", i), {"name", "description", "evidence"}, top.mistake());
    FeatureRule rule;
    rule.name = section.RequiredText("name");
    rule.description = section.Text("description");
    const std::vector<const Json*> items = section.Objects("evidence");
    if (items.empty()) section.mistake().Report(section.Where("evidence") + " must list at least one thing to look for");
    for (std::size_t j = 0; j < items.size(); ++j) {
      const Section item(*items[j], section.WhereAt("evidence", j), {"kind", "element", "attribute", "value", "anchor"}, top.mistake());
      rule.evidence.push_back(ParseEvidence(item));
    }
    for (const auto* rules : {&BuiltInFeatureRules(), static_cast<const std::vector<FeatureRule>*>(&fleet.features)}) {
      for (const FeatureRule& known : *rules) {
        if (known.name == rule.name) section.mistake().Report(section.Where("name") + ": there is a feature \"" + rule.name + "\" already; choose another name");
      }
    }
    fleet.features.push_back(std::move(rule));
  }
}

void ParseLimits(const Section& top, FleetConfig& fleet) {
  struct Row {
    const char* name;
    std::size_t Limits::* limit;
  };
  static constexpr Row kRows[] = {{"page_bytes", &Limits::page_bytes},           {"page_depth", &Limits::page_depth},
                                  {"tag_attributes", &Limits::tag_attributes},   {"page_nodes", &Limits::page_nodes},
                                  {"page_work", &Limits::page_work},             {"edit_work", &Limits::edit_work},
                                  {"arena_bytes", &Limits::arena_bytes},         {"page_references", &Limits::page_references},
                                  {"json_bytes", &Limits::json_bytes},           {"json_depth", &Limits::json_depth},
                                  {"calendar_bytes", &Limits::calendar_bytes},   {"calendar_events", &Limits::calendar_events},
                                  {"listing_entries", &Limits::listing_entries}, {"text_bytes", &Limits::text_bytes},
                                  {"key_bytes", &Limits::key_bytes},             {"run_actions", &Limits::run_actions}};
  if (!top.Has("limits")) return;
  std::vector<std::string> known;
  for (const Row& row : kRows) known.emplace_back(row.name);
  const Section section(*top.Find("limits"), top.Where("limits"), known, top.mistake());
  for (const Row& row : kRows) {
    const auto limit = section.Count(row.name);
    if (limit && *limit == 0) section.mistake().Report(section.Where(row.name) + " must be at least 1");
    if (limit) fleet.limits.*row.limit = static_cast<std::size_t>(*limit);
  }
}

}  // namespace evenkeel
