#include "aws/cloudfront_invalidations.h"

#include <algorithm>

#include "aws/parallel.h"
#include "aws/server_clock.h"
#include "aws/uri.h"

namespace evenkeel::aws {
namespace {

constexpr std::size_t kReadersMax = 4;
constexpr int kPagesMax = 10;
constexpr std::chrono::minutes kClocksApart(15);

std::string BatchXml(const std::vector<std::string>& paths, std::string_view reference) {
  std::string items;
  for (const std::string& path : paths) items += "<Path>" + EscapeXml(path) + "</Path>";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths><Quantity>" +
         std::to_string(paths.size()) + "</Quantity><Items>" + items + "</Items></Paths><CallerReference>" + EscapeXml(reference) + "</CallerReference></InvalidationBatch>";
}

// <Invalidation>, or <InvalidationSummary>, which has no batch.
Invalidation InvalidationOf(const XmlElement& element) {
  Invalidation invalidation;
  invalidation.id = element.TextOf("Id");
  invalidation.complete = element.TextOf("Status") == "Completed";
  invalidation.made_at = ParseXmlTime(element.TextOf("CreateTime"));
  const XmlElement* batch = element.Find("InvalidationBatch");
  if (batch == nullptr) return invalidation;
  invalidation.reference = batch->TextOf("CallerReference");
  const XmlElement* paths = batch->Find("Paths");
  const XmlElement* items = paths == nullptr ? nullptr : paths->Find("Items");
  if (items == nullptr) return invalidation;
  for (const XmlElement& item : items->children) invalidation.paths.push_back(item.text);
  std::sort(invalidation.paths.begin(), invalidation.paths.end());
  return invalidation;
}

}  // namespace

StatusOr<std::string> CloudFrontInvalidations::Create(const std::vector<std::string>& paths, std::string_view reference) {
  EVENKEEL_ASSIGN_OR_RETURN(HttpRequest request, distribution_.InvalidationRequest("POST", ""));
  request.headers.push_back({"Content-Type", "application/xml"});
  request.body = BatchXml(paths, reference);
  auto sent = distribution_.Send(request);
  if (sent.code() == Code::kLimitExceeded) return Status(Code::kUnknownOutcome, "the answer is too long to be one; look before it is repeated", distribution_.settings().store);
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, std::move(sent));
  if (response.status != 201) return Refused(response, paths, reference);
  auto root = ParseXml(response.body, distribution_.settings().store);
  Invalidation made = root.ok() ? InvalidationOf(*root) : Invalidation{};
  if (!IsPlainName(made.id)) return Status(Code::kUnknownOutcome, "it was taken, but the answer names no id; look at it", distribution_.settings().store);
  const std::lock_guard lock(mutex_);
  if (!made.complete) unfinished_.insert(made.id);
  seen_[made.id] = {made.id, std::string(reference), paths, made.complete, made.made_at};
  return made.id;
}

// A reference that was used before is refused, by either of two names, where the batch is another.
StatusOr<std::string> CloudFrontInvalidations::Refused(const HttpResponse& response, const std::vector<std::string>& paths, std::string_view reference) {
  const std::string code = ErrorOf(response).code;
  const Status refusal = distribution_.Refusal(response, "cloudfront:CreateInvalidation", true);
  if (code != "InvalidationBatchAlreadyExists" && code != "InvalidArgument") return refusal;
  EVENKEEL_ASSIGN_OR_RETURN(const std::optional<Invalidation> before, Find(reference));
  if (before && before->paths == paths) return before->id;
  if (!before && code == "InvalidArgument") return refusal;
  return Status(Code::kAlreadyExists, "the reference stands for other paths already; use a new one", distribution_.settings().store + ":" + std::string(reference));
}

