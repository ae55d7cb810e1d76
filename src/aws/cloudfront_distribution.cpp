#include "aws/cloudfront_distribution.h"

#include <algorithm>

#include "aws/uri.h"
#include "http/address.h"
#include "text/fold.h"

namespace evenkeel::aws {
namespace {

constexpr std::string_view kVersion = "/2020-05-31/distribution";
// Of a read, which may show three thousand paths of somebody else's; and of what we made.
constexpr std::size_t kReadBytes = 16u << 20, kAnswerBytes = 4u << 20;
constexpr int kListPagesMax = 100;

bool IsChina(const std::string& region) { return region.starts_with("cn-"); }

std::string Shown(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 8;
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) out += (i == 0 ? "" : ", ") + names[i];
  return out + (names.size() > kShown ? " and " + std::to_string(names.size() - kShown) + " more" : "");
}

// A name of the server's that a message may show, with the '*' that an alias may begin with.
bool IsPlainAlias(std::string_view name) { return IsPlainName(name.starts_with("*.") ? name.substr(2) : name); }

// <DistributionSummary>, or <Distribution> with its <DistributionConfig>.
DistributionState StateOf(const XmlElement& element) {
  const XmlElement* config = element.Find("DistributionConfig");
  const XmlElement& described = config == nullptr ? element : *config;
  DistributionState state;
  state.id = element.TextOf("Id");
  state.domain = FoldCase(element.TextOf("DomainName"));
  state.status = element.TextOf("Status");
  state.enabled = described.TextOf("Enabled") == "true";
  const XmlElement* aliases = described.Find("Aliases");
  const XmlElement* items = aliases == nullptr ? nullptr : aliases->Find("Items");
  if (items == nullptr) return state;
  for (const XmlElement& item : items->children) {
    if (item.name == "CNAME" && IsPlainAlias(item.text)) state.aliases.push_back(FoldCase(item.text));
  }
  return state;
}

HttpRequest BlankRequest(const CloudFrontSettings& settings) {
  const std::string own = IsChina(settings.region) ? "https://cloudfront.cn-northwest-1.amazonaws.com.cn" : "https://cloudfront.amazonaws.com";
  HttpRequest blank = RequestTo(settings.endpoint.empty() ? own : settings.endpoint).value_or(HttpRequest{});  // what is no address is refused when it is sent
  if (blank.path.ends_with('/')) blank.path.pop_back();
  return blank;
}

}  // namespace

bool DistributionState::IsNamed(const std::string& host) const {
  const std::string name = FoldCase(host);
  return domain == name || std::find(aliases.begin(), aliases.end(), name) != aliases.end();
}

bool DistributionState::IsCovered(const std::string& host) const {
  const std::size_t dot = host.find('.');
  return dot != std::string::npos && IsNamed("*" + host.substr(dot));
}

CloudFrontDistribution::CloudFrontDistribution(CloudFrontSettings settings, Client& client) : settings_(std::move(settings)), client_(client), found_(settings_.distribution) {}

std::string CloudFrontDistribution::SigningRegion(const std::string& region) { return IsChina(region) ? "cn-northwest-1" : "us-east-1"; }

HttpRequest CloudFrontDistribution::Request(std::string method, std::string_view path) const {
  HttpRequest request = BlankRequest(settings_);
  request.repeatable = method == "GET";
  request.method = std::move(method);
  request.path += std::string(kVersion) + std::string(path);
  request.reply_bytes = request.repeatable ? kReadBytes : kAnswerBytes;
  return request;
}

StatusOr<HttpRequest> CloudFrontDistribution::InvalidationRequest(std::string method, std::string_view what) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string id, Id());
  return Request(std::move(method), "/" + EncodeUri(id) + "/invalidation" + std::string(what));
}

StatusOr<XmlElement> CloudFrontDistribution::Read(const HttpRequest& request, std::string_view right) {
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, client_.Send(request));
  if (response.status != 200) return Refusal(response, right, false);
  return ParseXml(response.body, settings_.store);
}

StatusOr<std::string> CloudFrontDistribution::Id() {
  const std::lock_guard lock(mutex_);
  if (found_.empty()) {
    EVENKEEL_ASSIGN_OR_RETURN(const DistributionState state, FindByAlias());
    found_ = state.id;
  }
  return found_;
}

