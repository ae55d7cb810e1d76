#include "observe/document_write.h"

namespace evenkeel {
namespace {

Json WithoutTime(Json value) {
  if (value.is_object()) value.erase("at");
  return value;
}

constexpr const char* kWithdrawnSchema = "evenkeel.withdrawn/1";

}  // namespace

bool IsWithdrawn(const Json& value) { return value.is_object() && value.value("schema", Json()) == kWithdrawnSchema; }

StatusOr<bool> DocumentWrite::Step() {
  constexpr int kAttemptsMax = 8;
  if (look_) {
    look_ = false;
    auto there = state_.GetDocument(kind_, id_);
    if (!there.ok() && there.code() != Code::kNotFound) return there.status();
    if (there.ok() && WithoutTime(there->value) == WithoutTime(value_)) return true;
    // Its run was taken back meanwhile.
    if (there.ok() && IsWithdrawn(there->value) && there->value.value("run", Json()) == value_.value("run", Json())) return true;
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
  if (!has_looked_) {
    auto there = state_.GetDocument(kind_, id_);
    if (!there.ok() && there.code() != Code::kNotFound) return there.status();
    has_looked_ = true;
    there_ = there.ok() ? std::optional(there->version) : std::nullopt;
    if (!there.ok()) return !may_come_;
    if (IsWithdrawn(there->value)) return true;
    foreign_ = WithoutTime(there->value) != WithoutTime(value_);
    return foreign_;
  }
  if (attempts_++ == kAttemptsMax) return Status(Code::kUnavailable, "others keep writing this " + kind_ + "; run resume later", id_);
  const auto put = state_.PutDocument(kind_, id_, {{"schema", kWithdrawnSchema}, {"run", value_.value("run", "")}}, there_);
  has_looked_ = false;
  const bool look_again = put.code() == Code::kPreconditionFailed || put.code() == Code::kAlreadyExists || put.code() == Code::kNotFound || put.code() == Code::kUnknownOutcome;
  if (!put.ok() && !look_again) return put.status();
  return put.ok();
}

Status WriteDocument(StateStore& state, std::string kind, std::string id, Json value) {
  DocumentWrite write(state, std::move(kind), std::move(id), std::move(value));
  for (bool stands = false; !stands;) {
    EVENKEEL_ASSIGN_OR_RETURN(stands, write.Step());
  }
  return OkStatus();
}

}  // namespace evenkeel