StatusOr<Invalidation> CloudFrontInvalidations::Get(const std::string& id) {
  EVENKEEL_ASSIGN_OR_RETURN(const HttpRequest request, distribution_.InvalidationRequest("GET", "/" + EncodeUri(id)));
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, distribution_.Send(request));
  if (response.status != 200) return distribution_.Refusal(response, "cloudfront:GetInvalidation", false);
  EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, ParseXml(response.body, distribution_.settings().store));
  Invalidation invalidation = InvalidationOf(root);
  if (invalidation.id != id) return Status(Code::kUnavailable, "it answers with another invalidation than was asked for; try again", distribution_.settings().store);
  const std::lock_guard lock(mutex_);
  seen_[id] = invalidation;
  return invalidation;
}

StatusOr<CloudFrontInvalidations::Page> CloudFrontInvalidations::List(const std::string& marker) {
  EVENKEEL_ASSIGN_OR_RETURN(HttpRequest request, distribution_.InvalidationRequest("GET", ""));
  request.query = (marker.empty() ? "" : "Marker=" + EncodeUri(marker) + "&") + "MaxItems=100";
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, distribution_.Send(request));
  if (response.status != 200) return distribution_.Refusal(response, "cloudfront:ListInvalidations", false);
  EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, ParseXml(response.body, distribution_.settings().store));
  Page page;
  if (const XmlElement* items = root.Find("Items")) {
    for (const XmlElement& item : items->children) page.listed.push_back(InvalidationOf(item));
  }
  if (root.TextOf("IsTruncated") != "true") return page;
  page.next = root.TextOf("NextMarker");
  if (!page.next.empty() && page.next != marker) return page;
  return Status(Code::kUnavailable, "the list of invalidations is cut off without saying where it goes on; try again", distribution_.settings().store);
}

std::optional<Invalidation> CloudFrontInvalidations::Known(std::string_view reference) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, invalidation] : seen_) {
    if (invalidation.reference != reference) continue;
    if (!invalidation.complete) unfinished_.insert(id);
    return invalidation;
  }
  return std::nullopt;
}

// At those that have not been looked at yet: the first failure, when all are looked at.
Status CloudFrontInvalidations::LookAt(std::vector<Invalidation> listed) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(listed, [&](const Invalidation& one) { return seen_.count(one.id) > 0; });
  }
  std::vector<Status> failed(listed.size());
  ForEachAtOnce(listed.size(), kReadersMax, [&](std::size_t i) { failed[i] = Get(listed[i].id).status(); });
  for (const Status& status : failed) EVENKEEL_RETURN_IF_ERROR(status);
  return OkStatus();
}

StatusOr<std::optional<Invalidation>> CloudFrontInvalidations::Find(std::string_view reference, Instant since) {
  if (auto found = Known(reference)) return found;
  const auto is_older = [since](const Invalidation& one) { return one.made_at && since != Instant::min() && *one.made_at < since - kClocksApart; };
  Page page;
  for (int pages = 0; pages < kPagesMax; ++pages) {
    EVENKEEL_ASSIGN_OR_RETURN(page, List(page.next));
    const bool goes_on = !page.next.empty() && since != Instant::min() && std::none_of(page.listed.begin(), page.listed.end(), is_older);
    std::erase_if(page.listed, is_older);
    const Status looked = LookAt(std::move(page.listed));
    if (auto found = Known(reference)) return found;
    EVENKEEL_RETURN_IF_ERROR(looked);
    if (!goes_on) break;
  }
  return std::optional<Invalidation>();
}

StatusOr<std::size_t> CloudFrontInvalidations::CountInProgress() {
  std::vector<std::string> ids;
  {
    const std::lock_guard lock(mutex_);
    ids.assign(unfinished_.begin(), unfinished_.end());
  }
  std::vector<StatusOr<Invalidation>> answers(ids.size(), Status(Code::kInternal, "not asked"));
  ForEachAtOnce(ids.size(), kReadersMax, [&](std::size_t i) { answers[i] = Get(ids[i]); });
  for (const auto& answer : answers) EVENKEEL_RETURN_IF_ERROR(answer.status());
  const std::lock_guard lock(mutex_);
  std::erase_if(unfinished_, [&](const std::string& id) { return seen_[id].complete; });
  return unfinished_.size();
}

}  // namespace evenkeel::aws
