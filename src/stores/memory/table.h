// The engine of the memory stores: entries by key, each with a version, and the order in which a conditional write is checked.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "digest/sha256.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::memory {

// `content` is what a version is the hash of, where versions are not unique.
template <typename Item>
Version NextVersion(MemoryContents<Item>& contents, const MemoryOptions& options, const std::string& content) {
  ++contents.writes;
  return options.unique_versions ? "v" + std::to_string(contents.writes) : "h" + Sha256Hex(content).substr(0, 32);
}

template <typename Item>
void PutForeign(MemoryContents<Item>& contents, const MemoryOptions& options, std::string_view key, Item item, const std::string& content) {
  contents.entries[std::string(key)] = {std::move(item), NextVersion(contents, options, content), {}};
}

inline Status NotThere(const MemoryOptions& options, std::string_view key) {
  return {Code::kNotFound, "there is no such entry; list the store to see what it has", options.name + ":" + std::string(key)};
}

template <typename Item>
StatusOr<typename MemoryContents<Item>::Entry> Find(const MemoryContents<Item>& contents, const MemoryOptions& options,
                                                    std::string_view key) {
  const auto found = contents.entries.find(std::string(key));
  if (found == contents.entries.end()) return NotThere(options, key);
  return found->second;
}

// Rights and fences: what every write is checked for, a create too.
template <typename Item>
Status CheckStamp(const MemoryContents<Item>& contents, const MemoryOptions& options, std::string_view key, const WriteStamp& stamp) {
  const std::string resource = options.name + ":" + std::string(key);
  if (!options.writable) return {Code::kPermissionDenied, "the store is read-only", resource};
  if (!options.checks_fences || !stamp.fence) return OkStatus();
  const auto seen = contents.fences.find(stamp.fence->booking);
  if (seen == contents.fences.end() || stamp.fence->number >= seen->second) return OkStatus();
  return {Code::kPreconditionFailed,
          "fence " + std::to_string(stamp.fence->number) + " of booking " + stamp.fence->booking + " is older than " +
              std::to_string(seen->second) + ": somebody else has taken the lease; plan again",
          resource};
}

// The whole precondition of a write to an existing entry.
template <typename Item>
Status CheckWrite(const MemoryContents<Item>& contents, const MemoryOptions& options, std::string_view key, const Version& expected,
                  const WriteStamp& stamp) {
  EVENKEEL_RETURN_IF_ERROR(CheckStamp(contents, options, key, stamp));
  const auto found = contents.entries.find(std::string(key));
  if (found == contents.entries.end()) return NotThere(options, key);
  if (found->second.version == expected) return OkStatus();
  return {Code::kPreconditionFailed,
          "it has version " + found->second.version + ", not " + expected + ": somebody else changed it; plan again",
          options.name + ":" + std::string(key)};
}

template <typename Item>
void RememberFence(MemoryContents<Item>& contents, const MemoryOptions& options, const WriteStamp& stamp) {
  if (options.checks_fences && stamp.fence) contents.fences[stamp.fence->booking] = stamp.fence->number;
}

// The effect, after the checks.
template <typename Item>
const typename MemoryContents<Item>::Entry& Put(MemoryContents<Item>& contents, const MemoryOptions& options, std::string_view key, Item item,
                                                const std::string& content, const WriteStamp& stamp) {
  RememberFence(contents, options, stamp);
  auto& entry = contents.entries[std::string(key)];
  entry = {std::move(item), NextVersion(contents, options, content), options.keeps_operations ? stamp.operation : std::string()};
  return entry;
}

}  // namespace evenkeel::memory
