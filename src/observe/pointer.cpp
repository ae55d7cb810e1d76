#include "observe/pointer.h"

#include <vector>

#include "evenkeel/snapshot.h"
#include "fleet/slug_template.h"
#include "observe/attribute_value.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr std::string_view kHtml = ".html";

// What stands between "://" and the path, in lower case; empty when the text is no URL.
std::string HostOf(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::string_view rest = text.substr(scheme + 3);
  return FoldCase(rest.substr(0, rest.find('/')));
}

std::string_view WithoutHost(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return text;
  const std::size_t slash = text.find('/', scheme + 3);
  return slash == std::string_view::npos ? std::string_view("/") : text.substr(slash);
}

// A URL of a host that none of the store's public forms has leads elsewhere.
bool IsForeign(const PageStoreConfig& pages, std::string_view text) {
  const std::string host = HostOf(text);
  bool any = false;
  for (const std::string& form : pages.public_forms) {
    const std::string own = HostOf(form);
    if (own == host) return false;
    any = any || !own.empty();
  }
  return !host.empty() && any;
}

std::optional<std::string> SlugOfPublicPath(const PageStoreConfig& pages, const std::string& path) {
  const bool slashes = pages.slug.find('/') != std::string::npos;
  std::optional<std::string> longest_match;
  for (const std::string& form : pages.public_forms) {
    const std::string shape = FillTemplate(WithoutHost(form), {{"prefix", pages.prefix}});
    const auto parts = MatchTemplate(shape.starts_with('/') ? shape : "/" + shape, path, slashes);
    if (!parts) continue;
    const auto slug = parts->find("slug");
    const std::string found = slug != parts->end() ? slug->second : FillTemplate(pages.slug, *parts);
    if (SlugOfKey(pages, KeyOfSlug(pages, found)) != found) continue;
    // "/g/x.html" fits "/g/{slug}" too; the form that explains more of the path is meant.
    if (!longest_match || found.size() < longest_match->size()) longest_match = found;
  }
  return longest_match;
}

std::string Decoded(std::string_view path) {
  std::string text;
  const auto hex = [](char c) { return IsAsciiDigit(c) ? c - '0' : (c >= 'a' && c <= 'f') ? c - 'a' + 10 : (c >= 'A' && c <= 'F') ? c - 'A' + 10 : -1; };
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '%' && at + 2 < path.size() && hex(path[at + 1]) >= 0 && hex(path[at + 2]) >= 0) {
      text += static_cast<char>(hex(path[at + 1]) * 16 + hex(path[at + 2]));
      at += 2;
    } else {
      text += path[at];
    }
  }
  return text;
}

// What follows the address itself: "?from=mail", "#map".
std::string_view TailOf(std::string_view text) {
  const std::size_t at = text.find_first_of("?#");
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

// Every way in which a record could name the slug.
std::vector<std::string> FormsOf(const PageStoreConfig& pages, std::string_view slug) {
  const std::string key = KeyOfSlug(pages, slug);
  std::vector<std::string> forms = {std::string(slug), std::string(slug) + std::string(kHtml), key, "/" + key};
  std::map<std::string, std::string> parts = PartsOfSlug(pages, slug);
  parts["slug"] = std::string(slug);
  parts["key"] = key;
  parts["prefix"] = pages.prefix;
  for (const std::string& form : pages.public_forms) {
    const std::string filled = FillTemplate(form, parts);
    const std::string_view path = WithoutHost(filled);
    forms.push_back(filled);
    forms.emplace_back(path);
    if (path.starts_with('/')) forms.emplace_back(path.substr(1));
  }
  return forms;
}

}  // namespace

std::optional<std::string> SlugOfPointer(const PageStoreConfig& pages, std::string_view text) {
  text = TrimSpace(text);
  if (IsForeign(pages, text)) return std::nullopt;
  const bool is_url = !HostOf(text).empty();
  const std::string_view address = text.substr(0, text.size() - TailOf(text).size());
  // A path from the root is a URL's; a key is taken as it stands.
  const std::string whole = is_url || address.starts_with('/') ? Decoded(WithoutHost(address)) : std::string(address);
  const std::string path = whole.starts_with('/') ? whole : "/" + whole;
  const std::string key = path.substr(1);
  if (key.empty()) return std::nullopt;
  if (const auto slug = SlugOfKey(pages, key)) return slug;
  if (const auto slug = SlugOfPublicPath(pages, path)) return slug;
  if (const auto slug = SlugOfKey(pages, key + std::string(kHtml))) return slug;
  if (is_url || whole.starts_with('/')) return std::nullopt;
  const std::string bare = key.ends_with(kHtml) ? key.substr(0, key.size() - kHtml.size()) : key;
  if (SlugOfKey(pages, KeyOfSlug(pages, bare)) == bare) return bare;
  return std::nullopt;
}

StatusOr<Json> WritePointerLike(const Json& old_attribute, const PageStoreConfig& pages, std::string_view slug) {
  if (IsSilent(old_attribute)) return Json(std::string(slug));
  if (!old_attribute.is_string()) return Status(Code::kInvalidArgument, "a page pointer must be a text; correct the record by hand");
  const std::string& old = old_attribute.get_ref<const std::string&>();
  const std::string_view tail = TailOf(old);
  const std::string_view head = std::string_view(old).substr(0, old.size() - tail.size());
  const auto old_slug = SlugOfPointer(pages, old);
  if (!old_slug) {
    // It names no page that could exist; only the ending says how this record likes to write one.
    if (old.find('/') != std::string::npos) return Status(Code::kInvalidArgument, "\"" + old + "\" has no form of a page of " + pages.store.name);
    return Json(std::string(slug) + (old.ends_with(kHtml) ? std::string(kHtml) : ""));
  }
  const std::vector<std::string> before = FormsOf(pages, *old_slug), after = FormsOf(pages, slug);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == head) return Json(after[i] + std::string(tail));
  }
  // A URL of another host, or one that is written with escapes: the slug in it changes and nothing else.
  const std::size_t at = old.rfind(*old_slug);
  if (at == std::string::npos) return Status(Code::kInvalidArgument, "\"" + old + "\" has no form of a page of " + pages.store.name);
  return Json(old.substr(0, at) + std::string(slug) + old.substr(at + old_slug->size()));
}

}  // namespace evenkeel
