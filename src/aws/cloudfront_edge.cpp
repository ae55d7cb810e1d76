#include "aws/cloudfront_edge.h"

#include <algorithm>

#include "aws/cloudfront_invalidations.h"
#include "aws/cloudfront_paths.h"
#include "http/address.h"

namespace evenkeel::aws {
namespace {

constexpr int kRedirectsMax = 3;
constexpr std::chrono::seconds kServeTimeout(30);  // of one look, wherever it is led

class CloudFrontEdge final : public EdgeCache {
 public:
  explicit CloudFrontEdge(CloudFrontParts parts)
      : parts_(std::move(parts)),
        client_(CloudFrontDistribution::SigningRegion(parts_.settings.region), "cloudfront", *parts_.transport, *parts_.credentials, *parts_.environment),
        distribution_(parts_.settings, client_), invalidations_(distribution_) {}

  StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) override {
    if (reference.empty()) return Status(Code::kInvalidArgument, "an invalidation needs a reference", parts_.settings.store);
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> encoded, InvalidationPaths(paths, parts_.settings.coalesce, parts_.settings.store));
    return invalidations_.Create(encoded, reference);
  }

  StatusOr<bool> WasAccepted(std::string_view reference) override { return WasAcceptedSince(reference, Instant::min()); }
  StatusOr<bool> WasAcceptedSince(std::string_view reference, Instant since) override {
    EVENKEEL_ASSIGN_OR_RETURN(const auto found, invalidations_.Find(reference, since));
    return found.has_value();
  }

  StatusOr<std::size_t> CountInProgress() override { return parts_.settings.waits ? invalidations_.CountInProgress() : std::size_t{0}; }

  StatusOr<std::optional<std::string>> Serve(std::string_view path) override {
    if (parts_.settings.url.empty()) return Status(Code::kUnimplemented, "the fleet file asks for no check of what guests are served", parts_.settings.store);
    const HttpRequest base = RequestTo(parts_.settings.url).value_or(HttpRequest{});
    std::string address = base.scheme + "://" + base.authority + EncodeInvalidationPath(path);
    const Instant begin = parts_.environment->Now();
    for (int hops = 0; hops <= kRedirectsMax; ++hops) {
      HttpRequest request = RequestTo(address).value_or(base);
      request.repeatable = true;
      request.reply_bytes = parts_.limits.page_bytes;
      const std::chrono::seconds spent = std::max(parts_.environment->Now() - begin, std::chrono::seconds(0));
      if (spent >= kServeTimeout) return Status(Code::kUnavailable, "it took more than " + std::to_string(kServeTimeout.count()) + " s", address);
      request.timeout = kServeTimeout - spent;
      EVENKEEL_ASSIGN_OR_RETURN(HttpResponse response, parts_.transport->Send(request));
      if (response.status == 200) return std::optional<std::string>(std::move(response.body));
      if (response.status == 403 || response.status == 404 || response.status == 410) return std::optional<std::string>();
      const std::string* location = response.status / 100 == 3 ? response.Find("Location") : nullptr;
      if (location == nullptr) return Status(Code::kUnavailable, "it answers " + std::to_string(response.status), address);
      // Within the site alone: another host is not what the fleet file named.
      const std::string next = location->starts_with('/') && !location->starts_with("//") ? base.scheme + "://" + base.authority + *location : *location;
      const auto there = RequestTo(next);
      if (!there || there->authority != base.authority) return Status(Code::kUnavailable, "it leads to another host (" + std::to_string(response.status) + ")", address);
      address = next;
    }
    return Status(Code::kUnavailable, "it leads on and on", address);
  }

  std::vector<Check> Examine() override {
    const std::string& store = parts_.settings.store;
    const auto state = distribution_.Look();
    if (!state.ok()) return {{store, "distribution", false, state.status().ToString()}};
    std::vector<Check> checks = {Describe(*state)};
    if (!parts_.settings.alias.empty() || !parts_.settings.url.empty()) checks.push_back(DescribeNames(*state));
    const auto newest = invalidations_.List("");
    if (!newest.ok()) return checks.push_back({store, "readable", false, newest.status().ToString()}), checks;
    const auto busy = std::count_if(newest->listed.begin(), newest->listed.end(), [](const Invalidation& one) { return !one.complete; });
    checks.push_back({store, "readable", true, std::to_string(busy) + " of the newest " + std::to_string(newest->listed.size()) + " invalidations are in progress"});
    checks.push_back({store, "writable", true, "not tried, for that drops copies; it needs cloudfront:CreateInvalidation and cloudfront:GetInvalidation"});
    return checks;
  }

 private:
  Check Describe(const DistributionState& state) const {
    const bool is_well = state.enabled;
    std::string words = (IsPlainName(state.id) ? state.id : "it") + (state.enabled ? " is enabled" : " is disabled, and serves nobody: enable it, or correct the fleet file");
    if (state.enabled) words += state.status == "Deployed" ? " and deployed" : ", and its last change is still being deployed";
    return {parts_.settings.store, "distribution", is_well, words};
  }

  // Whether the names in the fleet file are the distribution's.
  Check DescribeNames(const DistributionState& state) const {
    std::string known;
    for (const std::string& alias : state.aliases) known += (known.empty() ? "" : ", ") + alias;
    std::string host = parts_.settings.alias;
    if (!parts_.settings.url.empty()) host = RequestTo(parts_.settings.url).value_or(HttpRequest{}).authority;
    if (state.Serves(host)) return {parts_.settings.store, "aliases", true, "it serves " + host};
    return {parts_.settings.store, "aliases", false, "it does not serve " + host + " but " + (known.empty() ? "no name of its own" : known) + "; correct \"alias\", \"url\" or \"distribution\""};
  }

  const CloudFrontParts parts_;
  Client client_;
  CloudFrontDistribution distribution_;
  CloudFrontInvalidations invalidations_;
};

}  // namespace

std::unique_ptr<EdgeCache> MakeCloudFrontEdge(CloudFrontParts parts) { return std::make_unique<CloudFrontEdge>(std::move(parts)); }

}  // namespace evenkeel::aws
