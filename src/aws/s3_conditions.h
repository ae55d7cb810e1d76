// S3Conditions: whether an endpoint keeps the conditions that our writes carry. AWS does. Of the servers that speak alike some overwrite and
// delete without a word, so each is tried, on an object of our own, before the first write is trusted to it.
#pragma once

#include <mutex>
#include <optional>

#include "aws/s3_bucket.h"

namespace evenkeel::aws {

struct S3Honours {
  bool writes = true;   // If-None-Match: * and If-Match on PUT
  bool deletes = true;  // If-Match on DELETE
  bool quoted = true;   // an ETag stands in a condition with its quotation marks
};

// Safe to use from several threads. The bucket and the environment are borrowed.
class S3Conditions {
 public:
  S3Conditions(S3Bucket& bucket, Environment& environment) : bucket_(bucket), environment_(environment) {}

  // AWS's own endpoint is believed. Any other is tried once, with an object ".evenkeel-probe-…" that is gone afterwards.
  StatusOr<S3Honours> Get();

 private:
  StatusOr<S3Honours> Try();
  // The status of a PUT or DELETE of the probe's object with this header.
  StatusOr<int> Ask(const char* method, const std::string& key, const HttpHeader& condition, Version* version = nullptr);

  S3Bucket& bucket_;
  Environment& environment_;
  std::mutex mutex_;
  std::optional<S3Honours> known_;
};

}  // namespace evenkeel::aws
