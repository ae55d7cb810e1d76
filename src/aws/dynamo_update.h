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

// The body of UpdateItem. Its condition holds only while the key, our own attribute and every attribute in `compared` (there or not) are as
// they were read, and all others that the item had, as many as fit into one condition (4 KB, 300 operators). No condition can say that an item
// has no further attribute: one that somebody adds in between, and that is not in `compared`, stays and stops nothing. A list or map whose
// parts do not fit is compared as one value. kLimitExceeded: `compared` alone is too much.
StatusOr<Json> UpdateBody(const Json& primary_key, const DynamoItem& item, const DynamoChange& change, const std::set<std::string>& compared,
                          const std::string& resource);

}  // namespace evenkeel::aws
