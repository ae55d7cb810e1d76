// The paths of an invalidation, as CloudFront wants them.
// Source: AWS, "What you need to know when invalidating files" and "Concurrent invalidation request maximum" (CloudFront developer guide).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/status.h"

namespace evenkeel::aws {

// How much CloudFront takes for one distribution at once, and so in one invalidation: paths, and among them those that end in '*'.
inline constexpr std::size_t kPathsMax = 3'000, kWildcardsMax = 15;
inline constexpr std::size_t kPathBytes = 4'000;

// Bytes that are not ASCII, and those that RFC 1738 calls unsafe, become %XX; a '%' that begins such a triple stays, and so does everything
// else: a character that is encoded without need would name another cached copy.
std::string EncodeInvalidationPath(std::string_view path);

// Encoded, each once, sorted. What a wildcard among them covers is left out. `coalesce`: paths that begin with another of them become one
// wildcard with it ("/g/x" and "/g/x.html": "/g/x*"), which CloudFront counts as one path and which drops every query string, too; nothing
// that would drop the whole site. kInvalidArgument: one that does not begin with '/', is too long, or too many.
StatusOr<std::vector<std::string>> InvalidationPaths(const std::vector<std::string>& paths, bool coalesce, const std::string& store);

}  // namespace evenkeel::aws
