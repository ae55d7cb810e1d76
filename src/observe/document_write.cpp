#include "observe/document_write.h"

namespace evenkeel {
namespace {

Json WithoutTime(Json value) {
  if (value.is_object()) value.erase("at");
  return value;
}

}  // namespace

StatusOr<bool> DocumentWrite::Step() {
  constexpr int kAttemptsMax = 8;
  if (look_) {
    look_ = false;
    auto there = state_.GetDocument(kind_, id_);
    if (!there.ok() && there.code() != Code::kNotFound) return there.status();
    if (there.ok() && WithoutTime(there->value) == WithoutTime(value_)) return true;
    expected_ = there.ok() ? std::optional<Version>(there->version) : std::nullopt;
    return false;
  }
  if (attempts_++ == kAttemptsMax)
    return Status(Code::kUnavailable, "others keep writing this " + kind_ + "; run resume later", id_);
  auto put = state_.PutDocument(kind_, id_, value_, expected_);
  if (put.ok()) return true;
  if (put.code() != Code::kAlreadyExists && put.code() != Code::kPreconditionFailed && put.code() != Code::kNotFound &&
      put.code() != Code::kUnknownOutcome) {
    return put.status();
  }
  look_ = true;
  return false;
}

StatusOr<bool> DocumentRemoval::Step() {
  constexpr int kAttemptsMax = 8;
  if (!there_) {
    auto there = state_.GetDocument(kind_, id_);
    if (!there.ok()) return there.code() == Code::kNotFound ? StatusOr<bool>(true) : there.status();
    foreign_ = WithoutTime(there->value) != WithoutTime(value_);
    if (foreign_) return true;
    there_ = there->version;
    return false;
  }
  if (attempts_++ == kAttemptsMax) return Status(Code::kUnavailable, "others keep writing this " + kind_ + "; run resume later", id_);
  const Status removed = state_.DeleteDocument(kind_, id_, *there_);
  there_.reset();
  if (removed.ok() || removed.code() == Code::kNotFound) return true;
  if (removed.code() != Code::kPreconditionFailed && removed.code() != Code::kUnknownOutcome) return removed;
  return false;
}

Status WriteDocument(StateStore& state, std::string kind, std::string id, Json value) {
  DocumentWrite write(state, std::move(kind), std::move(id), std::move(value));
  for (bool stands = false; !stands;) {
    EVENKEEL_ASSIGN_OR_RETURN(stands, write.Step());
  }
  return OkStatus();
}

}  // namespace evenkeel
