#include "fleet/slug_template.h"

#include <algorithm>
#include <cstddef>

#include "evenkeel/zone.h"

namespace evenkeel {
namespace {

using Parts = std::map<std::string, std::string>;

// One backtracking step: `shape` from its beginning against `text` from its beginning. Templates are short and parts are
// bounded by literals, so the depth is the number of parts.
bool MatchFrom(std::string_view shape, std::string_view text, bool slashes, Parts& parts) {
  const std::size_t brace = shape.find('{');
  const std::string_view literal = shape.substr(0, brace);
  if (!text.starts_with(literal)) return false;
  if (brace == std::string_view::npos) return text.size() == literal.size();
  text.remove_prefix(literal.size());
  const std::size_t close = shape.find('}', brace);
  if (close == std::string_view::npos) return false;
  const std::string name(shape.substr(brace + 1, close - brace - 1));
  const std::string_view rest = shape.substr(close + 1);
  if (name == "date") {
    if (text.size() < 10 || !ParseDate(text.substr(0, 10))) return false;
    parts[name] = text.substr(0, 10);
    return MatchFrom(rest, text.substr(10), slashes, parts);
  }
  for (std::size_t size = 1; size <= text.size() && (slashes || text[size - 1] != '/'); ++size) {
    if (MatchFrom(rest, text.substr(size), slashes, parts)) {
      parts[name] = text.substr(0, size);
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<std::vector<std::string>> NamesInTemplate(std::string_view shape) {
  std::vector<std::string> names;
  for (std::size_t at = shape.find_first_of("{}"); at != std::string_view::npos; at = shape.find_first_of("{}", at + 1)) {
    const std::size_t close = shape.find_first_of("{}", at + 1);
    if (shape[at] != '{' || close == std::string_view::npos || shape[close] != '}' || close == at + 1) return std::nullopt;
    const std::string name(shape.substr(at + 1, close - at - 1));
    if (std::find(names.begin(), names.end(), name) != names.end()) return std::nullopt;
    names.push_back(name);
    at = close;
  }
  return names;
}

std::string FillTemplate(std::string_view shape, const Parts& parts) {
  std::string filled;
  for (std::size_t at = 0; at < shape.size();) {
    const std::size_t close = shape[at] == '{' ? shape.find('}', at) : std::string_view::npos;
    const auto part = close == std::string_view::npos ? parts.end() : parts.find(std::string(shape.substr(at + 1, close - at - 1)));
    if (part == parts.end()) {
      filled += shape[at++];
    } else {
      filled += part->second;
      at = close + 1;
    }
  }
  return filled;
}

std::optional<Parts> MatchTemplate(std::string_view shape, std::string_view text, bool slashes) {
  Parts parts;
  if (!MatchFrom(shape, text, slashes, parts)) return std::nullopt;
  return parts;
}

}  // namespace evenkeel
