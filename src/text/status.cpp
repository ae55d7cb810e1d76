#include "evenkeel/status.h"

namespace evenkeel {

std::string_view CodeName(Code code) {
  switch (code) {
    case Code::kOk: return "ok";
    case Code::kInvalidArgument: return "invalid_argument";
    case Code::kNotFound: return "not_found";
    case Code::kAlreadyExists: return "already_exists";
    case Code::kPreconditionFailed: return "precondition_failed";
    case Code::kUnavailable: return "unavailable";
    case Code::kUnknownOutcome: return "unknown_outcome";
    case Code::kLimitExceeded: return "limit_exceeded";
    case Code::kPermissionDenied: return "permission_denied";
    case Code::kUnimplemented: return "unimplemented";
    case Code::kInternal: return "internal";
  }
  return "internal";
}

std::string Status::ToString() const {
  if (ok()) return "ok";
  return resource_.empty() ? message_ : resource_ + ": " + message_;
}

}  // namespace evenkeel
