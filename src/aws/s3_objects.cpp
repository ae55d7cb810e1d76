#include "aws/s3_objects.h"

#include <algorithm>
#include <array>

#include "http/header_name.h"
#include "aws/s3_bucket.h"
#include "aws/server_clock.h"
#include "aws/uri.h"
#include "evenkeel/reading.h"
#include "text/fold.h"

namespace evenkeel::aws {
namespace {

constexpr std::string_view kOperation = "x-amz-meta-evenkeel-operation";
constexpr std::array<std::string_view, 11> kKept = {"content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires",
                                                    kWebsiteRedirect, "x-amz-storage-class", "x-amz-server-side-encryption",
                                                    "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-bucket-key-enabled"};

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
  info.kept_as = HeaderOr(response, "x-amz-version-id");
  if (info.kept_as == "null") info.kept_as.clear();  // made before the bucket kept versions: the next write replaces it
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
    info.modified = ParseXmlTime(entry.TextOf("LastModified"));
    if (info.key.empty() || info.version.empty()) return Status(Code::kUnavailable, "the listing has an entry without key or ETag", resource);
    listing.objects.push_back(std::move(info));
  }
  const std::string truncated = root.TextOf("IsTruncated"), token = root.TextOf("NextContinuationToken");
  if (truncated == "true" && !token.empty()) {
    listing.cursor = token;
  } else if (truncated != "false" || !token.empty()) {
    listing.complete = false;
    listing.why_incomplete = truncated == "true" ? "the listing breaks off without saying how it goes on" : "the listing does not say whether it goes on";
  }
  return listing;
}

std::string WebsiteRedirectOf(std::string_view bytes, const Limits& limits) {
  constexpr std::size_t kLocationBytes = 2048;
  ReadOptions options;
  options.limits = limits;
  const auto reading = ReadPage(bytes, options);
  if (!reading.ok()) return {};
  const std::string& to = reading->redirect_to;
  const bool is_place = to.starts_with('/') || to.starts_with("https://") || to.starts_with("http://");
  const bool is_plain = std::all_of(to.begin(), to.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  return is_place && is_plain && to.size() <= kLocationBytes ? to : std::string();
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

Status CheckKeepable(const HttpResponse& head, const std::string& resource) {
  if (const std::string missing = HeaderOr(head, "x-amz-missing-meta"); !missing.empty() && missing != "0") {
    return {Code::kUnimplemented, "the page has metadata that no header shows, and a rewrite would lose it: change it by hand", resource};
  }
  const std::string hold = HeaderOr(head, "x-amz-object-lock-legal-hold");
  if (head.Find("x-amz-object-lock-mode") != nullptr || head.Find("x-amz-object-lock-retain-until-date") != nullptr || (!hold.empty() && hold != "OFF")) {
    return {Code::kUnimplemented, "the page is under an object lock (retention or legal hold), which a rewrite would not carry on: change it by hand", resource};
  }
  return OkStatus();
}

StatusOr<std::string> TagsHeader(const XmlElement& tagging, const HttpResponse& head, const std::string& resource) {
  const XmlElement* set = tagging.Find("TagSet");
  if (tagging.name != "Tagging" || set == nullptr) return Status(Code::kUnavailable, "the answer does not say which tags the page has", resource);
  EVENKEEL_RETURN_IF_ERROR(CheckTagCount(head, set->children.size(), resource));
  std::string out;
  for (const XmlElement& tag : set->children) out += (out.empty() ? "" : "&") + EncodeUri(tag.TextOf("Key")) + "=" + EncodeUri(tag.TextOf("Value"));
  return out;
}

Status CheckTagCount(const HttpResponse& head, std::size_t tags, const std::string& resource) {
  const std::string* counted = head.Find("x-amz-tagging-count");
  if (counted == nullptr || *counted == std::to_string(tags)) return OkStatus();
  return {Code::kUnavailable, "the page has another number of tags than were shown, and a rewrite would lose some; try again", resource};
}

}  // namespace evenkeel::aws
