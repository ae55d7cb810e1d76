// Scenario: a small fleet, what is wrong in it, and what everything must be in the end, written by hand: the planner makes the plan, the
// executor carries it out, and neither is asked what is right.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "evenkeel/apply.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::simulation {

// All that the stores hold. The reference stores stand in it, so they are what the contract suites say.
struct World {
  explicit World(bool unique_versions);

  MemoryEnvironment environment;
  MemoryObjectStore pages;
  MemoryRecordStore records;
  MemoryEdgeCache edge;
  MemoryCalendar calendar;
  MemoryListing listing;
  MemoryTaskBoard board;
  MemoryStateStore state;

  // Another number after whatever has changed an operator's system.
  std::uint64_t Changes() const;
};

// One thing that has to be done: what a system holds before and after, as a text (empty: nothing is there).
struct Duty {
  std::string name;      // for people, and for `needs`
  Verb verb = Verb::kBackUpPage;
  std::string resource;  // "pages:g/x.html": what versions and foreign writes are about
  std::string part;      // of a record: the attribute
  std::string first;
  std::string planned;
  std::vector<std::string> needs;   // duties that must be done before
  std::vector<std::string> guards;  // resources that others may change so that it must not be done any more
  std::vector<std::string> back_guards = {};  // … so that it must not be taken back
};

// What somebody else, or a clock, may do at any moment.
struct ForeignEdit {
  std::string name;
  std::string resource;  // that it touches
  std::function<void(World&)> act;
  std::string booking = {};  // whose lease it takes

  // Nothing of an operator's: a lease, or the clock. No law yields to it.
  bool IsOfOurOwn() const { return resource.starts_with("documents:") || resource.starts_with("clock:"); }
};

enum class Size : std::uint8_t { kSmall, kWhole };

struct Scenario {
  Scenario(Size size, bool redirect);

  std::unique_ptr<World> MakeWorld() const;
  const Duty* FindDuty(Verb verb, std::string_view resource) const;

  Size size;
  bool redirect;
  FleetConfig config;
  std::unique_ptr<ZoneSource> zones;
  std::vector<Duty> duties;
  std::vector<ForeignEdit> edits;
  std::size_t own_edits = 0;  // the first so many are not IsOfOurOwn
};

// What stands there now, in the words of Duty::first.
std::string Holds(const World& world, const Duty& duty);

inline constexpr const char* kKept = "g/2026-05-30-jonathan-sunset.html";
inline constexpr const char* kOther = "g/2026-05-30-jonathan-afternoon.html";
inline constexpr const char* kAna = "g/2026-06-01-ana.html";

}  // namespace evenkeel::simulation
