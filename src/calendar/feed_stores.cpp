#include "calendar/feed_stores.h"

#include <algorithm>
#include <utility>

#include "calendar/feed.h"
#include "calendar/feed_events.h"
#include "stores/memory/event_change.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// The events of a feed now. What has not changed since the last look is not read again.
class FeedWatch {
 public:
  FeedWatch(FeedSettings settings, std::shared_ptr<HttpTransport> transport, const AdapterContext& context)
      : feed_(std::move(settings), std::move(transport)), environment_(context.environment),
        reading_{feed_.settings().place, context.name, context.zone, context.zones, context.limits} {}

  const CalendarReading& reading() const { return reading_; }
  Status NotFound(std::string_view key) const {
    return {Code::kNotFound, reading_.place + " has no such event", reading_.store + ":" + std::string(key)};
  }

  StatusOr<const EventListing*> Look() {
    EVENKEEL_ASSIGN_OR_RETURN(const std::string* text, feed_.Read());
    const auto today = date::floor<date::days>(environment_->Now());
    if (generation_ != feed_.generation() || today != today_) {
      FeedWindow window;
      window.from = Date(today - date::days(feed_.settings().past.count()));
      window.to = Date(today + date::days(feed_.settings().future.count()));
      EVENKEEL_ASSIGN_OR_RETURN(events_, ReadFeedEvents(*text, reading_, window));
      generation_ = feed_.generation();
      today_ = today;
    }
    return &events_;
  }

  StatusOr<Event> Find(std::string_view uid) {
    EVENKEEL_ASSIGN_OR_RETURN(const EventListing* listing, Look());
    const auto& events = listing->events;
    const auto at = std::lower_bound(events.begin(), events.end(), uid, [](const Event& event, std::string_view wanted) { return event.uid < wanted; });
    if (at == events.end() || at->uid != uid) return NotFound(uid);
    return *at;
  }

 private:
  Feed feed_;
  Environment* environment_;
  CalendarReading reading_;
  std::size_t generation_ = 0;
  date::sys_days today_{};
  EventListing events_;
};

constexpr StoreTraits kTraits = {.unique_versions = false, .checks_fences = false, .keeps_operations = false, .writable = false};

class FeedCalendar final : public Calendar {
 public:
  explicit FeedCalendar(FeedWatch watch) : watch_(std::move(watch)) {}

  StoreTraits Traits() const override { return kTraits; }
  StatusOr<EventListing> List() override {
    EVENKEEL_ASSIGN_OR_RETURN(const EventListing* listing, watch_.Look());
    return *listing;
  }
  StatusOr<Event> Get(std::string_view uid) override { return watch_.Find(uid); }
  StatusOr<Event> Update(std::string_view uid, const EventChange&, const Version&, const WriteStamp&) override {
    return Status(Code::kPermissionDenied, "a feed can only be read; change the event where it is published", watch_.reading().store + ":" + std::string(uid));
  }

 private:
  FeedWatch watch_;
};

class FeedListing final : public Listing {
 public:
  explicit FeedListing(FeedWatch watch) : watch_(std::move(watch)) {}

  StoreTraits Traits() const override { return kTraits; }
  StatusOr<ListingPage> List() override {
    EVENKEEL_ASSIGN_OR_RETURN(const EventListing* listing, watch_.Look());
    ListingPage page;
    page.complete = listing->complete;
    page.why_incomplete = listing->why_incomplete;
    for (const Event& event : listing->events) page.entries.push_back(EntryOf(event));
    return page;
  }
  StatusOr<ListingEntry> Get(std::string_view id) override {
    EVENKEEL_ASSIGN_OR_RETURN(const Event event, watch_.Find(id));
    return EntryOf(event);
  }
  StatusOr<ListingEntry> RecordAttested(std::string_view id, const Attributes&, const Version&, const WriteStamp&) override {
    return Status(Code::kUnimplemented, "a feed shows by itself what was entered on the marketplace", watch_.reading().store + ":" + std::string(id));
  }

 private:
  // Without times where they are in a zone that is not known, which the listing names.
  ListingEntry EntryOf(const Event& event) const {
    ListingEntry entry{event.uid, {{"id", event.uid}, {"title", event.summary}}, event.version};
    const CalendarReading& reading = watch_.reading();
    const auto put = [&](const std::optional<LocalDateTime>& time, const char* name) {
      if (!time) return;
      const std::string zone = event.all_day ? std::string() : event.zone;  // the dates of an all-day event belong to no zone
      const auto local = MoveToZone(*time, zone, "", reading.zone, reading.zones);
      if (!local.ok()) return;
      if (std::string_view(name) == "start") entry.attributes["date"] = FormatDate(*local->date);
      if (!event.all_day) entry.attributes[name] = FormatMinutes(local->minutes);
    };
    put(event.start, "start");
    put(event.end, "end");
    if (!event.status.empty()) entry.attributes["status"] = FoldCase(event.status);
    return entry;
  }

  FeedWatch watch_;
};

}  // namespace

StatusOr<std::unique_ptr<Calendar>> MakeFeedCalendar(std::shared_ptr<HttpTransport> transport, const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(FeedSettings feed, ReadFeedSettings(context, settings));
  return std::unique_ptr<Calendar>(std::make_unique<FeedCalendar>(FeedWatch(std::move(feed), std::move(transport), context)));
}

StatusOr<std::unique_ptr<Listing>> MakeFeedListing(std::shared_ptr<HttpTransport> transport, const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(FeedSettings feed, ReadFeedSettings(context, settings));
  return std::unique_ptr<Listing>(std::make_unique<FeedListing>(FeedWatch(std::move(feed), std::move(transport), context)));
}

}  // namespace evenkeel
