// Records in a DynamoDB table that belongs to the operator.
//
// Versions are the hash of the whole item and a number that we draw for each write of ours. Our own writes never bring a version back; a
// stranger who changes an item and changes it back between two looks is not seen, so unique_versions is false. A write carries a condition
// on the item as it was read (dynamo_update.h says how much of it), and nothing else than the attributes it names and our own is changed. Reads
// are consistent.
#pragma once

#include <memory>

#include "aws/dynamo_item.h"
#include "aws/dynamo_table.h"

namespace evenkeel::aws {

struct DynamoParts {
  DynamoSettings settings;
  DynamoNaming naming;  // without a key: the table's own
  std::string index;    // the one whose key is naming.key, where that is not the table's
  std::shared_ptr<HttpTransport> transport;
  std::shared_ptr<CredentialsProvider> credentials;
  Environment* environment = nullptr;  // borrowed
};
std::unique_ptr<RecordStore> MakeDynamoStore(DynamoParts parts);

}  // namespace evenkeel::aws
