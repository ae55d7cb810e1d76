// S3Bucket: one bucket, its requests and what its refusals mean.
// Source: AWS, "Amazon S3 API Reference" (PutObject, GetObject, HeadObject, DeleteObject, ListObjectsV2, "Error responses").
#pragma once

#include <memory>
#include <string>

#include "aws/client.h"
#include "evenkeel/resource.h"

namespace evenkeel::aws {

struct S3Settings {
  std::string bucket;
  std::string region;
  std::string endpoint;      // "http://127.0.0.1:7480"; empty: AWS's own
  std::string acl;           // canned, of everything written: "public-read"; empty: the bucket's default
  bool path_style = false;   // the bucket in the path and not in the host's name
  bool requester_pays = false;
  std::size_t readers = 16;  // requests that read pages at once
  bool deletes_checked = false;  // where the endpoint ignores conditions on delete, look just before, and delete then
  bool website = false;      // guests come by the bucket's website endpoint, which follows x-amz-website-redirect-location
  std::string store;         // the name the fleet file gives it, for messages
};

class S3Bucket {
 public:
  // The client is of the same region, and borrowed.
  S3Bucket(S3Settings settings, Client& client);

  const S3Settings& settings() const { return settings_; }
  // Of the bucket itself (empty key), or of an object. Its answer is short (64 KiB) unless the caller says otherwise.
  HttpRequest Request(std::string method, std::string_view key) const;
  StatusOr<HttpResponse> Send(const HttpRequest& request) { return client_.Send(request); }

  std::string ResourceOf(std::string_view key) const { return settings_.store + ":" + std::string(key); }
  // What an answer other than the wanted one says; that there is no such page only where S3 says so (NoSuchKey). `right`: the permission that the call needs ("s3:GetObject").
  Status Refusal(const HttpResponse& response, std::string_view key, std::string_view right, bool is_write) const;

 private:
  const S3Settings settings_;
  Client& client_;
  HttpRequest blank_;  // scheme, host and the path of the bucket
};

// An ETag as a Version, and back. Endpoints differ in whether a condition has the quotation marks.
Version VersionOf(std::string_view etag);
std::string ConditionOf(const Version& version, bool quoted);

}  // namespace evenkeel::aws
