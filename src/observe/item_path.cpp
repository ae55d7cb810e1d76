#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "observe/attribute_value.h"
#include "text/digits.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// Elements of `list` that "role=captain" or "0" selects.
std::vector<Json> Select(const Json& list, std::string_view filter) {
  std::vector<Json> selected;
  if (!list.is_array()) return selected;
  if (IsDigits(filter) && filter.size() <= 6) {
    const auto index = static_cast<std::size_t>(NumberOf(filter));
    if (index < list.size()) selected.push_back(list[index]);
    return selected;
  }
  const std::size_t equals = filter.find('=');
  if (equals == std::string_view::npos) return selected;
  const std::string name(TrimSpace(filter.substr(0, equals)));
  const std::string_view wanted = TrimSpace(filter.substr(equals + 1));
  for (const Json& element : list) {
    if (!element.is_object() || !element.contains(name)) continue;
    if (TextOfAttribute(element.at(name)) == wanted) selected.push_back(element);
  }
  return selected;
}

std::vector<Json> Members(const std::vector<Json>& from, const std::string& name) {
  std::vector<Json> members;
  for (const Json& element : from) {
    if (element.is_object() && element.contains(name)) members.push_back(element.at(name));
  }
  return members;
}

}  // namespace

std::optional<Json> ReadItemPath(const Attributes& attributes, std::string_view path) {
  // A column may have a dot in its name: the plain name goes first.
  if (const auto plain = attributes.find(std::string(path)); plain != attributes.end()) return plain->second;
  const std::size_t head = path.find_first_of(".[");
  const auto first = attributes.find(std::string(path.substr(0, head)));
  if (head == std::string_view::npos || first == attributes.end()) return std::nullopt;
  std::vector<Json> found = {first->second};
  bool many = false;
  for (std::size_t at = head; at < path.size() && !found.empty();) {
    if (path[at] == '[') {
      const std::size_t close = path.find(']', at);
      if (close == std::string_view::npos) return std::nullopt;
      std::vector<Json> selected;
      for (const Json& list : found) {
        for (Json& element : Select(list, path.substr(at + 1, close - at - 1))) selected.push_back(std::move(element));
      }
      many = many || selected.size() > 1;
      found = std::move(selected);
      at = close + 1;
    } else {
      const std::size_t begin = at + (path[at] == '.' ? 1 : 0);
      const std::size_t end = std::min(path.find_first_of(".[", begin), path.size());
      found = Members(found, std::string(path.substr(begin, end - begin)));
      at = end;
    }
  }
  if (found.empty()) return std::nullopt;
  return many ? Json(found) : found.front();
}

}  // namespace evenkeel
