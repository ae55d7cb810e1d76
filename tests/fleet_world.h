// A fleet world of real things: page bytes, rows, events and cards that are read by the pure halves of observe, and a small model of
// apply that carries actions out on them.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "digest/sha256.h"
#include "evenkeel/edit.h"
#include "evenkeel/plan.h"
#include "world.h"

namespace evenkeel {

class FleetWorld {
 public:
  FleetWorld() {
    fleet = World().fleet;
    fleet.records.front().fields = {{"booking", "booking_id"}, {"code", "guest_code"},   {"date", "date"},       {"start", "start_time"},
                                    {"guest", "guest_name"},   {"page", "page_slug"},    {"captain", "captain"}, {"crew", "crew"},
                                    {"guest_count", "guest_count"}, {"status", "status"}, {"updated", "updated_at"}};
    booking = World().booking;
  }

  void Page(const std::string& key, std::string bytes, const std::string& modified = "2026-05-09T00:00:00Z") {
    pages[key] = std::move(bytes);
    ages[key] = *ParseInstant(modified);
  }
  void Record(const std::string& key, Attributes attributes) { records[key] = std::move(attributes); }
  void Event(evenkeel::Event event) { events[event.uid] = std::move(event); }
  void Listing(const std::string& id, Attributes attributes) { listings[id] = std::move(attributes); }
  void Card(evenkeel::Card card) { cards[card.id] = std::move(card); }

  evenkeel::Snapshot Snapshot() const {
    evenkeel::Snapshot snapshot;
    snapshot.taken_at = *ParseInstant("2026-05-21T00:00:00Z");
    snapshot.tz_version = "test";
    for (const auto& [key, bytes] : pages) {
      const ObjectInfo info{key, "v-" + Sha256Hex(bytes).substr(0, 6), bytes.size(), ages.at(key), "text/html", "", ""};
      snapshot.resources.push_back(ObservePage(fleet, fleet.pages.front(), info, bytes, *zones));
    }
    for (const auto& [key, attributes] : records) {
      snapshot.resources.push_back(ObserveRecord(fleet, fleet.records.front(), {key, attributes, "r1", ""}, *zones));
    }
    for (const auto& [uid, event] : events) snapshot.resources.push_back(ObserveEvent(fleet, fleet.calendars.front(), event, *zones));
    for (const auto& [id, attributes] : listings) {
      snapshot.resources.push_back(ObserveListing(fleet, fleet.listings.front(), {id, attributes, "l1"}, *zones));
    }
    for (const auto& [id, card] : cards) snapshot.resources.push_back(ObserveCard(fleet, fleet.boards.front(), card, *zones));
    for (const Observed& observed : snapshot.resources) CountIn(snapshot, observed);
    return snapshot;
  }
  evenkeel::Booking Booking(const evenkeel::Snapshot& snapshot) const {
    evenkeel::Booking whole = booking;
    for (const Observed& observed : snapshot.resources) {
      if (strangers.count(observed.resource.key) == 0) whole.members.push_back(observed.resource);
    }
    return whole;
  }
  std::vector<Decision> Decided(const evenkeel::Snapshot& snapshot) const { return Decide(fleet, snapshot, {Booking(snapshot)}, answers, *zones); }
  Plan Planned(const evenkeel::Snapshot& snapshot) const {
    WorldPages bytes(*this);
    StatusOr<Plan> plan = MakePlan(fleet, snapshot, Decided(snapshot), bytes, *zones);
    assert(plan.ok());
    return *std::move(plan);
  }
  Plan Planned() const { return Planned(Snapshot()); }
  BookingPlan Only() const {
    const Plan plan = Planned();
    return plan.bookings.empty() ? BookingPlan{} : plan.bookings.front();
  }

  // What apply, or a person, would do to the systems.
  void Do(const Action& action) { std::visit([&](const auto& change) { Do(action, change); }, action.change); }

  FleetConfig fleet;
  evenkeel::Booking booking;
  Answers answers;
  std::set<std::string> strangers;  // keys that do not belong to the booking
  bool unique_versions = true;
  std::map<std::string, std::string> pages;
  std::map<std::string, Instant> ages;
  std::map<std::string, Attributes> records;
  std::map<std::string, evenkeel::Event> events;
  std::map<std::string, Attributes> listings;
  std::map<std::string, evenkeel::Card> cards;
  std::set<std::string> backups;
  std::set<std::string> invalidated;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();

 private:
  // The pages as they are by now; what is not as it was read is refused, as by a store.
  class WorldPages final : public PageSource {
   public:
    explicit WorldPages(const FleetWorld& world) : world_(world) {}
    std::vector<StatusOr<std::string>> Read(std::span<const Observed* const> asked) override {
      std::vector<StatusOr<std::string>> found;
      for (const Observed* page : asked) {
        const auto now = world_.pages.find(page->resource.key);
        if (now != world_.pages.end() && Sha256Hex(now->second) == page->page->sha256) {
          found.emplace_back(now->second);
        } else {
          found.emplace_back(Status(Code::kPreconditionFailed, "changed"));
        }
      }
      return found;
    }

