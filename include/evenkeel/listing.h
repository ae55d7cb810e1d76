// Listing: a marketplace's offer of a booking. Most marketplaces have no API: a person edits them, and attests it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/record_store.h"

namespace evenkeel {

struct ListingEntry {
  std::string id;
  Attributes attributes;  // "id", "date", "start", "end", "title" and whatever else the store has
  Version version;
};
struct ListingPage {
  std::vector<ListingEntry> entries;  // by id
  bool complete = true;
  std::string why_incomplete;
};

// Law for implementers and threads: as for ObjectStore.
class Listing {
 public:
  virtual ~Listing() = default;
  virtual StoreTraits Traits() const = 0;
  virtual StatusOr<ListingPage> List() = 0;
  virtual StatusOr<ListingEntry> Get(std::string_view id) = 0;
  // Records what a person says to have entered on the marketplace. kUnimplemented where the marketplace can be read itself.
  virtual StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes& set, const Version& expected, const WriteStamp& stamp) = 0;
};

}  // namespace evenkeel
