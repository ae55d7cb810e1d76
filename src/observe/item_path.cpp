#include "observe/item_path.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "evenkeel/json.h"
#include "json/json_text.h"
#include "observe/attribute_value.h"
#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// One element that a path leads to. Borrows the item.
struct Place {
  JsonSteps steps;
  const Json* value = nullptr;

  Place At(std::string step, const Json& element) const {
    Place deeper{steps, &element};
    deeper.steps.push_back(std::move(step));
    return deeper;
  }
};

// Elements of the list that "role=captain" or "0" selects.
void Select(const Place& list, std::string_view filter, std::vector<Place>& selected) {
  if (!list.value->is_array()) return;
  const bool is_index = IsDigits(filter) && filter.size() <= 6;
  const std::size_t equals = filter.find('=');
  if (!is_index && equals == std::string_view::npos) return;
  const std::string name(TrimSpace(filter.substr(0, equals)));
  for (std::size_t i = 0; i < list.value->size(); ++i) {
    const Json& element = (*list.value)[i];
    const bool fits = is_index ? i == static_cast<std::size_t>(NumberOf(filter))
                               : element.is_object() && element.contains(name) &&
                                     TextOfAttribute(element.at(name)) == TrimSpace(filter.substr(equals + 1));
    if (fits) selected.push_back(list.At(std::to_string(i), element));
  }
}

void SelectMember(const Place& object, const std::string& name, std::vector<Place>& selected) {
  if (object.value->is_object() && object.value->contains(name)) selected.push_back(object.At(name, object.value->at(name)));
}

// `rest` is the path behind its head: "[role=captain].name".
std::vector<Place> Follow(const Json& root, std::string_view rest) {
  std::vector<Place> found = {{{}, &root}};
  for (std::size_t at = 0; at < rest.size() && !found.empty();) {
    std::vector<Place> next;
    const bool is_list = rest[at] == '[';
    const std::size_t begin = at + (is_list || rest[at] == '.' ? 1 : 0);
    const std::size_t end = is_list ? rest.find(']', begin) : std::min(rest.find_first_of(".[", begin), rest.size());
    if (end == std::string_view::npos) return {};
    for (const Place& place : found) {
      if (is_list) {
        Select(place, rest.substr(begin, end - begin), next);
      } else {
        SelectMember(place, std::string(rest.substr(begin, end - begin)), next);
      }
    }
    found = std::move(next);
    at = end + (is_list ? 1 : 0);
  }
  return found;
}

std::string_view RestOf(std::string_view path) { return path.substr(std::min(path.find_first_of(".["), path.size())); }

// The structure at the head of a path. Text that is no JSON object or list has none.
std::optional<Json> Structure(const Json& attribute) {
  if (attribute.is_structured()) return attribute;
  if (!attribute.is_string()) return std::nullopt;
  const std::string& text = attribute.get_ref<const std::string&>();
  const std::string_view trimmed = TrimSpace(text);
  if (!trimmed.starts_with('{') && !trimmed.starts_with('[')) return std::nullopt;
  StatusOr<Json> parsed = ParseJson(text, "attribute");
  return parsed.ok() ? std::optional<Json>(*std::move(parsed)) : std::nullopt;
}

}  // namespace

std::string AttributeOfPath(const Attributes& attributes, std::string_view path) {
  const std::string whole(path);
  return attributes.count(whole) > 0 ? whole : whole.substr(0, whole.find_first_of(".["));
}

std::optional<Json> ReadItemPath(const Attributes& attributes, std::string_view path) {
  const auto head = attributes.find(AttributeOfPath(attributes, path));
  if (head == attributes.end()) return std::nullopt;
  if (head->first == path) return head->second;
  const std::optional<Json> root = Structure(head->second);
  if (!root) return std::nullopt;
  const std::vector<Place> found = Follow(*root, RestOf(path));
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return *found.front().value;
  Json values = Json::array();
  for (const Place& place : found) values.push_back(*place.value);
  return values;
}

StatusOr<Json> WriteItemPath(const Attributes& attributes, std::string_view path, const Json& value) {
  const Status missing(Code::kNotFound, "nothing stands there; enter it by hand", std::string(path));
  const auto head = attributes.find(AttributeOfPath(attributes, path));
  if (head == attributes.end()) return missing;
  if (head->first == path) return value;
  std::optional<Json> root = Structure(head->second);
  if (!root) return missing;
  const std::vector<Place> found = Follow(*root, RestOf(path));
  if (found.empty()) return missing;
  if (found.size() > 1) {
    return Status(Code::kInvalidArgument, std::to_string(found.size()) + " elements fit; enter it by hand", std::string(path));
  }
  if (head->second.is_string()) return Json(ReplaceValue(head->second.get_ref<const std::string&>(), found.front().steps, value));
  Json::json_pointer pointer;
  for (const std::string& step : found.front().steps) pointer.push_back(step);
  (*root)[pointer] = value;
  return *std::move(root);
}

}  // namespace evenkeel