   private:
    const FleetWorld& world_;
  };

  void CountIn(evenkeel::Snapshot& snapshot, const Observed& observed) const {
    for (StoreState& store : snapshot.stores) {
      if (store.name == observed.resource.store) return void(++store.count);
    }
    StoreState& store = snapshot.stores.emplace_back();
    store.name = observed.resource.store;
    store.kind = observed.resource.kind;
    store.traits.unique_versions = unique_versions;
    store.count = 1;
  }
  void Do(const Action&, const BackUpPage& change) { backups.insert(change.blob); }
  void Do(const Action& action, const EditPage& change) { pages[action.resource] = *ApplyEdits(pages[action.resource], change.edits); }
  void Do(const Action& action, const SetAttributes& change) {
    for (const auto& [name, value] : change.to) records[action.resource][name] = value;
  }
  void Do(const Action& action, const RetirePage& change) {
    if (change.redirect) {
      pages[action.resource] = change.redirect_bytes;
    } else {
      pages.erase(action.resource);
    }
  }
  void Do(const Action&, const InvalidatePaths& change) { invalidated.insert(change.paths.begin(), change.paths.end()); }
  void Do(const Action& action, const UpdateEvent& change) {
    evenkeel::Event& event = events[action.resource];
    if (change.to.start) event.start = change.to.start;
    if (change.to.end) event.end = change.to.end;
    if (change.to.summary) event.summary = *change.to.summary;
    if (change.to.description) event.description = *change.to.description;
    if (change.to.status) event.status = *change.to.status;
  }
  void Do(const Action& action, const ManualTask& change) {
    if (action.store != kListings) return;
    for (const auto& [name, value] : change.to) listings[action.resource][name] = value;
  }
  void Do(const Action& action, const MoveCard& change) { cards[action.resource].lane = change.to_lane; }
  void Do(const Action&, const LeaveHandoff&) {}
};

// The first action of the verb on the resource ("": any); nullptr: there is none.
inline const Action* Find(const BookingPlan& plan, Verb verb, const std::string& resource = "") {
  for (const Action& action : plan.actions) {
    if (action.verb == verb && (resource.empty() || action.resource == resource)) return &action;
  }
  return nullptr;
}
inline std::vector<std::string> Verbs(const BookingPlan& plan) {
  std::vector<std::string> verbs;
  for (const Action& action : plan.actions) verbs.emplace_back(VerbName(action.verb));
  return verbs;
}

// The incident of the example fleet, as rows and bytes.
inline FleetWorld IncidentWorld(const std::string& sunset, const std::string& afternoon) {
  FleetWorld world;
  world.fleet.policy.protect = {"photo-upload", "csrf-token", "multipart-upload", "content-type-check", "spam-guard", "instagram-pull"};
  world.Page("g/2026-05-30-jonathan-sunset.html", sunset, "2026-05-09T00:00:00Z");
  world.Page("g/2026-05-30-jonathan-afternoon.html", afternoon, "2026-05-20T00:00:00Z");
  world.Record("S2FJLN", {{"guest_code", "S2FJLN"},
                          {"booking_id", "xhqgmdh"},
                          {"date", "2026-05-30"},
                          {"start_time", "15:30"},
                          {"guest_name", "Jonathan"},
                          {"page_slug", "2026-05-30-jonathan-afternoon"},
                          {"status", "confirmed"},
                          {"updated_at", "2026-05-20T17:42:10Z"}});
  Event event;
  event.uid = "jonathan@example";
  event.version = "e1";
  event.summary = "Jonathan sunset sail";
  event.status = "CONFIRMED";
  event.zone = "America/Los_Angeles";
  event.start = LocalDateTime{ParseDate("2026-05-30"), 16 * 60 + 30};
  event.end = LocalDateTime{ParseDate("2026-05-30"), 19 * 60 + 30};
  world.Event(event);
  world.Listing("jonathan-crew-booking", {{"id", "jonathan-crew-booking"}, {"date", "2026-05-30"}, {"start", "16:30"}, {"end", "19:30"}, {"title", "Jonathan: sunset sail"}});
  world.Card({"xhqgmdh", "needs-you", "move to 3:30", "xhqgmdh", "2026-05-30-jonathan-sunset", "c1"});
  return world;
}

// Short pages, enough for the planner: the kept one with a feature and an old time, the other without.
inline constexpr const char* kFullPage =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Jonathan</title></head>\n<body>\n<h1>Sunset sail</h1>\n"
    "<p>Saturday, May 30, 2026, 4:30 PM \xE2\x80\x93 7:30 PM</p>\n<p>Please arrive at 4:00 PM.</p>\n"
    "<form method=\"post\" enctype=\"multipart/form-data\"><input type=\"file\" name=\"photos\" multiple></form>\n</body></html>\n";
inline constexpr const char* kBarePage =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Jonathan</title></head>\n<body>\n<h1>Afternoon sail</h1>\n"
    "<p>Saturday, May 30, 2026, 4:30 PM \xE2\x80\x93 7:30 PM</p>\n</body></html>\n";

}  // namespace evenkeel
