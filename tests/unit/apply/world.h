// A small fleet in memory with a plan written by hand, for the tests of apply: two page versions of one booking, a record that
// points at the wrong one, an event, a listing, a card; and a second, simpler booking. Every store stands behind a fault
// decorator.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "contract/faults.h"
#include "evenkeel/apply.h"
#include "evenkeel/fleet.h"
#include "evenkeel/json.h"
#include "evenkeel/memory_stores.h"
#include "flat_zones.h"

namespace evenkeel::apply_test {

inline constexpr const char* kSunset = "g/2026-05-30-jonathan-sunset.html";
inline constexpr const char* kAfternoon = "g/2026-05-30-jonathan-afternoon.html";
inline constexpr const char* kAna = "g/2026-06-01-ana.html";
inline constexpr const char* kSunsetBytes =
    "<html><body><h1>Sunset</h1><p>4:30 PM</p><form class=\"waiver-upload\"></form><p>end</p></body></html>\n";
inline constexpr const char* kSunsetAfter =
    "<html><body><h1>Sunset</h1><p>3:30 PM</p><form class=\"waiver-upload\"></form><p>end</p></body></html>\n";
inline constexpr const char* kAfternoonBytes = "<html><body><h1>Afternoon</h1><p>4:30 PM</p></body></html>\n";
inline constexpr const char* kAnaBytes = "<html><body><p>Ana sails at 1:00 PM</p></body></html>\n";
inline constexpr const char* kAnaAfter = "<html><body><p>Ana sails at 2:00 PM</p></body></html>\n";
inline constexpr const char* kRedirect =
    "<!doctype html><html><head><meta http-equiv=\"refresh\" content=\"0; "
    "url=/g/2026-05-30-jonathan-sunset.html\"></head></html>\n";

// What the world outside a process holds. It outlives every machine.
class World {
 public:
  // `repeats`: others can bring a record's version back, as in DynamoDB.
  explicit World(bool redirect = false, bool repeats = false);

  // A process of its own: a fleet over the same contents. `faults` is asked before every store call; the world outlives it.
  Fleet Open(contract::FaultPlan faults = {});

  Plan MakePlanByHand();
  // Everything the stores hold, in one comparable text; versions and our own bookkeeping apart.
  std::string Contents() const;
  // The same of the operator's systems alone.
  std::string Systems() const;
  // The live-page half of law 1: every record points at a page that is there and is no redirect. Empty when it holds.
  std::string MissingPointer() const;
  // Law 1: the record points at a page that is there, is no redirect, and has the waiver that the booking's pages had.
  // Empty when it holds; what is wrong otherwise. The world begins broken (the afternoon page has no waiver).
  std::string BrokenPointer() const;
  // How many effects the stores have seen, by store: law 5 is that a run makes each once.
  std::map<std::string, std::uint64_t> Effects() const;

  FlatZones zones;
  MemoryEnvironment environment{Instant(std::chrono::seconds(1'780'000'000))};
  MemoryObjectStore pages{{.name = "guest-pages"}};
  MemoryRecordStore records;
  MemoryEdgeCache edge;
  MemoryCalendar calendar{{.name = "calendar"}};
  MemoryListing listing{{.name = "boatsetter"}};
  MemoryTaskBoard board{{.name = "kanban"}};
  MemoryStateStore state;

 private:
  Action MakeAction(Verb verb, const std::string& store, const std::string& resource, const std::string& booking, Change change,
                    std::vector<std::string> needs) const;
  BookingPlan PlanForJonathan() const;
  BookingPlan PlanForAna() const;

  bool redirect_;
};

// Gene approves everything.
ApplyOptions Approving();
// The id of the plan's first action with this verb on this resource ("" : any).
std::string IdOf(const Plan& plan, Verb verb, const std::string& resource = "");
const ActionReport& ReportOf(const RunReport& report, const std::string& id);
// "edit_page-…: done" a line.
std::string Outcomes(const RunReport& report);

}  // namespace evenkeel::apply_test
