#include "calendar/feed_settings.h"

#include <algorithm>

#include "calendar/address_settings.h"

namespace evenkeel {
namespace {

constexpr std::size_t kFeedBytes = 8u << 20;

}  // namespace

std::string PlaceOf(const HttpRequest& request) { return request.scheme + "://" + request.authority + "/…"; }

StatusOr<FeedSettings> ReadFeedSettings(const AdapterContext& context, const Json& settings) {
  FeedSettings feed;
  feed.store = context.name;
  EVENKEEL_ASSIGN_OR_RETURN(feed.request, AddressSetting(context, settings, "the feed, as \"https://www.example.com/calendar.ics\""));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t bytes, CountSetting(context, settings, "max_bytes", 1, std::size_t{1} << 30, kFeedBytes));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t seconds, CountSetting(context, settings, "timeout_s", 1, 600, 30));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t past, CountSetting(context, settings, "past_days", 0, 3660, 60));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t future, CountSetting(context, settings, "future_days", 0, 3660, 550));
  feed.request.repeatable = true;
  feed.request.reply_bytes = std::min(bytes, context.limits.calendar_bytes);
  feed.request.timeout = std::chrono::seconds(seconds);
  feed.place = PlaceOf(feed.request);
  feed.past = std::chrono::days(past);
  feed.future = std::chrono::days(future);
  return feed;
}

}  // namespace evenkeel
