// A feed as a calendar, and as the listing of a marketplace.
#pragma once

#include <memory>

#include "calendar/feed_settings.h"

namespace evenkeel {

// The settings are those of include/evenkeel/calendar_adapters.h.
StatusOr<std::unique_ptr<Calendar>> MakeFeedCalendar(std::shared_ptr<HttpTransport> transport, const AdapterContext& context, const Json& settings);
StatusOr<std::unique_ptr<Listing>> MakeFeedListing(std::shared_ptr<HttpTransport> transport, const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
