// CloudFront as an EdgeCache. The reference of an invalidation is its CallerReference, which CloudFront takes once for one distribution.
// Source: AWS, "Amazon CloudFront API Reference" (CreateInvalidation, GetInvalidation, ListInvalidations, InvalidationBatch).
#pragma once

#include <memory>

#include "aws/cloudfront_distribution.h"
#include "evenkeel/edge_cache.h"
#include "evenkeel/limits.h"

namespace evenkeel::aws {

struct CloudFrontParts {
  CloudFrontSettings settings;
  Limits limits;
  std::shared_ptr<HttpTransport> transport;
  std::shared_ptr<CredentialsProvider> credentials;
  Environment* environment = nullptr;  // borrowed
};
std::unique_ptr<EdgeCache> MakeCloudFrontEdge(CloudFrontParts parts);

}  // namespace evenkeel::aws
