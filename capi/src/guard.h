// The one way out of the library: every function of the C API that can fail goes through Guard, so that nothing is thrown across it.
#pragma once

#include <memory>
#include <new>
#include <utility>

#include "evenkeel/status.h"
#include "handle.h"

namespace evenkeel::capi {

// NULL when ok. Never throws: where memory runs out the error is the constant one.
ek_error* ErrorOf(const Status& status) noexcept;
ek_error* OutOfMemory() noexcept;
// Of the exception in flight.
ek_error* ErrorOfException() noexcept;

// `work` gives a Status.
template <typename Work>
ek_error* Guard(Work work) noexcept {
  try {
    return ErrorOf(work());
  } catch (...) {
    return ErrorOfException();
  }
}

// For getters and answers: `otherwise` where anything is thrown.
template <typename Value, typename Work>
Value GuardValue(Value otherwise, Work work) noexcept {
  try {
    return work();
  } catch (...) {
    return otherwise;
  }
}

// `make` gives StatusOr<std::unique_ptr<T>>; the handle goes to the caller through `out`.
template <typename T, typename Make>
ek_error* Give(T** out, Make make) noexcept {
  if (out != nullptr) *out = nullptr;
  return Guard([&]() -> Status {
    if (out == nullptr) return Status(Code::kInvalidArgument, "the place for the answer is NULL; pass the address of a pointer");
    StatusOr<std::unique_ptr<T>> made = make();
    if (!made.ok()) return made.status();
    *out = (*made).release();
    return OkStatus();
  });
}

}  // namespace evenkeel::capi
