// Memory does not grow with the bytes of a fleet's pages, only with what they say.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <new>

#include "evenkeel/evenkeel.h"
#include "evenkeel/memory_stores.h"
#include "memory_state.h"

namespace {

std::atomic<long> g_live{0}, g_most{0};

void* TryAllocate(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) return nullptr;
  const long live = g_live += static_cast<long>(malloc_usable_size(memory));
  for (long most = g_most; live > most && !g_most.compare_exchange_weak(most, live);) {
  }
  return memory;
}

void* Allocate(std::size_t size) {
  void* memory = TryAllocate(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void Free(void* memory) {
  if (memory != nullptr) g_live -= static_cast<long>(malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return Allocate(size); }
void* operator new[](std::size_t size) { return Allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return TryAllocate(size); }  // std::stable_sort
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return TryAllocate(size); }
void operator delete(void* memory) noexcept { Free(memory); }
void operator delete[](void* memory) noexcept { Free(memory); }
void operator delete(void* memory, std::size_t) noexcept { Free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { Free(memory); }

namespace evenkeel {
namespace {

constexpr std::size_t kPages = 600;

std::string SlugOf(std::size_t i) { return FormatDate(Date{date::sys_days(date::year(2026) / 1 / 1) + date::days(static_cast<int>(i))}) + "-guest"; }

// Pages that are made when they are asked for: one sailing each, in so many bytes.
class Printed final : public ObjectStore {
 public:
  Printed(std::size_t bytes, std::size_t readers) : bytes_(bytes), readers_(readers) {}

  StoreTraits Traits() const override { return {.unique_versions = true, .readers = readers_}; }
  StatusOr<ObjectListing> List(std::string_view, std::string_view) override {
    ObjectListing listing;
    for (std::size_t i = 0; i < kPages; ++i) listing.objects.push_back(InfoOf("g/" + SlugOf(i) + ".html"));
    return listing;
  }
  StatusOr<ObjectInfo> Head(std::string_view key) override { return InfoOf(std::string(key)); }
  StatusOr<Object> Get(std::string_view key) override {
    ++gets;
    std::string bytes = "<html><body><h1>" + std::string(key.substr(2, 10)) + "</h1><p>4:30 PM to 7:30 PM</p>\n";
    bytes.resize(bytes_, '\n');
    return Object{InfoOf(std::string(key)), std::move(bytes)};
  }
  StatusOr<ObjectInfo> Replace(std::string_view, std::string_view, const Version&, const WriteStamp&) override { return Status(Code::kUnimplemented, "read only"); }
  StatusOr<ObjectInfo> Create(std::string_view, std::string_view, std::string_view, const WriteStamp&) override { return Status(Code::kUnimplemented, "read only"); }
  Status Delete(std::string_view, const Version&, const WriteStamp&) override { return {Code::kUnimplemented, "read only"}; }

  std::atomic<std::size_t> gets{0};

 private:
  ObjectInfo InfoOf(std::string key) const { return {std::move(key), "v", bytes_, {}, "text/html", "", ""}; }

  const std::size_t bytes_, readers_;
};

// A record for each page; all say an hour earlier than the pages.
class Printing {
 public:
  Printing(std::size_t bytes, std::size_t readers) {
    AdapterRegistry registry;
    registry.pages["printed"] = {{}, false, [this, bytes, readers](const AdapterContext&, const Json&) -> StatusOr<std::unique_ptr<ObjectStore>> {
                                   auto made = std::make_unique<Printed>(bytes, readers);
                                   store = made.get();
                                   return std::unique_ptr<ObjectStore>(std::move(made));
                                 }};
    registry.records["memory"] = {{}, false, [](const AdapterContext&, const Json&) -> StatusOr<std::unique_ptr<RecordStore>> {
                                    auto made = std::make_unique<MemoryRecordStore>();
                                    for (std::size_t i = 0; i < kPages; ++i) {
                                      const std::string slug = SlugOf(i);
                                      made->PutForeign("c" + std::to_string(i), {{"date", slug.substr(0, 10)}, {"start_time", "15:30"}, {"page_slug", slug}});
                                    }
                                    return std::unique_ptr<RecordStore>(std::move(made));
                                  }};
    registry.states["memory"] = MemoryState();
    auto opened = OpenFleetText(R"({"schema": "evenkeel.fleet/1", "zone": "America/Los_Angeles", "state": {"adapter": "memory"},
                                    "pages": [{"name": "guest-pages", "adapter": "printed", "prefix": "g/", "slug": "{date}-{guest}"}],
                                    "records": [{"name": "dispatch", "adapter": "memory", "pages": "guest-pages",
                                                 "fields": {"date": "date", "start": "start_time", "page": "page_slug"}}],
                                    "policy": {"authority": {"*": ["dispatch"]}}})",
                                "fleet.json", registry, environment, *zones);
    EXPECT_TRUE(opened.ok()) << opened.status().ToString();
    if (opened.ok()) fleet = *std::move(opened);
  }

  MemoryEnvironment environment;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  Printed* store = nullptr;
  Fleet fleet;
};

// The most that was in memory at once while `look` looked, above what was there before.
template <typename Look>
long MostDuring(std::size_t page_bytes, std::size_t readers, Look look) {
  Printing world(page_bytes, readers);
  const long before = g_live;
  g_most = before;
  look(world);
  return g_most - before;
}

std::size_t EditsOf(const Plan& plan) {
  std::size_t edits = 0;
  for (const BookingPlan& booking : plan.bookings) {
    edits += static_cast<std::size_t>(std::count_if(booking.actions.begin(), booking.actions.end(), [](const Action& action) { return action.verb == Verb::kEditPage; }));
  }
  return edits;
}

// Prints both figures: the README has them.
void ExpectLittleMore(const std::string& what, long small, long large, long share_most) {
  std::cout << what << ": " << kPages << " pages of 2,000 bytes take " << small / 1000 << " KB at most, of 22,000 bytes " << large / 1000 << " KB\n";
  EXPECT_LT(large - small, share_most) << what;
}

constexpr std::size_t kSmall = 2000, kLarge = 22000;
// Of all that the large pages have more; kept whole they would take it all.
constexpr long kShare = 5;
constexpr long kMore = static_cast<long>(kPages * (kLarge - kSmall));

TEST(Memory, OfAnAuditDoesNotGrowWithThePagesBytes) {
  for (const std::size_t readers : {1, 4}) {
    const auto look = [](Printing& world) {
      const auto audit = AuditFleet(world.fleet, {});
      ASSERT_TRUE(audit.ok());
      EXPECT_EQ(audit->decisions.size(), kPages);
      EXPECT_EQ(world.store->gets, kPages) << "an audit asks for each page once";
    };
    const long small = MostDuring(kSmall, readers, look), large = MostDuring(kLarge, readers, look);
    ExpectLittleMore("audit, " + std::to_string(readers) + (readers == 1 ? " reader" : " readers"), small, large, kMore / kShare);
  }
}

TEST(Memory, OfAPlanThatEditsEveryPageDoesNotEither) {
  const auto look = [](Printing& world) {
    const auto plan = PlanFleet(world.fleet, {});
    ASSERT_TRUE(plan.ok()) << plan.status().ToString();
    EXPECT_EQ(EditsOf(*plan), kPages);
    EXPECT_EQ(world.store->gets, 2 * kPages) << "once to be read, once to be edited";
  };
  const long small = MostDuring(kSmall, 4, look), large = MostDuring(kLarge, 4, look);
  ExpectLittleMore("plan that edits all", small, large, kMore / kShare);
}

}  // namespace
}  // namespace evenkeel
