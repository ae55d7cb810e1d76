// ObjectStore: pages as bytes under keys (a directory, an S3 bucket).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/resource.h"
#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

struct ObjectInfo {
  std::string key;
  Version version;
  std::uint64_t bytes = 0;
  std::optional<Instant> modified;
  std::string content_type;   // empty: unknown
  std::string cache_control;
  std::string operation;      // of the last write of ours, when the store keeps it and nobody wrote since; List may leave it out
  // Where the store itself leads a guest who asks for the page (S3's website redirect); empty: it shows the bytes. List leaves it out.
  std::string redirect_to{};
  // The store's own name for exactly this state, by which it can be had when it is no longer the newest (an S3 version id); empty: it keeps no
  // former states. List leaves it out.
  std::string kept_as{};
};
struct Object {
  ObjectInfo info;
  std::string bytes;
};
struct ObjectListing {
  std::vector<ObjectInfo> objects;  // by key
  bool complete = true;             // false: something could not be listed; absence proves nothing
  std::string why_incomplete;
  std::string cursor;               // not empty: ask again with it
};

// Law for implementers: a conditional write either finds its condition true at the moment of the effect, or has no effect and
// returns kPreconditionFailed. A write that returned kOk is durable. A lost reply is kUnknownOutcome, never a guess. Writes are
// never repeated inside the adapter. Several processes may use one store at once. One handle is called from one thread at a time, unless
// Traits().readers is more than 1: List, Get and Traits are then called from threads of the library's own, so many at once, and one more lists.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  virtual StoreTraits Traits() const = 0;
  // One page of the keys that begin with `prefix`, in key order.
  virtual StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) = 0;
  // kNotFound when there is none.
  virtual StatusOr<ObjectInfo> Head(std::string_view key) = 0;
  virtual StatusOr<Object> Get(std::string_view key) = 0;
  // Answers stand in the order of `keys`. The default calls Get; adapters with a network overlap the requests.
  virtual std::vector<StatusOr<Object>> GetMany(std::span<const std::string> keys);
  // Replaces the object if it still has version `expected`; content type and cache control are kept. Returns the new state.
  virtual StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) = 0;
  // kAlreadyExists when the key is taken.
  virtual StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view content_type, const WriteStamp& stamp) = 0;
  // kNotFound when it is gone already, kPreconditionFailed when it has another version.
  virtual Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) = 0;
};

}  // namespace evenkeel
