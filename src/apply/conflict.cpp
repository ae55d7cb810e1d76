#include "apply/conflict.h"

namespace evenkeel {

std::optional<Conflict> ConflictFromJson(const Json& json) {
  if (!json.is_object() || !json.contains("sides") || !json["sides"].is_array()) return std::nullopt;
  const auto text = [](const Json& object, const char* name) {
    const auto member = object.is_object() ? object.find(name) : object.end();
    return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
  };
  Conflict conflict;
  conflict.written_by = text(json, "written_by");
  for (const Json& side : json["sides"]) {
    conflict.sides.push_back({text(side, "field"), text(side, "agreed"), text(side, "ours"), text(side, "theirs")});
  }
  return conflict;
}

std::string WordsOfWriter(const std::string& operation, const std::optional<Instant>& modified) {
  if (!operation.empty()) return "Evenkeel's " + operation;
  return modified ? "somebody, at " + FormatInstant(*modified) : "";
}

}  // namespace evenkeel
