// What S3 says of objects, as our nouns, and what an object carries besides its bytes.
#pragma once

#include <string>
#include <vector>

#include "http/xml.h"
#include "evenkeel/http_transport.h"
#include "evenkeel/limits.h"
#include "evenkeel/object_store.h"

namespace evenkeel::aws {

// From the headers of HEAD, GET or PUT. kUnavailable when there is no ETag. `bytes` stands for a Content-Length that is not of the object.
StatusOr<ObjectInfo> InfoFromHeaders(const HttpResponse& response, std::string_view key, const std::string& resource);
// One page of ListObjectsV2 with encoding-type=url; it is complete, or goes on, only where it says so. S3 lists neither content types nor metadata: those and the operation are empty.
StatusOr<ObjectListing> ListingFromXml(const XmlElement& root, const std::string& resource);

// Where a page that only redirects leads, as S3's header takes it: a path or an http address, at most 2 KiB. Empty: it is no such page.
std::string WebsiteRedirectOf(std::string_view bytes, const Limits& limits);

// The operation of a stamp as metadata, and the headers of an object that a new body would lose if they were not sent again.
HttpHeader OperationHeader(std::string_view operation);
std::vector<HttpHeader> KeptHeaders(const HttpResponse& head);
inline constexpr std::string_view kWebsiteRedirect = "x-amz-website-redirect-location";
// kUnimplemented: it carries something that cannot be sent again.
Status CheckKeepable(const HttpResponse& head, const std::string& resource);
// Tags (GetObjectTagging) as the header that sets them. kUnavailable: the answer does not show them all.
StatusOr<std::string> TagsHeader(const XmlElement& tagging, const HttpResponse& head, const std::string& resource);
// HEAD counts the tags for who may read them; kUnavailable when it counts others than `tags`.
Status CheckTagCount(const HttpResponse& head, std::size_t tags, const std::string& resource);

}  // namespace evenkeel::aws
