#include "reply.h"

namespace evenkeel::capi {
namespace {

bool IsCode(ek_code code) { return code > EK_OK && code <= EK_INTERNAL; }

// `answer` fills the reply.
template <typename Answer>
ek_code Take(ek_reply* reply, Answer answer) noexcept {
  if (!IsHandle(reply)) return EK_INVALID_ARGUMENT;
  const ek_code code = GuardValue<ek_code>(EK_OUT_OF_MEMORY, [&] { return answer(); });
  reply->no_memory = code == EK_OUT_OF_MEMORY;
  reply->answered = true;
  return code;
}

}  // namespace

Status StatusOf(const Host& host, Effect effect, const std::string& resource, const ek_reply& reply) {
  if (reply.answered && !reply.no_memory) {
    return reply.status.ok() ? OkStatus() : Status(reply.status.code(), reply.status.message(), resource);
  }
  host.log.Warn(resource + (reply.no_memory ? ": memory ran out for the store's answer" : ": the store's callback gave no answer"));
  if (effect == Effect::kReads) return Status(Code::kUnavailable, "the host's store gave no answer; see that its callback answers every reply", resource);
  return Status(Code::kUnknownOutcome, "the host's store gave no answer, so nobody knows whether it wrote", resource);
}

Status NotUnderstood(const Host& host, Effect effect, const std::string& resource, const Status& why) {
  const std::string words = "the host's store gave an answer that cannot be understood: " + why.ToString();
  host.log.Warn(resource + ": " + words);
  return Status(effect == Effect::kReads ? Code::kUnavailable : Code::kUnknownOutcome, words, resource);
}

}  // namespace evenkeel::capi

using namespace evenkeel::capi;

ek_code ek_reply_done(ek_reply* reply) {
  return Take(reply, [&] {
    reply->status = evenkeel::OkStatus();
    return EK_OK;
  });
}

ek_code ek_reply_json(ek_reply* reply, ek_view json) {
  return Take(reply, [&] {
    Taken taken;
    reply->json = taken.Text(json, "json");
    reply->status = taken.status();
    return static_cast<ek_code>(taken.status().code());
  });
}

ek_code ek_reply_bytes(ek_reply* reply, ek_view bytes) {
  return Take(reply, [&] {
    Taken taken;
    reply->bytes = taken.Text(bytes, "bytes");
    reply->status = taken.status();
    return static_cast<ek_code>(taken.status().code());
  });
}

ek_code ek_reply_fail(ek_reply* reply, ek_code code, ek_view message) {
  return Take(reply, [&] {
    Taken taken;
    std::string words = taken.Text(message, "message");
    const bool known = IsCode(code);
    if (!known) words = "failed with the unknown code " + std::to_string(code) + (words.empty() ? "" : ": " + words);
    if (words.empty()) words = std::string("failed: ") + ek_code_name(code);
    reply->status = evenkeel::Status(known ? static_cast<evenkeel::Code>(code) : evenkeel::Code::kUnknownOutcome, std::move(words));
    return known && taken.status().ok() ? EK_OK : EK_INVALID_ARGUMENT;
  });
}
