// Handles: what stands behind the opaque types of evenkeel.h. The first word of each says of which type it is and that it still lives.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "evenkeel.h"
#include "evenkeel/status.h"

namespace evenkeel::capi {

// Words that do not turn up in memory by themselves.
enum class Tag : std::uint64_t {
  kFreed = 0xE7E11EE1F4EED000,
  kError,
  kResult,
  kReading,
  kEdits,
  kFleet,
  kStores,
  kPlan,
  kRun,
  kReply,
};
// "plan"; empty: no tag of ours. Static.
const char* TagName(Tag tag);

struct Handle {
  constexpr explicit Handle(Tag of) : tag(of) {}

  std::atomic<Tag> tag;
};

// kInvalidArgument: NULL, another type, or freed already, as far as the memory still shows it.
Status CheckHandle(const void* handle, Tag wanted);

// T has a `static constexpr Tag kTag` and begins with a Handle.
template <typename T>
Status CheckHandle(const T* handle) {
  return CheckHandle(static_cast<const void*>(handle), T::kTag);
}
template <typename T>
bool IsHandle(const T* handle) {
  return handle != nullptr && handle->tag.load() == T::kTag;
}

// Of two that free the same handle one does it. A handle of another type is left alone: rather a leak than somebody else's memory.
template <typename T>
void FreeHandle(T* handle) noexcept {
  if (handle == nullptr) return;
  Tag expected = T::kTag;
  if (handle->tag.compare_exchange_strong(expected, Tag::kFreed)) delete handle;
}

}  // namespace evenkeel::capi
