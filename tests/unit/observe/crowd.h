// A fleet of one page store that watches who calls it, for tests of the reading by several threads.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "evenkeel/evenkeel.h"
#include "evenkeel/memory_stores.h"
#include "memory_state.h"

namespace evenkeel {

// Pages of bookings a day apart; every seventh is gone when it is asked for, every eleventh cannot be read, every thirteenth is listed as too large.
class Crowd final : public ObjectStore {
 public:
  Crowd(std::size_t pages, std::size_t readers) : readers_(readers) {
    for (std::size_t i = 0; i < pages; ++i) {
      const Date day{date::sys_days(date::year(2026) / 1 / 1) + date::days(static_cast<int>(i))};
      const std::string slug = FormatDate(day) + "-guest" + std::to_string(i);
      keys_.push_back("g/" + slug + ".html");
      if (i % 5 == 0) keys_.push_back("g/" + slug + "/photo.jpg");
    }
    std::sort(keys_.begin(), keys_.end());
  }

  StoreTraits Traits() const override { return {.readers = readers_}; }
  StatusOr<ObjectListing> List(std::string_view, std::string_view cursor) override {
    Note();
    ObjectListing listing;
    const std::size_t begin = cursor.empty() ? 0 : std::stoul(std::string(cursor)), end = std::min(begin + 100, keys_.size());
    for (std::size_t i = begin; i < end; ++i) listing.objects.push_back({keys_[i], "v", i % 13 == 5 ? std::uint64_t{1} << 40 : 100, {}, "", "", ""});
    if (end < keys_.size()) listing.cursor = std::to_string(end);
    return listing;
  }
  StatusOr<ObjectInfo> Head(std::string_view) override { return Status(Code::kUnimplemented, "nobody asks"); }
  StatusOr<Object> Get(std::string_view key) override {
    Note();
    const std::size_t i = static_cast<std::size_t>(std::find(keys_.begin(), keys_.end(), key) - keys_.begin());
    if (before_get) before_get(i);
    const std::string day(key.substr(2, 10));
    Object object{{std::string(key), "v", 0, {}, "text/html", "", ""}, "<html><body><h1>" + day + "</h1><p>4:30 PM to 7:30 PM, be there by 4:00 PM</p></body></html>"};
    if (i % 7 == 3) return Status(Code::kNotFound, "gone");
    if (i % 11 == 4) return Status(Code::kUnavailable, "not now");
    return object;
  }
  StatusOr<ObjectInfo> Replace(std::string_view, std::string_view, const Version&, const WriteStamp&) override { return Status(Code::kUnimplemented, "read only"); }
  StatusOr<ObjectInfo> Create(std::string_view, std::string_view, std::string_view, const WriteStamp&) override { return Status(Code::kUnimplemented, "read only"); }
  Status Delete(std::string_view, const Version&, const WriteStamp&) override { return {Code::kUnimplemented, "read only"}; }

  std::function<void(std::size_t)> before_get;  // gets the place in the listing
  std::set<std::thread::id> Callers() const {
    const std::lock_guard lock(mutex_);
    return callers_;
  }

 private:
  void Note() {
    const std::lock_guard lock(mutex_);
    callers_.insert(std::this_thread::get_id());
  }

  const std::size_t readers_;
  std::vector<std::string> keys_;
  mutable std::mutex mutex_;
  std::set<std::thread::id> callers_;
};

struct CrowdFleet {
  CrowdFleet(std::size_t pages, std::size_t readers) {
    AdapterRegistry registry;
    registry.pages["crowd"] = {{}, false, [this, pages, readers](const AdapterContext&, const Json&) -> StatusOr<std::unique_ptr<ObjectStore>> {
                                 auto made = std::make_unique<Crowd>(pages, readers);
                                 store = made.get();
                                 return std::unique_ptr<ObjectStore>(std::move(made));
                               }};
    registry.states["memory"] = MemoryState();
    auto opened = OpenFleetText(R"({"schema": "evenkeel.fleet/1", "zone": "America/Los_Angeles", "state": {"adapter": "memory"},
                                    "pages": [{"name": "guest-pages", "adapter": "crowd", "prefix": "g/", "slug": "{date}-{guest}"}]})",
                                "fleet.json", registry, environment, *zones);
    if (opened.ok()) fleet = *std::move(opened);
    problem = opened.status();
  }

  MemoryEnvironment environment;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  Status problem;
  Crowd* store = nullptr;
  Fleet fleet;
};

}  // namespace evenkeel
