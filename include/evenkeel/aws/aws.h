// The adapters of evenkeel::aws by the names that a fleet file gives them.
//
//   "adapter": "s3"       pages in a bucket. Settings:
//     "bucket"            its name
//     "region"            "us-west-2"; where it is left out, AWS_REGION or AWS_DEFAULT_REGION
//     "profile"           of the shared credentials files; where it is left out, every place that MakeCredentialsChain names
//     "endpoint"          "http://127.0.0.1:7480", of a server that speaks alike; where it is left out, AWS's own. Without a user, a query
//                         or blanks; it is tried before the first write and the first delete, with an object ".evenkeel-probe-NUMBER"
//     "path_style"        the bucket stands in the path and not in the host's name; by default where there is an endpoint
//     "acl"               a canned ACL that everything written gets ("public-read"); by default the bucket's own rules hold
//     "website"           true: guests come by the bucket's website endpoint. A page that is retired by redirect then has S3's website redirect as
//                         well, and a page that has it is read as a redirect. Behind CloudFront with origin access control S3 does not follow it
//     "requester_pays"    true: whoever asks pays
//     "readers"           how many requests that read pages may be under way at once: 1 to 64, by default 16
//     "deletes"           "checked": on an endpoint that ignores conditions on delete, look just before and delete then. What is written
//                         between the two is lost. Without it such an endpoint is not trusted with a delete
//
//   "adapter": "cloudfront"  the edge cache in front of them. Settings: "profile" and "endpoint" as above, and
//     "distribution"      its id, "E2QWRUHAPOMQZL"; or
//     "alias"             a name that guests use, "queenofsandiego.com", for the distribution that serves it
//     "wait"              false: a run does not wait until invalidations are complete
//     "check"             true: a run then looks what guests are served at every path it had dropped, and compares it with the page
//     "url"               "https://queenofsandiego.com": where that is looked at; by default the alias, by https
//     "coalesce"          true: forms of one page that begin alike become one wildcard ("/g/x" and "/g/x.html": "/g/x*"), which drops every
//                         query string, too; it counts as one path, and CloudFront takes fifteen at once
//     "region"            "cn-northwest-1" for the CloudFront of China; all else is the world's, which is asked in us-east-1
//
//   "adapter": "dynamodb"   records in a table. "region", "profile" and "endpoint" as above, and:
//     "table"             its name
//     "key"               the attributes that tell records apart (texts or numbers): the table's key, which is the default; its hash alone; or that of "index"
//     "index"             a secondary index with that key; records are looked up there, and read and written in the table
//
//   "adapter": "aws"        the state: documents in a table, journals and backups in a bucket. "region" and "profile" as above, and:
//     "table"             its name; its key is "kind" (HASH) and "id" (RANGE), both texts, and it is the state's own
//     "bucket"            its name; guests cannot read it
//     "prefix"            of everything in both, "evenkeel/" by default
//     "table_endpoint", "bucket_endpoint", "path_style"   of servers that speak alike
// Servers prove their names by the system's certificates, or by the file that AWS_CA_BUNDLE names.
#pragma once

#include <memory>

#include "evenkeel/aws/credentials.h"
#include "evenkeel/fleet.h"
#include "evenkeel/http_transport.h"

namespace evenkeel::aws {

// A host's own parts, shared by all stores, in the place of libcurl and of the chain of credentials, which each store has for itself.
struct AwsOptions {
  std::shared_ptr<HttpTransport> transport;
  std::shared_ptr<CredentialsProvider> credentials;
};
void RegisterAwsAdapters(AdapterRegistry& registry, const AwsOptions& options = {});

}  // namespace evenkeel::aws