StatusOr<DistributionState> CloudFrontDistribution::Look() {
  if (settings_.distribution.empty()) return FindByAlias();
  EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, Read(Request("GET", "/" + EncodeUri(settings_.distribution)), "cloudfront:GetDistribution"));
  return StateOf(root);
}

StatusOr<DistributionState> CloudFrontDistribution::FindByAlias() {
  std::vector<DistributionState> named, covered;
  std::vector<std::string> names;
  std::string marker;
  for (int page = 0;; ++page) {
    if (page == kListPagesMax) return Status(Code::kLimitExceeded, "the account has more than 10,000 distributions; give the id as \"distribution\"", settings_.store);
    HttpRequest request = Request("GET", "");
    request.query = (marker.empty() ? "" : "Marker=" + EncodeUri(marker) + "&") + "MaxItems=100";
    EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, Read(request, "cloudfront:ListDistributions"));
    if (const XmlElement* items = root.Find("Items")) {
      for (const XmlElement& item : items->children) {
        DistributionState state = StateOf(item);
        names.insert(names.end(), state.aliases.begin(), state.aliases.end());
        if (state.IsNamed(settings_.alias)) {
          named.push_back(std::move(state));
        } else if (state.IsCovered(settings_.alias)) {
          covered.push_back(std::move(state));
        }
      }
    }
    if (root.TextOf("IsTruncated") != "true") break;
    std::string next = root.TextOf("NextMarker");
    std::swap(marker, next);
    if (marker.empty() || marker == next) return Status(Code::kUnavailable, "the list of distributions is cut off without saying where it goes on; try again", settings_.store);
  }
  const std::vector<DistributionState>& found = named.empty() ? covered : named;
  if (found.size() == 1) return found[0];
  if (found.empty()) {
    return Status(Code::kInvalidArgument, "no distribution of the account serves \"" + settings_.alias + "\"; there are " + (names.empty() ? "no aliases" : Shown(names)) +
                                              ": correct \"alias\", or the profile, or give the id as \"distribution\"", settings_.store);
  }
  std::vector<std::string> ids;
  for (const DistributionState& state : found) ids.push_back(state.id);
  return Status(Code::kInvalidArgument, "several distributions serve \"" + settings_.alias + "\" (" + Shown(ids) + "); give the id of one as \"distribution\"", settings_.store);
}

Status CloudFrontDistribution::Refusal(const HttpResponse& response, std::string_view right, bool is_write) const {
  const ServiceError error = ErrorOf(response);
  const std::string code = error.Name(response.status);
  const std::string& resource = settings_.store;
  if (error.code == "NoSuchDistribution") {
    return {Code::kInvalidArgument, "there is no distribution \"" + settings_.distribution + "\" in the account; correct \"distribution\" in the fleet file, or the profile", resource};
  }
  if (error.MeansExpired()) return {Code::kPermissionDenied, "the credentials are not good any more (" + code + "); renew them", resource};
  if (error.MeansWrongKey()) return {Code::kPermissionDenied, "the credentials are not known there (" + code + "); correct them, or the profile", resource};
  if (response.status == 401 || response.status == 403) return {Code::kPermissionDenied, "the credentials may not do this (" + code + "); it needs " + std::string(right), resource};
  // Both are refused before anything is done.
  if (error.code == "TooManyInvalidationsInProgress") return {Code::kLimitExceeded, "as many invalidations are in progress as CloudFront takes (" + code + "); nothing was done", resource};
  if (error.remedy == Remedy::kSlower) return {is_write ? Code::kLimitExceeded : Code::kUnavailable, "it is asked too much (" + code + ") and nothing was done; try again later", resource};
  if (response.status / 100 == 2 || response.status >= 500) {
    return {is_write ? Code::kUnknownOutcome : Code::kUnavailable, "it answers " + code + (is_write ? "; look before it is repeated" : "; try again later"), resource};
  }
  if (response.status / 100 == 3) return {Code::kInvalidArgument, "it leads elsewhere (" + code + "); correct \"endpoint\" in the fleet file", resource};
  if (response.status == 404) return {Code::kNotFound, "there is no such thing (" + code + ")", resource};
  return {Code::kInvalidArgument, "it refuses the request (" + code + ")", resource};
}

}  // namespace evenkeel::aws
