// The page stores of the fleet file: templates of slugs, keys and public addresses.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/entry.h"
#include "fleet/parse.h"
#include "fleet/slug_template.h"

namespace evenkeel {
namespace {

// A key template without {slug} makes the slug of what its own parts are: "guests/{guest}.html" → slug "{guest}".
void SettleTemplates(const Section& section, PageStoreConfig& pages) {
  const bool has_slug_key = section.Has("slug");
  pages.slug = section.Text("slug", pages.slug);
  pages.key = section.Text("key", pages.key);
  const std::pair<const char*, const std::string*> shapes[] = {{"slug", &pages.slug}, {"key", &pages.key}};
  for (const auto& [name, shape] : shapes) {
    const auto names = NamesInTemplate(*shape);
    if (!names || names->empty()) {
      section.mistake().Report(section.Where(name) + " must be a template with {named} parts, each once, like " +
                               (name == std::string_view("slug") ? "\"{date}-{guest}-{label}\"" : "\"g/{slug}/index.html\""));
      return;
    }
  }
  if (section.Has("key") && pages.key.find("{prefix}") == std::string::npos) {
    const std::string literal = pages.key.substr(0, pages.key.find('{'));
    if (!section.Has("prefix")) pages.prefix = literal;
    if (!literal.starts_with(pages.prefix)) {
      section.mistake().Report(section.Where("key") + " must begin with the prefix \"" + pages.prefix + "\" or with {prefix}");
    }
  }
  if (pages.key.find("{slug}") != std::string::npos) return;
  if (!has_slug_key) {
    const std::size_t after_prefix = pages.key.starts_with("{prefix}") ? 8 : 0;
    const std::size_t begin = pages.key.find('{', after_prefix), end = pages.key.rfind('}') + 1;
    if (begin == std::string::npos) {
      section.mistake().Report(section.Where("key") + " must have {slug} or parts of it");
      return;
    }
    pages.slug = pages.key.substr(begin, end - begin);
    pages.key = pages.key.substr(0, begin) + "{slug}" + pages.key.substr(end);
    return;
  }
  const auto known = NamesInTemplate(pages.slug), used = NamesInTemplate(pages.key);
  for (const std::string& name : *used) {
    if (name != "prefix" && std::find(known->begin(), known->end(), name) == known->end()) {
      section.mistake().Report(UnknownMessage(section.Where("key"), "part", "{" + name + "}", *known));
    }
  }
}

void CheckPublicForms(const Section& section, const PageStoreConfig& pages) {
  std::vector<std::string> known = NamesInTemplate(pages.slug).value_or(std::vector<std::string>{});
  for (const char* name : {"slug", "key", "prefix"}) known.emplace_back(name);
  for (std::size_t i = 0; i < pages.public_forms.size(); ++i) {
    const auto names = NamesInTemplate(pages.public_forms[i]);
    const std::string where = section.WhereAt("public", i);
    if (!names || names->empty()) {
      section.mistake().Report(where + " must be an address with a {named} part, like \"https://example.com/g/{slug}\"");
      continue;
    }
    for (const std::string& name : *names) {
      if (std::find(known.begin(), known.end(), name) == known.end()) section.mistake().Report(UnknownMessage(where, "part", name, known));
    }
  }
}

}  // namespace

void ParsePages(const Section& top, const AdapterRegistry& registry, FleetConfig& fleet) {
  const std::vector<const Json*> entries = top.Objects("pages");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry entry = ParseEntry(top, "pages", i, *entries[i], registry.pages, {"prefix", "slug", "key", "public", "exclude"}, fleet);
    PageStoreConfig pages;
    pages.store = std::move(entry.store);
    pages.prefix = entry.section.Text("prefix");
    pages.public_forms = entry.section.Texts("public", true);
    pages.exclude = entry.section.Texts("exclude", true);
    SettleTemplates(entry.section, pages);
    CheckPublicForms(entry.section, pages);
    fleet.pages.push_back(std::move(pages));
  }
}

}  // namespace evenkeel
