// Pages in an S3 bucket.
//
// The version is the ETag, and conditions ask for nothing else: the same bytes again have the same version. The operation of our last
// write stands in the object's metadata, which whoever writes next replaces. A rewrite keeps what else the object carries: content type,
// cache control, other metadata, website redirect, storage class, encryption, tags; not its ACL, which S3 has in no header ("acl").
//
// Where the bucket serves a website, a page that is written as a redirect has the header x-amz-website-redirect-location as well, any other page
// has none, and a page with that header is a redirect whatever its bytes are. Elsewhere the header is kept, and means nothing.
//
// Where the bucket keeps versions, `kept_as` is the version's id. Conditions ask for the ETag all the same: S3 knows none on a version id. A
// delete then leaves a marker, and what it hid can be had by its id.
//
// Pages are read whole: a reading takes every byte of a page, and pages are small (limit page_bytes), so that a range would save nothing.
#pragma once

#include <memory>

#include "aws/s3_bucket.h"
#include "evenkeel/limits.h"
#include "evenkeel/object_store.h"

namespace evenkeel::aws {

// What one store stands on.
struct S3Parts {
  S3Settings settings;
  Limits limits;
  std::shared_ptr<HttpTransport> transport;
  std::shared_ptr<CredentialsProvider> credentials;
  Environment* environment = nullptr;  // borrowed
};
std::unique_ptr<ObjectStore> MakeS3Store(S3Parts parts);

}  // namespace evenkeel::aws
