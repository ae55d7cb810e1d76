// The adapters of evenkeel::calendar by the names that a fleet file gives them.
#include <cstdlib>
#include <iterator>

#include "calendar/caldav_calendar.h"
#include "calendar/feed_stores.h"
#include "evenkeel/calendar_adapters.h"

namespace evenkeel {
namespace {

// The host's own transport, or one of the store's.
std::shared_ptr<HttpTransport> TransportOf(const CalendarOptions& options) {
  if (options.transport != nullptr) return options.transport;
  CurlOptions curl;
  curl.connections_max = 1;
  curl.ca_setting = "SSL_CERT_FILE";
  if (const char* file = std::getenv("SSL_CERT_FILE"); file != nullptr) curl.ca_file = file;
  return MakeCurlTransport(curl);
}

}  // namespace

// A feed is never written, so that it matters to nobody where the state is: it does not count as remote, as a calendar on a server does.
void RegisterCalendarAdapters(AdapterRegistry& registry, const CalendarOptions& options) {
  registry.calendars["caldav"] = {{std::begin(kCaldavKeys), std::end(kCaldavKeys)}, true, [options](const AdapterContext& context, const Json& settings) {
                                    return MakeCaldavCalendar(TransportOf(options), context, settings);
                                  }};
  const std::vector<std::string> keys(std::begin(kFeedKeys), std::end(kFeedKeys));
  registry.calendars["feed"] = {keys, false, [options](const AdapterContext& context, const Json& settings) {
                                  return MakeFeedCalendar(TransportOf(options), context, settings);
                                }};
  registry.listings["feed"] = {keys, false, [options](const AdapterContext& context, const Json& settings) {
                                 return MakeFeedListing(TransportOf(options), context, settings);
                               }};
}

}  // namespace evenkeel
