// RecordStore: rows or items with named attributes (an SQLite table, a DynamoDB table).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "evenkeel/resource.h"
#include "evenkeel/status.h"

namespace evenkeel {

using Json = nlohmann::json;
using Attributes = std::map<std::string, Json>;  // numbers and strings as the store has them; nested items as objects

struct Record {
  std::string key;  // one key attribute: its text; several: a JSON array of them
  Attributes attributes;
  Version version;
  std::string operation;  // of the last write of ours, when the store keeps it and nobody wrote since
};
struct RecordListing {
  std::vector<Record> records;  // by key
  bool complete = true;
  std::string why_incomplete;
  std::string cursor;
};

// Law for implementers: as for ObjectStore. In addition an Update checks `expected_attributes` (the old values the plan was made
// from) in the same transaction as the write, so that it is safe even where a version cannot be had. Where the store keeps operations, an
// Update that sets anything, even to what stands there, makes a version that no writing of ours ever had or has again: whatever was sent
// before it on an earlier version can have no effect any more, whoever puts the earlier values back.
class RecordStore {
 public:
  virtual ~RecordStore() = default;
  virtual StoreTraits Traits() const = 0;
  virtual StatusOr<RecordListing> List(std::string_view cursor) = 0;
  virtual StatusOr<Record> Get(std::string_view key) = 0;
  virtual std::vector<StatusOr<Record>> GetMany(std::span<const std::string> keys);
  // Sets attributes of an existing record. kInvalidArgument names an attribute that the table does not have. With an empty `set` it
  // only passes the stamp's fence, so that older numbers are refused from now on: the record, its version and its operation stay.
  virtual StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes,
                                  const Version& expected, const WriteStamp& stamp) = 0;
};

}  // namespace evenkeel
