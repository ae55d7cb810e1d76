// The one request that changes a record: what it sets, and the condition that nothing has changed since it was read.
#pragma once

#include <set>
#include <string>

#include "aws/dynamo_item.h"

namespace evenkeel::aws {

// What is to become of an item that was read.
struct DynamoChange {
  Json set = Json::object();     // attribute values
  std::set<std::string> remove;  // attributes
  DynamoNote note;
};

// `set` in the types that the item has. A null takes an attribute away that we have added, and is NULL elsewhere. kInvalidArgument: the
// attribute's type cannot hold the value.
StatusOr<DynamoChange> ChangeOf(const DynamoItem& item, const Attributes& set, const std::string& resource);

// The body of UpdateItem. Its condition holds only while the item is the one that was read: our own attribute, the key, every attribute in
// `compared` (there or not), and all others of the item as far as DynamoDB's limits for one expression go (4 KB, 300 operators).
Json UpdateBody(const Json& primary_key, const DynamoItem& item, const DynamoChange& change, const std::set<std::string>& compared);

}  // namespace evenkeel::aws
