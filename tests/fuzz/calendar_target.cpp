// The feed target: apart from the others, for it needs evenkeel::calendar.
#include <algorithm>

#include "calendar/feed_events.h"
#include "fuzz/targets.h"

namespace evenkeel::fuzz {
namespace {

std::string TimeText(const std::optional<LocalDateTime>& time) { return time ? FormatDate(*time->date) + "T" + FormatMinutes(time->minutes) : "none"; }

std::string TextOf(const Event& event) {
  std::string text = event.uid + "|" + event.version + "|" + event.summary + "|" + event.description + "|" + event.location + "|" + event.status + "|" + event.zone + "|" +
                     TimeText(event.start) + "|" + TimeText(event.end) + (event.all_day ? "|all day" : "|");
  for (const auto& [name, value] : event.extensions) text += "|" + name + "=" + value;
  return text;
}

// One feed read as the adapter does, with less to spend, so that the bounds are met.
StatusOr<EventListing> Read(std::string_view bytes, const ZoneSource& zones) {
  CalendarReading reading{"https://feeds.example/…", "market", "America/Los_Angeles", &zones, {}};
  reading.limits.calendar_events = 200;
  FeedWindow window{*ParseDate("2026-04-01"), *ParseDate("2027-04-01")};
  window.series_work = 3000;
  window.series_bytes = 1u << 16;
  return ReadFeedEvents(std::string(bytes), reading, window);
}

}  // namespace

void ReadAnyCalendar(std::string_view bytes) {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  const auto listing = Read(bytes, *zones), again = Read(bytes, *zones);
  Require(listing.ok() == again.ok(), "one text has one answer");
  if (!listing.ok()) {
    Require(listing.code() == Code::kInvalidArgument || listing.code() == Code::kLimitExceeded, listing.status().ToString());
    Require(listing.status().ToString() == again.status().ToString() && listing.status().ToString().size() < 3000, "a refusal is one that people read");
    return;
  }
  Require(listing->complete == listing->why_incomplete.empty() && listing->why_incomplete.size() < 3000, "what is missing is named, in a text that people read");
  Require(listing->why_incomplete == again->why_incomplete && listing->events.size() == again->events.size(), "one text has one answer");
  Require(listing->events.size() <= 200, "no more events than may be");
  for (std::size_t i = 0; i < listing->events.size(); ++i) {
    const Event& event = listing->events[i];
    Require(TextOf(event) == TextOf(again->events[i]), "one text has one answer");
    Require(!event.uid.empty() && !event.version.empty() && event.start && event.start->date && !event.recurring, "an event is one occasion, with a name and a start");
    Require(i == 0 || listing->events[i - 1].uid < event.uid, "by uid, each once");
  }
}

}  // namespace evenkeel::fuzz
