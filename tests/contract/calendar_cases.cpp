// The adapters of evenkeel::calendar under the contracts of their interfaces.
#include <cstdio>

#include "contract/radicale.h"
#include "contract/scratch.h"
#include "contract/worlds.h"
#include "digest/sha256.h"
#include "evenkeel/calendar_adapters.h"

namespace evenkeel::contract {
namespace {

std::string VEvent(std::string_view uid, int start_minutes, int end_minutes, std::string_view summary) {
  const auto time = [](const char* name, int minutes) {
    char text[80];
    std::snprintf(text, sizeof text, "%s;TZID=America/Los_Angeles:20260530T%02d%02d00\r\n", name, minutes / 60, minutes % 60);
    return std::string(text);
  };
  return "BEGIN:VEVENT\r\nUID:" + std::string(uid) + "\r\n" + time("DTSTART", start_minutes) + time("DTEND", end_minutes) + "SUMMARY:" + std::string(summary) + "\r\nEND:VEVENT\r\n";
}

// A host that serves one feed, and says of it what it is by its hash.
class FeedHost final : public HttpTransport {
 public:
  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    std::string feed = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n";
    for (auto at = events.rbegin(); at != events.rend(); ++at) feed += at->second;
    feed += "END:VCALENDAR\r\n";
    const std::string etag = "\"" + Sha256Hex(feed) + "\"";
    for (const HttpHeader& header : request.headers) {
      if (header.name == "If-None-Match" && header.value == etag) return HttpResponse{304, {}, {}};
    }
    return HttpResponse{200, {{"ETag", etag}}, feed};
  }
  void Put(std::string_view uid, int start_minutes, int end_minutes, std::string_view summary) {
    events[std::string(uid)] = VEvent(uid, start_minutes, end_minutes, summary);
  }
  std::map<std::string, std::string> events;
};

template <typename AnyWorld>
class FeedWorld : public AnyWorld {
 public:
  bool OutlivesProcess() const override { return false; }

 protected:
  FeedWorld() { RegisterCalendarAdapters(adapters, {host}); }

  Scratch scratch;
  std::shared_ptr<FeedHost> host = std::make_shared<FeedHost>();
  AdapterRegistry adapters;
  const Json settings = {{"url", "https://feeds.example/calendar.ics"}};
};

class FeedCalendar final : public FeedWorld<CalendarWorld> {
 public:
  std::unique_ptr<Calendar> Open() override { return MakeStore(adapters.calendars, "feed", scratch.Context("calendar"), settings); }
  void PutForeign(std::string_view uid, int start_minutes, int end_minutes, std::string_view summary) override { host->Put(uid, start_minutes, end_minutes, summary); }
};

class FeedListing final : public FeedWorld<ListingWorld> {
 public:
  std::unique_ptr<Listing> Open() override { return MakeStore(adapters.listings, "feed", scratch.Context("market"), settings); }
  void PutForeign(std::string_view id, std::string_view start) override {
    const int minutes = *ParseMinutes(start);
    host->Put(id, minutes, minutes + 60, "Sail");
  }
};

// Radicale, with a calendar of its own in each test.
class CaldavWorld final : public CalendarWorld {
 public:
  CaldavWorld() {
    RegisterCalendarAdapters(adapters);
    server.MakeCalendar("crew", "Crew");
  }
  std::unique_ptr<Calendar> Open() override {
    AdapterContext context = scratch.Context("calendar");
    context.zones = zones.get();
    return MakeStore(adapters.calendars, "caldav", context, {{"url", server.Url("/test/crew/")}, {"user", "test"}, {"password_file", server.PasswordFile()}, {"past_days", 3660}});
  }
  bool OutlivesProcess() const override { return true; }
  void PutForeign(std::string_view uid, int start_minutes, int end_minutes, std::string_view summary) override {
    const std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n" + VEvent(uid, start_minutes, end_minutes, summary) + "END:VCALENDAR\r\n";
    EXPECT_EQ(server.Ask("PUT", "/test/crew/" + Sha256Hex(uid).substr(0, 16) + ".ics", text, {{"Content-Type", "text/calendar"}}).status, 201);
  }

 private:
  Radicale server;
  Scratch scratch;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  AdapterRegistry adapters;
};

std::vector<Case<CalendarWorld>> CaldavCases() {
  if (!Radicale::IsInstalled()) return {};
  return {{"radicale", [] { return std::make_unique<CaldavWorld>(); }}};
}

INSTANTIATE_TEST_SUITE_P(Caldav, CalendarContract, testing::ValuesIn(CaldavCases()), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Feed, CalendarContract, testing::Values(Case<CalendarWorld>{"feed", [] { return std::make_unique<FeedCalendar>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Feed, ListingContract, testing::Values(Case<ListingWorld>{"feed", [] { return std::make_unique<FeedListing>(); }}), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
