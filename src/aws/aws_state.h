// The state on AWS: documents (leases, heads of journals, handoffs, tombstones, what is remembered) in a DynamoDB table of its own, journals and
// backups in a bucket, so that two machines share one truth. See document_table.h and state_bucket.h for what stands where.
#pragma once

#include <memory>

#include "aws/dynamo_table.h"
#include "evenkeel/object_store.h"
#include "evenkeel/state_store.h"

namespace evenkeel::aws {

struct AwsStateParts {
  DynamoSettings table;
  std::unique_ptr<ObjectStore> objects;  // the bucket
  std::string bucket;                    // its name, for messages
  std::string prefix;                    // of everything, in both; several fleets may share table and bucket
  std::shared_ptr<HttpTransport> transport;
  std::shared_ptr<CredentialsProvider> credentials;
  Environment* environment = nullptr;  // borrowed
};
std::unique_ptr<StateStore> MakeAwsState(AwsStateParts parts);

}  // namespace evenkeel::aws
