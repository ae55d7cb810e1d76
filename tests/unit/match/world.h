// A small world of observed things, said in one line each.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "evenkeel/booking.h"

namespace evenkeel {

struct World {
  FleetConfig fleet;
  Snapshot snapshot;

  World() {
    fleet.zone = "America/Los_Angeles";
    fleet.fields = FieldRegistry::BuiltIn();
    PageStoreConfig pages;
    pages.store.name = "pages";
    pages.prefix = "g/";
    pages.slug = "{date}-{guest}-{label}";
    fleet.pages = {pages};
  }

  static Identifier Id(const std::string& kind, const std::string& value) { return {kind, value, kind == "guest" || kind == "date" ? "slug" : "line 1"}; }

  Observed& Add(ResourceKind kind, const std::string& store, const std::string& key, std::vector<Identifier> identifiers) {
    Observed observed;
    observed.resource = {kind, store, key};
    observed.version = "1";
    observed.identifiers = std::move(identifiers);
    snapshot.resources.push_back(std::move(observed));
    return snapshot.resources.back();
  }
  // The page g/SLUG.html, with what the slug says.
  Observed& Page(const std::string& slug, std::vector<Identifier> identifiers = {}) {
    for (const auto& [part, value] : PartsOfSlug(fleet.pages[0], slug)) {
      if (part != "label") identifiers.push_back(Id(part, value));
    }
    Observed& page = Add(ResourceKind::kPage, "pages", "g/" + slug + ".html", std::move(identifiers));
    auto content = std::make_shared<PageContent>();
    content->slug = slug;
    page.page = content;
    return page;
  }
  Observed& RecordOf(const std::string& store, const std::string& key, std::vector<Identifier> identifiers) {
    Observed& record = Add(ResourceKind::kRecord, store, key, std::move(identifiers));
    record.record = Record{.key = key, .attributes = {}, .version = "1", .operation = {}};
    return record;
  }
  Observed& EventOf(const std::string& uid, const std::string& date, const std::string& summary, const std::string& description = {}) {
    Observed& observed = Add(ResourceKind::kEvent, "calendar", uid, {{"date", date, "DTSTART"}});
    Event event;
    event.uid = uid;
    event.summary = summary;
    event.description = description;
    observed.event = event;
    return observed;
  }
  Observed& CardOf(const std::string& id, const std::string& title, std::vector<Identifier> identifiers = {}) {
    identifiers.push_back({"card", id, "id"});
    Observed& observed = Add(ResourceKind::kCard, "board", id, std::move(identifiers));
    Card card;
    card.id = id;
    card.title = title;
    observed.card = card;
    return observed;
  }
  Observed& ListingOf(const std::string& id, const std::string& date, const std::string& title) {
    Observed& observed = Add(ResourceKind::kListing, "market", id, {{"listing", id, "id"}, {"date", date, "date"}});
    ListingEntry entry;
    entry.id = id;
    entry.attributes["title"] = title;
    observed.listing = entry;
    return observed;
  }
  static void Starts(Observed& observed, int minutes) {
    observed.claims.push_back({observed.resource, observed.version, "start", Value(LocalDateTime{{}, minutes}), {}, {}});
  }

  std::vector<Booking> Match() const { return evenkeel::Match(fleet, snapshot); }
};

inline const Booking* FindBooking(const std::vector<Booking>& bookings, const std::string& key) {
  for (const Booking& booking : bookings) {
    if (booking.key == key) return &booking;
  }
  return nullptr;
}

inline std::vector<std::string> KeysOf(const std::vector<Booking>& bookings) {
  std::vector<std::string> keys;
  for (const Booking& booking : bookings) keys.push_back(booking.key);
  return keys;
}

inline std::vector<std::string> MembersOf(const std::vector<Booking>& bookings, const std::string& key) {
  std::vector<std::string> members;
  if (const Booking* booking = FindBooking(bookings, key)) {
    for (const Resource& member : booking->members) members.push_back(member.ToString());
  }
  return members;
}

inline std::vector<std::string> CandidatesOf(const std::vector<Booking>& bookings, const std::string& key) {
  std::vector<std::string> candidates;
  if (const Booking* booking = FindBooking(bookings, key)) {
    for (const Link& link : booking->candidates) candidates.push_back(link.resource.ToString());
  }
  std::sort(candidates.begin(), candidates.end());
  return candidates;
}

}  // namespace evenkeel
