// Slugs, keys and public paths of a page store, by its templates.
#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/fleet.h"
#include "fleet/slug_template.h"

namespace evenkeel {
namespace {

bool MatchesPattern(std::string_view pattern, std::string_view key) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == key;
  if (!key.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= key.size(); ++at) {
    // The last star takes what is left without trying every place.
    if (rest.find('*') == std::string_view::npos) return key.size() - star >= rest.size() && key.ends_with(rest);
    if (MatchesPattern(rest, key.substr(at))) return true;
  }
  return false;
}

bool IsExcluded(const PageStoreConfig& pages, std::string_view key) {
  for (const std::string& pattern : pages.exclude) {
    if (pattern.find('*') == std::string::npos ? key.starts_with(pattern) : MatchesPattern(pattern, key)) return true;
  }
  return false;
}

std::map<std::string, std::string> WithPrefix(const PageStoreConfig& pages, std::map<std::string, std::string> parts) {
  parts["prefix"] = pages.prefix;
  return parts;
}

// "https://host/g/x" → "/g/x"; a path stays, with one slash before it.
std::string PathOfUrl(std::string url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string::npos) {
    const std::size_t slash = url.find('/', scheme + 3);
    url = slash == std::string::npos ? "/" : url.substr(slash);
  }
  return url.starts_with('/') ? url : "/" + url;
}

}  // namespace

std::string KeyOfSlug(const PageStoreConfig& pages, std::string_view slug) {
  std::map<std::string, std::string> parts = WithPrefix(pages, {{"slug", std::string(slug)}});
  if (pages.key.find("{slug}") == std::string::npos) {
    for (const auto& [name, value] : PartsOfSlug(pages, slug)) parts[name] = value;
  }
  return FillTemplate(pages.key, parts);
}

std::optional<std::string> SlugOfKey(const PageStoreConfig& pages, std::string_view key) {
  if (IsExcluded(pages, key)) return std::nullopt;
  const bool slashes = pages.slug.find('/') != std::string::npos;
  const auto parts = MatchTemplate(FillTemplate(pages.key, {{"prefix", pages.prefix}}), key, slashes);
  if (!parts) return std::nullopt;
  if (const auto slug = parts->find("slug"); slug != parts->end()) return slug->second;
  const std::string slug = FillTemplate(pages.slug, *parts);
  // A template that loses something on the way names no page of ours.
  if (KeyOfSlug(pages, slug) != key) return std::nullopt;
  return slug;
}

std::map<std::string, std::string> PartsOfSlug(const PageStoreConfig& pages, std::string_view slug) {
  for (std::string shape = pages.slug; shape.find('{') != std::string::npos;) {
    if (auto parts = MatchTemplate(shape, slug, shape.find('/') != std::string::npos)) {
      parts->erase("slug");
      return *parts;
    }
    // "2026-05-30-jonathan" has no label; what is there still counts.
    shape.resize(shape.rfind('{'));
    const std::size_t end = shape.rfind('}');
    shape.resize(end == std::string::npos ? 0 : end + 1);
  }
  return {};
}

std::vector<std::string> PublicPaths(const PageStoreConfig& pages, std::string_view slug) {
  if (pages.public_forms.empty()) return {"/" + KeyOfSlug(pages, slug)};
  std::map<std::string, std::string> parts = PartsOfSlug(pages, slug);
  parts["slug"] = std::string(slug);
  parts["key"] = KeyOfSlug(pages, slug);
  parts = WithPrefix(pages, std::move(parts));
  std::set<std::string> paths;
  for (const std::string& form : pages.public_forms) paths.insert(PathOfUrl(FillTemplate(form, parts)));
  return {paths.begin(), paths.end()};
}

}  // namespace evenkeel
