#include "aws/s3_store.h"

#include "aws/parallel.h"
#include "aws/s3_conditions.h"
#include "aws/s3_objects.h"
#include "aws/uri.h"

namespace evenkeel::aws {
namespace {

constexpr std::size_t kListingBytes = 16u << 20;

class S3Store final : public ObjectStore {
 public:
  explicit S3Store(S3Parts parts)
      : parts_(std::move(parts)), client_(parts_.settings.region, "s3", *parts_.transport, *parts_.credentials, *parts_.environment),
        bucket_(parts_.settings, client_), conditions_(bucket_, *parts_.environment) {}

  StoreTraits Traits() const override {
    return {.unique_versions = false, .checks_fences = false, .keeps_operations = true, .writable = true, .readers = parts_.settings.readers};
  }

  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override {
    HttpRequest request = bucket_.Request("GET", "");
    request.query = "list-type=2&encoding-type=url&prefix=" + EncodeUri(prefix) + (cursor.empty() ? "" : "&continuation-token=" + EncodeUri(cursor));
    request.reply_bytes = kListingBytes;
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendRead(request, ""));
    if (response.status != 200) return bucket_.Refusal(response, "", "s3:ListBucket", false);
    EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, ParseXml(response.body, parts_.settings.store));
    EVENKEEL_ASSIGN_OR_RETURN(ObjectListing listing, ListingFromXml(root, parts_.settings.store));
    if (!cursor.empty() && listing.cursor == cursor) return Status(Code::kUnavailable, "the listing leads to where it was; try again", parts_.settings.store);
    return listing;
  }

