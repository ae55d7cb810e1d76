#include "aws/s3_objects.h"

#include <algorithm>
#include <array>

#include "aws/header_name.h"
#include "aws/s3_bucket.h"
#include "aws/server_clock.h"
#include "aws/uri.h"
#include "text/fold.h"

namespace evenkeel::aws {
namespace {

constexpr std::string_view kOperation = "x-amz-meta-evenkeel-operation";
constexpr std::array<std::string_view, 10> kKept = {"content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires",
                                                    "x-amz-website-redirect-location", "x-amz-storage-class", "x-amz-server-side-encryption",
                                                    "x-amz-server-side-encryption-aws-kms-key-id"};

std::string HeaderOr(const HttpResponse& response, std::string_view name) {
  const std::string* found = response.Find(name);
  return found == nullptr ? std::string() : *found;
}

std::uint64_t NumberOr0(const std::string& digits) { return IsDigits(digits) && digits.size() < 19 ? std::stoull(digits) : 0; }

// encoding-type=url: as in a form, with '+' for a blank.
std::string DecodeListed(std::string text) {
  std::replace(text.begin(), text.end(), '+', ' ');
  return DecodeUri(text);
}

// "2026-05-30T12:00:00.000Z"
std::optional<Instant> ListedInstant(const std::string& text) {
  const std::size_t dot = text.find('.');
  return ParseInstant(dot == std::string::npos ? text : text.substr(0, dot) + "Z");
}

}  // namespace

StatusOr<ObjectInfo> InfoFromHeaders(const HttpResponse& response, std::string_view key, const std::string& resource) {
  ObjectInfo info;
  info.key = key;
  info.version = VersionOf(HeaderOr(response, "ETag"));
  if (info.version.empty()) return Status(Code::kUnavailable, "the answer names no ETag", resource);
  info.bytes = NumberOr0(HeaderOr(response, "Content-Length"));
  info.modified = ParseHttpDate(HeaderOr(response, "Last-Modified"));
  info.content_type = HeaderOr(response, "Content-Type");
  info.cache_control = HeaderOr(response, "Cache-Control");
  info.operation = DecodeUri(HeaderOr(response, kOperation));
  return info;
}

StatusOr<ObjectListing> ListingFromXml(const XmlElement& root, const std::string& resource) {
  ObjectListing listing;
  if (root.name != "ListBucketResult") return Status(Code::kUnavailable, "the answer is no listing", resource);
  const bool is_encoded = root.TextOf("EncodingType") == "url";
  for (const XmlElement& entry : root.children) {
    if (entry.name != "Contents") continue;
    ObjectInfo info;
    info.key = is_encoded ? DecodeListed(entry.TextOf("Key")) : entry.TextOf("Key");
    info.version = VersionOf(entry.TextOf("ETag"));
    info.bytes = NumberOr0(entry.TextOf("Size"));
    info.modified = ListedInstant(entry.TextOf("LastModified"));
    if (info.key.empty() || info.version.empty()) return Status(Code::kUnavailable, "the listing has an entry without key or ETag", resource);
    listing.objects.push_back(std::move(info));
  }
  listing.cursor = root.TextOf("NextContinuationToken");
  if (root.TextOf("IsTruncated") != "true") {
    listing.cursor.clear();
  } else if (listing.cursor.empty()) {
    listing.complete = false;
    listing.why_incomplete = "the listing breaks off without saying how it goes on";
  }
  return listing;
}

HttpHeader OperationHeader(std::string_view operation) { return {std::string(kOperation), EncodeUri(operation)}; }

std::vector<HttpHeader> KeptHeaders(const HttpResponse& head) {
  std::vector<HttpHeader> kept;
  for (const HttpHeader& header : head.headers) {
    const std::string name = LowerHeaderName(header.name);
    const bool is_metadata = name.starts_with("x-amz-meta-") && name != kOperation;
    if (is_metadata || std::find(kKept.begin(), kKept.end(), name) != kKept.end()) kept.push_back({name, header.value});
  }
  return kept;
}

std::string TagsHeader(const XmlElement& tagging) {
  std::string out;
  const XmlElement* set = tagging.Find("TagSet");
  if (set == nullptr) return out;
  for (const XmlElement& tag : set->children) out += (out.empty() ? "" : "&") + EncodeUri(tag.TextOf("Key")) + "=" + EncodeUri(tag.TextOf("Value"));
  return out;
}

}  // namespace evenkeel::aws
