#include "fleet/entry.h"

#include <map>

#include "fleet/parse.h"

namespace evenkeel {
namespace {

FieldAccess ParseAccessWords(const Section& access, const std::string& field) {
  FieldAccess result;
  bool read = false, write = false;
  const std::vector<std::string> words = access.Texts(field, true);
  for (const std::string& word : words) {
    if (word == "read") {
      read = true;
    } else if (word == "write") {
      write = true;
    } else if (word == "private") {
      result.is_private = true;
    } else if (word == "notifies") {
      result.notifies = true;
    } else {
      access.mistake().Report(UnknownMessage(access.Where(field), "right", word, {"read", "write", "private", "notifies"}));
    }
  }
  // "private" alone says nothing of reading and writing; an empty list takes both away.
  if (read || write || words.empty()) {
    result.read = read;
    result.write = write;
  }
  return result;
}

std::map<std::string, FieldAccess> ParseAccess(const Section& section, const FleetConfig& fleet) {
  std::map<std::string, FieldAccess> result;
  const Json* json = section.Find("access");
  if (json == nullptr) return result;
  std::vector<std::string> known = FieldNames(fleet);
  known.push_back("*");
  const Section access(*json, section.Where("access"), known, section.mistake());
  if (!json->is_object()) return result;
  for (const auto& [field, words] : json->items()) result[field] = ParseAccessWords(access, field);
  return result;
}

}  // namespace

Entry FinishEntry(Section section, StoreConfig store, const FleetConfig& fleet) {
  store.name = section.RequiredText("name");
  store.adapter = section.RequiredText("adapter");
  store.from = section.Text("from");
  store.access = ParseAccess(section, fleet);
  if (store.name.find_first_of(":/\"") != std::string::npos) {
    section.mistake().Report(section.Where("name") + " must not have ':', '/' or a quote in it, for \"store:key\" names resources");
  }
  return {std::move(section), std::move(store)};
}

}  // namespace evenkeel