  StatusOr<ObjectInfo> Head(std::string_view key) override {
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendHead(key));
    return InfoOf(response, key);
  }

  StatusOr<Object> Get(std::string_view key) override {
    EVENKEEL_RETURN_IF_ERROR(CheckKey(key));
    HttpRequest request = bucket_.Request("GET", key);
    request.reply_bytes = parts_.limits.page_bytes;
    EVENKEEL_ASSIGN_OR_RETURN(HttpResponse response, SendRead(request, key));
    if (response.status != 200) return bucket_.Refusal(response, key, "s3:GetObject", false);
    if (const std::string* length = response.Find("Content-Length"); length == nullptr || *length != std::to_string(response.body.size())) {
      return Status(Code::kUnavailable, "not the whole page came; try again", bucket_.ResourceOf(key));
    }
    Object object;
    EVENKEEL_ASSIGN_OR_RETURN(object.info, InfoOf(response, key));
    object.bytes = std::move(response.body);
    return object;
  }

  std::vector<StatusOr<Object>> GetMany(std::span<const std::string> keys) override {
    std::vector<StatusOr<Object>> answers(keys.size(), Status(Code::kInternal, "not read", parts_.settings.store));
    ForEachAtOnce(keys.size(), parts_.settings.readers, [&](std::size_t i) { answers[i] = Get(keys[i]); });
    return answers;
  }

  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override {
    EVENKEEL_RETURN_IF_ERROR(CheckKey(key));
    EVENKEEL_ASSIGN_OR_RETURN(const S3Honours honours, Honours(key));
    // What the page carries is looked at last: the condition is on its bytes alone.
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse head, SendHead(key));
    EVENKEEL_RETURN_IF_ERROR(CheckVersion(head, key, expected));
    EVENKEEL_RETURN_IF_ERROR(CheckKeepable(head, bucket_.ResourceOf(key)));
    HttpRequest request = PutRequest(key, bytes, stamp);
    for (HttpHeader& header : KeptHeaders(head)) {
      if (!parts_.settings.website || header.name != kWebsiteRedirect) request.headers.push_back(std::move(header));
    }
    EVENKEEL_ASSIGN_OR_RETURN(const std::string tags, TagsOf(head, key));
    if (!tags.empty()) request.headers.push_back({"x-amz-tagging", tags});
    request.headers.push_back({"If-Match", ConditionOf(expected, honours.quoted)});
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendWrite(request, key));
    if (response.status != 200) return bucket_.Refusal(response, key, "s3:PutObject", true);
    return Written(response, key, bytes, stamp);
  }

  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view content_type, const WriteStamp& stamp) override {
    EVENKEEL_RETURN_IF_ERROR(CheckKey(key));
    EVENKEEL_RETURN_IF_ERROR(Honours(key).status());
    HttpRequest request = PutRequest(key, bytes, stamp);
    if (!content_type.empty()) request.headers.push_back({"Content-Type", std::string(content_type)});
    request.headers.push_back({"If-None-Match", "*"});
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendWrite(request, key));
    if (response.status == 412) return Status(Code::kAlreadyExists, "the key is taken; look at what is there before writing", bucket_.ResourceOf(key));
    if (response.status != 200) return bucket_.Refusal(response, key, "s3:PutObject", true);
    EVENKEEL_ASSIGN_OR_RETURN(ObjectInfo info, Written(response, key, bytes, stamp));
    info.content_type = content_type;
    return info;
  }

  Status Delete(std::string_view key, const Version& expected, const WriteStamp&) override {
    EVENKEEL_RETURN_IF_ERROR(CheckKey(key));
    EVENKEEL_ASSIGN_OR_RETURN(const S3Honours honours, Honours(key));
    EVENKEEL_ASSIGN_OR_RETURN(const bool deletes, conditions_.OfDeletes(honours.quoted));
    if (!deletes && !parts_.settings.deletes_checked) {
      return {Code::kUnimplemented, "the endpoint ignores conditions on delete, and nothing was deleted: retire by redirect (\"retire\": \"redirect\"), or let it look "
                                    "just before (\"deletes\": \"checked\")", bucket_.ResourceOf(key)};
    }
    HttpRequest request = bucket_.Request("DELETE", key);
    if (deletes) request.headers.push_back({"If-Match", ConditionOf(expected, honours.quoted)});
    EVENKEEL_RETURN_IF_ERROR(CheckIsThere(key, expected));
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendWrite(request, key));
    if (response.status != 200 && response.status != 204) return bucket_.Refusal(response, key, "s3:DeleteObject and s3:GetObject", true);
    return OkStatus();
  }

 private:
  Status CheckKey(std::string_view key) const {
    const char* fault = key.empty() ? "is empty" : key.size() > parts_.limits.key_bytes ? "is longer than S3 allows (limit key_bytes)" :
                        key.find('\0') != std::string_view::npos ? "has a NUL byte" : nullptr;
    return fault == nullptr ? OkStatus() : Status(Code::kInvalidArgument, std::string("the key ") + fault, bucket_.ResourceOf(key));
  }

  // An error of the transport is one of the resource.
  StatusOr<HttpResponse> Named(StatusOr<HttpResponse> answer, std::string_view key) const {
    if (answer.ok()) return answer;
    const std::string where = answer.status().resource().empty() ? "" : answer.status().resource() + ": ";
    return Status(answer.code(), where + answer.status().message(), key.empty() ? parts_.settings.store : bucket_.ResourceOf(key));
  }
  StatusOr<HttpResponse> SendRead(const HttpRequest& request, std::string_view key) {
    auto answer = bucket_.Send(request);
    if (answer.code() != Code::kLimitExceeded || key.empty()) return Named(std::move(answer), key);
    return Status(Code::kLimitExceeded, "the page has more than " + std::to_string(parts_.limits.page_bytes) + " bytes (limit page_bytes)", bucket_.ResourceOf(key));
  }
  // An answer that is too large came all the same, after the effect or without it.
  StatusOr<HttpResponse> SendWrite(const HttpRequest& request, std::string_view key) {
    auto answer = Named(bucket_.Send(request), key);
    if (answer.code() != Code::kLimitExceeded) return answer;
    return Status(Code::kUnknownOutcome, answer.status().message(), answer.status().resource());
  }
  StatusOr<HttpResponse> SendHead(std::string_view key) {
    EVENKEEL_RETURN_IF_ERROR(CheckKey(key));
    EVENKEEL_ASSIGN_OR_RETURN(HttpResponse response, SendRead(bucket_.Request("HEAD", key), key));
    if (response.status == 404) return Absence(key);
    if (response.status != 200) return bucket_.Refusal(response, key, "s3:GetObject and s3:ListBucket", false);
    return response;
  }

  // HEAD's 404 has no words: it is the same where the page, the bucket or S3 itself is not there. GET's has them.
  Status Absence(std::string_view key) {
    HttpRequest request = bucket_.Request("GET", key);
    request.reply_bytes = parts_.limits.page_bytes;
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendRead(request, key));
    if (response.status == 200) return {Code::kUnavailable, "the page came while it was looked for; try again", bucket_.ResourceOf(key)};
    return bucket_.Refusal(response, key, "s3:GetObject and s3:ListBucket", false);
  }

  Status CheckVersion(const HttpResponse& head, std::string_view key, const Version& expected) const {
    EVENKEEL_ASSIGN_OR_RETURN(const ObjectInfo info, InfoFromHeaders(head, key, bucket_.ResourceOf(key)));
    if (info.version == expected) return OkStatus();
    return {Code::kPreconditionFailed, "the page is not the one the plan was made from: somebody else changed it; plan again", bucket_.ResourceOf(key)};
  }

  Status CheckIsThere(std::string_view key, const Version& expected) {
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse head, SendHead(key));
    return CheckVersion(head, key, expected);
  }

  StatusOr<S3Honours> Honours(std::string_view key) {
    EVENKEEL_ASSIGN_OR_RETURN(const S3Honours honours, conditions_.OfWrites());
    if (honours.writes) return honours;
    return Status(Code::kUnimplemented, "the endpoint ignores conditions on writes, so that somebody else's page could be overwritten: nothing is written to it",
                  bucket_.ResourceOf(key));
  }

  HttpRequest PutRequest(std::string_view key, std::string_view bytes, const WriteStamp& stamp) const {
    HttpRequest request = bucket_.Request("PUT", key);
    request.body = bytes;
    request.headers.push_back(OperationHeader(stamp.operation));
    if (!parts_.settings.acl.empty()) request.headers.push_back({"x-amz-acl", parts_.settings.acl});
    const std::string to = parts_.settings.website ? WebsiteRedirectOf(bytes, parts_.limits) : std::string();
    if (!to.empty()) request.headers.push_back({std::string(kWebsiteRedirect), to});
    return request;
  }

  // Asked always: to who may not read them, HEAD shows none. An endpoint that is not AWS's may have no such thing.
  StatusOr<std::string> TagsOf(const HttpResponse& head, std::string_view key) {
    HttpRequest request = bucket_.Request("GET", key);
    request.query = "tagging";
    EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendRead(request, key));
    const std::string code = ErrorOf(response).code;
    const bool has_no_tagging = !parts_.settings.endpoint.empty() && (response.status == 405 || response.status == 501);
    if (has_no_tagging || code == "NoSuchTagSet" || code == "NoSuchTagSetError") {
      EVENKEEL_RETURN_IF_ERROR(CheckTagCount(head, 0, bucket_.ResourceOf(key)));
      return std::string();
    }
    if (response.status != 200) return bucket_.Refusal(response, key, "s3:GetObjectTagging", false);
    EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, ParseXml(response.body, bucket_.ResourceOf(key)));
    return TagsHeader(root, head, bucket_.ResourceOf(key));
  }

  StatusOr<ObjectInfo> InfoOf(const HttpResponse& response, std::string_view key) const {
    EVENKEEL_ASSIGN_OR_RETURN(ObjectInfo info, InfoFromHeaders(response, key, bucket_.ResourceOf(key)));
    const std::string* to = parts_.settings.website ? response.Find(kWebsiteRedirect) : nullptr;
    if (to != nullptr) info.redirect_to = *to;
    return info;
  }

  StatusOr<ObjectInfo> Written(const HttpResponse& response, std::string_view key, std::string_view bytes, const WriteStamp& stamp) const {
    auto info = InfoFromHeaders(response, key, bucket_.ResourceOf(key));
    if (!info.ok()) return Status(Code::kUnknownOutcome, "it was written, but the answer names no ETag; look at it", bucket_.ResourceOf(key));
    info->bytes = bytes.size();
    info->operation = stamp.operation;
    info->content_type.clear();
    return info;
  }

  const S3Parts parts_;
  Client client_;
  S3Bucket bucket_;
  S3Conditions conditions_;
};

}  // namespace

std::unique_ptr<ObjectStore> MakeS3Store(S3Parts parts) { return std::make_unique<S3Store>(std::move(parts)); }

}  // namespace evenkeel::aws
