#include "apply/lease_book.h"

#include <algorithm>

namespace evenkeel {
namespace {

std::string Text(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

void LeaseBook::Take(const JournalEntry& line) {
  const Json& body = line.body;
  if (line.kind == entry::kStopped && body.contains("gives_back")) {
    for (const auto& [booking, fence] : body["gives_back"].items()) {
      if (fence.is_number_unsigned()) bookings_[booking].given_back = fence.get<std::uint64_t>();
    }
  } else if (line.kind == entry::kLease) {
    Of& lease = bookings_[Text(body, "booking")];
    lease.waits = Text(body, "waits");
    if (!body.contains("fence") || !body["fence"].is_number_unsigned()) return;
    const auto fence = body["fence"].get<std::uint64_t>();
    lease.processes = fence == lease.fence ? lease.processes + 1 : 1;
    lease.fence = fence;
  } else if (line.kind == entry::kFenced) {
    for (const Json& page : body.value("cannot_be_fenced", Json::array())) cannot_be_fenced_.insert(page.is_string() ? page.get<std::string>() : "");
    for (const Json& page : body.value("pages", Json::array())) rewritten_[{Text(page, "store"), Text(page, "resource"), Text(page, "from")}] = Text(page, "to");
  }
}

const LeaseBook::Of& LeaseBook::Find(const std::string& booking) const {
  static const Of kNone;
  const auto found = bookings_.find(booking);
  return found == bookings_.end() ? kNone : found->second;
}

Version LeaseBook::Current(const Action& action, Version version) const {
  // Versions are unique where pages are rewritten, so this ends.
  for (auto next = rewritten_.find({action.store, action.resource, version}); next != rewritten_.end();
       next = rewritten_.find({action.store, action.resource, version})) {
    version = next->second;
  }
  return version;
}

bool LeaseBook::Knows(const LeaseNews& news) const {
  switch (news.kind) {
    case LeaseNews::Kind::kHeld:
      return false;
    case LeaseNews::Kind::kRefused:
      return Find(news.booking).waits == news.why;
    case LeaseNews::Kind::kFenced:
      return !news.rewritten.empty() && std::all_of(news.rewritten.begin(), news.rewritten.end(), [this](const Fencing::Rewritten& one) {
        return rewritten_.count({one.page.store, one.page.key, one.from}) > 0;
      });
  }
  return false;
}

Json LeaseBook::LineOf(const LeaseNews& news) {
  Json body = {{"booking", news.booking}};
  if (news.kind == LeaseNews::Kind::kRefused) {
    body["waits"] = news.why;
    return body;
  }
  body["fence"] = news.fence;
  for (const Fencing::Rewritten& one : news.rewritten) {
    body["pages"].push_back({{"store", one.page.store}, {"resource", one.page.key}, {"from", one.from}, {"to", one.to}});
  }
  for (const Resource& page : news.unfenced) body["cannot_be_fenced"].push_back(page.ToString());
  return body;
}

}  // namespace evenkeel
