// Errors and handles.
#include <exception>
#include <string>

#include "evenkeel/documents.h"
#include "evenkeel/exit_code.h"
#include "evenkeel/json.h"
#include "guard.h"
#include "views.h"

namespace evenkeel::capi {
namespace {

constexpr const char* kNoMemory = "memory ran out; free some and call again";

const char* NameOf(ek_code code) {
  switch (code) {
    case EK_OK: return "ok";
    case EK_INVALID_ARGUMENT: return "invalid_argument";
    case EK_NOT_FOUND: return "not_found";
    case EK_ALREADY_EXISTS: return "already_exists";
    case EK_PRECONDITION_FAILED: return "precondition_failed";
    case EK_UNAVAILABLE: return "unavailable";
    case EK_UNKNOWN_OUTCOME: return "unknown_outcome";
    case EK_LIMIT_EXCEEDED: return "limit_exceeded";
    case EK_PERMISSION_DENIED: return "permission_denied";
    case EK_UNIMPLEMENTED: return "unimplemented";
    case EK_INTERNAL: return "internal";
    case EK_OUT_OF_MEMORY: return "out_of_memory";
    default: return "";
  }
}

const char* NextOf(ek_code code) {
  switch (code) {
    case EK_INVALID_ARGUMENT: return "correct the input and call again";
    case EK_NOT_FOUND: return "check the name";
    case EK_ALREADY_EXISTS: return "look at what is there already";
    case EK_PRECONDITION_FAILED: return "somebody else changed it: read and plan again";
    case EK_UNAVAILABLE: return "nothing was done; retry later";
    case EK_UNKNOWN_OUTCOME: return "look whether it was done before you repeat it";
    case EK_LIMIT_EXCEEDED: return "pass a smaller input, or raise the limit in the fleet file";
    case EK_PERMISSION_DENIED: return "change the rights, or ask somebody who has them";
    case EK_UNIMPLEMENTED: return "this store cannot do that; use another way";
    case EK_INTERNAL: return "please report this as a bug of Evenkeel";
    case EK_OUT_OF_MEMORY: return "free memory and call again; a run goes on with ek_resume";
    default: return "";
  }
}

struct Details {
  Status status;
  std::string json;
};

}  // namespace
}  // namespace evenkeel::capi

struct ek_error : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kError;

  constexpr explicit ek_error(const evenkeel::capi::Details* of) : Handle(kTag), details(of) {}

  const evenkeel::capi::Details* details;  // nullptr: memory ran out
};

namespace evenkeel::capi {
namespace {

// Stands ready for when there is no memory for an error. It is never changed and never freed.
constinit ek_error no_memory(nullptr);

// Codes of Status and of the C API are the same numbers.
static_assert(static_cast<ek_code>(Code::kInvalidArgument) == EK_INVALID_ARGUMENT && static_cast<ek_code>(Code::kUnavailable) == EK_UNAVAILABLE &&
              static_cast<ek_code>(Code::kPermissionDenied) == EK_PERMISSION_DENIED && static_cast<ek_code>(Code::kInternal) == EK_INTERNAL);

}  // namespace

const char* TagName(Tag tag) {
  switch (tag) {
    case Tag::kFreed: return "freed handle";
    case Tag::kError: return "error";
    case Tag::kResult: return "result";
    case Tag::kReading: return "reading";
    case Tag::kEdits: return "edits";
    case Tag::kFleet: return "fleet";
    case Tag::kStores: return "stores";
    case Tag::kPlan: return "plan";
    case Tag::kRun: return "run";
    case Tag::kReply: return "reply";
  }
  return "";
}

Status CheckHandle(const void* handle, Tag wanted) {
  const std::string name = TagName(wanted);
  if (handle == nullptr) return Status(Code::kInvalidArgument, "the " + name + " is NULL; pass one that was made and not freed", name);
  const Tag found = static_cast<const Handle*>(handle)->tag.load();
  if (found == wanted) return OkStatus();
  if (found == Tag::kFreed) return Status(Code::kInvalidArgument, "the " + name + " was freed already", name);
  const std::string other = TagName(found);
  return Status(Code::kInvalidArgument, "a " + name + " is wanted here, and this is " + (other.empty() ? "no handle of Evenkeel" : "a handle of another type: " + other), name);
}

ek_error* OutOfMemory() noexcept { return &no_memory; }

ek_error* ErrorOf(const Status& status) noexcept {
  if (status.ok()) return nullptr;
  try {
    auto details = std::make_unique<Details>();
    details->status = status;
    details->json = DumpJson(ErrorDocument(std::string(CodeName(status.code())), status.message(), status.resource(),
                                           NextOf(static_cast<ek_code>(status.code())), exit_code::kError));
    auto error = std::make_unique<ek_error>(details.get());
    static_cast<void>(details.release());  // it belongs to the error
    return error.release();
  } catch (...) {
    return OutOfMemory();
  }
}

ek_error* ErrorOfException() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  } catch (const std::exception& exception) {
    return GuardValue(OutOfMemory(), [&] { return ErrorOf(Status(Code::kInternal, std::string("an exception came through: ") + exception.what())); });
  } catch (...) {
    return GuardValue(OutOfMemory(), [] { return ErrorOf(Status(Code::kInternal, "an exception of an unknown type came through")); });
  }
}

}  // namespace evenkeel::capi

using namespace evenkeel::capi;

const char* ek_version(void) { return EVENKEEL_VERSION; }

const char* ek_code_name(ek_code code) { return NameOf(code); }

ek_code ek_error_code(const ek_error* error) {
  if (error == nullptr) return EK_OK;
  if (!IsHandle(error)) return EK_INVALID_ARGUMENT;
  return error->details == nullptr ? EK_OUT_OF_MEMORY : static_cast<ek_code>(error->details->status.code());
}

ek_view ek_error_message(const ek_error* error) {
  if (!IsHandle(error)) return ek_text(nullptr);
  return error->details == nullptr ? ek_text(kNoMemory) : ViewOf(error->details->status.message());
}

ek_view ek_error_resource(const ek_error* error) {
  return IsHandle(error) && error->details != nullptr ? ViewOf(error->details->status.resource()) : ek_text(nullptr);
}

ek_view ek_error_next(const ek_error* error) { return IsHandle(error) ? ek_text(NextOf(ek_error_code(error))) : ek_text(nullptr); }

ek_view ek_error_json(const ek_error* error) {
  if (!IsHandle(error)) return ek_text(nullptr);
  if (error->details != nullptr) return ViewOf(error->details->json);
  return ek_text("{\"code\":\"out_of_memory\",\"exit\":1,\"message\":\"memory ran out; free some and call again\","
                 "\"next\":\"free memory and call again; a run goes on with ek_resume\",\"resource\":null,\"schema\":\"evenkeel.error/1\"}");
}

void ek_error_free(ek_error* error) {
  if (!IsHandle(error) || error->details == nullptr) return;
  const Details* details = error->details;
  FreeHandle(error);
  delete details;
}
