#include "aws/dynamo_value.h"

#include <algorithm>

#include "evenkeel/json.h"
#include "text/fold.h"

namespace evenkeel::aws {
namespace {

Json NumberOrDigits(const std::string& digits) {
  if (!IsNumberText(digits)) return digits;
  Json number = Json::parse(digits, nullptr, false);
  return DumpJson(number) == digits ? number : Json(digits);
}

// The digits as DynamoDB gives them back: without zeros at the end of a fraction. nullopt: they would come back as others.
std::optional<std::string> PlainDigits(std::string text) {
  if (!IsNumberText(text) || text.find_first_of("eE") != std::string::npos) return std::nullopt;
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::optional<Json> DecodeSet(const std::string& type, const Json& elements) {
  if (!elements.is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const Json& element : elements) {
    if (!element.is_string()) return std::nullopt;
    texts.push_back(element.get<std::string>());
  }
  std::sort(texts.begin(), texts.end());
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(type == "SS" ? Json(text) : NumberOrDigits(text));
  return list;
}

std::optional<Json> DecodeList(const Json& elements) {
  if (!elements.is_array()) return std::nullopt;
  Json list = Json::array();
  for (const Json& element : elements) {
    std::optional<Json> decoded = DecodeValue(element);
    if (!decoded) return std::nullopt;  // without it the others would have other places
    list.push_back(*std::move(decoded));
  }
  return list;
}

std::optional<Json> DecodeMap(const Json& members) {
  if (!members.is_object()) return std::nullopt;
  Json object = Json::object();
  for (const auto& [name, member] : members.items()) {
    if (std::optional<Json> decoded = DecodeValue(member)) object[name] = *std::move(decoded);
  }
  return object;
}

Status CannotHold(const Json& json, const std::string& type) {
  return {Code::kInvalidArgument, "it is of DynamoDB's type " + type + " and cannot hold " + DumpJson(json)};
}

// Without an old value JSON's own type decides.
std::string NaturalType(const Json& json) {
  if (json.is_null()) return "NULL";
  if (json.is_boolean()) return "BOOL";
  if (json.is_number()) return "N";
  if (json.is_string()) return "S";
  return json.is_array() ? "L" : "M";
}

StatusOr<Json> EncodeSet(const Json& json, const std::string& type) {
  if (!json.is_array() || json.empty()) return CannotHold(json, type);
  Json elements = Json::array();
  for (const Json& element : json) {
    const std::string text = element.is_string() ? element.get<std::string>() : DumpJson(element);
    const auto written = type == "NS" ? PlainDigits(text) : element.is_string() ? std::optional(text) : std::nullopt;
    if (!written || std::find(elements.begin(), elements.end(), Json(*written)) != elements.end()) return CannotHold(json, type);
    elements.push_back(*written);
  }
  return Json{{type, elements}};
}

// Each element in the type of the old one that reads the same, else of the one in its place.
StatusOr<Json> EncodeList(const Json& json, const Json* old) {
  Json elements = Json::array();
  std::vector<bool> used(old == nullptr ? 0 : old->size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const Json* like = old != nullptr && i < old->size() && old->size() == json.size() ? &(*old)[i] : nullptr;
    for (std::size_t j = 0; j < used.size(); ++j) {
      if (used[j] || DecodeValue((*old)[j]) != json[i]) continue;
      used[j] = true;
      like = &(*old)[j];
      break;
    }
    EVENKEEL_ASSIGN_OR_RETURN(Json element, EncodeValue(json[i], like));
    elements.push_back(std::move(element));
  }
  return Json{{"L", elements}};
}

StatusOr<Json> EncodeMap(const Json& json, const Json* old) {
  Json members = Json::object();
  if (old != nullptr) {
    for (const auto& [name, member] : old->items()) {
      if (!DecodeValue(member)) members[name] = member;
    }
  }
  for (const auto& [name, element] : json.items()) {
    const auto like = old == nullptr ? Json::const_iterator() : old->find(name);
    EVENKEEL_ASSIGN_OR_RETURN(members[name], EncodeValue(element, old == nullptr || like == old->end() ? nullptr : &*like));
  }
  return Json{{"M", members}};
}

}  // namespace

std::string TypeOfValue(const Json& value) { return value.is_object() && value.size() == 1 ? value.begin().key() : std::string(); }

std::optional<Json> DecodeValue(const Json& value) {
  const std::string type = TypeOfValue(value);
  if (type.empty()) return std::nullopt;
  const Json& content = *value.begin();
  if (type == "S") return content.is_string() ? std::optional(content) : std::nullopt;
  if (type == "N") return content.is_string() ? std::optional(NumberOrDigits(content.get<std::string>())) : std::nullopt;
  if (type == "BOOL") return content.is_boolean() ? std::optional(content) : std::nullopt;
  if (type == "NULL") return Json();
  if (type == "SS" || type == "NS") return DecodeSet(type, content);
  if (type == "L") return DecodeList(content);
  if (type == "M") return DecodeMap(content);
  return std::nullopt;
}

StatusOr<Json> EncodeValue(const Json& json, const Json* old) {
  const std::string old_type = old == nullptr ? std::string() : TypeOfValue(*old);
  if (!old_type.empty()) {
    if (const std::optional<Json> same = DecodeValue(*old); same && *same == json && same->type_name() == json.type_name()) return *old;
  }
  const std::string natural = NaturalType(json);
  const std::string type = old_type.empty() || old_type == "NULL" || json.is_null() ? natural : old_type;
  const Json* old_content = type == old_type ? &*old->begin() : nullptr;
  if (type == "NULL") return Json{{"NULL", true}};
  if (type == "SS" || type == "NS") return EncodeSet(json, type);
  if (type == "N" && (natural == "N" || natural == "S")) {
    const auto digits = PlainDigits(natural == "S" ? json.get<std::string>() : DumpJson(json));
    return digits ? Json{{"N", *digits}} : StatusOr<Json>(CannotHold(json, type));
  }
  if (type != natural) return CannotHold(json, type);
  if (type == "L") return EncodeList(json, old_content);
  if (type == "M") return EncodeMap(json, old_content);
  return Json{{type, json}};
}

bool IsNumberText(std::string_view text) {
  if (text.empty() || text.size() > 200 || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return false;
  return Json::parse(text.begin(), text.end(), nullptr, false).is_number();
}

Json CanonicalValue(const Json& value) {
  const std::string type = TypeOfValue(value);
  Json out = value;
  if (type.empty()) return out;
  Json& content = *out.begin();
  if (type.ends_with("S") && type.size() == 2 && content.is_array()) std::sort(content.begin(), content.end());
  if ((type == "L" && content.is_array()) || (type == "M" && content.is_object())) {
    for (Json& element : content) element = CanonicalValue(element);
  }
  return out;
}

}  // namespace evenkeel::aws
