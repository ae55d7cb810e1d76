// CloudFrontDistribution: one distribution, found by its id or by a name that guests use, its requests and what their refusals mean.
// Source: AWS, "Amazon CloudFront API Reference", version 2020-05-31 (ListDistributions, GetDistribution, "Common errors").
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "aws/client.h"
#include "http/xml.h"

namespace evenkeel::aws {

struct CloudFrontSettings {
  std::string distribution;  // "E2QWRUHAPOMQZL"; empty: looked for by `alias`
  std::string alias;         // "queenofsandiego.com"
  std::string region;        // "cn-northwest-1" and the like are China's CloudFront; anything else is the world's
  std::string endpoint;      // empty: AWS's own
  std::string url;           // "https://queenofsandiego.com": where guests are served; empty: nobody looks
  bool coalesce = false;
  bool waits = true;         // until invalidations are complete
  std::string store;         // the name the fleet file gives it, for messages
};

struct DistributionState {
  std::string id;
  std::string domain;                // "d111111abcdef8.cloudfront.net"
  std::string status;                // "Deployed" or "InProgress"
  std::vector<std::string> aliases;  // "queenofsandiego.com", "*.queenofsandiego.com"
  bool enabled = false;

  // The host by its own name or one of the aliases; by a wildcard among them ("*.example.com" covers "www.example.com" and nothing deeper).
  bool IsNamed(const std::string& host) const;
  bool IsCovered(const std::string& host) const;
  bool Serves(const std::string& host) const { return IsNamed(host) || IsCovered(host); }
};

// Safe to use from several threads. The client is borrowed.
class CloudFrontDistribution {
 public:
  CloudFrontDistribution(CloudFrontSettings settings, Client& client);

  const CloudFrontSettings& settings() const { return settings_; }
  // "us-east-1": what its requests are signed for.
  static std::string SigningRegion(const std::string& region);

  // The id. By alias it is looked for once.
  StatusOr<std::string> Id();
  // As it stands now.
  StatusOr<DistributionState> Look();
  // Of the distribution's invalidations: `what` is "" for all, "/ID" for one, and goes behind their path.
  StatusOr<HttpRequest> InvalidationRequest(std::string method, std::string_view what);
  StatusOr<HttpResponse> Send(const HttpRequest& request) { return client_.Send(request); }

  // What an answer other than the wanted one says. `right`: the permission that the call needs ("cloudfront:CreateInvalidation").
  Status Refusal(const HttpResponse& response, std::string_view right, bool is_write) const;

 private:
  HttpRequest Request(std::string method, std::string_view path) const;
  StatusOr<XmlElement> Read(const HttpRequest& request, std::string_view right);
  StatusOr<DistributionState> FindByAlias();

  const CloudFrontSettings settings_;
  Client& client_;
  std::mutex mutex_;
  std::string found_;
};

}  // namespace evenkeel::aws
