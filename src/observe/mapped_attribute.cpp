#include "observe/mapped_attribute.h"

#include <vector>

#include "evenkeel/snapshot.h"
#include "observe/attribute_value.h"
#include "observe/item_path.h"
#include "text/fold.h"

namespace evenkeel {

std::optional<MappedAttribute> FindMapped(const Attributes& attributes, const FieldMapping& mapping) {
  std::vector<std::string> paths = {mapping.path};
  paths.insert(paths.end(), mapping.aliases.begin(), mapping.aliases.end());
  std::optional<MappedAttribute> silent;
  for (const std::string& path : paths) {
    std::optional<Json> value = ReadItemPath(attributes, path);
    if (!value) continue;
    if (!IsSilent(MeaningOf(mapping, *value))) return MappedAttribute{path, *std::move(value)};
    if (!silent) silent = MappedAttribute{path, *std::move(value)};
  }
  return silent;
}

Json MeaningOf(const FieldMapping& mapping, const Json& attribute) {
  if (mapping.values.empty()) return attribute;
  if (attribute.is_array()) {
    Json meanings = Json::array();
    for (const Json& element : attribute) meanings.push_back(element.is_array() ? element : MeaningOf(mapping, element));
    return meanings;
  }
  const auto meaning = mapping.values.find(std::string(TrimSpace(TextOfAttribute(attribute))));
  return meaning == mapping.values.end() ? attribute : Json(meaning->second);
}

StatusOr<Json> WriteMapped(const FieldMapping& mapping, const Json& old_attribute, const FieldDefinition& field, const Value& value,
                           const Date& date, std::string_view zone, const ZoneSource& zones) {
  // Who has words of their own for values is never given ours.
  if (MeaningOf(mapping, old_attribute) == old_attribute) return WriteLike(old_attribute, field, value, date, zone, zones, mapping.form);
  for (const auto& [word, meaning] : mapping.values) {
    const StatusOr<Value> means = ParseValue(field, meaning);
    if (!means.ok() || !SameValue(field, *means, value)) continue;
    if (old_attribute.is_string()) return Json(word);
    const Json number = Json::parse(word, nullptr, false);
    if (number.is_primitive() && number.type() == old_attribute.type()) return number;
  }
  return Status(Code::kInvalidArgument, "\"values\" in the fleet file has no word of this store for " + field.label + " " + FormatValue(value) +
                                            "; add it, or enter it by hand");
}

}  // namespace evenkeel
