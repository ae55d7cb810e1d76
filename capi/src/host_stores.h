// Stores that the host implements: each turns an interface of the library into calls of a table.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "evenkeel/fleet.h"
#include "reply.h"

namespace evenkeel::capi {

std::unique_ptr<ObjectStore> MakeHostStore(Host host, const ek_object_store& table);
std::unique_ptr<RecordStore> MakeHostStore(Host host, const ek_record_store& table);
std::unique_ptr<EdgeCache> MakeHostStore(Host host, const ek_edge_cache& table);
std::unique_ptr<Calendar> MakeHostStore(Host host, const ek_calendar& table);
std::unique_ptr<Listing> MakeHostStore(Host host, const ek_listing& table);
std::unique_ptr<TaskBoard> MakeHostStore(Host host, const ek_task_board& table);
std::unique_ptr<StateStore> MakeHostStore(Host host, const ek_state_store& table);

// Views of texts; they borrow.
inline std::vector<ek_view> ViewsOf(std::span<const std::string> texts) {
  std::vector<ek_view> views;
  for (const std::string& text : texts) views.push_back(ViewOf(text));
  return views;
}

// Asks for all keys at once: `call` takes the views and the replies, `answer` turns the reply of a key into StatusOr<Item>.
template <typename Item, typename Call, typename Answer>
std::vector<StatusOr<Item>> AskForMany(std::span<const std::string> keys, Call call, Answer answer) {
  const std::vector<ek_view> views = ViewsOf(keys);
  const auto replies = std::make_unique<ek_reply[]>(keys.size());
  std::vector<ek_reply*> pointers;
  for (std::size_t i = 0; i < keys.size(); ++i) pointers.push_back(&replies[i]);
  const bool returned = GuardValue(false, [&] {
    call(ek_views{views.data(), views.size()}, pointers.data());
    return true;
  });
  std::vector<StatusOr<Item>> items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!returned) replies[i].answered = false;
    items.push_back(answer(keys[i], replies[i]));
  }
  return items;
}

}  // namespace evenkeel::capi
