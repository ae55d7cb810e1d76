// S3Conditions: whether an endpoint keeps the conditions that our writes carry. AWS does. Of the servers that speak alike some overwrite and
// delete without a word, so each is tried, on an object of our own, before the first write is trusted to it, and before the first delete.
//
// The object has the key ".evenkeel-probe-NUMBER" at the top of the bucket. It needs s3:PutObject there, and s3:DeleteObject before a delete;
// it is removed in every case, as far as the rights go.
#pragma once

#include <mutex>
#include <optional>

#include "aws/s3_bucket.h"

namespace evenkeel::aws {

struct S3Honours {
  bool writes = true;   // If-None-Match: * and If-Match on PUT
  bool quoted = true;   // an ETag stands in a condition with its quotation marks
};

// Safe to use from several threads. The bucket and the environment are borrowed.
class S3Conditions {
 public:
  S3Conditions(S3Bucket& bucket, Environment& environment) : bucket_(bucket), environment_(environment) {}

  // AWS's own endpoint is believed. Any other is tried once; 501 is a no. kUnavailable: it could not be tried, and nothing was written.
  StatusOr<S3Honours> OfWrites();
  // If-Match on DELETE, with the quotation marks that writes have.
  StatusOr<bool> OfDeletes(bool quoted);

 private:
  StatusOr<S3Honours> TryWrites();
  StatusOr<bool> TryDeletes(bool quoted);

  S3Bucket& bucket_;
  Environment& environment_;
  std::mutex mutex_;
  std::optional<S3Honours> writes_;
  std::optional<bool> deletes_;
};

}  // namespace evenkeel::aws
