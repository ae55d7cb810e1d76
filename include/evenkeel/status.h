// Status and StatusOr: how every call of the library says that it failed.
//
// A code names the caller's next move; a message names the resource and the next step in words. Nothing in the library
// throws; third-party exceptions stop at the one file that includes that library.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace evenkeel {

// What went wrong, by what the caller should do next.
enum class Code : std::uint8_t {
  kOk,
  kInvalidArgument,     // correct the input and call again
  kNotFound,            // the resource does not exist
  kAlreadyExists,       // a create lost to an existing resource
  kPreconditionFailed,  // somebody else changed the resource: read and plan again
  kUnavailable,         // nothing was done; retry later
  kUnknownOutcome,      // the effect may or may not have happened: look before repeating it
  kLimitExceeded,       // the input is larger than limits.h allows; the message names the limit
  kPermissionDenied,    // change the rights, or ask somebody who has them
  kUnimplemented,       // this adapter cannot do that, by design
  kInternal,            // a bug in this library; please report it
};

// The code's name as it stands in JSON and in messages, e.g. "precondition_failed". Static storage.
std::string_view CodeName(Code code);

// The outcome of a call that returns nothing else. Cheap to copy when ok. Thread-compatible.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Code code, std::string message, std::string resource = {})
      : code_(code), message_(std::move(message)), resource_(std::move(resource)) {}

  bool ok() const { return code_ == Code::kOk; }
  Code code() const { return code_; }
  // What happened and what to do next, one line, no trailing full stop needed. Empty when ok.
  const std::string& message() const { return message_; }
  // The thing it happened to ("fleet.json", "guest-pages:g/x.html"); may be empty.
  const std::string& resource() const { return resource_; }
  // "RESOURCE: MESSAGE", or "ok".
  std::string ToString() const;

  friend bool operator==(const Status&, const Status&) = default;

 private:
  Code code_ = Code::kOk;
  std::string message_;
  std::string resource_;
};

inline Status OkStatus() { return {}; }

// A value or the reason there is none. value() requires ok().
template <typename T>
class [[nodiscard]] StatusOr {
 public:
  StatusOr(Status status) : status_(std::move(status)) { assert(!status_.ok()); }  // NOLINT(google-explicit-constructor)
  StatusOr(T value) : value_(std::move(value)) {}                                 // NOLINT(google-explicit-constructor)

  bool ok() const { return value_.has_value(); }
  const Status& status() const { return status_; }
  Code code() const { return status_.code(); }

  const T& value() const& { return assert(ok()), *value_; }
  T& value() & { return assert(ok()), *value_; }
  T&& value() && { return assert(ok()), *std::move(value_); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  Status status_;
  std::optional<T> value_;
};

}  // namespace evenkeel

// Return early from a function that returns Status or StatusOr.
#define EVENKEEL_RETURN_IF_ERROR(expression)                              \
  do {                                                                    \
    if (::evenkeel::Status evenkeel_status_ = (expression); !evenkeel_status_.ok()) return evenkeel_status_; \
  } while (false)

#define EVENKEEL_CONCAT_INNER_(a, b) a##b
#define EVENKEEL_CONCAT_(a, b) EVENKEEL_CONCAT_INNER_(a, b)
// EVENKEEL_ASSIGN_OR_RETURN(auto page, store.Get(key));
#define EVENKEEL_ASSIGN_OR_RETURN(lhs, expression)                                              \
  auto EVENKEEL_CONCAT_(evenkeel_or_, __LINE__) = (expression);                                 \
  if (!EVENKEEL_CONCAT_(evenkeel_or_, __LINE__).ok()) return EVENKEEL_CONCAT_(evenkeel_or_, __LINE__).status(); \
  lhs = *std::move(EVENKEEL_CONCAT_(evenkeel_or_, __LINE__))
