#include "aws/cloudfront_paths.h"

#include <algorithm>
#include <set>

namespace evenkeel::aws {
namespace {

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }
bool IsWildcard(std::string_view path) { return path.ends_with('*'); }

bool IsUnsafe(char c) {
  constexpr std::string_view kUnsafe = "<>\"#{}|\\^~[]`";
  return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f || kUnsafe.find(c) != std::string_view::npos;
}

// The wildcards for those paths that others begin with.
std::set<std::string> WildcardsOf(const std::set<std::string>& paths) {
  std::set<std::string> wildcards;
  for (auto path = paths.begin(); path != paths.end(); ++path) {
    const auto next = std::next(path);  // what begins with it stands behind it
    if (*path != "/" && !IsWildcard(*path) && next != paths.end() && next->starts_with(*path)) wildcards.insert(*path + "*");
  }
  return wildcards;
}

bool IsCovered(const std::string& path, const std::set<std::string>& wildcards) {
  return std::any_of(wildcards.begin(), wildcards.end(), [&](const std::string& wildcard) {
    return path != wildcard && std::string_view(path).starts_with(std::string_view(wildcard).substr(0, wildcard.size() - 1));
  });
}

}  // namespace

std::string EncodeInvalidationPath(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool is_triple = path[i] == '%' && i + 2 < path.size() && IsHex(path[i + 1]) && IsHex(path[i + 2]);
    if (is_triple || !(IsUnsafe(path[i]) || path[i] == '%')) {
      out += path[i];
      continue;
    }
    const auto byte = static_cast<unsigned char>(path[i]);
    out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

StatusOr<std::vector<std::string>> InvalidationPaths(const std::vector<std::string>& paths, bool coalesce, const std::string& store) {
  std::set<std::string> encoded, wildcards;
  for (const std::string& path : paths) {
    if (!path.starts_with('/')) return Status(Code::kInvalidArgument, "a path to invalidate begins with '/'", store + ":" + path);
    std::string one = EncodeInvalidationPath(path);
    if (one.size() > kPathBytes) return Status(Code::kInvalidArgument, "the path has " + std::to_string(one.size()) + " bytes; CloudFront takes " + std::to_string(kPathBytes), store);
    if (IsWildcard(one)) wildcards.insert(one);
    encoded.insert(std::move(one));
  }
  if (coalesce) wildcards.merge(WildcardsOf(encoded));
  encoded.insert(wildcards.begin(), wildcards.end());
  std::erase_if(encoded, [&](const std::string& path) { return IsCovered(path, wildcards); });
  const auto count = static_cast<std::size_t>(std::count_if(encoded.begin(), encoded.end(), IsWildcard));
  if (encoded.empty()) return Status(Code::kInvalidArgument, "an invalidation needs a path", store);
  if (encoded.size() > kPathsMax || count > kWildcardsMax) {
    return Status(Code::kInvalidArgument, std::to_string(encoded.size()) + " paths, " + std::to_string(count) + " of them wildcards, are more than CloudFront ever takes at once (" +
                                              std::to_string(kPathsMax) + ", " + std::to_string(kWildcardsMax) + ")", store);
  }
  return std::vector<std::string>(encoded.begin(), encoded.end());
}

}  // namespace evenkeel::aws
