// Resources: what a store holds, how a claim or an action names it, and the tokens that make writes conditional.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evenkeel {

enum class ResourceKind : std::uint8_t { kPage, kRecord, kEvent, kListing, kCard };
std::string_view ResourceKindName(ResourceKind kind);  // "page"

// One thing in one store. A page is (store, key): the same key in two stores is two pages.
struct Resource {
  ResourceKind kind = ResourceKind::kPage;
  std::string store;  // the name the fleet file gives it
  std::string key;    // the store's own key: object key, record key, event UID, listing id, card id

  // "guest-pages:g/2026-05-30-x.html"
  std::string ToString() const { return store + ":" + key; }
  friend auto operator<=>(const Resource&, const Resource&) = default;
};

// A store's own token for one state of one resource. Opaque: compared, never parsed.
using Version = std::string;

// What every write carries. The store keeps `operation` where a later look can find it (record side table, object
// metadata), so that an unknown outcome is resolved by reading. A fence is checked by stores that can.
struct WriteStamp {
  std::string operation;  // derived from the plan and the action; unique for the effect
  struct Fence {
    std::string booking;
    std::uint64_t number = 0;
    friend bool operator==(const Fence&, const Fence&) = default;
  };
  std::optional<Fence> fence;

  friend bool operator==(const WriteStamp&, const WriteStamp&) = default;
};

// What a store promises.
struct StoreTraits {
  bool unique_versions = false;    // a version is never the same again for a later state, even with equal bytes
  bool checks_fences = false;      // refuses a WriteStamp with a lower fence number than it has seen
  bool keeps_operations = false;   // remembers the operation of the last write of each resource
  bool writable = true;
  std::size_t readers = 1;         // of pages: how many threads may read from it at once; 1: it is called from one thread at a time
};

}  // namespace evenkeel
