// CloudFrontInvalidations: the invalidations of one distribution: made, looked at, and found by their CallerReference.
//
// CloudFront lists them without their references, newest first, so each is looked at once. It keeps them for good; a search goes back to the
// moment before which it cannot have been made, over the newest thousand at most. What is not among them counts as never made, and making it
// again is harmless: the same reference with the same paths is the same invalidation.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "aws/cloudfront_distribution.h"
#include "evenkeel/zone.h"

namespace evenkeel::aws {

struct Invalidation {
  std::string id;
  std::string reference;
  std::vector<std::string> paths;  // encoded, sorted
  bool complete = false;
  std::optional<Instant> made_at;  // by CloudFront's clock
};

// Safe to use from several threads. The distribution is borrowed.
class CloudFrontInvalidations {
 public:
  explicit CloudFrontInvalidations(CloudFrontDistribution& distribution) : distribution_(distribution) {}

  // kAlreadyExists: the reference stands for other paths.
  StatusOr<std::string> Create(const std::vector<std::string>& paths, std::string_view reference);
  StatusOr<Invalidation> Get(const std::string& id);
  // Among those that this process has seen, and those made since, with a quarter of an hour for the difference of clocks. One that is found
  // counts as one that was made here.
  StatusOr<std::optional<Invalidation>> Find(std::string_view reference, Instant since = Instant::min());
  // Those that this process has made, or found by their references, and that are not everywhere yet.
  StatusOr<std::size_t> CountInProgress();
  // A hundred of them, the newest first, without references and paths. `marker`: what the hundred before said, or nothing.
  struct Page {
    std::vector<Invalidation> listed;
    std::string next;  // empty: there are no more
  };
  StatusOr<Page> List(const std::string& marker);

 private:
  std::optional<Invalidation> Known(std::string_view reference);
  Status LookAt(std::vector<Invalidation> listed);
  StatusOr<std::string> Refused(const HttpResponse& response, const std::vector<std::string>& paths, std::string_view reference);

  CloudFrontDistribution& distribution_;
  std::mutex mutex_;
  std::map<std::string, Invalidation> seen_;  // by id
  std::set<std::string> unfinished_;          // ids of those that were made here, or asked for
};

}  // namespace evenkeel::aws
