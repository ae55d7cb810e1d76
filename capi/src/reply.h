// What a callback of the host answers, and the asking.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "evenkeel/json.h"
#include "guard.h"
#include "log.h"
#include "views.h"

struct ek_reply : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kReply;

  ek_reply() : Handle(kTag) {}
  ~ek_reply() { tag.store(evenkeel::capi::Tag::kFreed); }
  ek_reply(const ek_reply&) = delete;
  ek_reply& operator=(const ek_reply&) = delete;

  bool answered = false;
  bool no_memory = false;  // for the copy of an answer: it is as good as none
  evenkeel::Status status;
  std::string json, bytes;
};

namespace evenkeel::capi {

// What a call that was not answered, or not understood, leaves behind.
enum class Effect { kReads, kWrites };

// One opened store of the host.
struct Host {
  std::shared_ptr<void> store;  // what callbacks get; closes it at the end
  std::string name;             // in the fleet file, for messages
  Limits limits;
  Log log;

  void* get() const { return store.get(); }
  std::string Resource(std::string_view key) const { return name + ":" + std::string(key); }
};

// Calls back, and gives the reply where it says that it succeeded. `call` takes an ek_reply*.
Status StatusOf(const Host& host, Effect effect, const std::string& resource, const ek_reply& reply);
// Of an answer that cannot be understood.
Status NotUnderstood(const Host& host, Effect effect, const std::string& resource, const Status& why);

template <typename Call>
Status Ask(const Host& host, Effect effect, const std::string& resource, ek_reply& reply, Call call) {
  const bool returned = GuardValue(false, [&] {
    call(&reply);
    return true;
  });
  if (!returned) reply.answered = false;
  return StatusOf(host, effect, resource, reply);
}

// The JSON of a reply, understood by `understand(const Json&, Status&)`.
template <typename Understand>
auto Understood(const Host& host, Effect effect, const std::string& resource, const ek_reply& reply, Understand understand)
    -> StatusOr<decltype(understand(std::declval<const Json&>(), std::declval<Status&>()))> {
  const StatusOr<Json> json = ParseJson(reply.json, resource, host.limits);
  if (!json.ok()) return NotUnderstood(host, effect, resource, json.status());
  Status status;
  auto value = understand(*json, status);
  if (!status.ok()) return NotUnderstood(host, effect, resource, status);
  return value;
}

// Both at once.
template <typename Call, typename Understand>
auto AskFor(const Host& host, Effect effect, const std::string& resource, Call call, Understand understand)
    -> StatusOr<decltype(understand(std::declval<const Json&>(), std::declval<Status&>()))> {
  ek_reply reply;
  EVENKEEL_RETURN_IF_ERROR(Ask(host, effect, resource, reply, call));
  return Understood(host, effect, resource, reply, understand);
}

inline StoreTraits TraitsOf(std::uint32_t promises) {
  return {.unique_versions = (promises & EK_UNIQUE_VERSIONS) != 0,
          .checks_fences = (promises & EK_CHECKS_FENCES) != 0,
          .keeps_operations = (promises & EK_KEEPS_OPERATIONS) != 0,
          .writable = (promises & EK_READ_ONLY) == 0};
}

inline ek_stamp StampOf(const WriteStamp& stamp) {
  return {sizeof(ek_stamp), ViewOf(stamp.operation), stamp.fence ? ViewOf(stamp.fence->booking) : ek_view{nullptr, 0}, stamp.fence ? stamp.fence->number : 0};
}

}  // namespace evenkeel::capi
