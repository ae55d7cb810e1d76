// DynamoRecords: where the items of records are found in a table, by its key, by a part of it, or by an index.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "aws/dynamo_item.h"
#include "aws/dynamo_table.h"

namespace evenkeel::aws {

// Safe to use from several threads. The table is borrowed.
class DynamoRecords {
 public:
  // naming.key without a name stands for the table's own.
  DynamoRecords(DynamoTable& table, DynamoNaming naming, std::string index);

  // The naming with the table's key filled in, once the table's key fits. kInvalidArgument: it does not, or there is no such index; the message
  // says which keys there are.
  StatusOr<DynamoNaming> Naming();
  // The item of a record, as it is now. kNotFound; kInvalidArgument: several items have this key.
  StatusOr<DynamoItem> Find(std::string_view key);
  // Every item, some segments at a time; `take` is called for one at a time, and false ends it.
  Status Scan(const std::function<bool(DynamoItem)>& take);
  // The attributes that DynamoDB itself tells this item by.
  StatusOr<Json> PrimaryKey(const DynamoItem& item);
  // How records are found, for people.
  StatusOr<std::string> Describe();
  // Whether an item may be changed: a change that no item can meet the condition of. kPermissionDenied.
  Status TryToWrite();

 private:
  enum class Way : std::uint8_t { kItem, kPart, kIndex };  // by the table's key, by its hash alone, by an index
  struct Plan {
    DynamoSchema schema;
    DynamoNaming naming;
    Way way = Way::kItem;
  };

  StatusOr<Plan> Look();
  StatusOr<Plan> PlanFor(DynamoSchema schema) const;
  Status NoSuchKey(const DynamoSchema& schema) const;
  StatusOr<DynamoItem> GetItem(const Json& primary_key, std::string_view key);
  StatusOr<std::vector<Json>> Query(const Plan& plan, const Json& values, std::string_view key);
  Status ScanSegment(std::size_t segment, std::size_t segments, const std::function<bool(Json)>& take);
  Status NotFound(std::string_view key) const;

  DynamoTable& table_;
  const DynamoNaming naming_;
  const std::string index_;
  std::mutex mutex_;
  std::map<std::string, Json> places_;  // by an index: the primary keys seen, for an index lags behind its table
};

}  // namespace evenkeel::aws
