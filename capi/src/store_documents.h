// The documents that go between a host's store and the library, as evenkeel_stores.h has them.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/check.h"
#include "evenkeel/fleet.h"

namespace evenkeel::capi {

// Each keeps the first thing that is wrong in `status`, with the path to it.
ObjectInfo ObjectFrom(const Json& json, const std::string& path, Status& status);
Record RecordFrom(const Json& json, const std::string& path, Status& status);
Event EventFrom(const Json& json, const std::string& path, Status& status);
ListingEntry EntryFrom(const Json& json, const std::string& path, Status& status);
Card CardFrom(const Json& json, const std::string& path, Status& status);
StateDocument DocumentFrom(const Json& json, const std::string& path, Status& status);
// Its member "traits"; what is not there is not promised, and the store can be written.
StoreTraits TraitsFrom(const Json& json, const std::string& path, Status& status);
// What an edge cache says of itself: an array of { "what", "passed", "detail"? }.
std::vector<Check> ChecksFrom(const Json& json, const std::string& store, Status& status);
Json ChangeOfEvent(const EventChange& change);
Json ObjectOf(const Attributes& attributes);

// What every list has besides its items.
struct Listed {
  bool complete = true;
  std::string why_incomplete;
  std::string cursor;
};
Listed ListedFrom(const Json& json, const char* name, Status& status);

// { "schema"?: "evenkeel.NAME/1", NAME: [items] … }
template <typename Item>
std::vector<Item> ItemsFrom(const Json& json, const char* name, Item (*item)(const Json&, const std::string&, Status&), Status& status) {
  std::vector<Item> items;
  if (!status.ok()) return items;
  const auto found = json.is_object() ? json.find(name) : json.end();
  if (!json.is_object() || found == json.end() || !found->is_array()) {
    status = Status(Code::kInvalidArgument, "must be an array", name);
    return items;
  }
  for (std::size_t i = 0; i < found->size() && status.ok(); ++i) {
    items.push_back(item((*found)[i], std::string(name) + "[" + std::to_string(i) + "]", status));
  }
  return items;
}

}  // namespace evenkeel::capi
